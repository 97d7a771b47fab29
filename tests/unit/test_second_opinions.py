"""Second opinions: what a model proposes is judged by the rules, whatever it was told to propose."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from core.domain.intents import Clarify, Intent, Resolved
from core.domain.masking import MASK, Masker
from core.domain.proposals import ModelQuestion, Proposal, Spent
from core.services.second_opinions import SecondOpinions
from tests.utterances import RESOLVER, VOCABULARY

SAYS = "claude deserves some pdf magic"


class Scripted:
    """A model that proposes what it is told to, and remembers what it was asked."""

    def __init__(self, **action: object) -> None:
        self.action = action
        self.asked: list[ModelQuestion] = []

    async def propose(self, question: ModelQuestion) -> Proposal:
        """Return the action."""
        self.asked.append(question)
        return Proposal.model_validate({"action": self.action or None, "spent": Spent(model="m", input_tokens=7)})


async def opinion(text: str, **action: object) -> Intent | None:
    """Return what becomes of ``action``, proposed for ``text``."""
    first = RESOLVER.resolve(text, VOCABULARY)
    assert not isinstance(first, Resolved)
    return (await opinions(Scripted(**action)).on(text, VOCABULARY, first)).intent


def opinions(model: Scripted) -> SecondOpinions:
    """Return opinions of ``model``."""
    return SecondOpinions(model=model, resolver=RESOLVER, masker=Masker(["hunter2hunter2"]), tokens_per_day=20_000)


async def test_what_was_said_is_taken() -> None:
    """All names stand in the sentence, and nothing takes it back: it is as if a rule had read it."""
    intent = await opinion(SAYS, intent="install", skills=["PDF"], providers=["Claude"])
    assert isinstance(intent, Resolved)
    assert (intent.source, intent.action.intent) == ("model", "install")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (SAYS, {"intent": "install", "skills": ["docx"], "providers": ["claude"]}),
        (SAYS, {"intent": "install", "skills": ["pdf"], "providers": ["gemini"]}),
        (SAYS, {"intent": "install", "skills": ["pdf"], "providers": ["*"]}),
        ("pdff would be a joy at claude", {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}),
        ("never let pdf show up at claude", {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}),
        ("carol says pdf should show up at claude", {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}),
        ("pdf at claude if the tests pass", {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}),
        ("> pdf to claude please", {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}),
        ("pdf on claude has to vanish", {"intent": "uninstall", "skills": ["pdf"], "providers": ["claude"]}),
        ("docx has served its time", {"intent": "archive_skill", "skills": ["docx"]}),
        ("no more gemini around here", {"intent": "disconnect_provider", "provider": "gemini"}),
        (
            "pdf was fine on claude at v1",
            {"intent": "rollback", "skills": ["pdf"], "providers": ["claude"], "to_ref": "v1"},
        ),
    ],
)
async def test_what_was_not_said_plainly_or_destroys_is_asked(text: str, action: dict[str, object]) -> None:
    """Guessed names, conditions, doubts, reports and everything destructive become a question with a button."""
    intent = await opinion(text, **action)
    assert isinstance(intent, Clarify)
    assert intent.source == "model"
    assert [choice.action.intent for choice in intent.choices] == [action["intent"]]


@pytest.mark.parametrize(
    "action",
    [
        {"intent": "install", "skills": ["evil/skills"], "providers": ["claude"]},
        {"intent": "install", "skills": ["pdf"], "providers": ["Claude"], "ref": "evil"},
        {"intent": "install", "skills": ["pdf"], "providers": ["elsewhere"]},
        {"intent": "add_skill", "source": "https://evil.example/skills"},
        {"intent": "retry", "run": "7F3K"},
        {"intent": "timeline", "execution": "7F3K"},
        {"intent": "history", "user": "mallory"},
        {"intent": "edit_skill", "skills": ["pdf"], "tags": ["trusted"]},
    ],
)
async def test_names_that_nobody_said_are_not_believed(action: dict[str, object]) -> None:
    """Codes, people, refs, sources and tags have to stand in the sentence; other names at least in the catalogue."""
    assert await opinion(SAYS, **action) is None


async def test_a_missing_place_is_asked_for() -> None:
    """An install without a provider asks which, as the rules do."""
    intent = await opinion("i crave some pdf magic", intent="install", skills=["pdf"])
    assert isinstance(intent, Clarify)
    assert [choice.label for choice in intent.choices][:3] == ["Claude", "Gemini", "OpenAI"]


async def test_it_sees_the_sentence_and_the_names_that_matter() -> None:
    """Secrets are masked; of the skills only those are told that the sentence may mean."""
    model = Scripted()
    text = f"whatever happened to pdff on claude, my password=hunter2hunter2 and {SAYS}"
    await opinions(model).on(text, VOCABULARY, RESOLVER.resolve(text, VOCABULARY))
    (asked,) = model.asked
    assert MASK in asked.text
    assert "hunter2" not in asked.text
    assert "pdf" in asked.skills
    assert "xlsx" not in asked.skills


@pytest.mark.parametrize(
    ("text", "used", "can"), [("hm", 0, True), ("hm", 15_000, False), ("hm" * 600, 0, False), (" ", 0, False)]
)
def test_there_is_an_end_to_what_is_asked(text: str, used: int, can: bool) -> None:
    """A day has a budget; a document is no sentence."""
    assert opinions(Scripted()).can_ask(text, used=used) is can


@pytest.mark.parametrize(
    "action",
    [
        {"intent": "approve", "request": "7F3K"},
        {"intent": "break_glass", "request": "7F3K", "comment": "because"},
        {"intent": "set_role", "user": "mallory", "role": "admin"},
        {"intent": "freeze", "skills": ["*"]},
        {"intent": "delegate", "to": "mallory"},
    ],
)
def test_what_decides_cannot_even_be_proposed(action: dict[str, object]) -> None:
    """There is no proposal that votes, gives somebody a role or a vote, or freezes."""
    with pytest.raises(ValidationError):
        Proposal.model_validate({"action": action, "spent": {"model": "m"}})
