"""Findings: what a check says, and how a check that fails hides no other."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from enum import StrEnum

from bot.cli_words import say, say_error
from core.domain.base import Domain
from core.errors import InvalidSetting, SkillwardenError, Words


class Verdict(StrEnum):
    """How bad it is. Only a problem keeps the bot from its work."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(Domain):
    """What one check found, and what to do about it; ``exit_code`` is what a problem ends the command with."""

    check: str
    verdict: Verdict
    found: str
    advice: str = ""
    exit_code: int = 0


def ok(check: str, found: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(check=check, verdict=Verdict.OK, found=_said(found))


def warning(check: str, found: str, advice: str) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(check=check, verdict=Verdict.WARNING, found=_said(found), advice=_said(advice))


def problem(check: str, found: str, advice: str, exit_code: int = InvalidSetting.exit_code) -> Finding:
    """Return a finding that has to be repaired; ``exit_code`` is one of sysexits.h."""
    return Finding(check=check, verdict=Verdict.PROBLEM, found=_said(found), advice=_said(advice), exit_code=exit_code)


def _said(text: object) -> str:
    """Return ``text``, where it is words of ours in the language of the terminal."""
    return say(text.msgid, **text.params) if isinstance(text, Words) else str(text)


async def attempt(check: str, work: Awaitable[Sequence[Finding]], advice: str) -> tuple[Finding, ...]:
    """Return what ``work`` finds; an error is a problem of this check alone, for which ``advice`` helps."""
    try:
        return tuple(await work)
    except SkillwardenError as error:
        return (
            problem(
                check,
                _said(reason) if (reason := error.params.get("reason")) else say_error(error),
                advice,
                error.exit_code,
            ),
        )
    except Exception as error:  # noqa: BLE001 - whatever happens here, the other checks still have to be made
        found = Words("the check itself failed ({kind}: {error})", kind=type(error).__name__, error=error)
        return (problem(check, found, Words("Report this as a bug."), SkillwardenError.exit_code),)
