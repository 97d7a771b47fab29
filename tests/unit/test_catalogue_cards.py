"""Cards about the catalogue and about freezes: the golden files are what people see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer
from bot.locale.translator import Catalogues
from core.domain.actions import AddSkill, ArchiveSkill, ChatAction, EditSkill, Freeze, Names, ShowSkill, Unfreeze
from core.domain.approvals import ApprovalStatus, ApprovalSubject, LeftOut, RecordChange
from core.domain.cards import Card, Mark
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.freezes import Freeze as Frost
from core.domain.skills import Reach, ReachLevel, Skill, SkillVersion
from core.domain.targets import InstallTarget, Provider, ProviderKind, TargetStatus
from core.errors import Frozen, UnknownSkill
from core.services.catalogue_reports import show_skills
from core.services.catalogue_words import catalogue_words
from core.services.presenter import approval_card, details_card, outcome_card, request_card
from core.services.reader import Reader
from core.services.views import RequestView, StepView
from core.services.wanted import ADD, FETCH, INSPECT, RESOLVE
from tests.clock import START
from tests.fake_unit_of_work import repository
from tests.plugins.golden import Golden
from tests.report_world import World
from tests.request_stories import ATTACK
from tests.request_views import COMMIT, WRITE, digest, request, skill, view, vote

READER = Reader(Catalogues(), None, START + timedelta(minutes=2))
RENDERER = CardRenderer(Catalogues(), "en")
SOURCE = "acme/team"

ADDING = ApprovalSubject(
    action=AddSkill(source=SOURCE, tags=("office",)),
    skills=(skill("docx"), skill("xlsx", reach=Reach(level=ReachLevel.CONTAINED))),
    left_out=(LeftOut(name="pdf", why="taken", detail="acme/skills/skills/pdf (archived)"),),
).under(WRITE)


def rendered(*cards: Card) -> str:
    """Return ``cards`` as the console shows them, their buttons as they can be pressed."""
    shown = []
    for card in cards:
        buttons = tuple(button.evolve(token=f"t-{number}") for number, button in enumerate(card.buttons))
        shown.append("".join(f"{line}\n" for line in RENDERER.whole(card.evolve(buttons=buttons))))
    return "\n".join(shown)


def adding(asked: ApprovalSubject, *, taken: dict[str, str] | None = None, **changes: Any) -> RequestView:
    """Return an addition whose source was read; with ``taken`` it is over."""
    data = {"skill": SOURCE, "source": SOURCE, "ref": None}
    names = [one.name for one in asked.skills]
    over = taken is not None
    outputs = (
        (RESOLVE, Mark.DONE, {"source": SOURCE, "ref": "main", "commit": COMMIT}),
        (FETCH, Mark.DONE, {"skills": 3, "files": 27, "bytes": 123_000}),
        (INSPECT, Mark.DONE, {"names": names}),
        (
            ADD,
            Mark.DONE if over else Mark.TODO,
            {"added": [name for name in names if name not in (taken or {})], "taken": taken} if over else {},
        ),
    )
    steps = tuple(StepView(tool=tool, mark=mark, data=data, output=output) for tool, mark, output in outputs)
    base: dict[str, Any] = {"waiting_for": WaitingFor.APPROVAL, "waiting": ("Bob", "Carol"), "decision": request(asked)}
    decided: dict[str, Any] = {
        "status": ExecutionStatus.COMPLETED,
        "decision": request(asked, ApprovalStatus.APPROVED, "u-bob"),
        "votes": (vote("u-bob"),),
    }
    shown: RequestView = view(asked, **((decided if over else base) | changes)).evolve(steps=steps)
    return shown


def changing(action: ChatAction, *changes: RecordChange) -> RequestView:
    """Return a request that changes records, waiting for approval."""
    asked = ApprovalSubject(action=action, records=changes).under(WRITE)
    return view(asked, waiting_for=WaitingFor.APPROVAL, waiting=("Bob", "Carol"), decision=request(asked))


def test_two_new_skills_and_a_taken_name(golden: Golden) -> None:
    """The request, the question and its details: what is left out is named with its reason."""
    asked = adding(ADDING)
    cards = (request_card(asked, READER), approval_card(asked, READER), details_card(asked, READER))
    golden.check("catalogue/add.txt", rendered(*cards))


def test_an_addition_that_came_second(golden: Golden) -> None:
    """The outcome tells what was added from what somebody else had added by then."""
    done = adding(ADDING, taken={"docx": "other/skills/docx"})
    golden.check("catalogue/added.txt", rendered(outcome_card(done, READER), approval_card(done, READER)))


def test_many_skills_get_a_line_each(golden: Golden) -> None:
    """Their dangers are counted, and what is left out comes behind them."""
    many = ADDING.evolve(skills=tuple(skill(name) for name in ("docx", "pptx", "xlsx")))
    golden.check("catalogue/add_many.txt", rendered(approval_card(adding(many), READER)))


def test_what_a_source_says_stays_on_its_line(golden: Golden) -> None:
    """Names of folders, problems and tags come from outside."""
    hostile = ADDING.evolve(
        action=AddSkill(source=SOURCE, tags=(ATTACK,)),
        left_out=(
            LeftOut(name=ATTACK, why="invalid", detail=ATTACK),
            LeftOut(name="z/docx", why="twice", detail="docx"),
        ),
    )
    golden.check("catalogue/add_hostile.txt", rendered(approval_card(adding(hostile), READER)))


def test_one_skill_cannot_be_narrowed() -> None:
    """There is nothing to leave out, so the button is not there."""
    one = ADDING.evolve(skills=(skill("docx"),))
    labels = [button.label for button in approval_card(adding(one), READER).buttons]
    assert labels == ["Approve", "Reject...", "Details"]


def test_archiving_says_where_it_stays(golden: Golden) -> None:
    """The approver knows what hiding the skill does not do."""
    asked = changing(
        ArchiveSkill(skills=("pdf",)),
        RecordChange(
            entity_id="s-pdf",
            name="pdf",
            field="catalogue",
            before="in the catalogue",
            after="archived",
            remark="stays installed on Claude, Gemini",
        ),
    )
    golden.check("catalogue/archive.txt", rendered(request_card(asked, READER), approval_card(asked, READER)))


def test_editing_says_from_what_to_what(golden: Golden) -> None:
    """Each changed field is a line."""
    asked = changing(
        EditSkill(skills=("pdf",), ref="v1.2", tags=("office",)),
        RecordChange(
            entity_id="s-pdf",
            name="pdf",
            field="ref",
            before="main",
            after="v1.2",
            remark="I did not look whether acme/skills has it",
        ),
        RecordChange(entity_id="s-pdf", name="pdf", field="tags", after="office"),
    )
    golden.check("catalogue/edit.txt", rendered(request_card(asked, READER), approval_card(asked, READER)))


def test_a_freeze_refuses_in_one_sentence(golden: Golden) -> None:
    """It names who froze what and since when, in the reader's time."""
    sentence = READER.error(Frozen(skill="pdf", provider="Claude", who="Bob", when=START))
    golden.check("catalogue/frozen.txt", f"{sentence}\n")


@pytest.fixture
def world() -> World:
    """A catalogue with a skill that is installed, frozen and has versions."""
    world = World()
    pdf = Skill(
        id="s-pdf",
        owner_id="u-bob",
        name="pdf",
        title="PDF forms",
        description=f"Reads and fills PDF forms. {ATTACK}",
        github_url="https://github.com/acme/skills.git",
        path="skills/pdf",
        source_ref="v1.2",
        tags=("office", "forms"),
        created_at=START,
        updated_at=START,
    )
    world.skills = (pdf, pdf.evolve(id="s-old", name="old", is_archived=True, tags=()))
    world.providers = tuple(
        Provider(
            id=f"p-{kind}", owner_id="u-bob", name=kind, display_name=kind.title(), created_at=START, updated_at=START
        )
        for kind in (ProviderKind.CLAUDE, ProviderKind.GEMINI)
    )
    world.targets = (
        InstallTarget(
            id="t-1",
            skill_id="s-pdf",
            provider_id="p-claude",
            desired_ref=COMMIT,
            installed_ref=COMMIT,
            installed_digest=digest("pdf"),
            status=TargetStatus.INSTALLED,
            created_at=START,
            updated_at=START,
        ),
    )
    return world


async def shown(world: World, *names: str) -> Card:
    """Return what somebody reads who asks about ``names``."""
    turn = world.turn()
    version = SkillVersion(
        id="v-1",
        skill_id="s-pdf",
        requested_ref="main",
        commit_sha=COMMIT,
        digest=digest("pdf"),
        author="Mina Park",
        committed_at=START,
        file_count=9,
        size=41_000,
        reach=Reach(level=ReachLevel.CONTAINED),
        bundle_path="bundles/x.tar",
        created_at=START,
    )
    freezes = (
        Frost(id="f-1", skill_id="s-pdf", provider_id="p-claude", user_id="u-carol", created_at=START),
        Frost(id="f-2", skill_id="s-other", user_id="u-carol", created_at=START),
        Frost(id="f-3", provider_id=None, user_id="u-bob", created_at=START),
    )
    turn.uow.freezes = repository(active=freezes)  # type: ignore[misc]
    turn.uow.versions = repository(of_skill=lambda key: (version,) if key == "s-pdf" else ())  # type: ignore[misc]
    turn.uow.skills = repository(  # type: ignore[misc]
        all=world.skills[:1], by_name={one.name: one for one in world.skills}.get
    )
    return await show_skills(turn, ShowSkill(skills=names))


async def test_a_skill_is_shown(world: World, golden: Golden) -> None:
    """Source, ref, tags, owner, where it is installed, what forbids changes, and its last versions."""
    golden.check("catalogue/show.txt", rendered(await shown(world, "pdf")))


async def test_several_skills_are_told_apart(world: World, golden: Golden) -> None:
    """Archived ones are shown when they are named, and say so."""
    golden.check("catalogue/show_two.txt", rendered(await shown(world, "pdf", "old")))


async def test_all_skills_are_those_of_the_catalogue(world: World) -> None:
    """And what is in none is an error."""
    assert (await shown(world, "*")).title == "pdf"
    with pytest.raises(UnknownSkill):
        await shown(world, "nothing")


@pytest.mark.parametrize(
    ("skills", "providers", "words"),
    [
        (("pdf",), ("claude",), "pdf on claude"),
        (("pdf", "docx"), (), "pdf, docx"),
        ((), ("claude",), "claude"),
        (("*",), ("claude", "gemini"), "claude, gemini"),
        (("*",), (), "everything"),
        ((), ("*",), "everything"),
    ],
)
def test_what_a_freeze_is_about_in_words(skills: Names, providers: Names, words: str) -> None:
    """The same words for both ways."""
    assert catalogue_words(Freeze(skills=skills, providers=providers), READER) == f"freeze {words}"
    assert catalogue_words(Unfreeze(skills=skills, providers=providers), READER) == f"unfreeze {words}"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (AddSkill(source=SOURCE), "add the skills of acme/team to the catalogue"),
        (AddSkill(source=SOURCE, name="pdf", ref="v1"), "add pdf of acme/team to the catalogue @ v1"),
        (ArchiveSkill(skills=("pdf", "docx")), "archive pdf, docx"),
        (ShowSkill(skills=("pdf",)), None),
    ],
)
def test_requests_in_words(action: ChatAction, words: str | None) -> None:
    """What is about something else has its words elsewhere."""
    assert catalogue_words(action, READER) == words
