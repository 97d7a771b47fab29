"""Policy in words: each rule in one line, for the terminal."""

from __future__ import annotations

from datetime import timedelta

from core.domain.policy import TTL, Rule
from core.services.policy_review import Decision, count, who_in_words

_OUTCOMES = {"allow": "allowed at once", "deny": "denied"}
# What a rule says about the content's past.
HISTORY: dict[bool | None, tuple[str, ...]] = {
    None: (),
    True: ("approved before",),
    False: ("never approved before",),
}
# And about who vouches for it.
SIGNED: dict[bool | None, tuple[str, ...]] = {
    None: (),
    True: ("signed by a known key",),
    False: ("not signed by a known key",),
}


def rule_in_words(rule: Rule) -> str:
    """Return what ``rule`` says, in one line: what it is about, and what follows."""
    return f"{_about(rule)}: {_follows(rule)}"


def length_in_words(length: timedelta) -> str:
    """Return ``length`` as the configuration has it: "1d 2h 30m"."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or f"{length.total_seconds():g}s"


def _about(rule: Rule) -> str:
    criteria = (
        ("risk ", [risk.lower() for risk in rule.risks]),
        ("", [intent.replace("_", " ") for intent in rule.intents]),
        ("skills ", rule.skills),
        ("from ", rule.sources),
        ("on ", rule.providers),
        ("reach ", rule.reach),
        ("change ", rule.changes),
        ("content ", HISTORY[rule.digest_already_approved]),
        ("", SIGNED[rule.signed]),
        ("in team ", rule.teams),
        ("in chat ", rule.chats),
        ("by the agent ", rule.agents),
        ("", [kind.replace("_", " ") for kind in rule.request_types]),
    )
    return "; ".join(f"{word}{' or '.join(values)}" for word, values in criteria if values) or "everything"


def _follows(rule: Rule) -> str:
    if rule.outcome != "require":
        return _OUTCOMES[rule.outcome] + _told(rule)
    self_too = "" if rule.allow_self else ", not by who asks"
    times = [rule.ttl] if rule.ttl else [TTL[risk] for risk in rule.risks or TTL]
    time = f"{' or '.join(dict.fromkeys(map(length_in_words, times)))} to decide"
    line = f"{count(rule.threshold, 'approval')} from {who_in_words(rule.approvers)}{self_too}"
    line += f"; {time}, good for {length_in_words(rule.execution_ttl)}"
    if rule.remind_before:
        line += f"; reminder {length_in_words(rule.remind_before)} before the end"
    if rule.escalate_after:
        line += f"; after {length_in_words(rule.escalate_after)} also from {who_in_words(rule.escalate_to)}"
    return line + _told(rule)


def _told(rule: Rule) -> str:
    return "" if rule.notify.is_empty else f"; told: {who_in_words(rule.notify)}"


def decision_in_words(decision: Decision) -> str:
    """Return what ``decision`` says: "write: 1 of Bob, Carol"."""
    if decision.outcome != "require":
        return f"{decision.rule}: {_OUTCOMES[decision.outcome]}"
    return f"{decision.rule}: {decision.threshold} of {', '.join(decision.approvers) or 'nobody'}"
