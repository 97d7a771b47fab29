"""reply_markup: what may stand below a message.

Documented: callback_data of 1-64 bytes, exactly one action per inline button, force_reply, reply keyboards. The words
of the complaints are those of the server's source, BUTTON_... and "reply markup is too long" of Telegram behind it.
100 buttons and 8 in a row are what clients show and people report; Telegram drops what is beyond without a word, the
stand-in refuses it, so that nobody relies on buttons that would be missing.
"""

from __future__ import annotations

import re
from typing import Any

from tests.platforms.telegram.arguments import Arguments, TelegramError, bad
from tests.platforms.telegram.world import Json

CALLBACK_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_PLACEHOLDER = 64
_STYLES = {"danger", "success", "primary"}
_ACTIONS = {
    "callback_data",
    "callback_game",
    "copy_text",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "url",
    "web_app",
}
_URL = re.compile(r"(?:https?|tg)://[^\s]+|[\w-]+(?:\.[\w-]+)+(?:/[^\s]*)?", re.IGNORECASE)


def read_markup(arguments: Arguments, *, only_inline: bool = False) -> Json | None:
    """Return the checked reply_markup of a call, None when there is none.

    Raises:
        TelegramError: it is not what Telegram would show.
    """
    found = arguments.json("reply_markup", "reply keyboard markup")
    if found is None:
        return None
    if not isinstance(found, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in found:
        return _inline(found)
    if only_inline:
        raise bad("inline keyboard expected")
    if found.get("force_reply"):
        placeholder = str(found.get("input_field_placeholder", ""))
        if len(placeholder) > MOST_PLACEHOLDER:
            raise bad("REPLY_MARKUP_INVALID")
        return {"force_reply": True, "input_field_placeholder": placeholder, "selective": bool(found.get("selective"))}
    if "keyboard" in found:
        return _keyboard(found)
    return {"remove_keyboard": True} if found.get("remove_keyboard") else None


def _keyboard(found: Json) -> Json:
    rows = found["keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('can\'t parse reply keyboard markup: field "keyboard" must be an Array of Arrays')
    kept = [[{"text": one} if isinstance(one, str) else one for one in row] for row in rows]
    return {**found, "keyboard": kept}


def _inline(found: Json) -> Json | None:
    rows = found["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows]
    kept = [row for row in kept if row]
    if sum(map(len, kept)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in kept):
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unparsable("expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unparsable('Field "text" must be of type String' if "text" in button else 'Can\'t find field "text"')
    if not text.strip():
        raise bad("BUTTON_TEXT_INVALID")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1 or button.get("style") not in {None, *_STYLES}:
        raise bad("BUTTON_TYPE_INVALID")
    _check_action(button)
    return {"text": text} | {name: button[name] for name in ("style", *sorted(actions)) if name in button}


def _check_action(button: Json) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str):
            raise _unparsable('Field "callback_data" must be of type String')
        if not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    elif "url" in button and not (isinstance(button["url"], str) and _URL.fullmatch(button["url"])):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _unparsable(why: str) -> TelegramError:
    return bad(f"can't parse inline keyboard button: {why}")
