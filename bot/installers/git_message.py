"""What the history of a team's repository says about a change: what, for whom, and who agreed."""

from __future__ import annotations

from core.domain.consents import Consent
from core.domain.executions import RunAction
from core.domain.hidden_text import visible

_LONGEST_NAME = 100
_LONGEST_SOURCE = 500


def commit_message(skill: str, provider: str, consent: Consent, *, removes: bool) -> str:
    """Return the message of the commit; history is for everybody who reads the repository, so it is in English.

    The trailers can be searched for: ``git log --grep 'Skillwarden-Request: 7F3K'``.
    """
    place = _name(provider)
    asked = _name(consent.asked_by)
    agreed = ", ".join(_name(name) for name in consent.approved_by) or "nobody: the policy asks for nobody"
    said = [f"Asked for by {asked}, approved by {agreed}."]
    if consent.takes_back is not None:
        said.insert(0, f"This takes back #{consent.takes_back}: exactly what was there before it is there again.")
    if consent.source:
        said.append(f"The content is that of {_line(consent.source, _LONGEST_SOURCE)}.")
    trailers = [f"Skillwarden-Request: {consent.code}"]
    if consent.takes_back is not None:
        trailers.append(f"Skillwarden-Takes-Back: {consent.takes_back}")
    title = f"{_verb(consent, removes=removes)} {skill} {'from' if removes else 'on'} {place} (#{consent.code})"
    return "\n\n".join([title, "\n".join(said), "\n".join(trailers)]) + "\n"


def _verb(consent: Consent, *, removes: bool) -> str:
    if consent.action is RunAction.ROLLBACK:
        return "Roll back"
    if removes:
        return "Remove"
    return "Sync" if consent.action is RunAction.SYNC else "Install"


def _line(text: str, longest: int) -> str:
    """Return ``text`` in one line; a name must not end the paragraph, or pose as a trailer."""
    return visible(" ".join(text.split()), longest)


def _name(text: str) -> str:
    """Return what somebody or something is called, without what makes a host link to, or close, other things."""
    return _line(text.replace("#", "").replace("@", " at "), _LONGEST_NAME)
