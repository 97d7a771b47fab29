"""Provider health: whether the places of connected providers can be used, and why not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.domain.targets import Provider, ProviderStatus
from core.errors import SkillwardenError, TookTooLong, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.ports import Clock, Installers, Storage

# Providers that are looked at side by side.
_AT_ONCE = 8
# Seconds; longer than what any of them allows itself.
_LONGEST_LOOK = 200.0


class ProviderHealth:
    """Looks at providers; safe to call at any time, any number of times."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        installers: Installers,
        mask: Callable[[str], str],
        limit: float = _LONGEST_LOOK,
    ) -> None:
        """Look at the places of ``installers``, each for ``limit`` seconds; ``mask`` hides secrets in what is wrong."""
        self._storage = storage
        self._clock = clock
        self._installers = installers
        self._mask = mask
        self._limit = limit

    async def check(self) -> tuple[Provider, ...]:
        """Look at every provider that is not disconnected, note what was found, and return them as they are now."""
        async with self._storage.read() as uow:
            connected = [p for p in await uow.providers.all() if p.status is not ProviderStatus.DISCONNECTED]
        return await self._note(await self.problems(connected))

    async def problems(self, providers: Sequence[Provider]) -> dict[str, str | None]:
        """Return why each of ``providers``, by id, cannot be used (None: it can); nothing is noted."""
        gate = asyncio.Semaphore(_AT_ONCE)
        found = await asyncio.gather(*(self._look(provider, gate) for provider in providers))
        return dict(zip((provider.id for provider in providers), found, strict=True))

    async def problem(self, provider: Provider) -> str | None:
        """Return why ``provider`` cannot be used, in a sentence; None when it can."""
        try:
            async with asyncio.timeout(self._limit):
                await self._installers(provider).check()
        except SkillwardenError as error:
            return self._mask(str(error))
        except TimeoutError:
            return str(TookTooLong(what=provider.display_name, limit=self._limit))
        except Exception as error:  # noqa: BLE001 - one broken place must not hide the others
            return str(Unreachable(what=provider.display_name, reason=type(error).__name__))
        return None

    async def _look(self, provider: Provider, gate: asyncio.Semaphore) -> str | None:
        async with gate:
            return await self.problem(provider)

    async def _note(self, problems: dict[str, str | None]) -> tuple[Provider, ...]:
        """Keep what differs from what is known. Who was disconnected meanwhile stays so."""
        now = self._clock.now()
        async with self._storage.read() as uow:
            known = await uow.providers.all()
        if not any(_seen(provider, problems) != provider for provider in known):
            return tuple(provider for provider in known if provider.id in problems)
        async with self._storage.begin() as uow:
            providers = []
            for provider in await uow.providers.all():
                seen = _seen(provider, problems)
                if seen != provider:
                    seen = seen.evolve(updated_at=now)
                    await uow.providers.update(seen)
                if provider.id in problems:
                    providers.append(seen)
            await uow.commit()
        return tuple(providers)


def _seen(provider: Provider, problems: dict[str, str | None]) -> Provider:
    if provider.id not in problems or provider.status is ProviderStatus.DISCONNECTED:
        return provider
    problem = problems[provider.id]
    status = ProviderStatus.CONNECTED if problem is None else ProviderStatus.ERROR
    return provider.evolve(status=status, last_error=problem)
