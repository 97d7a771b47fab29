"""Something outside did not answer, or our own side is not able to go on."""

from __future__ import annotations

from core.errors.base import Internal, Unreachable


class SourceUnreachable(Unreachable):
    """{source} could not be read: {reason}. Nothing was changed; try again later."""


class ChannelError(Unreachable):
    """{channel} did not take the message: {reason}."""


class RateLimited(ChannelError):
    """{channel} asks to wait {seconds} seconds."""


class MessageGone(ChannelError):
    """The message is gone or can no longer be edited on {channel}."""

    recoverable = False


class ChannelRefused(ChannelError):
    """{channel} refused the message for good: {reason}."""

    recoverable = False


class NoEntry(ChannelRefused):
    """{channel} does not let me write in that conversation: {reason}."""


class DiskFull(Internal):
    """There is no space left on the disk at {path}. Nothing was changed; free some space and try again."""

    recoverable = True
    exit_code = 74  # sysexits.h: EX_IOERR


class TargetChanged(Internal):
    """{skill} on {provider} was changed by somebody else since this was asked for. I left it as it is."""

    recoverable = True


class SubjectMoved(Internal):
    """{what} has changed since this was asked for, so I did not go on. I ask again as {code}."""

    recoverable = True


class SubjectMovedNotTakenBack(SubjectMoved):
    """{what} has changed since this was asked for, so I did not go on. The branch {branch} could not be deleted:
    {trouble} Do not merge it; delete it. I ask again as {code}."""


class PolicyChanged(Internal):
    """The policy changed after the approval: the rule "{rule}" decides now, so I did not go on. I ask again as
    {code}."""

    recoverable = True


class PolicyChangedNotTakenBack(PolicyChanged):
    """The policy changed after the approval: the rule "{rule}" decides now. The branch {branch} could not be deleted:
    {trouble} Do not merge it; delete it. I ask again as {code}."""


class BundleCorrupt(Internal):
    """The stored copy {digest} no longer matches its checksum. Nothing was changed; ask again to fetch it anew."""

    recoverable = True


class VerificationFailed(Internal):
    """What is on {provider} after the installation is not what was approved. The previous content was put back."""


class NobodyHere(Internal):
    """Nobody has a console account in this home. Give one with "skillwarden users link NAME console ACCOUNT", or try
    "skillwarden console --demo"."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class HomeLocked(Internal):
    """Another Skillwarden is running on {home} (process {pid}). Stop it first, or choose another --home."""

    exit_code = 75  # sysexits.h: EX_TEMPFAIL


class DatabaseTaken(Internal):
    """Another Skillwarden works on {database}. Stop it first: only PostgreSQL takes several, "serve" and "worker"."""

    recoverable = True
    exit_code = 75  # sysexits.h: EX_TEMPFAIL


class OneInstanceOnly(Internal):
    """{database} is for one instance, and its "skillwarden serve" installs by itself. Workers need PostgreSQL."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class StorageError(Internal):
    """The database could not be used: {reason}."""

    recoverable = True
    exit_code = 74  # sysexits.h: EX_IOERR


class RuleBroken(StorageError):
    """The database did not take what was to be written: {reason}. Nothing was changed; it would refuse it again."""

    recoverable = False


class ProgramMissing(Internal):
    """{program} is not installed on this machine. Install it, then ask again."""

    exit_code = 69  # sysexits.h: EX_UNAVAILABLE
