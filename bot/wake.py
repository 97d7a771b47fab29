"""Wake: what rings when something was committed."""

from __future__ import annotations

from collections.abc import Callable


class Wake:
    """A bell between the database, which rings at each commit, and the workers, which are made after it."""

    def __init__(self) -> None:
        """Ring for nobody yet."""
        self.target: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        """Ring."""
        self.target()
