"""Writes a database as this version of the program leaves it: ``python -m tests.migration.releasing``.

What is in it is told in ``released/README.md``, with when to run this.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from unittest import mock

from core.domain.actions import Approve, ChatAction, Install
from storage.schema import HEAD
from tests.approval_model import TERMS
from tests.desk import PROVIDERS, desk_at

RELEASED = Path(__file__).parent / "released"
#: Two have to agree.
POLICY = TERMS["two admins"].policy
#: What people say, one after the other; nothing is done about the last sentence.
SAID: tuple[tuple[str, ChatAction], ...] = (
    ("alice", Install(skills=("docx",), providers=("Claude",))),
    ("bob", Approve()),
    ("carol", Approve()),
    ("alice", Install(skills=("pdf",), providers=PROVIDERS)),
    ("bob", Approve()),
    ("carol", Approve()),
)


async def _leave(folder: Path) -> Path:
    """Let people talk, and return the file that is left."""
    async with desk_at(folder, POLICY) as desk:
        for who, action in SAID[:-1]:
            await desk.say(who, action)
            await desk.work()
        await desk.say(*SAID[-1])
    return folder / "skillwarden.db"


def main() -> None:
    """Write the file of the newest revision."""
    # Which machine it was is nobody's business.
    machine = mock.patch("socket.gethostname", return_value="bot"), mock.patch("os.getpid", return_value=1)
    with tempfile.TemporaryDirectory(prefix="skillwarden-release-") as folder, machine[0], machine[1]:
        file = asyncio.run(_leave(Path(folder)))
        with closing(sqlite3.connect(file)) as connection:
            lines = list(connection.iterdump())
    (RELEASED / f"{HEAD}.sql").write_text("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
