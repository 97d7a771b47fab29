"""What is in deploy/ fits the program and gives it no more than it needs. Nothing here builds or runs it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from typer.main import get_group

from bot.cli import app
from core.errors import InvalidInput, InvalidSetting, NotAllowed, Unreachable

ROOT = Path(__file__).resolve().parents[2]
UNIT = (ROOT / "deploy/skillwarden.service").read_text(encoding="utf-8")
CONTAINER = re.sub(r"\\\n\s*", "", (ROOT / "deploy/Containerfile").read_text(encoding="utf-8"))
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
COMMANDS = set(getattr(get_group(app), "commands", {}))


def settings() -> dict[str, list[str]]:
    """Return what the unit sets, each key with its values in order."""
    found = defaultdict(list)
    for line in UNIT.splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile."""
    lines = (line for line in CONTAINER.splitlines() if line and not line.startswith("#"))
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("User", "skillwarden"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"),
        ("CapabilityBoundingSet", ""),
        ("SystemCallFilter", "@system-service"),
        ("UMask", "0077"),
        ("StateDirectoryMode", "0700"),
        ("Restart", "on-failure"),
        ("KillSignal", "SIGTERM"),
    ],
)
def test_the_unit_is_hardened(key: str, value: str) -> None:
    """It runs as a user without rights, who can write nothing but their home."""
    assert settings()[key] == [value]


def test_the_unit_starts_the_program() -> None:
    """The command is one, the home is the folder it may write, and no secret is in the file."""
    (start,) = settings()["ExecStart"]
    assert start.split()[-1] in COMMANDS
    assert f"SKILLWARDEN_HOME=/var/lib/{settings()['StateDirectory'][0]}" in settings()["Environment"][0]
    assert int(settings()["TimeoutStopSec"][0]) > 10
    assert not re.search(r"xox[bap]-|xapp-|\d{6,}:AA", UNIT)


def test_what_cannot_be_mended_by_starting_again_is_left() -> None:
    """A wrong configuration and a missing right are; what did not answer is tried again."""
    kept = {int(code) for code in settings()["RestartPreventExitStatus"][0].split()}
    assert kept == {InvalidInput.exit_code, NotAllowed.exit_code, InvalidSetting.exit_code}
    assert Unreachable.exit_code not in kept


def test_the_container_has_no_rights() -> None:
    """It ends as a numbered user; root does nothing after that; the home is the only volume."""
    found = instructions()
    last = max(number for number, (what, _) in enumerate(found) if what == "FROM")
    stage = found[last:]
    user = [what for what, _ in stage].index("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", stage[user][1])
    assert not {"RUN", "COPY", "ADD"} & {what for what, _ in stage[user:]}
    (volume,) = (json.loads(value) for what, value in stage if what == "VOLUME")
    (environment,) = (value for what, value in stage if what == "ENV")
    assert f"SKILLWARDEN_HOME={volume[0]}" in environment


def test_the_container_is_made_of_what_is_here() -> None:
    """Every file that is copied exists, what is installed is pinned by hash, and the command is one."""
    found = instructions()
    assert {what for what, _ in found}.isdisjoint({"ADD", "MAINTAINER"})
    for what, value in found:
        if what == "COPY" and not value.startswith("--from"):
            assert all((ROOT / source).exists() for source in value.split()[:-1]), value
        if what == "FROM":
            assert re.search(r":\d+\.\d+", value), value
    assert any("--require-hashes" in value for what, value in found if what == "RUN")
    (command,) = (json.loads(value) for what, value in found if what == "CMD")
    assert command[0] in COMMANDS
    assert ("STOPSIGNAL", "SIGTERM") in found


def test_the_manual_runs_it_without_a_root_that_can_be_written() -> None:
    """What is promised of the container is in the command that people copy."""
    (command,) = re.findall(r"^podman run (.*?[^\\])$", OPERATIONS, re.MULTILINE | re.DOTALL)
    for flag in ("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--tmpfs", "--volume"):
        assert flag in command
