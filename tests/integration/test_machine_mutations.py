"""The state machine notices: with any one of the protections of approvals taken away, it fails, and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.domain.actions import Approve, Reject
from core.domain.approvals import ApprovalRequest, ApprovalStatus, ApprovalSubject, Vote
from core.domain.eligibility import Seat, outcome_of, seats, standing
from core.services.approval_service import ApprovalService
from core.services.ledger import Ledger
from core.services.questions import check_consent
from storage.repositories import approvals
from tests.desk_machine import ApprovalMachine

Script = Callable[[ApprovalMachine], None]
Mutation = Callable[[pytest.MonkeyPatch], None]

STANDING = ("core.services.approval_service.standing", "core.services.questions.standing")
OUTCOME = ("core.services.approval_service.outcome_of", "core.services.questions.outcome_of")


def nobody_looks_again(patch: pytest.MonkeyPatch) -> None:
    """Whoever claims a run does not ask whether people still agree."""

    async def agreed(*_what: Any, **_more: Any) -> None: ...

    patch.setattr("core.services.go_ahead.check_consent", agreed)


def the_hash_is_not_compared(patch: pytest.MonkeyPatch) -> None:
    """Whoever claims a run compares what was shown with itself."""

    async def of_what_was_shown(uow: Any, execution: Any, subject: ApprovalSubject, **more: Any) -> None:
        request = await uow.approvals.of_execution(execution.id)
        shown = ApprovalSubject.model_validate(request.payload) if request else subject
        await check_consent(uow, execution, shown, **more)

    patch.setattr("core.services.go_ahead.check_consent", of_what_was_shown)


def the_source_is_not_looked_at_again(patch: pytest.MonkeyPatch) -> None:
    """What was approved is installed although the ref means something else by now."""

    async def verified(*_what: Any) -> None: ...

    patch.setattr("core.services.execution_service.ExecutionService._verify", verified)


def a_claim_takes_what_is_taken(patch: pytest.MonkeyPatch) -> None:
    """A run that somebody is at work on can be claimed."""
    patch.setattr("storage.repositories.runs._is_claimable", lambda run, _now: run.status in {"queued", "running"})


def cancelling_leaves_the_runs(patch: pytest.MonkeyPatch) -> None:
    """The execution is cancelled, its queued runs are not."""
    move = Ledger.run

    async def moved(self: Ledger, run: Any, to: Any, **changes: Any) -> Any:
        return run if changes.get("error_code") == "CANCELLED" else await move(self, run, to, **changes)

    patch.setattr(Ledger, "run", moved)


def old_votes_count(patch: pytest.MonkeyPatch) -> None:
    """Votes on earlier revisions stay, and count; they are protected against twice, so both have to go."""

    def of_any(votes: tuple[Vote, ...], available: tuple[Seat, ...], *, revision: int) -> tuple[Vote, ...]:
        return standing(tuple(vote.evolve(revision=revision) for vote in votes), available, revision=revision)

    async def kept(*_what: Any) -> bool:
        return True

    for name in STANDING:
        patch.setattr(name, of_any)
    patch.setattr("storage.repositories.approvals.SqlApprovals.remove_vote", kept)


def old_cards_vote(patch: pytest.MonkeyPatch) -> None:
    """A press counts for what is asked now, whatever its card showed."""
    vote = ApprovalService.vote

    async def voted(self: ApprovalService, *what: Any, **more: Any) -> bool:
        return await vote(self, *what, **more | {"revision": None})

    patch.setattr(ApprovalService, "vote", voted)


def requesters_vote(patch: pytest.MonkeyPatch) -> None:
    """Nobody is barred from what they asked for."""
    patch.setattr("core.services.rosters.seats", lambda *what, **more: seats(*what, **more | {"requesters": ()}))


def every_voter_counts(patch: pytest.MonkeyPatch) -> None:
    """Who votes for somebody counts beside them."""

    def by_voter(votes: tuple[Vote, ...], available: tuple[Seat, ...], *, revision: int) -> tuple[Vote, ...]:
        return tuple(found for vote in votes for found in standing((vote,), available, revision=revision))

    for name in STANDING:
        patch.setattr(name, by_voter)


def a_reject_does_not_stop(patch: pytest.MonkeyPatch) -> None:
    """Only approvals are counted."""

    def of_approvals(counted: tuple[Vote, ...], *, threshold: int) -> ApprovalStatus:
        return outcome_of(tuple(vote for vote in counted if vote.approve), threshold=threshold)

    for name in OUTCOME:
        patch.setattr(name, of_approvals)


def time_is_never_over(patch: pytest.MonkeyPatch) -> None:
    """Who decides late is early enough, both where it is asked and where it is written."""

    def is_open(_request: ApprovalRequest, _now: Any, _names: Any) -> None: ...

    patch.setattr("core.services.approval_service.check_open", is_open)
    patch.setattr(approvals, "_CLOSE_IN_TIME", approvals._CLOSE)  # noqa: SLF001 - what is mutated is inside


def a_step_is_not_written(patch: pytest.MonkeyPatch) -> None:
    """The beginning of a run is not in the log of transitions."""
    note = Ledger.note

    async def noted(self: Ledger, entity: Any, *what: Any, **more: Any) -> None:
        if entity != "run" or "running" not in what[2:]:
            await note(self, entity, *what, **more)

    patch.setattr(Ledger, "note", noted)


def copies_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks for copies that show what was."""

    async def none(*_what: Any, **_more: Any) -> tuple[str, ...]:
        return ()

    patch.setattr("storage.repositories.outbox.SqlPrompts.stale", none)


def approved_but(what: str, first: str = "alice") -> Script:
    """Alice asks; enough admins approve, beginning with ``first``; then ``what``, and only then it is claimed."""

    def script(machine: ApprovalMachine) -> None:
        machine.begin("one admin", lender="dave", stand_in="erin", who="alice")
        machine.approved_but(0, first, what)

    return script


def changed_in_between(machine: ApprovalMachine) -> None:
    """Two have to agree: Bob does, then Carol narrows it, and is the first to agree to what is left."""
    machine.begin("two admins", lender="dave", stand_in="erin", who="alice")
    machine.decide("bob", 0, Approve, "everything")
    machine.modify("carol", 0, {"providers": ("Claude",)}, "everything")


def pressed_on_old_cards(machine: ApprovalMachine) -> None:
    """Carol narrows what Bob approved; everybody presses on the cards from before."""
    machine.begin("everybody, three", lender="dave", stand_in="erin", who="alice")
    machine.old_cards(0, "bob", "carol", {"providers": ("Claude",)}, "hearing")


def lent_and_cast(machine: ApprovalMachine) -> None:
    """Two have to agree: Erin does in Bob's place, then Bob does."""
    machine.begin("two admins", lender="dave", stand_in="erin", who="alice")
    machine.delegate("dave", None, None, "everything")
    machine.vote_twice(0, "bob", "erin")


def asked_by_an_admin(machine: ApprovalMachine) -> None:
    """Bob asks, and is the first to approve."""
    machine.begin("one admin", lender="dave", stand_in="erin", who="bob")
    machine.decide("bob", 0, Approve, "everything")


def rejected_first(machine: ApprovalMachine) -> None:
    """Bob rejects, everybody else approves."""
    machine.begin("one admin", lender="dave", stand_in="erin", who="alice")
    machine.rejected_and_approved(0, "bob")


def decided_late(machine: ApprovalMachine) -> None:
    """Everybody approves when the time is over."""
    machine.begin("one admin", lender="dave", stand_in="erin", who="alice")
    machine.too_late(0, Approve, "alice")


def rejected_in_time(machine: ApprovalMachine) -> None:
    """Bob rejects, with every copy on the screens."""
    machine.begin("one admin", lender="dave", stand_in="erin", who="alice")
    machine.decide("bob", 0, Reject, "everything")


#: The mutation, what is done under it, and the check that has to notice.
MUTATIONS: dict[str, tuple[Mutation, Script, str]] = {
    "consent: a voter leaves": (nobody_looks_again, approved_but("a voter leaves"), "run without consent"),
    "consent: a voter is demoted": (nobody_looks_again, approved_but("a voter is demoted"), "run without consent"),
    "consent: a delegation ends": (nobody_looks_again, approved_but("a delegation ends", "erin"), "run without cons"),
    "consent: it grows old": (nobody_looks_again, approved_but("it grows old"), "run too late"),
    "consent: the policy changes": (nobody_looks_again, approved_but("the policy changes"), "run under another rule"),
    "hash": (the_hash_is_not_compared, approved_but("its content is swapped"), "run with another hash"),
    "source": (the_source_is_not_looked_at_again, approved_but("the source moves"), "the source has moved"),
    "claim": (a_claim_takes_what_is_taken, approved_but("somebody else claims it too"), "run twice"),
    "cancel": (cancelling_leaves_the_runs, approved_but("it is cancelled"), "run after its end"),
    "old votes": (old_votes_count, changed_in_between, "not enough consent"),
    "old cards": (old_cards_vote, pressed_on_old_cards, "voted with an old card"),
    "own requests": (requesters_vote, asked_by_an_admin, "not enough consent"),
    "two for one": (every_voter_counts, lent_and_cast, "not enough consent"),
    "reject": (a_reject_does_not_stop, rejected_first, "not enough consent"),
    "expiry": (time_is_never_over, decided_late, "decided too late"),
    "log": (a_step_is_not_written, approved_but("the source moves"), "log of transitions"),
    "copies": (copies_are_forgotten, rejected_in_time, "copies differ"),
}


def played(script: Script) -> None:
    """Do what ``script`` says on a machine of its own, and check what is left."""
    machine = ApprovalMachine()
    try:
        script(machine)
    except BaseException:
        machine.close()
        raise
    machine.teardown()


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_machine_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds of the program as it is fails under the mutation, at the check that is there for it."""
    mutation, script, noticed = MUTATIONS[name]
    played(script)
    mutation(monkeypatch)
    with pytest.raises(AssertionError, match=noticed):
        played(script)
