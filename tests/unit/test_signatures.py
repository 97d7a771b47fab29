"""Signatures: how two of them come together, and how a card says what was found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.locale.translator import Catalogues
from core.domain.signatures import UNCHECKED, UNSIGNED, Flaw, Signature, SignatureState, together
from core.services.presenter import approval_card
from core.services.reader import Reader
from tests.clock import START
from tests.request_views import request, skill, subject, view

READER = Reader(Catalogues(), None, START + timedelta(minutes=2))
VERIFIED = Signature(state=SignatureState.VERIFIED, by="mina@example.com")
FORGED = Signature(state=SignatureState.INVALID, flaw=Flaw.FORGED)
UNKNOWN = Signature(state=SignatureState.INVALID, flaw=Flaw.UNKNOWN_KEY)


@pytest.mark.parametrize(
    ("commit", "tag", "both"),
    [
        (UNSIGNED, VERIFIED, VERIFIED),
        (VERIFIED, UNSIGNED, VERIFIED),
        (UNKNOWN, VERIFIED, VERIFIED),
        (VERIFIED, UNKNOWN, VERIFIED),
        (VERIFIED, FORGED, FORGED),
        (FORGED, VERIFIED, FORGED),
        (UNKNOWN, UNSIGNED, UNKNOWN),
        (UNSIGNED, UNCHECKED, UNCHECKED),
        (UNSIGNED, UNSIGNED, UNSIGNED),
    ],
)
def test_either_vouches_and_a_forged_one_spoils_both(commit: Signature, tag: Signature, both: Signature) -> None:
    """A tag vouches for its commit and a commit for itself; who forges one of them is not to be believed."""
    assert together(commit, tag) == both


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (UNCHECKED, "signature not checked"),
        (UNSIGNED, "not signed"),
        (VERIFIED, "signed by mina@example.com"),
        (FORGED, "SIGNATURE FORGED"),
        (UNKNOWN, "SIGNATURE OF AN UNKNOWN KEY"),
        (Signature(state=SignatureState.INVALID, flaw=Flaw.EXPIRED), "SIGNATURE EXPIRED"),
        (Signature(state=SignatureState.INVALID, flaw=Flaw.REVOKED), "SIGNATURE OF A REVOKED KEY"),
        (Signature(state=SignatureState.INVALID, flaw=Flaw.UNREADABLE), "SIGNATURE NOT READABLE"),
        (Signature(flaw=Flaw.NO_PROGRAM), "SIGNATURE NOT CHECKED: the program for it is missing here"),
    ],
)
def test_the_card_says_what_was_found(signature: Signature, words: str) -> None:
    """Behind the commit and its author; what does not count is in capitals."""
    asked = subject([skill(signature=signature)])
    card = approval_card(view(asked, waiting=("Bob",), decision=request(asked)), READER)
    (commit,) = (fact.value for fact in card.facts if fact.name == "commit")
    assert f"Mina Park, {words}" in commit
