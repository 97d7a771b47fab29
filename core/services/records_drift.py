"""Records of drift: what was found somewhere and shall not be reported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, IgnoreDrift
from core.domain.approvals import RecordChange
from core.domain.drift import DriftStatus
from core.errors import AdminsOnly, AlreadySo, NoDrift, Words, listed
from core.services.drifts import drifts_of
from core.services.ledger import Ledger
from core.services.wanted import find_providers

if TYPE_CHECKING:
    from core.domain.drift import DriftEvent
    from core.domain.users import User
    from core.ports import UnitOfWork
    from core.services.record_changes import Asked


class DriftRecords:
    """Ignores what was found, at once, at the word of an admin: on the record, with who and when."""

    actions = (IgnoreDrift,)

    async def describe(self, uow: UnitOfWork, action: IgnoreDrift, requester: User) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            AdminsOnly: what is ignored nobody else hears of, so it is for admins.
            NoDrift, DriftOver, AlreadySo, UnknownProvider, ProviderUnavailable: it makes no sense.
        """
        if not requester.is_admin:
            raise AdminsOnly
        meant = await _meant(uow, action)
        fresh = [drift for drift in meant if drift.status is DriftStatus.OPEN]
        if not fresh:
            raise AlreadySo(name=listed([_words(drift) for drift in meant]), what=Words("ignored"))
        return tuple(
            RecordChange(
                entity_id=drift.target_id,
                name=_name(drift),
                field="drift",
                before=drift.expected_digest,
                after=drift.found_digest,
            )
            for drift in fresh
        )

    async def change(self, uow: UnitOfWork, action: IgnoreDrift, asked: Asked) -> None:
        """Do it."""
        ledger = Ledger(uow, now=asked.now, actor=asked.actor)
        for drift in await _meant(uow, action):
            if drift.status is DriftStatus.OPEN:
                await ledger.drift(
                    drift,
                    DriftStatus.IGNORED,
                    ignored_by=asked.requester.id,
                    ignored_at=asked.now,
                    comment=asked.said,
                )


async def _meant(uow: UnitOfWork, action: IgnoreDrift) -> list[DriftEvent]:
    """Return the drifts that ``action`` names."""
    known = list((await drifts_of(uow, action)).values())
    if action.drift is not None:
        return known
    if action.skills and EVERY not in action.skills:
        known = [drift for drift in known if drift.details.skill in action.skills]
    if action.providers and EVERY not in action.providers:
        chosen = {provider.id for provider in find_providers(await uow.providers.all(), action.providers)}
        places = {target.id for target in await uow.targets.all() if target.provider_id in chosen}
        known = [drift for drift in known if drift.target_id in places]
    if not known:
        raise NoDrift
    return known


def _words(drift: DriftEvent) -> Words:
    return Words("{skill} on {provider}", skill=drift.details.skill, provider=drift.details.provider)


def _name(drift: DriftEvent) -> str:
    return f"{drift.details.skill} on {drift.details.provider}"
