"""A unit of work that holds still: each repository answers with what the test says."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from core.ports import UnitOfWork


def repository(**answers: Any) -> SimpleNamespace:
    """Return a repository whose methods give these answers; an answer that is a function is asked each time."""
    return SimpleNamespace(**{name: _method(answer) for name, answer in answers.items()})


def unit_of_work(**repositories: SimpleNamespace) -> UnitOfWork:
    """Return a unit of work with these repositories and no others."""
    return cast("UnitOfWork", SimpleNamespace(**repositories))


def _method(answer: Any) -> Callable[..., Any]:
    async def method(*args: Any, **kwargs: Any) -> Any:
        return answer(*args, **kwargs) if callable(answer) else answer

    return method
