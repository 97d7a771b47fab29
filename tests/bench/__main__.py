"""Runs every bench module of this folder; each has ``main()``."""

from __future__ import annotations

import importlib
import pkgutil

import tests.bench


def main() -> None:
    """Run all of them, one after the other."""
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if not module.name.startswith("_"):
            print(f"== {module.name}")
            importlib.import_module(f"tests.bench.{module.name}").main()


if __name__ == "__main__":
    main()
