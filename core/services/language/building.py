"""From the slots of a reading to an action, or to what has to be asked first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from core.domain.actions import EVERY, ChatAction, Install, Retry, Rollback, Sync, Uninstall
from core.services.language.context import ResolverContext
from core.services.language.view import ASKED, Reading

_ACTION: TypeAdapter[ChatAction] = TypeAdapter(ChatAction)

#: Under which field an intent keeps a slot, where the name differs.
_FIELDS = {
    ("retry", "code"): "run",
    ("rollback", "code"): "run",
    ("timeline", "code"): "execution",
    ("replay", "code"): "execution",
    ("link_identity", "code"): "code",
    ("rollback", "ref"): "to_ref",
    ("delegate", "user"): "to",
    ("delegate", "back"): "until",
    ("connect_provider", "name"): "display_name",
}
#: Fields without which an action makes no sense.
_REQUIRED = {
    "install": ("skills", "providers"),
    "uninstall": ("skills", "providers"),
    "rollback": ("skills", "providers"),
    "diff": ("skills",),
    "archive_skill": ("skills",),
    "restore_skill": ("skills",),
    "show_skill": ("skills",),
    "edit_skill": ("skills",),
    "delegate": ("to",),
    "set_role": ("user",),
    "activate_user": ("user",),
    "deactivate_user": ("user",),
    "connect_provider": ("provider",),
    "disconnect_provider": ("provider",),
}
#: They may be about all there is, but somebody has to say so.
_SWEEPING = {"sync", "freeze", "unfreeze"}
_LISTS = {"skills", "providers", "tags"}
_TEXTS = {"query", "topic"}
_NUMBERS = {"days", "limit"}
#: Follow-ups of these keep the place as well: "sync it".
_SAME_PLACE = {"rollback", "uninstall", "sync", "diff", "freeze", "unfreeze"}
#: What these did can be undone: "undo that" is about the places they changed, and no others.
_UNDONE = (Install, Sync, Uninstall, Rollback, Retry)


@dataclass(frozen=True)
class Opening:
    """A field that has to be asked for: which values it may get."""

    slot: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """An action with openings."""

    fields: dict[str, Any]
    openings: tuple[Opening, ...]

    def action(self, **more: Any) -> ChatAction | None:
        """Return the action with ``more`` fields; None when it is not a valid one."""
        try:
            return _ACTION.validate_python({**self.fields, **more})
        except ValidationError:
            return None

    def closed(self) -> Iterator[tuple[tuple[str, ...], ChatAction]]:
        """Yield every way to fill the openings, the likeliest first, with the action that it makes."""
        for names in itertools.product(*(opening.names for opening in self.openings)):
            fields = dict(self.fields)
            for opening, name in zip(self.openings, names, strict=True):
                fields[opening.slot] = _filled(fields.get(opening.slot), opening.slot, name)
            action = Draft(fields, ()).action()
            if action is not None:
                yield names, action


def _filled(value: Any, slot: str, name: str) -> Any:
    if slot not in _LISTS:
        return name
    names = list(value or ())
    if ASKED in names:
        names[names.index(ASKED)] = name
    else:
        names.append(name)
    return tuple(dict.fromkeys(names))


def draft_of(reading: Reading, context: ResolverContext) -> Draft | None:
    """Return what ``reading`` asks for; None when it contradicts itself."""
    intent = reading.rule.intent
    values = {slot: list(found) for slot, found in reading.values.items()}
    _refer_back(values, reading, context)
    _split_source(values, intent)
    fields: dict[str, Any] = {"intent": intent, **reading.rule.fixed}
    openings: list[Opening] = []
    values.pop("owner", None)
    if intent == "rollback" and values.get("code"):
        values.setdefault("skills", [EVERY])  # all that this request changed
    for slot, found in values.items():
        field = _FIELDS.get((intent, slot), "request" if slot == "code" else slot)
        if slot in _TEXTS:
            fields[field] = " ".join(found)
        elif slot in _LISTS:
            fields[field] = (EVERY,) if EVERY in found else tuple(found)
        elif len(found) == 1:
            fields[field] = int(found[0]) if slot in _NUMBERS else found[0]
        elif slot == "code":
            openings.append(Opening(field, tuple(found)))
        else:
            return None
    if intent == "set_role" and fields.get("user") == "me" and context.speaker:
        fields["user"] = context.speaker
    if reading.comment and reading.rule.rest == "comment":
        fields["comment"] = reading.comment
    if (reading.latest and fields.get("ref")) or not _is_sensible(fields):
        return None
    openings += (Opening(near.slot, near.names) for near in reading.near if EVERY not in fields[near.slot])
    asked = {opening.slot for opening in openings}
    missing = _missing(fields, reading)
    return Draft(fields, (*openings, *(Opening(field) for field in missing if field not in asked)))


def openings_of(action: ChatAction) -> tuple[Opening, ...]:
    """Return what a finished action still leaves open."""
    required = _REQUIRED.get(action.intent, ())
    if action.intent in _SWEEPING and not getattr(action, "providers", ()):
        required = ("skills",)
    if isinstance(action, Rollback) and action.run is not None:
        required = ()
    return tuple(Opening(field) for field in required if not getattr(action, field))


def _missing(fields: dict[str, Any], reading: Reading) -> tuple[str, ...]:
    intent = reading.rule.intent
    required = _REQUIRED.get(intent, ())
    if intent == "rollback" and fields.get("run"):
        required = ("skills",)
    refers = (reading.pronoun and intent != "modify") or (reading.last and intent in _SWEEPING)
    if (intent in _SWEEPING and not fields.get("providers")) or (refers and "skills" in reading.rule.takes):
        required = ("skills", *required)
    said = reading.rule.fixed
    return tuple(dict.fromkeys(field for field in required if not fields.get(field) and field not in said))


def _refer_back(values: dict[str, list[str]], reading: Reading, context: ResolverContext) -> None:
    """Put in what "it", "the last one" and "too" stand for."""
    intent, last = reading.rule.intent, context.last_action
    if reading.likewise and last is not None and intent == last.intent and not reading.near:
        for slot in ("skills", "providers"):
            if not values.get(slot) and slot in type(last).model_fields and len(values) > 0:
                values[slot] = list(getattr(last, slot))
    if not (reading.pronoun or reading.last):
        return
    if intent != "modify" and "skills" in reading.rule.takes and not values.get("skills") and last is not None:
        values["skills"] = list(getattr(last, "skills", ()))
        if intent in _SAME_PLACE and not values.get("providers"):
            values["providers"] = list(getattr(last, "providers", ()))
        if intent == "rollback" and isinstance(last, _UNDONE) and context.last_code and not values.get("ref"):
            values["code"] = [context.last_code]
    # Where None already means the last one, or the only one, the service knows better.
    if reading.last and "code" in reading.rule.takes and context.last_code and intent not in {"retry", "timeline"}:
        values.setdefault("code", [context.last_code])


def _split_source(values: dict[str, list[str]], intent: str) -> None:
    """Take the ref out of the only source: ``acme/skills@v1`` is ``acme/skills`` at ``v1``."""
    slot = "source" if intent == "add_skill" else "skills"
    found = values.get(slot, [])
    if len(found) != 1 or values.get("ref") or "://" in found[0]:
        return
    place, _, ref = found[0].rpartition("@")
    if "/" in place and not place.endswith("/") and ref:
        values[slot], values["ref"] = [place], [ref]


def _is_sensible(fields: dict[str, Any]) -> bool:
    """Say whether an edit edits and a change changes anything."""
    match fields["intent"]:
        case "edit_skill":
            return bool(fields.get("ref") or fields.get("tags"))
        case "modify":
            return bool(fields.get("ref") or fields.get("skills") or fields.get("providers"))
    return True
