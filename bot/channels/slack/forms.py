"""The form that a button opens: one question, one field. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.channels.slack.render import Block, plain_text
from bot.channels.slack.text import clip
from core.domain.messages import ConversationRef
from core.ports import Translator

#: Which of an app's forms this is.
CALLBACK = "skillwarden"
#: The one field, and its block.
FIELD = "text"

# docs.slack.dev, reference/views and block-kit.
_TITLE = 24
_QUESTION = 2_000
_ANSWER = 3_000
_ABOUT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRequest:
    """A press that asks first: what the form says, what its answer belongs to, and the key that opens it for 3 s."""

    trigger_id: str
    token: str
    title: str
    question: str
    about: str
    conversation: ConversationRef


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOrigin:
    """What a form carries and brings back: the token of its button and where that was."""

    token: str
    conversation: ConversationRef

    def write(self) -> str:
        """Return it as text."""
        return json.dumps({"token": self.token, "conversation": self.conversation.model_dump(mode="json")})

    @classmethod
    def read(cls, text: str) -> FormOrigin:
        """Return what ``write`` wrote; Slack brings it back as it was."""
        fields = json.loads(text)
        return cls(token=fields["token"], conversation=ConversationRef.model_validate(fields["conversation"]))


def form_view(request: FormRequest, translator: Translator, language: str) -> Block:
    """Return the form as a modal view."""
    blocks: list[Block] = [
        {
            "type": "input",
            "block_id": FIELD,
            "label": plain_text(clip(request.question, _QUESTION)),
            "element": {
                "type": "plain_text_input",
                "action_id": FIELD,
                "multiline": True,
                "max_length": _ANSWER,
                "focus_on_load": True,
            },
        }
    ]
    if request.about:
        blocks.insert(0, {"type": "section", "text": plain_text(clip(request.about, _ABOUT))})
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(clip(request.title, _TITLE)),
        "submit": plain_text(clip(translator.say(language, "Send"), _TITLE)),
        "close": plain_text(clip(translator.say(language, "Cancel"), _TITLE)),
        "private_metadata": FormOrigin(token=request.token, conversation=request.conversation).write(),
        "blocks": blocks,
    }
