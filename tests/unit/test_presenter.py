"""Cards: the golden files are what people see; the rules beside them hold for every state."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer
from bot.locale.translator import Catalogues
from core.domain.actions import Install, LinkIdentity
from core.domain.approvals import ApprovalStatus
from core.domain.cards import ButtonStyle, Card, Mark
from core.domain.executions import ExecutionStatus
from core.domain.notices import NoticeKind
from core.services.presenter import approval_card, card_for, details_card, outcome_card, request_card
from core.services.reader import Reader
from core.services.wanted import INSTALL
from core.services.wording import phrase
from tests.clock import START
from tests.plugins.golden import Golden
from tests.request_stories import ATTACK, PDF, STORIES, approved, asking, ended
from tests.request_views import COMMIT, view, vote

READER = Reader(Catalogues(), None, START + timedelta(minutes=2))
RENDERER = CardRenderer(Catalogues(), "en")
#: More lines than this and a phone has to scroll.
SCREEN = 16

ASKED = {name: story for name, story in STORIES.items() if story.request is not None}
OPEN = {ExecutionStatus.PENDING, ExecutionStatus.RUNNING}
CARDS: dict[str, Card] = {
    **{f"{name}/request": request_card(story, READER) for name, story in STORIES.items()},
    **{f"{name}/approval": approval_card(story, READER) for name, story in ASKED.items()},
    **{
        f"{name}/outcome": outcome_card(story, READER)
        for name, story in STORIES.items()
        if story.execution.status not in OPEN
    },
}


def rendered(card: Card) -> str:
    """Return ``card`` as the console shows it, its buttons as they can be pressed."""
    buttons = tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons))
    return "".join(f"{line}\n" for line in RENDERER.whole(card.evolve(buttons=buttons)))


def texts(value: Any) -> list[str]:
    """Return every text in JSON data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", STORIES)
def test_every_state_reads_as_agreed(name: str, golden: Golden) -> None:
    """The request's card and the approver's card in each state are the golden files."""
    parts = [
        f"-- {kind}\n{rendered(CARDS[f'{name}/{kind}'])}"
        for kind in ("request", "approval")
        if f"{name}/{kind}" in CARDS
    ]
    golden.check(f"presenter/{name}.txt", "\n".join(parts))


@pytest.mark.parametrize("name", ["waiting_two_skills", "dangerous", "hostile", "edited_in_place"])
def test_details_hold_what_the_card_left_out(name: str, golden: Golden) -> None:
    """Behind the button are all scripts, hosts, hidden places, findings and files, and the whole commit and digest."""
    golden.check(f"presenter/details_{name}.txt", rendered(details_card(STORIES[name], READER)))


def test_details_of_what_is_not_known_yet_are_none() -> None:
    """Before anything was read there is nothing to show, and that is no error."""
    assert details_card(STORIES["planning"], READER).facts == ()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("planning", "Install pdf on Claude"),
        ("running", "Install pdf on Claude"),
        ("done", "Installed pdf on Claude"),
        ("rejected", "Rejected: install pdf on Claude"),
        ("expired", "Expired: install pdf on Claude"),
        ("cancelled", "Cancelled: install pdf on Claude"),
        ("failed_fetch", "Failed: install pdf on Claude"),
        ("partly_done", "Partly done: install pdf on Claude, Gemini"),
        ("moved", "Out of date: install pdf on Claude"),
        ("nothing_to_do", "Nothing to do: pdf on Claude, Gemini"),
        ("waiting_many", "Install 6 skills on Claude, Gemini, OpenAI"),
    ],
)
def test_the_title_says_what_became_of_the_action(name: str, title: str) -> None:
    """The action in the infinitive while it lasts, in the past when it is done, and what came between otherwise."""
    assert CARDS[f"{name}/request"].title == title


@pytest.mark.parametrize(
    "name", [name for name, story in STORIES.items() if sum(step.tool == INSTALL for step in story.steps) == 1]
)
def test_the_title_says_the_action_in_four_words(name: str) -> None:
    """Verb, skill, "on", provider: who asks or what became of it stands before a colon."""
    for card in (CARDS[f"{name}/request"], CARDS.get(f"{name}/approval")):
        if card is not None:
            assert len(card.title.rpartition(": ")[2].split()) == 4


@pytest.mark.parametrize("name", ASKED)
def test_every_copy_says_the_same_end(name: str) -> None:
    """Once a request has ended, the approvers' cards have the title of the requester's; before, they say who asks."""
    story, title = ASKED[name], CARDS[f"{name}/approval"].title
    if story.execution.status not in OPEN:
        assert title == CARDS[f"{name}/request"].title == CARDS[f"{name}/outcome"].title
        assert "asked by Alice" in CARDS[f"{name}/approval"].lines
    elif story.request is not None and story.request.status is ApprovalStatus.PENDING:
        assert title.startswith("Alice asks: install ")
    else:
        assert title.startswith("Approved: install ")


@pytest.mark.parametrize("name", CARDS)
def test_the_code_is_on_every_card(name: str) -> None:
    """Whoever cannot press a button can type it: every button but Details says how, by the code or by name."""
    card = CARDS[name]
    assert card.code == "7F3K"
    buttons = [button for button in card.buttons if button.press.kind != "details"]
    assert all("7F3K" in (button.typed or "") or "pdf" in (button.typed or "") for button in buttons)


@pytest.mark.parametrize("name", CARDS)
def test_people_are_named_and_ids_are_not_shown(name: str) -> None:
    """No id of a person, skill, provider, request or job is on any card."""
    card = CARDS[name].evolve(buttons=())
    words = " ".join(texts(card.model_dump(mode="json")))
    assert not [hint for hint in ("u-", "s-pdf", "p-claude", "r-1", "e-1", "system:") if f" {hint}" in f" {words}"]


@pytest.mark.parametrize("name", [name for name in CARDS if not name.startswith(("hostile", "waiting_two_skills"))])
def test_a_card_fits_a_screen(name: str) -> None:
    """However many skills and dangers there are, the card stays short: the rest is behind Details."""
    assert len(rendered(CARDS[name]).splitlines()) <= SCREEN


@pytest.mark.parametrize("name", [name for name in CARDS if name.startswith(("hostile", "done_hostile"))])
def test_text_from_outside_stays_in_its_place(name: str) -> None:
    """What an author or an approver wrote is one line of visible text: it can neither steer nor imitate a card."""
    hidden = set("\n\x1b\u202e\u200b")
    shown = texts(CARDS[name].evolve(buttons=()).model_dump(mode="json"))
    assert not any(hidden & set(text) for text in shown)
    assert any("<U+202E>" in text for text in shown) or name.endswith("/outcome")
    assert ATTACK not in shown


def test_order_and_names_of_facts_are_the_same_everywhere() -> None:
    """An approver finds each fact where it always is."""
    order = ["from", "commit", "change", "reach", "", "findings", "warnings", "scan", "rule"]
    for name in ("waiting", "update", "edited_in_place", "dangerous", "waiting_local", "waiting_one_of_two"):
        names = [fact.name for fact in CARDS[f"{name}/approval"].facts]
        assert names == [fact for fact in order if fact in names]


@pytest.mark.parametrize("name", [name for name, story in ASKED.items() if story.execution.waiting_for is not None])
def test_an_open_question_can_be_answered(name: str) -> None:
    """Approve, with changes or without, Reject and Details; only approving as it is stands out as the first choice.

    Rejecting asks why, and changing asks what.
    """
    buttons = CARDS[f"{name}/approval"].buttons
    assert [button.label for button in buttons] == ["Approve", "Approve with changes...", "Reject...", "Details"]
    plain = ButtonStyle.DEFAULT
    assert [button.style for button in buttons] == [ButtonStyle.PRIMARY, plain, ButtonStyle.DANGER, plain]
    assert [button.form is None for button in buttons] == [True, False, False, True]
    assert [button.label for button in CARDS[f"{name}/request"].buttons] == ["Cancel"]


@pytest.mark.parametrize("name", [name for name, story in ASKED.items() if story.execution.waiting_for is None])
def test_a_decided_question_cannot_be_answered_again(name: str) -> None:
    """On no copy of a decided request is there anything left to decide."""
    labels = {button.label for button in CARDS[f"{name}/approval"].buttons}
    assert labels <= {"Timeline", "Ask again"}
    assert ("Ask again" in labels) == (name == "expired")


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.execution.status not in OPEN])
def test_what_failed_can_be_asked_again(name: str) -> None:
    """An end that was not wished for offers to ask again, unless that was done already; a good end, to go back."""
    labels = [button.label for button in CARDS[f"{name}/outcome"].buttons]
    good = STORIES[name].execution.status is ExecutionStatus.COMPLETED or name == "moved"
    back = [] if name in {"moved", "nothing_to_do"} else ["Roll back"]
    assert labels == ([*back, "Timeline"] if good else ["Ask again", "Timeline"])


@pytest.mark.parametrize("name", [name for name, story in ASKED.items() if story.execution.waiting_for is not None])
def test_danger_is_in_capitals_once(name: str) -> None:
    """The level of reach is shouted where it is more than contained, and nowhere twice."""
    facts = " ".join(fact.value for fact in CARDS[f"{name}/approval"].facts)
    subject = STORIES[name].execution.subject
    skills = subject.skills if subject else ()
    for level in ("privileged", "remote"):
        assert facts.count(level.upper()) == sum(skill.reach.level == level for skill in skills)
        assert level not in facts
    assert "CONTAINED" not in facts


def test_the_commit_is_shown_whole_to_who_decides() -> None:
    """An abbreviation can be forged; the approver sees all forty digits."""
    assert COMMIT in {fact.name: fact.value for fact in CARDS["waiting/approval"].facts}["commit"]


@pytest.mark.parametrize("name", STORIES)
def test_nothing_is_claimed_to_be_installed_that_is_not(name: str) -> None:
    """Content is called verified only where a step is done, and "Nothing was installed" is said only where none is."""
    story = STORIES[name]
    done = [step for step in story.steps if step.tool == INSTALL and step.mark is Mark.DONE]
    for kind in ("request", "approval", "outcome"):
        card = CARDS.get(f"{name}/{kind}")
        lines = " ".join(card.lines) if card else ""
        if "9 files, verified byte for byte" in lines:
            assert done
        if "othing was installed" in lines:
            assert not done


def test_each_kind_of_notice_has_its_card() -> None:
    """Live cards follow the request; an outcome and an expiry tell its end."""
    story = STORIES["expired"]
    assert card_for(NoticeKind.REQUEST_CARD, story, READER) == request_card(story, READER)
    assert card_for(NoticeKind.APPROVAL_CARD, story, READER) == approval_card(story, READER)
    for kind in (NoticeKind.OUTCOME, NoticeKind.EXPIRED):
        assert card_for(kind, story, READER) == outcome_card(story, READER)


def test_a_card_about_a_question_needs_one() -> None:
    """Without a request there is nothing to show an approver: that is a mistake of the program."""
    with pytest.raises(ValueError, match="needs a request"):
        approval_card(STORIES["planning"], READER)


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (Install(skills=("pdf",), providers=("claude",)), "Install pdf on claude"),
        (Install(skills=("*",), providers=("*",)), "Install all skills on every provider"),
        (
            Install(skills=("acme/skills@v1",), providers=("claude", "gemini")),
            "Install acme/skills@v1 on claude, gemini",
        ),
        (LinkIdentity(), "connect<U+202E> claude now"),
        (None, "connect<U+202E> claude now"),
    ],
)
def test_what_is_not_planned_yet_is_said_as_it_was_asked(action: Any, text: str) -> None:
    """Before a plan names skills and providers the words of the request do, on one visible line."""
    asked = view(prepared=False, input_text="connect\u202e claude\nnow").evolve(action=action)
    assert phrase(asked, READER) == text


def test_several_approvers_are_all_named() -> None:
    """Where two had to agree, the record on the card names both."""
    story = STORIES["done"]
    assert story.request is not None
    both = story.evolve(votes=(vote("u-carol"), vote("u-bob")))
    assert any("approved by Carol, Bob" in line for line in outcome_card(both, READER).lines)


@pytest.mark.parametrize("minutes", [0, 30, 59, 60, 61])
def test_a_card_is_the_same_but_for_the_time(minutes: int) -> None:
    """Only what tells the time changes while nothing happens: there is nothing else to edit."""
    earlier, later = (Reader(Catalogues(), None, START + timedelta(minutes=minutes + offset)) for offset in (0, 1))
    one, two = (request_card(asking(PDF), person) for person in (earlier, later))
    changed = [(a, b) for a, b in zip(one.steps, two.steps, strict=True) if a != b]
    assert all(a.label == b.label == "waiting for approval" for a, b in changed)
    assert one.evolve(steps=()) == two.evolve(steps=())


def test_no_two_states_look_alike() -> None:
    """Every state that a requester can meet reads differently from all others."""
    cards = {name: rendered(card) for name, card in CARDS.items() if name.endswith("/request")}
    same = [pair for pair in itertools.combinations(cards, 2) if cards[pair[0]] == cards[pair[1]]]
    about_targets = {
        "waiting",
        "update",
        "edited_in_place",
        "put_there_by_others",
        "removed_by_others",
        "same_but_unrecorded",
    }
    assert all({one.partition("/")[0], other.partition("/")[0]} <= about_targets for one, other in same)


def test_who_approved_together_in_two_places_did_not_do_so_in_one() -> None:
    """Each place is named, in the order of the votes."""
    story = ended(PDF, ExecutionStatus.COMPLETED, "dddd", decision=approved(PDF))
    votes = (vote("u-bob", channel="slack"), vote("u-carol", channel="telegram"))
    card = card_for(NoticeKind.OUTCOME, story.evolve(votes=votes), READER)
    assert any(line.startswith("approved by Bob, Carol in Slack, in Telegram at ") for line in card.lines)
