"""Settings: what may stand in config.toml, and what is said when something else does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.config import LimitSettings, Settings, load_settings
from bot.database_forms import password_in
from bot.database_url import database_url
from bot.integrations.git_tree import DEFAULT_LIMITS
from bot.locale.translator import Catalogues
from core.errors import ConfigError, InvalidSetting

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
HOME = Path("/srv/home")
RDS = {
    "RDS_HOST": "db.example.com",
    "RDS_DATABASE": "skills",
    "RDS_USERNAME": "me",
    "RDS_PASSWORD": "a/@b",
}
DEFAULT = "sqlite:////srv/home/skillwarden.db"
# Made up here.
LEAKED = "xoxb-" + "1" * 12 + "-" + "a" * 24


def _write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_has_to_be_configured(tmp_path: Path) -> None:
    """Without a file in the home everything is as by default."""
    assert load_settings(tmp_path) == Settings()


def test_the_file_in_the_home_is_read(tmp_path: Path) -> None:
    """What it says replaces the default, what it leaves out does not."""
    hosts = '["GIT.example.com:8443", "GitHub.com/Acme", "github.com/acme/skills.git"]'
    _write(tmp_path, f"[sources]\nallowed_hosts = {hosts}\n[limits]\nfiles = 7\n")
    settings = load_settings(tmp_path)
    assert settings.sources.allowed_hosts == ("git.example.com:8443", "github.com/Acme", "github.com/acme/skills")
    assert settings.limits == LimitSettings(files=7)
    assert settings.logging.level == "info"


def test_a_file_named_on_the_command_line_has_to_be_there(tmp_path: Path) -> None:
    """--config goes before the home; a missing file is an error, not a default."""
    _write(tmp_path, "broken")
    other = tmp_path / "other.toml"
    other.write_text('[logging]\nlevel = "debug"\n', encoding="utf-8")
    assert load_settings(tmp_path, other).logging.level == "debug"
    with pytest.raises(InvalidSetting, match=r"missing\.toml cannot be used: there is no such file"):
        load_settings(tmp_path, tmp_path / "missing.toml")
    with pytest.raises(InvalidSetting, match="Is a directory"):
        load_settings(tmp_path, tmp_path)


def test_the_environment_is_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that has the name of a section means something else."""
    monkeypatch.setenv("LIMITS", '{"files": 1}')
    monkeypatch.setenv("LOGGING", "loud")
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("[limits]\n\nfils = 3\n", 3, "limits.fils", 'the nearest is "files"'),
        ("[limits]\nzebra = 3\n", 2, "limits.zebra", "here can be: files, file_bytes, skill_bytes, repository_bytes"),
        ("# hello\n[sorces]\nx = 1\n", 2, "sorces", 'the nearest is "sources"'),
        ('[limits]\nfiles = 3\n[logging]\nfiles = 3\nlevel = "info"\n', 4, "logging.files", "here can be: level"),
        ('logging.level = "loud"\n', 1, "logging.level", "one of: 'debug', 'info', 'warning', 'error'"),
        ("\nsources = { allowed_hosts = 3 }\n", 2, "sources.allowed_hosts", "this must be a list"),
        ("limits = 3\n", 1, "limits", "this must be a table"),
        ('[limits]\nfiles = "many"\n', 2, "limits.files", "this must be a whole number"),
        ("[limits]\nfiles = 1.5\n", 2, "limits.files", "this must be a whole number"),
        ('[slack]\napproval_messages = "maybe"\n', 2, "slack.approval_messages", "this must be true or false"),
        ("[limits]\nfiles = 0\n", 2, "limits.files", "this must be 1 at least"),
        (
            '[sources]\nallowed_hosts = [\n "https://x.example/y",\n]\n',
            2,
            "sources.allowed_hosts",
            "bare name of a host",
        ),
        ('[sources]\nallowed_hosts = ["x.example/../y"]\n', 2, "sources.allowed_hosts", "bare name of a host"),
        ('[sources]\nallowed_hosts = ["x.example/"]\n', 2, "sources.allowed_hosts", "bare name of a host"),
        (
            '[sources]\n[[sources.credentials]]\nhost = "git.example"\ntoken = "env:X"\n',
            3,
            "sources.credentials.host",
            "git.example is not one of allowed_hosts",
        ),
        (
            2 * '[[sources.credentials]]\nhost = "GitHub.com"\ntoken = "env:X"\n',
            5,
            "sources.credentials.host",
            "github.com has a token already",
        ),
        (
            '[[sources.credentials]]\nhost = "github.com"\ntoken = "ghp_pass"\n',
            3,
            "sources.credentials.token",
            "never as its value",
        ),
        (f'[slack]\nbot_token = "{LEAKED}"\n', 2, "slack.bot_token", "keyring:service/name instead"),
        ('[[sources.credentials]]\nhost = "github.com"\n', 1, "sources.credentials.token", "this is missing"),
        ('[database]\nurl = "oracle://bot:pass@db/x"\n', 2, "database.url", "postgresql://user@host/database"),
        ("[limits]\nfiles = \n", 2, "TOML", "Invalid value"),
        ("[limits\n", 1, "TOML", "Expected"),
        ("[limits]\nfiles = 1\nfiles = 2\n", 3, "TOML", "Cannot overwrite a value"),
        ('[logging]\nlevel = "info', 2, "TOML", "Unterminated string"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: int, key: str, problem: str) -> None:
    """File, line and key come with what is wrong; an unknown key also with what it may have meant."""
    path = _write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path)
    assert caught.value.params["file"] == path
    assert (caught.value.params["line"], caught.value.params["key"]) == (line, key)
    assert problem in str(caught.value)
    assert not str(caught.value).endswith("..")
    assert "pass" not in str(caught.value).replace("password", "")
    assert LEAKED not in str(caught.value)
    assert caught.value.exit_code == 78
    if key != "TOML":  # what is wrong with the syntax the library says
        said = Catalogues().say_error("ko", caught.value)
        assert str(caught.value.params["problem"]) not in said


def test_a_file_that_is_no_text_is_named_by_line(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are found where they are."""
    (tmp_path / "config.toml").write_bytes(b"[limits]\n# caf\xe9\n")
    with pytest.raises(ConfigError, match="line 2: text - this is not UTF-8"):
        load_settings(tmp_path)


def test_the_example_explains_every_key_and_is_the_default(tmp_path: Path) -> None:
    """Read as it is, it changes nothing; every key of every section stands in it behind a comment."""
    assert load_settings(tmp_path, EXAMPLE).model_dump() == Settings().model_dump()
    text = EXAMPLE.read_text(encoding="utf-8")
    example = tomllib.loads(text.replace("# Example:\n# ", ""))
    expected = {name: set(section or ()) for name, section in Settings().model_dump().items()}
    assert {name: set(section) for name, section in example.items()} == expected
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("#"), line


def test_the_limits_are_those_of_the_source() -> None:
    """What is configured by default is what the git source does by default."""
    limits = {name: value for name, value in LimitSettings() if "minute" not in name}
    assert {name: getattr(DEFAULT_LIMITS, name) for name in limits} == limits


@pytest.mark.parametrize(
    ("environ", "configured", "url"),
    [
        ({}, None, DEFAULT),
        ({}, "sqlite:////var/x.db", "sqlite:////var/x.db"),
        ({"DATABASE_URL": "sqlite:////var/a.db"}, "sqlite:////var/x.db", "sqlite:////var/a.db"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///a.db", "DB_PROVIDER": "mysql"}, None, "sqlite:////srv/home/a.db"),
        ({"DATABASE_URL": "postgres://me:pass@db/x"}, None, "postgresql://me:pass@db/x"),
        ({"DATABASE_URL": "mysql+asyncmy://me@db:33/x?charset=utf8mb4"}, None, "mysql://me@db:33/x?charset=utf8mb4"),
        ({"DATABASE_URL": "", "DB_PROVIDER": "", "RDS_HOST": "", "SQLITE_DB_PATH": ""}, None, DEFAULT),
        ({"DB_PROVIDER": "sqlite", "RDS_HOST": "db"}, None, DEFAULT),
        ({"DB_PROVIDER": "SQLite", "SQLITE_DB_PATH": "/var/b.db"}, None, "sqlite:////var/b.db"),
        ({"SQLITE_DB_PATH": "/var/b.db"}, "sqlite:////var/x.db", "sqlite:////var/b.db"),
        ({**RDS, "SQLITE_DB_PATH": "/var/b.db"}, None, "mysql://me:a%2F%40b@db.example.com/skills"),
        ({**RDS, "RDS_PORT": "3307", "DB_PROVIDER": "mysql"}, None, "mysql://me:a%2F%40b@db.example.com:3307/skills"),
        ({**RDS, "DB_PROVIDER": "postgresql"}, None, "postgresql://me:a%2F%40b@db.example.com/skills"),
        ({**RDS, "RDS_HOST": "::1", "RDS_PASSWORD": ""}, None, "mysql://me@[::1]/skills"),
    ],
)
def test_the_environment_chooses_the_database(environ: dict[str, str], configured: str | None, url: str) -> None:
    """DATABASE_URL, DB_PROVIDER, RDS_*, SQLITE_DB_PATH, then the file, then the home; empty variables do not count."""
    assert database_url(environ, HOME, configured, demo=False) == url


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "oracle://me:pass@db/x"}, "DATABASE_URL cannot be used: write sqlite:///"),
        ({"DATABASE_URL": "postgresql://me:pass@db"}, "DATABASE_URL cannot be used"),
        ({"DB_PROVIDER": "oracle"}, "it must be sqlite, mysql or postgresql"),
        ({"DB_PROVIDER": "postgresql"}, "RDS_HOST cannot be used: a postgresql server is asked for"),
        ({"RDS_PASSWORD": "pass", "RDS_HOST": "db"}, "RDS_DATABASE cannot be used: a mysql server is asked for"),
        ({**RDS, "RDS_PORT": "x"}, "RDS_PORT cannot be used: it must be a number"),
    ],
)
def test_what_names_no_database_is_refused_in_a_sentence(environ: dict[str, str], problem: str) -> None:
    """The sentence names the variable and what to write, and never repeats a password."""
    with pytest.raises(InvalidSetting) as caught:
        database_url(environ, HOME, None, demo=False)
    assert problem in str(caught.value)
    assert "pass" not in str(caught.value)


def test_what_to_write_into_the_variable_is_said_in_the_language_of_the_sentence() -> None:
    """The forms of a URL are words of ours, whoever found that it has none of them."""
    with pytest.raises(InvalidSetting) as caught:
        database_url({"DATABASE_URL": "oracle://db/x"}, HOME, None, demo=False)
    assert Catalogues().say_error("ko", caught.value).endswith("mysql://user@host/database 중 하나로 적어 주세요.")


def test_the_password_of_the_file_is_a_reference(tmp_path: Path) -> None:
    """A password in the URL of the file is refused; the one that is referred to comes in, quoted."""
    _write(tmp_path, '[database]\nurl = "postgresql://me:hunter22@db/x"\n')
    with pytest.raises(ConfigError, match="the password does not belong here") as caught:
        load_settings(tmp_path)
    assert "hunter22" not in str(caught.value)
    _write(tmp_path, '[database]\nurl = "postgresql://me@db/x"\npassword = "env:PASSWORD"\n')
    assert load_settings(tmp_path).database.password == "env:PASSWORD"
    url = database_url({}, HOME, "postgresql://me@db/x", demo=False, password=lambda: "a/b c")
    assert url == "postgresql://me:a%2Fb%20c@db/x"
    assert password_in(url) == "a/b c"


def test_a_demo_asks_nobody() -> None:
    """Whatever is configured for real work, a demo keeps to its own home."""
    environ = {"DATABASE_URL": "postgresql://db/x", "DB_PROVIDER": "mysql", "RDS_HOST": "db"}
    assert database_url(environ, HOME, "sqlite:////var/x.db", demo=True) == DEFAULT


@pytest.mark.parametrize("name", ["a b", "a?b", "a%20b", "a#b", "한글"])
def test_a_home_may_have_any_name(name: str) -> None:
    """What means something in a URL is quoted, so that the database is where the home is."""
    home = Path("/srv") / name
    for url in (
        database_url({}, home, None, demo=True),
        database_url({"SQLITE_DB_PATH": str(home / "skillwarden.db")}, HOME, None, demo=False),
    ):
        assert make_url(url).database == str(home / "skillwarden.db")
