"""What becomes of a freeze, in words: kept as English text, as it is approved and hashed, and said in any language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.errors import Words
from core.services.reader import name_of, one_line

if TYPE_CHECKING:
    from core.domain.approvals import RecordChange
    from core.services.reader import Reader

OPEN, FROZEN = "allowed", "frozen"
EVERY_SKILL = "every skill"

_CHANGES, _ON, _EVERYWHERE = "changes ", "on ", "everywhere"
_FROZEN_BY = re.compile(rf"{FROZEN} by (?P<who>.+) since (?P<since>\d{{4}}-\d\d-\d\d \d\d:\d\d) UTC")


def scope_words(skill: str | None, provider: str | None) -> Words:
    """Return what a freeze is about: ``pdf on Claude``, ``every skill everywhere``."""
    match skill, provider:
        case None, None:
            return Words("every skill everywhere")
        case None, _:
            return Words("every skill on {provider}", provider=provider)
        case _, None:
            return Words("{skill} everywhere", skill=skill)
        case _:
            return Words("{skill} on {provider}", skill=skill, provider=provider)


def changes_there(provider: str | None) -> str:
    """Return the field of a record that a freeze on ``provider`` changes."""
    return f"{_CHANGES}{_ON}{provider}" if provider else f"{_CHANGES}{_EVERYWHERE}"


def frozen_by(who: str, since: datetime) -> str:
    """Return the state of what ``who`` has frozen."""
    return f"{FROZEN} by {who} since {since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def is_freeze(change: RecordChange) -> bool:
    """Whether ``change`` is about what may be changed, not about what is."""
    return change.field.startswith(_CHANGES)


def freeze_line(change: RecordChange, reader: Reader) -> str:
    """Return one change of a freeze, as it is said after a name: ``changes on Claude: allowed -> frozen``."""
    before, after = _state(change.before, reader), _state(change.after, reader)
    place = change.field.removeprefix(_CHANGES)
    if place == _EVERYWHERE:
        return reader.say("changes everywhere: {before} -> {after}", before=before, after=after)
    provider = name_of(place.removeprefix(_ON))
    return reader.say("changes on {provider}: {before} -> {after}", provider=provider, before=before, after=after)


def _state(text: str | None, reader: Reader) -> str:
    if found := _FROZEN_BY.fullmatch(text or ""):
        since = datetime.strptime(found["since"], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        return reader.say("frozen by {who} since {when}", who=name_of(found["who"]), when=since)
    states = {OPEN: reader.say("allowed"), FROZEN: reader.say("frozen")}
    return states.get(text or "", one_line(text or "-", 300))
