"""Installing as a process does it that is killed on the way, or that meets another one. Imported by such processes."""

from __future__ import annotations

import asyncio
import fcntl
import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.installers import skill_place
from bot.installers.filesystem import FilesystemInstaller
from core.domain.consents import Consent
from core.domain.executions import RunAction
from core.domain.skills import SkillBundle
from core.errors import TargetChanged, Unreachable
from tests.bundles import bundle

OLD = bundle({"scripts/fill.py": "print(1)\n", "gone.txt": "old\n"}, executables=("scripts/fill.py",))
NEW = bundle({"scripts/fill.py": "print(2)\n", "a/form.pdf": b"%PDF\0\xff"})
#: In whose name it is done.
CONSENT = Consent(code="7F3K", action=RunAction.INSTALL, asked_by="alice", approved_by=("bob",))
CHANGES = {"first install": (None, NEW), "update": (OLD, NEW), "uninstall": (OLD, None)}

#: What changes something; a crash between two of these is a crash at one of them.
CALLS = ("mkdir", "open", "write", "fchmod", "chmod", "fsync", "rename", "unlink", "rmdir")

#: The exit code of a process that would have had to wait.
CANNOT_LOCK = 3
#: The exit code of a process in which something other than a death happened.
TOO_MANY_STEPS = 255


def installer_in(folder: Path) -> FilesystemInstaller:
    """Return an installer for ``folder``."""
    return FilesystemInstaller(provider="Claude", folder=folder, shown_as=str(folder))


async def change(installer: FilesystemInstaller, before: SkillBundle | None, after: SkillBundle | None) -> None:
    """Bring the skill from ``before`` to ``after``; None is nothing."""
    if after:
        await installer.install("pdf", after, replacing=before.digest if before else None, consent=CONSENT)
    elif before:
        await installer.uninstall("pdf", replacing=before.digest, consent=CONSENT)


def no_exchange(_one: Path, _other: Path) -> bool:
    """Stand in for a system that cannot exchange two folders."""
    return False


def change_and_die(folder: Path, name: str, one_step: bool, at: int) -> None:
    """Make the change ``name``; be killed before the ``at``-th call, if there are as many."""
    reached = 0

    def mortal(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal reached
            reached += 1
            if reached == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **kwargs)

        return call

    for call in CALLS:
        setattr(os, call, mortal(getattr(os, call)))
    fcntl.flock = mortal(fcntl.flock)
    vars(skill_place)["exchange"] = mortal(skill_place.exchange) if one_step else no_exchange
    asyncio.run(change(installer_in(folder), *CHANGES[name]))


def die_at_every_step(root: Path, name: str, one_step: bool) -> None:
    """Make the change ``name`` in a folder of its own for every step to die at; exit with the number of deaths."""
    before, _ = CHANGES[name]
    for at in range(1, TOO_MANY_STEPS):
        folder = root / str(at) / "skills"
        asyncio.run(change(installer_in(folder), None, before))
        child = os.fork()
        if child == 0:
            try:
                change_and_die(folder, name, one_step, at)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if status == 0:
            os._exit(at - 1)
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
            break
    os._exit(TOO_MANY_STEPS)


def install_again_and_again(folder: Path, mine: SkillBundle, times: int) -> None:
    """Install ``mine`` ``times`` over whatever is there, asking again whenever somebody else was faster."""

    async def install() -> None:
        installer = installer_in(folder)
        done = 0
        while done < times:
            there = await installer.read("pdf")
            try:
                await change(installer, there, mine)
            except TargetChanged:
                continue
            done += 1

    asyncio.run(install())


def install_without_waiting(folder: Path) -> None:
    """Install, but exit with CANNOT_LOCK instead of waiting for another process."""
    lock = fcntl.flock
    fcntl.flock = lambda descriptor, operation: lock(descriptor, operation | fcntl.LOCK_NB)
    try:
        asyncio.run(change(installer_in(folder), None, NEW))
    except Unreachable:
        os._exit(CANNOT_LOCK)
