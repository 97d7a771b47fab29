"""``skillwarden verify``: who approved the bytes in a folder, from receipts alone; no database is opened."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.config import load_settings
from bot.home import home_path
from bot.installers.skill_folder import read_folder
from bot.integrations.receipt_files import FOLDER, texts_in
from bot.integrations.secret_stores import Secrets
from bot.integrations.signing import Ed25519Verifier, configured_signer
from bot.verdict_words import in_words
from core.domain.masking import Masker
from core.domain.receipt_verdicts import Look, Standing, Verdict, judge
from core.domain.receipts import Doubt, ReadReceipt, list_files
from core.errors import InvalidSetting, Words
from core.ports import Verifier
from core.services.receipts import read_receipt

APPROVED, NOT_APPROVED, USAGE = 0, 1, 2


def verified(
    path: Path,
    *,
    home: Path | None,
    config: Path | None,
    receipts: Path | None,
    public_key: str | None,
    unsigned: bool,
    environ: Mapping[str, str] = os.environ,
) -> tuple[int, dict[str, Any]]:
    """Return the exit code and what was found out about the folder ``path``.

    Raises:
        InvalidSetting, ConfigError, SecretNotFound: something that was given cannot be used.
    """
    where = home_path(home, environ)
    folder = receipts or where / FOLDER
    verifier = _verifier(where, config, public_key, environ)
    found = _read(folder, verifier, unsigned=unsigned)
    look = _look(path)
    verdict = judge(look, found)
    if verdict.standing is Standing.UNKNOWN and not path.exists():
        raise InvalidSetting(
            setting=path, problem=Words("there is no such folder, and no receipt says that there ever was")
        )
    approved = verdict.standing == "approved"
    return (APPROVED if approved else NOT_APPROVED), _report(path, look, verdict, verifier, searched=folder)


def _verifier(home: Path, config: Path | None, public_key: str | None, environ: Mapping[str, str]) -> Verifier | None:
    """Return what checks signatures: the key that is named, or else the one that the settings sign with."""
    if public_key is not None:
        text = public_key
        if "-----" not in text and Path(text).is_file():
            text = _text_of(Path(text))
        return Ed25519Verifier.load(text, setting="--public-key")
    reference = load_settings(home, config).audit.signing_key
    signer = configured_signer(reference, Secrets(environ, Masker()))
    return signer.verifier if signer is not None else None


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting(setting=path, problem=Words("it cannot be read as text")) from error


def _read(folder: Path, verifier: Verifier | None, *, unsigned: bool) -> tuple[ReadReceipt, ...]:
    if not folder.is_dir():
        raise InvalidSetting(
            setting=folder, problem=Words("there is no such folder; name the receipts with --receipts")
        )
    try:
        found = [read_receipt(file, text, verifier) for file, text in texts_in(folder)]
    except OSError as error:
        raise InvalidSetting(setting=folder, problem=error.strerror or type(error).__name__) from error
    if unsigned:  # whoever asks takes them at their word; what is wrongly signed stays wrong
        found = [it.evolve(doubt=None) if it.doubt is Doubt.UNSIGNED else it for it in found]
    return tuple(found)


def _look(path: Path) -> Look:
    """Read the folder as the installers do.

    Raises:
        InvalidSetting: it is no folder, or cannot be read.
    """
    here = path.absolute()
    here = here.parent.resolve() / here.name
    try:
        bundle = read_folder(here)
    except FileNotFoundError:
        bundle = None
    except NotADirectoryError as error:
        raise InvalidSetting(
            setting=path, problem=Words("it is a file or a symbolic link; name the folder itself")
        ) from error
    except OSError as error:
        raise InvalidSetting(setting=path, problem=error.strerror or type(error).__name__) from error
    return Look(
        name=here.name,
        locations=tuple(dict.fromkeys(_ways_to_write(here) + _ways_to_write(path.absolute()))),
        digest=bundle.digest if bundle else None,
        files=list_files(bundle) if bundle else {},
    )


def _ways_to_write(path: Path) -> tuple[str, ...]:
    """Return how receipts name ``path`` on this machine: below the person's home folder they say ``~``."""
    own = Path.home()
    shown = f"~/{path.relative_to(own)}" if path.is_relative_to(own) else str(path)
    return (f"{socket.gethostname()}:{shown}",)


def _report(path: Path, look: Look, verdict: Verdict, verifier: Verifier | None, *, searched: Path) -> dict[str, Any]:
    """Return everything that was found out, as JSON data; ``sentences`` are for people."""
    return {
        "path": str(path),
        "digest": look.digest,
        **verdict.model_dump(mode="json"),
        "key": verifier.fingerprint if verifier else None,
        "sentences": in_words(verdict, searched=searched, has_key=verifier is not None),
    }
