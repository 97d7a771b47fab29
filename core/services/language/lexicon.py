"""What a language needs so that requests can be read in it: a lexicon, which is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

#: Spoken names of the provider kinds, in every language at once: people mix them.
PROVIDER_ALIASES: Mapping[str, str] = {
    "claude": "claude", "anthropic": "claude", "claude code": "claude", "claude api": "claude",
    "openai": "openai", "open ai": "openai", "codex": "openai", "gpt": "openai", "chatgpt": "openai",
    "gemini": "gemini", "google": "gemini", "gemini cli": "gemini", "google gemini": "gemini", "vertex": "gemini",
    "클로드": "claude", "앤트로픽": "claude", "앤스로픽": "claude", "클로드 코드": "claude",
    "오픈에이아이": "openai", "오픈ai": "openai", "코덱스": "openai", "지피티": "openai",
    "챗지피티": "openai", "챗gpt": "openai",
    "제미나이": "gemini", "제미니": "gemini", "재미나이": "gemini", "재미니": "gemini", "구글": "gemini",
    "오픈 에이아이": "openai", "챗 지피티": "openai", "쳇지피티": "openai", "클로드코드": "claude",
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
    #: Fillers that ask for nothing when nothing else is said, and are answered in kind.
    greetings: str
    thanks: str
    #: Said of what is there, before the request that follows from it: "is broken, roll it back".
    grounds: str
    #: Said when one changes one's mind; beside what takes something back they change nothing.
    second_thoughts: str
    #: Ask for something without a verb: "pdf on claude please" wants it there.
    urges: str
    #: Said to ask for a look at something; they change nothing where nothing is changed.
    looks: str
    #: Words that only join the others.
    glue: str
    #: Join the members of a list.
    conjunctions: str
    #: Stand before the name of a provider, known or not; stand behind one.
    places: str
    places_after: str
    #: Those of either kind that say where something comes from.
    origins: str
    #: Stand behind what belongs to a name, and is none: "the removal of pdf".
    relations: str
    #: May stand between a preposition and a name.
    determiners: str
    #: Stand before a ref; nouns that announce one; the leads behind which any word is one: "at X".
    ref_leads: str
    ref_nouns: str
    ref_marks: str
    #: Stand behind a ref.
    ref_trails: str
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
    #: Mark a follow-up: "on gemini too". ``likewise`` is said of a name: the rest is as it was.
    also: str
    likewise: str
    #: Stand behind tags; stand before them, also where the phrase itself speaks of tags; before a name to be given;
    #: behind it; before the person who did something.
    tag_trails: str
    tag_leads: str
    tag_marks: str
    name_leads: str
    name_trails: str
    person_leads: str
    #: Begin the comment of a decision.
    comment_leads: str
    #: Those of them that begin nothing but a reason, whatever is asked for.
    causes: str
    #: Begin what is no comment: a condition, a limit, a question, a second request.
    comment_traps: str
    #: Anywhere beside a decision they make it none: conditions, doubts, second thoughts. ``negations`` do as well.
    reservations: str
    #: Take a request back, or put it in doubt: negations, conditions, questions, reports of what others say.
    negations: str
    doubts: str
    #: Before what they stand is what something is for, and nothing that can be guessed to be a place.
    purposes: str
    #: Nouns for those whom something is for, behind the word that says which: "for the sales team".
    audiences: str
    #: Those who are called to decide: "team, please approve 7F3K" is said to them, and is no vote.
    callings: str
    #: Whose requests are looked at: the speaker's.
    owners: str
    #: Negations that tell, in a reason, what is not there: "because nobody is awake".
    absences: str
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
    #: Places that people name instead of a zone.
    zones: Mapping[str, str]
    #: Monday is 0; days counted from today; the words for next week; those behind the numbers of a date.
    weekdays: Mapping[str, int]
    days_ahead: Mapping[str, int]
    next_week: str
    month_day: tuple[str, ...]
    #: What may stand before the name of a day and changes nothing.
    day_leads: str
    #: Length of the units of time, in days; of what needs no number; numbers that are written out.
    units: Mapping[str, float]
    spans: Mapping[str, float]
    numbers: Mapping[str, int]
    #: Stand before a time, for each slot that holds one, and behind it.
    time_leads: Mapping[str, str]
    time_trails: Mapping[str, str]
    #: What a limit counts.
    row_nouns: str
    #: Words that stand for several: "what's".
    contractions: Mapping[str, str]

    def __add__(self, other: Lexicon) -> Lexicon:
        """Return the words of both: a sentence may mix languages."""
        return Lexicon(**{f.name: _both(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)})


def _both(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, str):
        return "|".join(filter(None, (ours, theirs)))
    if isinstance(ours, Mapping):
        return {**ours, **theirs, **{key: _both(ours[key], theirs[key]) for key in ours.keys() & theirs.keys()}}
    return (*ours, *theirs)
