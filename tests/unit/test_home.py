"""The home: one folder, made for its owner, used by one process at a time."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.home import Home, home_path
from core.errors import DiskFull, HomeLocked, InvalidSetting

_HOLDER = """
import sys
from pathlib import Path
from bot.home import Home
with Home(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("chosen", "environ", "expected"),
    [
        (Path("/a"), {"SKILLWARDEN_HOME": "/b"}, "/a"),
        (None, {"SKILLWARDEN_HOME": "/b"}, "/b"),
        (None, {"SKILLWARDEN_HOME": ""}, "~/.skillwarden"),
        (None, {}, "~/.skillwarden"),
        (Path("~/x"), {}, "~/x"),
        (Path("x"), {}, "x"),
    ],
)
def test_the_home_is_chosen(chosen: Path | None, environ: dict[str, str], expected: str) -> None:
    """--home goes before SKILLWARDEN_HOME, and that before ~/.skillwarden; the path is absolute."""
    assert home_path(chosen, environ) == Path(expected).expanduser().absolute()


def test_a_home_whose_path_is_no_text_is_refused() -> None:
    """The database could not be opened there; the sentence can be printed everywhere."""
    with pytest.raises(InvalidSetting, match="cannot be used: its path is not UTF-8") as caught:
        home_path(Path("/tmp/caf\udce9"), {})  # noqa: S108 - never made
    assert str(caught.value).isascii()


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """Folder and subfolders are there, closed to others; opening it again changes nothing."""
    path = tmp_path / "deep" / "home"
    home = Home.open(path)
    assert home == Home.open(path)
    for folder in (path, home.artifacts, home.logs, home.scratch):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.is_relative_to(path)
    assert home.database == path / "skillwarden.db"


def test_a_home_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """It says which folder and why."""
    (tmp_path / "file").touch()
    with pytest.raises(InvalidSetting, match=r"the home .*/file/home cannot be used: Not a directory"):
        Home.open(tmp_path / "file" / "home")


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, InvalidSetting), (errno.EROFS, InvalidSetting)],
)
def test_errors_of_the_system_are_translated(tmp_path: Path, number: int, error: type[Exception]) -> None:
    """A full disk is a full disk; everything else is a home that cannot be used."""
    assert type(Home(tmp_path).translated(OSError(number, os.strerror(number)))) is error


def test_the_file_that_failed_is_named(tmp_path: Path) -> None:
    """A home is large; what cannot be written in it is said."""
    error = Home(tmp_path).translated(OSError(errno.EACCES, "Permission denied", "/srv/home/sources"))
    assert str(error).endswith("cannot be used: Permission denied: /srv/home/sources.")


def test_a_second_process_is_kept_out(tmp_path: Path) -> None:
    """It hears which home and which process; the lock is free again afterwards, in this process too."""
    home = Home.open(tmp_path)
    with home.lock(), pytest.raises(HomeLocked) as caught, home.lock():
        pytest.fail("the home was locked twice")
    assert caught.value.params == {"home": tmp_path, "pid": str(os.getpid())}
    with home.lock():
        pass


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    """After SIGKILL nobody has to clean up; the next process takes the lock and writes its own number."""
    home = Home.open(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(HomeLocked, match=f"process {holder.pid}"), home.lock():
            pytest.fail("the home was locked twice")
        holder.send_signal(signal.SIGKILL)
    with home.lock():
        assert (tmp_path / "skillwarden.lock").read_text() == str(os.getpid())
