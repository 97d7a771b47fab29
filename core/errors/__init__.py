"""The exception tree: every error Skillwarden raises on purpose, and the sentence its reader gets.

    SkillwardenError
    |- InvalidInput            what was asked cannot be done as written       (ErrorType.VALIDATION)
    |  |- UnknownSkill, UnknownProvider, UnknownRequest, UnknownPerson, SkillArchived, ProviderUnavailable
    |  |- UnknownTimeZone
    |  |- NotUnderstood, OnlyFiles, NotYetSupported, NothingToDecide, AmbiguousRequest
    |  |- InvalidSource (SourceNotAllowed, FolderOutside), RefNotFound (NothingCommitted), NoSkillFound
    |  |- SeveralSkillsFound, NotInSource, NothingToAdd, FrozenWider, NameTaken, NotInstalled, NothingInstalled
    |  |- InvalidSkill, UnsafeContent, TooLarge, NameInUse, AccountTaken, LastAdmin
    |  |- BadLinkCode, LinkOneself, SamePlatform
    |  |- InvalidPlan, InvalidSecretRef, SecretNotFound, ConfigError, InvalidSetting
    |  |- IllegalTransition, AlreadyDecided, AlreadyVoted, OwnerVoted, RequestExpired, TooLateToCancel
    |  |- BeingChanged, NothingToWithdraw, NothingChanges, NothingLeft, NotPartOfIt, CannotBeChanged
    |  |- ReasonNeeded, NothingToRetry, NothingToRollBack, AlreadyAsked, AlreadySo, UnknownDelegate, NotInTheFuture
    |  |- Frozen, OutOfDate
    |  |- UnknownEvent, UnreadableRecord
    |  |- UnknownExecution, UnknownArtifact, ForeignCursor, KeyReused, ChecksumMismatch, AmbiguousText
    |  `- StaleCard, UnknownButton
    |- NotAllowed              the person may not do this                     (ErrorType.PERMISSION)
    |  |- Stranger, InactiveUser, SelfApproval, NotAnApprover, NotYours, NotYourQuestion, AdminsOnly
    |  |- NobodyCanApprove, DeniedByPolicy, ApprovalMissing, AdmissionOver, LinkInPrivate, TooManyTries
    |  |- TokenRefused, ScopeMissing, CallbackNotAllowed
    |  `- TargetReadOnly (TargetBlocked), SourceDenied
    |- Unreachable             something outside did not answer               (ErrorType.NETWORK)
    |  |- SourceUnreachable
    |  `- ChannelError         a channel did not take a message
    |     `- RateLimited, MessageGone, ChannelRefused (NoEntry)
    |- TookTooLong             a time limit was reached                       (ErrorType.TIMEOUT)
    `- Internal                our side is not able to go on                  (ErrorType.INTERNAL)
       |- DiskFull, TargetChanged, SubjectMoved, PolicyChanged, BundleCorrupt, VerificationFailed
       |- ArtifactCorrupt, RecordReplaced, RecordBroken, RecordMoved
       `- NobodyHere, HomeLocked, StorageError (RuleBroken), ProgramMissing

An exception's docstring is the sentence its reader gets: a message id for the catalogue, with ``{placeholders}`` that
the keyword arguments of the constructor fill.
"""

from __future__ import annotations

from core.errors.audit import RecordBroken, RecordMoved, RecordReplaced, UnknownEvent, UnreadableRecord
from core.errors.base import (
    ErrorType,
    Internal,
    InvalidInput,
    NotAllowed,
    SkillwardenError,
    TookTooLong,
    Unreachable,
)
from core.errors.invalid import (
    AccountTaken,
    BadLinkCode,
    ConfigError,
    FolderOutside,
    FrozenWider,
    InvalidPlan,
    InvalidSecretRef,
    InvalidSetting,
    InvalidSkill,
    InvalidSource,
    LastAdmin,
    LinkOneself,
    NameInUse,
    NameTaken,
    NoSkillFound,
    NothingCommitted,
    NothingInstalled,
    NothingToAdd,
    NotInSource,
    NotInstalled,
    ProviderUnavailable,
    RefNotFound,
    SamePlatform,
    SecretNotFound,
    SeveralSkillsFound,
    SkillArchived,
    SourceNotAllowed,
    TooLarge,
    UnknownPerson,
    UnknownProvider,
    UnknownSkill,
    UnknownTimeZone,
    UnsafeContent,
)
from core.errors.outside import (
    BundleCorrupt,
    ChannelError,
    ChannelRefused,
    DiskFull,
    HomeLocked,
    MessageGone,
    NobodyHere,
    NoEntry,
    PolicyChanged,
    ProgramMissing,
    RateLimited,
    RuleBroken,
    SourceUnreachable,
    StorageError,
    SubjectMoved,
    TargetChanged,
    VerificationFailed,
)
from core.errors.over_http import (
    AmbiguousText,
    ArtifactCorrupt,
    CallbackNotAllowed,
    ChecksumMismatch,
    ForeignCursor,
    KeyReused,
    ScopeMissing,
    TokenRefused,
    UnknownArtifact,
    UnknownExecution,
)
from core.errors.refused import (
    AdminsOnly,
    AdmissionOver,
    ApprovalMissing,
    DeniedByPolicy,
    InactiveUser,
    LinkInPrivate,
    NobodyCanApprove,
    NotAnApprover,
    NotYourQuestion,
    NotYours,
    SelfApproval,
    SourceDenied,
    Stranger,
    TargetBlocked,
    TargetReadOnly,
    TooManyTries,
)
from core.errors.requests import (
    AlreadyAsked,
    AlreadyDecided,
    AlreadySo,
    AlreadyVoted,
    AmbiguousRequest,
    BeingChanged,
    CannotBeChanged,
    Frozen,
    IllegalTransition,
    NothingChanges,
    NothingLeft,
    NothingToDecide,
    NothingToRetry,
    NothingToRollBack,
    NothingToWithdraw,
    NotInTheFuture,
    NotPartOfIt,
    NotUnderstood,
    NotYetSupported,
    OnlyFiles,
    OutOfDate,
    OwnerVoted,
    ReasonNeeded,
    RequestExpired,
    StaleCard,
    TooLateToCancel,
    UnknownButton,
    UnknownDelegate,
    UnknownRequest,
)
from core.errors.words import Words

__all__ = [
    "AccountTaken",
    "AdminsOnly",
    "AdmissionOver",
    "AlreadyAsked",
    "AlreadyDecided",
    "AlreadySo",
    "AlreadyVoted",
    "AmbiguousRequest",
    "AmbiguousText",
    "ApprovalMissing",
    "ArtifactCorrupt",
    "BadLinkCode",
    "BeingChanged",
    "BundleCorrupt",
    "CallbackNotAllowed",
    "CannotBeChanged",
    "ChannelError",
    "ChannelRefused",
    "ChecksumMismatch",
    "ConfigError",
    "DeniedByPolicy",
    "DiskFull",
    "ErrorType",
    "FolderOutside",
    "ForeignCursor",
    "Frozen",
    "FrozenWider",
    "HomeLocked",
    "IllegalTransition",
    "InactiveUser",
    "Internal",
    "InvalidInput",
    "InvalidPlan",
    "InvalidSecretRef",
    "InvalidSetting",
    "InvalidSkill",
    "InvalidSource",
    "KeyReused",
    "LastAdmin",
    "LinkInPrivate",
    "LinkOneself",
    "MessageGone",
    "NameInUse",
    "NameTaken",
    "NoEntry",
    "NoSkillFound",
    "NobodyCanApprove",
    "NobodyHere",
    "NotAllowed",
    "NotAnApprover",
    "NotInSource",
    "NotInTheFuture",
    "NotInstalled",
    "NotPartOfIt",
    "NotUnderstood",
    "NotYetSupported",
    "NotYourQuestion",
    "NotYours",
    "NothingChanges",
    "NothingCommitted",
    "NothingInstalled",
    "NothingLeft",
    "NothingToAdd",
    "NothingToDecide",
    "NothingToRetry",
    "NothingToRollBack",
    "NothingToWithdraw",
    "OnlyFiles",
    "OutOfDate",
    "OwnerVoted",
    "PolicyChanged",
    "ProgramMissing",
    "ProviderUnavailable",
    "RateLimited",
    "ReasonNeeded",
    "RecordBroken",
    "RecordMoved",
    "RecordReplaced",
    "RefNotFound",
    "RequestExpired",
    "RuleBroken",
    "SamePlatform",
    "ScopeMissing",
    "SecretNotFound",
    "SelfApproval",
    "SeveralSkillsFound",
    "SkillArchived",
    "SkillwardenError",
    "SourceDenied",
    "SourceNotAllowed",
    "SourceUnreachable",
    "StaleCard",
    "StorageError",
    "Stranger",
    "SubjectMoved",
    "TargetBlocked",
    "TargetChanged",
    "TargetReadOnly",
    "TokenRefused",
    "TooLarge",
    "TooLateToCancel",
    "TooManyTries",
    "TookTooLong",
    "UnknownArtifact",
    "UnknownButton",
    "UnknownDelegate",
    "UnknownEvent",
    "UnknownExecution",
    "UnknownPerson",
    "UnknownProvider",
    "UnknownRequest",
    "UnknownSkill",
    "UnknownTimeZone",
    "Unreachable",
    "UnreadableRecord",
    "UnsafeContent",
    "VerificationFailed",
    "Words",
]
