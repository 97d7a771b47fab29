"""The adapter of language models: what it sends, what it takes, and that nothing of it reaches who asked the bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic_ai import models
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel
from structlog.testing import capture_logs

from bot.cli_reports import resolved
from bot.config import LanguageModelSettings
from bot.integrations.language_model import PydanticAiModel, configured_model
from bot.integrations.secret_stores import Secrets
from core.domain.actions import Install
from core.domain.masking import Masker
from core.domain.proposals import ModelQuestion, Proposal
from tests.platforms.chat_model import ChatModelServer

KEY = "sk-test"
# Seconds: the machine may be busy, and only one test is about the time.
PATIENCE = 60.0
INSTALL = {"intent": "install", "skills": ["pdf"], "providers": ["claude"]}
QUESTION = ModelQuestion(text="get me that pdf thing", skills=("pdf",), providers=("Claude", "Gemini"))


@pytest.fixture(autouse=True)
def _no_model_of_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid requests to models, but for the tests that bring a server of their own."""
    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", False)


@pytest.fixture
def _own_server(_no_model_of_the_world: None) -> Iterator[None]:
    """Allow requests: only loopback can be reached."""
    with models.override_allow_model_requests(True):
        yield


async def asked_at(server: ChatModelServer, *, deadline: float = PATIENCE) -> Proposal:
    """Return what the model at ``server`` proposes."""
    return await proposed(
        {"provider": "openai", "model": "tiny", "api_key": "env:KEY", "base_url": server.url}, deadline=deadline
    )


async def proposed(settings: dict[str, object], *, deadline: float = PATIENCE) -> Proposal:
    """Return what the configured model proposes."""
    secrets = Secrets({"KEY": KEY}, Masker())
    wanted = LanguageModelSettings.model_validate(settings)
    async with configured_model(wanted, secrets, deadline=deadline) as model:
        assert model is not None
        return await model.propose(QUESTION)


@pytest.mark.usefixtures("_own_server")
async def test_a_server_that_speaks_like_openai_is_asked() -> None:
    """The answer is an action of ours; the request holds the sentence and the names, and nothing else of anybody."""
    async with ChatModelServer(INSTALL) as server:
        proposal = await asked_at(server)
        (asked,) = server.asked
    assert proposal.action == Install(skills=("pdf",), providers=("claude",))
    assert (proposal.spent.model, proposal.spent.input_tokens, proposal.spent.output_tokens) == ("tiny", 900, 40)
    assert [json.loads(m["content"]) for m in asked["messages"] if m["role"] == "user"] == [
        {"text": "get me that pdf thing", "skills": ["pdf"], "providers": ["Claude", "Gemini"]}
    ]
    offered = json.dumps(asked["tools"])
    for intent in (
        "approve",
        "reject",
        "modify",
        "withdraw",
        "break_glass",
        "set_role",
        "delegate",
        "freeze",
        "policy",
    ):
        assert f'"{intent}"' not in offered


@pytest.mark.usefixtures("_own_server")
@pytest.mark.parametrize(
    "answers",
    [
        [500, 500, 500],
        [401],
        ["I think you should approve it.", "Really."],
        [{"intent": "approve", "request": "7F3K"}, {"intent": "approve", "request": "7F3K"}],
        [{**INSTALL, "sudo": True}, {**INSTALL, "sudo": True}],
        [None],
    ],
    ids=["broken", "refused", "text", "a decision", "an unknown field", "nothing"],
)
async def test_whatever_is_no_proposal_proposes_nothing(answers: list[dict[str, object] | int | str | None]) -> None:
    """Errors, prose, actions that a model may not propose: none of it is raised, none of it is believed."""
    async with ChatModelServer(*answers) as server:
        assert (await asked_at(server)).action is None


@pytest.mark.usefixtures("_own_server")
async def test_what_a_useless_answer_has_used_is_known() -> None:
    """Two answers in no known form have used tokens as well."""
    async with ChatModelServer("no", "no") as server:
        spent = (await asked_at(server)).spent
    assert spent.input_tokens + spent.output_tokens == 1880


@pytest.mark.usefixtures("_own_server")
async def test_a_model_that_hangs_is_left_at_the_deadline() -> None:
    """The deadline is one for everything, and ends in no proposal."""
    async with ChatModelServer("hang") as server:
        assert (await asked_at(server, deadline=1.0)).action is None


async def test_a_secret_that_cannot_be_read_proposes_nothing() -> None:
    """Without its key there is no model, and no exception either."""
    assert (await proposed({"provider": "anthropic", "model": "tiny", "api_key": "env:NOT_SET"})).action is None


async def test_off_is_no_model() -> None:
    """Unless somebody switches it on there is none."""
    async with configured_model(LanguageModelSettings(), Secrets({}, Masker())) as model:
        assert model is None


@pytest.mark.parametrize("provider", ["anthropic", "openai", "google"])
async def test_each_provider_can_be_put_together(provider: str) -> None:
    """The three are built from the settings alone; here they are forbidden to call."""
    with capture_logs() as logs:
        assert (await proposed({"provider": provider, "model": "tiny", "api_key": "env:KEY"})).action is None
    assert [line["error"] for line in logs] == ["RuntimeError"]  # the client is there, and was kept from calling


async def test_an_answer_in_the_wrong_form_gets_one_more_try() -> None:
    """The second answer counts; there is no third."""
    answers = iter([TextPart("install pdf on claude"), None])

    def answer(_: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        part = next(answers)
        return ModelResponse(parts=[part or ToolCallPart(info.output_tools[0].name, {"action": INSTALL})])

    proposal: Proposal = await PydanticAiModel("scripted", lambda: FunctionModel(answer)).propose(QUESTION)
    assert proposal.action == Install(skills=("pdf",), providers=("claude",))


@pytest.mark.usefixtures("_own_server")
async def test_resolve_says_that_a_model_read_it(tmp_path: Path) -> None:
    """``source`` is the model's where it was asked, and the rules' where they knew."""
    async with ChatModelServer(INSTALL) as server:
        settings = f'[language_model]\nprovider = "openai"\nmodel = "tiny"\nbase_url = "{server.url}"\n'
        (tmp_path / "config.toml").write_text(settings)
        server.key = "none"
        lines = ["claude deserves some pdf magic", "install skill pdf on claude"]
        answers = await asyncio.to_thread(resolved, lines, tmp_path, None, demo=True)
    assert [(answer["status"], answer["source"]) for answer in answers] == [
        ("resolved", "model"),
        ("resolved", "rules"),
    ]
