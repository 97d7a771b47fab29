"""URLs of databases that are mistyped: a sentence names the setting and what is wrong, and never repeats the URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli_doctor import examine
from bot.config import load_settings
from bot.database_forms import password_in, plain_url
from bot.database_url import database_url
from bot.doctor.findings import Verdict
from bot.home import Home
from core.errors import ConfigError, InvalidSetting, StorageError, Words
from storage.backends import backend_of
from tests.clock import FakeClock

HOME = Path("/srv/home")
RDS = {"RDS_HOST": "db.example.com", "RDS_DATABASE": "skills", "RDS_USERNAME": "me"}
PORT = "its port is no number from 1 to 65535"
ESCAPED = "characters such as @ : / ? # [ ] in a user, a password or a name have to be percent-encoded"
IPV6 = "an IPv6 address has to stand in brackets"
HOST_NAME = "its host is no name and no address"
NO_TEXT = "it has a control character, or a byte that is not UTF-8"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("postgresql://postgres@127.0.0.1:abc/x", PORT),
        ("postgresql://postgres@127.0.0.1:99999/x", PORT),
        ("postgresql://postgres@127.0.0.1:0/x", PORT),
        ("postgresql://postgres@127.0.0.1:/x", PORT),
        ("postgresql://postgres@127.0.0.1:٣/x", PORT),
        ("postgresql://127.0.0.1:hunter22/x", PORT),
        ("postgresql://u:s3cr@et:hunter22@127.0.0.1/db", ESCAPED),
        ("postgresql://u:p@hunter22@127.0.0.1/db", ESCAPED),
        ("postgresql://u:p/hunter22@127.0.0.1/db", ESCAPED),
        ("postgresql://u:p/hunter22@127.0.0.1", ESCAPED),
        ("postgresql://u:p?hunter22@127.0.0.1/db", ESCAPED),
        ("mysql://u:p#hunter22@127.0.0.1/db", ESCAPED),
        ("mysql://u:p[hunter22@127.0.0.1/db", ESCAPED),
        ("postgresql://postgres:hunter22@[::1/db", IPV6),
        ("postgresql://postgres:hunter22@::1/db", IPV6),
        ("postgresql://postgres:hunter22@fe80::1/db", IPV6),
        ("postgresql://postgres:hunter22@[::nonsense]/db", HOST_NAME),
        ("postgresql://postgres:hunter22@db..example/db", HOST_NAME),
        (f"postgresql://postgres:hunter22@{'a' * 64}/db", HOST_NAME),
        ("postgresql://postgres@127.0.0.1/x\udcff", NO_TEXT),
        ("postgresql://post%00gres:hunter22@127.0.0.1/x", NO_TEXT),
        ("postgresql://postgres:hunter22@127.0.0.1/x\n", NO_TEXT),
        ("sqlite:////srv/\udcff.db", NO_TEXT),
        ("sqlite:////srv/%00.db", NO_TEXT),
        ("sqlite:////srv/x.db?mode=ro", "a SQLite URL takes no options; a ? in a path is written %3F"),
        ("sqlite:///:memory:", "write sqlite:///path/to/file.db"),
    ],
)
def test_what_is_wrong_with_a_url_is_said(url: str, problem: str) -> None:
    """The sentence is ours, so that it is translated too, and what may be part of a password is not in it."""
    with pytest.raises(InvalidSetting) as caught:
        database_url({"DATABASE_URL": url}, HOME, None, demo=False)
    assert f"DATABASE_URL cannot be used: {problem}" in str(caught.value)
    assert "hunter22" not in str(caught.value)
    assert isinstance(caught.value.params["problem"], Words)


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgresql://me@db/x", None),
        ("postgresql://db/x", None),
        ("postgresql://me:a%40b%3A%2F@db:5432/x?ssl=require", "a@b:/"),
        ("mysql://me:a:b@db/x", "a:b"),
        ("mysql://me:pass℀word@[::1]:3306/x", "pass℀word"),
        ("sqlite:////srv/a@b:c.db", None),
    ],
)
def test_what_can_be_used_is_left_as_it_is(url: str, password: str | None) -> None:
    """Nothing that a server can be reached with is refused."""
    assert plain_url(url) == url
    assert password_in(url) == password


@pytest.mark.parametrize(
    ("variables", "setting", "problem"),
    [
        ({"RDS_PORT": "99999"}, "RDS_PORT", "it must be a number from 1 to 65535"),
        ({"RDS_PORT": "0"}, "RDS_PORT", "it must be a number from 1 to 65535"),
        ({"RDS_PORT": "x"}, "RDS_PORT", "it must be a number from 1 to 65535"),
        ({"RDS_HOST": "db..example"}, "RDS_HOST", "it is no name and no address of a host"),
        ({"RDS_HOST": "db.example.com:5432"}, "RDS_HOST", "it is no name and no address of a host"),
        ({"RDS_HOST": "me@db/x"}, "RDS_HOST", "it is no name and no address of a host"),
        ({"RDS_DATABASE": "x\udcff"}, "RDS_DATABASE", NO_TEXT),
        ({"RDS_USERNAME": "x\udcff"}, "RDS_USERNAME", NO_TEXT),
        ({"RDS_PASSWORD": "x\udcff"}, "RDS_PASSWORD", NO_TEXT),
        (
            {"RDS_HOST": "", "RDS_DATABASE": "", "DB_PROVIDER": "sqlite", "SQLITE_DB_PATH": "\udcff"},
            "SQLITE_DB_PATH",
            NO_TEXT,
        ),
    ],
)
def test_what_is_wrong_with_a_variable_is_said(variables: dict[str, str], setting: str, problem: str) -> None:
    """Each part that the environment spells is checked under its own name."""
    with pytest.raises(InvalidSetting) as caught:
        database_url(RDS | variables, HOME, None, demo=False)
    assert str(caught.value) == f"{setting} cannot be used: {problem}."


def test_any_name_of_a_database_is_quoted() -> None:
    """What means something in a URL is part of the name."""
    url = database_url(RDS | {"RDS_DATABASE": "a/b?c"}, HOME, None, demo=False)
    assert backend_of(url).url.database == "a/b?c"


@pytest.mark.parametrize(
    ("environ", "configured"),
    [
        ({"DATABASE_URL": "sqlite:///data/a%20b.db"}, None),
        ({"SQLITE_DB_PATH": "data/a b.db"}, None),
        ({}, "sqlite:///data/a%20b.db"),
    ],
)
def test_a_relative_path_begins_at_the_home(environ: dict[str, str], configured: str | None) -> None:
    """Wherever a command is started, it finds the same file."""
    url = database_url(environ, HOME, configured, demo=False)
    assert backend_of(url).where == "/srv/home/data/a b.db"


def test_the_file_names_its_line(tmp_path: Path) -> None:
    """The same sentences stand behind the line and the key of config.toml."""
    (tmp_path / "config.toml").write_text('[database]\nurl = "postgresql://postgres@127.0.0.1:abc/x"\n')
    with pytest.raises(ConfigError, match=f"line 2: database.url - {PORT}"):
        load_settings(tmp_path)


@pytest.mark.parametrize("url", ["postgresql://u:s3cr@et:hunter22@127.0.0.1/db", "mysql://me:hunter22@db:x/y"])
def test_storage_refuses_such_a_url_too(url: str) -> None:
    """Whoever opens a database without asking the settings gets a StorageError, without the URL."""
    with pytest.raises(StorageError, match="its URL cannot be read") as caught:
        backend_of(url)
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mysql://me@db/x?ssl=true", "the option ssl, which is not known; known are charset, ssl_ca,"),
        ("mysql://me@db/x?connect_timeout=x", "the option connect_timeout, which is not known"),
        ("mysql://me@db/x?ssl_check_hostname=perhaps", "for the option ssl_check_hostname a value that"),
        ("postgresql://me@db/x?colour=red", "the option colour, which is not known; known are ssl, sslmode"),
        (
            "postgresql://me@db/x?sslmode=bogus",
            "the option sslmode a value that is not known; known are allow,",
        ),
        ("postgresql://me@db/x?ssl=allow&ssl=require", "for the option ssl a value that is not known"),
    ],
)
async def test_options_of_a_url_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, problem: str
) -> None:
    """An option that no driver takes is named, with those that are known; the doctor does not call it a bug."""
    with pytest.raises(StorageError) as caught:
        backend_of(url)
    assert problem in str(caught.value)
    monkeypatch.setenv("DATABASE_URL", url)
    found = await examine(Home(tmp_path), None, demo=False, clock=FakeClock())
    (finding,) = (finding for finding in found if finding.check == "configuration")
    assert finding.verdict is Verdict.PROBLEM
    assert problem in finding.found
    assert "bug" not in finding.advice
