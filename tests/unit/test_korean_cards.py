"""Cards in Korean: the golden files are what people see on each channel; the rule beside them holds for every state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.channels.console.render import CardRenderer as Console
from bot.channels.slack.render import CardRenderer as Slack
from bot.channels.telegram.render import CardRenderer as Telegram
from bot.locale.translator import Catalogues
from core.domain.approvals import RecordChange
from core.domain.cards import Card
from core.domain.executions import ExecutionStatus
from core.domain.remarks import Remarks
from core.domain.users import User
from core.services import freeze_words
from core.services.freeze_words import EVERY_SKILL, FROZEN, changes_there, frozen_by
from core.services.presenter import approval_card, outcome_card, request_card
from core.services.reader import Reader
from core.services.subject_facts import record_line, record_name
from tests.clock import START
from tests.plugins.golden import Golden
from tests.request_stories import STORIES

CATALOGUES = Catalogues()
MINA = User(id="m", email="m@test.invalid", name="미나", language="ko", timezone="Asia/Seoul", created_at=START)
READER = Reader(CATALOGUES, MINA, START + timedelta(minutes=2))
OPEN = {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}

#: Words that would be English left over.
ENGLISH = re.compile(
    r"\b(?:the|and|by|of|from|for|with|was|is|are|not|nothing|waiting|approval|approved|install(?:ed)?|files?|ago|"
    r"failed|expires|expired|nobody|places?|somebody|changed|removed|days?|min|hours?)\b"
)


def cards() -> Iterator[tuple[str, Card]]:
    """Yield every card of every story, as Mina reads it."""
    for name, story in STORIES.items():
        yield f"{name}/request", request_card(story, READER)
        if story.request is not None:
            yield f"{name}/approval", approval_card(story, READER)
        if story.execution.status not in OPEN:
            yield f"{name}/outcome", outcome_card(story, READER)


CARDS = {
    name: card.evolve(
        language="ko",
        buttons=tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons)),
    )
    for name, card in cards()
}


@pytest.mark.parametrize(
    "name",
    [
        "planning/request",
        "waiting/request",
        "waiting/approval",
        "dangerous/approval",
        "done/request",
        "rejected/request",
        "failed_install/request",
    ],
)
def test_the_main_states_read_as_agreed(name: str, golden: Golden) -> None:
    """The same card on the console, on Slack and on Telegram."""
    card = CARDS[name]
    on_slack = Slack(CATALOGUES, "ko").message(card)
    on_telegram = Telegram(CATALOGUES, "ko", username="skillwarden_bot").message(card)
    labels = " ".join(f"[{button['text']}]" for row in on_telegram.keyboard for button in row)
    shown = (
        ("console", "\n".join(Console(CATALOGUES, "ko").whole(card))),
        ("slack", f"{on_slack.text}\n{json.dumps(on_slack.blocks, indent=1, ensure_ascii=False)}"),
        ("telegram", f"{on_telegram.plain}\n{labels}"),
    )
    golden.check(f"korean/{name.replace('/', '_')}.txt", "".join(f"-- {place}\n{text}\n\n" for place, text in shown))


@pytest.mark.parametrize("name", [name for name in CARDS if "hostile" not in name])
def test_nothing_of_ours_is_left_in_english(name: str) -> None:
    """Titles, labels of buttons, names of facts and steps are Korean; what is Latin in them is a name."""
    card = CARDS[name]
    ours = [
        card.title,
        *(button.label for button in card.buttons),
        *(fact.name for fact in card.facts),
        *(step.label for step in card.steps),
    ]
    assert [text for text in ours if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    "change",
    [
        RecordChange(entity_id="s", name="pdf", field=changes_there("Claude"), before=freeze_words.OPEN, after=FROZEN),
        RecordChange(entity_id="s", name="pdf", field=changes_there(None), before=freeze_words.OPEN, after=FROZEN),
        RecordChange(
            entity_id="s",
            name=EVERY_SKILL,
            field=changes_there("Claude"),
            before=frozen_by("Bob", START),
            after=freeze_words.OPEN,
        ),
        RecordChange(entity_id="t", name="pdf on Claude", field="drift", before="a", after="b"),
        *(
            RecordChange(
                entity_id="p", name="Claude", field="connection", before="connected", after="disconnected", remark=said
            )
            for said in (str(Remarks.stays_there("pdf")), str(Remarks.nothing_there()))
        ),
    ],
    ids=lambda change: f"{change.name} {change.field} {change.remark}",
)
def test_records_leave_no_english(change: RecordChange) -> None:
    """What is kept in English, a freeze or what stays behind, is said in the reader's language."""
    line = f"{record_name(change, READER)}: {record_line(change, READER)}"
    assert not re.search(r"every|changes|everywhere|allowed|frozen|since|installed|nothing|\bon\b", line), line
