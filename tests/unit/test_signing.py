"""Keys and signatures: which keys can be read, and what a signature stands for."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.integrations.secret_stores import Secrets
from bot.integrations.signing import Ed25519Signer, Ed25519Verifier, configured_signer
from core.domain.base import sha256_hex
from core.domain.masking import Masker
from core.errors import InvalidSetting, SecretNotFound

SEED = bytes(range(32))
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC_PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
PUBLIC_RAW = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
ELLIPTIC = generate_private_key(SECP256R1())


@pytest.mark.parametrize("private", [PEM, base64.b64encode(SEED).decode(), base64.b64encode(SEED).decode() + "\n"])
@pytest.mark.parametrize("public", [PUBLIC_PEM, PUBLIC_RAW, f"{PUBLIC_RAW}\n"])
def test_either_half_is_read_in_either_form(private: str, public: str) -> None:
    """A key is the same key as PEM and as 32 bytes; the halves know each other by their fingerprint."""
    signer, verifier = Ed25519Signer.load(private, setting="key"), Ed25519Verifier.load(public, setting="key")
    assert signer.fingerprint == verifier.fingerprint == sha256_hex(KEY.public_key().public_bytes_raw())
    assert verifier.verifies("receipt", b"pdf", signer.sign("receipt", b"pdf"))


def test_a_signature_stands_for_one_message_of_one_kind() -> None:
    """Another message, another purpose, another key and what is no signature do not verify."""
    signer = Ed25519Signer.load(PEM, setting="key")
    signature = signer.sign("receipt", b"pdf")
    assert not signer.verifier.verifies("receipt", b"docx", signature)
    assert not signer.verifier.verifies("checkpoint", b"pdf", signature)
    assert not Ed25519Signer(Ed25519PrivateKey.generate()).verifier.verifies("receipt", b"pdf", signature)
    assert not signer.verifier.verifies("receipt", b"pdf", "")
    assert not signer.verifier.verifies("receipt", b"pdf", "no base64!")
    assert not signer.verifier.verifies("receipt", b"pdf", signature[:-8])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "correct-horse-battery",
        base64.b64encode(SEED[1:]).decode(),
        PUBLIC_PEM,
        PEM.replace("MC4", "MC5"),
        ELLIPTIC.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")).decode(),
    ],
)
def test_what_is_no_private_key_is_refused_and_not_repeated(text: str) -> None:
    """The sentence names the setting and says what would do."""
    with pytest.raises(
        InvalidSetting, match=r"^here cannot be used: it is no private Ed25519 key; give it as"
    ) as caught:
        Ed25519Signer.load(text, setting="here")
    assert caught.value.__cause__ is None
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PEM,
        "é",
        PUBLIC_RAW[4:],
        ELLIPTIC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    ],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    """The halves are never taken for each other."""
    with pytest.raises(InvalidSetting, match="it is no public Ed25519 key"):
        Ed25519Verifier.load(text, setting="here")


def test_the_configured_key_is_read_through_its_reference(tmp_path: Path) -> None:
    """Without a reference nothing is signed; one that leads nowhere is an error, never "not signed"."""
    (tmp_path / "key.pem").write_text(PEM)
    secrets = Secrets({}, Masker())
    signer = configured_signer(f"file:{tmp_path}/key.pem", secrets)
    assert signer is not None
    assert signer.fingerprint == Ed25519Signer.load(PEM, setting="key").fingerprint
    assert configured_signer(None, secrets) is None
    with pytest.raises(SecretNotFound):
        configured_signer(f"file:{tmp_path}/missing", secrets)
