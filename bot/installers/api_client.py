"""What the clients of providers' APIs have in common: how they are loaded, and what their errors are to us."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from core.domain.secret_refs import SecretRef
from core.errors import (
    ExtraMissing,
    ProviderBusy,
    ProviderConflict,
    ProviderFailed,
    ProviderForbids,
    ProviderKeyRefused,
    ProviderLacks,
    ProviderRefused,
    ProviderSilent,
    ProviderTimeout,
    ProviderTooLarge,
    SkillwardenError,
)

T = TypeVar("T")

#: After one of these nobody knows whether the provider has acted: it has to be looked at.
UNCERTAIN = (ProviderFailed, ProviderSilent, ProviderTimeout)

# Seconds to wait where the provider names none.
_WAIT = 60
_LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class ApiDoor:
    """How a provider's API is entered: ``key`` reads the key, ``mask`` hides secrets, a call takes ``seconds``."""

    provider: str
    reference: SecretRef
    key: Callable[[], str]
    mask: Callable[[str], str]
    seconds: float

    def sdk(self, name: str, extra: str) -> Any:
        """Return the provider's own client, a module.

        Raises:
            ExtraMissing: it is not installed.
        """
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            raise ExtraMissing(provider=self.provider, extra=extra) from error


@cache
def _certificates() -> Any:
    """Return what secures connections: reading it takes longer than a request."""
    return importlib.import_module("httpx2").create_ssl_context()


def http_client(sdk: Any) -> Any:
    """Return what ``sdk`` calls through; it follows no redirect, which would take the key elsewhere."""
    return sdk.DefaultAsyncHttpxClient(follow_redirects=False, verify=_certificates())


@dataclass(frozen=True)
class Asking:
    """Awaits calls of an SDK about a skill, and turns its errors into ours: both SDKs name and build theirs alike."""

    door: ApiDoor
    sdk: Any
    skill: str

    async def __call__(self, call: Awaitable[T]) -> T:
        """Return what ``call`` gives.

        Raises:
            SkillwardenError: what came instead.
        """
        try:
            return await call
        except self.sdk.APIError as error:
            # What an SDK's error holds (headers, the request) stays behind.
            raise self._as_ours(error) from None

    def _as_ours(self, error: Any) -> SkillwardenError:
        provider, sdk = self.door.provider, self.sdk
        if isinstance(error, sdk.APITimeoutError):
            return ProviderTimeout(provider=provider, limit=f"{self.door.seconds:g}")
        if isinstance(error, sdk.APIConnectionError):
            cause = error.__cause__ or error
            return ProviderSilent(provider=provider, reason=self._said(str(cause)) or type(cause).__name__)
        if not isinstance(error, sdk.APIStatusError):
            return ProviderFailed(provider=provider, status="?", reason=type(error).__name__)
        return self._of_status(error)

    def _of_status(self, error: Any) -> SkillwardenError:
        provider, status, reason = self.door.provider, int(error.status_code), self._reason(error)
        if status >= 500 or status == 408:  # noqa: PLR2004 - RFC 9110: server errors, and its time limit
            return ProviderFailed(provider=provider, status=status, reason=reason)
        match status:
            case 401:
                return ProviderKeyRefused(provider=provider, reference=self.door.reference)
            case 403:
                return ProviderForbids(provider=provider, reason=reason)
            case 404:
                return ProviderLacks(provider=provider, reason=reason)
            case 409:
                return ProviderConflict(provider=provider, reason=reason)
            case 413:
                return ProviderTooLarge(provider=provider, skill=self.skill, reason=reason)
            case 429:
                return ProviderBusy(provider=provider, seconds=_seconds(error.response.headers.get("retry-after")))
        return ProviderRefused(provider=provider, reason=reason)

    def _reason(self, error: Any) -> str:
        """Return what the provider says, or else its status."""
        body = error.body
        if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
            body = body["error"]
        message = body.get("message") if isinstance(body, Mapping) else None
        return self._said(message) if isinstance(message, str) and message.strip() else f"HTTP {error.status_code}"

    def _said(self, text: str) -> str:
        line = " ".join(self.door.mask(text).split())
        return line if len(line) <= _LONGEST_REASON else f"{line[: _LONGEST_REASON - 3]}..."


def _seconds(header: str | None) -> int:
    return int(header) if header and header.isdecimal() else _WAIT
