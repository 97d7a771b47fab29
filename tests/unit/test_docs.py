"""The documents say what the program does: charts, links, commands and the transcript are compared with the code."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel
from typer import Typer
from typer.main import get_group

from bot.channels.slack.manifest import APP_SCOPE, SCOPES
from bot.cli import app, slack
from bot.cli_audit import audit
from bot.cli_executions import executions
from bot.cli_policy import policy
from bot.cli_providers import providers
from bot.cli_users import users
from core.domain.agents import AgentType
from core.domain.approvals import ApprovalRequest
from core.domain.artifacts import Artifact
from core.domain.drift import DriftEvent
from core.domain.executions import TRANSITIONS, ChatActionRecord, EntityType, Execution, InstallRun
from core.domain.targets import InstallTarget
from scripts.configuration import document

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
ADRS = sorted(path for path in (ROOT / "docs/adr").glob("*.md") if path.name != "README.md")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

CHART = re.compile(
    r"^### (?P<entity>\w+)\n(?:(?!^#).*\n)*?```mermaid\nstateDiagram-v2\n(?P<arrows>(?:.*\n)+?)```", re.MULTILINE
)
ARROW = re.compile(r"\s*(\S+) --> (\S+)\s*")
#: Where a chart begins and ends.
EDGE = "[*]"
LINK = re.compile(r"\]\((?!https?://)(?P<path>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)

#: The field whose default is the state in which an entity begins.
BEGINNINGS: dict[EntityType, tuple[type[BaseModel], str]] = {
    "execution": (Execution, "status"),
    "hitl": (ApprovalRequest, "status"),
    "run": (InstallRun, "status"),
    "target": (InstallTarget, "status"),
    "chat_action": (ChatActionRecord, "result"),
    "artifact": (Artifact, "status"),
    "drift": (DriftEvent, "status"),
}


def charts() -> dict[str, set[tuple[str, str]]]:
    """Return the arrows of each state chart in architecture.md by its heading."""
    found = {}
    for chart in CHART.finditer(ARCHITECTURE):
        arrows = [ARROW.fullmatch(line) for line in chart["arrows"].splitlines()]
        assert all(arrows), chart[0]
        found[chart["entity"]] = {(arrow[1], arrow[2]) for arrow in arrows if arrow}
    return found


def said(*words: str) -> set[str]:
    """Return what follows ``words`` in the README wherever it is written as code."""
    place = re.compile(r"(?<![\w/.-])" + r"\s+".join(words) + r"[ ]+([a-z]+)\b")
    return set(chain.from_iterable(place.findall(code[0]) for code in CODE.finditer(README)))


def names_of(group: Typer) -> set[str]:
    """Return the names of the commands in ``group``."""
    return set(getattr(get_group(group), "commands", {}))


def test_every_machine_has_its_chart() -> None:
    """No machine is missing from architecture.md, and none is drawn that does not exist."""
    assert set(charts()) == set(TRANSITIONS) == set(BEGINNINGS)


@pytest.mark.parametrize("entity", TRANSITIONS)
def test_a_chart_is_the_table(entity: EntityType) -> None:
    """The arrows are the legal transitions; the chart begins where the program does and ends where nothing follows."""
    arrows = charts()[entity]
    table = {(str(current), wanted) for current, allowed in TRANSITIONS[entity].items() for wanted in allowed}
    model, field = BEGINNINGS[entity]
    terminal = {wanted for _, wanted in table} - {current for current, _ in table}
    assert {arrow for arrow in arrows if EDGE not in arrow} == table
    assert {state for edge, state in arrows if edge == EDGE} == {str(model.model_fields[field].default)}
    assert {state for state, edge in arrows if edge == EDGE} == terminal


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link leads to a file or folder of this repository."""
    for link in LINK.finditer(document.read_text(encoding="utf-8")):
        target = (document.parent / link["path"]).resolve()
        assert target.exists(), link["path"]
        assert target.is_relative_to(ROOT), link["path"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(document: Path) -> None:
    """A path of a module or a test that is written as code is one of this repository."""
    named = re.findall(r"`((?:bot|core|storage|tests|docs|scripts)/[\w./-]+)`", document.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_that_are_named_exist(document: Path) -> None:
    """A promise names the test that keeps it, and there is one."""
    named = re.findall(r"`(tests/[\w./-]+)::(\w+)`", document.read_text(encoding="utf-8"))
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_make_targets_of_the_readme_exist() -> None:
    """``make`` knows every target that the README names."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    assert {"try", "test", "check"} <= said("make") <= targets


def test_commands_of_the_readme_are_the_commands() -> None:
    """The README names every command of the command line and of its groups, and no other."""
    groups = {
        "audit": audit,
        "executions": executions,
        "policy": policy,
        "providers": providers,
        "slack": slack,
        "users": users,
    }
    assert said("skillwarden") == names_of(app) | set(groups)
    for name, group in groups.items():
        assert said("skillwarden", name) == names_of(group)


def test_scopes_of_the_readme_are_the_scopes() -> None:
    """A workspace's admin reads the reason of every scope that is asked for, as the manifest's source gives it."""
    rows = dict(re.findall(r"^\| `([a-z_.]+:[a-z]+|commands)` \| (.+) \|$", README, re.MULTILINE))
    assert rows.pop(APP_SCOPE)
    assert rows == SCOPES


def test_the_transcript_is_of_the_script() -> None:
    """What is typed in the README's transcript is what the script types that is played on a bare machine."""
    script = (ROOT / "tests/acceptance/scripts/first_install.txt").read_text(encoding="utf-8").split("\n")
    assert re.findall(r"^(?:alice|bob|carol)> (.+)$", README, re.MULTILINE) == [line for line in script if line]


def test_decisions_are_numbered_without_gaps() -> None:
    """0001, 0002, ...: each page has the next number, in its name and in its heading."""
    assert [path.name[:4] for path in ADRS] == [f"{number:04}" for number in range(1, len(ADRS) + 1)]
    assert [path.read_text(encoding="utf-8")[:7] for path in ADRS] == [f"# {path.name[:4]} " for path in ADRS]


def test_decisions_are_listed() -> None:
    """The list of decisions has every page once, in order, under the heading of the page."""
    listed = re.findall(
        r"^- \[(.+)\]\((.+)\)$", (ROOT / "docs/adr/README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    pages = [(path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "), path.name) for path in ADRS]
    assert listed == pages


@pytest.mark.parametrize("page", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts(page: Path) -> None:
    """Context, decision, consequences and alternatives, in this order."""
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]


def test_every_kind_of_agent_is_explained() -> None:
    """agents.md says of each ``agent_type`` what it means."""
    page = (ROOT / "docs/agents.md").read_text(encoding="utf-8")
    rows = page.split("| `agent_type` |")[1].split("\n\n")[0]
    assert tuple(re.findall(r"`(\w+)`", rows)) == get_args(AgentType)


def test_the_page_of_the_configuration_is_that_of_the_settings() -> None:
    """Every key, type, default and explanation: ``python scripts/configuration.py`` writes it anew."""
    assert (ROOT / "docs/configuration.md").read_text(encoding="utf-8") == document()
