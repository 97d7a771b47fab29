"""What a worker had done before it died is recorded as it is, whatever has been decided since; the rest is not done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.domain.actions import ChatAction, Install, Uninstall
from tests.desk import PROVIDERS, SKILLS
from tests.team_machine import TeamMachine
from tests.team_model import Where
from tests.team_world import Moment

CLAUDE = PROVIDERS[0]
HERE: Where = (SKILLS[0], CLAUDE)
INSTALL = Install(skills=SKILLS[:1], providers=(CLAUDE,))
UNINSTALL = Uninstall(skills=SKILLS[:1], providers=(CLAUDE,))

#: What takes the consent away while nobody is at work, and the error of a run that has not begun to change anything.
FORBIDDEN = {
    "voter leaves": "APPROVAL_MISSING",
    "undone": "APPROVAL_MISSING",
    "frozen": "FROZEN",
    "policy changes": "POLICY_CHANGED",
}
#: Right after a swap, before the first call of an installer that changes something, and after a removal.
SWAPPED, NOT_SWAPPED, REMOVED = Moment("swap", 1), Moment("call", 1), Moment("swap", 2)


@pytest.fixture
def machine() -> Iterator[TeamMachine]:
    """A desk on a system that exchanges folders in one step."""
    opened = TeamMachine()
    opened.begin(one_step=True)
    try:
        yield opened
    finally:
        opened.teardown()


def first_run_of(machine: TeamMachine, action: ChatAction) -> dict[str, object]:
    """Return the first run that ``action`` led to."""
    return machine.agreement.rows(f"SELECT * FROM install_runs WHERE action = '{action.intent}' ORDER BY rowid")[0]  # noqa: S608 - ours


@pytest.mark.parametrize("what", FORBIDDEN)
def test_what_was_installed_before_the_death_is_recorded_as_installed(machine: TeamMachine, what: str) -> None:
    """The content is there with everybody's consent at that moment: what is decided later does not undo it."""
    machine.while_down(INSTALL, [SWAPPED], what, CLAUDE)
    run = first_run_of(machine, INSTALL)
    assert (run["status"], run["error_code"], run["fence"]) == ("success", None, 2)
    assert machine.model.places[HERE].there == machine.model.content_at(SKILLS[0])


def test_what_was_removed_before_the_death_is_recorded_as_removed(machine: TeamMachine) -> None:
    """The same, where what was wanted is nothing."""
    machine.ask(INSTALL, [])
    machine.while_down(UNINSTALL, [REMOVED], "voter leaves", CLAUDE)
    assert first_run_of(machine, UNINSTALL)["status"] == "success"
    assert machine.model.places[HERE].there == {}


def test_a_removal_that_was_half_done_is_taken_back(machine: TeamMachine) -> None:
    """What was moved aside, but could still be needed, is back, and the run that must not go on has failed."""
    machine.ask(INSTALL, [])
    machine.while_down(UNINSTALL, [SWAPPED], "voter leaves", CLAUDE)
    assert first_run_of(machine, UNINSTALL)["status"] == "failed"
    assert machine.model.places[HERE].there == machine.model.content_at(SKILLS[0])


@pytest.mark.parametrize("what", FORBIDDEN)
def test_what_was_not_done_before_the_death_is_not_done_after_it(machine: TeamMachine, what: str) -> None:
    """A claim gives no right to go on: who takes a dead worker's run over asks again whether people agree."""
    machine.while_down(INSTALL, [NOT_SWAPPED], what, CLAUDE)
    run = first_run_of(machine, INSTALL)
    assert (run["status"], run["error_code"]) == ("failed", FORBIDDEN[what])


#: What else somebody may do to the place meanwhile, and how the run that is taken over ends.
TOUCHED: dict[str, tuple[Moment, str]] = {
    "edited": (SWAPPED, "failed"),
    "removed": (SWAPPED, "success"),
    "source moves": (SWAPPED, "success"),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_what_others_did_to_the_place_meanwhile_is_not_lost(machine: TeamMachine, what: str) -> None:
    """Edits of what was just installed are asked about anew and kept; what is gone is put there once more."""
    moment, status = TOUCHED[what]
    machine.while_down(INSTALL, [moment], what, CLAUDE)
    assert first_run_of(machine, INSTALL)["status"] == status
    assert ("mine.md" in machine.model.places[HERE].before) is (what == "edited")
