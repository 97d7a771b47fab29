"""Where the database is: what the environment and the file say, by the precedence of the README."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from bot.config import Settings
from bot.database_forms import check_text, is_host, is_port, password_in, plain_url
from bot.integrations.secret_stores import Secrets
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.errors import InvalidSetting, Words

_PROVIDERS = ("sqlite", "mysql", "postgresql")


def database_url(
    environ: Mapping[str, str],
    home: Path,
    configured: str | None,
    *,
    demo: bool,
    password: Callable[[], str | None] = lambda: None,
) -> str:
    """Return the URL of the database: the environment goes before ``configured``, and that before the home.

    Highest first: DATABASE_URL, DB_PROVIDER, RDS_*, SQLITE_DB_PATH. A demo has its own database and asks nobody.
    A path that is relative begins at the home. ``password`` is asked for that of ``configured``.

    Raises:
        InvalidSetting: what is said names no database.
    """
    default = _file_url(str(home / "skillwarden.db"))
    if demo:
        return default
    if url := environ.get("DATABASE_URL"):
        try:
            return _at_home(plain_url(url), home)
        except ValueError as error:
            raise InvalidSetting(setting="DATABASE_URL", problem=error.args[0]) from error
    provider = environ.get("DB_PROVIDER", "").lower()
    if provider not in {"", *_PROVIDERS}:
        raise InvalidSetting(setting="DB_PROVIDER", problem=Words("it must be sqlite, mysql or postgresql"))
    rds = any(name.startswith("RDS_") and value for name, value in environ.items())
    if provider in {"mysql", "postgresql"} or (rds and not provider):
        return _rds_url(environ, provider or "mysql")
    if path := environ.get("SQLITE_DB_PATH"):
        return _file_url(str(home / _text("SQLITE_DB_PATH", path)))
    if configured is None:
        return default
    return _with_password(_at_home(configured, home), password(), "[database] password")


def url_of(settings: Settings, home: Path, masker: Masker, *, demo: bool) -> str:
    """Return the URL of the database, whose password ``masker`` knows from then on.

    Raises:
        InvalidSetting, SecretNotFound: as for ``database_url`` and for the reference to the password.
    """
    ref, secrets = settings.database.password, Secrets(os.environ, masker)
    url = database_url(
        os.environ,
        home,
        settings.database.url,
        demo=demo,
        password=lambda: None if ref is None else secrets.get(SecretRef.parse(ref)),
    )
    masker.learn(password_in(url) or "")
    return url


def _rds_url(environ: Mapping[str, str], kind: str) -> str:
    """Return the URL that ``RDS_HOST``, ``RDS_PORT``, ``RDS_DATABASE``, ``RDS_USERNAME`` and ``RDS_PASSWORD`` spell."""
    missing = [name for name in ("RDS_HOST", "RDS_DATABASE", "RDS_USERNAME") if not environ.get(name)]
    if missing:
        raise InvalidSetting(
            setting=missing[0], problem=Words("a {kind} server is asked for, so it must be set", kind=kind)
        )
    host, port = environ["RDS_HOST"], environ.get("RDS_PORT", "")
    if not is_host(host):
        raise InvalidSetting(setting="RDS_HOST", problem=Words("it is no name and no address of a host"))
    if port and not is_port(port):
        raise InvalidSetting(setting="RDS_PORT", problem=Words("it must be a number from 1 to 65535"))
    user, database = (quote(_text(name, environ[name]), safe="") for name in ("RDS_USERNAME", "RDS_DATABASE"))
    where = f"[{host}]" if ":" in host else host
    url = f"{kind}://{user}@{where}{port and ':'}{port}/{database}"
    return _with_password(url, environ.get("RDS_PASSWORD"), "RDS_PASSWORD")


def _with_password(url: str, password: str | None, setting: str) -> str:
    if not password:
        return url
    scheme, _, rest = url.partition("://")
    user, _, place = rest.rpartition("@")
    return f"{scheme}://{user}:{quote(_text(setting, password), safe='')}@{place}"


def _text(setting: str, value: str) -> str:
    """Return ``value``, which ``setting`` has.

    Raises:
        InvalidSetting: it is no text.
    """
    try:
        check_text(value)
    except ValueError as error:
        raise InvalidSetting(setting=setting, problem=error.args[0]) from error
    return value


def _at_home(url: str, home: Path) -> str:
    """Return ``url``; the path of a file begins at ``home`` if it is relative."""
    place = url.removeprefix("sqlite:///")
    return url if place == url else _file_url(str(home / unquote(place)))


def _file_url(path: str) -> str:
    return f"sqlite:///{quote(path)}"
