"""Understanding: from a sentence to an intent - the whole of it in one reading, or a question, or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.domain.actions import ChatAction, risk_of
from core.domain.intents import Clarify, Intent, Resolved, Unknown
from core.domain.plans import RiskLevel
from core.services.language.building import draft_of
from core.services.language.context import ResolverContext
from core.services.language.hangul import has_hangul, letters
from core.services.language.lexicon import Rule
from core.services.language.names import NameIndex
from core.services.language.normalise import Sentence, Token, fold
from core.services.language.phrases import SHORTEST_SLIP, Grammar, Head
from core.services.language.questions import DECISIONS, Questions
from core.services.language.reading import read
from core.services.language.slots import may_be_code
from core.services.language.times import Moments
from core.services.language.view import Reading

_SLIP_CONFIDENCE = 0.8
# From this length on a slip may be anywhere in a word; so many of them are looked for in a sentence.
_SURE_SLIP = 6
_MOST_SLIPS = 2
# Letters: how far off a slip may be, and from which length on it may be as far.
_MOST_OFF = 2
_LONG_WORD = 8
# What a slip must not lead to.
_RISKY = DECISIONS | {"uninstall", "rollback", "archive_skill", "disconnect_provider", "set_role", "deactivate_user"}
# A sentence is nearly understood when it leaves at most so many words, and at most this share of them, unexplained.
_FEW_WORDS = 2
_SMALL_SHARE = 0.4
# In a longer text the request stands at the beginning, or it is a story.
_LONG = 60
_BEGINNING = 12


class Understanding:
    """Reads the sentences of one vocabulary and one conversation."""

    def __init__(self, grammar: Grammar, names: NameIndex, context: ResolverContext, questions: Questions) -> None:
        """Read by ``grammar`` with the names in ``names``; ask with ``questions``."""
        self._grammar = grammar
        self._names = names
        self._context = context
        self._questions = questions
        self._moments = Moments(grammar.lexicon, context.now)
        self._found: dict[tuple[Token, ...], list[Head]] = {}

    def of(self, sentence: Sentence) -> Intent:
        """Return what ``sentence`` asks for."""
        if sentence.quotes or not sentence.tokens:
            return Unknown()
        readings = self._readings(sentence)
        whole = _whole(readings)
        if whole and not (whole[0].guesses and _is_read(whole[0])):
            return self._judge(whole, sentence)
        if not _is_reserved(readings):
            intent = self._follow_up(sentence) or self._verbless(sentence) or self._corrected(sentence, readings)
            if intent is not None:
                return intent
        if whole:
            return self._judge(whole, sentence)
        return (
            self._several(sentence)
            or self._nearly(sentence, readings)
            or self._courtesy(sentence)
            or self._nothing(readings or self._bare(sentence), self._spoken_of(sentence))
        )

    def _bare(self, sentence: Sentence) -> list[Reading]:
        """Return the names and codes of a sentence that asks for nothing."""
        rules = (Rule("status", "", "skills providers", "near"), Rule("timeline", "", "code!"))
        heads = (Head(rule, frozenset(), 0) for rule in rules)
        found = (read(sentence, head, self._grammar, self._names, self._moments) for head in heads)
        return [reading for reading in found if reading is not None and (reading.values or reading.near)]

    def _readings(
        self, sentence: Sentence, *, whole: bool = False, changed: frozenset[int] = frozenset()
    ) -> list[Reading]:
        """Return every reading of ``sentence``, the best first; only those of a ``changed`` verb, where any was."""
        heads = (head for head in self._heads(sentence) if self._can_be(head, sentence))
        if changed:
            heads = (head for head in heads if any(sentence.tokens[at].start in changed for at in head.positions))
        found = (read(sentence, head, self._grammar, self._names, self._moments, whole=whole) for head in heads)
        return sorted((reading for reading in found if reading is not None), key=_cost)

    def _heads(self, sentence: Sentence) -> list[Head]:
        """Return the heads in ``sentence``; in a long text only those at its beginning."""
        known = self._found.get(sentence.tokens)
        if known is None:
            until = _BEGINNING if len(sentence.tokens) > _LONG else None
            known = self._grammar.heads([token.key for token in sentence.tokens], until=until)
            self._found[sentence.tokens] = known
        return known

    def _can_be(self, head: Head, sentence: Sentence) -> bool:
        """Say whether ``sentence`` may hold what the rule of ``head`` must have; most chatter holds none of it."""
        takes = head.rule.takes
        if "!" not in takes:
            return True
        tokens, lexicon = sentence.tokens, self._grammar.lexicon
        if "code!" in takes and not any(may_be_code(token.text) for token in tokens):
            return bool(
                self._grammar.marks(tokens, self._grammar.last) or self._grammar.marks(tokens, self._grammar.pronouns)
            )
        if "source!" in takes and not any("/" in token.text for token in tokens):
            return self._grammar.marks(tokens, self._grammar.pronouns)
        return "language!" not in takes or any(token.key in lexicon.languages for token in tokens)

    def _judge(self, readings: list[Reading], sentence: Sentence, *, slip: bool = False) -> Intent:
        """Return the intent of whole readings: the best one, unless several are equally good."""
        drafts = [(reading, draft) for reading in readings if (draft := draft_of(reading, self._context)) is not None]
        if not drafts:
            return self._nothing(readings)
        drafts.sort(key=lambda pair: (*_cost(pair[0]), bool(pair[1].openings)))
        reading, draft = drafts[0]
        if draft.openings:
            intent: Intent = self._questions.about(draft)
        else:
            best = [d.action() for r, d in drafts if _cost(r) == _cost(reading) and not d.openings]
            actions = list(dict.fromkeys(action for action in best if action is not None))
            if not actions:
                return self._nothing(readings)
            intent = Resolved(action=actions[0]) if len(actions) == 1 else self._questions.one_of(actions)
        if isinstance(intent, Resolved) and self._is_about_others(reading):
            return self._questions.confirm_own(intent.action)
        if isinstance(intent, Resolved) and self._must_ask(intent.action, sentence, slip=slip):
            return self._questions.confirm(intent.action)
        if isinstance(intent, Resolved) and slip:
            return intent.evolve(confidence=_SLIP_CONFIDENCE)
        return intent

    def _is_about_others(self, reading: Reading) -> bool:
        """Say whether somebody else than the speaker is said to do it."""
        owners = reading.values.get("owner", ())
        return any(fold(owner) != fold(self._context.speaker or "") for owner in owners)

    def _must_ask(self, action: ChatAction, sentence: Sentence, *, slip: bool) -> bool:
        """Say whether ``action`` needs a confirmation: misspelt and dangerous, or asked as a question."""
        risk = risk_of(action)
        if slip and (risk is RiskLevel.DESTRUCTIVE or action.intent in DECISIONS):
            return True
        if not sentence.asks or (risk is RiskLevel.READ and action.intent not in DECISIONS):
            return False
        return action.intent in DECISIONS or not self._grammar.marks(sentence.tokens, self._grammar.requests)

    def _follow_up(self, sentence: Sentence) -> Intent | None:
        """Read "now on gemini too": the last action again, with other names."""
        last = self._context.last_action
        if last is None or not self._grammar.marks(sentence.tokens, self._grammar.also):
            return None
        takes = " ".join(slot for slot in ("skills", "providers", "ref") if slot in type(last).model_fields)
        if "providers" not in takes:
            return None
        rule = Rule(last.intent, "", takes, "near")
        reading = read(sentence, Head(rule, frozenset(), 0), self._grammar, self._names, self._moments)
        if reading is None or reading.unexplained or reading.near or reading.trap or not reading.values:
            return None
        changes = {slot: tuple(names) if slot != "ref" else names[0] for slot, names in reading.values.items()}
        action = last.evolve(**changes)
        asks = self._must_ask(action, sentence, slip=False)
        return (
            self._questions.confirm(action)
            if asks or risk_of(action) is RiskLevel.DESTRUCTIVE
            else Resolved(action=action)
        )

    def _verbless(self, sentence: Sentence) -> Intent | None:
        """Read "pdf on claude please": known names alone that somebody asks for may be wanted there."""
        tokens = sentence.tokens
        if sentence.asks or not self._grammar.marks(tokens, self._grammar.urges):
            return None
        if self._grammar.marks(tokens, self._grammar.origins):
            return None  # "pdf off claude please"
        rule = Rule("install", "", "skills! providers! ref", "near")
        reading = read(sentence, Head(rule, frozenset(), 0), self._grammar, self._names, self._moments)
        if reading is None or reading.unexplained or reading.near or reading.trap or reading.pronoun or reading.last:
            return None
        intent = self._judge([reading], sentence)
        return self._questions.confirm(intent.action) if isinstance(intent, Resolved) else intent

    def _corrected(self, sentence: Sentence, first: list[Reading]) -> Intent | None:
        """Read the sentence without the slips in its verbs and little words; ``first`` is what it says with them."""
        variants = self._without_slips(sentence)
        readings: list[Reading] = []
        for variant in variants:
            # Where even the best reading leaves more words than are corrected, only another verb can make it whole.
            pairs = zip(variant.tokens, sentence.tokens, strict=True)
            corrected = frozenset(a.start for a, b in pairs if a is not b)
            hopeless = all(len(reading.unexplained) > len(corrected) for reading in first)
            found = self._readings(variant, whole=True, changed=corrected if hopeless else frozenset())
            readings += (reading for reading in _whole(found) if not reading.guesses)
        if not readings:
            return None
        intents = {reading.rule.intent for reading in readings}
        risky = any(_is_risky(reading) for reading in readings)
        if len(variants) > 1 and len(intents) > 1 and risky:
            drafts = (draft_of(reading, self._context) for reading in readings)
            actions = [action for draft in drafts if draft and not draft.openings and (action := draft.action())]
            return self._questions.one_of(actions) if actions else None
        return self._judge(sorted(readings, key=_cost), sentence, slip=True)

    def _without_slips(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences that could have been meant."""
        if len(sentence.tokens) > _LONG:
            return []
        found = (
            (at, near)
            for at, token in enumerate(sentence.tokens)
            if self._is_strange(token) and (near := self._near(token))
        )
        slips = list(itertools.islice(found, _MOST_SLIPS + 1))
        if not slips or len(slips) > _MOST_SLIPS:
            return []
        variants = [sentence]
        for at, words in slips:
            variants = [_replaced(variant, at, word) for variant in variants for word in words]
        return variants

    def _is_strange(self, token: Token) -> bool:
        return (
            len(letters(token.key)) >= SHORTEST_SLIP
            and token.key.isalpha()
            and token.key not in self._grammar.words
            and not self._grammar.is_function_word(token.key)
            and self._names.skill(token.text) is None
            and self._names.provider(token.text) is None
        )

    def _near(self, token: Token) -> list[str]:
        """Return the words that ``token`` may be a slip of: one letter off, two in long words or for dangerous ones."""
        korean, key = has_hangul(token.key), letters(token.key)
        allowed = 1 if len(key) < _LONG_WORD else _MOST_OFF
        words, spellings = self._grammar.spelt[korean]
        near = process.extract(key, spellings, scorer=OSA.distance, score_cutoff=_MOST_OFF, limit=None)
        found = [
            (int(distance), words[index]) for spelt, distance, index in near if _may_be_slip(key, spelt, korean=korean)
        ]
        if not found or min(found)[0] > allowed:
            return []
        best = min(found)[0]
        return [word for distance, word in sorted(found) if distance == best or self._grammar.words[word] & _RISKY]

    def _several(self, sentence: Sentence) -> Intent | None:
        """Read several requests in one sentence; each must be clear, and one comes first."""
        actions = []
        parts = list(self._parts(sentence))
        for part in parts if len(parts) > 1 else ():
            whole = _whole(self._readings(part, whole=True))
            intent = self._judge(whole, part) if whole else None
            if not isinstance(intent, Resolved):
                return None
            actions.append(intent.action)
        return self._questions.first_of(actions) if len(actions) > 1 else None

    def _parts(self, sentence: Sentence) -> Iterable[Sentence]:
        """Return the requests of a sentence, cut where one begins behind a comma or an "and"."""
        keys = [token.key for token in sentence.tokens]
        heads = self._heads(sentence)
        if has_hangul(sentence.text):
            return self._clauses(sentence, {max(head.positions) + 1 for head in heads})
        starts = {min(head.positions) for head in heads}
        cuts, begin = [], 0
        for at in sorted(starts - {0}):
            joined = sentence.tokens[at].separated or keys[at - 1] in self._grammar.conjunctions
            if joined or self._grammar.fillers.longest(keys, at - 1, at):
                cuts.append((begin, at))
                begin = at
        cuts.append((begin, len(keys)))
        return [replace(sentence, tokens=self._trimmed(sentence.tokens[start:stop])) for start, stop in cuts]

    def _clauses(self, sentence: Sentence, ends: set[int]) -> Iterable[Sentence]:
        """Return the requests of a Korean sentence, cut behind a verb that goes on with "and" or a comma."""
        tokens, begin, parts = sentence.tokens, 0, []
        for at in sorted(ends):
            if at < len(tokens) and (tokens[at].separated or tokens[at].key in self._grammar.conjunctions):
                parts.append(tokens[begin:at])
                begin = at
        parts.append(tokens[begin:])
        return [replace(sentence, tokens=self._trimmed(part)) for part in parts]

    def _trimmed(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        while tokens and (tokens[-1].key in self._grammar.conjunctions or tokens[-1].key in self._grammar.fillers):
            tokens = tokens[:-1]
        return tokens

    def _nearly(self, sentence: Sentence, readings: list[Reading]) -> Intent | None:
        """Ask about the best reading when it leaves hardly anything unexplained."""
        for reading in readings:
            odd = reading.unexplained
            harmless = not any(self._grammar.is_function_word(token.key) for token in odd)
            if reading.rule.intent in _RISKY and any(token.key in self._grammar.verbs for token in odd):
                continue  # "제미나이 빼고 pdf 설치" asks to install, not to take anything away
            few = len(odd) <= min(_FEW_WORDS, _SMALL_SHARE * len(sentence.tokens))
            if not (few and harmless and reading.values) or reading.rule.intent in DECISIONS or reading.trap:
                continue
            draft = draft_of(reading, self._context)
            if draft is None:
                continue
            if draft.openings:
                is_odd = any(opening.slot == "skills" and not opening.names for opening in draft.openings)
                intent = self._questions.which_skill() if is_odd else self._questions.about(draft)
                return intent if isinstance(intent, Clarify) else None
            action = draft.action()
            if action is not None:
                return self._questions.confirm(action)
        return None

    def _spoken_of(self, sentence: Sentence) -> list[str]:
        """Return the intents of the phrases in ``sentence``, the longest first, though it does not ask for them."""
        heads = self._heads(sentence)
        return [head.rule.intent for head in sorted(heads, key=lambda head: -head.words)]

    def _courtesy(self, sentence: Sentence) -> Unknown | None:
        """Return what is nothing but politeness, with a greeting or thanks among it."""
        grammar, keys = self._grammar, [token.key for token in sentence.tokens]
        at = 0
        while at < len(keys) and (used := grammar.fillers.longest(keys, at, len(keys))):
            at += used
        if at < len(keys):
            return None
        if grammar.marks(sentence.tokens, grammar.thanks):
            return Unknown(courtesy="thanks")
        return Unknown(courtesy="greeting") if grammar.marks(sentence.tokens, grammar.greetings) else None

    def _nothing(self, readings: list[Reading], intents: Iterable[str] = ()) -> Unknown:
        drafts = (
            draft_of(reading, self._context) for reading in readings if not reading.guesses and not reading.is_mixed
        )
        actions = [action for draft in drafts if draft and not draft.openings and (action := draft.action())]
        return self._questions.unknown(actions, readings, intents)


def _may_be_slip(key: str, word: str, *, korean: bool) -> bool:
    """Say whether people slip so: in short words they get the first letter right, or exchange letters."""
    if sorted(key) == sorted(word):
        return True
    if len(key) >= _SURE_SLIP:
        return True
    return key[0] == word[0] and (korean or len(key) > SHORTEST_SLIP or len(word) > SHORTEST_SLIP)


def _whole(readings: list[Reading]) -> list[Reading]:
    return [reading for reading in readings if not reading.unexplained and not reading.trap]


def _is_reserved(readings: list[Reading]) -> bool:
    """Say whether the sentence is a decision with a reservation: none of its words is a slip of something else."""
    return any(reading.trap and not reading.unexplained and reading.rule.intent in DECISIONS for reading in readings)


def _is_read(reading: Reading) -> bool:
    return reading.rule.intent in {"show_skill", "status", "history", "list_skills", "drift", "diff", "help"}


def _is_risky(reading: Reading) -> bool:
    return reading.rule.intent in DECISIONS | {
        "uninstall",
        "rollback",
        "archive_skill",
        "disconnect_provider",
        "set_role",
    }


def _replaced(sentence: Sentence, at: int, word: str) -> Sentence:
    token = replace(sentence.tokens[at], text=word, key=word)
    return replace(sentence, tokens=(*sentence.tokens[:at], token, *sentence.tokens[at + 1 :]))


def _cost(reading: Reading) -> tuple[int, int, int, int]:
    """Order readings by what is unexplained, only believed, taken for a comment, and not part of the phrase."""
    return (
        len(reading.unexplained),
        reading.guesses + len(reading.near),
        int(reading.comment is not None),
        -reading.head.words,
    )
