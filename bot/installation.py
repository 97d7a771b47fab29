"""Installation: where everything is - the home, its settings, its database, its catalogues."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.config import Settings, load_settings
from bot.database_url import url_of
from bot.demo import prepare_demo, seed_demo
from bot.home import Home, home_path
from bot.locale.translator import Catalogues
from bot.peers import Alone, Peers
from bot.policy_config import policy_of
from core.domain.masking import Masker
from core.domain.messages import ChannelName
from core.domain.policy import Policy
from core.domain.sources import AllowedHosts
from core.ports import Clock
from storage import run_queue
from storage.database import Database
from storage.instances import kept_alone, libpq_url, place_of, takes_several, together
from storage.migrate import migrate
from storage.unit_of_work import OnEvents


@dataclass(frozen=True, kw_only=True)
class Installation:
    """One installation: its home, settings, database URL, message catalogues and masker."""

    home: Home
    settings: Settings
    url: str
    demo: bool
    translator: Catalogues
    masker: Masker

    @property
    def undo(self) -> timedelta:
        """How long an approval can be undone; a demo waits only where its settings say so."""
        approvals = self.settings.approvals
        is_wanted = not self.demo or "undo_seconds" in approvals.model_fields_set
        return timedelta(seconds=approvals.undo_seconds if is_wanted else 0)

    @classmethod
    def open(cls, home: Path | None, config: Path | None, *, demo: bool) -> Installation:
        """Find the home, make it if need be, and read its settings.

        Raises:
            ConfigError, InvalidSetting, DiskFull: as their docstrings say.
        """
        opened = Home.open(home_path(home, os.environ))
        settings = load_settings(opened.path, config)
        masker = Masker()
        url = url_of(settings, opened.path, masker, demo=demo)
        translator = Catalogues(default=settings.language)
        return cls(home=opened, settings=settings, url=url, demo=demo, translator=translator, masker=masker)

    @property
    def policy(self) -> Policy:
        """The configured policy."""
        return policy_of(self.settings.policy)

    @property
    def channels(self) -> frozenset[ChannelName] | None:
        """The platforms that ``serve`` speaks on; None where none is switched on: there is the console then."""
        return self.settings.channels or None

    @contextlib.asynccontextmanager
    async def storage(
        self,
        clock: Clock,
        on_commit: Callable[[], None] = lambda: None,
        on_events: OnEvents = lambda _: None,
        *,
        shared: bool = False,
    ) -> AsyncIterator[Database]:
        """Open the database, brought up to date; a demo gets its repository and its people.

        One that is ``shared`` has a queue for runs, where procrastinate is installed.

        Raises:
            ProgramMissing: it has one, and procrastinate is not.
        """
        if self.demo:
            await asyncio.to_thread(prepare_demo, self.home)
        await migrate(self.url)
        queues_runs = shared and await run_queue.prepare(self.url)
        database = await asyncio.to_thread(
            Database,
            self.url,
            masker=self.masker,
            clock=clock,
            on_commit=on_commit,
            on_events=on_events,
            queues_runs=queues_runs,
        )
        try:
            if self.demo:
                await seed_demo(database, clock, self.home)
            yield database
        finally:
            await database.aclose()

    @property
    def is_shared(self) -> bool:
        """Whether several processes may work on its database, and with it on its home."""
        return takes_several(self.url)

    @property
    def where(self) -> str:
        """The place of its database, without a password."""
        return place_of(self.url)

    @property
    def conninfo(self) -> str:
        """The URL of its PostgreSQL database, password included, as libpq reads it."""
        return libpq_url(self.url)

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Keep the home, beside others where the database can be shared; what dead processes left is cleared.

        Raises:
            HomeLocked, InvalidSetting, DiskFull: as their docstrings say.
        """
        if self.is_shared:
            with self.home.share():
                yield
        else:
            with self.home.lock():
                self.home.clear_scratch()
                yield

    @contextlib.asynccontextmanager
    async def peers(self, *, alone: bool = False) -> AsyncIterator[Peers]:
        """Join those who share the work on the database, or keep it for this process where it is to be ``alone``.

        It is in any case where the database is for one instance.

        Raises:
            DatabaseTaken, StorageError: as their docstrings say.
        """
        if self.is_shared and not alone:
            async with together(self.url) as peers:
                yield peers
        else:
            async with kept_alone(self.url):
                yield Alone()

    def allowed_hosts(self) -> AllowedHosts:
        """Return where skills may come from; only a demo takes them from its own folder and from loopback."""
        hosts = self.settings.sources.allowed_hosts
        if not self.demo:
            return AllowedHosts(hosts=hosts)
        return AllowedHosts(hosts=hosts, loopback_http=True, local_root=str(self.home.path))
