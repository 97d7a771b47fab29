"""Catalogue reports: the list of skills, and all that is known of some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, Unfreeze
from core.domain.cards import Card, Fact, Table
from core.domain.executions import ExecutionStatus
from core.domain.sources import location_of
from core.errors import UnknownSkill
from core.services.matrix import no_skills
from core.services.reader import commit_name, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.domain.actions import ListSkills, ShowSkill
    from core.domain.freezes import Freeze
    from core.domain.skills import Skill
    from core.domain.targets import InstallTarget
    from core.ports import UnitOfWork
    from core.services.reader import Reader
    from core.services.turn import Turn

# Requests about a skill among which the last opening is looked for.
_RECENT = 10
# Versions on the card: the rest is on the record.
_MOST_VERSIONS = 3


async def list_skills(turn: Turn, action: ListSkills) -> Card:
    """Return the catalogue, or what of it has a tag or all of the words."""
    reader = turn.reader
    skills = await turn.uow.skills.all()
    if action.tag is not None:
        skills = tuple(skill for skill in skills if action.tag.lower() in map(str.lower, skill.tags))
    if action.query is not None:
        words = action.query.lower().split()
        skills = tuple(s for s in skills if all(w in f"{s.name} {s.title} {s.description}".lower() for w in words))
    if not skills:
        if action.tag is None and action.query is None:
            return no_skills(reader)
        return Card(title=reader.say('No skill matches. Say "list skills" to see all of them.'))
    rows = tuple((skill.name, skill.source_ref, _first_sentence(skill.description)) for skill in skills)
    title = reader.say_many("{n} skill", "{n} skills", len(skills))
    header = (reader.say("name"), reader.say("ref"), reader.say("what it does"))
    return Card(title=title, table=Table(header=header, rows=rows))


async def show_skills(turn: Turn, action: ShowSkill) -> Card:
    """Return where skills come from, who answers for them, where they are installed and what forbids changes.

    Raises:
        UnknownSkill: there is none of that name; archived ones are shown too.
    """
    reader, uow = turn.reader, turn.uow
    skills = list(await uow.skills.all()) if EVERY in action.skills else []
    for name in dict.fromkeys(action.skills) if not skills else ():
        found = await uow.skills.by_name(name)
        if found is None:
            raise UnknownSkill(name=name)
        skills.append(found)
    people = {person.id: person.name for person in await uow.users.all()}
    facts: list[Fact] = []
    for skill in skills:
        if len(skills) > 1:
            facts.append(Fact(name=reader.say("skill"), value=skill.name))
        facts += _about(skill, people, reader)
        facts += await _whereabouts(uow, skill, people, reader)
        facts += await _opened(uow, skill, people, reader)
        facts += await _versions(uow, skill, reader)
    return Card(title=", ".join(skill.name for skill in skills), facts=tuple(facts))


def _about(skill: Skill, people: Mapping[str, str], reader: Reader) -> list[Fact]:
    place = "/".join(filter(None, (location_of(skill, None).label, skill.path)))
    facts = [
        Fact(name=reader.say("title"), value=one_line(skill.title)),
        Fact(name=reader.say("what it does"), value=one_line(skill.description, 1024)),
        Fact(name=reader.say("from"), value=f"{place} @ {skill.source_ref}"),
        Fact(name=reader.say("tags"), value=one_line(", ".join(skill.tags), 300) or "-"),
        Fact(name=reader.say("owner"), value=people.get(skill.owner_id, skill.owner_id)),
    ]
    if skill.is_archived:
        facts.append(Fact(name=reader.say("archived"), value=reader.moment(skill.updated_at)))
    return facts


async def _whereabouts(uow: UnitOfWork, skill: Skill, people: Mapping[str, str], reader: Reader) -> list[Fact]:
    providers = {provider.id: provider.display_name for provider in await uow.providers.all()}
    targets = [target for target in await uow.targets.all() if target.skill_id == skill.id]
    installed = [_installed(target, providers) for target in targets if target.installed_digest is not None]
    frozen = [
        _frozen(freeze, providers, people, reader)
        for freeze in await uow.freezes.active()
        if freeze.skill_id in {None, skill.id}
    ]
    where = [Fact(name=reader.say("installed"), value=line) for line in sorted(installed)]
    nowhere = [Fact(name=reader.say("installed"), value=reader.say("nowhere"))]
    return [*(where or nowhere), *(Fact(name=reader.say("frozen"), value=line) for line in frozen)]


def _installed(target: InstallTarget, providers: Mapping[str, str]) -> str:
    commit = f" {commit_name(target.installed_ref)}" if target.installed_ref else ""
    return f"{providers.get(target.provider_id, target.provider_id)}:{commit}"


def _frozen(freeze: Freeze, providers: Mapping[str, str], people: Mapping[str, str], reader: Reader) -> str:
    provider = freeze.provider_id
    where = reader.say("every provider") if provider is None else providers.get(provider, provider)
    who = people.get(freeze.user_id, freeze.user_id)
    return reader.say("{where}: by {who} since {when}", where=where, who=who, when=freeze.created_at)


async def _opened(uow: UnitOfWork, skill: Skill, people: Mapping[str, str], reader: Reader) -> list[Fact]:
    """Return when changes of ``skill`` were last allowed again, who had asked for that, and the code of the request."""
    for execution in await uow.executions.recent(limit=_RECENT, skills=(skill.name,)):
        record = await uow.chat_actions.of_execution(execution.id)
        done = execution.completed_at if execution.status is ExecutionStatus.COMPLETED else None
        if record is None or done is None or not isinstance(record.resolved_action, Unfreeze):
            continue
        params = {"when": reader.moment(done), "who": people.get(execution.user_id, execution.user_id)}
        line = reader.say("{when}, asked by {who} (#{code})", code=execution.code, **params)
        return [Fact(name=reader.say("opened again"), value=line)]
    return []


async def _versions(uow: UnitOfWork, skill: Skill, reader: Reader) -> list[Fact]:
    newest = reversed((await uow.versions.of_skill(skill.id))[-_MOST_VERSIONS:])
    return [
        Fact(
            name=reader.say("version"),
            value=f"{commit_name(version.commit_sha) if version.commit_sha else version.digest[:7]} "
            f"({version.requested_ref}, {reader.moment(version.created_at)})",
        )
        for version in newest
    ]


def _first_sentence(text: str) -> str:
    return one_line(text, 1024).split(". ", maxsplit=1)[0].removesuffix(".")
