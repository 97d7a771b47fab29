"""Views: a request is folded from its events - which step is done, which one runs, who can still vote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.locale.translator import Catalogues
from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.cards import Mark
from core.domain.delegations import Delegation
from core.domain.events import (
    ApprovalReceived,
    ChainedEvent,
    ExecutionEvent,
    PlanGenerated,
    ToolCompleted,
    ToolInvoked,
    ToolResult,
    chain,
)
from core.domain.executions import ExecutionStatus
from core.domain.masking import MASK
from core.domain.plans import ExecutionPlan, PlanStep, RiskLevel
from core.domain.policy import DEFAULT_POLICY
from core.domain.users import ChannelIdentity, Role, User
from core.services.reader import Reader
from core.services.rosters import Rosters
from core.services.views import RequestView, fold_steps, load_view
from core.services.wanted import FETCH, INSTALL, RESOLVE
from tests.clock import START, FakeClock
from tests.fake_unit_of_work import repository, unit_of_work
from tests.request_views import request, subject, view, vote

PLAN = PlanGenerated(
    timestamp=START,
    plan=ExecutionPlan(
        goal="install pdf on Claude",
        steps=(
            PlanStep(description="resolve", tool=RESOLVE, input={"skill": "acme/skills", "source": "acme/skills"}),
            PlanStep(description="fetch", tool=FETCH, input={"skill": "acme/skills"}, depends_on=(0,)),
            PlanStep(description="install", tool=INSTALL, input={"provider": "Claude"}, depends_on=(1,)),
        ),
        estimated_risk=RiskLevel.WRITE,
        requires_approval=True,
    ),
    model_used="rules",
    tokens_used=0,
)
RUNNING, DONE, FAILED = ExecutionStatus.RUNNING, ExecutionStatus.COMPLETED, ExecutionStatus.FAILED


def call(step: int, **masked: Any) -> ToolInvoked:
    """Return the call of a step; only the masked input may be seen."""
    secret = dict.fromkeys(masked, "hunter22")
    return ToolInvoked(timestamp=START, tool="t", step=step, input=secret, input_masked=masked)


def answer(step: int, *, success: bool = True, **masked: Any) -> ToolCompleted:
    """Return the answer to a step; only the masked output may be seen."""
    return ToolCompleted(
        timestamp=START,
        tool="t",
        step=step,
        output=ToolResult(success=success, output=dict.fromkeys(masked, "hunter22")),
        output_masked=ToolResult(success=success, output=masked or None),
        duration_ms=12,
    )


@pytest.mark.parametrize(
    ("events", "status", "marks"),
    [
        ([], RUNNING, "todo todo todo"),
        ([call(0)], RUNNING, "running todo todo"),
        ([call(0), answer(0)], RUNNING, "done todo todo"),
        ([call(0), answer(0), call(1)], ExecutionStatus.PENDING, "done running todo"),
        ([call(0), answer(0), call(1), answer(1, success=False)], RUNNING, "done failed todo"),
        ([call(0), answer(0), call(1), answer(1), call(2), answer(2)], DONE, "done done done"),
        # A crash between call and answer: called again by who took over.
        ([call(0), call(0), answer(0)], RUNNING, "done todo todo"),
        ([call(1), answer(1, success=False), call(1)], RUNNING, "todo running todo"),
        # What never answered has failed, once everything has ended; a cancelled request's last step still ends.
        ([call(0)], FAILED, "failed todo todo"),
        ([call(0)], DONE, "failed todo todo"),
        ([call(2)], ExecutionStatus.CANCELLED, "todo todo running"),
        ([call(2), answer(2)], ExecutionStatus.CANCELLED, "todo todo done"),
    ],
)
def test_a_step_is_as_far_as_its_last_event(events: list[ExecutionEvent], status: ExecutionStatus, marks: str) -> None:
    """Planned, called, answered well or badly: the last word about a step counts."""
    steps = fold_steps((PLAN, *events), status)
    assert [step.mark for step in steps] == [Mark(mark) for mark in marks.split()]


def test_without_a_plan_there_are_no_steps() -> None:
    """A request that was not understood yet shows no checklist, whatever else was recorded."""
    assert fold_steps((call(0), answer(0)), RUNNING) == ()


def test_a_step_knows_what_it_was_called_with_and_what_came_back() -> None:
    """The plan's input is refined by the call's; output and duration come with the answer; all of it is masked."""
    events = (PLAN, call(0, skill="pdf", token=MASK), answer(0, commit="4be91c2", secret=MASK))
    step = fold_steps(events, RUNNING)[0]
    assert step.data == {"skill": "pdf", "source": "acme/skills", "token": MASK}
    assert (step.output, step.duration_ms) == ({"commit": "4be91c2", "secret": MASK}, 12)
    assert "hunter22" not in step.model_dump_json()


def planned(*steps: PlanStep) -> PlanGenerated:
    """Return a plan with these steps."""
    return PLAN.evolve(plan=PLAN.plan.evolve(steps=steps))


READ = (call(0), answer(0, commit="4be91c2"), call(1), answer(1, files=9))
RESOLVE_PDF, FETCH_PDF, ON_CLAUDE = PLAN.plan.steps
ON_GEMINI = ON_CLAUDE.evolve(input={"provider": "Gemini"})
ANOTHER_REF = tuple(step.evolve(input=step.input | {"ref": "v2"}) for step in (RESOLVE_PDF, FETCH_PDF))


def marks_of(*events: ExecutionEvent) -> list[str]:
    """Return the marks of all steps."""
    return [step.mark.value for step in fold_steps(events, ExecutionStatus.PENDING)]


def test_a_plan_that_replaces_another_takes_over_what_was_read() -> None:
    """Fewer places: what was found out about the skill stands, with its output; only places that are left are there."""
    both = planned(RESOLVE_PDF, FETCH_PDF, ON_CLAUDE, ON_GEMINI)
    steps = fold_steps((both, *READ, planned(RESOLVE_PDF, FETCH_PDF, ON_GEMINI)), RUNNING)
    assert [(step.tool, step.mark) for step in steps] == [
        (RESOLVE, Mark.DONE),
        (FETCH, Mark.DONE),
        (INSTALL, Mark.TODO),
    ]
    assert (steps[0].output, steps[1].output) == ({"commit": "4be91c2"}, {"files": 9})
    assert steps[2].data == {"provider": "Gemini"}


def test_events_count_by_the_plan_they_come_after() -> None:
    """Steps are numbered anew by each plan: what was said about number 2 of the first is about number 2 of it."""
    swapped = planned(RESOLVE_PDF, ON_CLAUDE.evolve(depends_on=(0,)), FETCH_PDF)
    assert marks_of(PLAN, *READ, swapped) == ["done", "todo", "done"]
    assert marks_of(PLAN, *READ, swapped, call(1), answer(1)) == ["done", "done", "done"]
    assert marks_of(PLAN, *READ, swapped, call(2)) == ["done", "todo", "running"]


def test_what_is_read_at_another_ref_is_read_anew() -> None:
    """A step with other input is another step, which nothing is known about; going back brings back what was known."""
    other = planned(*ANOTHER_REF, ON_CLAUDE)
    assert marks_of(PLAN, *READ, other) == ["todo", "todo", "todo"]
    assert marks_of(PLAN, *READ, other, call(0), answer(0), call(1), answer(1, success=False)) == [
        "done",
        "failed",
        "todo",
    ]
    assert marks_of(PLAN, *READ, other, call(0), answer(0), PLAN) == ["done", "done", "todo"]


def test_a_plan_is_taken_over_through_others() -> None:
    """What an earlier plan but the last one had is known too, and of two that knew it the later one counts."""
    docx = planned(RESOLVE_PDF.evolve(input={"skill": "docx"}))
    assert marks_of(PLAN, *READ, docx, PLAN) == ["done", "done", "todo"]
    assert marks_of(PLAN, call(0), answer(0, success=False), PLAN, call(0), answer(0), docx, PLAN) == [
        "done",
        "todo",
        "todo",
    ]


def test_the_same_step_twice_is_two_steps() -> None:
    """A plan that reads a thing twice is as far with the second as its own events say."""
    twice = planned(RESOLVE_PDF, RESOLVE_PDF)
    assert marks_of(twice, call(0), answer(0)) == ["done", "todo"]


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        ("u-bob", "Bob"),
        ("system:expiry", "nobody in time"),
        ("system:host", "the host's operator"),
        ("system:slack", "Slack"),
        ("system:planner", "Skillwarden itself"),
        ("system:housekeeping", "Skillwarden itself"),
        ("worker:build-7:4711", "Skillwarden itself"),
        ("policy:read", 'the rule "read"'),
        (None, ""),
    ],
)
def test_whoever_acts_has_a_name_that_people_understand(actor: str | None, said: str) -> None:
    """People go by their names and jobs by what they are called, in the reader's language; the record is English."""
    shown = view()
    assert shown.name(actor) == said
    assert shown.name(actor, Reader(Catalogues(), None, START)) == said


def person(name: str, *, role: Role = Role.ADMIN, is_active: bool = True) -> User:
    """Return somebody."""
    return User(
        id=f"u-{name}",
        email=f"{name}@test.invalid",
        name=name.title(),
        role=role,
        is_active=is_active,
        created_at=START,
    )


PEOPLE = (
    person("alice"),
    person("bob"),
    person("carol"),
    person("dave", is_active=False),
    person("erin", role=Role.USER),
)


def rows(*events: ExecutionEvent) -> tuple[ChainedEvent, ...]:
    """Return ``events`` as they are stored."""
    found: list[ChainedEvent] = []
    for event in events:
        after = found[-1] if found else None
        payload = event.model_dump(mode="json")
        found.append(
            chain(
                event,
                execution_id="e-1",
                user_id="u",
                created_at=event.timestamp,
                after=after,
                payload=payload,
                salt="s",
            )
        )
    return tuple(found)


IDENTITIES = tuple(
    ChannelIdentity(id=person.id, channel="slack", external_id=person.id, user_id=person.id, created_at=START)
    for person in PEOPLE
)
ROSTERS = Rosters(clock=FakeClock(), policy=DEFAULT_POLICY)


async def load(
    asked: ApprovalRequest | None = None,
    *votes: Vote,
    events: tuple[ExecutionEvent, ...] = (),
    delegations: tuple[Delegation, ...] = (),
) -> RequestView:
    """Return the view of a request with these rows."""
    uow = unit_of_work(
        users=repository(all=PEOPLE, all_identities=IDENTITIES),
        delegations=repository(active=delegations),
        executions=repository(get=view().execution),
        approvals=repository(of_execution=asked, votes=votes),
        chat_actions=repository(of_execution=None),
        runs=repository(of_execution=()),
        events=repository(of_execution=rows(*events)),
        freezes=repository(active=()),
    )
    found = await load_view(uow, "e-1", ROSTERS)
    assert found is not None
    return found


async def test_a_request_that_does_not_exist_has_no_view() -> None:
    """Nothing is made up for an unknown id."""
    uow = unit_of_work(
        users=repository(all=(), all_identities=()),
        delegations=repository(active=()),
        executions=repository(get=None),
        approvals=repository(of_execution=None),
        chat_actions=repository(of_execution=None),
        runs=repository(of_execution=()),
        events=repository(of_execution=()),
    )
    assert await load_view(uow, "e-2", ROSTERS) is None


ASKED = request(subject())


@pytest.mark.parametrize(
    ("votes", "waiting"),
    [
        ((), ("Bob", "Carol")),
        ((vote("u-bob"),), ("Carol",)),
        ((vote("u-bob", approve=False),), ("Carol",)),
        ((vote("u-bob"), vote("u-carol")), ()),
        ((vote("u-bob", revision=7),), ("Bob", "Carol")),
    ],
)
async def test_those_are_waited_for_who_can_vote_and_have_not(
    votes: tuple[Vote, ...], waiting: tuple[str, ...]
) -> None:
    """Active admins but the requester, less those who voted on what is asked now."""
    assert (await load(ASKED, *votes)).waiting == waiting


LENT = Delegation(
    id="d",
    from_user_id="u-bob",
    to_user_id="u-erin",
    starts_at=START,
    until=START + timedelta(days=1),
    created_at=START,
)


@pytest.mark.parametrize(
    ("votes", "waiting"),
    [
        ((), ("Bob", "Carol", "Erin for Bob")),
        ((vote("u-erin", on_behalf_of="u-bob"),), ("Carol",)),
        ((vote("u-bob"),), ("Carol",)),
        ((vote("u-carol"),), ("Bob", "Erin for Bob")),
        ((vote("u-carol", is_confirmed=False),), ("Bob", "Carol", "Erin for Bob")),
    ],
)
async def test_who_stands_in_is_named_with_whom(votes: tuple[Vote, ...], waiting: tuple[str, ...]) -> None:
    """Owner and delegate are waited for until one of them has voted, and both are on the card as long as it is open."""
    shown = await load(ASKED, *votes, delegations=(LENT,))
    assert (shown.waiting, shown.stand_ins) == (waiting, ("Erin for Bob",))


async def test_only_votes_that_count_are_shown_until_a_request_is_decided() -> None:
    """A vote that was lost with its seat counts for nothing; what decided is on the record, whatever came after."""
    votes = (vote("u-carol"), vote("u-erin", on_behalf_of="u-bob"), vote("u-dave"))
    assert (await load(ASKED, *votes)).votes == (votes[0],)
    assert (await load(request(subject(), ApprovalStatus.APPROVED, "u-carol"), *votes)).votes == votes


async def test_nobody_is_waited_for_where_nothing_is_asked() -> None:
    """Without a question nobody can be named."""
    shown = await load()
    assert (shown.waiting, shown.stand_ins) == ((), ())


async def test_a_decision_was_made_where_the_last_vote_came_from() -> None:
    """Of several votes the last one decided."""
    received = [
        ApprovalReceived(
            timestamp=START + timedelta(minutes=number), approved=True, by="u-bob", channel=channel, revision=1
        )
        for number, channel in enumerate(("slack", "telegram"))
    ]
    assert (await load(ASKED, events=tuple(received))).decided_in == "telegram"
    assert (await load(ASKED)).decided_in is None


async def test_a_view_is_folded_from_the_events() -> None:
    """Steps and names come with the view."""
    shown = await load(ASKED, events=(PLAN, call(0), answer(0)))
    assert [step.mark for step in shown.steps] == [Mark.DONE, Mark.TODO, Mark.TODO]
    assert shown.name("u-erin") == "Erin"
    assert len(shown.events) == 3
