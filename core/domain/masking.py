"""Masking: secrets never reach the store or a log - by key, by known value, by the shape of a token."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MASK = "***MASKED***"

# Seed 000: SENSITIVE_KEYS.
SENSITIVE_KEYS = ("password", "token", "api_key", "secret", "credential", "auth", "bearer")

# Shapes of credentials, each as its issuer documents it. One alternation, because it runs over everything stored.
_TOKEN = re.compile(
    r"""
      xox[abeoprs]-[A-Za-z0-9-]{10,}                              # Slack tokens
    | xapp-[0-9]-[A-Za-z0-9-]{10,}                                # Slack app-level token
    | https://hooks\.slack\.com/services/[A-Za-z0-9/]+            # Slack incoming webhook
    | (?<![0-9])[0-9]{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])    # Telegram bot token; addresses write "bot" before it
    | \bswt_[A-Za-z0-9_-]{20,}                                    # this program's own API token
    | \bgh[pousr]_[A-Za-z0-9]{20,}                                # GitHub tokens
    | \bgithub_pat_[A-Za-z0-9_]{20,}                              # GitHub fine-grained token
    | \bglpat-[A-Za-z0-9_-]{20,}                                  # GitLab token
    | \bsk-ant-[A-Za-z0-9_-]{16,}                                 # Anthropic
    | \bsk-(?=[a-z0-9_-]{0,60}[A-Z]|[a-z0-9-]{0,16}[0-9a-f]{32})  # OpenAI, never a name such as sk-learn-...
        [A-Za-z0-9_-]{20,}
    | \bAIza[A-Za-z0-9_-]{35,}                                    # Google API key
    | \bya29\.[A-Za-z0-9_-]{20,}                                  # Google OAuth
    | \b(?:AKIA|ASIA)[A-Z0-9]{16}\b                               # AWS access key id
    | (?<![\w-])eyJ[A-Za-z0-9_-]{8,}+\.eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]*  # JSON Web Token
    | -----BEGIN[A-Z ]*PRIVATE\ KEY(?:\ BLOCK)?-----              # PEM, to its end or else to the end of the text
        (?:.*?-----END[A-Z ]*PRIVATE\ KEY(?:\ BLOCK)?-----|.*)
    """,
    re.VERBOSE | re.DOTALL,
)
# These run over whole documents: every repetition is bounded or cannot be split in two ways, so that time stays linear.
_URL_PASSWORD = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}://)[^\s/]+@", re.IGNORECASE)
# A colon or a space may also be prose ("keeps secrets: passwords, keys"), so that what follows has to look the part.
_ASSIGNMENT = re.compile(
    r"""
    (?P<name>(?:password|passwd|api[_-]?key|secret|token(?!s)|bearer|credential)\w{0,60}(?:-(?:key|id|value))?)
    (?P<sep>
        \s*=\s*["']? | ["']\s*:\s*["']? | :["']?(?=\S)              # an assignment, JSON, a pair
      | :[ \t]+(?=\S*[0-9!@#$%^+=~] | \S+[ \t]*$)                   # prose or YAML: no plain word, or the last one
      | \s+(?=[\w+~=-]{0,40}[0-9])(?=[\w+~=-]{16})                  # a header
    )
    (?P<value>(?!(?:env|file|keyring):)[^\s"',;&]{4,})              # a reference is no secret
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

# A known value shorter than this would mask ordinary words.
_SHORTEST_KNOWN = 6


class Masker:
    """Replaces what must not be stored by ``***MASKED***``. Grows with every secret that was read."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Start with ``known`` secret values."""
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for value in known:
            self.learn(value)

    def learn(self, value: str) -> None:
        """Mask ``value`` from now on; values under 6 characters are left alone, as they would hide ordinary words."""
        if len(value) >= _SHORTEST_KNOWN and value not in self._known | {MASK}:
            self._known.add(value)
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """Return ``text`` without known secrets, tokens, passwords in URLs and values assigned to sensitive names."""
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        if _may_hold_token(text):
            text = _TOKEN.sub(MASK, text)
        if "://" in text:
            text = _URL_PASSWORD.sub(lambda match: f"{match['scheme']}{MASK}@", text)
        if _may_assign(text.casefold()):
            text = _ASSIGNMENT.sub(lambda match: f"{match['name']}{match['sep']}{MASK}", text)
        return text

    def data(self, value: Any) -> Any:
        """Return JSON data with every string (keys too) passed through ``text``."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(str(key)): self.data(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.data(item) for item in value]
        return value


def mask_keys(value: Any) -> Any:
    """Return JSON data with the value of every sensitive key replaced, at any depth (seed 000: ``mask_sensitive``)."""
    if isinstance(value, dict):
        return {
            key: MASK if any(word in str(key).lower() for word in SENSITIVE_KEYS) else mask_keys(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [mask_keys(item) for item in value]
    return value


# Most text holds none of these, and looking for plain words is many times faster than matching shapes. They are written
# out, since this runs over every string that is stored.
def _may_hold_token(text: str) -> bool:
    return (
        ":" in text
        or "xox" in text
        or "xapp-" in text
        or "swt_" in text
        or "gh" in text
        or "_pat_" in text
        or "glpat-" in text
        or "sk-" in text
        or "AIza" in text
        or "ya29." in text
        or "AKIA" in text
        or "ASIA" in text
        or "eyJ" in text
        or "-----" in text
    )


def _may_assign(folded: str) -> bool:
    return (
        "passw" in folded
        or "api" in folded
        or "secret" in folded
        or "token" in folded
        or "bearer" in folded
        or "credential" in folded
    )
