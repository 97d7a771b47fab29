"""Actions: every intent has exactly the agreed fields, is ranked by its risk, and takes nothing else."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from core.domain.actions import CHAT_ACTION, ChatAction
from core.domain.actions import risk_of as rank
from core.domain.base import Domain
from core.domain.plans import RiskLevel

#: Intents and their fields, as the product's table lists them; "*" marks those a person cannot leave out.
AGREED = {
    "install": "skills* providers ref",
    "sync": "skills providers ref",
    "uninstall": "skills* providers",
    "diff": "skills* providers ref",
    "rollback": "skills* providers to_ref run",
    "retry": "run",
    "add_skill": "source* ref name tags",
    "archive_skill": "skills*",
    "restore_skill": "skills*",
    "show_skill": "skills*",
    "edit_skill": "skills* ref tags",
    "list_skills": "query tag",
    "list_providers": "",
    "connect_provider": "provider* display_name",
    "disconnect_provider": "provider* display_name",
    "status": "skills providers",
    "drift": "skills providers",
    "restore_drift": "skills providers drift",
    "accept_drift": "skills providers drift",
    "ignore_drift": "skills providers drift",
    "history": "skills user limit",
    "timeline": "execution",
    "replay": "execution mode",
    "pending": "",
    "approve": "request comment",
    "reject": "request comment",
    "modify": "request ref skills providers",
    "withdraw": "request",
    "cancel": "request comment",
    "break_glass": "request comment",
    "freeze": "skills providers",
    "unfreeze": "skills providers",
    "delegate": "to until",
    "costs": "days",
    "policy": "question request",
    "whoami": "",
    "set_role": "user* role*",
    "activate_user": "user*",
    "deactivate_user": "user*",
    "link_identity": "code",
    "set_language": "language*",
    "set_timezone": "timezone*",
    "help": "topic",
}
#: A legal value for every field that is needed, or is neither text nor a list.
SAMPLES: dict[str, Any] = {
    "skills": ["pdf", "*"],
    "providers": ["claude"],
    "tags": ["office"],
    "source": "acme/skills",
    "provider": "claude",
    "mode": "dry-run",
    "question": "who",
    "limit": 10,
    "days": 7,
    "until": "2026-11-22T00:00:00Z",
    "user": "bob",
    "role": "admin",
    "language": "ko",
    "timezone": "Asia/Seoul",
}
ACTIONS: dict[str, type[Domain]] = {
    kind.model_fields["intent"].default: kind for kind in get_args(get_args(ChatAction)[0])
}

_NOTHING = {"skills": [], "providers": [], "tags": [], "mode": "view", "question": "show"}


def fields(intent: str) -> list[str]:
    """Return the names of the fields of ``intent``."""
    return AGREED[intent].replace("*", "").split()


def needed(intent: str) -> list[str]:
    """Return the names of the fields that ``intent`` cannot be without."""
    return [field.removesuffix("*") for field in AGREED[intent].split() if field.endswith("*")]


def action(intent: str, **given: Any) -> ChatAction:
    """Return ``intent`` with samples where something is needed."""
    return CHAT_ACTION.validate_python(
        {"intent": intent, **{field: SAMPLES[field] for field in needed(intent)}, **given}
    )


def test_every_intent_can_be_said() -> None:
    """The intents of the product and the actions of the code are the same."""
    assert set(ACTIONS) == set(AGREED)


@pytest.mark.parametrize("intent", AGREED)
def test_an_action_has_exactly_the_agreed_fields(intent: str) -> None:
    """Names are as in the product's table; only the marked ones must be given."""
    model = ACTIONS[intent].model_fields
    assert set(model) - {"intent"} == set(fields(intent))
    assert {name for name, field in model.items() if field.is_required()} == set(needed(intent))


@pytest.mark.parametrize("intent", AGREED)
def test_what_is_not_said_is_null_or_empty(intent: str) -> None:
    """Written as JSON every field is present: null, an empty list, or the harmless choice."""
    written = CHAT_ACTION.dump_python(action(intent), mode="json")
    left_out = [field for field in fields(intent) if field not in needed(intent)]
    assert set(written) == {"intent", *fields(intent)}
    assert {field: written[field] for field in left_out} == {field: _NOTHING.get(field) for field in left_out}


@pytest.mark.parametrize("intent", AGREED)
def test_an_action_survives_json(intent: str) -> None:
    """An action with all its fields is read back from its JSON as the same action of the same kind."""
    full = action(intent, **{field: SAMPLES.get(field, "text") for field in fields(intent)})
    again = CHAT_ACTION.validate_json(CHAT_ACTION.dump_json(full))
    assert again == full
    assert type(again) is ACTIONS[intent]


@pytest.mark.parametrize("intent", AGREED)
def test_an_unknown_field_is_refused(intent: str) -> None:
    """What is not in the table cannot be asked, whoever proposes it: no side door for a language model."""
    with pytest.raises(ValidationError, match="extra_forbidden"):
        action(intent, approved=True)


@pytest.mark.parametrize("intent", ["", "Install", "sudo", None])
def test_an_unknown_intent_is_refused(intent: str | None) -> None:
    """There is no action behind a name that is not in the table."""
    with pytest.raises(ValidationError, match="intent"):
        CHAT_ACTION.validate_python({"intent": intent, "skills": ["pdf"]})


@pytest.mark.parametrize(
    ("intent", "given"),
    [
        ("history", {"limit": 0}),
        ("history", {"limit": 101}),
        ("costs", {"days": 0}),
        ("costs", {"days": 367}),
        ("replay", {"mode": "force"}),
        ("policy", {"question": "how"}),
        ("set_role", {"role": "owner"}),
        ("set_language", {"language": "tlh"}),
        ("delegate", {"until": "2026-11-22T00:00:00"}),
        ("install", {"skills": "pdf"}),
        ("install", {"skills": [7]}),
    ],
)
def test_a_value_out_of_bounds_is_refused(intent: str, given: dict[str, Any]) -> None:
    """Choices are closed, figures bounded, moments have a zone, and one name is no list of letters."""
    with pytest.raises(ValidationError, match=next(iter(given))):
        action(intent, **given)


#: Decisions about another request are no changes of their own, and nobody needs leave to speak of themselves.
RISKS = {
    RiskLevel.READ: """
        list_skills show_skill list_providers diff status drift history timeline pending costs policy whoami help
        approve reject modify withdraw cancel break_glass link_identity set_language set_timezone freeze ignore_drift
    """,
    RiskLevel.WRITE: """
        install sync retry add_skill edit_skill restore_skill connect_provider unfreeze activate_user
        restore_drift accept_drift
    """,
    RiskLevel.DESTRUCTIVE: "uninstall archive_skill disconnect_provider set_role deactivate_user",
}


@pytest.mark.parametrize(
    ("risk", "intent"), [(risk, intent) for risk, intents in RISKS.items() for intent in intents.split()]
)
def test_an_action_has_the_risk_of_its_kind(risk: RiskLevel, intent: str) -> None:
    """Lists are reads, changes are writes, what takes away is destructive; decisions and freezes are no changes."""
    assert rank(action(intent)) is risk


def test_every_intent_is_ranked() -> None:
    """No action is a read by accident: each stands in one of the lists or depends on what it says."""
    ranked = [intent for intents in RISKS.values() for intent in intents.split()]
    assert sorted([*ranked, "rollback", "replay", "delegate"]) == sorted(AGREED)


@pytest.mark.parametrize(
    ("intent", "given", "risk"),
    [
        ("rollback", {"to_ref": None}, RiskLevel.WRITE),
        ("rollback", {"to_ref": "v1.0"}, RiskLevel.WRITE),
        ("delegate", {"to": None}, RiskLevel.READ),
        ("delegate", {"to": "bob"}, RiskLevel.WRITE),
        ("replay", {"mode": "view"}, RiskLevel.READ),
        ("replay", {"mode": "dry-run"}, RiskLevel.READ),
        ("replay", {"mode": "rerun"}, RiskLevel.WRITE),
        ("delegate", {"to": "bob", "until": "2026-11-22T00:00:00Z"}, RiskLevel.WRITE),
        ("delegate", {"until": "2026-11-22T00:00:00Z"}, RiskLevel.READ),
        ("delegate", {}, RiskLevel.READ),
    ],
)
def test_some_risks_depend_on_what_is_said(intent: str, given: dict[str, Any], risk: RiskLevel) -> None:
    """What going back takes away is known once it is planned; only a rerun changes something.

    Letting somebody else vote gives them a right; being away, or back, gives nobody any.
    """
    assert rank(action(intent, **given)) is risk
