"""Moved: what a run says that did not go on, because what was approved is not what it would do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import PolicyChanged, PolicyChangedNotTakenBack, SkillwardenError, SubjectMoved
from core.errors.again import recognised

if TYPE_CHECKING:
    from core.domain.executions import InstallRun
    from core.errors import TargetChanged
    from core.services.runs import Job

# Stands for the code of the new request until the last run has ended and there is one.
_LATER = "a new request"
_KINDS = {kind.code: kind for kind in (SubjectMoved, PolicyChanged, PolicyChangedNotTakenBack)}


class MovedError(Exception):
    """What was approved is not what the source says now; the text names the source."""


def moved_error(job: Job, moved: MovedError | TargetChanged | PolicyChanged) -> SkillwardenError:
    """Return why the run of ``job`` ends, which did not go on because something ``moved``."""
    if isinstance(moved, PolicyChanged):
        return type(moved)(**moved.params | {"code": _LATER})
    return SubjectMoved(what=str(moved) if isinstance(moved, MovedError) else job.target.location, code=_LATER)


def asked_as(run: InstallRun, code: str) -> SkillwardenError:
    """Return the error of a run whose content moved, now that the new request has got its ``code``."""
    _msgid, params = recognised(run.error_code, run.error_message or "") or ("", {})
    return _KINDS[run.error_code or ""](**params | {"code": code})
