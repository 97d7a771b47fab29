"""Drift behind an API and in a team's repository: found, put back and accepted there as in a folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from core.domain.base import new_id
from core.domain.drift import DriftEvent
from core.domain.executions import ExecutionStatus
from core.domain.targets import InstallTarget, Provider, ProviderKind, ProviderMode
from core.domain.users import Role
from tests.contracts.installer_places import APIS, KEY, ApiPlace, Place
from tests.contracts.repository_place import TOKEN, RepositoryPlace, repository
from tests.harness import Talk, code_in, talking

CHANGED = "pdf on Lab was changed by somebody else"
REMOVED = "pdf on Lab was removed by somebody else"
AS_APPROVED = "What is installed is what was approved, byte for byte."
HARMLESS = b"---\nname: pdf\ndescription: Reads PDF files, and says hello.\n---\nSay hello.\n"


class Lab(NamedTuple):
    """A conversation, and the place called Lab where pdf was installed with consent, as another hand sees it."""

    talk: Talk
    place: Place

    async def files(self) -> dict[str, bytes]:
        """Return what the provider's clients get."""
        found = await asyncio.to_thread(self.place.files, "pdf")
        return dict(found) if found is not None else {}

    async def put(self, files: Mapping[str, bytes]) -> None:
        """Change the skill by another hand."""
        await asyncio.to_thread(self.place.put, "pdf", files)

    async def agree(self, code: str) -> str:
        """Approve as carol, and let bob speak again; return what is printed meanwhile."""
        await self.talk("/as carol")
        printed = await self.talk(f"approve {code}")
        return printed + await self.talk("/as bob")

    async def unresolved(self) -> tuple[DriftEvent, ...]:
        """Return the drifts that are still there."""
        async with self.talk.database.read() as uow:
            return await uow.drifts.unresolved()

    async def target(self) -> InstallTarget:
        """Return what is recorded of the only place."""
        async with self.talk.database.read() as uow:
            (target,) = await uow.targets.all()
        return target


async def _connect(talk: Talk, place: Place, kind: ProviderKind) -> None:
    if isinstance(place, ApiPlace):
        mode, config = ProviderMode.API, {"base_url": place.server.url, "key": "env:LAB_KEY"}
    else:
        assert isinstance(place, RepositoryPlace)
        mode, config = ProviderMode.GIT, dict(place.provider.config)
    now = talk.clock.now()
    async with talk.database.begin() as uow:
        (owner, *_) = [user for user in await uow.users.all() if user.role is Role.ADMIN]
        lab = Provider(
            id=new_id(now),
            owner_id=owner.id,
            name=kind,
            display_name="Lab",
            mode=mode,
            config=config,
            created_at=now,
            updated_at=now,
        )
        await uow.providers.add(lab)
        await uow.commit()


@pytest.fixture(params=[*APIS, "git"])
async def lab(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lab]:
    """Give pdf on Lab, put there with consent; bob, an admin, speaks."""
    monkeypatch.setenv("LAB_KEY", KEY)
    monkeypatch.setenv("TEAM_TOKEN", TOKEN)
    kind = ProviderKind.OPENAI if request.param == "openai api" else ProviderKind.CLAUDE
    opened = APIS[request.param] if request.param in APIS else repository(kind)
    with opened(tmp_path / "places") as place:
        async with talking(tmp_path / "home") as talk:
            await _connect(talk, place, kind)
            found = Lab(talk, place)
            await found.agree(code_in(await talk("install pdf on lab")))
            assert "SKILL.md" in await found.files()
            yield found


async def test_it_is_found_and_put_back(lab: Lab) -> None:
    """The bytes that were approved are there again, and a second look finds nothing."""
    approved = await lab.files()
    assert AS_APPROVED in await lab.talk("drift")
    await lab.put({**approved, "SKILL.md": HARMLESS})
    printed = await lab.talk("drift")
    assert CHANGED in printed
    assert "~ SKILL.md" in printed
    printed = await lab.agree(code_in(await lab.talk("/press 1")))
    assert "What was approved was put back with" in printed
    assert await lab.files() == approved
    assert await lab.unresolved() == ()
    assert AS_APPROVED in await lab.talk("drift")


async def test_it_is_found_and_accepted(lab: Lab) -> None:
    """Nothing is touched there; the record follows, and what was approved before can come back."""
    approved = await lab.files()
    await lab.put({**approved, "SKILL.md": HARMLESS})
    await lab.talk("drift")
    (drift,) = await lab.unresolved()
    before = lab.place.changes()
    printed = await lab.agree(code_in(await lab.talk("/press 2")))
    assert "What was found was approved with" in printed
    assert lab.place.changes() == before
    assert (await lab.target()).installed_digest == drift.found_digest
    assert AS_APPROVED in await lab.talk("drift")
    await lab.agree(code_in(await lab.talk("roll back pdf on lab")))
    assert await lab.files() == approved


async def test_what_was_removed_there_is_put_back(lab: Lab) -> None:
    """It is told as a removal, and restoring makes it anew."""
    approved = await lab.files()
    await asyncio.to_thread(lab.place.remove, "pdf")
    assert REMOVED in await lab.talk("drift")
    code = code_in(await lab.talk("/press 1"))
    await lab.agree(code)
    assert (await lab.talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert await lab.files() == approved
    assert AS_APPROVED in await lab.talk("drift")
