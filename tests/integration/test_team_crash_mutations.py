"""The state machine of a team notices: with any one of the protections taken away, it fails, and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.installers.filesystem import FilesystemInstaller
from bot.installers.skill_place import SkillPlace
from bot.integrations.receipt_files import DiskReceiptFiles
from core.domain.actions import Install, Uninstall
from core.services import execution_service
from core.services.execution_service import ExecutionService
from core.services.go_ahead import GoAhead
from core.services.housekeeping import Housekeeping
from tests.desk import PROVIDERS, SKILLS
from tests.team_machine import TeamMachine
from tests.team_world import Moment

Script = Callable[[TeamMachine], None]
Mutation = Callable[[pytest.MonkeyPatch], None]

CLAUDE = PROVIDERS[0]
INSTALL = Install(skills=SKILLS[:1], providers=(CLAUDE,))
OLDER = INSTALL.evolve(ref="v1")
SWAPPED, NOT_SWAPPED = Moment("swap", 1), Moment("call", 1)


def nobody_takes_over(patch: pytest.MonkeyPatch) -> None:
    """A start leaves the runs of the dead alone."""

    async def nothing(_self: Housekeeping) -> int:
        return 0

    patch.setattr(Housekeeping, "take_over", nothing)


def nobody_tidies_up(patch: pytest.MonkeyPatch) -> None:
    """What a dead installer left half done stays so."""
    patch.setattr(SkillPlace, "_recover", lambda _self: None)


def what_is_replaced_is_not_compared(patch: pytest.MonkeyPatch) -> None:
    """An installer replaces whatever it finds."""
    install = vars(FilesystemInstaller)["_install"]

    def installed(self: FilesystemInstaller, skill: str, bundle: Any, _replacing: str | None) -> None:
        there = vars(FilesystemInstaller)["_read"](self, skill)
        install(self, skill, bundle, there.digest if there else None)

    patch.setattr(FilesystemInstaller, "_install", installed)


def nobody_looks_at_what_the_dead_did(patch: pytest.MonkeyPatch) -> None:
    """Whoever takes a run over that must not go on says that nothing was done."""

    async def never(*_what: Any) -> bool:
        return False

    patch.setattr("core.services.execution_service._was_begun", never)


def a_claim_gives_the_right_to_go_on(patch: pytest.MonkeyPatch) -> None:
    """Whoever takes a run over does not ask again whether people agree."""
    refusal = GoAhead.refusal

    async def first_time_only(self: GoAhead, uow: Any, job: Any, now: Any) -> Any:
        return await refusal(self, uow, job, now) if job.run.fence == 1 else None

    patch.setattr(GoAhead, "refusal", first_time_only)


def what_is_done_is_not_recorded(patch: pytest.MonkeyPatch) -> None:
    """The run ends, its target does not."""

    async def nothing(*_what: Any, **_more: Any) -> None: ...

    patch.setattr(execution_service, "settle_target", nothing)


def the_log_has_no_answers(patch: pytest.MonkeyPatch) -> None:
    """The run ends, and the event log does not say how."""
    patch.setattr(execution_service, "outcome_events", lambda *_what: [])


def the_end_is_not_said(patch: pytest.MonkeyPatch) -> None:
    """The run ends, and no event says how the execution did."""
    patch.setattr(execution_service, "ending", lambda events, _ended: events)


def no_receipt_is_written(patch: pytest.MonkeyPatch) -> None:
    """The receipt is said to be written, and is not."""

    async def nothing(*_what: Any) -> None: ...

    patch.setattr(DiskReceiptFiles, "keep", nothing)


def what_is_replaced_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    """Nobody stores what is about to be replaced."""

    async def nothing(*_what: Any) -> None: ...

    patch.setattr(ExecutionService, "_keep", nothing)


def a_failure_is_a_success(patch: pytest.MonkeyPatch) -> None:
    """Whatever was in the way, the run is recorded as done."""
    record = vars(ExecutionService)["_record"]

    async def recorded(self: ExecutionService, job: Any, *, error: Any = None) -> None:
        await record(self, job)

    patch.setattr(ExecutionService, "_record", recorded)


def dies(*deaths: Moment) -> Script:
    """Somebody installs, and the process dies."""
    return lambda machine: machine.ask(INSTALL, list(deaths))


def down(what: str, moment: Moment) -> Script:
    """Somebody installs, the process dies at ``moment``, and ``what`` happens before it is started again."""
    return lambda machine: machine.while_down(INSTALL, [moment], what, CLAUDE)


def edited_under_its_hands(machine: TeamMachine) -> None:
    """What is installed is edited between the approval of its replacement and the replacement."""
    machine.ask(INSTALL, [])
    machine.approved_but(OLDER, "edited", CLAUDE)


def edited_and_replaced(machine: TeamMachine) -> None:
    """What is installed is edited, and replaced with consent."""
    machine.ask(INSTALL, [])
    machine.edit_in_place(SKILLS[0], CLAUDE)
    machine.ask(OLDER, [])


def half_removed(machine: TeamMachine) -> None:
    """The process dies when what is installed is moved aside; nobody agrees any more to have it removed."""
    machine.ask(INSTALL, [])
    machine.while_down(Uninstall(skills=SKILLS[:1], providers=(CLAUDE,)), [SWAPPED], "voter leaves", CLAUDE)


#: The mutation, what is done under it, and the check that has to notice.
MUTATIONS: dict[str, tuple[Mutation, Script, str]] = {
    "leases": (nobody_takes_over, dies(SWAPPED), "is running, not completed"),
    "half-done folders": (nobody_tidies_up, half_removed, "disk: "),
    "digest": (what_is_replaced_is_not_compared, edited_under_its_hands, "recorded as before"),
    "what the dead did": (nobody_looks_at_what_the_dead_did, down("voter leaves", SWAPPED), "disk: "),
    "what the dead did not": (a_claim_gives_the_right_to_go_on, down("voter leaves", NOT_SWAPPED), "without consent"),
    "cancelled while down": (a_claim_gives_the_right_to_go_on, down("undone", NOT_SWAPPED), "without consent"),
    "targets": (what_is_done_is_not_recorded, dies(), "recorded: "),
    "log": (the_log_has_no_answers, dies(), "log: "),
    "ends": (the_end_is_not_said, dies(), "fold: "),
    "receipts": (no_receipt_is_written, dies(), "receipts"),
    "copies": (what_is_replaced_is_not_kept, edited_and_replaced, "recorded as before: "),
    "failures": (a_failure_is_a_success, down("voter leaves", NOT_SWAPPED), "disk: "),
}


def played(script: Script) -> None:
    """Do what ``script`` says on a machine of its own."""
    machine = TeamMachine()
    machine.begin(one_step=True)
    try:
        script(machine)
    finally:
        machine.teardown()


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_machine_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds of the program as it is fails under the mutation, at the check that is there for it."""
    mutation, script, noticed = MUTATIONS[name]
    played(script)
    mutation(monkeypatch)
    with pytest.raises(AssertionError, match=noticed):
        played(script)
