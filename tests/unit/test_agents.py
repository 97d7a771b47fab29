"""What other programs ask: the answers they can be given, and what a policy and a hash make of the question."""

from __future__ import annotations

from typing import Any

import pytest

from core.domain.agents import AgentQuestion
from core.domain.approvals import ApprovalSubject
from core.domain.messages import ConversationRef
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, decide
from core.errors import AnswerMissing, AnswerUnknown

HERE = ConversationRef(channel="api", conversation_id="u-alice", private=True)


def question(**changes: Any) -> AgentQuestion:
    """Return a question of the cost agent."""
    return AgentQuestion(
        agent_type="cost", request_type="action_approval", title="Stop idle-7", payload={"host": "idle-7"}
    ).evolve(**changes)


OPTIONS = question(options=("Restart", "Scale up"))
TEXT = question(request_type="prompt_input")


@pytest.mark.parametrize(
    ("asked", "response", "comment", "answer", "left"),
    [
        (question(), None, "go on", None, "go on"),
        (question(), {"until": "friday"}, "go on", {"until": "friday"}, "go on"),
        (OPTIONS, None, "scale UP ", {"option": "Scale up"}, None),
        (question(options=("go", "Go")), None, "Go", {"option": "Go"}, None),
        (OPTIONS, {"option": "Restart", "n": 2}, "now", {"option": "Restart", "n": 2}, "now"),
        (TEXT, None, "42 of them", {"text": "42 of them"}, None),
        (TEXT, {"text": "42"}, "I counted", {"text": "42"}, "I counted"),
    ],
)
def test_who_answers_in_chat_says_one_thing(
    asked: AgentQuestion, response: dict[str, Any] | None, comment: str | None, answer: object, left: str | None
) -> None:
    """Where an answer is needed, what was typed or pressed is it; over HTTP the answer and the comment are two."""
    assert asked.answered(response, comment) == (answer, left)


@pytest.mark.parametrize("asked", [OPTIONS, TEXT])
@pytest.mark.parametrize(
    ("response", "comment"), [(None, None), (None, " "), ({}, "x"), ({"option": 1, "text": 1}, "")]
)
def test_a_plain_yes_is_no_answer(asked: AgentQuestion, response: dict[str, Any] | None, comment: str | None) -> None:
    """An approval without the text or the option that was asked for is refused."""
    with pytest.raises(AnswerMissing):
        asked.answered(response, comment)


def test_only_what_is_offered_can_be_chosen() -> None:
    """An option that the program did not offer is refused, and those that it did are named."""
    with pytest.raises(AnswerUnknown, match="Restart, Scale up"):
        OPTIONS.answered({"option": "Stop"}, None)


def test_an_agents_request_is_asked_of_an_admin_by_default_and_has_rules_of_its_own() -> None:
    """By default it is a write; a rule can pick it by the agent, by the kind of request and as an agent's at all."""
    facts = ApprovalSubject(action=question()).facts(HERE)
    assert decide(DEFAULT_POLICY, facts).name == "write"
    for criteria in ({"agents": ("cost",)}, {"request_types": ("action_approval",)}, {"intents": ("agent_request",)}):
        rule = Rule.model_validate({"name": "agents", "outcome": "deny", "priority": 1} | criteria)
        policy = Policy(rules=(*DEFAULT_POLICY.rules, rule))
        assert decide(policy, facts).name == "agents"
        other = question(agent_type="drift", request_type="confirmation")
        matches = criteria == {"intents": ("agent_request",)}
        assert (decide(policy, ApprovalSubject(action=other).facts(HERE)).name == "agents") is matches


def test_a_consent_binds_to_every_part_of_the_question() -> None:
    """Another payload, title, option or agent is another question."""
    others = (
        question(payload={"host": "idle-8"}),
        question(title="Stop"),
        question(options=("a",)),
        question(agent_type="bdp"),
        question(request_type="confirmation"),
        question(description="now"),
    )
    hashes = {ApprovalSubject(action=asked).hash for asked in (question(), *others)}
    assert len(hashes) == len(others) + 1
