"""Reports: lists, states and histories as people read them, and one sentence where there is nothing to list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer
from core.domain.actions import (
    ChatAction,
    Help,
    History,
    Install,
    ListProviders,
    ListSkills,
    Pending,
    Replay,
    Status,
    Timeline,
    Uninstall,
    WhoAmI,
)
from core.domain.approvals import ApprovalStatus
from core.domain.cards import Card
from core.domain.events import (
    ApprovalReceived,
    ApprovalRequested,
    ErrorOccurred,
    ExecutionEvent,
    MessageReceived,
    PlanGenerated,
    ResponseSent,
    ToolCompleted,
    ToolInvoked,
    ToolResult,
)
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.messages import Actor, NormalizedMessage
from core.domain.plans import ExecutionPlan, PlanStep, RiskLevel
from core.domain.policy import DEFAULT_POLICY
from core.domain.skills import Skill
from core.domain.targets import InstallTarget, Provider, ProviderKind, ProviderStatus, TargetStatus
from core.domain.users import User
from core.errors import ErrorType, UnknownPerson, UnknownProvider, UnknownRequest, UnknownSkill
from core.services.reports import Reports
from core.services.rosters import Rosters
from core.services.wanted import FETCH, INSPECT, INSTALL, RESOLVE
from tests.clock import START, FakeClock
from tests.plugins.golden import Golden
from tests.report_world import ALICE, BOB, CONSOLE, NOW, TRANSLATOR, World, execution
from tests.request_stories import ATTACK
from tests.request_views import COMMIT, OLD_COMMIT, details, request, subject, vote

RENDERER = CardRenderer(TRANSLATOR, "en")


def plan(at: int) -> PlanGenerated:
    """Return the plan of pdf on Claude."""
    steps = [PlanStep(description=tool, tool=tool, input={"skill": "pdf"}) for tool in (RESOLVE, FETCH, INSPECT)]
    steps.append(PlanStep(description=INSTALL, tool=INSTALL, input={"skill": "pdf", "provider": "Claude"}))
    planned = ExecutionPlan(
        goal="install pdf on Claude", steps=tuple(steps), estimated_risk=RiskLevel.WRITE, requires_approval=True
    )
    return PlanGenerated(timestamp=moment(at), plan=planned, model_used="rules", tokens_used=0)


def moment(seconds: int) -> Any:
    """Return a moment of the story."""
    return START + timedelta(seconds=seconds)


def story() -> tuple[ExecutionEvent, ...]:
    """Return everything that can happen to a request, in one."""
    message = NormalizedMessage(
        sender=Actor(channel="console", external_id="alice"), conversation=CONSOLE, text=f"install\npdf {ATTACK}"
    )
    source = {"skill": "pdf", "source": "acme/skills", "ref": "main", "api_token": "***MASKED***"}
    good = ToolResult(success=True, output={"source": "acme/skills", "ref": "main", "commit": COMMIT})
    bad = ToolResult(success=False, error="acme/skills could not be read: no route.")
    return (
        MessageReceived(timestamp=moment(0), message=message),
        plan(0),
        ToolInvoked(timestamp=moment(1), tool=RESOLVE, step=0, input={}, input_masked=source),
        ToolCompleted(timestamp=moment(1), tool=RESOLVE, step=0, output=good, output_masked=good, duration_ms=120),
        ToolInvoked(timestamp=moment(2), tool=FETCH, step=1, input={}, input_masked=source | {"commit": COMMIT}),
        ToolCompleted(timestamp=moment(3), tool=FETCH, step=1, output=bad, output_masked=bad, duration_ms=1200),
        ToolInvoked(
            timestamp=moment(4), tool=INSPECT, step=2, input={}, input_masked={"digest": "a" * 64, "hosts": ["x"]}
        ),
        ResponseSent(timestamp=moment(5), text=f"Install pdf on Claude\n{ATTACK}", channel="console"),
        ResponseSent(timestamp=moment(5), text="", channel="console"),
        ApprovalRequested(timestamp=moment(6), action="install", risk_level=RiskLevel.WRITE, details=details()),
        ApprovalReceived(
            timestamp=moment(70), approved=True, by="u-bob", channel="slack", comment="fine\n:)", revision=1
        ),
        ApprovalReceived(timestamp=moment(71), approved=False, by="u-carol", channel="slack", revision=1),
        ApprovalReceived(timestamp=moment(3600), approved=False, by="system:expiry", channel="system", revision=1),
        ErrorOccurred(
            timestamp=moment(3600), error="Nobody decided in time.", error_type=ErrorType.TIMEOUT, recoverable=True
        ),
        ToolInvoked(timestamp=moment(12 * 3600), tool=INSTALL, step=3, input={}, input_masked={}),
        ToolInvoked(timestamp=moment(12 * 3600), tool="something.new", step=3, input={}, input_masked={}),
    )


@pytest.fixture
def world() -> World:
    """A small team: two skills, three providers, six requests."""
    world = World()
    install = Install(skills=("pdf",), providers=("claude",))
    pending = request(subject(), code="9QXW", expires_at=NOW + timedelta(minutes=28))
    world.add(execution(30, "A3C4", ExecutionStatus.RUNNING), install, plan(0))
    approved = request(subject(), code="D6EF", status=ApprovalStatus.APPROVED, responded_by="u-bob", responded_at=NOW)
    rejected = request(subject(), code="G7HJ", status=ApprovalStatus.REJECTED, responded_by="u-carol", responded_at=NOW)
    world.add(execution(5, "D6EF", ExecutionStatus.COMPLETED), install, plan(0), asked=approved)
    world.add(
        execution(4, "G7HJ", ExecutionStatus.CANCELLED, error_code="APPROVAL_REJECTED"),
        Uninstall(skills=("pdf",)),
        plan(0),
        asked=rejected,
    )
    world.add(execution(3, "K9MN", ExecutionStatus.CANCELLED, error_code="APPROVAL_EXPIRED"), install, plan(0))
    world.add(execution(2, "P3QR", ExecutionStatus.PENDING, waiting_for=WaitingFor.PLAN), install, plan(0))
    world.add(
        execution(1, "9QXW", ExecutionStatus.PENDING, waiting_for=WaitingFor.APPROVAL),
        install,
        plan(0),
        asked=pending,
    )
    world.skills = tuple(
        Skill(
            id=f"s-{name}",
            owner_id="u-bob",
            name=name,
            title=name,
            description=description,
            github_url="https://github.com/acme/skills",
            tags=tags,
            created_at=START,
            updated_at=START,
        )
        for name, description, tags in (
            ("pdf", "Reads and fills PDF forms. Use it for forms.", ("Office",)),
            ("meeting-notes", f"Turns notes into minutes {ATTACK}", ()),
        )
    )
    world.providers = tuple(
        Provider(
            id=f"p-{kind}",
            owner_id="u-bob",
            name=kind,
            display_name=name,
            status=status,
            last_error=error,
            created_at=START,
            updated_at=START,
        )
        for kind, name, status, error in (
            (ProviderKind.CLAUDE, "Claude", ProviderStatus.CONNECTED, None),
            (ProviderKind.GEMINI, "Gemini", ProviderStatus.DISCONNECTED, None),
            (ProviderKind.OPENAI, "OpenAI", ProviderStatus.ERROR, "no space left"),
        )
    )
    world.targets = tuple(
        InstallTarget(
            id=f"t-{skill}-{provider}",
            skill_id=f"s-{skill}",
            provider_id=f"p-{provider}",
            desired_ref=COMMIT,
            installed_ref=installed,
            installed_digest=installed and "0" * 64,
            status=status,
            created_at=START,
            updated_at=START,
        )
        for skill, provider, installed, status in (
            ("pdf", "claude", COMMIT, TargetStatus.INSTALLED),
            ("pdf", "gemini", OLD_COMMIT, TargetStatus.SYNCING),
            ("pdf", "openai", OLD_COMMIT, TargetStatus.FAILED),
            ("meeting-notes", "claude", None, TargetStatus.SYNCING),
            ("meeting-notes", "gemini", None, TargetStatus.IDLE),
        )
    )
    return world


async def ask(world: World, action: ChatAction, who: User = BOB) -> Card:
    """Return the answer to ``action``."""
    rosters = Rosters(clock=FakeClock(NOW), policy=DEFAULT_POLICY)
    return await Reports(policy=DEFAULT_POLICY, rosters=rosters).answer(world.turn(who), action)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("history", History()),
        ("pending", Pending()),
        ("list_skills", ListSkills()),
        ("list_providers", ListProviders()),
        ("status", Status()),
        ("whoami", WhoAmI()),
        ("help", Help()),
    ],
)
async def test_every_report_reads_as_agreed(world: World, name: str, action: ChatAction, golden: Golden) -> None:
    """What is listed, in which columns and words, is the golden file; a question changes nothing."""
    card = await ask(world, action)
    assert Reports.can_answer(action)
    assert card.buttons == ()
    golden.check(f"reports/{name}.txt", "".join(f"{line}\n" for line in RENDERER.whole(card)))


async def test_a_timeline_tells_everything_that_happened(world: World, golden: Golden) -> None:
    """One line for each thing that was said, done, asked, decided or went wrong, in the reader's zone."""
    world.add(execution(0, "7F3K", ExecutionStatus.FAILED), Install(skills=("pdf",), providers=("claude",)), *story())
    card = await ask(world, Timeline(execution="7F3K"))
    golden.check("reports/timeline.txt", "".join(f"{line}\n" for line in RENDERER.whole(card)))
    assert card == await ask(world, Timeline())
    replay = await ask(world, Replay(execution="7F3K"))
    assert (replay.facts, replay.title) == (card.facts, "Replay: Install pdf on Claude")
    assert [button.typed for button in replay.buttons] == ["replay 7F3K dry-run", "replay 7F3K rerun"]
    assert world.asked_for["conversation"] == CONSOLE


async def test_a_very_long_timeline_shows_how_it_began_and_how_it_ended(world: World) -> None:
    """What is left out is counted, and it is said where all of it is."""
    events = [ResponseSent(timestamp=moment(n), text=f"line {n}", channel="console") for n in range(100)]
    world.add(execution(0, "7F3K", ExecutionStatus.FAILED), Install(skills=("pdf",), providers=("claude",)), *events)
    facts = (await ask(world, Timeline(execution="7F3K"))).facts
    assert [fact.value for fact in facts[9:12]] == [
        'said "line 9"',
        '60 more steps: "skillwarden timeline 7F3K" on the host',
        'said "line 70"',
    ]
    assert (len(facts), facts[-1].value) == (41, 'said "line 99"')


async def test_a_pending_request_waits_for_me_or_for_others(world: World) -> None:
    """Whoever can vote is "you"; who asked, or voted already, reads the names of the others."""
    table = (await ask(world, Pending(), BOB)).table
    assert table is not None
    assert [row[3] for row in table.rows] == ["you"]
    table = (await ask(world, Pending(), ALICE)).table
    assert table is not None
    assert [row[3] for row in table.rows] == ["Bob, Carol"]
    world.votes = (vote("u-bob", request_id="r-e-1"),)
    table = (await ask(world, Pending(), BOB)).table
    assert table is not None
    assert [row[3] for row in table.rows] == ["Carol"]


@pytest.mark.parametrize(
    ("action", "narrowed"),
    [
        (History(), {"limit": 10, "skills": (), "user_id": None}),
        (History(limit=3, skills=("pdf",)), {"limit": 3, "skills": ("pdf",), "user_id": None}),
        (History(user="me"), {"limit": 10, "skills": (), "user_id": "u-bob"}),
        (History(user="Alice"), {"limit": 10, "skills": (), "user_id": "u-alice"}),
    ],
)
async def test_a_history_can_be_narrowed(world: World, action: History, narrowed: dict[str, Any]) -> None:
    """By skill, by person - "me" is who asks - and in length."""
    await ask(world, action)
    assert world.asked_for == narrowed


@pytest.mark.parametrize(
    ("action", "names"),
    [
        (ListSkills(query="PDF forms"), ["pdf"]),
        (ListSkills(query="notes"), ["meeting-notes"]),
        (ListSkills(tag="office"), ["pdf"]),
        (ListSkills(query="notes", tag="office"), []),
    ],
)
async def test_the_catalogue_can_be_searched(world: World, action: ListSkills, names: list[str]) -> None:
    """All words have to be there, in any case; so does the tag."""
    card = await ask(world, action)
    assert [row[0] for row in card.table.rows] == names if card.table else names == []


@pytest.mark.parametrize(
    ("action", "rows", "columns"),
    [
        (Status(skills=("pdf",)), ["pdf"], ["Claude", "Gemini (disconnected)", "OpenAI"]),
        (Status(skills=("*",), providers=("claude",)), ["pdf", "meeting-notes"], ["Claude"]),
    ],
)
async def test_a_status_can_be_narrowed(world: World, action: Status, rows: list[str], columns: list[str]) -> None:
    """To skills, to providers, or to both."""
    table = (await ask(world, action)).table
    assert table is not None
    assert ([row[0] for row in table.rows], list(table.header[1:])) == (rows, columns)


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (History(), "Nothing was asked for yet."),
        (History(skills=("pdf",)), "No request matches."),
        (Pending(), "Nothing is waiting for a decision."),
        (ListSkills(), "I know no skill yet. Name a repository to install one from it."),
        (ListSkills(query="pdf"), 'No skill matches. Say "list skills" to see all of them.'),
        (ListProviders(), "I know no provider yet, so nothing can be installed."),
        (Status(), "I know no provider yet, so nothing can be installed."),
    ],
)
async def test_an_empty_list_is_a_sentence(action: ChatAction, sentence: str) -> None:
    """Where there is nothing to list the card says so, and never shows a header alone."""
    card = await ask(World(), action)
    assert (card.title, card.table) == (sentence, None)


@pytest.mark.parametrize(
    ("action", "error"),
    [
        (History(user="Mallory"), UnknownPerson),
        (Timeline(execution="XXXX"), UnknownRequest),
        (Status(skills=("xlsx",)), UnknownSkill),
        (Status(providers=("copilot",)), UnknownProvider),
    ],
)
async def test_a_question_about_what_is_not_there_names_it(
    world: World, action: ChatAction, error: type[Exception]
) -> None:
    """A name that leads nowhere is an error that repeats it, never an empty answer."""
    with pytest.raises(error, match=r"Mallory|XXXX|xlsx|copilot"):
        await ask(world, action)


async def test_without_a_change_here_there_is_no_last_one() -> None:
    """A timeline of "the last one" needs one that was made or shown in this conversation."""
    with pytest.raises(UnknownRequest, match="made or shown in this conversation"):
        await ask(World(), Timeline())


def test_a_change_is_no_question() -> None:
    """What changes something is not answered here."""
    assert not Reports.can_answer(Install(skills=("pdf",)))
