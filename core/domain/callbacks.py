"""Callbacks: which URLs may be called when a request has ended, what is sent there, and how it is signed."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection

from core.domain.approvals import ApprovalRequest
from core.domain.base import Domain
from core.domain.executions import Execution
from core.errors import CallbackNotAllowed

_PORT = r"(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
#: RFC 3986 without user information and fragments, for hosts by name or IPv4 address.
CALLBACK_PATTERN = (
    rf"^https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{{0,200}}[A-Za-z0-9])?{_PORT}(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?$"
)
#: What the database keeps.
LONGEST_CALLBACK = 2048

_PLAIN = re.compile(r"http://([A-Za-z0-9.-]+)")


def check_callback(url: str, plain_hosts: Collection[str]) -> None:
    """Do nothing if ``url`` (which matches the pattern) may be called.

    Raises:
        CallbackNotAllowed: it is not encrypted, and its host is none of ``plain_hosts``.
    """
    plain = _PLAIN.match(url)
    if plain is not None and plain[1].lower() not in plain_hosts:
        raise CallbackNotAllowed(host=plain[1])


#: Headers of a callback: what it is known by when it comes twice, when it was sent (seconds since 1970), and who by.
DELIVERY, TIMESTAMP, SIGNATURE = "Skillwarden-Delivery", "Skillwarden-Timestamp", "Skillwarden-Signature"


class Callback(Domain):
    """One delivery: what ended, and the id by which its receiver knows it again when it comes twice."""

    delivery_id: str
    url: str
    execution: Execution
    #: None for an execution that asked nobody.
    request: ApprovalRequest | None


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what stands in ``SIGNATURE``: HMAC-SHA256 over the timestamp and the body as it was sent."""
    return "v1=" + hmac.new(secret.encode(), f"v1:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
