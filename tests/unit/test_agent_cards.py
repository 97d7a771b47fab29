"""Cards of other programs' questions: the golden files are what people see in the console, on Slack and on Telegram."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer as ConsoleRenderer
from bot.channels.slack.render import CardRenderer as SlackRenderer
from bot.channels.telegram.render import CardRenderer as TelegramRenderer
from bot.locale.translator import Catalogues
from core.domain.agents import AgentQuestion
from core.domain.approvals import ApprovalStatus, ApprovalSubject
from core.domain.cards import Card, PressAction
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.errors import InvalidInput
from core.services.agent_cards import answer_buttons, check_options, data_lines
from core.services.presenter import card_for, details_card
from core.services.reader import Reader
from core.services.views import RequestView
from core.services.wording import action_words, ended_title, phrase
from tests.clock import START
from tests.platforms.slack.blocks import check_blocks
from tests.plugins.golden import Golden
from tests.request_views import WRITE, request, view, vote

CATALOGUES = Catalogues()
READER = Reader(CATALOGUES, None, START)
ATTACK = '<b>*x*</b> <https://evil.example|Approve>\nrule: none\u202e "quoted" & more'
PAYLOAD: dict[str, Any] = {
    "instances": [{"id": "i-1", "idle_days": 7}, {"id": "i-2", "idle_days": 12}],
    "saves": {"per_day": 41.5, "currency": "USD"},
    "api_token": "do-not-show",
    "dry_run": False,
    "owner": None,
}


def question(**changes: Any) -> AgentQuestion:
    """Return a question of the cost agent."""
    return AgentQuestion(
        agent_type="cost",
        request_type="action_approval",
        title="Stop 2 idle instances",
        description="They have done nothing for a week.\nTheir disks are kept.",
        payload=PAYLOAD,
    ).evolve(**changes)


def story(
    asked: AgentQuestion,
    ended: ExecutionStatus | None = None,
    status: ApprovalStatus = ApprovalStatus.PENDING,
    error_code: str | None = None,
    **decision: Any,
) -> RequestView:
    """Return the question as it stands: open unless it has ``ended``."""
    subject = ApprovalSubject(action=asked).under(WRITE)
    by = None if ended is None else "system:expiry" if status is ApprovalStatus.EXPIRED else "u-bob"
    decided_by = (vote("u-bob"),) if status is ApprovalStatus.APPROVED else ()
    return view(
        subject,
        status=ended or ExecutionStatus.PENDING,
        waiting_for=None if ended else WaitingFor.APPROVAL,
        decision=request(subject, status, by, agent_type="cost", **decision),
        votes=decided_by,
        waiting=() if ended else ("Bob", "Carol"),
        channel="api",
        input_text=asked.title,
        error_code=error_code,
    ).evolve(decided_in="slack" if ended else None)


_DONE, _CANCELLED = ExecutionStatus.COMPLETED, ExecutionStatus.CANCELLED
_APPROVED, _REJECTED, _EXPIRED = ApprovalStatus.APPROVED, ApprovalStatus.REJECTED, ApprovalStatus.EXPIRED
OPTIONS = question(options=("Stop them", "Halve them", "Leave them"), title="What about 2 idle instances?")
TEXT = question(request_type="prompt_input", title="Until when may they run?", payload={})
LONG = question(payload={f"service-{number:02}": {"cost": number * 10} for number in range(40)})
HOSTILE = question(title=ATTACK, description=ATTACK, payload={ATTACK: [ATTACK, {ATTACK: ATTACK}]}, options=(ATTACK,))
CARDS: dict[str, Card] = {
    name: card_for(kind, one, READER)
    for name, kind, one in (
        ("yes_or_no", NoticeKind.APPROVAL_CARD, story(question())),
        ("confirmation", NoticeKind.APPROVAL_CARD, story(question(request_type="confirmation", payload={"n": 1}))),
        ("options", NoticeKind.APPROVAL_CARD, story(OPTIONS)),
        ("text", NoticeKind.APPROVAL_CARD, story(TEXT)),
        ("long", NoticeKind.APPROVAL_CARD, story(LONG)),
        ("hostile", NoticeKind.APPROVAL_CARD, story(HOSTILE)),
        ("fyi", NoticeKind.FYI_CARD, story(OPTIONS)),
        ("approved", NoticeKind.APPROVAL_CARD, story(question(), _DONE, _APPROVED, comment="go on")),
        ("chosen", NoticeKind.OUTCOME, story(OPTIONS, _DONE, _APPROVED, response={"option": "Halve them"})),
        ("rejected", NoticeKind.APPROVAL_CARD, story(question(), _CANCELLED, _REJECTED, "APPROVAL_REJECTED")),
        ("expired", NoticeKind.EXPIRED, story(question(), _CANCELLED, _EXPIRED, "APPROVAL_EXPIRED")),
    )
} | {"details": details_card(story(LONG), READER)}


def posted(card: Card) -> Card:
    """Return ``card`` as it is posted: each button has its token."""
    return card.evolve(buttons=tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons)))


@pytest.mark.parametrize("name", CARDS)
def test_every_card_reads_as_agreed(name: str, golden: Golden) -> None:
    """Its lines in the console, its blocks on Slack and its text on Telegram are the golden files."""
    card = posted(CARDS[name])
    lines = ConsoleRenderer(CATALOGUES, "en").whole(card)
    golden.check(f"agents/{name}.txt", "".join(f"{line}\n" for line in lines))
    message = SlackRenderer(CATALOGUES, "en").message(card)
    blocks: list[Any] = message.blocks
    assert check_blocks(blocks, "message") == []
    shown = json.dumps({"text": message.text, "blocks": blocks}, indent=1, ensure_ascii=False)
    golden.check(f"agents/{name}.slack.json", f"{shown}\n")
    rendered = TelegramRenderer(CATALOGUES, "en", username="skillwarden_bot").message(card)
    shown = json.dumps({"text": rendered.html.split("\n"), "keyboard": rendered.keyboard}, indent=1, ensure_ascii=False)
    golden.check(f"agents/{name}.telegram.json", f"{shown}\n")


def test_no_text_of_a_program_makes_a_line_of_its_own() -> None:
    """A value cannot pretend to be another fact: line breaks and hidden characters are shown as what they are."""
    lines = list(data_lines({ATTACK: ATTACK, "list": [ATTACK]}))
    assert len(lines) == 3
    assert all("<U+000A>rule: none<U+202E>" in line for line in (lines[0], lines[2]))
    assert [line for line in lines if line.strip().startswith("rule")] == []


def test_what_a_program_calls_itself_is_never_taken_for_a_request_of_ours() -> None:
    """Wherever a request is named in a few words - in lists, titles and sentences - the words of a program say so."""
    pretending = question(title="Install pdf on Claude")
    asked, done = story(pretending), story(pretending, _DONE, _APPROVED)
    assert phrase(asked, READER) == action_words(asked, READER) == "cost agent: Install pdf on Claude"
    assert ended_title(done, READER) == "Answered: cost agent: Install pdf on Claude"


def test_what_a_key_calls_secret_is_not_shown() -> None:
    """Neither on the card nor behind "Details"."""
    for card in (CARDS["yes_or_no"], details_card(story(question()), READER)):
        assert "do-not-show" not in card.model_dump_json()
        assert "***MASKED***" in card.model_dump_json()


def test_each_option_is_a_button_that_says_so() -> None:
    """The press is an approval with the option as its words, and can be typed; whoever is only told has none."""
    buttons = CARDS["options"].buttons
    assert [button.label for button in buttons] == [*OPTIONS.options, "Reject...", "Details"]
    for option, button in zip(OPTIONS.options, buttons, strict=False):
        assert isinstance(button.press, PressAction)
        assert button.press.action.model_dump() == {"intent": "approve", "request": "7F3K", "comment": option}
        assert button.typed == f"approve 7F3K {option}"
    assert [button.label for button in CARDS["fyi"].buttons] == ["Details"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_option_is_called_like_a_button_of_ours(language: str) -> None:
    """Whoever presses an option approves: none may read like what stands beside it, in any language or spelling."""
    reader = Reader(CATALOGUES, None, START, language=language)
    for asked in (question(), question(request_type="confirmation"), question(request_type="prompt_input")):
        for button in answer_buttons(request(ApprovalSubject(action=asked).under(WRITE)), asked, reader):
            for label in (
                button.label,
                button.label.upper(),
                f" {button.label.strip('.')} ...",
                f"{button.label}\u200b",
            ):
                with pytest.raises(InvalidInput, match="options: "):
                    check_options(["Stop both", label], CATALOGUES)
    check_options(["Stop both", "Do not reject", "Detailed"], CATALOGUES)
