"""Phrases of a lexicon, compiled so that all of them are looked for at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from core.services.language.hangul import has_hangul, letters
from core.services.language.lexicon import Lexicon, Rule
from core.services.language.normalise import Token
from core.services.language.phrase_set import PhraseSet

#: Intents that do something to what others rely on.
CHANGES = frozenset(
    {
        "install", "sync", "uninstall", "rollback", "retry", "add_skill", "archive_skill", "restore_skill", "approve",
        "reject", "modify", "withdraw", "cancel", "break_glass", "freeze", "unfreeze", "delegate", "set_role",
        "activate_user", "deactivate_user", "restore_drift", "accept_drift", "ignore_drift",
    }
)  # fmt: skip
#: Intents that only look.
READS = frozenset(
    {
        "diff", "show_skill", "list_skills", "list_providers", "status", "history", "timeline", "drift", "pending",
        "costs", "policy", "whoami", "help", "replay",
    }
)  # fmt: skip
GAP = "..."
#: Letters: shorter words are not looked at for slips.
SHORTEST_SLIP = 4
# Words that may stand in a gap; more is another sentence.
_WIDEST_GAP = 12


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
        self.greetings = PhraseSet(lexicon.greetings)
        self.thanks = PhraseSet(lexicon.thanks)
        self.fillers = PhraseSet(f"{lexicon.fillers}|{lexicon.greetings}|{lexicon.thanks}")
        self.grounds = PhraseSet(lexicon.grounds)
        self.second_thoughts = PhraseSet(lexicon.second_thoughts)
        self.urges = PhraseSet(lexicon.urges)
        self.looks = PhraseSet(lexicon.looks)
        self.glue = PhraseSet(lexicon.glue)
        self.conjunctions = PhraseSet(lexicon.conjunctions)
        self.places = PhraseSet(lexicon.places)
        self.places_after = PhraseSet(lexicon.places_after)
        self.origins = PhraseSet(lexicon.origins)
        self.relations = PhraseSet(lexicon.relations)
        self.determiners = PhraseSet(lexicon.determiners)
        self.ref_leads = PhraseSet(lexicon.ref_leads)
        self.ref_nouns = PhraseSet(lexicon.ref_nouns)
        self.ref_marks = PhraseSet(lexicon.ref_marks)
        self.ref_trails = PhraseSet(lexicon.ref_trails)
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
        self.likewise = PhraseSet(lexicon.likewise)
        self.tag_trails = PhraseSet(lexicon.tag_trails)
        self.tag_leads = PhraseSet(lexicon.tag_leads)
        self.tag_marks = PhraseSet(lexicon.tag_marks)
        self.name_leads = PhraseSet(lexicon.name_leads)
        self.name_trails = PhraseSet(lexicon.name_trails)
        self.person_leads = PhraseSet(lexicon.person_leads)
        self._compile_grammar(lexicon)
        # Between the words of a phrase particles do not count: "스킬의 목록" is "스킬 목록".
        self._between = frozenset((*lexicon.places_after.split("|"), "좀", "~must", "ai"))
        self.modes = {mode: PhraseSet(words) for mode, words in lexicon.modes.items()}

    def _compile_grammar(self, lexicon: Lexicon) -> None:
        self.comment_leads = PhraseSet(lexicon.comment_leads)
        self.causes = PhraseSet(lexicon.causes)
        self.comment_traps = PhraseSet(lexicon.comment_traps)
        self.reservations = PhraseSet(lexicon.reservations)
        self.negations = PhraseSet(lexicon.negations)
        self.absences = PhraseSet(lexicon.absences)
        self.doubts = PhraseSet(lexicon.doubts)
        self.requests = PhraseSet(lexicon.requests)
        self.common = PhraseSet(lexicon.common)
        self.topics = PhraseSet(lexicon.topics)
        self.myself = PhraseSet(lexicon.myself)
        self.roles = PhraseSet(lexicon.roles.keys())
        self.languages = PhraseSet(lexicon.languages.keys())
        self.purposes = PhraseSet(lexicon.purposes)
        self.audiences = PhraseSet(lexicon.audiences)
        self.callings = PhraseSet(lexicon.callings)
        self.owners = PhraseSet(lexicon.owners)

    def compile(self) -> None:
        """Put together what is looked up, so that the first sentence does not wait for it."""
        for made in (self.starts, self.verbs, self.words, self.spelt, self._function_words):
            len(made)

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first words of all the phrases that are looked for beside those of the rules."""
        sets = [value for value in vars(self).values() if isinstance(value, PhraseSet)]
        return frozenset(phrase[0] for words in (*sets, *self.modes.values()) for phrase in words.phrases)

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

    @cached_property
    def spelt(self) -> Mapping[bool, tuple[Sequence[str], Sequence[str]]]:
        """The words that may be misspelt and their letters, Korean ones (True) and others."""
        pairs = [(word, letters(word)) for word in self.words if "~" not in word]
        long = [(word, spelt) for word, spelt in pairs if len(spelt) >= SHORTEST_SLIP]
        split = {korean: [pair for pair in long if (pair[0] != pair[1]) is korean] for korean in (False, True)}
        return {korean: ([w for w, _ in found], [s for _, s in found]) for korean, found in split.items()}

    @cached_property
    def korean(self) -> frozenset[str]:
        """Every Korean word of the lexicon, of phrases and of lists."""
        texts: list[str] = [rule.phrases for rule in self.lexicon.rules]
        for entry in fields(self.lexicon):
            value = getattr(self.lexicon, entry.name)
            if isinstance(value, str):
                texts.append(value)
            elif isinstance(value, Mapping):
                texts += (text for pair in value.items() for text in pair if isinstance(text, str))
            else:
                texts += (text for text in value if isinstance(text, str))
        return frozenset(word for text in texts for word in text.replace("|", " ").split() if has_hangul(word))

    @cached_property
    def _function_words(self) -> frozenset[str]:
        sets = (self.negations, self.doubts, self.comment_traps, self.comment_leads)
        return frozenset(phrase[0] for words in sets for phrase in words.phrases if len(phrase) == 1)

    def is_function_word(self, word: str) -> bool:
        """Say whether ``word`` negates, doubts, limits or gives a reason, so that it cannot be a name."""
        return word in self._function_words

    def is_little(self, word: str) -> bool:
        """Say whether ``word`` is grammar even where something is called so."""
        little = (self.glue, self.pronouns, self.everything, self.skill_nouns, self.conjunctions)
        return any(word in words for words in little) or self.is_function_word(word)

    def begins_request(self, keys: Sequence[str], at: int, *, other_than: str) -> bool:
        """Say whether a request for a change begins at ``at``."""
        return any(
            rule.intent != other_than
            and rule.intent in CHANGES
            and "!" not in rule.takes
            and self._match(words, keys, at)
            for words, rule in self._rules.get(keys[at], ())
        )

    def heads(self, keys: Sequence[str], *, until: int | None = None) -> list[Head]:
        """Return every phrase of every rule in a sentence, or only those that begin before ``until``."""
        found: list[Head] = []
        for start, key in enumerate(keys[:until]):
            for words, rule in self._rules.get(key, ()):
                positions = self._match(words, keys, start)
                if positions:
                    found.append(Head(rule, frozenset(positions), len(positions)))
        return found

    def marks(self, tokens: Sequence[Token], words: PhraseSet) -> bool:
        """Say whether any of ``words`` is among ``tokens``."""
        keys = [token.key for token in tokens]
        return any(words.longest(keys, start, len(keys)) for start in range(len(keys)))

    def _match(self, words: Sequence[str], keys: Sequence[str], start: int) -> list[int]:
        """Return where ``words`` are from ``start`` on; empty when they are not."""
        positions: list[int] = []
        at, gap = start, False
        for word in words:
            if word == GAP:
                gap = True
                continue
            if gap:
                begin = at if has_hangul(word) else at + 1
                later = range(begin, min(begin + _WIDEST_GAP, len(keys)))
                at = next((index for index in later if keys[index] == word), len(keys))
                gap = False
            while positions and at < len(keys) and keys[at] != word and keys[at] in self._between:
                at += 1
            if at >= len(keys) or keys[at] != word:
                return []
            positions.append(at)
            at += 1
        return positions
