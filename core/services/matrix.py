"""The matrix of skills and providers: what is installed where, wanted, frozen, or edited in place."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from core.domain.actions import EVERY, Drift, Status
from core.domain.cards import Card, Table
from core.domain.drift import DriftStatus
from core.domain.executions import WaitingFor
from core.domain.freezes import frozen
from core.domain.targets import ProviderStatus, TargetStatus
from core.errors import SkillwardenError, UnknownSkill
from core.services.reader import Reader, commit_name
from core.services.records import answer_with
from core.services.wanted import find_providers

if TYPE_CHECKING:
    from core.domain.freezes import Freeze
    from core.domain.skills import Skill
    from core.domain.targets import InstallTarget, Provider
    from core.ports import Clock, Installers, Storage, Translator, UnitOfWork

# Freezes that are told of in full.
_MOST_FREEZES = 5

# Places that are read at a time.
_AT_ONCE = 8

#: By the target's id: what became of what the bot put there; None when it could not be read.
Edits = Mapping[str, Literal["same", "edited", "gone"] | None]


class _Known(NamedTuple):
    """What is known of places beside their records: freezes, what was found, and which targets wait or may stay so."""

    freezes: tuple[Freeze, ...]
    waiting: frozenset[str | None]
    edits: Edits
    ignored: Collection[str]


class Matrix:
    """Answers what is where, after a look at the places themselves."""

    def __init__(self, *, storage: Storage, clock: Clock, translator: Translator, installers: Installers) -> None:
        """Look through ``installers``; answer in the words of ``translator``."""
        self._storage = storage
        self._clock = clock
        self._translator = translator
        self._installers = installers

    async def answer(self, execution_id: str, action: Status) -> None:
        """Look at every place that ``action`` asks about, outside any transaction, and answer the execution.

        Raises:
            UnknownSkill, UnknownProvider, ProviderUnavailable: it asks about something that is not there.
        """
        async with self._storage.read() as uow:
            skills, providers = await _asked(uow, action)
            targets = await _targets(uow)
        looked_at = [provider for provider in providers if provider.status is not ProviderStatus.DISCONNECTED]
        edits = await self._look(
            [(skill, provider, targets.get((skill.id, provider.id))) for skill in skills for provider in looked_at]
        )
        now = self._clock.now()
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            record = await uow.chat_actions.of_execution(execution_id)
            if execution is None or record is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            reader = Reader(self._translator, await uow.users.get(execution.user_id), now)
            card = await matrix_card(uow, action, reader, edits)
            await answer_with(uow, execution, record, card, now=now)
            await uow.commit()

    async def _look(self, places: list[tuple[Skill, Provider, InstallTarget | None]]) -> Edits:
        room = asyncio.Semaphore(_AT_ONCE)

        async def edited(
            skill: Skill, provider: Provider, target: InstallTarget
        ) -> tuple[str, Literal["same", "edited", "gone"] | None]:
            async with room:
                try:
                    there = await self._installers(provider).read(skill.name)
                except SkillwardenError:
                    return target.id, None
            if there is None:
                return target.id, "same" if target.installed_digest is None else "gone"
            return target.id, "same" if there.digest == target.installed_digest else "edited"

        recorded = [(skill, provider, target) for skill, provider, target in places if target is not None]
        return dict(await asyncio.gather(*(edited(*place) for place in recorded)))


async def matrix_card(uow: UnitOfWork, action: Status, reader: Reader, edits: Edits | None = None) -> Card:
    """Return the matrix as it is recorded; with ``edits``, as it was found too.

    Raises:
        UnknownSkill, UnknownProvider, ProviderUnavailable: it asks about something that is not there.
    """
    skills, providers = await _asked(uow, action)
    if not providers:
        return no_providers(reader)
    if not skills:
        return no_skills(reader)
    targets = await _targets(uow)
    freezes = await uow.freezes.active()
    waiting = frozenset(run.target_id for run in await uow.runs.waiting())
    ignored = {one.target_id for one in await uow.drifts.unresolved() if one.status is DriftStatus.IGNORED}
    known = _Known(freezes, waiting, edits or {}, ignored)
    rows = tuple(
        (
            f"{skill.name} ({reader.say('archived')})" if skill.is_archived else skill.name,
            *(_cell(skill, p, targets.get((skill.id, p.id)), known, reader) for p in providers),
        )
        for skill in skills
    )
    header = (reader.say("skill"), *(_column(provider, reader) for provider in providers))
    shown = [freeze for freeze in freezes if any(freeze.covers(s.id, p.id) for s in skills for p in providers)]
    return Card(
        title=reader.say("What I installed where"),
        lines=tuple(await _frozen_lines(uow, shown, skills, providers, reader)),
        table=Table(header=header, rows=rows),
    )


def no_providers(reader: Reader) -> Card:
    """Return what somebody does first in a home in which nothing can be installed yet."""
    how = reader.say("On the machine of the bot: skillwarden providers add claude, or openai, or gemini.")
    return Card(title=reader.say("I know no provider yet, so nothing can be installed."), lines=(how,))


def no_skills(reader: Reader) -> Card:
    """Return how there comes to be a skill."""
    return Card(title=reader.say("I know no skill yet. Name a repository to install one from it."))


def _column(provider: Provider, reader: Reader) -> str:
    if provider.status is ProviderStatus.DISCONNECTED:
        return reader.say("{provider} (disconnected)", provider=provider.display_name)
    return provider.display_name


async def _frozen_lines(
    uow: UnitOfWork,
    freezes: Sequence[Freeze],
    skills: Sequence[Skill],
    providers: Sequence[Provider],
    reader: Reader,
) -> list[str]:
    """Return who forbids changes of what, and since when; the newest first, of many only the newest."""
    people = {person.id: person.name for person in await uow.users.all()} if freezes else {}
    skill_names = {skill.id: skill.name for skill in skills}
    provider_names = {provider.id: provider.display_name for provider in providers}
    newest = sorted(freezes, key=lambda freeze: freeze.created_at, reverse=True)
    lines = [
        reader.say(
            "frozen: {skill} on {provider}, by {who} since {when}",
            skill=skill_names.get(freeze.skill_id or "", reader.say("every skill")),
            provider=provider_names.get(freeze.provider_id or "", reader.say("every provider")),
            who=people.get(freeze.user_id, freeze.user_id),
            when=freeze.created_at,
        )
        for freeze in newest[:_MOST_FREEZES]
    ]
    left = len(newest) - len(lines)
    return [*lines, reader.say_many("and {n} more freeze", "and {n} more freezes", left)] if left else lines


async def asked_targets(uow: UnitOfWork, action: Drift) -> frozenset[str]:
    """Return the ids of the targets that ``action`` asks about.

    Raises:
        UnknownSkill, UnknownProvider, ProviderUnavailable: it asks about something that is not there.
    """
    skills, providers = await _asked(uow, action)
    names, places = {skill.id for skill in skills}, {provider.id for provider in providers}
    return frozenset(
        target.id for target in await uow.targets.all() if target.skill_id in names and target.provider_id in places
    )


async def _asked(uow: UnitOfWork, action: Status | Drift) -> tuple[tuple[Skill, ...], tuple[Provider, ...]]:
    known = await uow.providers.all()
    providers = find_providers(known, action.providers) if action.providers else known
    skills = await _tabled(uow)
    chosen = [name for name in action.skills if name != EVERY]
    for name in chosen:
        if name not in {skill.name for skill in skills}:
            raise UnknownSkill(name=name)
    return tuple(skill for skill in skills if not chosen or skill.name in chosen), providers


async def _tabled(uow: UnitOfWork) -> tuple[Skill, ...]:
    """Return the catalogue, and what was archived but is still installed somewhere, after it."""
    live = await uow.skills.all()
    installed = {target.skill_id for target in await uow.targets.all() if target.installed_digest is not None}
    others = [await uow.skills.get(skill_id) for skill_id in sorted(installed - {skill.id for skill in live})]
    return (*live, *sorted(filter(None, others), key=lambda skill: skill.name))


async def _targets(uow: UnitOfWork) -> dict[tuple[str, str], InstallTarget]:
    return {(target.skill_id, target.provider_id): target for target in await uow.targets.all()}


def _cell(
    skill: Skill,
    provider: Provider,
    target: InstallTarget | None,
    known: _Known,
    reader: Reader,
) -> str:
    """Return what is known of one skill at one place: ``4be91c2 (edited in place, frozen)``."""
    notes = [] if target is None else _notes(target, known, reader)
    if frozen(known.freezes, skill.id, provider.id) is not None:
        notes.append(reader.say("frozen"))
    installed = "-"
    if target is not None and target.installed_digest is not None:
        installed = commit_name(target.installed_ref) if target.installed_ref else reader.say("a kept copy")
    return f"{installed} ({', '.join(notes)})" if notes else installed


def _notes(target: InstallTarget, known: _Known, reader: Reader) -> list[str]:
    notes = []
    if target.id in known.waiting:
        notes.append(reader.say("waiting for a merge"))
    elif target.status is TargetStatus.SYNCING:
        notes.append(reader.say("being changed"))
    elif target.status is TargetStatus.FAILED:
        notes.append(reader.say("failed"))
        if target.desired_ref not in {"", target.installed_ref}:
            notes.append(reader.say("wanted: {commit}", commit=commit_name(target.desired_ref)))
    found = known.edits.get(target.id, "same")
    match found:
        case None:
            notes.append(reader.say("cannot be read"))
        case "gone":
            notes.append(reader.say("removed by somebody else"))
        case "edited" if target.installed_digest is None:
            notes.append(reader.say("something of others is there"))
        case "edited":
            notes.append(reader.say("edited in place"))
        case _:
            pass
    if found in {"edited", "gone"} and target.id in known.ignored:
        notes.append(reader.say("ignored"))
    return notes
