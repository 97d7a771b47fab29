"""``skillwarden serve`` or ``worker`` on the demo, but on a PostgreSQL database, with leases and looks that are short.

``python -m tests.acceptance.crew_program serve|worker HOME URL``. All else is production.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from unittest import mock

from bot.serve import serve
from bot.worker import work
from core.errors import ChannelError
from tests.acceptance.swaps import count_swaps

LEASE = timedelta(seconds=6)
RENEW = 1.0
LOOK = 0.5
#: The exit code of a process that could not start because a platform was down: it is to be started again.
NOT_NOW = 69


def main() -> None:
    """Do one's part until told to stop."""
    kind, home, url = sys.argv[1:]
    count_swaps(Path(home))
    with (
        # A demo asks nobody where its database is.
        mock.patch("bot.installation.url_of", return_value=url),
        mock.patch("bot.assembly.SHARED_LEASE", LEASE),
        mock.patch("core.services.leases.SHARED_LEASE", LEASE),
        mock.patch("bot.jobs.RENEW", RENEW),
    ):
        try:
            if kind == "serve":
                serve(Path(home), None, demo=True, look=LOOK)
            else:
                work(Path(home), None, demo=True)
        except ChannelError:
            sys.exit(NOT_NOW)


if __name__ == "__main__":
    main()
