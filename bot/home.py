"""Home: the one folder in which an installation of Skillwarden keeps everything."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.errors import DiskFull, HomeLocked, InvalidSetting, Words

_PRIVATE = 0o700
# Times, a twentieth of a second apart, that a home is tried: whoever comes to share it looks around alone for a moment.
_TRIES = 100


def home_path(chosen: Path | None, environ: Mapping[str, str]) -> Path:
    """Return the absolute path of the home: ``chosen``, else SKILLWARDEN_HOME, else ~/.skillwarden.

    Raises:
        InvalidSetting: it is not UTF-8, which the database could not keep.
    """
    path = Path(chosen or environ.get("SKILLWARDEN_HOME") or "~/.skillwarden").expanduser().absolute()
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise InvalidSetting(setting=f"the home {str(path)!a}", problem=Words("its path is not UTF-8")) from error
    return path


@dataclass(frozen=True, slots=True)
class Home:
    """The places in one home folder."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> Home:
        """Return the home at ``path``, made for its owner alone where it is missing.

        Raises:
            InvalidSetting: it cannot be made or written.
            DiskFull: there is no space for it.
        """
        home = cls(path)
        try:
            for folder in (home.path, home.artifacts, home.receipts, home.logs, home.scratch):
                folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        except OSError as error:
            raise home.translated(error) from error
        if not os.access(path, os.W_OK | os.X_OK):
            raise InvalidSetting(setting=Words("the home {path}", path=path), problem=Words("it cannot be written"))
        return home

    @property
    def database(self) -> Path:
        """The SQLite database, unless another one is configured."""
        return self.path / "skillwarden.db"

    @property
    def artifacts(self) -> Path:
        """What executions leave behind: the stored bundles."""
        return self.path / "artifacts"

    @property
    def receipts(self) -> Path:
        """Who approved what was installed, to be checked without the database."""
        return self.path / "receipts"

    @property
    def modes(self) -> Path:
        """Which files of what went to an API may be executed; made when something does."""
        return self.path / "modes"

    @property
    def secrets(self) -> Path:
        """Secrets that ``init`` was asked to keep, each in a file of its own; no backup takes them along."""
        return self.path / "secrets"

    @property
    def logs(self) -> Path:
        """The log files."""
        return self.path / "logs"

    @property
    def scratch(self) -> Path:
        """Room for work in progress; nothing in it is missed."""
        return self.path / "scratch"

    @property
    def sources(self) -> Path:
        """The repositories of a demo."""
        return self.path / "sources"

    @property
    def providers(self) -> Path:
        """The providers of a demo."""
        return self.path / "providers"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other process off this home; the system lets go when the process dies, however it does.

        Raises:
            HomeLocked: another process has it.
            InvalidSetting, DiskFull: the lock file cannot be written.
        """
        with ExitStack() as stack:
            try:
                file = stack.enter_context((self.path / "skillwarden.lock").open("a+", encoding="ascii"))
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # The file stays when the lock goes: removing it could take it away from under the next holder.
                file.truncate(0)
                file.write(str(os.getpid()))
                file.flush()
            except BlockingIOError as error:
                file.seek(0)
                raise HomeLocked(home=self.path, pid=file.read().strip() or "unknown") from error
            except OSError as error:
                raise self.translated(error) from error
            yield

    @contextmanager
    def share(self) -> Iterator[None]:
        """Keep this home together with others that share it; who comes first clears the scratch folder.

        Raises:
            HomeLocked: a process has it for itself.
            InvalidSetting, DiskFull: the lock file cannot be written.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(self.lock())
            except HomeLocked:
                pass  # others are here; who has it for itself is noticed below
            else:
                self.clear_scratch()
            stack.close()
            try:
                file = stack.enter_context((self.path / "skillwarden.lock").open("a+", encoding="ascii"))
                _share(file)
            except BlockingIOError as error:
                file.seek(0)
                raise HomeLocked(home=self.path, pid=file.read().strip() or "unknown") from error
            except OSError as error:
                raise self.translated(error) from error
            yield

    def holder(self) -> str | None:
        """Return the process id of who holds the lock; None when nobody does. Nothing is written.

        Raises:
            InvalidSetting: the lock file cannot be read.
        """
        try:
            with (self.path / "skillwarden.lock").open(encoding="ascii") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return file.read().strip() or "unknown"
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.translated(error) from error
        return None

    def clear_scratch(self) -> None:
        """Remove what a process that died left in the scratch folder; for the holder of the lock."""
        for left in self.scratch.iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def translated(self, error: OSError) -> DiskFull | InvalidSetting:
        """Return the error to raise when a file in the home could not be written."""
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return DiskFull(path=self.path)
        problem = error.strerror or type(error).__name__
        if error.filename is not None:
            problem = f"{problem}: {error.filename}"
        return InvalidSetting(setting=Words("the home {path}", path=self.path), problem=problem)


def _share(file: IO[str]) -> None:
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return
        time.sleep(0.05)
    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
