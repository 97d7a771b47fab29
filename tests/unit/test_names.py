"""Names are found whatever their case and hyphens; what is only near is offered."""

from __future__ import annotations

import unicodedata

import pytest

from core.domain.intents import ProviderName, Vocabulary
from core.services.language.lexicon import PROVIDER_ALIASES
from core.services.language.names import NameIndex

INDEX = NameIndex(
    Vocabulary(
        skills=("pdf", "pdf-forms", "meeting-notes", "web-search", "회의록"),
        providers=(
            ProviderName(kind="claude", display_name="Claude"),
            ProviderName(kind="gemini", display_name="Gemini A"),
            ProviderName(kind="gemini", display_name="Gemini B"),
        ),
    ),
    PROVIDER_ALIASES,
)


@pytest.mark.parametrize(
    ("spoken", "name"),
    [
        ("pdf", "pdf"),
        ("PDF", "pdf"),
        ("Meeting Notes", "meeting-notes"),
        ("meeting_notes", "meeting-notes"),
        ("websearch", "web-search"),
        (unicodedata.normalize("NFD", "회의록"), "회의록"),
        ("pdff", None),
        ("", None),
    ],
)
def test_case_hyphens_and_spaces_are_no_difference(spoken: str, name: str | None) -> None:
    """They are what people change when they speak."""
    assert INDEX.skill(spoken) == name


@pytest.mark.parametrize(
    ("spoken", "names"),
    [
        ("anthropic", ("claude",)),
        ("클로드", ("claude",)),
        ("google", ("Gemini A", "Gemini B")),
        ("gemini b", ("Gemini B",)),
        ("codex", ("openai",)),
        ("nothing", None),
    ],
)
def test_providers_are_found_by_alias_and_display_name(spoken: str, names: tuple[str, ...] | None) -> None:
    """A kind with several providers stands for all of them; one that is not connected is still named."""
    assert INDEX.provider(spoken) == names


@pytest.mark.parametrize(
    ("spoken", "first"), [("pfd-forms", "pdf-forms"), ("meetin notes", "meeting-notes"), ("wbe search", "web-search")]
)
def test_a_slip_is_near_what_was_meant(spoken: str, first: str) -> None:
    """The likeliest name comes first."""
    assert INDEX.near_skills(spoken)[0] == first


@pytest.mark.parametrize("spoken", ["zzyzx", "", "q"])
def test_another_name_is_near_nothing(spoken: str) -> None:
    """A name that is like none is not forced onto one."""
    assert INDEX.near_skills(spoken) == ()


def test_only_connected_providers_are_offered() -> None:
    """A slip of "openai" leads nowhere while no such provider is connected."""
    assert INDEX.near_providers("cluade") == ("claude",)
    assert INDEX.near_providers("opneai") == ()


def test_the_best_of_ten_thousand_is_found() -> None:
    """The shortlist for comparison keeps the name that was meant."""
    words = ("pdf", "doc", "web", "mail", "plan", "risk", "note", "form", "team", "code")
    names = [f"{a}-{b}-{c}-{n}" for a in words for b in words for c in words for n in range(10)]
    index = NameIndex(Vocabulary(skills=tuple(names)), {})
    found = [name in index.near_skills(name[1] + name[0] + name[2:]) for name in names[::97]]
    assert sum(found) >= 0.9 * len(found)
