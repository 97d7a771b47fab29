"""The form that a button opens, as a modal, and what comes back when it is sent. Pure."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.carried import LABEL, OPTION, TITLE
from bot.channels.slack.render import NOTHING, Block, plain_text
from bot.channels.slack.text import clip
from bot.channels.text import plain_line
from core.domain.forms import ChoicesField, Form, TextField
from core.domain.messages import ConversationRef
from core.ports import Translator

#: Which of an app's forms this is.
CALLBACK = "skillwarden"

# docs.slack.dev, reference/views and block-kit; lengths after escaping.
_ANSWER = 3_000
_MOST_CHECKBOXES = 10  # a menu takes 100
_ABOUT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest:
    """A press that asks first: what the form says, what its answer belongs to, and the key that opens it for 3 s."""

    trigger_id: str
    token: str
    title: str
    form: Form
    about: str
    conversation: ConversationRef
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOrigin:
    """What a form carries and brings back: the token of its button, and the conversation and copy that was on."""

    token: str
    conversation: ConversationRef
    message_id: str | None = None

    def write(self) -> str:
        """Return it as text."""
        where = self.conversation.model_dump(mode="json")
        return json.dumps({"token": self.token, "conversation": where, "message": self.message_id})

    @classmethod
    def read(cls, text: str) -> FormOrigin:
        """Return what ``write`` wrote; Slack brings it back as it was."""
        fields = json.loads(text)
        return cls(
            token=fields["token"],
            conversation=ConversationRef.model_validate(fields["conversation"]),
            message_id=fields.get("message"),
        )


def form_view(request: FormRequest, translator: Translator) -> Block:
    """Return the form as a modal view."""
    language = request.form.language
    blocks = [_input(field) for field in request.form.fields]
    if blocks[0]["element"]["type"] == "plain_text_input":
        blocks[0]["element"]["focus_on_load"] = True
    if request.about:
        blocks.insert(0, {"type": "section", "text": plain_text(clip(request.about, _ABOUT))})
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(clip(plain_line(request.title), TITLE) or NOTHING),
        "submit": plain_text(clip(translator.say(language, "Send"), TITLE)),
        "close": plain_text(clip(translator.say(language, "Cancel"), TITLE)),
        "private_metadata": FormOrigin(
            token=request.token, conversation=request.conversation, message_id=request.message_id
        ).write(),
        "blocks": blocks,
    }


def answers(view: Mapping[str, Any]) -> dict[str, str | tuple[int, ...]]:
    """Return what was filled into ``view``, by the names of its fields: texts, and positions of what was ticked.

    A field that was left empty is an empty one, whether Slack sends nothing for it, null or an empty list.
    """
    found: dict[str, str | tuple[int, ...]] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        name = block["block_id"]
        state = (view["state"]["values"].get(name) or {}).get(name) or {}
        if block["element"]["type"] == "plain_text_input":
            found[name] = html.unescape(state.get("value") or "")
        else:
            found[name] = tuple(int(option["value"]) for option in state.get("selected_options") or ())
    return found


def _input(field: TextField | ChoicesField) -> dict[str, Any]:
    block = {
        "type": "input",
        "block_id": field.name,
        "label": plain_text(clip(plain_line(field.label), LABEL) or NOTHING),
        "element": _menu(field) if isinstance(field, ChoicesField) else _text_input(field),
    }
    return {**block, "optional": True} if field.optional else block


def _text_input(field: TextField) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.multiline,
        "max_length": _ANSWER,
    }
    return {**element, "initial_value": field.initial} if field.initial else element


def _menu(field: ChoicesField) -> Block:
    options = [
        {"text": plain_text(clip(plain_line(option.label), OPTION) or NOTHING), "value": str(position)}
        for position, option in enumerate(field.options)
    ]
    element: Block = {
        "type": "checkboxes" if len(options) <= _MOST_CHECKBOXES else "multi_static_select",
        "action_id": field.name,
        "options": options,
    }
    return {**element, "initial_options": [options[position] for position in field.ticked]} if field.ticked else element
