"""Freezes at work: what is frozen is not changed, and whoever tries reads who froze it and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.domain.approvals import LeftOut
from core.domain.freezes import frozen
from core.errors import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.domain.approvals import TargetSubject
    from core.domain.executions import Execution
    from core.domain.freezes import Freeze
    from core.ports import UnitOfWork
    from core.services.wanted import Wanted, WantedPlace, WantedSkill


class Place(NamedTuple):
    """A skill on a provider, by id and by name; a skill that is not in the catalogue yet has no id."""

    skill_id: str | None
    skill: str
    provider_id: str
    provider: str


def places_of(wanted: Wanted) -> list[Place]:
    """Return every place that ``wanted`` would change."""
    return [place_of(skill, place) for skill in wanted.skills for place in skill.places]


def place_of(skill: WantedSkill, place: WantedPlace) -> Place:
    """Return one place that would be changed."""
    provider = place.provider
    return Place(skill.skill.id if skill.skill else None, skill.name, provider.id, provider.display_name)


async def leave_frozen(uow: UnitOfWork, wanted: Wanted) -> Wanted:
    """Return ``wanted`` without what is frozen of it: who asks for everything means what can be done.

    Raises:
        Frozen: it is all of it, or the action names the skill and the provider.
    """
    freezes = await uow.freezes.active()
    stays = [place for place in places_of(wanted) if frozen(freezes, place.skill_id, place.provider_id)]
    if not stays:
        return wanted
    rest = wanted.only(lambda skill, place: place_of(skill, place) not in stays)
    if wanted.is_named or not rest.skills:
        await refuse_frozen(uow, stays)
    left_out = tuple(LeftOut(name=it.skill, why="frozen", detail=it.provider) for it in stays)
    return rest.evolve(left_out=(*wanted.left_out, *left_out))


async def refuse_frozen(uow: UnitOfWork, places: Iterable[Place | TargetSubject]) -> None:
    """Do nothing if all ``places`` may be changed.

    Raises:
        Frozen: one may not.
    """
    freezes = await uow.freezes.active()
    names = {person.id: person.name for person in await uow.users.all()} if freezes else {}
    if (error := refusal(freezes, places, names)) is not None:
        raise error


def refusal(
    freezes: Iterable[Freeze], places: Iterable[Place | TargetSubject], names: Mapping[str, str]
) -> Frozen | None:
    """Return why not all ``places`` may be changed; None when they may. ``names`` are people's, by user id."""
    for place in places:
        freeze = frozen(freezes, place.skill_id, place.provider_id)
        if freeze is not None:
            who = names.get(freeze.user_id, freeze.user_id)
            return Frozen(skill=place.skill, provider=place.provider, who=who, when=freeze.created_at)
    return None


def changed_by(execution: Execution | None) -> list[TargetSubject]:
    """Return the places that ``execution``, once it is approved, changes."""
    subject = execution.subject if execution else None
    return [target for target in subject.targets if not target.is_current] if subject else []


async def show_on_cards(uow: UnitOfWork, freezes: Iterable[Freeze], now: datetime) -> None:
    """Have the cards of open requests edited that are about what was frozen, or is no more, by ``freezes``."""
    for request in await uow.approvals.pending(now):
        if request.question_hash is None or request.execution_id is None:
            continue  # another program's question: what it is about is not known
        targets = request.payload["targets"]  # 10,000 subjects made whole would take seconds
        if any(frozen(freezes, target["skill_id"], target["provider_id"]) for target in targets):
            await uow.executions.bump(request.execution_id, now)
