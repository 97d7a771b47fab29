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
from tests.acceptance.swaps import count_swaps

LEASE = timedelta(seconds=6)
RENEW = 1.0
LOOK = 0.5
# Seconds between signs of life of who does runs, and without one until their jobs go to others; when these are sought.
ALIVE, DEAD, SOUGHT = 1.0, 4.0, "* * * * * */2"


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
        mock.patch("bot.integrations.run_queue.ALIVE", ALIVE),
        mock.patch("bot.integrations.run_queue.DEAD", DEAD),
        mock.patch("bot.integrations.run_queue.LOOK", SOUGHT),
    ):
        if kind == "serve":
            serve(Path(home), None, demo=True, look=LOOK)
        else:
            work(Path(home), None, demo=True)


if __name__ == "__main__":
    main()
