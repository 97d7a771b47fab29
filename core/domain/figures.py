"""Figures: what the database tells of how the bot is doing. They steer nothing."""

from __future__ import annotations

from core.domain.base import Domain
from core.domain.executions import EntityType
from core.domain.notices import Backlog


class Standing(Domain):
    """What waits at one moment."""

    outbox: Backlog
    inbox: Backlog
    #: Posted copies that show an older revision than their execution has.
    copies_behind: int
    #: Pending approvals by who asks (``chatops`` is the bot itself).
    approvals: dict[str, Backlog]
    #: Runs that are queued or running, by status.
    runs: dict[str, Backlog]


class Ending(Domain):
    """Something that came to its end: a request, an approval or a run."""

    #: Of the change of status that ended it: later ones have greater ids.
    id: str
    entity: EntityType
    status: str
    error_code: str | None = None
    #: The channel of a request, who asked for an approval, the provider's kind of a run.
    of: str
    #: Of a run: what was done.
    action: str | None = None
    #: From its beginning.
    seconds: float
