"""The drift watch: compares every place with what was approved for it, and tells the admins once what differs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from core.domain.base import Domain, new_id
from core.domain.drift import DriftDetails, DriftEvent, DriftStatus, Resolution
from core.domain.executions import WaitingFor
from core.domain.notices import Notice, NoticeKind
from core.domain.policy import ADMINS
from core.domain.skill_diff import diff_bundles, unified_diff
from core.domain.skills import SkillBundle
from core.domain.targets import InstallTarget, Provider, ProviderStatus, TargetStatus
from core.errors import BundleCorrupt, SkillwardenError, TookTooLong
from core.services.drift_cards import drifts_card, known_drifts
from core.services.ledger import Ledger
from core.services.matrix import asked_targets
from core.services.reader import Reader
from core.services.records import answer_with

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from core.domain.actions import Drift
    from core.domain.masking import Masker
    from core.ports import BundleStore, Clock, Installers, Storage, Translator, UnitOfWork
    from core.services.approval_notices import Audience
    from core.services.rosters import Rosters

ACTOR = "system:drift"
# Places that are read at a time, and for how many seconds each.
_AT_ONCE = 8
_LONGEST_LOOK = 60
# Characters of a difference that its card shows.
_SHOWN = 800


class _Place(Domain):
    """A place to look at, what is recorded of it, and the drift there that is known."""

    skill: str
    provider: Provider
    target: InstallTarget
    known: DriftEvent | None

    @property
    def expected(self) -> str:
        """The digest of what was approved."""
        return self.target.installed_digest or ""

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.skill} on {self.provider.display_name}"


class Look(Domain):
    """What came of looking at one place: what is there now, or why that could not be read."""

    place: _Place
    there: SkillBundle | None = None
    error: str | None = None

    @property
    def found(self) -> str | None:
        """The digest of what is there."""
        return self.there.digest if self.there else None

    @property
    def is_news(self) -> bool:
        """Whether it is not what was known before."""
        known, expected = self.place.known, self.place.expected
        if self.error is not None:
            return False
        return self.found != expected if known is None else not known.is_of(expected, self.found)


class DriftWatch:
    """Safe to call at any time, any number of times, by several processes at once."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        installers: Installers,
        bundles: BundleStore,
        masker: Masker,
        rosters: Rosters,
        audience: Audience,
        translator: Translator,
    ) -> None:
        """Look through ``installers``, compare with ``bundles``, tell the admins of ``rosters`` and ``audience``."""
        self._storage = storage
        self._clock = clock
        self._installers = installers
        self._bundles = bundles
        self._masker = masker
        self._rosters = rosters
        self._audience = audience
        self._translator = translator

    async def check(self, only: Collection[str] | None = None) -> tuple[Look, ...]:
        """Look at every place (``only``: at those targets), and put on the record what changed since the last time.

        Places under way are left alone. Returns what could not be read; that stops nobody else.
        """
        async with self._storage.read() as uow:
            places = [place for place in await _watched(uow) if only is None or place.target.id in only]
        room = asyncio.Semaphore(_AT_ONCE)

        async def look(place: _Place) -> Look | None:
            async with room:
                seen = await self._look(place)
                # In a thread: digests of much content take time.
                is_news = await asyncio.to_thread(lambda: seen.is_news)
                # What is as it was is let go of: all places together may be more than the memory holds.
                return seen if is_news or seen.error is not None else None

        looks = [one for one in await asyncio.gather(*(look(place) for place in places)) if one is not None]
        for one in looks:
            if one.is_news:
                await self._settle(one)
        return tuple(one for one in looks if one.error is not None)

    async def answer(self, execution_id: str, action: Drift) -> None:
        """Look at every place that ``action`` asks about, and answer the execution.

        Raises:
            UnknownSkill, UnknownProvider, ProviderUnavailable: it asks about something that is not there.
        """
        async with self._storage.read() as uow:
            asked = await asked_targets(uow, action)
        unread = await self.check(asked)
        now = self._clock.now()
        async with self._storage.begin() as uow:
            execution = await uow.executions.get(execution_id)
            record = await uow.chat_actions.of_execution(execution_id)
            if execution is None or record is None or execution.waiting_for is not WaitingFor.PLAN:
                return
            reader = Reader(self._translator, await uow.users.get(execution.user_id), now)
            card = drifts_card(await known_drifts(uow, asked), [look.place.name for look in unread], reader)
            await answer_with(uow, execution, record, card, now=now)
            await uow.commit()

    async def _look(self, place: _Place) -> Look:
        try:
            async with asyncio.timeout(_LONGEST_LOOK):
                return Look(place=place, there=await self._installers(place.provider).read(place.skill))
        except TimeoutError:
            slow = TookTooLong(what=place.name, limit=_LONGEST_LOOK)
            return Look(place=place, error=str(slow))
        except SkillwardenError as error:
            return Look(place=place, error=str(error))
        except Exception as error:  # noqa: BLE001 - one broken place must not hide the others
            return Look(place=place, error=f"{type(error).__name__}: {error}")

    async def _settle(self, look: Look) -> None:
        """Record what was seen, unless something was done there meanwhile: then the next look will tell."""
        details = await self._details(look)
        target, found, now = look.place.target, look.found, self._clock.now()
        async with self._storage.begin() as uow:
            if await uow.targets.get(target.id) != target:
                return
            known = await uow.drifts.at(target.id)
            if known is not None and known.is_of(look.place.expected, found):
                return
            if known is not None:
                how = Resolution.BY_ITSELF if found == look.place.expected else Resolution.CHANGED_AGAIN
                ledger = Ledger(uow, now=now, actor=ACTOR)
                await ledger.drift(known, DriftStatus.RESOLVED, resolution=how, resolved_at=now)
            if found != look.place.expected:
                await self._record(uow, look, details, now)
            await uow.commit()

    async def _record(self, uow: UnitOfWork, look: Look, details: DriftDetails, now: datetime) -> None:
        """Store the drift and tell of it; what somebody once ignored is ignored again, and nobody is told."""
        target, expected = look.place.target, look.place.expected
        drift = DriftEvent(
            id=new_id(now),
            target_id=target.id,
            expected_digest=expected,
            found_digest=look.found,
            details=details,
            detected_at=now,
        )
        if not await uow.drifts.add(drift):
            return  # another process was first
        ledger = Ledger(uow, now=now, actor=ACTOR)
        await ledger.note("drift", drift.id, None, None, drift.status)
        said = next((one for one in await uow.drifts.ignored_at(target.id) if one.is_of(expected, look.found)), None)
        if said is None:
            await self._tell(uow, drift, now)
        else:
            by, when = said.ignored_by, said.ignored_at
            await ledger.drift(drift, DriftStatus.IGNORED, ignored_by=by, ignored_at=when, comment=said.comment)

    async def _tell(self, uow: UnitOfWork, drift: DriftEvent, now: datetime) -> None:
        """Queue the card of ``drift`` for every admin, and for the rooms where approvers gather."""
        roster = await self._rosters.load(uow)
        admins = [person for person in roster.choose(ADMINS) if person.id in roster.linked]
        people = [person.id for person in admins] if self._audience.each_approver else []
        told = [_notice(drift, now, name=user_id, user_id=user_id) for user_id in people]
        told += [_notice(drift, now, name=room.conversation_id, conversation=room) for room in self._audience.rooms()]
        for notice in told:
            await uow.notices.add(notice)

    async def _details(self, look: Look) -> DriftDetails:
        """Return how what was found differs from what was approved, as far as that is still kept."""
        place, there = look.place, look.there or SkillBundle(files={})
        details = DriftDetails(
            skill=place.skill,
            provider=place.provider.display_name,
            location=self._installers(place.provider).location(place.skill),
        )
        try:
            approved = await self._bundles.get(place.expected)
        except BundleCorrupt:
            return details
        patch = await asyncio.to_thread(unified_diff, approved, there, limit=_SHOWN) if look.there else ""
        return details.evolve(
            diff=await asyncio.to_thread(diff_bundles, approved, there), patch=self._masker.text(patch)
        )


def _notice(drift: DriftEvent, now: datetime, *, name: str, **where: Any) -> Notice:
    return Notice(
        id=new_id(now),
        dedupe_key=f"{NoticeKind.DRIFT_CARD}:{drift.id}:{name}",
        kind=NoticeKind.DRIFT_CARD,
        payload={"drift": drift.id},
        next_attempt_at=now,
        created_at=now,
        **where,
    )


async def _watched(uow: UnitOfWork) -> list[_Place]:
    """Return the places with approved content that nobody is changing at this moment."""
    providers = {one.id: one for one in await uow.providers.all() if one.status is not ProviderStatus.DISCONNECTED}
    known = {drift.target_id: drift for drift in await uow.drifts.unresolved()}
    places = []
    for target in await uow.targets.all():
        is_quiet = target.installed_digest is not None and target.status is not TargetStatus.SYNCING
        skill = await uow.skills.get(target.skill_id) if is_quiet and target.provider_id in providers else None
        if skill is not None:
            provider = providers[target.provider_id]
            places.append(_Place(skill=skill.name, provider=provider, target=target, known=known.get(target.id)))
    return places
