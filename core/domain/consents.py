"""Consent: in whose name a place is changed, for places that keep a history."""

from __future__ import annotations

from core.domain.base import Domain
from core.domain.executions import RunAction


class Consent(Domain):
    """What a place with a history writes beside a change: what was asked for, by whom, and who agreed.

    Names are as people gave them; whoever writes them down makes them fit for the place. ``approved_by`` is empty where
    the policy asks nobody.
    """

    code: str
    action: RunAction
    asked_by: str
    approved_by: tuple[str, ...] = ()
    #: Where the content is from, with its commit; empty for what is removed.
    source: str = ""
    #: The code of the request that is undone; None when none is, or it is not known.
    takes_back: str | None = None
