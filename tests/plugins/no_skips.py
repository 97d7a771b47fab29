"""A pytest plugin: with SKILLWARDEN_NO_SKIPS=1 a skipped test fails the session, and is named."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    Report = pytest.TestReport | pytest.CollectReport


class NoSkips:
    """Collects what was skipped, on the side that reports: with xdist that is the controller."""

    def __init__(self) -> None:
        self.skipped: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    @pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: before the terminal prints its summary
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        if self.skipped and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return (yield)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.skipped:
            return
        terminalreporter.section("skipped, but every test has to run here", red=True)
        for name, reason in sorted(self.skipped.items()):
            terminalreporter.line(f"{name}: {reason}")

    def _note(self, report: Report) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):  # an expected failure is a test that ran
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.skipped[report.nodeid] = reason


def pytest_configure(config: pytest.Config) -> None:
    """Watch for skips where the environment asks for it."""
    if os.environ.get("SKILLWARDEN_NO_SKIPS") == "1" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(NoSkips(), "no-skips")
