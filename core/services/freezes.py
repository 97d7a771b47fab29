"""Freezes at work: what is frozen is not changed, and whoever tries reads who froze it and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.domain.approvals import LeftOut
from core.domain.freezes import frozen
from core.errors import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

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


async def refuse_frozen(uow: UnitOfWork, places: Iterable[Place]) -> None:
    """Do nothing if all ``places`` may be changed.

    Raises:
        Frozen: one may not.
    """
    freezes = await uow.freezes.active()
    for place in places:
        freeze = frozen(freezes, place.skill_id, place.provider_id)
        if freeze is not None:
            who = await uow.users.get(freeze.user_id)
            raise Frozen(
                skill=place.skill,
                provider=place.provider,
                who=who.name if who else freeze.user_id,
                when=freeze.created_at,
            )
