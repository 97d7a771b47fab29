"""Providers, as the owner of the machine has them: added with their places, connected, disconnected, looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import ConnectProvider, DisconnectProvider
from core.domain.base import new_id
from core.domain.masking import shows_secret
from core.domain.provider_configs import provider_config
from core.domain.targets import Provider, ProviderKind, ProviderMode, ProviderStatus
from core.errors import NobodyOwns, ProviderNameTaken, SecretExposed, UnknownPerson, Words
from core.services.records_providers import meant
from core.services.waits import look_soon

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from core.domain.users import User
    from core.ports import Clock, Storage, UnitOfWork
    from core.services.people import People
    from core.services.provider_health import ProviderHealth

#: What providers are called unless somebody says otherwise.
NAMES = {ProviderKind.CLAUDE: "Claude", ProviderKind.OPENAI: "OpenAI", ProviderKind.GEMINI: "Gemini"}


class Providers:
    """Changes providers at the word of the host: at once, and on the record."""

    def __init__(self, *, storage: Storage, clock: Clock, people: People, health: ProviderHealth) -> None:
        """Record through ``people``; look at what is connected through ``health``."""
        self._storage = storage
        self._clock = clock
        self._people = people
        self._health = health

    async def add(
        self, kind: ProviderKind, mode: ProviderMode, config: Mapping[str, Any], *, name: str | None, command: str
    ) -> Provider:
        """Connect a new provider, or a disconnected one of that name anew; what is wrong with its place is noted.

        Raises:
            SecretExposed, InvalidSecretRef, InvalidSetting: see ``provider_config``.
            ProviderNameTaken: one of that name is connected, or is of another kind.
            NobodyOwns: there is no admin yet.
        """
        settings = provider_config(kind, mode, config).stored()
        now, name = self._clock.now(), name or NAMES[kind]
        _check_name(name)
        fresh = Provider(
            id=new_id(now),
            owner_id="",
            name=kind,
            display_name=name,
            mode=mode,
            config=settings,
            created_at=now,
            updated_at=now,
        )
        problem = await self._health.problem(fresh)
        state = {"status": ProviderStatus.ERROR if problem else ProviderStatus.CONNECTED, "last_error": problem}
        async with self._storage.begin() as uow:
            owner = await _owner(uow)
            known = next((p for p in await uow.providers.all() if p.display_name.casefold() == name.casefold()), None)
            if known is None:
                made = fresh.evolve(owner_id=owner.id, **state)
                await uow.providers.add(made)
            elif known.status is ProviderStatus.DISCONNECTED and known.name is kind:
                made = known.evolve(mode=mode, config=settings, updated_at=now, **state)
                await uow.providers.update(made)
                await _look_there_soon(uow, made)
            else:
                raise ProviderNameTaken(name=name)
            await self._people.record(uow, owner, command)
            await uow.commit()
        return made

    async def connect(self, name: str, *, command: str) -> Provider:
        """Connect a provider that was disconnected; what is wrong with its place is noted.

        Raises:
            NotConfigured, AmbiguousProvider, AlreadySo: see ``meant``.
        """
        async with self._storage.read() as uow:
            provider = meant(await uow.providers.all(), ConnectProvider(provider=_check_name(name)))
        problem = await self._health.problem(provider)
        status = ProviderStatus.ERROR if problem else ProviderStatus.CONNECTED
        return await self._change(ConnectProvider(provider=name), status, problem, command)

    async def disconnect(self, name: str, *, command: str) -> Provider:
        """Disconnect a provider; what is installed there stays.

        Raises:
            UnknownProvider, AmbiguousProvider, AlreadySo: see ``meant``.
        """
        action = DisconnectProvider(provider=_check_name(name))
        return await self._change(action, ProviderStatus.DISCONNECTED, None, command)

    async def all(self) -> tuple[Provider, ...]:
        """Return every provider, by name."""
        async with self._storage.read() as uow:
            return await uow.providers.all()

    async def check(self) -> tuple[Provider, ...]:
        """Look at every provider that is not disconnected, and return them as they are now."""
        return await self._health.check()

    async def _change(
        self,
        action: ConnectProvider | DisconnectProvider,
        status: ProviderStatus,
        problem: str | None,
        command: str,
    ) -> Provider:
        async with self._storage.begin() as uow:
            found = meant(await uow.providers.all(), action)
            changed = found.evolve(status=status, last_error=problem, updated_at=self._clock.now())
            await uow.providers.update(changed)
            await _look_there_soon(uow, changed)
            owner = await uow.users.get(changed.owner_id)
            if owner is None:
                raise UnknownPerson(name=changed.owner_id)
            await self._people.record(uow, owner, command)
            await uow.commit()
        return changed


async def _look_there_soon(uow: UnitOfWork, provider: Provider) -> None:
    """Have what waits there for a merge looked at."""
    await look_soon(uow, provider.updated_at, lambda run: run.provider_id == provider.id)


async def _owner(uow: UnitOfWork) -> User:
    """Return who answers for a new provider: the admin who has been here longest."""
    admins = sorted((person for person in await uow.users.all() if person.is_admin), key=lambda user: user.created_at)
    if not admins:
        raise NobodyOwns
    return admins[0]


def _check_name(name: str) -> str:
    if shows_secret(name):
        raise SecretExposed(where=Words("The name"))
    return name
