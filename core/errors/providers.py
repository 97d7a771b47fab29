"""A provider's API did not do what it was asked: each answer has a sentence of its own."""

from __future__ import annotations

from core.errors.base import Internal, InvalidInput, NotAllowed, TookTooLong, Unreachable
from core.errors.invalid import TooLarge


class ExtraMissing(Internal):
    """{provider} is reached over its API, and the program for that is not installed. In the folder of the
    bot's code: .venv/bin/pip install -e ".[{extra}]"."""

    exit_code = 69  # sysexits.h: EX_UNAVAILABLE


class ProviderKeyRefused(NotAllowed):
    """{provider} did not take the key that {reference} leads to. Put a valid one there, then try again."""


class ProviderForbids(NotAllowed):
    """{provider} does not let this key do that: {reason}. Give the key the right to manage skills, or use another."""


class ProviderLacks(InvalidInput):
    """{provider} has nothing at that address: {reason}. Somebody may have deleted it; or its endpoint is wrong."""


class ProviderRefused(InvalidInput):
    """{provider} did not take that: {reason}. Nothing was changed."""


class ProviderTooLarge(TooLarge):
    """{provider} says that {skill} is too large: {reason}. Nothing was changed; its author has to make it smaller."""


class ProviderConflict(Internal):
    """{provider} has something that is in the way: {reason}. Nothing was changed; look there, then try again."""

    recoverable = True


class ProviderAmbiguous(ProviderConflict):
    """There are {n} skills called {skill} on {provider}, and I do not guess which is meant. Delete all but one there,
    then try again."""


class ProviderBusy(Unreachable):
    """{provider} takes no more requests for {seconds} seconds. Nothing was changed; try again then."""


class ProviderFailed(Unreachable):
    """{provider} failed on its own side ({status}): {reason}. Try again later."""


class ProviderSilent(Unreachable):
    """The connection to {provider} was lost: {reason}. Try again later."""


class ProviderTimeout(TookTooLong):
    """{provider} did not answer within {limit} seconds. Try again later."""
