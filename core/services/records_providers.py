"""Records of providers: which of those that are configured are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import ConnectProvider, DisconnectProvider
from core.domain.approvals import RecordChange
from core.domain.remarks import Remarks
from core.domain.targets import Provider, ProviderStatus
from core.errors import AlreadySo, AmbiguousProvider, NotConfigured, UnknownProvider, Words
from core.services.waits import look_soon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.domain.users import User
    from core.ports import UnitOfWork, Whereabouts
    from core.services.record_changes import Asked

CONNECTED, DISCONNECTED = "connected", "disconnected"


class ProviderRecords:
    """Connects and disconnects what is configured; where it is and how it is reached is said on the host."""

    actions = (ConnectProvider, DisconnectProvider)

    def __init__(self, whereabouts: Whereabouts) -> None:
        """Have ``whereabouts`` say where a provider is."""
        self._whereabouts = whereabouts

    async def describe(
        self, uow: UnitOfWork, action: ConnectProvider | DisconnectProvider, _requester: User
    ) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            NotConfigured, UnknownProvider, AmbiguousProvider, AlreadySo: it makes no sense.
        """
        provider = meant(await uow.providers.all(), action)
        connects = isinstance(action, ConnectProvider)
        return (
            RecordChange(
                entity_id=provider.id,
                name=provider.display_name,
                field="connection",
                before=DISCONNECTED if connects else CONNECTED,
                after=CONNECTED if connects else DISCONNECTED,
                remark=self._whereabouts(provider) if connects else await _what_stays(uow, provider),
            ),
        )

    async def change(self, uow: UnitOfWork, action: ConnectProvider | DisconnectProvider, asked: Asked) -> None:
        """Do it. Whether a connected provider can be used is found out by the next check."""
        provider = meant(await uow.providers.all(), action)
        status = ProviderStatus.CONNECTED if isinstance(action, ConnectProvider) else ProviderStatus.DISCONNECTED
        await uow.providers.update(provider.evolve(status=status, last_error=None, updated_at=asked.now))
        await look_soon(uow, asked.now, lambda run: run.provider_id == provider.id)


def meant(known: Sequence[Provider], action: ConnectProvider | DisconnectProvider) -> Provider:
    """Return the provider that ``action`` can be about: the one of that name, or the only one of that kind."""
    named = action.display_name or action.provider
    kind = action.provider.casefold()
    found = [p for p in known if p.display_name.casefold() == named.casefold()]
    if action.display_name is None and not found:
        found = [p for p in known if p.name.value == kind]
    elif action.display_name is not None:
        found = [p for p in found if kind in {p.name.value, p.display_name.casefold()}]
    connects = isinstance(action, ConnectProvider)
    if not found:
        raise NotConfigured(name=named) if connects else UnknownProvider(name=named)
    open_ = [p for p in found if (p.status is ProviderStatus.DISCONNECTED) is connects]
    if not open_:
        raise AlreadySo(name=_all(found), what=Words("connected") if connects else Words("disconnected"))
    if len(open_) > 1:
        raise AmbiguousProvider(kind=named, names=_all(open_))
    return open_[0]


def _all(providers: Sequence[Provider]) -> str:
    return ", ".join(provider.display_name for provider in providers)


async def _what_stays(uow: UnitOfWork, provider: Provider) -> str:
    """Return what an approver has to know before the bot leaves: what stays there."""
    targets = [t for t in await uow.targets.all() if t.provider_id == provider.id and t.installed_digest is not None]
    skills = [await uow.skills.get(target.skill_id) for target in targets]
    names = sorted(skill.name for skill in skills if skill is not None)
    return str(Remarks.stays_there(", ".join(names)) if names else Remarks.nothing_there())
