"""Block Kit as Slack checks it: which blocks and elements there are, and how much fits into them.

Source of the figures: Slack's Block Kit reference. The total of a message is not documented; others measured that
between 13,000 and 13,300 characters of blocks are too many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from tests.platforms.slack.schema import (
    Check,
    Json,
    anything,
    array,
    boolean,
    by_type,
    escaped,
    nested,
    one_of,
    problem,
    repeated,
    string,
    thing,
    whole,
)

Surface = Literal["message", "modal", "home"]

BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
#: Characters of all blocks of a message together, as JSON.
MESSAGE_CHARACTERS = 13_000
#: Bytes of a view, as JSON.
VIEW_BYTES = 250_000
ID = 255

# What mrkdwn understands between < and >: mentions, channels, special words and links.
_MARKUP = re.compile(r"<(?:[@#!][^<>]*|(?:https?|mailto|slack|tel):[^<>]*)>|&(?:amp|lt|gt);")


def mrkdwn_length(text: str) -> int:
    """Return how long mrkdwn is once Slack has escaped whatever is not markup."""
    length, end = 0, 0
    for found in _MARKUP.finditer(text):
        length += len(escaped(text[end : found.start()])) + len(found[0])
        end = found.end()
    return length + len(escaped(text[end:]))


def _plain_length(text: str) -> int:
    return len(escaped(text))


def plain(most: int) -> Check:
    """Accept a ``plain_text`` object."""
    check = thing({"type": one_of("plain_text"), "text": string(most, 1, counted=_plain_length)}, {"emoji": boolean})
    return nested(by_type({"plain_text": check}))


def text(most: int) -> Check:
    """Accept a ``plain_text`` or ``mrkdwn`` object."""
    return nested(
        by_type(
            {
                "plain_text": thing(
                    {"type": anything, "text": string(most, 1, counted=_plain_length)}, {"emoji": boolean}
                ),
                "mrkdwn": thing(
                    {"type": anything, "text": string(most, 1, counted=mrkdwn_length)}, {"verbatim": boolean}
                ),
            }
        )
    )


_CONFIRM = thing(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
_OPTION = thing({"text": text(75), "value": string(150, 1)}, {"description": text(75), "url": string(3000)})
_FOCUS = {"focus_on_load": boolean}
_MENU = {"type": anything}
_MENU_MORE: dict[str, Check] = {"action_id": string(ID, 1), "placeholder": plain(150), "confirm": _CONFIRM, **_FOCUS}
# Checkboxes and radio buttons take mrkdwn too; menus do not.
_MENU_OPTION = thing({"text": plain(75), "value": string(150, 1)}, {"description": plain(75), "url": string(3000)})
_OPTIONS = array(_MENU_OPTION, 100)

BUTTON = thing(
    {"type": anything, "text": plain(75)},
    {
        "action_id": string(ID, 1),
        "url": string(3000),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_PLAIN_INPUT = thing(
    _MENU,
    {
        "action_id": string(ID, 1),
        "initial_value": string(3000),
        "multiline": boolean,
        "min_length": whole,
        "max_length": whole,
        "placeholder": plain(150),
        "dispatch_action_config": anything,
        **_FOCUS,
    },
)


def _offered(check: Check) -> Check:
    """Accept what ``check`` accepts, if what is chosen at first is offered, to the letter."""

    def checked(value: Any, pointer: str) -> list[str]:
        if found := check(value, pointer):
            return found
        begins = [*value.get("initial_options", []), *([value["initial_option"]] if "initial_option" in value else [])]
        return (
            [problem("must match one of the options", pointer)]
            if any(o not in value["options"] for o in begins)
            else []
        )

    return checked


_CHOICES: dict[str, Check] = {
    "static_select": _offered(
        thing({**_MENU, "options": _OPTIONS}, {**_MENU_MORE, "initial_option": _MENU_OPTION}),
    ),
    "multi_static_select": _offered(
        thing({**_MENU, "options": _OPTIONS}, {**_MENU_MORE, "initial_options": _OPTIONS, "max_selected_items": whole})
    ),
    "users_select": thing(_MENU, {**_MENU_MORE, "initial_user": string()}),
    "conversations_select": thing(_MENU, {**_MENU_MORE, "initial_conversation": string(), "filter": anything}),
    "radio_buttons": _offered(
        thing(
            {**_MENU, "options": array(_OPTION, 10)},
            {"action_id": string(ID, 1), "initial_option": _OPTION, "confirm": _CONFIRM, **_FOCUS},
        )
    ),
    "checkboxes": _offered(
        thing(
            {**_MENU, "options": array(_OPTION, 10)},
            {"action_id": string(ID, 1), "initial_options": array(_OPTION, 10), "confirm": _CONFIRM, **_FOCUS},
        )
    ),
    "datepicker": thing(_MENU, {**_MENU_MORE, "initial_date": string()}),
}
_PRESSED: dict[str, Check] = {
    "button": BUTTON,
    "overflow": thing({**_MENU, "options": array(_OPTION, 5)}, {"action_id": string(ID, 1), "confirm": _CONFIRM}),
    **_CHOICES,
}
_IMAGE = thing({"type": anything, "image_url": string(3000, 1), "alt_text": string(2000, 1)})
_STYLE = thing({}, dict.fromkeys(("bold", "italic", "strike", "code"), boolean))
_RICH: Check = by_type(
    {
        "text": thing({"type": anything, "text": string(None, 1)}, {"style": _STYLE}),
        "link": thing(
            {"type": anything, "url": string(3000, 1)}, {"text": string(), "style": _STYLE, "unsafe": boolean}
        ),
        "emoji": thing({"type": anything, "name": string(None, 1)}, {"unicode": string(), "skin_tone": whole}),
        "user": thing({"type": anything, "user_id": string(None, 1)}, {"style": _STYLE}),
        "usergroup": thing({"type": anything, "usergroup_id": string(None, 1)}, {"style": _STYLE}),
        "channel": thing({"type": anything, "channel_id": string(None, 1)}, {"style": _STYLE}),
        "broadcast": thing({"type": anything, "range": one_of("here", "channel", "everyone")}),
        "date": thing(
            {"type": anything, "timestamp": whole, "format": string(None, 1)}, {"url": string(), "fallback": string()}
        ),
    }
)
_RICH_LINES = {"type": anything, "elements": array(_RICH, 1000, 0)}
_RICH_SECTION = thing(_RICH_LINES)
_RICH_BLOCK = thing(
    {
        "type": anything,
        "elements": array(
            by_type(
                {
                    "rich_text_section": _RICH_SECTION,
                    "rich_text_quote": thing(_RICH_LINES, {"border": whole}),
                    "rich_text_preformatted": thing(_RICH_LINES, {"border": whole}),
                    "rich_text_list": thing(
                        {
                            "type": anything,
                            "style": one_of("bullet", "ordered"),
                            "elements": array(by_type({"rich_text_section": _RICH_SECTION}), 1000),
                        },
                        {"indent": whole, "offset": whole, "border": whole},
                    ),
                }
            ),
            1000,
        ),
    },
    {"block_id": string(ID)},
)
_CELL = by_type(
    {
        "raw_text": thing({"type": anything, "text": string(None, 1)}),
        "rich_text": _RICH_BLOCK,
    }
)
_SECTION = thing(
    {"type": anything},
    {
        "block_id": string(ID),
        "text": text(3000),
        "fields": array(text(2000), 10),
        "accessory": by_type({**_PRESSED, "image": _IMAGE}),
        "expand": boolean,
    },
)


def _section(value: Any, pointer: str) -> list[str]:
    found = _SECTION(value, pointer)
    if isinstance(value, dict) and not {"text", "fields"} & set(value):
        found.append(problem("missing required field: text or fields", pointer))
    return found


_EVERYWHERE: dict[str, Check] = {
    "actions": thing({"type": anything, "elements": array(by_type(_PRESSED), 25)}, {"block_id": string(ID)}),
    "context": thing(
        {
            "type": anything,
            "elements": array(by_type({"image": _IMAGE, "plain_text": text(3000), "mrkdwn": text(3000)}), 10),
        },
        {"block_id": string(ID)},
    ),
    "divider": thing({"type": anything}, {"block_id": string(ID)}),
    "header": thing({"type": anything, "text": plain(150)}, {"block_id": string(ID)}),
    "image": thing(
        {"type": anything, "image_url": string(3000, 1), "alt_text": string(2000, 1)},
        {"block_id": string(ID), "title": plain(2000)},
    ),
    "input": thing(
        {
            "type": anything,
            "label": plain(2000),
            "element": nested(by_type({**_CHOICES, "plain_text_input": _PLAIN_INPUT})),
        },
        {"block_id": string(ID), "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _RICH_BLOCK,
    "section": _section,
}
_IN_MESSAGES: dict[str, Check] = {
    "markdown": thing({"type": anything, "text": string(12_000, 1)}, {"block_id": string(ID)}),
    "table": thing(
        {"type": anything, "rows": array(array(_CELL, 20), 100)},
        {"block_id": string(ID), "column_settings": array(anything, 20)},
    ),
}
_KINDS: dict[Surface, Check] = {
    "message": by_type({**_EVERYWHERE, **_IN_MESSAGES}),
    "modal": by_type(_EVERYWHERE),
    "home": by_type(_EVERYWHERE),
}


def elements(block: Json) -> list[tuple[Json, str]]:
    """Return what can be pressed or filled in inside a block, each with its pointer below the block."""
    found = [(one, f"/elements/{number}") for number, one in enumerate(block.get("elements") or [])]
    found += [(block[part], f"/{part}") for part in ("accessory", "element") if part in block]
    return [(one, pointer) for one, pointer in found if isinstance(one, dict) and block["type"] != "rich_text"]


def check_blocks(blocks: Any, surface: Surface, pointer: str = "/blocks") -> list[str]:
    """Return everything that is wrong with a list of blocks; nothing is fine."""
    found = array(_KINDS[surface], BLOCKS[surface], 0)(blocks, pointer)
    if found:
        return found
    named = [
        (one["block_id"], f"{pointer}/{number}/block_id") for number, one in enumerate(blocks) if one.get("block_id")
    ]
    found += repeated(named, "block_id")
    for number, block in enumerate(blocks):
        ids = [
            (one["action_id"], f"{pointer}/{number}{where}/action_id")
            for one, where in elements(block)
            if "action_id" in one
        ]
        found += repeated(ids, "action_id")
    return found


def too_long(blocks: list[Json]) -> bool:
    """Tell whether the blocks of one message are more than Slack takes (``msg_blocks_too_long``)."""
    return mrkdwn_length(_compact(blocks)) > MESSAGE_CHARACTERS


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_VIEW_MORE: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(ID),
    "external_id": string(ID),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
_VIEWS: dict[str, Check] = {
    "modal": thing(
        {"type": anything, "title": plain(24), "blocks": anything},
        {"submit": plain(24), "close": plain(24), "submit_disabled": boolean, **_VIEW_MORE},
    ),
    "home": thing({"type": anything, "blocks": anything}, _VIEW_MORE),
}


def check_view(view: Any, surface: Surface) -> list[str]:
    """Return everything that is wrong with a view for a modal or the App Home."""
    found = by_type({surface: _VIEWS[surface]})(view, "/view")
    if isinstance(view, dict) and "blocks" in view:
        found += check_blocks(view["blocks"], surface, "/view/blocks")
    if not found and surface == "modal" and "submit" not in view:
        inputs = any(block["type"] == "input" for block in view["blocks"])
        found += [problem("missing required field: submit", "/view")] if inputs else []
    if not found:
        focused = [one for block in view["blocks"] for one, _pointer in elements(block) if one.get("focus_on_load")]
        found += [problem("only one element can be focused on load", "/view")] if len(focused) > 1 else []
    return [problem("failed to match all allowed schemas", "/view"), *found] if found else []


def view_too_large(view: Json) -> bool:
    """Tell whether a view is more than Slack takes (``view_too_large``)."""
    return len(_compact(view).encode()) > VIEW_BYTES


def named(blocks: list[Json], names: Iterator[str]) -> list[Json]:
    """Return the blocks as Slack keeps them: each block and element with an id, from ``names`` where it had none."""
    kept: list[Json] = json.loads(json.dumps(blocks))
    for block in kept:
        if not block.get("block_id"):
            block["block_id"] = next(names)
        for one, _pointer in elements(block):
            if one.get("type") not in {"image", "plain_text", "mrkdwn"} and not one.get("action_id"):
                one["action_id"] = next(names)
    return kept
