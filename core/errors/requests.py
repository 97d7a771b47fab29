"""What was asked cannot be done as things stand: sentences, requests, votes, buttons."""

from __future__ import annotations

from core.errors.base import InvalidInput


class UnknownRequest(InvalidInput):
    """I know no request {request}. Say "pending" to see what is waiting."""


class NothingToDecide(InvalidInput):
    """Nothing is waiting for you to decide."""


class AmbiguousRequest(InvalidInput):
    """Several requests are waiting: {codes}. Say which one, for example "{example}"."""


class NotUnderstood(InvalidInput):
    """I did not understand that. Say "help" to see what I can do."""


class NothingAsked(InvalidInput):
    """{courtesy} Say "help" to see what I can do."""


class OnlyFiles(InvalidInput):
    """I install skills from git repositories, not from attached files: I kept their names and read nothing else."""


class NotYetSupported(InvalidInput):
    """I understood "{intent}", but this version cannot do it yet. Say "help" to see what I can do."""


class IllegalTransition(InvalidInput):
    """{entity} cannot go from {current} to {wanted}; from {current} it can go to: {allowed}."""


class AlreadyDecided(InvalidInput):
    """#{code} was already {status} by {who} at {when}. Nothing was changed."""


class AlreadyVoted(InvalidInput):
    """You have already voted on #{code}; say "withdraw {code}" to take that back. It still waits for: {waiting}."""


class OwnerVoted(InvalidInput):
    """{owner}, in whose place you vote, has already voted on #{code}. Your vote was not needed."""


class RequestExpired(InvalidInput):
    """#{code} expired at {when} before anybody decided. Nothing was executed."""

    code = "APPROVAL_EXPIRED"


class StaleCard(InvalidInput):
    """#{code} changed after this card was posted. Here is the current one."""


class UnknownButton(InvalidInput):
    """This button is no longer known. Say "pending" to see what is waiting."""


class TooLateToCancel(InvalidInput):
    """#{code} has already ended ({state}), so there is nothing to cancel."""


class BeingChanged(InvalidInput):
    """#{code} is being prepared anew after a change. You get the new card in a moment; nothing was counted."""


class NothingToWithdraw(InvalidInput):
    """You have no vote on #{code} that could be withdrawn."""


class NothingChanges(InvalidInput):
    """That is what #{code} asks for already. Leave out a place or a skill, or name another ref."""


class NothingLeft(InvalidInput):
    """Nothing would be left of #{code}. To stop it, reject it."""


class NotPartOfIt(InvalidInput):
    """ "{name}" is not part of #{code}. It is about: {names}."""


class CannotBeChanged(InvalidInput):
    """#{code} cannot be changed in that way. It can be approved or rejected as it is."""


class ReasonNeeded(InvalidInput):
    """Breaking the glass needs a reason that everybody will read: "break glass {code} production is down"."""


class AnswerMissing(InvalidInput):
    """That needs an answer: press a button of its card, or say it behind the code ("approve 7F3K ..."); over HTTP it is
    "{field}" in the response."""


class AnswerUnknown(InvalidInput):
    """That is none of the answers that can be given. They are: {options}."""


class AnswerNotAsked(InvalidInput):
    """#{code} takes approved or rejected and a comment, and no such response."""


class DifferentAnswer(InvalidInput):
    """#{code} was answered "{answer}" by who approved it before you. Agree with that, or reject the request."""


class NothingToRetry(InvalidInput):
    """#{code} did not fail, so there is nothing to try again."""


class NothingToRollBack(InvalidInput):
    """#{code} changed nothing that is there as it left it, so there is nothing to roll back. See "status"."""


class AlreadyAsked(InvalidInput):
    """{who} already asks for exactly this as #{code}. You will hear here how it ends."""


class UnknownDelegate(InvalidInput):
    """Say who answers for you and until when, for example "delegate to bob until friday", or "away until monday"."""


class NotInTheFuture(InvalidInput):
    """{when} is over already. Say until when, for example "until friday"."""


class Frozen(InvalidInput):
    """{skill} on {provider} was frozen by {who} at {when}, so nothing is changed there until it is unfrozen."""


class NoDrift(InvalidInput):
    """Nothing there differs from what was approved, as far as I know. Say "drift" to have me look."""


class DriftOver(InvalidInput):
    """What this is about is there no more: {skill} on {provider} has changed since. Say "drift" to see what is there
    now."""


class OutOfDate(InvalidInput):
    """{what} has changed since #{code} was asked. If it is still needed, ask again."""


class AlreadySo(InvalidInput):
    """{name} is {what} already, so there is nothing to change."""
