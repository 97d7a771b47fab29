"""A strict, stateful stand-in for Slack: Web API, Socket Mode, signed HTTP, and people who use it."""

from tests.platforms.slack.delivery import Delivery, HttpTransport, NotDelivered
from tests.platforms.slack.driver import CannotError, Person
from tests.platforms.slack.fake import EVENTS, SCOPES, FakeSlack
from tests.platforms.slack.shown import notified
from tests.platforms.slack.socket_mode import Connection
from tests.platforms.slack.trouble import Budget, Fault, Odds
from tests.platforms.slack.world import Channel, Message, User, View

__all__ = [
    "EVENTS",
    "SCOPES",
    "Budget",
    "CannotError",
    "Channel",
    "Connection",
    "Delivery",
    "FakeSlack",
    "Fault",
    "HttpTransport",
    "Message",
    "NotDelivered",
    "Odds",
    "Person",
    "User",
    "View",
    "notified",
]
