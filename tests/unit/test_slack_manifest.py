"""The manifest: what is asked of a workspace's admin, and nothing beyond it."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import pytest
import yaml

from bot.channels.slack.manifest import EVENTS, GROUPS_SCOPE, SCOPES, manifest, scopes
from bot.locale.translator import Catalogues
from tests.platforms.slack import EVENTS as FAKE_EVENTS
from tests.platforms.slack import SCOPES as FAKE_SCOPES


def _manifest(mode: Literal["socket", "http"]) -> dict[str, Any]:
    return manifest("Skillwarden", mode, "https://bot.example/")


def test_scopes_are_the_least() -> None:
    """Every scope has its reason, and none reads what is said in channels."""
    assert set(SCOPES) == FAKE_SCOPES
    assert set(EVENTS) == FAKE_EVENTS
    assert not any(scope.startswith(("channels:", "groups:", "mpim:", "files:")) for scope in SCOPES)
    assert all(SCOPES.values())
    assert _manifest("socket")["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)


def test_socket_mode_names_no_address() -> None:
    """Nothing has to be reachable; interactivity is switched on all the same, or buttons do nothing."""
    made = manifest("Skillwarden", "socket")
    assert "https://" not in yaml.safe_dump(made)
    settings: Any = made["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}


def test_http_mode_names_one_address() -> None:
    """Events, buttons and the command all come to the same path."""
    made = _manifest("http")
    url = "https://bot.example/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["features"]["slash_commands"][0]["url"] == url


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_it_can_be_printed_and_pasted(mode: Literal["socket", "http"]) -> None:
    """YAML keeps every value, and Slack's limits of the names hold."""
    made = manifest("A very long name for a bot that installs skills", mode, "https://bot.example")
    assert yaml.safe_load(yaml.safe_dump(made)) == made
    information: Any = made["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140


def test_user_groups_are_asked_for_only_where_a_rule_names_one() -> None:
    """No scope is asked for that nothing needs."""
    plain, with_groups = (manifest("Bot", "socket", user_groups=groups) for groups in (False, True))
    assert GROUPS_SCOPE not in str(plain)
    assert GROUPS_SCOPE in str(with_groups)
    assert scopes(user_groups=True).keys() - scopes(user_groups=False).keys() == {GROUPS_SCOPE}


def test_its_words_are_those_of_the_workspace() -> None:
    """Slack shows one description to everybody; it is in the language of the installation."""
    made: Any = manifest("Bot", "socket", say=partial(Catalogues().say, "ko"))
    assert made["display_information"]["description"] == "승인을 받아 Agent Skill을 설치해요"
    assert made["features"]["slash_commands"][0]["description"] == "스킬 설치, 업데이트, 검색"
