"""Secrets: where references lead - the environment, a file, the system's keyring."""

from __future__ import annotations

import errno
import importlib
import logging
import os
import stat
from collections.abc import Mapping

from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.errors import SecretNotFound, Words

_LOG = logging.getLogger(__name__)

_LARGEST_FILE = 64 * 1024


class Secrets:
    """Implements core.ports.SecretStore; whatever is read is masked from then on."""

    def __init__(self, environ: Mapping[str, str], masker: Masker) -> None:
        """Read ``env:`` references from ``environ``, and teach ``masker`` every value."""
        self._environ = environ
        self._masker = masker

    def get(self, ref: SecretRef) -> str:
        try:
            value = self._read(ref)
        except _UnreadableError as reason:
            # People paste the secret itself where its name belongs, and many tokens could be names.
            raise SecretNotFound(reference=self._masker.text(str(ref)), reason=reason.args[0]) from None
        for part in (value, *value.splitlines()):  # a line of a key in PEM is most of the key
            if not part.startswith("-----") or part == value:
                self._masker.learn(part)
        return value

    def _read(self, ref: SecretRef) -> str:
        if ref.scheme == "env":
            value = self._environ.get(ref.name, "")
            missing = Words("the environment variable is not set")
        elif ref.scheme == "file":
            value = _content(ref.name)
            missing = Words("the first line of the file is empty")
        else:
            value = _from_keyring(ref.name)
            missing = Words("the keyring has no such entry")
        if not value:
            raise _UnreadableError(missing)
        return value


class _UnreadableError(Exception):
    """Why a reference leads nowhere; never the value."""


def _content(path: str) -> str:
    """Return the first line of a file, without its end; a PEM key is all of the file."""
    try:
        # Without O_NONBLOCK a named pipe would be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            info = os.fstat(descriptor)
            if not stat.S_ISREG(info.st_mode):
                raise _UnreadableError(Words("it is not a file"))
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        missing = error.errno in {errno.ENOENT, errno.ENOTDIR}
        raise _UnreadableError(
            Words("there is no such file") if missing else error.strerror or Words("it cannot be read")
        ) from None
    if len(content) > _LARGEST_FILE:
        raise _UnreadableError(Words("the file is over 64 KiB, so it is hardly a secret"))
    if info.st_mode & stat.S_IROTH:
        # Not refused: secrets that an orchestrator mounts are readable by everybody inside the container.
        _LOG.warning("everybody on this machine can read the secret file %s", path)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _UnreadableError(Words("the file is not UTF-8 text")) from None
    return text if text.startswith("-----BEGIN ") else text.partition("\n")[0].removesuffix("\r")


def _from_keyring(name: str) -> str:
    service, _, user = name.partition("/")
    try:
        keyring = importlib.import_module("keyring")
        errors = importlib.import_module("keyring.errors")
    except ModuleNotFoundError:
        raise _UnreadableError(Words('the Python package "keyring" is not installed')) from None
    try:
        return keyring.get_password(service, user) or ""
    except errors.KeyringError as error:
        raise _UnreadableError(Words("the keyring cannot be used ({name})", name=type(error).__name__)) from None
