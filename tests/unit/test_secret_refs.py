"""References to secrets: three forms, nothing else, and never the value in an error."""

from __future__ import annotations

import pytest

from core.domain.secret_refs import SecretRef
from core.errors import InvalidSecretRef


@pytest.mark.parametrize(
    ("text", "scheme", "name"),
    [
        ("env:SLACK_BOT_TOKEN", "env", "SLACK_BOT_TOKEN"),
        ("env:_x1", "env", "_x1"),
        ("file:/run/secrets/slack", "file", "/run/secrets/slack"),
        ("file:/run/a folder:with colons", "file", "/run/a folder:with colons"),
        ("keyring:skillwarden/slack", "keyring", "skillwarden/slack"),
        ("keyring:skillwarden/bots/slack", "keyring", "skillwarden/bots/slack"),
    ],
)
def test_each_form_is_read_and_written_back(text: str, scheme: str, name: str) -> None:
    """``env:NAME``, ``file:/path`` and ``keyring:service/name`` are understood and shown as they were written."""
    ref = SecretRef.parse(text)
    assert (ref.scheme, ref.name) == (scheme, name)
    assert str(ref) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "env",
        "env:",
        "env:NOT A NAME",
        "env:1ST",
        "env:$HOME",
        "ENV:NAME",
        " env:NAME",
        "file:",
        "file:relative/path",
        "file:~/token",
        "keyring:",
        "keyring:service",
        "keyring:/name",
        "keyring:service/",
        "vault:secret/slack",
        "xoxb-0000000000-made-up",
        "https://user:hunter22@test.invalid",
        "hunter22",
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str) -> None:
    """What was written may be the secret itself: the sentence says what to write, and not what was written."""
    with pytest.raises(InvalidSecretRef) as caught:
        SecretRef.parse(text)
    assert str(caught.value) == str(InvalidSecretRef())
    assert caught.value.params == {}
