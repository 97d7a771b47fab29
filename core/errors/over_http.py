"""What programs are told that talk to the bot over HTTP."""

from __future__ import annotations

from core.errors.base import Internal, InvalidInput, NotAllowed, Unreachable


class TokenRefused(NotAllowed):
    """That takes a token that is known and still good. Ask for one on the host: "skillwarden users token"."""


class ScopeMissing(NotAllowed):
    """The token is not for this: it lacks the scope {scope}."""


class CallbackNotAllowed(NotAllowed):
    """{host} may be called back over https only. An admin can allow it in the configuration."""


class CallbacksUnsigned(NotAllowed):
    """Nobody could tell my callbacks from others': an admin has to name a secret as callback_secret in [http] first.
    Until then, poll."""


class AskedTooOften(NotAllowed):
    """Your programs asked {limit} times within a minute, which is the limit. Ask again in {seconds} seconds."""


class UnknownExecution(InvalidInput):
    """There is no execution {execution} that you may see."""


class UnknownArtifact(InvalidInput):
    """There is no artifact {artifact} that you may see."""


class ForeignCursor(InvalidInput):
    """The cursor is none of this list: pass nextCursor on with the same filters and the same order."""


class KeyReused(InvalidInput):
    """This idempotency key was sent before with something else, which became #{request}. Nothing was stored; send a
    new key with a new request."""


class UnknownHitlRequest(InvalidInput):
    """There is no request {request} that you may see."""


class ChecksumMismatch(InvalidInput):
    """What arrived has the SHA-256 {found}, not {announced}. Nothing was kept; send it again."""


class AmbiguousText(InvalidInput):
    """That can be read in more than one way. {question} Ask again with one of: {choices}."""


class ArtifactCorrupt(Internal):
    """The file of {name} is missing or no longer matches its checksum, so it is not served. Restore it from a
    backup."""


class CallbackFailed(Unreachable):
    """{host} did not take the callback: {reason}."""


class CallbackRefused(Unreachable):
    """{host} is not called back: {reason}."""

    recoverable = False


class NothingGivenUp(InvalidInput):
    """#{code} has no callback that was given up."""
