"""Cards about drift: the golden files are what people see."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer as ConsoleRenderer
from bot.channels.slack.render import CardRenderer as SlackRenderer
from bot.channels.telegram.render import CardRenderer as TelegramRenderer
from bot.locale.translator import Catalogues
from core.domain.actions import AcceptDrift, RestoreDrift
from core.domain.approvals import ApprovalSubject
from core.domain.cards import Card
from core.domain.drift import DriftDetails, DriftEvent, DriftStatus, Resolution
from core.domain.skills import Reach, ReachLevel, SkillDiff
from core.services.drift_cards import DriftView, drift_card, drifts_card
from core.services.presenter import approval_card
from core.services.reader import Reader
from tests.clock import START
from tests.platforms.slack.blocks import check_blocks
from tests.plugins.golden import Golden
from tests.request_views import WRITE, digest, request, skill, target, view

CATALOGUES = Catalogues()
READER = Reader(CATALOGUES, None, START + timedelta(minutes=2))

DIFF = SkillDiff(
    first_install=False,
    added=tuple(f"scripts/new{number}.sh" for number in range(7)),
    removed=("references/forms.md",),
    changed=("SKILL.md",),
    lines_added=12,
    lines_removed=3,
    changed_scripts=("scripts/new0.sh",),
    allowed_tools_added=("Bash(curl:*)",),
)
DETAILS = DriftDetails(
    skill="pdf",
    provider="Claude",
    location="~/.claude/skills/pdf",
    diff=DIFF,
    patch="--- a/SKILL.md\n+++ b/SKILL.md\n@@ -1,1 +1,1 @@\n-Reads PDF.\n+Reads <b>everything</b>.",
)
FOUND = DriftEvent(
    id="01",
    target_id="02",
    expected_digest=digest("approved"),
    found_digest=digest("found"),
    details=DETAILS,
    detected_at=START,
)
IGNORED = FOUND.evolve(status=DriftStatus.IGNORED, ignored_by="u-bob", ignored_at=START + timedelta(minutes=1))
REMOVED = FOUND.evolve(found_digest=None, details=DETAILS.evolve(patch=""))


def over(how: Resolution) -> DriftEvent:
    """Return a drift that ended."""
    return FOUND.evolve(status=DriftStatus.RESOLVED, resolution=how, resolved_at=START + timedelta(minutes=1))


CARDS = {
    "found": drift_card(DriftView(drift=FOUND), READER),
    "asked": drift_card(DriftView(drift=FOUND, code="7F3K"), READER),
    "removed": drift_card(DriftView(drift=REMOVED), READER),
    "ignored": drift_card(DriftView(drift=IGNORED, ignored_by="Bob"), READER),
    "listed": drifts_card(
        [
            DriftView(drift=FOUND, code="7F3K"),
            DriftView(drift=REMOVED),
            DriftView(drift=IGNORED, ignored_by="Bob"),
            DriftView(drift=FOUND.evolve(details=DETAILS.evolve(diff=None))),
        ],
        ["docx on Gemini"],
        READER,
    ),
    "nothing": drifts_card([], [], READER),
    "unread": drifts_card([], ["docx on Gemini"], READER),
    **{how.value: drift_card(DriftView(drift=over(how), code="7F3K"), READER) for how in Resolution},
}


def posted(card: Card) -> Card:
    """Return ``card`` as it is posted: each button has its token."""
    return card.evolve(buttons=tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons)))


def rendered(card: Card) -> str:
    """Return a card as the console shows it."""
    return "".join(f"{line}\n" for line in ConsoleRenderer(CATALOGUES, "en").whole(posted(card)))


@pytest.mark.parametrize("name", CARDS)
def test_a_card_about_drift_reads_as_agreed(name: str, golden: Golden) -> None:
    """What differs, where, since when, what can be done about it, and what became of it."""
    golden.check(f"drift/{name}.txt", rendered(CARDS[name]))


@pytest.mark.parametrize("name", ["found", "removed", "ignored"])
def test_a_card_about_drift_is_native_everywhere(name: str, golden: Golden) -> None:
    """On Slack and on Telegram it has the same content."""
    card = posted(CARDS[name])
    message = SlackRenderer(CATALOGUES, "en").message(card)
    blocks: list[Any] = message.blocks
    assert check_blocks(blocks, "message") == []
    shown = json.dumps({"text": message.text, "blocks": blocks}, indent=1, ensure_ascii=False)
    golden.check(f"drift/{name}.slack.json", f"{shown}\n")
    html = TelegramRenderer(CATALOGUES, "en", username="skillwarden_bot").message(card)
    shown = json.dumps({"text": html.html.split("\n"), "keyboard": html.keyboard}, indent=1, ensure_ascii=False)
    golden.check(f"drift/{name}.telegram.json", f"{shown}\n")


def test_the_approval_card_of_what_was_found_reads_as_agreed(golden: Golden) -> None:
    """What changed from what was approved, that nobody approved it, how far it reaches, and that it stays."""
    reach = Reach(level=ReachLevel.REMOTE, scripts=("scripts/new0.sh",), hosts=("evil.example.com",))
    found = skill("pdf", reach=reach).evolve(
        origin="place", requested_ref="", commit=None, author=None, committed_at=None
    )
    place = target(diff=DIFF).evolve(installed_digest=found.digest, recorded_digest=digest("approved"), adopts=True)
    asked = ApprovalSubject(action=AcceptDrift(skills=("pdf",)), skills=(found,), targets=(place,)).under(WRITE)
    card = approval_card(view(asked, waiting=("Bob", "Carol"), decision=request(asked)), READER)
    golden.check("drift/accept.txt", rendered(card))


def test_the_approval_card_of_what_comes_back_reads_as_agreed(golden: Golden) -> None:
    """What was approved replaces what was found."""
    kept = skill("pdf").evolve(origin="store")
    place = target(diff=DIFF).evolve(installed_digest=digest("found"), recorded_digest=kept.digest)
    asked = ApprovalSubject(action=RestoreDrift(skills=("pdf",)), skills=(kept,), targets=(place,)).under(WRITE)
    card = approval_card(view(asked, waiting=("Bob", "Carol"), decision=request(asked)), READER)
    golden.check("drift/restore.txt", rendered(card))
