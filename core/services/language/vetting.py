"""Vetting: what becomes of the action that a language model takes a sentence for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.domain.actions import EVERY, ChatAction, risk_of
from core.domain.intents import Clarify, Intent, Resolved
from core.domain.plans import RiskLevel
from core.domain.proposals import Proposable
from core.services.language.building import Draft, openings_of
from core.services.language.names import LONGEST_NAME, NameIndex
from core.services.language.normalise import Sentence, fold
from core.services.language.phrases import Grammar
from core.services.language.questions import Questions

_CONFIDENCE = 0.7
# As many names are offered to a model, found for as many words of a sentence.
_MOST_CANDIDATES = 20
_MOST_WORDS = 8
_SHORTEST_WORD = 3
# Fields that hold something somebody has to have said: a model must not make them up.
_SAID = ("ref", "to_ref", "run", "execution", "source", "name", "display_name", "user", "query")


class Vetting:
    """Judges proposals about one sentence; whoever wrote it may have written to the model."""

    def __init__(self, grammar: Grammar, names: NameIndex, questions: Questions, sentence: Sentence) -> None:
        """Look names up in ``names``; ask with ``questions``."""
        self._grammar = grammar
        self._names = names
        self._questions = questions
        self._sentence = sentence
        self._text = fold(sentence.text)

    def candidates(self) -> tuple[str, ...]:
        """Return the skills that the sentence may be about, the likeliest first."""
        found = dict.fromkeys(skill for run in self._runs() if (skill := self._names.skill(run)) is not None)
        strange = [
            token.text
            for token in self._sentence.tokens
            if len(token.key) >= _SHORTEST_WORD and token.key not in self._grammar.words
        ]
        for word in strange[:_MOST_WORDS]:
            found |= dict.fromkeys(self._names.near_skills(word))
        return tuple(found)[:_MOST_CANDIDATES]

    def intent(self, proposed: Proposable, first: Intent) -> Intent | None:
        """Return what is to be done about ``proposed``; None: as little as the rules say, which is ``first``.

        What only looks is taken. What changes something is taken where all its names were said in a sentence without
        a condition, a doubt or a negation; it is asked otherwise, and so is everything destructive.
        """
        action = self._canonical(proposed)
        if action is None or not self._is_said(action):
            return None
        openings = openings_of(action)
        if openings:
            asked = self._questions.about(Draft(action.model_dump(), openings))
            return asked.evolve(source="model") if isinstance(asked, Clarify) else None
        risk = risk_of(action)
        if risk is RiskLevel.READ or (risk is RiskLevel.WRITE and self._is_plain() and self._names_stand(action)):
            return Resolved(action=action, source="model", confidence=_CONFIDENCE)
        if isinstance(first, Clarify) and action in [choice.action for choice in first.choices]:
            return None
        return self._questions.confirm(action).evolve(source="model")

    def _canonical(self, action: ChatAction) -> ChatAction | None:
        """Return ``action`` with skills and providers as the catalogue calls them; None: a name is made up."""
        changes: dict[str, object] = {}
        for slot, look_up in (("skills", self._skill), ("providers", self._provider)):
            if slot in type(action).model_fields:
                names = [look_up(name) for name in getattr(action, slot)]
                if not all(names):
                    return None
                changes[slot] = (EVERY,) if EVERY in names else tuple(dict.fromkeys(filter(None, names)))
        if "provider" in type(action).model_fields:
            kind = self._names.kind(getattr(action, "provider"))  # noqa: B009 - two of the union have it
            if kind is None:
                return None
            changes["provider"] = kind
        return action.evolve(**changes)

    def _skill(self, name: str) -> str | None:
        if name == EVERY:
            return name
        return self._names.skill(name) or (name if self._stands(name) else None)

    def _provider(self, name: str) -> str | None:
        if name == EVERY:
            return name
        found = self._names.provider(name) or ()
        return found[0] if len(found) == 1 and found[0] in dict(self._names.canonical_providers()) else None

    def _is_said(self, action: ChatAction) -> bool:
        """Say whether codes, refs, people, sources and tags stand in the sentence."""
        values = [getattr(action, name, None) for name in _SAID]
        return all(self._stands(value) for value in (*values, *getattr(action, "tags", ())) if value is not None)

    def _stands(self, value: str) -> bool:
        return re.search(rf"(?<![0-9a-z_]){re.escape(fold(value))}(?![0-9a-z_])", self._text) is not None

    def _names_stand(self, action: ChatAction) -> bool:
        """Say whether every skill and provider of ``action`` was said, by its name or an alias of it."""
        runs = list(self._runs())
        skills = {self._names.skill(run) for run in runs}
        providers = {name for run in runs for name in self._names.provider(run) or ()}
        kinds = {self._names.kind(run) for run in runs}
        return (
            all(name in skills or self._stands(name) for name in getattr(action, "skills", ()) if name != EVERY)
            and EVERY not in (*getattr(action, "skills", ()), *getattr(action, "providers", ()))
            and all(name in providers for name in getattr(action, "providers", ()))
            and getattr(action, "provider", None) in {None, *kinds}
        )

    def _is_plain(self) -> bool:
        """Say whether nothing in the sentence takes a request back, doubts it, or says whose it is."""
        sentence, grammar = self._sentence, self._grammar
        words = (grammar.negations, grammar.doubts, grammar.reservations, grammar.comment_traps)
        asks = sentence.asks and not grammar.marks(sentence.tokens, grammar.requests)
        quoted = sentence.quotes or any(token.quoted for token in sentence.tokens)
        return not (asks or quoted or any(grammar.marks(sentence.tokens, one) for one in words))

    def _runs(self) -> Iterator[str]:
        """Yield neighbouring words that could be one name."""
        tokens = self._sentence.tokens
        for start in range(len(tokens)):
            for stop in range(start + 1, min(start + LONGEST_NAME, len(tokens)) + 1):
                yield " ".join(token.text for token in tokens[start:stop])
