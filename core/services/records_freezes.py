"""Records of freezes: what must not be changed on a provider, and what may be changed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.domain.actions import EVERY, Unfreeze
from core.domain.actions import Freeze as FreezeAction
from core.domain.approvals import RecordChange
from core.domain.base import new_id
from core.domain.freezes import Freeze, frozen
from core.errors import AdminsOnly, AlreadySo, FrozenWider, UnknownSkill, Words, listed
from core.services.freeze_words import EVERY_SKILL, FROZEN, OPEN, changes_there, frozen_by, scope_words
from core.services.freezes import show_on_cards
from core.services.waits import look_soon
from core.services.wanted import find_providers

if TYPE_CHECKING:
    from core.domain.users import User
    from core.ports import UnitOfWork
    from core.services.record_changes import Asked


class FreezeRecords:
    """Freezes at once, at the word of an admin; what is frozen is opened again only if somebody else agrees."""

    actions = (FreezeAction, Unfreeze)

    async def describe(
        self, uow: UnitOfWork, action: FreezeAction | Unfreeze, requester: User
    ) -> tuple[RecordChange, ...]:
        """Return what would change.

        Raises:
            AdminsOnly: freezing stops other people's work, so it is for admins.
            UnknownSkill, UnknownProvider, ProviderUnavailable, AlreadySo, FrozenWider: it makes no sense.
        """
        scopes, active = await _scopes(uow, action), await uow.freezes.active()
        if isinstance(action, Unfreeze):
            found = [change for scope in scopes for change in await _thawed(uow, scope, active)]
            return tuple({change.entity_id: change for change in found}.values())
        if not requester.is_admin:
            raise AdminsOnly
        fresh = [scope for scope in scopes if frozen(active, *scope.ids) is None]
        if not fresh:
            raise AlreadySo(name=listed([scope.name for scope in scopes]), what=Words("frozen"))
        return tuple(
            RecordChange(
                entity_id=scope.provider_id or scope.skill_id or requester.id,
                name=scope.skill or EVERY_SKILL,
                field=changes_there(scope.provider),
                before=OPEN,
                after=FROZEN,
            )
            for scope in fresh
        )

    async def change(self, uow: UnitOfWork, action: FreezeAction | Unfreeze, asked: Asked) -> None:
        """Do it."""
        active, fresh, ended = await uow.freezes.active(), [], []
        for scope in await _scopes(uow, action):
            if isinstance(action, FreezeAction):
                if frozen(active, *scope.ids) is None:
                    freeze = Freeze(
                        id=new_id(asked.now),
                        skill_id=scope.skill_id,
                        provider_id=scope.provider_id,
                        user_id=asked.requester.id,
                        reason=asked.said,
                        created_at=asked.now,
                    )
                    await uow.freezes.add(freeze)
                    fresh.append(freeze)
                continue
            for freeze in active:
                if freeze.lies_in(*scope.ids):
                    await uow.freezes.update(freeze.evolve(ended_at=asked.now))
                    ended.append(freeze)
        await show_on_cards(uow, fresh + ended, asked.now)
        await look_soon(uow, asked.now, lambda run: frozen(fresh, run.skill_id, run.provider_id) is not None)


class _Scope(NamedTuple):
    """One skill on one provider, by id and by name; None stands for all of them."""

    skill_id: str | None
    skill: str | None
    provider_id: str | None
    provider: str | None

    @property
    def ids(self) -> tuple[str | None, str | None]:
        return self.skill_id, self.provider_id

    @property
    def name(self) -> Words:
        return scope_words(self.skill, self.provider)


async def _scopes(uow: UnitOfWork, action: FreezeAction | Unfreeze) -> list[_Scope]:
    """Return what ``action`` is about, each skill with each provider."""
    skills: list[tuple[str | None, str | None]] = []
    for name in action.skills:
        skill = await uow.skills.by_name(name) if name != EVERY else None
        if skill is None and name != EVERY:
            raise UnknownSkill(name=name)
        skills.append((skill.id, skill.name) if skill else (None, None))
    places: list[tuple[str | None, str | None]] = [(None, None)]
    if action.providers and EVERY not in action.providers:
        known = await uow.providers.all()
        places = [(found.id, found.display_name) for found in find_providers(known, action.providers)]
    return [_Scope(*skill, *place) for skill in skills or [(None, None)] for place in places]


async def _thawed(uow: UnitOfWork, scope: _Scope, active: tuple[Freeze, ...]) -> list[RecordChange]:
    """Return the freezes that would end with ``scope``, as changes."""
    skills = await _skill_names(uow, active)
    providers = {provider.id: provider.display_name for provider in await uow.providers.all()}
    people = {person.id: person.name for person in await uow.users.all()}

    def scope_of(freeze: Freeze) -> _Scope:
        skill_id, provider_id = freeze.skill_id, freeze.provider_id
        skill = skill_id and skills[skill_id]
        return _Scope(skill_id, skill, provider_id, provider_id and providers[provider_id])

    ending = [freeze for freeze in active if freeze.lies_in(*scope.ids)]
    wider = frozen(active, *scope.ids)
    if not ending and wider is not None:
        raise FrozenWider(what=scope.name, scope=scope_of(wider).name)
    if not ending:
        raise AlreadySo(name=scope.name, what=Words("open to changes"))
    return [
        RecordChange(
            entity_id=freeze.id,
            name=scope_of(freeze).skill or EVERY_SKILL,
            field=changes_there(scope_of(freeze).provider),
            before=frozen_by(people[freeze.user_id], freeze.created_at),
            after=OPEN,
        )
        for freeze in ending
    ]


async def _skill_names(uow: UnitOfWork, freezes: tuple[Freeze, ...]) -> dict[str, str]:
    """Return the names of what is frozen, by id; archived skills among them."""
    found = [await uow.skills.get(freeze.skill_id) for freeze in freezes if freeze.skill_id is not None]
    return {skill.id: skill.name for skill in found if skill is not None}
