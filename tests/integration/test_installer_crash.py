"""Real processes that are killed, or meet, while they install: the skill is the old one or the new one, always."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from bot.installers import skill_place
from bot.installers.skill_folder import read_folder
from bot.installers.skill_place import SkillPlace
from tests.bundles import bundle
from tests.installing import (
    CANNOT_LOCK,
    CHANGES,
    TOO_MANY_STEPS,
    change,
    die_at_every_step,
    install_again_and_again,
    install_without_waiting,
    installer_in,
    no_exchange,
)

# A server that has everything imported forks the children: cheap enough for a process for every step.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "tests.installing"])


def run(target: Callable[..., None], *args: object) -> ForkServerProcess:
    """Start a process."""
    process = PROCESSES.Process(target=target, args=args)
    process.start()
    return process


@pytest.mark.parametrize("one_step", [True, False], ids=["one step", "two steps"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_crash_at_any_step_leaves_the_old_or_the_new_skill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, one_step: bool
) -> None:
    """There is a death at every step; what it leaves is whole, and the next operation works and tidies up."""
    if not one_step:
        monkeypatch.setattr(skill_place, "exchange", no_exchange)
    before, after = CHANGES[name]
    process = run(die_at_every_step, tmp_path, name, one_step)
    process.join()
    assert process.exitcode is not None
    assert process.exitcode < TOO_MANY_STEPS
    seen = []
    for at in range(1, process.exitcode + 1):
        folder = tmp_path / str(at) / "skills"
        installer = installer_in(folder)
        raw = read_folder(folder / "pdf") if (folder / "pdf").exists() else None
        there = asyncio.run(installer.read("pdf"))
        seen.append(there)
        # A client that looks before anything is mended finds the same; nothing, where nothing was to be next anyway
        # or the system has no exchange.
        assert raw == there or (raw is None and (after is None or not one_step))
        asyncio.run(change(installer, there, after))
        assert asyncio.run(installer.read("pdf")) == after
        assert [path.name for path in folder.parent.glob(".skillwarden-skills/*")] in ([], ["pdf.lock"])
    # Every crash before the swap kept the old skill, every one after it the new one, and there were both.
    swap = seen.index(after)
    assert swap > 0
    assert seen == [before] * swap + [after] * (len(seen) - swap)


def test_two_processes_never_interleave(tmp_path: Path) -> None:
    """While two processes replace each other's skill, everybody who looks finds one of the two, whole."""
    folder = tmp_path / "skills"
    mine = [bundle({f"{name}/{number}.txt": name * 50 for number in range(5)}) for name in "ab"]
    processes = [run(install_again_and_again, folder, content, 25) for content in mine]
    installer = installer_in(folder)
    looked = 0
    while any(process.is_alive() for process in processes) or not looked:
        there = asyncio.run(installer.read("pdf"))
        assert there is None or there in mine
        looked += 1
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert asyncio.run(installer.read("pdf")) in mine
    assert [path.name for path in tmp_path.glob(".skillwarden-skills/*")] == ["pdf.lock"]


def test_a_second_process_waits_for_the_first(tmp_path: Path) -> None:
    """Whoever is at work on a skill has it alone, and another skill is not held up."""
    folder = tmp_path / "skills"
    with SkillPlace(folder, "pdf").locked(to_write=True):
        process = run(install_without_waiting, folder)
        process.join()
        assert process.exitcode == CANNOT_LOCK
    with SkillPlace(folder, "docx").locked(to_write=True):
        process = run(install_without_waiting, folder)
        process.join()
        assert process.exitcode == 0
