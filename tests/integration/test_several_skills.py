"""A source that holds several skills: whoever wants it installed is asked which is meant, and the request goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.cards import Mark
from core.domain.events import PlanGenerated
from core.domain.executions import ChatActionResult, ExecutionStatus, WaitingFor
from core.services.housekeeping import Housekeeping
from core.services.views import fold_steps
from tests.harness import Talk, code_in, talking
from tests.platforms.git_repo import GitRepo, skill_md


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


def repository(talk: Talk, *names: str) -> GitRepo:
    """Make a repository with a skill of each of ``names``, below the folder "skills"."""
    repo = GitRepo.create(talk.home / "sources", "acme/team")
    repo.commit({f"skills/{name}/SKILL.md": skill_md(name) for name in names})
    return repo


def flat(text: str) -> str:
    """Return ``text`` in one line."""
    return " ".join(text.split())


async def test_the_press_continues_the_same_request(talk: Talk) -> None:
    """The question names the skills; the one that is chosen is prepared, approved and installed under the same code."""
    repo = repository(talk, "docx", "xlsx")
    printed = flat(await talk(f"install {repo.path} on claude"))
    code = code_in(printed)
    assert "acme/team.git holds 2 skills. Which of them shall I install?" in printed
    assert "[1] docx" in printed
    assert "[2] xlsx" in printed
    assert "[3] All of them" in printed
    execution = await talk.execution(code)
    assert (execution.status, execution.waiting_for) == (ExecutionStatus.PENDING, WaitingFor.ANSWER)
    assert code_in(await talk("/press 2")) == code
    await talk("/as bob")
    await talk(f"approve {code}")
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert talk.skill("xlsx").exists()
    assert not talk.skill("docx").exists()


async def test_all_of_them_are_one_request(talk: Talk) -> None:
    """One approval is about every skill of the source."""
    repo = repository(talk, "docx", "xlsx", "pptx")
    code = code_in(await talk(f"install {repo.path} on claude and gemini"))
    printed = await talk("/press 4")
    assert code_in(printed) == code
    await talk("/as carol")
    await talk(f"approve {code}")
    assert (await talk.request(code)).status is ApprovalStatus.APPROVED
    for name in ("docx", "xlsx", "pptx"):
        assert talk.skill(name).exists()
        assert talk.skill(name, "gemini").exists()
    async with talk.database.read() as uow:
        record = await uow.chat_actions.of_execution((await talk.execution(code)).id)
    assert record is not None
    assert record.result is ChatActionResult.EXECUTED


async def test_what_was_read_before_the_question_is_not_taken_for_the_answer(talk: Talk) -> None:
    """The plan after the question begins anew: no skill counts as fetched because the whole source was."""
    repo = repository(talk, "docx", "xlsx")
    code = code_in(await talk(f"install {repo.path} on claude"))
    press = talk.interpret("/press 3")
    execution = await talk.execution(code)
    async with talk.database.read() as uow:
        before = len(await uow.events.of_execution(execution.id))
    await talk.program.dispatcher.receive(press)
    await talk.settle()
    async with talk.database.read() as uow:
        events = tuple(row.event for row in await uow.events.of_execution(execution.id))
    planned = next(n for n in range(before, len(events)) if isinstance(events[n], PlanGenerated))
    steps = fold_steps(events[: planned + 1], ExecutionStatus.PENDING)
    assert [step.mark for step in steps] == [Mark.TODO] * 8


async def test_the_ref_that_was_asked_for_is_kept(talk: Talk) -> None:
    """What is chosen comes from where the source was named at."""
    repo = repository(talk, "docx", "xlsx")
    repo.tag("v1")
    repo.commit({"skills/docx/SKILL.md": skill_md("docx", "Newer.\n")})
    code = code_in(await talk(f"install {repo.path}@v1 on claude"))
    await talk("/press 1")
    await talk("/as bob")
    await talk(f"approve {code}")
    assert "Newer" not in (talk.skill("docx") / "SKILL.md").read_text()


async def test_more_than_five_are_named_and_not_offered_one_by_one(talk: Talk) -> None:
    """A card is no list to scroll through: it names them, and says how to ask for one."""
    names = [f"tool-{number}" for number in range(1, 7)]
    repo = repository(talk, *names)
    printed = flat(await talk(f"install {repo.path} on claude"))
    assert "holds 6 skills" in printed
    assert ", ".join(names) in printed
    example = f'Say "install {repo.path}/skills/tool-1 on claude" for one of them.'
    assert example.replace(" ", "") in printed.replace(" ", "")  # a long path is broken anywhere
    assert "[1] All of them" in printed
    assert "[2]" not in printed
    printed = await talk(f"install {repo.path}/skills/tool-1 on claude")
    assert "waiting for approval" in printed


async def test_nobody_else_answers(talk: Talk) -> None:
    """The question was asked of whoever wants something installed."""
    repo = repository(talk, "docx", "xlsx")
    code = code_in(await talk(f"install {repo.path} on claude"))
    button = talk.interpret("/press 1")
    await talk("/as bob")
    await talk.program.dispatcher.receive(
        button.evolve(sender=button.sender.evolve(external_id="bob"), dedupe_key="bob:1")
    )
    assert "I asked somebody else" in await talk.settle()
    assert (await talk.execution(code)).waiting_for is WaitingFor.ANSWER


async def test_a_question_that_is_cancelled_leaves_nothing_open(talk: Talk) -> None:
    """The card of the request can be cancelled while it waits for an answer, and late answers count no more."""
    repo = repository(talk, "docx", "xlsx")
    code = code_in(await talk(f"install {repo.path} on claude"))
    button = talk.interpret("/press 1")
    assert "Cancelled: install" in await talk(f"cancel {code}")
    await talk.program.dispatcher.receive(button)
    await talk.settle()
    execution = await talk.execution(code)
    assert (execution.status, execution.waiting_for) == (ExecutionStatus.CANCELLED, None)
    async with talk.database.read() as uow:
        record = await uow.chat_actions.of_execution(execution.id)
    assert record is not None
    assert record.result is ChatActionResult.REJECTED


async def test_a_question_that_nobody_answers_ends_with_its_action(talk: Talk) -> None:
    """After a day the request is over, and the record of the action says that it came to nothing."""
    repo = repository(talk, "docx", "xlsx")
    code = code_in(await talk(f"install {repo.path} on claude"))
    talk.clock.advance(hours=24)
    assert await Housekeeping(storage=talk.database, clock=talk.clock).drop_unanswered() == 1
    execution = await talk.execution(code)
    assert (execution.status, execution.error_code) == (ExecutionStatus.CANCELLED, "UNANSWERED")
    async with talk.database.read() as uow:
        record = await uow.chat_actions.of_execution(execution.id)
    assert record is not None
    assert record.result is ChatActionResult.REJECTED


async def test_a_skill_the_catalogue_has_is_the_one_of_the_catalogue(talk: Talk) -> None:
    """What was added from the same folder before is not taken for a stranger with its name."""
    repo = repository(talk, "docx", "xlsx")
    added = code_in(await talk(f"add skill {repo.path}/skills/docx"))
    await talk("/as bob")
    await talk(f"approve {added}")
    await talk("/as alice")
    code = code_in(await talk(f"install {repo.path} on claude"))
    await talk("/press 3")
    await talk("/as bob")
    await talk(f"approve {code}")
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert talk.skill("docx").exists()
    assert talk.skill("xlsx").exists()


async def test_known_skills_are_asked_about_by_their_names(talk: Talk) -> None:
    """Where no source leads to a folder of the repository, the catalogue's names do: nothing has to be added."""
    printed = flat(await talk(f"install {talk.source.path} on claude"))
    assert "Which of them shall I install?" in printed
    code = code_in(await talk("/press 2"))
    await talk("/as bob")
    await talk(f"approve {code}")
    assert talk.skill("pdf").exists()
    assert not talk.skill("meeting-notes").exists()


async def test_a_folder_that_cannot_be_named_is_said_so(talk: Talk) -> None:
    """Where nothing leads to one of the folders, the error names another way."""
    talk.source.commit({"skills/charts/SKILL.md": skill_md("charts")}, branch="main")
    printed = flat(await talk(f"install {talk.source.path} on claude"))
    assert "holds several skills: skills/charts, skills/meeting-notes, skills/pdf" in printed
    assert f'"add skill {talk.source.path}"' in printed
    added = code_in(await talk(f"add skill {talk.source.path}"))
    await talk("/as bob")
    await talk(f"approve {added}")
    await talk("/as alice")
    assert "waiting for approval" in await talk("install charts on claude")
