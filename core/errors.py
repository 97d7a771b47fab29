"""The exception tree: every error Skillwarden raises on purpose, and the sentence its reader gets.

    SkillwardenError
    |- InvalidInput            what was asked cannot be done as written       (ErrorType.VALIDATION)
    |  |- UnknownSkill, UnknownProvider, UnknownRequest, UnknownPerson, SkillArchived, ProviderUnavailable
    |  |- NotUnderstood, NotYetSupported, NothingToDecide, AmbiguousRequest
    |  |- InvalidSource (SourceNotAllowed, FolderOutside), RefNotFound (NothingCommitted), NoSkillFound
    |  |- SeveralSkillsFound, NameTaken
    |  |- InvalidSkill, UnsafeContent, TooLarge, NameInUse, AccountTaken, LastAdmin
    |  |- InvalidPlan, InvalidSecretRef, SecretNotFound, ConfigError, InvalidSetting
    |  |- IllegalTransition, AlreadyDecided, AlreadyVoted, RequestExpired, TooLateToCancel
    |  `- StaleCard, UnknownButton
    |- NotAllowed              the person may not do this                     (ErrorType.PERMISSION)
    |  |- Stranger, InactiveUser, SelfApproval, NotAnApprover, NotYours, NotYourQuestion, AdminsOnly
    |  |- NobodyCanApprove, DeniedByPolicy, ApprovalMissing
    |  `- TargetReadOnly (TargetBlocked), SourceDenied
    |- Unreachable             something outside did not answer               (ErrorType.NETWORK)
    |  `- SourceUnreachable, ChannelError (RateLimited, MessageGone, ChannelRefused)
    |- TookTooLong             a time limit was reached                       (ErrorType.TIMEOUT)
    `- Internal                our side is not able to go on                  (ErrorType.INTERNAL)
       |- DiskFull, TargetChanged, SubjectMoved, BundleCorrupt, VerificationFailed
       `- NobodyHere, HomeLocked, StorageError, ProgramMissing

An exception's docstring is the sentence its reader gets: a message id for the catalogue, with ``{placeholders}`` that
the keyword arguments of the constructor fill.
"""

from __future__ import annotations

import inspect
import re
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class ErrorType(StrEnum):
    """The five kinds of error an ErrorOccurred event can carry."""

    NETWORK = "Network"
    PERMISSION = "Permission"
    TIMEOUT = "Timeout"
    VALIDATION = "Validation"
    INTERNAL = "Internal"


class SkillwardenError(Exception):
    """Something went wrong: {detail}."""

    #: What programs go by: the class's name in capitals, unless a seed names it otherwise.
    code: ClassVar[str] = "ERROR"
    error_type: ClassVar[ErrorType] = ErrorType.INTERNAL
    recoverable: ClassVar[bool] = False
    #: What a command line exits with; 1 is kept for errors nobody foresaw.
    exit_code: ClassVar[int] = 70  # sysexits.h: EX_SOFTWARE

    def __init_subclass__(cls) -> None:
        """Give the class its code."""
        if "code" not in cls.__dict__:
            cls.code = _WORD.sub("_", cls.__name__).upper()

    def __init__(self, **params: object) -> None:
        """Keep ``params`` for the sentence; every placeholder of the docstring must be given."""
        self.params = params
        super().__init__(self.msgid.format(**self.written))

    @property
    def written(self) -> dict[str, str]:
        """``params`` as text, for where no reader is known: moments in UTC."""
        return {
            name: f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else str(value)
            for name, value in self.params.items()
        }

    @property
    def msgid(self) -> str:
        """The untranslated sentence with its placeholders."""
        return " ".join(inspect.cleandoc(type(self).__doc__ or "").split())


class InvalidInput(SkillwardenError):
    """That cannot be done as written: {detail}."""

    error_type = ErrorType.VALIDATION
    exit_code = 65  # sysexits.h: EX_DATAERR


class UnknownSkill(InvalidInput):
    """I know no skill called "{name}". Say "list skills" to see the ones I know, or name a repository."""


class UnknownProvider(InvalidInput):
    """I know no provider called "{name}". Say "list providers" to see the ones I know."""


class ProviderUnavailable(InvalidInput):
    """{provider} is not connected, so nothing can be installed there. Ask an admin to connect it."""


class SkillArchived(InvalidInput):
    """{skill} is archived. Restore it first."""


class UnknownRequest(InvalidInput):
    """I know no request {request}. Say "pending" to see what is waiting."""


class NothingToDecide(InvalidInput):
    """Nothing is waiting for you to decide."""


class AmbiguousRequest(InvalidInput):
    """Several requests are waiting: {codes}. Say which one, for example "{example}"."""


class UnknownPerson(InvalidInput):
    """I know nobody called "{name}"."""


class NameInUse(InvalidInput):
    """Somebody called "{name}" is known already. Choose another name, or change that person."""


class AccountTaken(InvalidInput):
    """The {channel} account {account} belongs to {who}. Unlink it there first."""


class LastAdmin(InvalidInput):
    """{name} is the last admin, and without one nobody could approve anything. Make somebody else an admin first."""


class InvalidSource(InvalidInput):
    """ "{source}" is not a skill source I can read: {reason}. Write owner/repo, owner/repo/path@ref or an https URL."""


class SourceNotAllowed(InvalidSource):
    """Skills may not come from {host}. Allowed hosts: {allowed}. An admin can add it to the configuration."""


class FolderOutside(InvalidSource):
    """{path} is not below this home, and local folders are read only there."""


class RefNotFound(InvalidInput):
    """{source} has no branch, tag or commit called "{ref}". Check the name and ask again."""


class NothingCommitted(RefNotFound):
    """{source} is empty: its default branch has no commit yet. Push one, or name another branch, then ask again."""


class NoSkillFound(InvalidInput):
    """There is no SKILL.md in {source} at "{ref}". Name a folder that holds a skill."""


class SeveralSkillsFound(InvalidInput):
    """{source} holds several skills: {names}. Name one of them, for example {example}."""


class NameTaken(InvalidInput):
    """A skill called {skill} from {source} is already known. Archive it first, or install that one."""


class InvalidSkill(InvalidInput):
    """{skill} would not load: {problems}. Its author has to repair SKILL.md."""


class UnsafeContent(InvalidInput):
    """{skill} was refused: {path} - {reason}. Nothing was installed; its author has to change that."""


class TooLarge(InvalidInput):
    """{skill} is too large: {what} is {size}, and the limit is {limit}. Nothing was installed; its author has to make
    it smaller."""


class InvalidPlan(InvalidInput):
    """The plan is not sound: {detail}."""


class InvalidSecretRef(InvalidInput):
    """A secret must be given as env:NAME, file:/path or keyring:service/name, never as its value."""


class SecretNotFound(InvalidInput):
    """The secret {reference} could not be read: {reason}."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class ConfigError(InvalidInput):
    """{file}, line {line}: {key} - {problem}."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class InvalidSetting(InvalidInput):
    """{setting} cannot be used: {problem}."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class NotUnderstood(InvalidInput):
    """I did not understand that. Say "help" to see what I can do."""


class NotYetSupported(InvalidInput):
    """I understood "{intent}", but this version cannot do it yet. Say "help" to see what I can do."""


class IllegalTransition(InvalidInput):
    """{entity} cannot go from {current} to {wanted}; from {current} it can go to: {allowed}."""


class AlreadyDecided(InvalidInput):
    """#{code} was already {status} by {who} at {when}. Nothing was changed."""


class AlreadyVoted(InvalidInput):
    """You have already voted on #{code}. It still waits for: {waiting}."""


class RequestExpired(InvalidInput):
    """#{code} expired at {when} before anybody decided. Nothing was executed."""

    code = "APPROVAL_EXPIRED"


class StaleCard(InvalidInput):
    """#{code} changed after this card was posted. Here is the current one."""


class UnknownButton(InvalidInput):
    """This button is no longer known. Say "pending" to see what is waiting."""


class TooLateToCancel(InvalidInput):
    """#{code} has already ended ({state}), so there is nothing to cancel."""


class NotAllowed(SkillwardenError):
    """You may not do that: {detail}."""

    error_type = ErrorType.PERMISSION
    exit_code = 77  # sysexits.h: EX_NOPERM


class Stranger(NotAllowed):
    """I do not know you yet. Ask an admin of this bot to add you; then say this again."""


class InactiveUser(NotAllowed):
    """Your account is not active, so I did nothing. Ask an admin to activate it."""


class SelfApproval(NotAllowed):
    """You asked for this, so somebody else has to approve it. Waiting: {waiting}."""


class NotAnApprover(NotAllowed):
    """You are not an approver of #{code}. Waiting: {waiting}."""


class AdminsOnly(NotAllowed):
    """Only an admin can do that. Ask one of them."""


class NotYourQuestion(NotAllowed):
    """I asked somebody else. Say it yourself, and I will ask you."""


class NotYours(NotAllowed):
    """Only {who} or an admin can cancel #{code}."""


class NobodyCanApprove(NotAllowed):
    """This needs {needed} approvals by active admins other than you, and there are {available}. Ask for another admin
    ("skillwarden users add" on the host), then ask again."""


class DeniedByPolicy(NotAllowed):
    """The rule "{rule}" does not allow this."""


class ApprovalMissing(NotAllowed):
    """The approval of #{code} is not, or no longer, good for this. Nothing was installed; ask again."""


class SourceDenied(NotAllowed):
    """{source} is private or does not exist: the server asked for credentials that I do not have. Check the name, or
    ask an admin to connect a token for it."""


class TargetReadOnly(NotAllowed):
    """{provider} cannot be written at {path}. Give the bot's user write permission there and try again."""


class TargetBlocked(TargetReadOnly):
    """{path} is {what}, not a folder, so {provider} was left as it is. Remove it, then try again."""


class Unreachable(SkillwardenError):
    """{what} did not answer: {reason}. Try again later."""

    error_type = ErrorType.NETWORK
    recoverable = True
    exit_code = 69  # sysexits.h: EX_UNAVAILABLE


class SourceUnreachable(Unreachable):
    """{source} could not be read: {reason}. Nothing was installed; try again later."""


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


class TookTooLong(SkillwardenError):
    """{what} took longer than {limit} seconds and was stopped. Try again later."""

    error_type = ErrorType.TIMEOUT
    recoverable = True
    exit_code = 75  # sysexits.h: EX_TEMPFAIL


class Internal(SkillwardenError):
    """Something went wrong on my side; it is recorded. Tell an admin the code {code}."""


class DiskFull(Internal):
    """There is no space left on the disk at {path}. Nothing was changed; free some space and try again."""

    recoverable = True


class TargetChanged(Internal):
    """{skill} on {provider} was changed by somebody else after the approval. Nothing was installed."""

    recoverable = True


class SubjectMoved(Internal):
    """{what} changed after the approval, so nothing was installed. I ask again as {code}."""

    recoverable = True


class BundleCorrupt(Internal):
    """The stored copy {digest} no longer matches its checksum. Nothing was installed; ask again to fetch it anew."""

    recoverable = True


class VerificationFailed(Internal):
    """What is on {provider} after the installation is not what was approved. The previous content was put back."""


class NobodyHere(Internal):
    """Nobody has a console account in this home. Try "skillwarden console --demo", or another --home."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class HomeLocked(Internal):
    """Another Skillwarden is running on {home} (process {pid}). Stop it first, or choose another --home."""

    exit_code = 75  # sysexits.h: EX_TEMPFAIL


class StorageError(Internal):
    """The database could not be used: {reason}."""

    recoverable = True
    exit_code = 74  # sysexits.h: EX_IOERR


class ProgramMissing(Internal):
    """{program} is not installed on this machine. Install it, then ask again."""

    exit_code = 69  # sysexits.h: EX_UNAVAILABLE
