"""Keep files small: list every module of the product that has 400 lines or more, and print the median."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

LIMIT = 400
PACKAGES = ("bot", "core", "storage")


def main() -> int:
    """Print the offenders, longest first, and the median; return 1 when there are any."""
    root = Path(__file__).resolve().parent.parent
    lengths = {
        path.relative_to(root): len(path.read_text(encoding="utf-8").splitlines())
        for package in PACKAGES
        for path in root.joinpath(package).rglob("*.py")
        if "__pycache__" not in path.parts
    }
    offenders = {path: lines for path, lines in lengths.items() if lines >= LIMIT}
    for path, lines in sorted(offenders.items(), key=lambda item: -item[1]):
        print(f"{path}: {lines} lines, the budget is under {LIMIT}")
    written = [lines for path, lines in lengths.items() if path.name != "__init__.py"]
    print(f"{len(written)} modules, median {median(written or [0]):.0f} lines, {len(offenders)} over budget")
    return 1 if offenders else 0


if __name__ == "__main__":
    sys.exit(main())
