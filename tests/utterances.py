"""What people say, labelled with what it means, and the resolver that is measured on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from core.domain.actions import Install
from core.domain.intents import ProviderName, Resolved, Vocabulary
from core.services.intent_resolver import IntentResolver, ResolverContext

_FOLDER = Path(__file__).parent / "language"
NOW = datetime(2026, 11, 21, 7, 50, tzinfo=UTC)  # a Saturday
LANGUAGES = ("english", "korean")
VOCABULARY = Vocabulary(
    skills=("changelog", "docx", "meeting-notes", "pdf", "pdf-forms", "release-notes", "web-search", "xlsx"),
    providers=(
        ProviderName(kind="claude", display_name="Claude"),
        ProviderName(kind="gemini", display_name="Gemini"),
        ProviderName(kind="openai", display_name="OpenAI"),
    ),
)
LAST = ResolverContext(last_action=Install(skills=("pdf",), providers=("claude",)), last_code="7F3K", now=NOW)


class English:
    """Says everything as it is written."""

    def say(self, language: str, message: str, /, **params: object) -> str:
        """Return ``message`` with its parameters."""
        return message.format_map(params)

    def say_many(self, language: str, one: str, many: str, n: int, /, **params: object) -> str:
        """Return the message for ``n``."""
        return (one if n == 1 else many).format_map({"n": n, **params})

    def language(self, wanted: str) -> str:
        """Return ``wanted``, whatever it is."""
        return wanted

    def zone(self, name: str) -> Any:
        """Return UTC, wherever."""
        return UTC


class Utterance(NamedTuple):
    """A sentence, under which heading it stands, and the fields of its action or what else may come of it."""

    heading: str
    text: str
    meaning: Any

    @property
    def intent(self) -> str:
        """The intent that is meant; the heading where nothing may be done."""
        return self.meaning["intent"] if isinstance(self.meaning, dict) else self.heading


def utterances(name: str) -> Iterator[Utterance]:
    """Yield the utterances of one file of tests/language, without its ending."""
    for data in yaml.safe_load_all((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")):
        for heading, labelled in data.items():
            for text, meaning in labelled.items():
                yield Utterance(heading, text, {"intent": heading, **meaning} if isinstance(meaning, dict) else meaning)


RESOLVER = IntentResolver(English())


def outcome(text: str, *, vocabulary: Vocabulary = VOCABULARY, context: ResolverContext | None = None) -> Any:
    """Return the fields of the action that say something, or the status."""
    intent = RESOLVER.resolve(text, vocabulary, context=context or ResolverContext(now=NOW))
    if not isinstance(intent, Resolved):
        return intent.status
    return {name: value for name, value in intent.action.model_dump(mode="json").items() if value not in (None, [])}


def understood(utterance: Utterance) -> Any:
    """Return the outcome of ``utterance`` in its conversation."""
    return outcome(utterance.text, context=LAST if utterance.heading == "after" else None)


def is_right(got: Any, expected: Any) -> bool:
    """Say whether ``got`` is what was meant."""
    return got in {"clarify", "unknown"} if expected == "ask" and isinstance(got, str) else bool(got == expected)
