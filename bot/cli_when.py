"""How commands are told a moment: as a date, or as how long ago it was."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from bot.cli_words import say
from bot.clock import SystemClock
from bot.policy_config import parse_length


def when(text: str) -> datetime:
    """Read a date or a moment, in UTC unless it says otherwise, or how long ago that was: ``12h``, ``90d``.

    Raises:
        typer.BadParameter: it is none of these.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return SystemClock().now() - parse_length(text)
    except ValueError as error:
        raise typer.BadParameter(
            say('"{text}" is no date such as 2026-11-01, and no length of time such as 12h or 90d', text=text)
        ) from error
