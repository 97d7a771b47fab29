"""SecondOpinions: a language model is asked what the rules could not read; it proposes, and the rules judge that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.base import Domain
from core.domain.intents import Intent
from core.domain.proposals import ModelQuestion, Spent

if TYPE_CHECKING:
    from core.domain.intents import Vocabulary
    from core.domain.masking import Masker
    from core.ports import LanguageModel
    from core.services.intent_resolver import IntentResolver

#: Tokens that have to be left of a person's day for one more question: the answer costs about as many.
TOKENS_A_QUESTION = 6_000
#: Characters; longer texts are stories or documents, and not shown to a model.
LONGEST_QUESTION = 1_000
# Somebody waits for each answer, and everybody behind them: a model that hangs must not keep all the hands busy.
_AT_ONCE = 4


class Opinion(Domain):
    """What came of asking: an intent, or None where that of the rules stands; and what it has used."""

    intent: Intent | None = None
    spent: Spent


class SecondOpinions:
    """Asks a model about sentences, a few at a time."""

    def __init__(self, *, model: LanguageModel, resolver: IntentResolver, masker: Masker, tokens_per_day: int) -> None:
        """Ask ``model``; each person may use ``tokens_per_day``, counted by UTC."""
        self._model = model
        self._resolver = resolver
        self._masker = masker
        self._tokens_per_day = tokens_per_day
        self._under_way = 0

    def can_ask(self, text: str, *, used: int) -> bool:
        """Whether there is room for one more question, of somebody who has ``used`` so many tokens today."""
        has_room = self._under_way < _AT_ONCE and used + TOKENS_A_QUESTION <= self._tokens_per_day
        return has_room and 0 < len(text.strip()) <= LONGEST_QUESTION

    async def on(self, text: str, vocabulary: Vocabulary, first: Intent, *, language: str = "en") -> Opinion:
        """Return what the model makes of ``text``, of which the rules say ``first``. No transaction may be open."""
        text = self._masker.text(text)
        vetting = self._resolver.vetting(text, vocabulary, language=language)
        question = ModelQuestion(
            text=text,
            skills=vetting.candidates(),
            providers=tuple(provider.display_name for provider in vocabulary.providers),
        )
        self._under_way += 1
        try:
            proposal = await self._model.propose(question)
        finally:
            self._under_way -= 1
        intent = None if proposal.action is None else vetting.intent(proposal.action, first)
        return Opinion(intent=intent, spent=proposal.spent)
