"""Addresses of team repositories."""

from __future__ import annotations

import pytest

from core.domain.git_addresses import parse_git_address


@pytest.mark.parametrize(
    ("text", "protocol", "label"),
    [
        ("https://github.com/acme/team.git", "https", "github.com/acme/team"),
        ("https://git.acme.example:8443/group/sub/team/", "https", "git.acme.example:8443/group/sub/team"),
        ("http://127.0.0.1:8000/acme/team.git", "http", "127.0.0.1:8000/acme/team"),
        ("ssh://git@git.acme.example:2222/acme/team.git", "ssh", "git.acme.example:2222/acme/team"),
        ("ssh://git.acme.example/~bot/team.git", "ssh", "git.acme.example/~bot/team"),
        ("git@github.com:acme/team.git", "ssh", "github.com/acme/team"),
        ("git@github.com:/srv/team.git", "ssh", "github.com/srv/team"),
    ],
)
def test_an_address_is_read(text: str, protocol: str, label: str) -> None:
    """Git is given what was written; people read host and repository."""
    address = parse_git_address(text)
    assert address is not None
    assert (address.url, address.protocol, address.label) == (text, protocol, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/srv/git/team.git",
        "file:///srv/git/team.git",
        "ext::sh -c evil",
        "--upload-pack=evil",
        "http://git.acme.example/acme/team.git",
        "https://bot:secret@github.com/acme/team.git",
        "https://bot@github.com/acme/team.git",
        "https://github.com",
        "https://github.com/",
        "https://github.com/acme/team.git?x=1",
        "https://github.com/acme/../team.git",
        "https://github.com/acme/..",
        "https://github.com/-oProxyCommand=evil",
        "ssh://-oProxyCommand=evil/acme/team.git",
        "ssh://git@host/a b",
        "-oProxyCommand=evil@host:x",
        "git@-oProxyCommand=evil:x",
        "git@host:acme/\nteam",
        "acme/team",
        "https://github.com/acme/té",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    """Folders, whose hooks would run here; options in disguise; credentials; what can be read on its way."""
    assert parse_git_address(text) is None
