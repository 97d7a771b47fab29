"""Policy in words: each rule in one line, for the terminal. Values are those of config.toml, which are English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.cli_words import TONGUE, say
from core.domain.policy import TTL, Rule
from core.services.policy_review import Decision, approvals, who_in_words


def rule_in_words(rule: Rule) -> str:
    """Return what ``rule`` says, in one line: what it is about, and what follows."""
    return f"{_about(rule)}: {_follows(rule)}"


def history_in_words(known: bool | None) -> tuple[str, ...]:  # noqa: FBT001 - as the rule has it
    """Return what a rule says about the content's past."""
    if known is None:
        return ()
    return (say("approved before") if known else say("never approved before"),)


def length_in_words(length: timedelta) -> str:
    """Return ``length`` as the configuration has it: "1d 2h 30m"."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "m"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or f"{length.total_seconds():g}s"


def or_in_words(values: Sequence[str]) -> str:
    """Return "a or b"."""
    return f" {say('or')} ".join(values)


def _about(rule: Rule) -> str:
    criteria = (
        (lambda values: say("risk {values}", values=values), [risk.lower() for risk in rule.risks]),
        (str, [intent.replace("_", " ") for intent in rule.intents]),
        (lambda values: say("skills {values}", values=values), rule.skills),
        (lambda values: say("from {values}", values=values), rule.sources),
        (lambda values: say("on {values}", values=values), rule.providers),
        (lambda values: say("reach {values}", values=values), rule.reach),
        (lambda values: say("change {values}", values=values), rule.changes),
        (lambda values: say("content {values}", values=values), history_in_words(rule.digest_already_approved)),
        (lambda values: say("in team {values}", values=values), rule.teams),
        (lambda values: say("in chat {values}", values=values), rule.chats),
        (lambda values: say("by the agent {values}", values=values), rule.agents),
        (str, [kind.replace("_", " ") for kind in rule.request_types]),
    )
    return "; ".join(put(or_in_words(values)) for put, values in criteria if values) or say("everything")


def _outcome(outcome: str) -> str:
    return say("allowed at once") if outcome == "allow" else say("denied")


def _follows(rule: Rule) -> str:
    if rule.outcome != "require":
        return _outcome(rule.outcome) + _told(rule)
    times = [rule.ttl] if rule.ttl else [TTL[risk] for risk in rule.risks or TTL]
    words = {
        "approvals": approvals(rule.threshold, TONGUE),
        "who": who_in_words(rule.approvers, TONGUE),
        "time": or_in_words(list(dict.fromkeys(map(length_in_words, times)))),
        "good": length_in_words(rule.execution_ttl),
    }
    if rule.allow_self:
        line = say("{approvals} from {who}; {time} to decide, good for {good}", **words)
    else:
        line = say("{approvals} from {who}, not by who asks; {time} to decide, good for {good}", **words)
    if rule.remind_before:
        line += say("; reminder {length} before the end", length=length_in_words(rule.remind_before))
    if rule.escalate_after:
        after, who = length_in_words(rule.escalate_after), who_in_words(rule.escalate_to, TONGUE)
        line += say("; after {length} also from {who}", length=after, who=who)
    return line + _told(rule)


def _told(rule: Rule) -> str:
    return "" if rule.notify.is_empty else say("; told: {who}", who=who_in_words(rule.notify, TONGUE))


def decision_in_words(decision: Decision) -> str:
    """Return what ``decision`` says: "write: 1 of Bob, Carol"."""
    if decision.outcome != "require":
        return f"{decision.rule}: {_outcome(decision.outcome)}"
    who = ", ".join(decision.approvers) or say("nobody")
    return say("{rule}: {n} of {who}", rule=decision.rule, n=decision.threshold, who=who)
