"""``skillwarden verify`` as a build runs it: from receipts and a public key alone, an exit code for each answer."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.program import skillwarden

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Make a key as the documentation says, and return the folder with both halves."""
    folder = tmp_path / "keys"
    folder.mkdir()
    private, public = folder / "key.pem", folder / "public.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    private.chmod(0o600)
    return folder


def test_a_build_asks_who_approved_what_it_ships(tmp_path: Path, keys: Path) -> None:
    """0: approved; 1: not; 2: the question itself was wrong. The private key is nowhere in the home."""
    home = tmp_path / "demo"
    home.mkdir()
    (home / "config.toml").write_text(f'[audit]\nsigning_key = "file:{keys}/key.pem"\n')
    script = (SCRIPTS / "first_install.txt").read_text()
    done = skillwarden("console", "--demo", "--home", str(home), home=tmp_path, lines=script)
    assert done.returncode == 0, done.stderr
    secret = (keys / "key.pem").read_text().splitlines()[1].encode()
    assert [path for path in home.rglob("*") if path.is_file() and secret in path.read_bytes()] == []

    shipped = tmp_path / "build/meeting-notes"
    shutil.copytree(home / "providers/claude/skills/meeting-notes", shipped)
    shutil.copytree(home / "receipts", tmp_path / "build/receipts")
    arguments = ("--receipts", str(tmp_path / "build/receipts"), "--public-key", str(keys / "public.pem"))
    away = tmp_path / "away"
    asked = skillwarden("verify", str(shipped), *arguments, home=away)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("Approved: Alice asked as #")
    assert list(away.iterdir()) == []

    (shipped / "SKILL.md").write_text("something else")
    asked = skillwarden("verify", str(shipped), *arguments, "--json", home=away)
    said = json.loads(asked.stdout)
    assert (asked.returncode, said["standing"], said["differences"]["edited"]) == (1, "changed", ["SKILL.md"])

    asked = skillwarden("verify", str(tmp_path / "nothing"), *arguments, home=away)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "there is no such folder" in asked.stderr


def test_a_key_that_cannot_be_read_stops_the_bot(tmp_path: Path) -> None:
    """Whoever wants signatures gets no unsigned receipts instead."""
    home = tmp_path / "demo"
    home.mkdir()
    (home / "config.toml").write_text('[audit]\nsigning_key = "env:NOT_SET"\n')
    done = skillwarden("console", "--demo", "--home", str(home), home=tmp_path, lines="help\n")
    assert done.returncode != 0
    assert "env:NOT_SET" in done.stderr
    wrong = base64.b64encode(b"too short").decode()
    done = skillwarden("console", "--demo", "--home", str(home), home=tmp_path, lines="help\n", NOT_SET=wrong)
    assert (done.returncode, "it is no private Ed25519 key" in done.stderr, wrong in done.stderr) == (78, True, False)
