"""How team repositories are reached: what lets the bot in, where it works, how long it may take."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from bot.git.credentials import GitCredentials
from bot.git.process import GitFailed
from bot.git.remote import Remote
from bot.git.ssh import ssh_command
from bot.git.workspace import TooMuchDownloaded, workspace
from bot.installers.git_content import LARGEST_FETCH
from bot.installers.git_words import Place, unreached
from core.domain.masking import Masker
from core.domain.provider_configs import GitConfig
from core.domain.skills import SourceLocation
from core.errors import RepositoryUnreachable, TookTooLong, TooLarge, Words
from core.ports import SecretStore

# Seconds for everything that is done with a repository in one call; a run makes four of them under its lease at most.
TIME_LIMIT = 120.0


class GitAccess:
    """Opens repositories. Each call has a folder of its own, which is gone with whatever was in it."""

    def __init__(self, scratch: Path, secrets: SecretStore, masker: Masker, *, time_limit: float = TIME_LIMIT) -> None:
        """Work below ``scratch``; read credentials out of ``secrets``, and teach ``masker`` how they are sent."""
        self._secrets = secrets
        self._masker = masker
        self._scratch = scratch
        self._time_limit = time_limit
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def opened(self, place: Place, config: GitConfig, *, alone: bool = False) -> AsyncIterator[Remote]:
        """Lend the repository at ``place`` for one call; who changes it does so ``alone`` in this process.

        Others may still push: whoever loses that race tries again.

        Raises:
            SecretNotFound: its credential cannot be read.
            RepositoryDenied, RepositoryUnreachable, HostKeyUnknown, TookTooLong, TooLarge, DiskFull, ProgramMissing: as
                their docstrings say.
        """
        async with workspace(self._scratch) as folder:
            remote = await asyncio.to_thread(self._remote, config, Path(folder))
            try:
                async with asyncio.timeout(self._time_limit), self._turns[remote.url] if alone else nullcontext():
                    yield remote
            except TimeoutError as error:
                what = Words("Talking to {repository}", repository=place.repository)
                raise TookTooLong(what=what, limit=f"{self._time_limit:g}") from error
            except GitFailed as failure:
                raise unreached(failure, place) from failure
            except TooMuchDownloaded as error:
                limit = Words("{n} bytes", n=LARGEST_FETCH)
                what, size = Words("the repository"), Words("more than {limit}", limit=limit)
                raise TooLarge(skill=place.repository, what=what, size=size, limit=limit) from error
            except asyncio.IncompleteReadError as error:
                reason = Words("its content arrived incomplete")
                raise RepositoryUnreachable(repository=place.repository, reason=reason) from error

    def place(self, provider: str, config: GitConfig) -> Place:
        """Return what sentences about the repository of ``provider`` name."""
        return Place(provider, config.address.label, config.branch, str(self._scratch))

    def _remote(self, config: GitConfig, folder: Path) -> Remote:
        """Read the credential, and say how git is to use it."""
        address, git_dir = config.address, str(folder / "repository")
        if address.protocol == "ssh":
            key = self._secrets.get(config.credential) if config.credential else None
            ssh = ssh_command(key, config.known_hosts, folder)
            return Remote(url=address.url, protocol="ssh", git_dir=git_dir, ssh=ssh)
        tokens = {address.host: config.credential} if config.credential else {}
        place = SourceLocation(url=address.url, label=address.label, host=address.host)
        sent = GitCredentials(tokens, self._secrets, self._masker).config_for(place)
        return Remote(url=address.url, protocol=address.protocol, git_dir=git_dir, config=sent)
