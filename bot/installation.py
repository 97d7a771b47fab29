"""Installation: where everything is - the home, its settings, its database, its catalogues."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.config import Settings, load_settings
from bot.database_url import url_of
from bot.demo import prepare_demo, seed_demo
from bot.home import Home, home_path
from bot.locale.translator import Catalogues
from bot.policy_config import policy_of
from core.domain.masking import Masker
from core.domain.messages import ChannelName
from core.domain.policy import Policy
from core.domain.sources import AllowedHosts
from core.ports import Clock
from storage.database import Database
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
        self, clock: Clock, on_commit: Callable[[], None] = lambda: None, on_events: OnEvents = lambda _: None
    ) -> AsyncIterator[Database]:
        """Open the database, brought up to date; a demo gets its repository and its people."""
        if self.demo:
            await asyncio.to_thread(prepare_demo, self.home)
        await migrate(self.url)
        database = await asyncio.to_thread(
            Database, self.url, masker=self.masker, clock=clock, on_commit=on_commit, on_events=on_events
        )
        try:
            if self.demo:
                await seed_demo(database, clock, self.home)
            yield database
        finally:
            await database.aclose()

    def allowed_hosts(self) -> AllowedHosts:
        """Return where skills may come from; only a demo takes them from its own folder and from loopback."""
        hosts = self.settings.sources.allowed_hosts
        if not self.demo:
            return AllowedHosts(hosts=hosts)
        return AllowedHosts(hosts=hosts, loopback_http=True, local_root=str(self.home.path))
