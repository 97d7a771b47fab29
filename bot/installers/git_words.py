"""What git and its servers say about a team's repository, in our words."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.git.process import GitFailed, GitMissing, is_denied, is_disk_full, reason_of
from bot.git.remote import PushRejected
from core.domain.hidden_text import visible
from core.errors import (
    BranchProtected,
    DiskFull,
    HostKeyUnknown,
    ProgramMissing,
    PushDeclined,
    RepositoryDenied,
    RepositoryReadOnly,
    RepositoryUnreachable,
    SkillwardenError,
    Words,
)

_LONGEST_SAID = 200
# Git's own reasons for a ref that was not where it was expected, seen here or by the server.
_MOVED = re.compile(
    r"stale info|fetch first|non-fast-forward|already exists|failed to update ref|cannot lock ref|incorrect old value"
)
# A branch called "skillwarden" leaves no room for branches below that name.
_IN_THE_WAY = re.compile(r"exists; cannot create")
# GitHub, GitLab, Bitbucket and Azure DevOps, in this order.
_PROTECTED = re.compile(
    r"protected branch|GH00[6-9]|GH013|not allowed to push code|Branch permissions|only be modified through pull"
    r"|TF402455",
    re.IGNORECASE,
)
_HOST_KEY = re.compile(r"^Host key verification failed|^No .* host key is known", re.MULTILINE)
# OpenSSH, and what GitHub and GitLab write before they hang up.
_SSH_DENIED = re.compile(
    r"Permission denied \(|Repository not found|could not be found or you don't have permission", re.IGNORECASE
)
_READ_ONLY = re.compile(r"marked as read only|deploy key does not have write|denied to ", re.IGNORECASE)


class Place(NamedTuple):
    """What the sentences name: a provider, its repository and the branch; ``scratch`` is where git works."""

    provider: str
    repository: str
    branch: str
    scratch: str


def unreached(failure: GitFailed, place: Place, *, pushing: bool = False) -> SkillwardenError:
    """Return what it means that git failed; ``pushing`` a moment after the same repository could be read."""
    if isinstance(failure, GitMissing):
        return ProgramMissing(program="git")
    if is_disk_full(failure):
        return DiskFull(path=place.scratch)
    if _HOST_KEY.search(failure.complaint):
        return HostKeyUnknown(repository=place.repository, provider=place.provider)
    if is_denied(failure) or _SSH_DENIED.search(failure.complaint) or _READ_ONLY.search(failure.complaint):
        kind = RepositoryReadOnly if pushing else RepositoryDenied
        return kind(repository=place.repository, provider=place.provider)
    return RepositoryUnreachable(repository=place.repository, reason=reason_of(failure))


def is_moved(rejected: PushRejected) -> bool:
    """Whether the ref was somewhere else than expected, so that another try on top of that may do."""
    said = f"{rejected.reason}\n{rejected.said}"
    return _MOVED.search(said) is not None and not _IN_THE_WAY.search(said) and not is_protected(rejected)


def is_protected(rejected: PushRejected) -> bool:
    """Whether the branch takes no direct pushes."""
    return _PROTECTED.search(f"{rejected.reason}\n{rejected.said}") is not None


def declined(rejected: PushRejected, place: Place) -> SkillwardenError:
    """Return what it means that the server refused a push for good."""
    if is_protected(rejected):
        return BranchProtected(branch=place.branch, repository=place.repository, provider=place.provider)
    said = " ".join(rejected.said.split()) or rejected.reason
    reason = Words('its server said "{said}"', said=visible(said, _LONGEST_SAID))
    return PushDeclined(repository=place.repository, reason=reason)
