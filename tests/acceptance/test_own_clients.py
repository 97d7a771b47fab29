"""The providers' own clients: what the bot has installed is what they load. ``make client`` runs this."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.program import demo

_ROOT = Path(__file__).parents[2]
_PACKAGE = "@google/gemini-cli@0.61.0"

pytestmark = [pytest.mark.client, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def gemini() -> Path:
    """Gemini CLI, from npm's registry, in a folder that is kept from run to run; none of its install scripts is run."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on this machine, through which Gemini CLI comes")
    folder = _ROOT / "build" / "gemini-cli"
    client = folder / "node_modules" / ".bin" / "gemini"
    if not client.exists():
        folder.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), _PACKAGE]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return client


def test_gemini_cli_lists_what_was_installed(tmp_path: Path, gemini: Path) -> None:
    """Asked, approved and put into ~/.gemini/skills, it is among the skills that the client itself has found."""
    demo(tmp_path, "status\n")
    with closing(sqlite3.connect(tmp_path / "demo/skillwarden.db")) as database:
        # Where the client looks when nothing else is configured, not in the demo's own folder.
        database.execute("UPDATE providers SET config = '{}' WHERE name = 'gemini'")
        database.commit()
    printed = demo(tmp_path, "install pdf on gemini\n/as bob\n/press 1\n/as alice\n")
    assert "Installed pdf on Gemini" in printed, printed
    assert (tmp_path / ".gemini/skills/pdf/SKILL.md").exists()
    work = tmp_path / "work"
    work.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    listed = subprocess.run(
        [str(gemini), "skills", "list"], capture_output=True, text=True, check=False, env=environment, cwd=work
    )
    assert listed.returncode == 0, listed.stderr
    assert "pdf [Enabled]" in listed.stdout
    assert str(tmp_path / ".gemini/skills/pdf/SKILL.md") in listed.stdout
