"""Over-masking: of ordinary text next to nothing is hidden, and the bounds stand here."""

from __future__ import annotations

import base64
import json
import random
import sysconfig
import uuid
from pathlib import Path
from pydoc_data.topics import topics
from urllib.parse import quote, urlencode

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.domain.masking import MASK, Masker
from storage.scrub import Scrubber
from tests.unit.test_masking import TOKENS

ROOT = Path(__file__).parents[2]
MASKER = Masker()


def prose() -> str:
    """Return English prose: what Python's help says, and the documentation of this program."""
    pages = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "bot/demo_skills").rglob("*.md")])
    return "\n".join([*topics.values(), *(page.read_text() for page in pages)])


def code() -> str:
    """Return Python code: the modules of the standard library."""
    folder = Path(sysconfig.get_paths()["stdlib"])
    return "\n".join(path.read_text(errors="replace") for path in sorted(folder.glob("*.py")))


def korean() -> str:
    """Return Korean sentences about everyday work."""
    return (ROOT / "tests/corpus/korean.txt").read_text()


def names() -> str:
    """Return names: of files with their folders, of skills with their refs, of branches and hosts."""
    parts = [
        "token",
        "secret-santa",
        "auth",
        "pdf",
        "api_keys",
        "meeting-notes",
        "password_policy",
        "sk-learn",
        "v1.2.3",
    ]
    dice = random.Random(7)
    lines = []
    for _ in range(20_000):
        path = "/".join(dice.choices(parts, k=dice.randrange(2, 5)))
        lines.append(
            dice.choice(["{}/SKILL.md", "acme/{}@v2.1", "https://git.example.com/{}", "feature/{}", "{}.py"]).format(
                path
            )
        )
    return "\n".join(lines)


def ids() -> str:
    """Return what is random and no secret: commits, digests, UUIDs, codes, and moments."""
    dice = random.Random(8)
    lines = []
    for _ in range(5_000):
        lines += [
            f"{dice.getrandbits(160):040x}",
            f"{dice.getrandbits(28):07x}",
            f"sha256:{dice.getrandbits(256):064x}",
            f"sha256-{base64.b64encode(dice.randbytes(32)).decode()}",
            str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            f"#{''.join(dice.choices('34679ACDEFGHJKMNPQRTWXY', k=4))}",
            f"2026-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}T07:35:07.{dice.randrange(10**6):06}Z",
            f"{dice.randrange(10**12)}.{dice.randrange(10**6):06}",
        ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("corpus", "bound"),
    [(prose, 1 / 5_000), (code, 1 / 5_000), (korean, 0), (names, 0), (ids, 0)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_ordinary_text_stays_readable(corpus: object, bound: float) -> None:
    """Words of prose and code that are hidden are fewer than 1 in 5,000; of names, ids and Korean text none is."""
    text = corpus()  # type: ignore[operator]  # one of the functions above
    words = len(text.split())
    hidden = [line for line in text.splitlines() if MASKER.text(line) != line]
    count = sum(MASKER.text(line).count(MASK) for line in hidden)
    assert words > 250
    assert count <= bound * words, hidden[:20]


_SHAPES = {
    "Slack": r"\Axox[abeoprs]-[0-9]{10,12}-[A-Za-z0-9]{24}\Z",
    "Telegram": r"\A[1-9][0-9]{8}:AA[A-Za-z0-9_-]{33}\Z",
    "GitHub": r"\Agh[pousr]_[A-Za-z0-9]{36}\Z",
    "Anthropic": r"\Ask-ant-api03-[A-Za-z0-9_-]{93}AA\Z",
    "OpenAI": r"\Ask-proj-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\Z",
    "Google": r"\AAIza[A-Za-z0-9_-]{35}\Z",
    "AWS": r"\A(AKIA|ASIA)[A-Z2-7]{16}\Z",
    "JWT": r"\AeyJ[A-Za-z0-9]{20}\.eyJ[A-Za-z0-9]{40}\.[A-Za-z0-9_-]{43}\Z",
}
_SECRETS = st.one_of(
    *(st.from_regex(shape) for shape in _SHAPES.values()),
    st.sampled_from(sorted(TOKENS.values())),
)
#: What stands beside a token and is no part of one.
_EDGE = st.sampled_from(["", " ", "\n", '"', "'", "(", ")", "<", ">", "=", "은 ", "을", "\t", "`", "|", "&", ";"])
_WORDS = st.text(max_size=20)


@given(_WORDS, _EDGE, _SECRETS, _EDGE, _WORDS)
@settings(deadline=None, max_examples=500)
def test_no_token_comes_through(before: str, left: str, secret: str, right: str, after: str) -> None:
    """Random tokens of every issuer, in random text, in keys and in values: nothing of them reaches the database."""
    scrub = Scrubber(MASKER)
    text = f"{before} {left}{secret}{right} {after}"
    for stored in (scrub.text(text), str(scrub.data({"said": [text], secret: 1}))):
        assert secret not in stored
        assert secret[-16:] not in stored


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=30))
@settings(deadline=None)
def test_a_known_value_is_hidden_in_other_spellings(value: str) -> None:
    """What a reference led to is hidden as it stands in an address, in JSON, and in a header of HTTP."""
    assume(MASK not in value)
    masker = Masker([value])
    for spelt in (
        quote(value, safe=""),
        json.dumps(value)[1:-1],
        urlencode({"q": value})[2:],
        base64.b64encode(value.encode()).decode(),
    ):
        if len(spelt) >= 6 and spelt.rstrip("=") not in MASK:
            assert spelt.rstrip("=") not in masker.text(f"GET /x?q={spelt} ").replace(MASK, "")
