"""Ed25519 keys: what leaves this installation is signed with one, and anybody can check it with the public half."""

from __future__ import annotations

import base64
import binascii
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from core.domain.base import sha256_hex
from core.domain.secret_refs import SecretRef
from core.errors import InvalidSetting, Words
from core.ports import SecretStore

# RFC 8032, section 5.1: both halves of a key are 32 bytes.
_KEY_BYTES = 32


class Ed25519Verifier:
    """The port ``Verifier``."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        """Check with ``key``."""
        self._key = key
        self.fingerprint = sha256_hex(key.public_bytes_raw())

    @classmethod
    def load(cls, text: str, *, setting: str) -> Ed25519Verifier:
        """Read a public key: PEM, or its 32 bytes in base64. ``setting`` is where it came from.

        Raises:
            InvalidSetting: it is neither.
        """
        try:
            key = (
                load_pem_public_key(text.encode()) if _is_pem(text) else Ed25519PublicKey.from_public_bytes(_raw(text))
            )
        except (ValueError, UnsupportedAlgorithm) as error:
            raise _refused(setting, "public") from error
        if not isinstance(key, Ed25519PublicKey):
            raise _refused(setting, "public")
        return cls(key)

    @property
    def pem(self) -> bytes:
        """The key as others can keep it."""
        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def verifies(self, purpose: str, message: bytes, signature: str) -> bool:
        try:
            self._key.verify(_bytes_of(signature), _purposeful(purpose, message))
        except (InvalidSignature, ValueError):
            return False
        return True


class Ed25519Signer:
    """The port ``Signer``."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        """Sign with ``key``."""
        self._key = key
        self.verifier = Ed25519Verifier(key.public_key())
        self.fingerprint = self.verifier.fingerprint
        self.public_key = key.public_key().public_bytes_raw().hex()

    @classmethod
    def load(cls, text: str, *, setting: str) -> Ed25519Signer:
        """Read a private key: PEM without a password, or its 32 bytes in base64. ``setting`` is where it came from.

        Raises:
            InvalidSetting: it is neither; nothing of it is repeated.
        """
        try:
            key = (
                load_pem_private_key(text.encode(), password=None)
                if _is_pem(text)
                else Ed25519PrivateKey.from_private_bytes(_raw(text))
            )
        except (ValueError, TypeError, UnsupportedAlgorithm):  # TypeError: it wants a password
            raise _refused(setting, "private") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise _refused(setting, "private")
        return cls(key)

    def sign(self, purpose: str, message: bytes) -> str:
        return base64.b64encode(self._key.sign(_purposeful(purpose, message))).decode()


def configured_signer(reference: str | None, secrets: SecretStore) -> Ed25519Signer | None:
    """Return the key that ``[audit] signing_key`` refers to; None where there is no reference.

    Raises:
        SecretNotFound, InvalidSetting: it leads nowhere, or to something else.
    """
    if reference is None:
        return None
    return Ed25519Signer.load(secrets.get(SecretRef.parse(reference)), setting="[audit] signing_key")


def _purposeful(purpose: str, message: bytes) -> bytes:
    """Return what is signed: a signature under one kind of document never fits another kind."""
    return b"skillwarden " + purpose.encode() + b"\n" + message


def _is_pem(text: str) -> bool:
    return text.lstrip().startswith("-----BEGIN ")


def _raw(text: str) -> bytes:
    key = _bytes_of(text.strip())
    if len(key) != _KEY_BYTES:
        raise ValueError("not the length of a key")
    return key


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _refused(setting: str, half: Literal["private", "public"]) -> InvalidSetting:
    problems = {
        "private": Words("it is no private Ed25519 key; give it as PEM without a password, or its 32 bytes in base64"),
        "public": Words("it is no public Ed25519 key; give it as PEM, or its 32 bytes in base64"),
    }
    return InvalidSetting(setting=setting, problem=problems[half])
