"""Moved: what a run says that did not go on, because what was approved is not what it would do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import (
    PolicyChanged,
    PolicyChangedNotTakenBack,
    SkillwardenError,
    SubjectMoved,
    SubjectMovedNotTakenBack,
    TargetChanged,
)
from core.errors.again import recognised

if TYPE_CHECKING:
    from core.domain.executions import InstallRun
    from core.services.runs import Job

#: Stands for the code of the new request until the last run has ended and there is one.
LATER = "a new request"
_KINDS = {
    kind.code: kind for kind in (SubjectMoved, SubjectMovedNotTakenBack, PolicyChanged, PolicyChangedNotTakenBack)
}


def moved_error(job: Job, error: SkillwardenError) -> SkillwardenError:
    """Return what the run of ``job`` says that ends with ``error``: where something moved, that it is asked again."""
    if isinstance(error, TargetChanged):
        return SubjectMoved(what=job.target.location, code=LATER)
    if isinstance(error, PolicyChanged):
        return type(error)(**error.params | {"code": LATER})
    return error


def asked_as(run: InstallRun, code: str) -> SkillwardenError:
    """Return the error of a run whose content moved, now that the new request has got its ``code``."""
    _msgid, params = recognised(run.error_code, run.error_message or "") or ("", {})
    return _KINDS[run.error_code or ""](**params | {"code": code})
