"""IntentResolver: what a sentence asks for - resolved only when there is one sensible reading of all of it."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from core.domain.intents import Clarify, Intent, Resolved, Unknown, Vocabulary
from core.ports import Translator
from core.services.language.context import ResolverContext
from core.services.language.english import ENGLISH
from core.services.language.hangul import Analyser
from core.services.language.korean import KOREAN
from core.services.language.korean_words import KOREAN_WORDS
from core.services.language.lexicon import PROVIDER_ALIASES
from core.services.language.names import NameIndex
from core.services.language.normalise import Sentence, split
from core.services.language.phrases import Grammar
from core.services.language.questions import Questions
from core.services.language.understanding import Understanding
from core.services.language.vetting import Vetting

__all__ = ["IntentResolver", "ResolverContext", "describe"]


class IntentResolver:
    """Reads sentences by rules; the same sentence, vocabulary and context always give the same intent."""

    def __init__(self, translator: Translator) -> None:
        """Ask back in the words of ``translator``."""
        self._translator = translator
        self._grammar, self._analyser = _compiled()
        self._indexed: tuple[Vocabulary, NameIndex] | None = None

    def resolve(
        self, text: str, vocabulary: Vocabulary, *, context: ResolverContext | None = None, language: str = "en"
    ) -> Intent:
        """Return what ``text`` asks for in a conversation that has come to ``context``.

        The names of ``vocabulary`` are indexed once for each object: pass the same one while they are the same.
        """
        names = self._index(vocabulary)
        understanding = Understanding(
            self._grammar, names, context or ResolverContext(), self._questions(names, language)
        )
        return understanding.of(self._sentence(text, names))

    def vetting(self, text: str, vocabulary: Vocabulary, *, language: str = "en") -> Vetting:
        """Return what judges the proposals of a language model about ``text``."""
        names = self._index(vocabulary)
        return Vetting(self._grammar, names, self._questions(names, language), self._sentence(text, names))

    def _questions(self, names: NameIndex, language: str) -> Questions:
        return Questions(names, partial(self._translator.say, language))

    def _sentence(self, text: str, names: NameIndex) -> Sentence:
        take_apart = partial(self._analyser.parts, known=names.korean.__contains__)
        return split(text, self._grammar.lexicon.contractions, take_apart)

    def prepare(self, vocabulary: Vocabulary) -> None:
        """Index ``vocabulary`` ahead of the next sentence: of 10,000 skills it takes a tenth of a second."""
        self._index(vocabulary)

    def _index(self, vocabulary: Vocabulary) -> NameIndex:
        if self._indexed is None or self._indexed[0] is not vocabulary:
            self._indexed = (vocabulary, NameIndex(vocabulary, PROVIDER_ALIASES))
        return self._indexed[1]


def describe(intent: Intent) -> dict[str, Any]:
    """Return ``intent`` as ``resolve --json`` prints it: every field, but an action only when it is resolved."""
    choices = intent.nearest if isinstance(intent, Unknown) else intent.choices if isinstance(intent, Clarify) else ()
    return {
        "status": intent.status,
        "action": intent.action.model_dump(mode="json") if isinstance(intent, Resolved) else None,
        "source": intent.source,
        "confidence": 0.0 if isinstance(intent, Unknown) else intent.confidence,
        "question": intent.question if isinstance(intent, Clarify) else None,
        "choices": [{"label": c.label, "action": c.action.model_dump(mode="json")} for c in choices],
    }


@cache
def _compiled() -> tuple[Grammar, Analyser]:
    """Return what every resolver of this process reads by; nothing changes it."""
    grammar = Grammar(ENGLISH + KOREAN)
    grammar.compile()
    return grammar, Analyser(KOREAN_WORDS, grammar.korean)
