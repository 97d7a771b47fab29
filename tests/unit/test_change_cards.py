"""Cards about changes of places: the way back, what waits and what was cancelled, what nobody approved."""

from __future__ import annotations

from itertools import product

import pytest

from bot.locale.translator import Catalogues
from core.domain.actions import ChatAction, Install, Retry, Rollback, Uninstall
from core.domain.approvals import ApprovalSubject
from core.domain.cards import Mark, PressAction, Step
from core.domain.executions import ExecutionStatus
from core.services.presenter import approval_card, outcome_card, request_card
from core.services.reader import Reader
from core.services.views import RequestView
from core.services.wanted import FETCH, INSTALL, LOAD, REMOVE, RESOLVE
from tests.clock import START
from tests.request_stories import approved, asking, ended
from tests.request_views import FIRST, SAME, skill, subject, target

READER = Reader(Catalogues(), None, START)
PLACES = ("Claude", "Gemini", "OpenAI")
NAMES = ("pdf", "pptx", "docx")
EVERYWHERE = frozenset(product(NAMES, PLACES))


def changing(changed: frozenset[tuple[str, str]]) -> ApprovalSubject:
    """Return what is asked for everywhere, where all but ``changed`` is up to date already."""
    return subject(
        [skill(name) for name in NAMES],
        [target(place, name, FIRST if (name, place) in changed else SAME) for name in NAMES for place in PLACES],
    )


def done(asked: ApprovalSubject) -> RequestView:
    """Return ``asked`` once it is done."""
    return ended(asked, ExecutionStatus.COMPLETED, ("ddd" + "ddd") * len(NAMES), decision=approved(asked))


@pytest.mark.parametrize(
    "changed",
    [
        frozenset({("pptx", "Claude"), ("pdf", "Claude"), ("pdf", "Gemini")}),
        frozenset({("pdf", "Claude"), ("pptx", "Gemini")}),
        frozenset({("pdf", "Claude"), ("pptx", "Gemini"), ("docx", "OpenAI"), ("pdf", "OpenAI")}),
        EVERYWHERE - {("docx", "Gemini")},
        frozenset({("pdf", "Gemini")}),
        EVERYWHERE,
    ],
)
def test_the_way_back_reaches_what_was_changed_and_nothing_else(changed: frozenset[tuple[str, str]]) -> None:
    """One button takes back what this request changed, by its code; its words say and do the same."""
    (button, _timeline) = outcome_card(done(changing(changed)), READER).buttons
    assert (button.label, button.typed) == ("Roll back", "roll back 7F3K")
    assert isinstance(button.press, PressAction)
    back = button.press.action
    assert isinstance(back, Rollback)
    assert back.run == "7F3K"
    assert (set(back.skills), set(back.providers)) == tuple(map(set, zip(*changed, strict=True)))


def test_nothing_changed_leaves_nothing_to_take_back() -> None:
    """Where everything was there already no way back is offered."""
    card = outcome_card(done(changing(frozenset())), READER)
    assert not [button for button in card.buttons if "oll" in button.label]


def changes(view: RequestView) -> Step:
    """Return the line of the checklist that sums up the changes."""
    return request_card(view, READER).steps[-1]


def test_nothing_is_said_to_run_before_it_is_approved() -> None:
    """What needs no change is said to be up to date; that it is done would say that something has begun."""
    line = changes(asking(changing(frozenset({("pdf", "Claude")}))))
    assert (line.label, line.fact, line.mark) == ("install", "8 of 9 up to date already", Mark.TODO)


INSTALL_ALL = Install(skills=NAMES, providers=PLACES)
REMOVE_ALL = Uninstall(skills=NAMES, providers=PLACES)
BACK_ALL = Rollback(skills=NAMES, providers=PLACES)


@pytest.mark.parametrize(
    ("action", "planned", "tool", "verb"),
    [
        (INSTALL_ALL, INSTALL_ALL, INSTALL, "install"),
        (REMOVE_ALL, REMOVE_ALL, REMOVE, "remove"),
        (BACK_ALL, BACK_ALL, INSTALL, "roll back"),
        (BACK_ALL, BACK_ALL, REMOVE, "roll back"),
        (Retry(run="7F3K"), BACK_ALL, INSTALL, "roll back"),
        (Retry(run="7F3K"), REMOVE_ALL, REMOVE, "remove"),
    ],
)
def test_the_sum_of_changes_says_what_is_done(action: ChatAction, planned: ChatAction, tool: str, verb: str) -> None:
    """A removal is not called an installation, and going back is called that, tried again too."""
    asked = asking(changing(EVERYWHERE).evolve(action=planned))
    steps = tuple(step.evolve(tool=tool) if step.tool == INSTALL else step for step in asked.steps)
    assert changes(asked.evolve(action=action, steps=steps)).label == verb


def test_what_nobody_approved_is_said_of_each_of_many_skills() -> None:
    """A short card hides no warning, and shows no ref where there is none."""
    kept = {"origin": "store", "requested_ref": ""}
    unknown = {"commit": None, "author": None, "committed_at": None}
    several = subject([skill("pdf", **kept, **unknown), skill("pptx", **kept), skill("docx")]).evolve(action=BACK_ALL)
    facts = {fact.name: fact.value for fact in approval_card(asking(several), READER).facts}
    assert "NO APPROVAL was ever about it" in facts["pdf"]
    assert facts["pptx"].startswith("what was there before, as it was kept: 4be91c2; ")
    assert "NO APPROVAL" not in facts["pptx"] + facts["docx"]
    assert not [name for name in NAMES if "@ ->" in " ".join(facts[name].split())]


def test_what_was_there_before_is_no_first_install() -> None:
    """Going back on a removal, where nothing is now: what comes back is put back."""
    back = subject([skill(origin="store")], [target("Claude", "pdf", FIRST)]).evolve(action=BACK_ALL)
    facts = {fact.name: fact.value for fact in approval_card(asking(back), READER).facts}
    assert facts["change"] == "Claude: put back, 9 files"


def test_what_is_dangerous_about_one_of_many_skills_is_told_in_words() -> None:
    """A count alone tells no approver what to look at: the first finding stands beside it."""
    found = ("scripts/get.sh:3 downloads and runs: curl x | sh", "hooks in the front matter")
    first, second = (skill().reach.evolve(findings=some) for some in (found, found[:1]))
    several = subject([skill("pdf", reach=first), skill("pptx", reach=second), skill("docx")])
    facts = {fact.name: fact.value for fact in approval_card(asking(several), READER).facts}
    assert "2 findings, first scripts/get.sh:3 downloads and runs: curl x | sh" in facts["pdf"]
    assert "1 finding: scripts/get.sh:3" in facts["pptx"]
    assert "finding" not in facts["docx"]


def test_kept_content_of_many_skills_is_read_from_what_was_there_before() -> None:
    """Each line of the checklist says where the content comes from, also when that is no source."""
    asked = asking(changing(EVERYWHERE).evolve(action=BACK_ALL))
    steps = tuple(
        step.evolve(tool=LOAD, data={"skill": step.data["skill"]}) if step.tool == FETCH else step
        for step in asked.steps
        if step.tool != RESOLVE
    )
    lines = [step.fact for step in request_card(asked.evolve(action=BACK_ALL, steps=steps), READER).steps]
    assert lines[0].startswith("what was there before (9 files, 41 kB), privileged: ")
