"""What a language needs so that requests can be read in it: a lexicon, which is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Spoken names of the provider kinds, in every language at once: people mix them.
PROVIDER_ALIASES: Mapping[str, str] = {
    "claude": "claude", "anthropic": "claude", "claude code": "claude", "claude api": "claude",
    "openai": "openai", "open ai": "openai", "codex": "openai", "gpt": "openai", "chatgpt": "openai",
    "gemini": "gemini", "google": "gemini", "gemini cli": "gemini", "google gemini": "gemini", "vertex": "gemini",
    "클로드": "claude", "앤트로픽": "claude", "앤스로픽": "claude", "클로드 코드": "claude",
    "오픈에이아이": "openai", "오픈ai": "openai", "코덱스": "openai", "지피티": "openai",
    "챗지피티": "openai", "챗gpt": "openai",
    "제미나이": "gemini", "제미니": "gemini", "구글": "gemini",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One way to ask for an intent.

    ``phrases`` are alternatives separated by ``|``; ``...`` stands for other words in between. ``takes`` names the
    slots that may be in the sentence; those with ``!`` must be. ``why`` is a reason, of which nothing is kept but the
    sentence itself. ``rest`` is the slot for words that nothing else explains: ``skills`` and ``provider`` believe an
    unknown name, ``near`` only asks about slips of a known skill, ``user``, ``query``, ``topic`` and ``comment`` take
    words. ``fixed`` are fields that the phrase itself says (None: it says that there is none).
    """

    intent: str
    phrases: str
    takes: str = ""
    rest: str = ""
    fixed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. Word lists are separated by ``|``."""

    rules: tuple[Rule, ...]
    #: Said to be polite or to begin; they change nothing.
    fillers: str
    #: Words that only join the others.
    glue: str
    #: Join the members of a list.
    conjunctions: str
    #: Stand before the name of a provider, known or not.
    places: str
    #: May stand between a preposition and a name.
    determiners: str
    #: Stand before a ref; nouns that announce one; the leads behind which any word is one: "at X".
    ref_leads: str
    ref_nouns: str
    ref_marks: str
    #: Stand for the newest ref.
    latest: str
    #: Well-known refs, believed after a preposition.
    branches: str
    #: Nouns that say what the name beside them is.
    skill_nouns: str
    provider_nouns: str
    request_nouns: str
    #: Stand for all skills, all providers, or either.
    all_skills: str
    all_providers: str
    everything: str
    #: Stand for what was spoken of, and for the last request.
    pronouns: str
    last: str
    #: Mark a follow-up: "on gemini too".
    also: str
    #: Stand before tags, also where the phrase itself speaks of tags; before a name to be given; before the person
    #: who did something.
    tag_leads: str
    tag_marks: str
    name_leads: str
    person_leads: str
    #: Begin the comment of a decision.
    comment_leads: str
    #: Begin what is no comment: a condition, a limit, a question, a second request.
    comment_traps: str
    #: Anywhere beside a decision they make it none: conditions, doubts, second thoughts. ``negations`` do as well.
    reservations: str
    #: Take a request back, or put it in doubt: negations, conditions, questions, reports of what others say.
    negations: str
    doubts: str
    #: Ask politely for an action: a question mark behind them is no question.
    requests: str
    #: Too common to be the name of a skill or a person that nobody knows.
    common: str
    myself: str
    #: What help can be about, besides the words of the phrases.
    topics: str
    #: How the modes of a replay, the roles and the languages are called.
    modes: Mapping[str, str]
    roles: Mapping[str, str]
    languages: Mapping[str, str]
    #: Monday first.
    weekdays: tuple[str, ...]
    tomorrow: str
    #: Length of the units of time, in days.
    units: Mapping[str, int]
    #: Words for a single unit.
    one: str
    #: Stand before a time, for each slot that holds one.
    time_leads: Mapping[str, str]
    #: What a limit counts.
    row_nouns: str
    #: Words that stand for several: "what's".
    contractions: Mapping[str, str]
