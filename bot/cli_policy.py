"""``skillwarden policy``: whether the rules can be satisfied, who would have to agree, what another policy changes."""

from __future__ import annotations

import asyncio
import contextlib
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_groups import policy as policy  # noqa: PLC0414 - offered here too, with its commands
from bot.cli_options import ConfigOption, DemoOption, HomeOption
from bot.cli_when import when
from bot.cli_words import TONGUE, say
from bot.clock import SystemClock
from bot.config import load_settings
from bot.installation import Installation
from bot.policy_config import policy_of
from bot.policy_words import (
    decision_in_words,
    history_in_words,
    length_in_words,
    or_in_words,
    rule_in_words,
    signed_in_words,
)
from core.domain.actions import ChatAction, Delegate, Retry, risk_of
from core.domain.approvals import title_of
from core.domain.base import Domain
from core.domain.eligibility import Roster
from core.domain.executions import Execution
from core.domain.intents import Clarify, ProviderName, Resolved, Vocabulary
from core.domain.policy import ItemFacts, Policy, RequestFacts
from core.domain.users import User
from core.errors import InvalidInput, InvalidSetting, NothingInstalled, NotInstalled, NotUnderstood, UnknownPerson
from core.ports import UnitOfWork
from core.services.intent_resolver import IntentResolver, ResolverContext
from core.services.planner import expected_facts
from core.services.policy_review import Asked, Decision, Review, asked_about, replay, review, voters
from core.services.rosters import Rosters
from core.services.wanted import PLACE_ACTIONS, find_wanted

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@policy.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="Another config.toml. [default: the one in use]")] = None,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Say every rule in the order in which they are asked, and whether people can satisfy them."""
    installation = Installation.open(home, config, demo=demo)
    checked = _policy_in(installation, file)
    for rule in checked.in_order:
        typer.echo(f"{rule.name}: {rule_in_words(rule)}")
    typer.echo(say("What no rule matches is denied."))
    found = asyncio.run(_review(installation, checked))
    for sentence in found.remarks:
        typer.echo(say("note: {sentence}", sentence=sentence))
    for sentence in found.shortages:
        typer.echo(say("wrong: {sentence}", sentence=sentence), err=True)
    if found.shortages:
        raise typer.Exit(InvalidSetting.exit_code)
    if found.remarks:
        typer.echo(say("No rule is known to ask for too much."))
    else:
        typer.echo(say("Every rule can be satisfied."))


@policy.command("explain")
def explain_command(
    text: Annotated[str, typer.Argument(help="A request, as somebody would say it.")],
    asker: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who would ask.")] = None,
    chat: Annotated[str, typer.Option("--in", metavar="CHAT", help="Where: C0123456789, or T0123456789/C...")] = "",
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Say which rule would decide about a request, why no other does, and who could approve it."""
    for line in asyncio.run(_explained(Installation.open(home, config, demo=demo), text, asker, chat)):
        typer.echo(line)


@policy.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="A config.toml with another [policy].")],
    since: Annotated[
        datetime | None,
        typer.Option(parser=when, metavar="<when>", help="How far to look back: 2026-11-01, 12h. [default: 90d]"),
    ] = None,
    as_json: Json = False,
    home: HomeOption = None,
    config: ConfigOption = None,
    demo: DemoOption = False,
) -> None:
    """Ask another policy about recorded requests, and list those that it would treat in another way."""
    installation = Installation.open(home, config, demo=demo)
    changes, total = asyncio.run(_simulated(installation, _policy_in(installation, file), since or when("90d")))
    if as_json:
        said = {"requests": total, "changed": [change.model_dump(mode="json") for change in changes]}
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    for change in changes:
        old, new = decision_in_words(change.old), decision_in_words(change.new)
        typer.echo(f"#{change.code}  {change.asked_at:%Y-%m-%d}  {change.who}: {change.what}\n    {old} -> {new}")
    typer.echo(say("{n} of {total} requests would be treated in another way.", n=len(changes), total=total))


class Changed(Domain):
    """A recorded request that two policies treat in different ways."""

    code: str
    asked_at: datetime
    who: str
    what: str
    old: Decision
    new: Decision


def _policy_in(installation: Installation, file: Path | None) -> Policy:
    return policy_of(load_settings(installation.home.path, file).policy) if file else installation.policy


async def _review(installation: Installation, checked: Policy) -> Review:
    clock = SystemClock()
    async with installation.storage(clock) as database, database.read() as uow:
        return review(
            checked,
            await Rosters(clock=clock, policy=checked, channels=installation.channels).load(uow),
            now=clock.now(),
            tongue=TONGUE,
        )


async def _simulated(installation: Installation, other: Policy, since: datetime) -> tuple[list[Changed], int]:
    clock, current = SystemClock(), installation.policy
    async with installation.storage(clock) as database, database.read() as uow:
        roster = await Rosters(clock=clock, policy=current, channels=installation.channels).load(uow)
        executions = await uow.executions.prepared_since(since)
    changes = [_compared(execution, current, other, roster, clock.now()) for execution in executions]
    return [change for change in changes if change is not None], len(executions)


def _compared(execution: Execution, current: Policy, other: Policy, roster: Roster, now: datetime) -> Changed | None:
    old, new = (replay(one, execution, roster, now=now) for one in (current, other))
    if old is None or new is None or old == new or execution.subject is None:
        return None
    return Changed(
        code=execution.code,
        asked_at=execution.created_at,
        who=roster.name(execution.user_id),
        what=title_of(execution.subject.action),
        old=old,
        new=new,
    )


async def _explained(installation: Installation, text: str, asker: str | None, chat: str) -> list[str]:
    clock, asked = SystemClock(), installation.policy
    async with installation.storage(clock) as database, database.read() as uow:
        who = await uow.users.by_name(asker) if asker else None
        if asker and who is None:
            raise UnknownPerson(name=asker)
        action = await _understood(uow, installation, text, clock.now())
        facts = await _facts(uow, installation, action, chat)
        about = await _concerned(uow, action)
        roster = await Rosters(clock=clock, policy=asked, channels=installation.channels).load(uow)
    rules = asked_about(asked, facts)
    places = (say("{skill} on {provider}", skill=item.skill, provider=item.provider[0]) for item in facts.items)
    names = ", ".join(dict.fromkeys(places))
    heading = f"{facts.intent.replace('_', ' ')} {names}".rstrip()
    return [
        f"{heading} ({facts.risk.lower()})",
        *(f"  {one.rule.name}: {_answer(one)}" for one in rules),
        *_consequences(rules, roster, (who, about), facts, clock.now()),
    ]


async def _understood(uow: UnitOfWork, installation: Installation, text: str, now: datetime) -> ChatAction:
    """Return what the sentence ``text`` asks for.

    Raises:
        NotUnderstood, InvalidInput: it is no one request.
    """
    providers = tuple(ProviderName(kind=one.name, display_name=one.display_name) for one in await uow.providers.all())
    vocabulary = Vocabulary(skills=await uow.skills.names(), providers=providers)
    intent = IntentResolver(installation.translator).resolve(text, vocabulary, context=ResolverContext(now=now))
    if isinstance(intent, Clarify):
        choices = ", ".join(choice.label for choice in intent.choices)
        raise InvalidInput(detail=f"{intent.question} {choices}".rstrip())
    if not isinstance(intent, Resolved):
        raise NotUnderstood
    return intent.action


async def _concerned(uow: UnitOfWork, action: ChatAction) -> User | None:
    """Return whose rights ``action`` would change, if that is known."""
    name = action.to if isinstance(action, Delegate) else getattr(action, "user", None)
    return await uow.users.by_name(name) if name else None


async def _facts(uow: UnitOfWork, installation: Installation, action: ChatAction, chat: str) -> RequestFacts:
    """Return what the rules can be asked about ``action`` before anything is fetched.

    Raises:
        UnknownSkill, UnknownProvider, ...: see ``find_wanted``.
    """
    team, _, room = chat.rpartition("/")
    if isinstance(action, PLACE_ACTIONS) or (isinstance(action, Retry) and action.run):
        # What is not installed yet may be one day: then its name is all there is to ask about.
        with contextlib.suppress(NotInstalled, NothingInstalled):
            wanted = await find_wanted(uow, action, installation.allowed_hosts())
            return expected_facts(wanted, team=team, chat=room)
    items = tuple(
        ItemFacts(skill=skill, provider=(provider,))
        for skill in getattr(action, "skills", ())
        for provider in getattr(action, "providers", ())
    )
    return RequestFacts(intent=action.intent, risk=risk_of(action), items=items, team=team, chat=room)


def _answer(one: Asked) -> str:
    if one.mismatch is None:
        return say("yes: {rule}", rule=rule_in_words(one.rule))
    if one.may_match:
        return say(
            "perhaps: {what} is unknown until the content was fetched; {rule}",
            what=one.mismatch,
            rule=rule_in_words(one.rule),
        )
    if one.mismatch == "risks":
        return say("no: risks {values}", values=or_in_words([risk.lower() for risk in one.rule.risks]))
    if one.mismatch == "digest_already_approved":
        return say("no: content {values}", values=or_in_words(history_in_words(one.rule.digest_already_approved)))
    if one.mismatch == "signed":
        return say("no: {values}", values=or_in_words(signed_in_words(one.rule.signed)))
    wanted = getattr(one.rule, one.mismatch)
    if not wanted:
        return say("no: it is about skills")
    return say("no: {what} {values}", what=one.mismatch, values=or_in_words(wanted))


def _consequences(
    rules: tuple[Asked, ...],
    roster: Roster,
    people: tuple[User | None, User | None],
    facts: RequestFacts,
    now: datetime,
) -> list[str]:
    """Say which rule decides and, where people do, who of them could: not who asks, and not whom it is about."""
    rule, (who, about) = rules[-1].rule, people
    if any(one.may_match for one in rules):
        lines = [say('"{rule}" decides, unless one does that is marked perhaps.', rule=rule.name)]
    else:
        lines = [say('"{rule}" decides.', rule=rule.name)]
    if rule.outcome != "require":
        return lines
    seats = voters(rule, roster, (who.id,) if who else (), now, concerned=(about.id,) if about else ())
    able = [seat.label for seat in seats]
    chosen = [person for person in roster.choose(rule.approvers) if person.id not in roster.linked]
    names = ", ".join(able) or say("nobody")
    if not (who or rule.allow_self):
        names = say("{names}, whoever of them does not ask", names=names)
    if chosen:
        without = ", ".join(person.name for person in chosen)
        names = say("{names} (no linked account: {without})", names=names, without=without)
    until, good = now + rule.time_to_decide(facts.risk), length_in_words(rule.execution_ttl)
    lines.append(say("{n} of these could approve: {names}.", n=rule.threshold, names=names))
    lines.append(say("Asked now, until {until} UTC; good for {good}.", until=f"{until:%Y-%m-%d %H:%M}", good=good))
    return lines
