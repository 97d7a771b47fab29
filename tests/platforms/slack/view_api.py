"""Modals and the App Home: views.*, and the trigger ids that open them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.platforms.slack.arguments import Arguments, Method, SlackError
from tests.platforms.slack.blocks import Surface, check_view, named, view_too_large
from tests.platforms.slack.payloads import view_json
from tests.platforms.slack.schema import Json
from tests.platforms.slack.world import User, View, World

#: Seconds in which a trigger id can be used, once.
TRIGGER_LIVES = 3.0
#: Modals on top of each other.
MOST_VIEWS = 3


@dataclass
class _Trigger:
    user: User
    born: float
    used: bool = False


class ViewApi:
    """What the bot may open, and for whom."""

    def __init__(self, world: World) -> None:
        """Act in ``world``."""
        self.world = world
        self._triggers: dict[str, _Trigger] = {}

    def new_trigger(self, user: User) -> str:
        """Return a trigger id for something ``user`` has just done."""
        trigger_id = f"{self.world.new_id('')}.{self.world.new_id('')}.{self.world.new_id('f')}"
        self._triggers[trigger_id] = _Trigger(user, self.world.pace.now())
        return trigger_id

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        return {
            "views.open": Method(act=self.open, required={"trigger_id": "str", "view": "json"}),
            "views.push": Method(act=self.push, required={"trigger_id": "str", "view": "json"}),
            "views.update": Method(
                act=self.update,
                required={"view": "json"},
                optional={"view_id": "str", "external_id": "str", "hash": "str"},
            ),
            "views.publish": Method(
                act=self.publish, required={"user_id": "str", "view": "json"}, optional={"hash": "str"}
            ),
        }

    def open(self, arguments: Arguments) -> Json:
        """Do views.open."""
        content = self._content(arguments.get("view"), "modal")
        user = self._exchange(arguments.text("trigger_id"))
        if self.world.open_views(user):
            raise SlackError("push_limit_reached")
        return self._answer(self.show(user, content))

    def push(self, arguments: Arguments) -> Json:
        """Do views.push."""
        content = self._content(arguments.get("view"), "modal")
        return self._answer(self.put_on_top(self._exchange(arguments.text("trigger_id")), content))

    def put_on_top(self, user: User, content: Json) -> View:
        """Show a modal above those somebody has open.

        Raises:
            SlackError: there is none, or there are three.
        """
        below = self.world.open_views(user)
        if not below:
            raise SlackError("not_found")
        if len(below) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        view = self.show(user, content)
        view.root, view.previous = below[0].id, below[-1].id
        return view

    def update(self, arguments: Arguments) -> Json:
        """Do views.update."""
        content = self._content(arguments.get("view"), None)
        wanted, external = arguments.text("view_id"), arguments.text("external_id")
        everything = [*self.world.views.values(), *self.world.homes.values()]
        view = next(
            (
                one
                for one in everything
                if one.open and (one.id == wanted or one.content.get("external_id", "") == external != "")
            ),
            None,
        )
        if view is None or view.content["type"] != content["type"]:
            raise SlackError("not_found")
        self._check_hash(view, arguments)
        self.replace(view, content)
        return self._answer(view)

    def replace(self, view: View, content: Json) -> None:
        """Let an open view show something else."""
        view.content, view.hash = content, self.world.new_id("h")
        view.errors = {}
        self.world.changed()

    def publish(self, arguments: Arguments) -> Json:
        """Do views.publish."""
        content = self._content(arguments.get("view"), "home")
        user = self.world.users.get(arguments.text("user_id"))
        if user is None or user.is_bot:
            raise SlackError("invalid_arguments", "invalid `user_id` [json-pointer:/user_id]")
        home = self.world.homes.get(user.id)
        if home is None:
            home = View(id=self.world.new_id("V"), user=user, content=content, hash=self.world.new_id("h"))
            self.world.homes[user.id] = home
            self.world.changed()
        else:
            self._check_hash(home, arguments)
            self.replace(home, content)
        return self._answer(home)

    def content_of(self, content: Json) -> Json:
        """Return a modal as Slack keeps it.

        Raises:
            SlackError: its shape is wrong, it is too large, or its external id is in use.
        """
        return self._content(content, "modal")

    def show(self, user: User, content: Json) -> View:
        """Show somebody a modal."""
        external = content.get("external_id")
        if external and any(
            one.open and one.content.get("external_id") == external for one in self.world.views.values()
        ):
            raise SlackError("duplicate_external_id")
        view = View(id=self.world.new_id("V"), user=user, content=content, hash=self.world.new_id("h"))
        self.world.views[view.id] = view
        self.world.changed()
        return view

    def _content(self, content: Any, surface: Surface | None) -> Json:
        chosen: Surface = surface or (
            "home" if isinstance(content, dict) and content.get("type") == "home" else "modal"
        )
        if found := check_view(content, chosen):
            raise SlackError("invalid_arguments", *found)
        if view_too_large(content):
            raise SlackError("view_too_large")
        return {**content, "blocks": named(content["blocks"], self.world.names())}

    def _exchange(self, trigger_id: str) -> User:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.world.pace.now() - trigger.born > TRIGGER_LIVES:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    @staticmethod
    def _check_hash(view: View, arguments: Arguments) -> None:
        if arguments.text("hash") not in {"", view.hash}:
            raise SlackError("hash_conflict")

    def _answer(self, view: View) -> Json:
        return {"view": view_json(self.world, view)}
