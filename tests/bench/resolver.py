"""How fast sentences are understood with a catalogue of 10,000 skills."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo

from core.domain.intents import ProviderName, Vocabulary
from core.services.intent_resolver import IntentResolver

SKILLS = 10_000
_ROUNDS = 2_000
_BUILDS = 5
_PARTS = (
    "pdf", "doc", "sheet", "web", "search", "notes", "meeting", "report", "mail", "chart", "code", "review", "test",
    "data", "image", "video", "audio", "text", "legal", "sales", "team", "plan", "risk", "audit", "cloud", "form",
    "invoice",
)  # fmt: skip


class _Plain:
    def say(self, language: str, message: str, /, **params: object) -> str:
        return message.format_map(params)

    def say_many(self, language: str, one: str, many: str, n: int, /, **params: object) -> str:
        return (one if n == 1 else many).format_map({"n": n, **params})

    def language(self, wanted: str) -> str:
        return wanted

    def zone(self, name: str) -> tzinfo:
        return UTC


def catalogue(count: int = SKILLS) -> Vocabulary:
    """Return a vocabulary with ``count`` skills, always the same ones."""
    dice = random.Random(7)
    names: set[str] = set()
    while len(names) < count:
        names.add("-".join(dice.sample(_PARTS, 3)) + f"-{dice.randrange(100)}")
    kinds = (("claude", "Claude"), ("gemini", "Gemini"), ("openai", "OpenAI"))
    return Vocabulary(
        skills=tuple(sorted(names)),
        providers=tuple(ProviderName(kind=kind, display_name=shown) for kind, shown in kinds),
    )


def main() -> None:
    """Print median, 99th percentile and spread (between the 5th and the 95th) for each kind of sentence."""
    vocabulary = catalogue()
    dice = random.Random(11)
    exact = [f"install {name} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    fuzzy = [f"install {_misspelt(name, dice)} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    slips = [f"instal {name} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    chatter = ["could somebody please tell me where the meeting notes of last week are"] * _ROUNDS
    resolver = IntentResolver(_Plain())
    builds = _timed([lambda: IntentResolver(_Plain()).resolve("help", catalogue())] * _BUILDS)
    makes = _timed([catalogue] * _BUILDS)
    print(f"index of {SKILLS:,} skills   {(statistics.median(builds) - statistics.median(makes)):8.2f} ms")
    for name, sentences in (("exact", exact), ("misspelt name", fuzzy), ("misspelt verb", slips), ("chatter", chatter)):
        resolver.resolve("help", vocabulary)
        _print(name, _timed([_call(resolver, sentence, vocabulary) for sentence in sentences]))


def _call(resolver: IntentResolver, sentence: str, vocabulary: Vocabulary) -> Callable[[], object]:
    return lambda: resolver.resolve(sentence, vocabulary)


def _misspelt(name: str, dice: random.Random) -> str:
    """Return ``name`` with two neighbouring letters of its first word exchanged."""
    at = dice.randrange(1, 3)
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def _timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how many milliseconds each call took."""
    gc.collect()
    taken = []
    for call in calls:
        begin = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def _print(name: str, taken: Sequence[float]) -> None:
    cuts = statistics.quantiles(taken, n=100)
    print(f"{name:<22} median {cuts[49]:7.3f} ms   p99 {cuts[98]:7.3f} ms   spread {cuts[4]:.3f} to {cuts[94]:.3f} ms")


if __name__ == "__main__":
    main()
