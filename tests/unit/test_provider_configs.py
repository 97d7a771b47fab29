"""Configurations of providers: typed by mode, with places and references and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.provider_configs import (
    ClaudeApiConfig,
    FilesystemConfig,
    GitConfig,
    OpenAiApiConfig,
    ProviderConfig,
    provider_config,
)
from core.domain.secret_refs import SecretRef
from core.domain.targets import ProviderKind, ProviderMode
from core.errors import InvalidSecretRef, InvalidSetting, SecretExposed

CLAUDE, OPENAI, GEMINI = ProviderKind.CLAUDE, ProviderKind.OPENAI, ProviderKind.GEMINI
FILESYSTEM, GIT, API = ProviderMode.FILESYSTEM, ProviderMode.GIT, ProviderMode.API
KEY = "sk-ant-api03-" + "Ab3" * 12
REPOSITORY = {"repository": "https://github.com/acme/team.git"}


@pytest.mark.parametrize(
    ("kind", "mode", "config", "model"),
    [
        (CLAUDE, FILESYSTEM, {}, FilesystemConfig()),
        (GEMINI, FILESYSTEM, {"path": "~/team/skills"}, FilesystemConfig(path="~/team/skills")),
        (GEMINI, GIT, REPOSITORY, GitConfig(repository=REPOSITORY["repository"])),
        (
            CLAUDE,
            GIT,
            {**REPOSITORY, "branch": "main", "delivery": "merge", "credential": "env:TEAM_TOKEN"},
            GitConfig(
                repository=REPOSITORY["repository"],
                delivery="merge",
                credential=SecretRef(scheme="env", name="TEAM_TOKEN"),
            ),
        ),
        (
            CLAUDE,
            GIT,
            {"repository": "ssh://git@github.com/acme/team.git"},
            GitConfig(repository="ssh://git@github.com/acme/team.git"),
        ),
        (CLAUDE, API, {}, ClaudeApiConfig()),
        (
            OPENAI,
            API,
            {"base_url": "http://127.0.0.1:8000/v1/", "key": "file:/run/secrets/openai", "project": "proj_7"},
            OpenAiApiConfig(
                base_url="http://127.0.0.1:8000/v1",
                key=SecretRef(scheme="file", name="/run/secrets/openai"),
                project="proj_7",
            ),
        ),
    ],
)
def test_a_configuration_is_read_and_stored_alike(
    kind: ProviderKind, mode: ProviderMode, config: dict[str, Any], model: ProviderConfig
) -> None:
    """What is stored is read as the same again, and holds references as people write them."""
    assert provider_config(kind, mode, config) == model
    assert provider_config(kind, mode, model.stored()) == model


@pytest.mark.parametrize(
    ("kind", "mode", "config", "sentence"),
    [
        (CLAUDE, FILESYSTEM, {"path": "skills"}, "path cannot be used: it must be an absolute path"),
        (CLAUDE, FILESYSTEM, {"path": 7}, "path cannot be used: it must be text"),
        (CLAUDE, FILESYSTEM, {"folder": "/x"}, "folder cannot be used: there is no such key"),
        (CLAUDE, GIT, {}, "repository cannot be used: it is missing"),
        (CLAUDE, GIT, {"repository": "--upload-pack=evil"}, "the address of a git repository"),
        (CLAUDE, GIT, {"repository": "ext::sh -c evil"}, "the address of a git repository"),
        (CLAUDE, GIT, {"repository": "/srv/git/team.git"}, "the address of a git repository"),
        (CLAUDE, GIT, {**REPOSITORY, "delivery": "mail"}, "it must be one of 'push' or 'merge'"),
        (
            CLAUDE,
            GIT,
            {**REPOSITORY, "known_hosts": "known_hosts"},
            "known_hosts cannot be used: it must be an absolute path",
        ),
        (CLAUDE, GIT, {**REPOSITORY, "known_hosts": "/etc/known hosts"}, "without spaces"),
        (CLAUDE, GIT, {**REPOSITORY, "known_hosts": "/etc/%h"}, "without spaces"),
        (CLAUDE, GIT, {**REPOSITORY, "branch": "-f"}, "the name of a branch"),
        (CLAUDE, GIT, {**REPOSITORY, "folder": "../outside"}, "a folder inside the repository"),
        (CLAUDE, GIT, {**REPOSITORY, "folder": ".git/.."}, "a folder inside the repository"),
        (CLAUDE, GIT, {**REPOSITORY, "folder": "skills/.Git"}, "a folder inside the repository"),
        (CLAUDE, API, {"base_url": "api.anthropic.com"}, "the address of an API"),
        (CLAUDE, API, {"base_url": "http://api.example.com"}, "must begin with https://"),
        (CLAUDE, API, {"organization": "org-1"}, "organization cannot be used: there is no such key"),
        (OPENAI, API, {"project": "proj 7"}, "an id of letters"),
        (GEMINI, API, {}, "gemini, api cannot be used: it has no such mode"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    kind: ProviderKind, mode: ProviderMode, config: dict[str, Any], sentence: str
) -> None:
    """The sentence says which key, and what is wrong with it."""
    with pytest.raises(InvalidSetting) as caught:
        provider_config(kind, mode, config)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("mode", "config"),
    [
        (API, {"key": KEY}),
        (API, {"base_url": f"https://bot:{KEY}@api.anthropic.com"}),
        (GIT, {"repository": "https://bot:hunter2hunter2@github.com/acme/team.git"}),
        (GIT, {"repository": "https://hunter2hunter2@github.com/acme/team.git"}),
        (GIT, {"repository": "ssh://bot:hunter2hunter2@github.com/acme/team.git"}),
        (FILESYSTEM, {"path": f"/srv/{KEY}"}),
        (FILESYSTEM, {KEY: "x"}),
    ],
)
def test_a_secret_is_refused_and_not_repeated(mode: ProviderMode, config: dict[str, Any]) -> None:
    """Whoever typed it is told to revoke it; the error can be shown to anybody."""
    with pytest.raises(SecretExposed) as caught:
        provider_config(CLAUDE, mode, config)
    assert "revoke" in str(caught.value)
    assert KEY not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_what_is_no_reference_is_refused_and_not_repeated() -> None:
    """A key of a shape that nobody knows is one, too."""
    with pytest.raises(InvalidSecretRef) as caught:
        provider_config(CLAUDE, API, {"key": "correct-horse-battery"})
    assert "horse" not in str(caught.value)


def test_each_kind_has_its_own_folder_in_a_repository() -> None:
    """What only its client reads."""
    config = GitConfig(repository=REPOSITORY["repository"])
    assert [config.folder_for(kind) for kind in (CLAUDE, OPENAI, GEMINI)] == [
        ".claude/skills",
        ".agents/skills",
        ".gemini/skills",
    ]
    assert config.evolve(folder="skills").folder_for(CLAUDE) == "skills"
