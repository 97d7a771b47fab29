"""The command line speaks the language of its terminal."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app, slack
from bot.cli_executions import executions
from bot.cli_policy import policy
from bot.cli_users import users
from bot.cli_words import say_error, translate_help
from core.errors import InvalidSetting, Words

CLICKS_OWN = "Show this message and exit."


def helps(command: Any) -> Iterator[str]:
    """Yield the help of a command, of its options and of what is below it."""
    yield from (part.help for part in (command, *command.params) if getattr(part, "help", None))
    for subcommand in getattr(command, "commands", {}).values():
        yield from helps(subcommand)


def has_hangul(text: str) -> bool:
    """Whether there is a Korean syllable in ``text``."""
    return any("가" <= letter <= "힣" for letter in text)


def test_all_help_is_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command and every option that explains itself does so in Korean on a Korean terminal, else in English."""
    whole = typer.Typer(add_completion=False)
    for group in (app, executions, policy, slack, users):
        whole.add_typer(group, name=group.info.name or str(group.info.help))
    command = typer.main.get_command(whole)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    translate_help(command)
    english = [text for text in helps(command) if text != CLICKS_OWN]
    assert english
    assert not any(map(has_hangul, english))
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    translate_help(command)
    assert [text for text in helps(command) if not has_hangul(text) and text != CLICKS_OWN] == []


def test_an_error_is_said_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence, and the reason inside it."""
    error = InvalidSetting(setting="RDS_PORT", problem=Words("it must be a number from 1 to 65535"))
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert say_error(error) == "RDS_PORT 값을 쓸 수 없어요: 1에서 65535 사이의 숫자여야 해요."
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert say_error(error) == str(error) == "RDS_PORT cannot be used: it must be a number from 1 to 65535."


def test_the_version_is_printed_and_nothing_is_done(tmp_path: Path) -> None:
    """Whoever reports a fault can say what they run; no home is needed for it, or made."""
    home = tmp_path / "home"
    answer = CliRunner().invoke(app, ["--version", "migrate", "--home", str(home)])
    assert (answer.exit_code, answer.output) == (0, f"skillwarden {version('skillwarden')}\n")
    assert not home.exists()
