"""Where references to secrets lead, what is said when they lead nowhere, and that no value is ever said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bot.integrations.secret_stores import Secrets
from core.domain.masking import MASK, Masker
from core.domain.secret_refs import SecretRef
from core.errors import SecretNotFound

VALUE = "correct-horse-battery"


@pytest.fixture
def masker() -> Masker:
    """Return a masker that knows nothing yet."""
    return Masker()


@pytest.fixture
def secrets(masker: Masker) -> Secrets:
    """Return the store over an environment of one variable."""
    return Secrets({"BOT_SECRET": VALUE, "EMPTY": ""}, masker)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """Install a keyring and return its content; an entry of the service "locked" cannot be read."""
    entries: dict[tuple[str, str], str] = {}

    class KeyringError(Exception):
        pass

    class LockedError(KeyringError):
        pass

    def get_password(service: str, user: str) -> str | None:
        if service == "locked":
            raise LockedError(VALUE)
        return entries.get((service, user))

    module, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    vars(module)["get_password"] = get_password
    vars(errors)["KeyringError"] = KeyringError
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return entries


def reason_of(secrets: Secrets, reference: str) -> str:
    """Return why ``reference`` leads nowhere."""
    with pytest.raises(SecretNotFound) as caught:
        secrets.get(SecretRef.parse(reference))
    assert VALUE not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value.params["reason"])


def test_an_environment_variable_is_read(secrets: Secrets) -> None:
    """The value comes from the environment that the store was given."""
    assert secrets.get(SecretRef.parse("env:BOT_SECRET")) == VALUE


@pytest.mark.parametrize("content", [VALUE, f"{VALUE}\n", f"{VALUE}\r\n", f"{VALUE}\nsecond line\n"])
def test_the_first_line_of_a_file_is_read(secrets: Secrets, tmp_path: Path, content: str) -> None:
    """Editors add a line end that is no part of the secret."""
    path = tmp_path / "secret"
    path.write_text(content, newline="")
    assert secrets.get(SecretRef.parse(f"file:{path}")) == VALUE


def test_a_key_in_pem_is_all_of_its_file(secrets: Secrets, masker: Masker, tmp_path: Path) -> None:
    """It has several lines by nature; each of them is a secret of its own."""
    lines = ["-----BEGIN PRIVATE KEY-----", "MC4CAQAwBQYDK2VwBCIEIEh5dG", "-----END PRIVATE KEY-----"]
    (tmp_path / "key.pem").write_text("\n".join(lines))
    assert secrets.get(SecretRef.parse(f"file:{tmp_path}/key.pem")).splitlines() == lines
    assert masker.text(f"key: {lines[1]}") == f"key: {MASK}"
    assert masker.text(lines[2]) == lines[2]


def test_spaces_belong_to_a_secret(secrets: Secrets, tmp_path: Path) -> None:
    """Only the line end is taken away."""
    (tmp_path / "secret").write_text("  pass phrase \n")
    assert secrets.get(SecretRef.parse(f"file:{tmp_path}/secret")) == "  pass phrase "


def test_a_keyring_entry_is_read(secrets: Secrets, keyring: dict[tuple[str, str], str]) -> None:
    """The first part names the service, everything after it the entry."""
    keyring["skillwarden", "slack/bot"] = VALUE
    assert secrets.get(SecretRef.parse("keyring:skillwarden/slack/bot")) == VALUE


@pytest.mark.parametrize("scheme", ["env", "file", "keyring"])
def test_whatever_is_read_is_masked_from_then_on(
    secrets: Secrets, masker: Masker, tmp_path: Path, keyring: dict[tuple[str, str], str], scheme: str
) -> None:
    """Logs and events written afterwards do not repeat it."""
    (tmp_path / "secret").write_text(VALUE)
    keyring["bot", "secret"] = VALUE
    assert masker.text(f"it is {VALUE}") == f"it is {VALUE}"
    references = {"env": "env:BOT_SECRET", "file": f"file:{tmp_path}/secret", "keyring": "keyring:bot/secret"}
    secrets.get(SecretRef.parse(references[scheme]))
    assert masker.text(f"it is {VALUE}") == f"it is {MASK}"


@pytest.mark.parametrize("name", ["MISSING", "EMPTY"])
def test_a_variable_that_is_not_set_is_said(secrets: Secrets, name: str) -> None:
    """An empty variable is as good as none."""
    assert reason_of(secrets, f"env:{name}") == "the environment variable is not set"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "there is no such file"),
        (b"", "the first line of the file is empty"),
        (b"\nsecond\n", "the first line of the file is empty"),
        (b"\xff" + VALUE.encode(), "the file is not UTF-8 text"),
        (VALUE.encode() + b"x" * 64 * 1024, "the file is over 64 KiB, so it is hardly a secret"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    secrets: Secrets, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    """The reason is enough to repair it, and holds nothing of what was read."""
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    assert reason_of(secrets, f"file:{tmp_path}/secret") == reason


def test_a_file_of_exactly_the_limit_is_read(secrets: Secrets, tmp_path: Path) -> None:
    """64 KiB is still a secret."""
    (tmp_path / "secret").write_text("x" * 64 * 1024)
    assert len(secrets.get(SecretRef.parse(f"file:{tmp_path}/secret"))) == 64 * 1024


def test_what_is_no_file_is_not_waited_for(secrets: Secrets, tmp_path: Path) -> None:
    """A named pipe would never answer, and a folder has no first line."""
    os.mkfifo(tmp_path / "pipe")
    assert reason_of(secrets, f"file:{tmp_path}/pipe") == "it is not a file"
    assert reason_of(secrets, f"file:{tmp_path}") in {"it is not a file", "Is a directory"}
    assert reason_of(secrets, f"file:{tmp_path}/pipe/x") == "there is no such file"


def test_a_file_without_permission_is_said(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's word for it is passed on."""

    def refuse(path: str, *_: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)
    assert reason_of(secrets, "file:/run/secrets/slack") == "Permission denied"


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, False), (0o644, True)])
def test_a_file_that_everybody_can_read_is_a_warning(
    secrets: Secrets, tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, warned: bool
) -> None:
    """It is read all the same, because that is how secrets are mounted into containers; the value is not logged."""
    path = tmp_path / "secret"
    path.write_text(VALUE)
    path.chmod(mode)
    assert secrets.get(SecretRef.parse(f"file:{path}")) == VALUE
    assert ("everybody on this machine can read" in caplog.text) is warned
    assert VALUE not in caplog.text


def test_a_missing_keyring_package_is_said(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is optional, and headless machines go without."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert reason_of(secrets, "keyring:bot/slack") == 'the Python package "keyring" is not installed'


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bot/missing", "the keyring has no such entry"),
        ("locked/slack", "the keyring cannot be used (LockedError)"),
    ],
)
@pytest.mark.usefixtures("keyring")
def test_what_is_wrong_with_a_keyring_is_said(secrets: Secrets, name: str, reason: str) -> None:
    """A backend's own message may hold anything, so only its kind is passed on."""
    assert reason_of(secrets, f"keyring:{name}") == reason


def test_a_secret_in_place_of_its_name_is_not_repeated(secrets: Secrets) -> None:
    """Who writes env: before the token itself is told so without the token."""
    with pytest.raises(SecretNotFound) as caught:
        secrets.get(SecretRef.parse("env:ghp_0123456789abcdef0123456789abcdef"))
    assert "ghp_" not in str(caught.value)
    assert MASK in str(caught.value)
