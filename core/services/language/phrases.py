"""Phrases of a lexicon, compiled so that all of them are looked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.services.language.lexicon import Lexicon, Rule
from core.services.language.normalise import Token

#: Intents that do something to what others rely on.
CHANGES = frozenset(
    {
        "install", "sync", "uninstall", "rollback", "retry", "add_skill", "archive_skill", "restore_skill", "approve",
        "reject", "modify", "withdraw", "cancel", "break_glass", "freeze", "unfreeze", "delegate", "set_role",
        "activate_user", "deactivate_user",
    }
)  # fmt: skip
GAP = "..."
# Words that may stand in a gap; more is another sentence.
_WIDEST_GAP = 12


class PhraseSet:
    """Phrases of one meaning; ``longest`` says how many words of a sentence they cover."""

    def __init__(self, alternatives: str | Collection[str]) -> None:
        """Compile ``alternatives``, separated by ``|`` if they are one text."""
        parts = alternatives.split("|") if isinstance(alternatives, str) else alternatives
        self.phrases = frozenset(tuple(part.split()) for part in parts)
        self._lengths: dict[str, tuple[int, ...]] = {}
        for phrase in self.phrases:
            known = {*self._lengths.get(phrase[0], ()), len(phrase)}
            self._lengths[phrase[0]] = tuple(sorted(known, reverse=True))

    def longest(self, keys: Sequence[str], start: int, end: int) -> int:
        """Return how many of ``keys`` from ``start``, before ``end``, are the longest phrase; 0 for none."""
        for length in self._lengths.get(keys[start], ()):
            if start + length <= end and tuple(keys[start : start + length]) in self.phrases:
                return length
        return 0

    def __contains__(self, word: object) -> bool:
        return (word,) in self.phrases


@dataclass(frozen=True, slots=True)
class Head:
    """A phrase of a rule where it stands in a sentence. ``words`` of it count, gaps do not."""

    rule: Rule
    positions: frozenset[int]
    words: int


class Grammar:
    """One lexicon, ready for use."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile ``lexicon``."""
        self.lexicon = lexicon
        self._rules: dict[str, list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)
        for rule in lexicon.rules:
            for phrase in dict.fromkeys(rule.phrases.split("|")):
                words = tuple(phrase.split())
                self._rules[words[0]].append((words, rule))
        self.fillers = PhraseSet(lexicon.fillers)
        self.glue = PhraseSet(lexicon.glue)
        self.conjunctions = PhraseSet(lexicon.conjunctions)
        self.places = PhraseSet(lexicon.places)
        self.determiners = PhraseSet(lexicon.determiners)
        self.ref_leads = PhraseSet(lexicon.ref_leads)
        self.ref_nouns = PhraseSet(lexicon.ref_nouns)
        self.ref_marks = PhraseSet(lexicon.ref_marks)
        self.latest = PhraseSet(lexicon.latest)
        self.branches = PhraseSet(lexicon.branches)
        self.skill_nouns = PhraseSet(lexicon.skill_nouns)
        self.provider_nouns = PhraseSet(lexicon.provider_nouns)
        self.request_nouns = PhraseSet(lexicon.request_nouns)
        self.all_skills = PhraseSet(lexicon.all_skills)
        self.all_providers = PhraseSet(lexicon.all_providers)
        self.everything = PhraseSet(lexicon.everything)
        self.pronouns = PhraseSet(lexicon.pronouns)
        self.last = PhraseSet(lexicon.last)
        self.also = PhraseSet(lexicon.also)
        self.tag_leads = PhraseSet(lexicon.tag_leads)
        self.tag_marks = PhraseSet(lexicon.tag_marks)
        self.name_leads = PhraseSet(lexicon.name_leads)
        self.person_leads = PhraseSet(lexicon.person_leads)
        self.comment_leads = PhraseSet(lexicon.comment_leads)
        self.comment_traps = PhraseSet(lexicon.comment_traps)
        self.reservations = PhraseSet(lexicon.reservations)
        self.negations = PhraseSet(lexicon.negations)
        self.doubts = PhraseSet(lexicon.doubts)
        self.requests = PhraseSet(lexicon.requests)
        self.common = PhraseSet(lexicon.common)
        self.topics = PhraseSet(lexicon.topics)
        self.myself = PhraseSet(lexicon.myself)
        self.roles = PhraseSet(lexicon.roles.keys())
        self.languages = PhraseSet(lexicon.languages.keys())
        self.modes = {mode: PhraseSet(words) for mode, words in lexicon.modes.items()}

    @cached_property
    def verbs(self) -> Mapping[str, frozenset[str]]:
        """The first words of the phrases, with the intents they begin."""
        return {
            word: frozenset(rule.intent for _, rule in rules)
            for word, rules in self._rules.items()
            if word not in self.common and word not in self.glue
        }

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Every word of the lexicon, with the intents whose phrases have it: misspelt words are compared with them."""
        known: dict[str, set[str]] = defaultdict(set)
        for rules in self._rules.values():
            for words, rule in rules:
                for word in words:
                    known[word].add(rule.intent)
        for phrase in self.fillers.phrases | self.glue.phrases | self.common.phrases | self.all_providers.phrases:
            for word in phrase:
                known[word] |= set()
        return {word: frozenset(intents) for word, intents in known.items()}

    def is_function_word(self, word: str) -> bool:
        """Say whether ``word`` negates, doubts, limits or gives a reason, so that it cannot be a name."""
        return any(word in words for words in (self.negations, self.doubts, self.comment_traps, self.comment_leads))

    def is_little(self, word: str) -> bool:
        """Say whether ``word`` is grammar even where something is called so."""
        little = (self.glue, self.pronouns, self.everything, self.skill_nouns, self.conjunctions)
        return any(word in words for words in little) or self.is_function_word(word)

    def begins_request(self, keys: Sequence[str], at: int, *, other_than: str) -> bool:
        """Say whether a request for a change begins at ``at``."""
        return any(
            rule.intent != other_than and rule.intent in CHANGES and "!" not in rule.takes and _match(words, keys, at)
            for words, rule in self._rules.get(keys[at], ())
        )

    def heads(self, keys: Sequence[str]) -> list[Head]:
        """Return every phrase of every rule in a sentence."""
        found: list[Head] = []
        for start, key in enumerate(keys):
            for words, rule in self._rules.get(key, ()):
                positions = _match(words, keys, start)
                if positions:
                    found.append(Head(rule, frozenset(positions), len(positions)))
        return found

    def marks(self, tokens: Sequence[Token], words: PhraseSet) -> bool:
        """Say whether any of ``words`` is among ``tokens``."""
        keys = [token.key for token in tokens]
        return any(words.longest(keys, start, len(keys)) for start in range(len(keys)))


def _match(words: Sequence[str], keys: Sequence[str], start: int) -> list[int]:
    """Return where ``words`` are from ``start`` on; empty when they are not."""
    positions: list[int] = []
    at, gap = start, False
    for word in words:
        if word == GAP:
            gap = True
            continue
        if gap:
            later = range(at + 1, min(at + 1 + _WIDEST_GAP, len(keys)))
            at = next((index for index in later if keys[index] == word), len(keys))
            gap = False
        if at >= len(keys) or keys[at] != word:
            return []
        positions.append(at)
        at += 1
    return positions
