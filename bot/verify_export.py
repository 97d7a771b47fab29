"""``python -m bot.verify_export FILE``: verifies an export of the record offline, without a database.

It needs Python and this file, and beside it ``core/domain/audit``, which is nothing but the standard library too. For
the signatures of checkpoints it needs the package ``cryptography``; without it they are not looked at, and it says so.
"""

from __future__ import annotations

import argparse
import gc
import sys
from base64 import b64decode
from pathlib import Path

from core.domain.audit.checking import Checked, Checker, Finding, SignatureCheck
from core.domain.audit.hashing import UNMASKED
from core.domain.audit.reading import anchors_in, check_export

# sysexits.h: EX_DATAERR, EX_NOINPUT.
BROKEN, UNREADABLE = 65, 66


def main() -> int:
    """Check the export that is named and return the exit code: 0 when everything fits."""
    parser = argparse.ArgumentParser(prog="python -m bot.verify_export", description="Verify an export of the record.")
    parser.add_argument("file", type=Path, help="what skillwarden audit export has written")
    parser.add_argument("--anchor", action="append", default=[], help="a file of checkpoints, or the hash of one")
    parser.add_argument("--key", action="append", default=[], help="public key that checkpoints have to be signed with")
    options = parser.parse_args()
    collect_rarely()
    try:
        anchors = {hash_: name for given in options.anchor for hash_, name in anchors_of(given).items()}
        is_signed = signature_check(is_needed=bool(options.key))
        checker = Checker(
            _print, _print, anchors=anchors, keys=options.key, is_signed=is_signed, hidden=UNMASKED, is_sealed=True
        )
        with options.file.open("rb") as lines:
            checked = check_export(lines, checker)
    except OSError as error:
        file, why = error.filename or options.file, error.strerror or type(error).__name__
        sys.stderr.write(f"{file} cannot be read: {why}. Name a file that is there and that you may read.\n")
        return UNREADABLE
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    sys.stdout.write(f"{summary(checked)}\n")
    return BROKEN if checked.findings else 0


def collect_rarely() -> None:
    """Look for garbage in cycles less often: a record has none, and makes a fifth of the work of it."""
    gc.set_threshold(100_000, 20, 20)


def summary(checked: Checked) -> str:
    """Return in one line what was read and what was found."""
    verdict = f"{checked.findings} findings" if checked.findings else "everything fits"
    left = f", {checked.unsealed} events under no checkpoint yet" if checked.unsealed else ""
    return (
        f"{checked.events} events of {checked.executions} executions, {checked.checkpoints} checkpoints, "
        f"{checked.redacted} redacted fields, {checked.retired} executions let go{left}: {verdict}. "
        f"Last checkpoint: {checked.last_checkpoint or 'none'}"
    )


def _print(finding: Finding) -> None:
    sys.stdout.write(f"{finding}\n")


def anchors_of(given: str) -> dict[str, str]:
    """Return the checkpoints that ``given`` means, a file of them or the hash of one, with what to call each.

    Raises:
        OSError, ValueError: it means none.
    """
    path = Path(given)
    try:
        return anchors_in(path.read_text() if path.exists() else given, given)
    except ValueError as error:
        raise ValueError(f"{given} is neither a file of checkpoints nor the hash of one") from error


def signature_check(*, is_needed: bool) -> SignatureCheck | None:
    """Return what looks at signatures; None without the package for it.

    Raises:
        ValueError: there is none, and it ``is_needed``.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        if is_needed:
            raise ValueError("signatures need the Python package cryptography") from None
        sys.stdout.write("The package cryptography is not installed: signatures are not looked at.\n")
        return None

    def is_signed(key: str, signature: str, content: bytes) -> bool:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(b64decode(signature, validate=True), content)
        except (InvalidSignature, ValueError):
            return False
        return True

    return is_signed


if __name__ == "__main__":
    sys.exit(main())
