"""The commands in the documents work as they are written, in order, in a demo in which something was installed.

Left out are those that need a platform, a server or another machine; each has its reason here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.program import demo, environment

pytestmark = pytest.mark.timeout(120)

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:\$ )?((?:\w+=\S+ )?)(?:\.venv/bin/)?skillwarden (.*)")
DOCUMENTS = ("README.md", "docs/api.md", "docs/audit.md", "docs/operations.md")

#: What is not run, and why.
LEFT_OUT = {
    "serve": "it runs until it is told to stop; test_slack.py and test_telegram.py serve",
    "--key 3f0c...": "a signed record; test_audit.py verifies one",
}
#: What stands for something that differs from home to home.
STANDS_FOR = {
    "/tmp/demo": "{home}",  # noqa: S108 - as the README has it
    "/mnt/elsewhere/checkpoints.jsonl": "{home}/checkpoints.jsonl",
    "4f9fd6454b90675b116e738606738d4a6c727af4c81135f29bda7545d48b9f69": "{checkpoint}",
    "7F3K/3": "{code}/1",
    "7F3K": "{code}",
    " comment --reason": " message --reason",
}
#: What was done before a command that looks like this: on a platform, or because a demo has every provider.
BEFORE = {
    "providers add claude$": ("providers disconnect Claude",),
    "providers add openai": ("providers disconnect OpenAI",),
    'users link "Mina Park"': ("users unlink alice slack U0123456789 --workspace T0123456789",),
    'users activate "Mina Park"': ('users deactivate "Mina Park"',),
    'users activate "Jo Lee"': ('users add "Jo Lee"', 'users deactivate "Jo Lee"'),
}
POLICY = '[[policy.rules]]\nname = "everything"\noutcome = "require"\n'


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a demo in which pdf was installed."""
    folder = tmp_path_factory.mktemp("lived-in")
    demo(folder, "install skill pdf on claude\n/as bob\n/press 1\n")
    return folder / "demo"


def commands(document: str) -> list[str]:
    """Return the commands in the blocks of a document that are run, with the variables that are set for them."""
    blocks = BLOCK.findall((ROOT / document).read_text(encoding="utf-8"))
    found = [COMMAND.fullmatch(line) for block in blocks for line in block.splitlines()]
    written = [match[1] + match[2] for match in found if match]
    return [one for one in written if not any(f" {left} " in f" {one} " for left in LEFT_OUT)]


def run(folder: Path, *lines: str) -> list[dict[str, Any]]:
    """Run ``lines`` on the demo in ``folder`` and return what became of each."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.commands"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=environment(folder / "person") | {"SKILLWARDEN_HOME": str(folder / "demo"), "PYTHONPATH": str(ROOT)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_written_works(document: str, lived_in: Path, tmp_path: Path) -> None:
    """Every command of the document ends well, but for one behind which ``|| true`` stands."""
    home = shutil.copytree(lived_in, tmp_path / "demo")
    (tmp_path / "new.toml").write_text(POLICY)
    _, listed = run(tmp_path, "audit checkpoint", "executions list --json")
    code = next(
        one["code"] for one in map(json.loads, listed["out"].splitlines()) if one["prompt"].startswith("install")
    )
    newest = json.loads((home / "checkpoints.jsonl").read_text().splitlines()[-1])["hash"]
    found = commands(document)
    assert found, document
    lines, may_fail = [], set()
    for written in found:
        command = written.removesuffix(" || true")
        if command != written:
            may_fail.add(command)
        for placeholder, meant in STANDS_FOR.items():
            command = command.replace(placeholder, meant.format(home=home, code=code, checkpoint=newest))
        lines += [earlier for begin, before in BEFORE.items() if re.match(begin, command) for earlier in before]
        lines.append(command)
    bad = [one for one in run(tmp_path, *lines) if one["code"] and one["command"] not in may_fail]
    assert bad == []


def test_what_is_left_out_is_written_somewhere() -> None:
    """No excuse outlives its command."""
    everything = "".join((ROOT / document).read_text(encoding="utf-8") for document in DOCUMENTS)
    assert all(left in everything for left in LEFT_OUT)
