"""Two skills of one name: the catalogue knows a name once, and whoever comes second is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from tests.harness import Talk, code_in, talking
from tests.platforms.git_repo import GitRepo, skill_md


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking, and a repository that holds the skill "twin" twice."""
    async with talking(tmp_path / "home") as opened:
        yield opened


async def twins(talk: Talk) -> tuple[str, str]:
    """Return two sources whose skills have the same name."""

    def commit() -> Path:
        repo = GitRepo.create(talk.home / "sources", "twins")
        repo.commit({f"{place}/twin/SKILL.md": skill_md("twin", f"{place}\n") for place in ("left", "right")})
        return repo.path

    path = await asyncio.to_thread(commit)
    return f"{path}/left/twin", f"{path}/right/twin"


async def test_one_request_cannot_bring_a_name_twice(talk: Talk) -> None:
    """Of two skills that would go to the same place neither is installed, and nobody is asked."""
    left, right = await twins(talk)
    printed = await talk(f"install {left} and {right} on claude")
    code = code_in(printed)
    assert "A skill called twin from" in printed
    assert (await talk.execution(code)).error_code == "NAME_TAKEN"
    assert not talk.skill("twin").exists()


async def test_the_second_of_two_requests_for_a_name_cannot_be_approved(talk: Talk) -> None:
    """Asked for while the name was free, approved when it is taken: the approver is told, and nothing is replaced."""
    left, right = await twins(talk)
    first = code_in(await talk(f"install {left} on claude"))
    second = code_in(await talk(f"install {right} on claude"))
    await talk("/as bob")
    await talk(f"approve {first}")
    assert (talk.skill("twin") / "SKILL.md").read_text().endswith("left\n")
    assert "A skill called twin from" in " ".join((await talk(f"approve {second}")).split())
    assert (await talk.request(second)).status is ApprovalStatus.PENDING
    assert (await talk.execution(second)).status is ExecutionStatus.PENDING
    assert (talk.skill("twin") / "SKILL.md").read_text().endswith("left\n")
    await talk(f"reject {second} because it is another twin")
    assert (await talk.execution(second)).error_code == "APPROVAL_REJECTED"
