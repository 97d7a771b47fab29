"""Drift cards: what somebody changed behind the bot's back, what can be done about it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AcceptDrift, IgnoreDrift, RestoreDrift
from core.domain.base import Domain
from core.domain.cards import Button, ButtonStyle, Card, Fact, PressAction, Section, Table
from core.domain.drift import DriftEvent, DriftStatus, Resolution
from core.services.change_facts import diff_words
from core.services.reader import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.ports import UnitOfWork
    from core.services.reader import Reader

# Files that are named on the card; of more the rest is counted.
_MOST_FILES = 6


class DriftView(Domain):
    """A drift as it stands: by whom it is ignored, and the code of the request about it."""

    drift: DriftEvent
    ignored_by: str | None = None
    code: str | None = None


async def load_drift(uow: UnitOfWork, drift_id: str) -> DriftView | None:
    """Read the view of a drift; None when it does not exist."""
    drift = await uow.drifts.get(drift_id)
    if drift is None:
        return None
    person = await uow.users.get(drift.ignored_by) if drift.ignored_by else None
    execution = await uow.executions.get(drift.execution_id) if drift.execution_id else None
    return DriftView(
        drift=drift, ignored_by=person.name if person else None, code=execution.code if execution else None
    )


def drift_card(view: DriftView, reader: Reader) -> Card:
    """Return the card of a drift: what differs and what can be done, or what became of it."""
    drift, details = view.drift, view.drift.details
    noticed = Fact(name=reader.say("noticed"), value=reader.moment(drift.detected_at))
    place = Fact(name=reader.say("place"), value=details.location)
    if drift.status is not DriftStatus.OPEN:
        return Card(title=_title(drift, reader), lines=(_became(view, reader),), facts=(place, noticed))
    lines = [reader.say("Nobody approved that. Put back what was approved, accept what is there, or ignore it.")]
    if view.code is not None:
        lines.append(reader.say("#{code} is about it.", code=view.code))
    edits = Section(title=reader.say("what somebody EDITED IN PLACE"), text=details.patch)
    change = Fact(name=reader.say("change"), value=drift_words(drift, reader))
    return Card(
        title=_title(drift, reader),
        lines=tuple(lines),
        facts=(place, change, *_files(drift, reader), noticed),
        sections=(edits,) if details.patch else (),
        buttons=_buttons(drift, reader),
    )


def drifts_card(views: Sequence[DriftView], unread: Sequence[str], reader: Reader) -> Card:
    """Return the answer to a question after drift: where something else was found, and what could not be read."""
    lines = [reader.say("could not be read: {place}", place=place) for place in unread]
    if not views:
        title = reader.say("What is installed is what was approved, byte for byte.")
        return Card(title=reader.say("Nothing else was found.") if unread else title, lines=tuple(lines))
    header = (reader.say("where"), reader.say("change"), reader.say("noticed"), reader.say("state"))
    rows = tuple(
        (_place(view.drift, reader), drift_words(view.drift, reader), reader.moment(view.drift.detected_at), state)
        for view in views
        for state in [_state(view, reader)]
    )
    example = _typed("restore", views[0].drift)
    lines.append(reader.say('Say "{example}"; also: accept drift of, ignore drift of.', example=example))
    title = reader.say_many("{n} place is not as approved", "{n} places are not as approved", len(views))
    return Card(title=title, lines=tuple(lines), table=Table(header=header, rows=rows))


async def known_drifts(uow: UnitOfWork, targets: Collection[str]) -> list[DriftView]:
    """Return what is known of the drifts at ``targets``."""
    found = [drift for drift in await uow.drifts.unresolved() if drift.target_id in targets]
    views = [await load_drift(uow, drift.id) for drift in found]
    return [view for view in views if view is not None]


def drift_words(drift: DriftEvent, reader: Reader) -> str:
    """Return how what was found differs: ``2 files changed, +3 -1, scripts changed: scripts/run.sh``."""
    diff = drift.details.diff
    if drift.found_digest is None:
        return reader.say("it was REMOVED")
    if diff is None:
        return reader.say("it is something else; what was approved is no longer kept")
    return ", ".join(diff_words(diff, reader))


def _title(drift: DriftEvent, reader: Reader) -> str:
    params = {"skill": drift.details.skill, "provider": drift.details.provider}
    if drift.status is DriftStatus.IGNORED:
        return reader.say("Ignored: {skill} on {provider} is not what was approved", **params)
    if drift.status is DriftStatus.RESOLVED:
        return reader.say("Settled: {skill} on {provider} was not what was approved", **params)
    if drift.found_digest is None:
        return reader.say("{skill} on {provider} was removed by somebody else", **params)
    return reader.say("{skill} on {provider} was changed by somebody else", **params)


def _became(view: DriftView, reader: Reader) -> str:
    """Return what became of a drift, as one sentence."""
    drift = view.drift
    if drift.status is DriftStatus.IGNORED:
        who = view.ignored_by or drift.ignored_by
        return reader.say("ignored by {who} at {when}; it stays as it is", who=who, when=drift.ignored_at)
    params = {"code": view.code or "?", "when": drift.resolved_at}
    sentences = {
        Resolution.RESTORED: reader.say("What was approved was put back with #{code} at {when}.", **params),
        Resolution.ACCEPTED: reader.say("What was found was approved with #{code} at {when}.", **params),
        Resolution.REPLACED: reader.say("#{code} put something else there at {when}.", **params),
        Resolution.BY_ITSELF: reader.say("What was approved was back by itself at {when}.", **params),
        Resolution.CHANGED_AGAIN: reader.say("It had changed once more at {when}.", **params),
    }
    return sentences[drift.resolution or Resolution.BY_ITSELF]


def _state(view: DriftView, reader: Reader) -> str:
    if view.drift.status is DriftStatus.IGNORED:
        return reader.say("ignored by {who}", who=view.ignored_by or "?")
    return f"#{view.code}" if view.code else reader.say("open")


def _place(drift: DriftEvent, reader: Reader) -> str:
    return reader.say("{skill} on {provider}", skill=drift.details.skill, provider=drift.details.provider)


def _files(drift: DriftEvent, reader: Reader) -> list[Fact]:
    diff = drift.details.diff
    if diff is None or drift.found_digest is None:
        return []
    marked = [("+", diff.added), ("-", diff.removed), ("~", diff.changed)]
    files = [f"{mark} {one_line(path, 120)}" for mark, paths in marked for path in paths]
    left = len(files) - _MOST_FILES
    more = [reader.say("and {n} more", n=left)] if left > 0 else []
    return [Fact(name=reader.say("files"), value="\n".join([*files[:_MOST_FILES], *more]))]


def _buttons(drift: DriftEvent, reader: Reader) -> tuple[Button, ...]:
    skills, providers = (drift.details.skill,), (drift.details.provider,)
    restore = RestoreDrift(skills=skills, providers=providers, drift=drift.id)
    accept = AcceptDrift(skills=skills, providers=providers, drift=drift.id)
    ignore = IgnoreDrift(skills=skills, providers=providers, drift=drift.id)
    return (
        Button(
            label=reader.say("Restore"),
            press=PressAction(action=restore),
            style=ButtonStyle.PRIMARY,
            typed=_typed("restore", drift),
        ),
        Button(label=reader.say("Accept"), press=PressAction(action=accept), typed=_typed("accept", drift)),
        Button(label=reader.say("Ignore"), press=PressAction(action=ignore), typed=_typed("ignore", drift)),
    )


def _typed(verb: str, drift: DriftEvent) -> str:
    return f"{verb} drift of {drift.details.skill} on {drift.details.provider.lower()}"
