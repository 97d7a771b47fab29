"""Masking: secrets never reach the store or a log - by key, by known value, by the shape of a token."""

from __future__ import annotations

import base64
import functools
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "***MASKED***"

# Seed 000: SENSITIVE_KEYS.
SENSITIVE_KEYS = ("password", "token", "api_key", "secret", "credential", "auth", "bearer")

# Shapes of credentials, each as its issuer documents it. One alternation, because it runs over everything stored.
_TOKEN = re.compile(
    r"""
      xox[a-eo-s]-[A-Za-z0-9%-]{10,}                             # Slack tokens, cookies included
    | xapp-[0-9]-[A-Za-z0-9-]{10,}                                # Slack app-level token
    | https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/]+  # Slack webhooks
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
    | \bGOCSPX-[A-Za-z0-9_-]{20,}                                 # Google OAuth client secret
    | \b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b                     # AWS access key id
    | (?<![\w-])eyJ[A-Za-z0-9_-]{8,}+\.eyJ[A-Za-z0-9_-]{8,}+\.[A-Za-z0-9_-]*  # JSON Web Token
    | -----BEGIN[A-Z ]*PRIVATE\ KEY(?:\ BLOCK)?-----              # PEM, to its end or else to the end of the text
        (?:.*?-----END[A-Z ]*PRIVATE\ KEY(?:\ BLOCK)?-----|.*)
    """,
    # In Korean a particle follows without a space: where a token ends, ASCII decides.
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# These run over whole documents: every repetition is bounded or cannot be split in two ways, so that time stays linear.
_URL_PASSWORD = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}://)[^\s/]+@", re.IGNORECASE)
# Over HTTP a token may stand where the user does.
_URL_USER = re.compile(r"(?P<scheme>\b(?!https?:)[a-z][a-z0-9+.-]{0,30}://)[^\s/:@]+@", re.IGNORECASE)
# A colon or a space may also be prose ("keeps secrets: passwords, keys"), so that what follows has to look the part.
_ASSIGNMENT = re.compile(
    r"""
    (?P<name>(?:password|passwd|비밀번호|패스워드|암호|api[_-]?key|secret|token(?!s)|bearer|credential)\w{0,60}(?:-(?:key|id|value))?)
    (?P<sep>
        \s*=\s*["']? | ["']\s*:\s*["']? | :["']?(?=\S)              # an assignment, JSON, a pair
      | :[ \t]+(?=\S*[0-9!@#$%^+=~] | \S+[ \t]*$)                   # prose or YAML: no plain word, or the last one
      | \s+(?=[\w+~=-]{0,40}[0-9])(?=[\w+~=-]{16})                  # a header
    )
    (?P<value>
        (?!(?:env|file|keyring):)                                   # a reference is no secret
        (?!(?:none|null|true|false|undefined)(?:[\s"',;&)\]}]|$))    # nor is nothing
        [^\s"',;&]{4,}
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)

# Most text holds none of these, and looking for plain words is many times faster than matching shapes.
_TOKEN_HINTS = (
    *("xox", "xapp-", ":", "swt_", "gh", "_pat_", "glpat-", "sk-", "AIza", "ya29.", "GOCSPX-", "eyJ"),
    *("AKIA", "ASIA", "ABIA", "ACCA"),
    "-----",
)
_NAME_HINTS = ("passw", "api", "secret", "token", "bearer", "credential", "비밀번호", "패스워드", "암호")

# How many texts up to which length are remembered with what became of them.
_REMEMBERED, _SHORT = 4096, 40

# A known value shorter than this would mask ordinary words.
_SHORTEST_KNOWN = 6


class Masker:
    """Replaces what must not be stored by ``***MASKED***``. Grows with every secret that was read."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """Start with ``known`` secret values."""
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        # Keys of JSON, names and ids come again and again.
        self._again = functools.lru_cache(maxsize=_REMEMBERED)(self._masked)
        for value in known:
            self.learn(value)

    def learn(self, value: str) -> None:
        """Mask ``value`` from now on, also as it stands in addresses, in JSON and in the headers of HTTP.

        Values under 6 characters are left alone, as they would hide ordinary words.
        """
        if len(value) >= _SHORTEST_KNOWN and value not in self._known | {MASK}:
            self._known |= {value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}
            self._known.add(base64.b64encode(value.encode(errors="replace")).decode().rstrip("="))
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))
            self._again.cache_clear()

    def text(self, text: str) -> str:
        """Return ``text`` without known secrets, tokens, passwords in URLs and values assigned to sensitive names."""
        return self._again(text) if len(text) <= _SHORT else self._masked(text)

    def _masked(self, text: str) -> str:
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        if any(map(text.__contains__, _TOKEN_HINTS)):
            text = _TOKEN.sub(MASK, text)
        if "://" in text:
            text = _URL_PASSWORD.sub(lambda match: f"{match['scheme']}{MASK}@", text)
        if any(map(text.casefold().__contains__, _NAME_HINTS)):
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


def shows_secret(text: str) -> bool:
    """Whether ``text`` holds what looks like a secret, whoever's it is; the user in ssh://git@host is none."""
    text = _URL_USER.sub(lambda match: match["scheme"], text)
    return Masker().text(text) != text


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
