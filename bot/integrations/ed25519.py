"""Ed25519 (RFC 8032): checkpoints are signed with the key that a reference leads to."""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import InvalidSetting

_KEY = re.compile("[0-9a-fA-F]{64}")


class Ed25519Signer:
    """The port ``Signer``.

    Raises:
        InvalidSetting: the key is none.
    """

    def __init__(self, key: str) -> None:
        """Sign with the private key whose 32 bytes ``key`` gives in hexadecimal digits."""
        if not _KEY.fullmatch(key):
            raise InvalidSetting(setting="[audit] signing_key", problem="the key must be 64 hexadecimal digits")
        self._key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))

    @property
    def key_id(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> str:
        return self._key.sign(content).hex()
