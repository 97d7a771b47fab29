"""The person may not do this, or nobody may."""

from __future__ import annotations

from core.errors.base import NotAllowed


class Stranger(NotAllowed):
    """I do not know you yet. Ask an admin of this bot to add you; then say this again."""


class InactiveUser(NotAllowed):
    """An admin has to let you in before I do anything for you."""


class SelfApproval(NotAllowed):
    """{why}, so somebody else has to approve it. Waiting: {waiting}."""


class NotAnApprover(NotAllowed):
    """You are not an approver of #{code}. Waiting: {waiting}."""


class LinkInPrivate(NotAllowed):
    """Say that to me in private: whoever reads a code could become you. Ask for a fresh one there with "link"."""


class TooManyTries(NotAllowed):
    """That were too many wrong codes. Wait a quarter of an hour, then ask for a fresh one with "link" on the other
    platform."""


class TooBusy(NotAllowed):
    """I am asked too much here: {limit} times within a minute is the limit. I did nothing about this; say it again in
    {seconds} seconds."""

    #: Whether nobody was told so a moment ago.
    is_first: bool = True


class AdminsOnly(NotAllowed):
    """Only an admin can do that. Ask one of them."""


class AdmissionOver(NotAllowed):
    """{name} was let in once and has been shut out since, so this button no longer counts. To let them in again, say
    "activate {name}"."""


class NotYourQuestion(NotAllowed):
    """I asked somebody else. Say it yourself, and I will ask you."""


class NotYours(NotAllowed):
    """Only {who} or an admin can cancel #{code}."""


class NobodyCanApprove(NotAllowed):
    """Nobody can approve this: the rule "{rule}" asks for {needed} approvals by {who}, and {available} could be given
    by somebody who is neither you nor whom it is about. Missing: {missing}. Ask an admin to let more of them in
    ("skillwarden users add" and "users link" on the host), then ask again."""


class DeniedByPolicy(NotAllowed):
    """The rule "{rule}" does not allow this."""


class ApprovalMissing(NotAllowed):
    """The approval of #{code} is not, or no longer, good for this, so I did not do it. Ask again."""


class SourceDenied(NotAllowed):
    """{source} is private or does not exist: the server asked for credentials that I do not have. Check the name, or
    ask an admin to connect a token for it."""


class TargetReadOnly(NotAllowed):
    """{provider} cannot be written at {path}. Give the bot's user write permission there and try again."""


class TargetBlocked(TargetReadOnly):
    """{path} is {what}, not a folder, so {provider} was left as it is. Remove it, then try again."""
