"""What the buttons of a question say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from core.domain.actions import EVERY, ChatAction

Say = Callable[..., str]
_Words = Mapping[str, str]

# One for each intent; the words are those of ``label``.
_LABELS: Mapping[str, Callable[[Say, _Words], str]] = {
    "install": lambda say, words: say("Install {skills} on {providers}", **words),
    "sync": lambda say, words: say("Update {skills} on {providers}", **words),
    "uninstall": lambda say, words: say("Uninstall {skills} from {providers}", **words),
    "rollback": lambda say, words: (
        say("Roll {run} back", **words) if "run" in words else say("Roll {skills} back on {providers}", **words)
    ),
    "diff": lambda say, words: (
        say("Differences of {skills} on {providers}", **words)
        if "places" in words
        else say("Differences of {skills}", **words)
    ),
    "freeze": lambda say, words: say("Freeze {skills} on {providers}", **words),
    "unfreeze": lambda say, words: say("Unfreeze {skills} on {providers}", **words),
    "status": lambda say, words: (
        say("Status of {skills} on {providers}", **words) if "places" in words else say("Status of {skills}", **words)
    ),
    "drift": lambda say, words: (
        say("Drift of {skills} on {providers}", **words) if "places" in words else say("Drift of {skills}", **words)
    ),
    "restore_drift": lambda say, words: say("Put back what was approved of {skills}", **words),
    "accept_drift": lambda say, words: say("Accept what was found of {skills}", **words),
    "ignore_drift": lambda say, words: say("Ignore the drift of {skills}", **words),
    "history": lambda say, words: (
        say("My requests") if words.get("user") == "me" else say("History of {skills}", **words)
    ),
    "archive_skill": lambda say, words: say("Archive {skills}", **words),
    "restore_skill": lambda say, words: say("Restore {skills}", **words),
    "show_skill": lambda say, words: say("Describe {skills}", **words),
    "edit_skill": lambda say, words: say("Edit {skills}", **words),
    "add_skill": lambda say, words: say("Add {source} to the catalogue", **words),
    "list_skills": lambda say, words: (
        say("List skills: {wanted}", wanted=words.get("query") or words["tag"])
        if "query" in words or "tag" in words
        else say("List skills")
    ),
    "list_providers": lambda say, _: say("List providers"),
    "connect_provider": lambda say, words: say("Connect {provider}", **words),
    "disconnect_provider": lambda say, words: say("Disconnect {provider}", **words),
    "approve": lambda say, words: say("Approve {code}", **words),
    "reject": lambda say, words: say("Reject {code}", **words),
    "modify": lambda say, words: say("Approve {code} with changes", **words),
    "withdraw": lambda say, words: say("Take my vote on {code} back", **words),
    "cancel": lambda say, words: say("Cancel {code}", **words),
    "break_glass": lambda say, words: say("Execute {code} without approvals", **words),
    "retry": lambda say, words: say("Retry {code}", **words),
    "timeline": lambda say, words: say("Timeline of {code}", **words),
    "replay": lambda say, words: say("Replay {code} ({mode})", **words),
    "pending": lambda say, _: say("What waits for a decision"),
    "policy": lambda say, _: say("Explain the policy"),
    "delegate": lambda say, words: (
        say("Let {to} vote for me until {until}", **words)
        if "to" in words and "until" in words
        else say("Let {to} vote for me", **words)
        if "to" in words
        else say("I am away until {until}", **words)
        if "until" in words
        else say("I am back")
    ),
    "set_role": lambda say, words: say("Give {user} the role {role}", **words),
    "activate_user": lambda say, words: say("Let {user} in again", **words),
    "deactivate_user": lambda say, words: say("Shut {user} out", **words),
    "link_identity": lambda say, _: say("Link my accounts"),
    "set_language": lambda say, words: say("Reply in {language}", **words),
    "set_timezone": lambda say, words: say("Show times in {timezone}", **words),
    "costs": lambda say, _: say("Show the costs"),
    "whoami": lambda say, _: say("Who am I"),
    "help": lambda say, words: say("Help: {topic}", **words) if "topic" in words else say("Help"),
}


def label(action: ChatAction, say: Say) -> str:
    """Return ``action`` as a button says it."""
    fields = action.model_dump()
    words = {name: value for name, value in fields.items() if isinstance(value, str)}
    if fields.get("providers"):
        words["places"] = "named"
    words["skills"] = _names(fields.get("skills", ()), say("all skills"))
    words["providers"] = _names(fields.get("providers", ()), say("all providers"))
    if (until := fields.get("until")) is not None:
        words["until"] = f"{until:%Y-%m-%d %H:%M}"
    code = fields.get("request") or fields.get("execution") or fields.get("run")
    words["code"] = f"#{code}" if code else say("the request")
    text = _LABELS[action.intent](say, words)
    ref = fields.get("ref") or fields.get("to_ref")
    return say("{action} at {ref}", action=text, ref=ref) if ref else text


def _names(names: Sequence[str], every: str) -> str:
    return every if not names or EVERY in names else ", ".join(names)
