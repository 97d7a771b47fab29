"""Unfit content: what nobody could have installed cannot be accepted either, whoever put it there."""

from __future__ import annotations

import pytest

from core.domain.unfit import refuse_unfit
from core.errors import UnsafeContent
from tests.bundles import bundle


@pytest.mark.parametrize(
    "path",
    [".claude-plugin/plugin.json", "sub/.MCP.json", "hooks/start.sh", "run.sh//symbolic link", "fifo//special file"],
)
def test_what_no_skill_may_hold_is_refused(path: str) -> None:
    """Plugins, hooks and servers act without being invoked; links and devices are no content."""
    with pytest.raises(UnsafeContent, match=path.partition("/")[0]):
        refuse_unfit(bundle({path: b"x"}), "pdf")


def test_ordinary_files_are_fit() -> None:
    """A file called like a folder of hooks is none."""
    refuse_unfit(bundle({"scripts/run.sh": b"x", "hooks": b"x"}), "pdf")
