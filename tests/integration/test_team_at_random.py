"""Random changes of two places against a model of what has to be there: disk, tables and record always agree."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from core.domain.events import first_broken
from core.domain.executions import ExecutionStatus
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"
PLACES = ("claude", "gemini")

Content = dict[str, bytes]


class Place:
    """What has to be at one provider, what the bot thinks is there, and what it would bring back."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.there: Content = {}
        self.recorded: Content = {}
        self.before: Content = {}

    def put(self, wanted: Content) -> None:
        """Bring ``wanted`` there; what is there becomes what was before."""
        if self.there != wanted:
            self.before = self.there
        self.there = self.recorded = wanted


class Team:
    """A conversation and the model of what it leads to."""

    def __init__(self, talk: Talk, chance: random.Random) -> None:
        """Ask through ``talk`` for what ``chance`` says."""
        self._talk = talk
        self._chance = chance
        self._count = 0
        self.places = {name: Place() for name in PLACES}
        self.upstream = content(talk.home / f"sources/skills/skills/{SKILL}")

    async def step(self) -> None:
        """Do one thing, and look whether everything is as it has to be."""
        self._count += 1
        chosen = self._chance.choice((("claude",), ("gemini",), PLACES))
        match self._chance.choice(("install", "sync", "roll back", "uninstall", "commit", "edit", "remove")):
            case "commit":
                text = f"{self._count}\n"
                self._talk.source.commit({f"skills/{SKILL}/extra.md": text}, branch="main")
                self.upstream = self.upstream | {"extra.md": text.encode()}
            case "edit":
                self._edit(chosen[0])
            case "remove":
                shutil.rmtree(self._talk.skill(SKILL, chosen[0]), ignore_errors=True)
                self.places[chosen[0]].there = {}
            case what:
                await self._ask(what, chosen)
        await self._check()

    def _edit(self, name: str) -> None:
        place = self.places[name]
        if place.there:
            text = f"{self._count}\n"
            (self._talk.skill(SKILL, name) / "mine.md").write_text(text)
            place.there = place.there | {"mine.md": text.encode()}

    async def _ask(self, what: str, chosen: tuple[str, ...]) -> None:
        sentence = f"{what} {SKILL} {'from' if what == 'uninstall' else 'on'} {' and '.join(chosen)}"
        touched = {name: self.places[name] for name in chosen}
        if what == "roll back":
            touched = {name: place for name, place in touched.items() if place.recorded or place.before}
        elif what != "install":
            touched = {name: place for name, place in touched.items() if place.recorded}
        await self._talk("/as alice")
        printed = await self._talk(sentence)
        if not touched:
            assert "I have not installed" in printed or "I know no skill" in printed, printed
            return
        code = code_in(printed)
        await self._talk("/as bob")
        if "DESTRUCTIVE" in await self._talk(f"approve {code}"):
            self._talk.clock.advance(5)
            await self._talk(f"approve {code}")
        assert (await self._talk.execution(code)).status is ExecutionStatus.COMPLETED, sentence
        for place in touched.values():
            place.put({"roll back": place.before, "uninstall": {}}.get(what, self.upstream))

    async def _check(self) -> None:
        for name, place in self.places.items():
            assert content(self._talk.skill(SKILL, name)) == place.there
        async with self._talk.database.read() as uow:
            kinds = {provider.id: provider.name.value for provider in await uow.providers.all()}
            rows = {kinds[target.provider_id]: target for target in await uow.targets.all()}
        for name, place in self.places.items():
            row = rows.get(name)
            assert bool(row and row.installed_digest) == bool(place.recorded)
            assert bool(row and row.previous_digest) == bool(place.before)


def content(folder: Path) -> Content:
    """Return every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(4))
async def test_disk_tables_and_record_agree_whatever_is_done(tmp_path: Path, seed: int) -> None:
    """After each of some random changes, by the bot and by others, every place holds what the model says."""
    async with talking(tmp_path / "home") as talk:
        team = Team(talk, random.Random(seed))
        for _ in range(12):
            await team.step()
        async with talk.database.read() as uow:
            for execution in await uow.executions.recent(limit=100):
                assert first_broken(await uow.events.of_execution(execution.id)) is None
