"""How well sentences are understood, and how fast with a catalogue of 10,000 skills, in processor time."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence

from core.domain.intents import ProviderName, Vocabulary
from core.services.intent_resolver import IntentResolver
from tests.utterances import LANGUAGES, English, is_right, understood, utterances

SKILLS = 10_000
_ROUNDS = 500
_BUILDS = 5
_PARTS = (
    "pdf", "doc", "sheet", "web", "search", "notes", "meeting", "report", "mail", "chart", "code", "review", "test",
    "data", "image", "video", "audio", "text", "legal", "sales", "team", "plan", "risk", "audit", "cloud", "form",
    "invoice",
)  # fmt: skip


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
    """Print how much is understood, and how fast."""
    accuracy()
    print()
    speed()


def accuracy() -> None:
    """Print the share of utterances understood for each intent, and the two errors that matter, for each split.

    A wrong action is one that nobody asked for; a needless question is one about what was said clearly.
    """
    splits = [(f"{prefix}{language}", language) for language in LANGUAGES for prefix in ("", "held_back_")]
    counts = {split: _counted(split) for split, _ in splits}
    print(f"{'understood of':<20}" + "".join(f"{split:>20}" for split, _ in splits))
    for intent in sorted({intent for of, _, _, _ in counts.values() for intent in of}):
        shares = (f"{right[intent]}/{of[intent]}" for of, right, _, _ in (counts[split] for split, _ in splits))
        print(f"{intent:<20}" + "".join(f"{share:>20}" for share in shares))
    totals = (f"{right.total() / of.total():.1%}" for of, right, _, _ in counts.values())
    print(f"{'all':<20}" + "".join(f"{total:>20}" for total in totals))
    print(f"{'wrong actions':<20}" + "".join(f"{wrong:>20}" for _, _, wrong, _ in counts.values()))
    print(f"{'needless questions':<20}" + "".join(f"{asked:>20}" for _, _, _, asked in counts.values()))


def _counted(split: str) -> tuple[Counter[str], Counter[str], int, int]:
    """Return how many utterances of each intent there are and are understood; wrong actions; needless questions."""
    of, right, wrong, asked = Counter[str](), Counter[str](), 0, 0
    for said in utterances(split):
        got = understood(said)
        hit = is_right(got, said.meaning)
        of[said.intent] += 1
        right[said.intent] += hit
        wrong += isinstance(got, dict) and not hit
        asked += isinstance(said.meaning, dict) and not isinstance(got, dict)
    return of, right, wrong, asked


def speed() -> None:
    """Print median, 99th percentile and spread (between the 5th and the 95th) for each kind of sentence."""
    vocabulary = catalogue()
    dice = random.Random(11)
    exact = [f"install {name} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    fuzzy = [f"install {_misspelt(name, dice)} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    slips = [f"instal {name} on claude" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    chatter = ["could somebody please tell me where the meeting notes of last week are"] * _ROUNDS
    korean = [f"{name} 스킬을 클로드에 설치해 주세요" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    korean_fuzzy = [f"{_misspelt(name, dice)} 클로드에 설취해줘" for name in dice.choices(vocabulary.skills, k=_ROUNDS)]
    korean_chatter = [
        "혹시 지난주 회의에서 나온 이야기를 누가 정리해서 어디에 올려 두었는지 아시는 분 계신가요"
    ] * _ROUNDS
    story = "the meeting was long and nobody could say where the notes are, so we went on talking about it. "
    long_text = [story * 40] * 50
    huge = ["install pdf on claude " * 50_000] * 50
    many = [f"install {', '.join(dice.choices(vocabulary.skills, k=20))} on claude" for _ in range(_ROUNDS)]
    strange = [" ".join(_misspelt(n, dice) for n in dice.choices(vocabulary.skills, k=12)) for _ in range(100)]
    resolver = IntentResolver(English())
    builds = _timed([lambda: IntentResolver(English()).resolve("help", catalogue())] * _BUILDS)
    makes = _timed([catalogue] * _BUILDS)
    print(f"index of {SKILLS:,} skills   {(statistics.median(builds) - statistics.median(makes)):8.2f} ms")
    kinds = (
        ("exact", exact),
        ("misspelt name", fuzzy),
        ("misspelt verb", slips),
        ("chatter", chatter),
        ("Korean", korean),
        ("Korean, misspelt", korean_fuzzy),
        ("Korean chatter", korean_chatter),
        ("twenty names", many),
        ("twelve slips", strange),
        ("4,000 characters", long_text),
        ("1 MB", huge),
    )
    for name, sentences in kinds:
        resolver.resolve("help", vocabulary)
        _print(name, _timed([_call(resolver, sentence, vocabulary) for sentence in sentences]))


def _call(resolver: IntentResolver, sentence: str, vocabulary: Vocabulary) -> Callable[[], object]:
    return lambda: resolver.resolve(sentence, vocabulary)


def _misspelt(name: str, dice: random.Random) -> str:
    """Return ``name`` with two neighbouring letters of its first word exchanged."""
    at = dice.randrange(1, 3)
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


def _timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how many milliseconds of processor time each call took: others may be busy on the same machine."""
    gc.collect()
    taken = []
    for call in calls:
        begin = time.process_time()
        call()
        taken.append((time.process_time() - begin) * 1000)
    return taken


def _print(name: str, taken: Sequence[float]) -> None:
    cuts = statistics.quantiles(taken, n=100)
    shown = f"median {cuts[49]:7.3f} ms   p99 {cuts[98]:7.3f} ms   longest {max(taken):7.3f} ms"
    print(f"{name:<22} {shown}   spread {cuts[4]:.3f} to {cuts[94]:.3f} ms")


if __name__ == "__main__":
    main()
