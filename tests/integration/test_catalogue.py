"""The catalogue in conversations: skills are added, shown, edited, archived and restored, each with its approval."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from core.domain.policy import DEFAULT_POLICY, Policy, Rule
from core.domain.skills import ReachLevel, Skill
from tests.clock import START
from tests.harness import Talk, code_in, talking
from tests.platforms.git_repo import GitRepo, skill_md
from tests.storage_factory import make_skill

BROKEN = b"---\nname: broken\n---\n"


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def team(talk: Talk) -> GitRepo:
    """A repository with two new skills, one of them nested, and one whose name the catalogue has."""
    repo = GitRepo.create(talk.home / "sources", "acme/team")
    repo.commit(
        {
            "docx/SKILL.md": skill_md("docx"),
            "docx/scripts/run.sh": b"echo hello\n",
            "more/deep/xlsx/SKILL.md": skill_md("xlsx"),
            "pdf/SKILL.md": skill_md("pdf"),
        }
    )
    return repo


@pytest.fixture
def adding(talk: Talk, team: GitRepo) -> str:
    """Say how the repository is added."""
    return f"add skill {team.path}"


async def skill(talk: Talk, name: str) -> Skill | None:
    """Return the catalogue's entry called ``name``."""
    async with talk.database.read() as uow:
        return await uow.skills.by_name(name)


async def known(talk: Talk, name: str) -> Skill:
    """Return the catalogue's entry called ``name``, which is there."""
    found = await skill(talk, name)
    assert found is not None
    return found


async def change(talk: Talk, sentence: str, *, twice: bool = False) -> str:
    """Have alice ask, and bob agree; return what alice reads then."""
    await talk("/as alice")
    code = code_in(await talk(sentence))
    await talk("/as bob")
    for _ in range(2 if twice else 1):
        await talk(f"approve {code}")
        talk.clock.advance(seconds=5)
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    return await talk("/as alice")


async def test_all_skills_of_a_repository_are_added_with_one_approval(talk: Talk, adding: str) -> None:
    """Nested ones too; a name that is taken is left out and named, before and after the decision."""
    before = await known(talk, "pdf")
    code = code_in(await talk(f"{adding} tagged office, docs"))
    card = await talk("/as bob")
    assert "docx" in card
    assert "xlsx" in card
    assert "pdf: the name is taken by sources/skills/skills/pdf, which stays as it is" in " ".join(card.split())
    assert await skill(talk, "docx") is None
    await talk("/press 1")
    printed = await talk("/as alice")
    assert "added: docx, xlsx" in printed
    docx, xlsx = await known(talk, "docx"), await known(talk, "xlsx")
    assert (docx.path, xlsx.path) == ("docx", "more/deep/xlsx")
    assert docx.tags == ("office", "docs")
    assert docx.source_ref == "main"
    assert docx.description
    assert await known(talk, "pdf") == before
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_an_addition_is_on_the_record(talk: Talk, adding: str) -> None:
    """Every step has its events, the adding too; the timeline says what was done."""
    code = code_in(await talk(adding))
    await talk("/as bob")
    await talk(f"approve {code}")
    kinds = [kind for kind in await talk.events(code) if kind != "ResponseSent"]
    assert kinds == [
        "MessageReceived",
        "PlanGenerated",
        *["ToolInvoked", "ToolCompleted"] * 3,
        "ApprovalRequested",
        "ApprovalReceived",
        "ToolInvoked",
        "ToolCompleted",
    ]
    assert "to the catalogue: done" in await talk(f"timeline {code}")


async def test_what_was_added_can_be_installed(talk: Talk, adding: str) -> None:
    """From the repository, the folder and the ref that were approved."""
    await change(talk, adding)
    await change(talk, "install docx on claude")
    assert talk.skill("docx").joinpath("scripts/run.sh").read_bytes() == b"echo hello\n"


async def test_nothing_is_added_when_it_is_rejected(talk: Talk, adding: str) -> None:
    """The requester reads so."""
    code = code_in(await talk(adding))
    await talk("/as bob")
    await talk(f"reject {code} because not ours")
    assert "Nothing was added." in await talk("/as alice")
    assert await skill(talk, "docx") is None


async def test_a_ref_is_remembered(talk: Talk, team: GitRepo, adding: str) -> None:
    """What is installed later is what that ref names."""
    team.tag("v1.2")
    await change(talk, f"{adding} at v1.2")
    assert (await known(talk, "xlsx")).source_ref == "v1.2"


async def test_one_of_them_can_be_named(talk: Talk, adding: str) -> None:
    """The others are not even mentioned; a name that is not there is answered with those that are."""
    await change(talk, f"{adding} as xlsx")
    assert await skill(talk, "xlsx") is not None
    assert await skill(talk, "docx") is None
    printed = await talk(f"{adding} as pptx")
    assert 'holds no skill called "pptx". It holds: docx, xlsx, pdf.' in " ".join(printed.split())


async def test_an_approver_can_leave_some_out(talk: Talk, adding: str) -> None:
    """Approving with changes narrows; another ref is another request, and a place is no part of it."""
    code = code_in(await talk(adding))
    await talk("/as bob")
    assert "cannot be changed in that way" in await talk(f"modify {code} ref v9")
    await talk(f"modify {code} only docx")
    assert "added: docx" in await talk("/as alice")
    assert await skill(talk, "docx") is not None
    assert await skill(talk, "xlsx") is None


async def test_whoever_is_first_keeps_the_name(talk: Talk, adding: str) -> None:
    """A name that was taken after the card was made is left out, the rest is added, and the outcome says so."""
    code = code_in(await talk(adding))
    async with talk.database.begin() as uow:
        (owner,) = [user for user in await uow.users.all() if user.name == "Carol"]
        await uow.skills.add(make_skill(owner, "docx", created_at=START))
        await uow.commit()
    await talk("/as bob")
    await talk(f"approve {code}")
    printed = " ".join((await talk("/as alice")).split())
    assert "added: xlsx" in printed
    assert "docx was left out: the name is taken by acme/skills/skills/docx" in printed
    assert (await known(talk, "docx")).github_url == "https://github.com/acme/skills"
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_one_broken_skill_does_not_keep_the_others_out(talk: Talk, team: GitRepo, adding: str) -> None:
    """It is named on the card with its problem; so is the second of two with the same name."""
    team.commit({"broken/SKILL.md": BROKEN, "z/docx/SKILL.md": skill_md("docx")})
    await talk(adding)
    card = " ".join((await talk("/as bob")).split())
    assert "broken: it would not load" in card
    assert "z/docx: it has the name of docx" in card


@pytest.mark.parametrize(
    ("content", "said"),
    [({"broken/SKILL.md": BROKEN}, "would not load"), ({"README.md": b"hello"}, "There is no SKILL.md")],
)
async def test_nothing_to_add_is_said_at_once(talk: Talk, content: dict[str, bytes], said: str) -> None:
    """Nobody is asked to approve nothing."""
    repo = GitRepo.create(talk.home / "sources", "acme/none")
    repo.commit(content)
    assert said in await talk(f"add skill {repo.path}")
    assert "Nothing is waiting" in await talk("pending")


async def test_adding_again_adds_nothing(talk: Talk, adding: str) -> None:
    """Every name is taken by then."""
    await change(talk, adding)
    assert "holds nothing that could be added" in await talk(adding)


async def test_who_asks_for_the_same_joins(talk: Talk, adding: str) -> None:
    """With other tags it is something else."""
    code = code_in(await talk(adding))
    await talk("/as carol")
    assert f"already asks for exactly this as #{code}" in " ".join((await talk(adding)).split())
    assert "waiting for approval" in await talk(f"{adding} tagged office")


async def test_where_nobody_is_asked_it_is_added_at_once(tmp_path: Path) -> None:
    """A rule that allows adds what was read, in the same transaction."""
    rule = Rule(name="ours", priority=1, intents=("add_skill",), outcome="allow")
    async with talking(tmp_path / "home", policy=Policy(rules=(rule, *DEFAULT_POLICY.rules))) as talk:
        repo = GitRepo.create(talk.home / "sources", "acme/team")
        repo.commit({"docx/SKILL.md": skill_md("docx")})
        assert "added: docx" in await talk(f"add skill {repo.path}")
        assert (await known(talk, "docx")).owner_id


async def test_a_policy_can_be_about_what_is_added(tmp_path: Path) -> None:
    """Sources and reach count for additions as they do for installations."""
    rule = Rule(name="no scripts", priority=1, reach=(ReachLevel.PRIVILEGED,), outcome="deny")
    async with talking(tmp_path / "home", policy=Policy(rules=(rule, *DEFAULT_POLICY.rules))) as talk:
        repo = GitRepo.create(talk.home / "sources", "acme/team")
        repo.commit({"docx/SKILL.md": skill_md("docx"), "docx/scripts/run.sh": b"echo hello\n"})
        assert 'The rule "no scripts" does not allow this' in await talk(f"add skill {repo.path}")


async def test_the_ref_is_edited(talk: Talk) -> None:
    """The card says from what to what; the next installation takes it."""
    printed = await talk("set ref of pdf to v1.0")
    assert "Edit pdf (ref v1.0)" in printed
    assert "Edit pdf (ref v1.0)" in await talk("pending")
    code = code_in(printed)
    card = " ".join((await talk("/as bob")).split())
    assert "ref main -> v1.0 (I did not look whether sources/skills has it)" in card
    assert (await known(talk, "pdf")).source_ref == "main"
    await talk(f"approve {code}")
    assert "pdf: ref main -> v1.0" in await talk("/as alice")
    assert (await known(talk, "pdf")).source_ref == "v1.0"
    assert "already, so there is nothing to change" in await talk("set ref of pdf to v1.0")


async def test_archiving_hides_and_keeps_what_is_installed(talk: Talk) -> None:
    """The card says where it is installed; a restored skill is as before."""
    await change(talk, "install pdf on claude")
    files = sorted(path.name for path in talk.skill("pdf").rglob("*"))
    before = await known(talk, "pdf")
    code = code_in(await talk("archive pdf"))
    assert "stays installed on Claude" in " ".join((await talk("/as bob")).split())
    await talk(f"approve {code}")
    talk.clock.advance(seconds=5)
    await talk(f"approve {code}")
    assert (await known(talk, "pdf")).is_archived
    assert sorted(path.name for path in talk.skill("pdf").rglob("*")) == files
    await talk("/as alice")
    assert "pdf" not in await talk("list skills")
    assert "archived" in await talk("install pdf on gemini")
    for question in ("status", "status of pdf"):
        assert re.search(r"pdf \(archived\) +[0-9a-f]{7}", await talk(question))
    await change(talk, "restore pdf")
    assert (await known(talk, "pdf")).evolve(updated_at=before.updated_at) == before


async def test_what_makes_no_sense_is_said_at_once(talk: Talk) -> None:
    """Nobody is asked about it."""
    assert "in the catalogue already" in await talk("restore pdf")
    assert 'no skill called "nothing-like-it"' in await talk("restore nothing-like-it")
    assert "Nothing is waiting" in await talk("pending")


async def test_an_edit_ends_the_open_ones_of_the_same(talk: Talk) -> None:
    """What their cards say it is now, it is no longer; what is about something else goes on."""
    first, second = code_in(await talk("set ref of pdf to v1.0")), code_in(await talk("set ref of pdf to v2"))
    other, tags = code_in(await talk("set ref of meeting-notes to v2")), code_in(await talk("tag pdf with office"))
    await talk("/as bob")
    await talk(f"approve {first}")
    assert (await talk.request(second)).status is ApprovalStatus.CANCELLED
    assert (await talk.execution(second)).error_code == "OUT_OF_DATE"
    assert "cancelled by Skillwarden itself" in await talk(f"approve {second}")
    pending = await talk("pending")
    assert (f"#{other}" in pending, f"#{tags}" in pending, f"#{second}" in pending) == (True, True, False)
    assert f"pdf has changed since #{second} was asked" in " ".join((await talk("/as alice")).split())
    assert (await known(talk, "pdf")).source_ref == "v1.0"


async def test_a_skill_is_shown(talk: Talk, adding: str) -> None:
    """Where it comes from, who answers for it, where it is; archived ones too."""
    await change(talk, f"{adding} tagged office")
    await change(talk, "install docx on claude")
    card = await talk("show skill docx")
    for words in (
        r"from\s+acme/team.git/docx @ main",
        r"tags\s+office",
        r"owner\s+Alice",
        r"installed\s+Claude: [0-9a-f]{7}",
    ):
        assert re.search(words, card), words
    await change(talk, "archive docx", twice=True)
    assert re.search(r"archived\s+\d\d:\d\d", await talk("show skill docx"))


async def test_the_list_is_narrowed_by_tag_or_words(talk: Talk, adding: str) -> None:
    """A tag or words keep what has them."""
    await change(talk, f"{adding} tagged office")
    tagged = await talk("list skills tagged office")
    assert "docx" in tagged
    assert "pdf" not in tagged
    assert "pdf" in await talk("list skills with pdf")
    assert "No skill matches" in await talk("list skills tagged nothing")
