"""Providers in conversation: connected and disconnected with an approval, looked at, never passed over in silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.installers.filesystem import FilesystemInstaller
from core.domain.base import new_id
from core.domain.executions import ExecutionStatus
from core.domain.masking import Masker
from core.domain.targets import Provider, ProviderMode, ProviderStatus
from core.services.provider_health import ProviderHealth
from tests.contracts.installer_places import registry
from tests.harness import Talk, code_in, talking

# Longer than what counts as the same press.
A_MOMENT = 3


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A demo with alice speaking."""
    async with talking(tmp_path / "home") as opened:
        yield opened


async def said(talk: Talk, who: str, sentence: str) -> str:
    """Say ``sentence`` as ``who`` and return the answer in one line."""
    await talk(f"/as {who}")
    return " ".join((await talk(sentence)).split())


async def known(talk: Talk, name: str) -> Provider:
    """Return the provider called ``name``."""
    async with talk.database.read() as uow:
        return next(provider for provider in await uow.providers.all() if provider.display_name == name)


async def change(talk: Talk, called: str, **changes: object) -> None:
    """Change the provider of that name behind the bot's back."""
    provider = await known(talk, called)
    async with talk.database.begin() as uow:
        await uow.providers.update(provider.evolve(**changes))
        await uow.commit()


async def add(talk: Talk, name: str, path: Path) -> None:
    """Add another Claude."""
    first = await known(talk, "Claude")
    async with talk.database.begin() as uow:
        await uow.providers.add(
            first.evolve(id=new_id(talk.clock.now()), display_name=name, config={"path": str(path)})
        )
        await uow.commit()


def health(talk: Talk, environ: dict[str, str] | None = None) -> ProviderHealth:
    """Return what looks at the providers of the demo."""
    masker = Masker()
    places = registry(talk.home, environ, masker)
    return ProviderHealth(storage=talk.database, clock=talk.clock, installers=places, mask=masker.text)


async def test_disconnecting_takes_two_presses_and_connecting_one(talk: Talk) -> None:
    """It is destructive to leave and a change to come back; the card says what stays there, and where it is."""
    code = code_in(await talk("install pdf on claude"))
    await said(talk, "bob", f"approve {code}")
    printed = await said(talk, "alice", "disconnect claude")
    code = code_in(printed)
    card = await said(talk, "bob", "/as bob")
    assert "Claude connected -> disconnected (stays installed there: pdf)" in card
    assert "DESTRUCTIVE" in card
    assert "press Approve again" in await said(talk, "bob", f"approve {code}")
    assert (await known(talk, "Claude")).status is ProviderStatus.CONNECTED
    talk.clock.advance(A_MOMENT)
    assert "is counted" in await said(talk, "bob", f"approve {code}")
    assert (await known(talk, "Claude")).status is ProviderStatus.DISCONNECTED
    assert talk.skill("pdf").exists()

    code = code_in(await said(talk, "alice", "connect claude"))
    card = await said(talk, "bob", "/as bob")
    assert "Claude disconnected -> connected (filesystem, /" in card
    await said(talk, "bob", f"approve {code}")
    assert (await known(talk, "Claude")).status is ProviderStatus.CONNECTED


async def test_what_makes_no_sense_is_said_at_once(talk: Talk, tmp_path: Path) -> None:
    """Nobody is asked about what cannot be done."""
    assert "Claude is connected already" in await said(talk, "alice", "connect claude")
    await change(talk, "Claude", status=ProviderStatus.DISCONNECTED)
    assert "Claude is disconnected already" in await said(talk, "alice", "disconnect claude")
    await add(talk, "Lab", tmp_path / "lab")
    await change(talk, "Claude", display_name="Desk")
    assert "There are several of claude: Desk, Lab" in await said(talk, "alice", "connect claude")
    assert "Connect Lab" in await said(talk, "alice", "connect claude as Lab")
    assert 'No provider called "Attic" is configured here.' in await said(talk, "alice", "connect claude as Attic")


async def test_nothing_is_installed_where_the_bot_is_disconnected(talk: Talk) -> None:
    """Named, it is refused; of everywhere it is left out, and the card says so."""
    await change(talk, "OpenAI", status=ProviderStatus.DISCONNECTED)
    assert "OpenAI is not connected" in await said(talk, "alice", "install pdf on openai")
    code = code_in(await said(talk, "alice", "install pdf everywhere"))
    assert "left out OpenAI: it is not connected" in await said(talk, "bob", f"why {code}") + await said(
        talk, "bob", "/as bob"
    )
    await said(talk, "bob", f"approve {code}")
    assert talk.skill("pdf").exists()
    assert talk.skill("pdf", "gemini").exists()
    assert not talk.skill("pdf", "openai").exists()
    assert "OpenAI (disconnected)" in await said(talk, "alice", "status")


async def test_without_any_provider_there_is_nowhere_to_install(talk: Talk) -> None:
    """The sentence says what an admin has to do."""
    for name in ("Claude", "OpenAI", "Gemini"):
        await change(talk, name, status=ProviderStatus.DISCONNECTED)
    assert "skillwarden providers add claude" in await said(talk, "alice", "install pdf everywhere")


async def test_who_is_disconnected_after_the_approval_gets_nothing(tmp_path: Path) -> None:
    """What runs is decided when it runs."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text("[approvals]\nundo_seconds = 60\n")
    async with talking(home) as talk:
        code = code_in(await talk("install pdf on claude"))
        await said(talk, "bob", f"approve {code}")
        await change(talk, "Claude", status=ProviderStatus.DISCONNECTED)
        talk.clock.advance(61)
        printed = await talk.settle()
        assert "Claude is not connected" in " ".join(printed.split())
        assert (await talk.execution(code)).status is ExecutionStatus.FAILED
        assert not talk.skill("pdf").exists()


async def test_a_place_that_cannot_be_used_is_an_error_until_it_can(talk: Talk) -> None:
    """The state says in words what is wrong; who is disconnected is left alone, what is as it was is not written."""
    folder = talk.home / "providers" / "claude" / "skills"
    folder.rmdir()
    folder.write_text("in the way")
    await change(talk, "Gemini", status=ProviderStatus.DISCONNECTED)
    found = await health(talk).check()
    assert [provider.display_name for provider in found] == ["Claude", "OpenAI"]
    broken = await known(talk, "Claude")
    assert broken.status is ProviderStatus.ERROR
    assert "is a file, not a folder" in str(broken.last_error)
    assert (await known(talk, "Gemini")).status is ProviderStatus.DISCONNECTED
    assert "error: " in await said(talk, "alice", "list providers")
    folder.unlink()
    await health(talk).check()
    mended = await known(talk, "Claude")
    assert (mended.status, mended.last_error) == (ProviderStatus.CONNECTED, None)
    before = mended.updated_at
    talk.clock.advance(600)
    await health(talk).check()
    assert (await known(talk, "Claude")).updated_at == before


async def test_what_is_wrong_with_a_provider_holds_no_secret(talk: Talk) -> None:
    """A key that cannot be sent is in no sentence that is stored, and none that is shown."""
    key = "correct-horse-battery-staple"
    config = {"base_url": f"http://127.0.0.1:9/{key}", "key": "env:KEY"}
    await change(talk, "Claude", mode=ProviderMode.API, config=config)
    await health(talk, {"KEY": key}).check()
    broken = await known(talk, "Claude")
    assert broken.status is ProviderStatus.ERROR
    assert "The connection to Claude was lost" in str(broken.last_error)
    assert key not in str(broken.last_error)


async def test_a_message_with_a_key_in_it_is_not_obeyed(talk: Talk) -> None:
    """Whoever typed one is told to revoke it; what is stored of the message hides it."""
    key = "sk-ant-api03-" + "Ab3" * 12
    printed = await said(talk, "alice", f"connect claude with {key}")
    assert "Your message holds what looks like a key or a password" in printed
    assert "revoke it where it was made" in printed
    stored = [path.read_bytes() for path in talk.home.rglob("*") if path.is_file()]
    assert [data for data in stored if b"connect claude with" in data]
    assert [data for data in stored if key.encode() in data] == []


async def test_what_was_approved_for_one_place_goes_to_no_other(talk: Talk, tmp_path: Path) -> None:
    """A provider that was added anew, elsewhere, while people decided gets nothing: they are asked about that place."""
    code = code_in(await talk("install pdf on claude"))
    await change(talk, "Claude", config={"path": str(tmp_path / "elsewhere")})
    await said(talk, "bob", f"approve {code}")
    said_why = (await talk.execution(code)).error_message or ""
    assert "I ask again as #" in said_why
    fresh = (await talk.execution(said_why.rpartition("#")[2].rstrip("."))).subject
    assert fresh is not None
    assert str(tmp_path / "elsewhere") in fresh.targets[0].location
    assert not (tmp_path / "elsewhere" / "pdf").exists()
    assert not talk.skill("pdf").exists()


async def test_a_machine_may_get_another_name(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same folder: a container that starts again is called something else."""
    code = code_in(await talk("install pdf on claude"))
    location = FilesystemInstaller.location
    monkeypatch.setattr(
        FilesystemInstaller, "location", lambda self, skill: f"other:{location(self, skill).partition(':')[2]}"
    )
    await said(talk, "bob", f"approve {code}")
    assert talk.skill("pdf").exists()


@pytest.mark.parametrize("path", ["x" * 300, "odd"])
async def test_a_provider_that_cannot_be_looked_at_hides_no_other(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """It is in error, with what is wrong, whether that was foreseen or not; the others are looked at."""
    check = FilesystemInstaller._check  # noqa: SLF001 - what goes wrong there is to be one of the system's surprises

    def surprised(installer: FilesystemInstaller) -> None:
        if "odd" in installer.location("pdf"):
            raise RuntimeError("odd")
        check(installer)

    monkeypatch.setattr(FilesystemInstaller, "_check", surprised)
    await change(talk, "Claude", config={"path": str(tmp_path / path)})
    await change(talk, "Gemini", status=ProviderStatus.ERROR, last_error="something")
    found = {provider.display_name: provider for provider in await health(talk).check()}
    assert found["Claude"].status is ProviderStatus.ERROR
    assert (found["Claude"].last_error or "").startswith("Claude did not answer: ")
    assert found["Gemini"].status is ProviderStatus.CONNECTED


async def test_who_waits_for_all_waits_as_long_as_for_one(talk: Talk) -> None:
    """Each has a limit, and they are looked at side by side; looking alone notes nothing."""
    together = asyncio.Barrier(3)

    class Silent:
        async def check(self) -> None:
            await together.wait()
            await asyncio.Event().wait()

    async with talk.database.read() as uow:
        providers = await uow.providers.all()
    looking = ProviderHealth(
        storage=talk.database,
        clock=talk.clock,
        installers=lambda _: Silent(),  # type: ignore[arg-type, return-value]  # it is only looked at
        mask=str,
        limit=0.2,
    )
    found = await looking.problems(providers)
    assert len(found) == 3
    assert all("0.2" in str(problem) for problem in found.values())
    assert (await known(talk, "Claude")).status is ProviderStatus.CONNECTED
