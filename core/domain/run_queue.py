"""What the queue of runs is called by those who fill it and those who empty it."""

from __future__ import annotations

#: The queue, and the task of its jobs; their one argument is ``run_id``.
QUEUE = "skillwarden"
TASK = "skillwarden.run"
