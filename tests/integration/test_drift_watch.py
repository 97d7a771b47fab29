"""The drift watch: one broken place hides no other, what is under way is left alone, and no death tells twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.actions import Approve, Install
from core.domain.drift import DriftEvent, DriftStatus
from core.domain.policy import DEFAULT_POLICY
from core.domain.targets import Provider, TargetStatus
from core.errors import TargetReadOnly
from tests.bundles import bundle
from tests.desk import Desk, desk_at
from tests.desk_world import Died, Place, Places

CHANGED = "docx on Claude was changed by somebody else"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with docx on Claude and on Gemini; somebody has changed it on Claude since."""
    async with desk_at(tmp_path, DEFAULT_POLICY) as opened:
        await opened.say("alice", Install(skills=("docx",), providers=("Claude", "Gemini")))
        await opened.work()
        await opened.say("bob", Approve())
        await opened.work()
        assert set(opened.outside.places.there) == {("Claude", "docx"), ("Gemini", "docx")}
        opened.outside.places.there["Claude", "docx"] = bundle({"more.md": "more"})
        yield opened


async def known(desk: Desk) -> tuple[DriftEvent, ...]:
    """Return the drifts that are not resolved."""
    async with desk.database.read() as uow:
        return await uow.drifts.unresolved()


def told(desk: Desk, who: str) -> int:
    """Return how many cards ``who`` has about it."""
    return sum(card.title == CHANGED for card in desk.read(who))


class Broken(Place):
    """A place that cannot be read."""

    error: Exception = TargetReadOnly(provider="Gemini", path="/skills")

    async def read(self, skill: str) -> None:
        raise self.error


@pytest.mark.parametrize("error", [TargetReadOnly(provider="Gemini", path="/skills"), RuntimeError("odd")])
async def test_a_place_that_cannot_be_read_hides_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It is named, with what is wrong, whether that was foreseen or not; the others are looked at."""
    of = Places.of

    def sometimes(places: Places, provider: Provider) -> Place:
        if provider.display_name != "Gemini":
            return of(places, provider)
        broken = Broken(places, "Gemini")
        broken.error = error
        return broken

    monkeypatch.setattr(desk.program.drift, "_installers", lambda provider: sometimes(desk.outside.places, provider))
    (unread,) = await desk.program.drift.check()
    assert unread.place.name == "docx on Gemini"
    assert unread.error
    assert [drift.details.provider for drift in await known(desk)] == ["Claude"]


async def test_what_is_under_way_is_no_drift(desk: Desk) -> None:
    """Between what was and what will be there is no difference to speak of."""
    async with desk.database.begin() as uow:
        for target in await uow.targets.all():
            await uow.targets.update(target.evolve(status=TargetStatus.SYNCING), expected=target.status)
        await uow.commit()
    assert await desk.program.drift.check() == ()
    assert await known(desk) == ()


async def test_what_was_installed_while_somebody_looked_is_no_drift(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before a run, and is judged after it, is left to the next look."""
    read = Place.read

    async def while_it_runs(place: Place, skill: str) -> object:
        found = await read(place, skill)
        async with desk.database.begin() as uow:
            for target in await uow.targets.all():
                await uow.targets.update(target.evolve(installed_digest="f" * 64), expected=target.status)
            await uow.commit()
        return found

    monkeypatch.setattr(Place, "read", while_it_runs)
    await desk.program.drift.check()
    assert await known(desk) == ()


async def test_two_who_look_at_once_tell_once(desk: Desk) -> None:
    """Several processes may look at the same place."""
    await asyncio.gather(*(desk.program.drift.check() for _ in range(3)))
    await desk.work()
    assert len(await known(desk)) == 1
    assert (told(desk, "bob"), told(desk, "carol"), told(desk, "alice")) == (1, 1, 0)


@pytest.mark.parametrize("moments", [1, 2, 3])
async def test_no_death_tells_twice_or_never(desk: Desk, moments: int) -> None:
    """Whenever the program dies, each admin has one card in the end, which can be pressed."""

    async def look_and_tell() -> None:
        await desk.program.drift.check()
        await desk.work()

    desk.outside.fuse.arm(moments)
    with pytest.raises(Died):
        await look_and_tell()
    await desk.restart()
    await desk.program.drift.check()
    await desk.work()
    (drift,) = await known(desk)
    assert drift.status is DriftStatus.OPEN
    for admin in ("bob", "carol"):
        assert told(desk, admin) >= 1
        assert desk.buttons(admin, "restore_drift")


async def test_a_card_that_was_deleted_is_posted_anew(desk: Desk) -> None:
    """Every admin has a copy that tells how it stands."""
    await desk.program.drift.check()
    await desk.work()
    ((token, message),) = desk.buttons("bob", "ignore_drift")
    del desk.outside.chat.messages[desk.buttons("carol", "ignore_drift")[0][1]]
    await desk.press("bob", token, message)
    await desk.work()
    ignored = "Ignored: docx on Claude is not what was approved"
    assert [card.title for card in desk.read("bob")].count(ignored) == 1
    assert [card.title for card in desk.read("carol")].count(ignored) == 1
