"""Golden files: rendered text is compared with a file below tests/golden; ``--update-golden`` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "golden"


class Golden:
    """Compares text with golden files, or writes them."""

    def __init__(self, *, update: bool) -> None:
        """Write instead of comparing when ``update``."""
        self._update = update

    def check(self, name: str, text: str) -> None:
        """Fail unless the file ``name`` holds exactly ``text``."""
        path = FOLDER / name
        if self._update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"there is no {path}; look at the output, then run pytest --update-golden"
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; pytest --update-golden accepts it"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparer."""
    return Golden(update=bool(request.config.getoption("--update-golden")))
