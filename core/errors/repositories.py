"""A team's repository did not take a change, or has not taken it yet."""

from __future__ import annotations

from core.errors.base import Internal, InvalidInput, NotAllowed, Unreachable


class RepositoryDenied(NotAllowed):
    """{repository} is private or does not exist: its server did not let me in. Ask an admin to check the token or
    deploy key of {provider}."""


class RepositoryReadOnly(NotAllowed):
    """I may read {repository}, but not push to it. Ask an admin to give the token or deploy key of {provider} the right
    to write."""


class HostKeyUnknown(NotAllowed):
    """The server of {repository} does not show a key that I know, so I told it nothing. Ask an admin to put its key
    into the known_hosts file of {provider}."""


class BranchProtected(NotAllowed):
    """The branch {branch} of {repository} takes no direct pushes. Ask an admin to let me push there, or to set
    delivery = "merge" for {provider}."""


class PushDeclined(NotAllowed):
    """{repository} did not take the change: {reason}. Nothing was changed."""


class BranchMissing(InvalidInput):
    """{repository} has no branch called {branch}. Ask an admin to create it with a first commit, or to name another
    one for {provider}."""


class AwaitingMerge(InvalidInput):
    """{skill} on {provider} waits for somebody to merge #{code}. Have that merged, or cancel it, then ask again."""


class BranchMoved(Internal):
    """The branch {branch} of {repository} moved each of the {tries} times that I pushed. Nothing was changed; try
    again."""

    recoverable = True


class MergeGone(Internal):
    """The branch {branch} was deleted before it was merged, so nothing was changed. Ask again if it is still wanted."""

    recoverable = True


class CancelledBeforeMerge(Internal):
    """It was cancelled before it was merged, so nothing was changed."""

    #: data-model.md: what a run that is cancelled says.
    code = "CANCELLED"
    recoverable = True


class TakenBack(Internal):
    """{reason} The branch {branch}, which waited to be merged, was deleted, and nothing was changed."""

    recoverable = True


class NotTakenBack(Internal):
    """{reason} The branch {branch} could not be deleted: {trouble} Do not merge it; delete it, then ask again if it is
    still wanted."""

    recoverable = True


class ProposalKept(Internal):
    """Somebody has committed to it, or its server does not let me."""


class ProviderMoved(Internal):
    """{provider} is somewhere else now."""


class RepositoryUnreachable(Unreachable):
    """{repository} could not be reached: {reason}. Try again later."""
