"""Signatures of commits and tags: who vouches for where content comes from, as far as that was checked."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from core.domain.base import Domain


class SignatureState(StrEnum):
    """What was found. Only ``verified`` counts as signed."""

    NOT_CHECKED = "not_checked"
    NONE = "none"
    INVALID = "invalid"
    VERIFIED = "verified"


class Flaw(StrEnum):
    """Why a signature does not count."""

    #: It is of something else, or was made up.
    FORGED = "forged"
    #: Its key is not among those that are configured.
    UNKNOWN_KEY = "unknown_key"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNREADABLE = "unreadable"
    #: The program that could check it is not there.
    NO_PROGRAM = "no_program"


class Signature(Domain):
    """What is known of the signature of a commit, or of the tag that led to it.

    ``by`` is who the keys say it is, ``flaw`` why it does not count.
    """

    state: SignatureState = SignatureState.NOT_CHECKED
    by: str | None = Field(default=None, max_length=200)
    flaw: Flaw | None = None

    @property
    def is_verified(self) -> bool:
        """Whether somebody whose key is configured vouches for it."""
        return self.state is SignatureState.VERIFIED


UNCHECKED = Signature()
UNSIGNED = Signature(state=SignatureState.NONE)


def together(commit: Signature, tag: Signature) -> Signature:
    """Return what both come to: either vouches for the content, but a forged one spoils the other."""
    both = (tag, commit)
    forged = next((one for one in both if one.flaw is Flaw.FORGED), None)
    if forged is not None:
        return forged
    for state in (SignatureState.VERIFIED, SignatureState.INVALID, SignatureState.NOT_CHECKED):
        found = next((one for one in both if one.state is state), None)
        if found is not None:
            return found
    return UNSIGNED
