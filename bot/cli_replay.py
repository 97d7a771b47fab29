"""``skillwarden timeline | replay``: a request step by step, planned again, or asked for again; a bot may go on."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import typer
from pydantic import ValidationError

from bot.api.dto import ExecutionDto
from bot.channels.console.text import plain_line
from bot.cli_words import say
from bot.clock import SystemClock
from bot.installation import Installation
from bot.integrations.bundle_store import DiskBundleStore
from bot.integrations.secret_stores import Secrets
from bot.skill_places import installers_of, repositories_of, whereabouts
from bot.skill_source import configured_source
from core.domain.cards import Card
from core.domain.events import ChainedEvent, first_broken
from core.domain.executions import Execution
from core.errors import InvalidSetting, UnknownRequest, Words
from core.ports import UnitOfWork
from core.services.access import Principal
from core.services.additions import Additions
from core.services.executions_api import ExecutionsApi, NewExecution
from core.services.people import People
from core.services.planner import Planner
from core.services.reader import Reader
from core.services.record_changes import RecordChanges
from core.services.records_delegations import DelegationRecords
from core.services.records_freezes import FreezeRecords
from core.services.records_people import PeopleRecords
from core.services.records_providers import ProviderRecords
from core.services.records_skills import SkillRecords
from core.services.replays import Rehearsal, Replays, rehearsal_card
from core.services.rosters import Rosters
from core.services.steps import Unrecorded
from core.services.timeline import timeline_card
from core.services.views import load_view
from storage.database import Database

T = TypeVar("T")
Work = Callable[[Installation, Database, SystemClock], Awaitable[T]]


def print_timeline(name: str, home: Path | None, config: Path | None, *, demo: bool, as_json: bool) -> None:
    """Print the events of the execution called ``name`` (or with that id).

    Raises:
        UnknownRequest: there is none.
    """

    async def found(
        installation: Installation, database: Database, clock: SystemClock
    ) -> tuple[Execution, tuple[ChainedEvent, ...], Card | None]:
        async with database.read() as uow:
            execution = await _execution(uow, name)
            rows = await uow.events.of_execution(execution.id)
            try:
                card = await _card(uow, execution, installation, clock)
            except ValidationError:  # somebody wrote into the database: what is there is listed all the same
                card = None
        return execution, rows, card

    execution, rows, card = _run(found, home, config, demo=demo)
    for row in rows if as_json else ():
        # What people see of a call is its masked form.
        shown = {name: value for name, value in row.payload.items() if name not in {"input", "output"}}
        typer.echo(json.dumps({"seq": row.seq, "user_id": row.user_id, "hash": row.hash} | shown))
    if as_json:
        return
    if card is not None:
        _print(card)
    else:
        for row in rows:
            typer.echo(f"{row.seq:>4}  {row.timestamp:%Y-%m-%d %H:%M:%S}Z  {row.event_type}")
    broken = first_broken(rows)
    chain = "the chain verifies" if broken is None else f"the chain breaks at {broken}"
    typer.echo(f"#{execution.code}: {execution.status}; {chain}")


def print_rehearsal(name: str, home: Path | None, config: Path | None, *, demo: bool, as_json: bool) -> None:
    """Plan the execution called ``name`` again and print what would differ; nothing is recorded and nobody asked.

    Raises:
        UnknownRequest: there is none.
        NotYetSupported: it was no request to change something.
    """

    async def found(
        installation: Installation, database: Database, clock: SystemClock
    ) -> tuple[Rehearsal, Card | None]:
        async with database.read() as uow:
            execution = await _execution(uow, name)
        replays = _replays(installation, database, clock)
        rehearsal = await replays.rehearse(execution, Unrecorded(database, clock, execution))
        async with database.read() as uow:
            view = await load_view(uow, execution.id, Rosters(clock=clock, policy=installation.policy))
        reader = Reader(installation.translator, None, clock.now())
        return rehearsal, rehearsal_card(view, rehearsal, reader) if view else None

    rehearsal, card = _run(found, home, config, demo=demo)
    if as_json:
        typer.echo(rehearsal.model_dump_json())
    elif card is not None:
        _print(card)


def rerun(name: str, person: str | None, home: Path | None, config: Path | None, *, demo: bool, as_json: bool) -> None:
    """Ask for the execution called ``name`` again, in the name of ``person``; the bot goes on with it.

    Raises:
        InvalidSetting: nobody asks.
        UnknownRequest, UnknownPerson: there is no such request, or person.
    """
    if person is None:
        raise InvalidSetting(setting="replay ... rerun", problem=Words("say who asks for it, with --as NAME"))

    async def asked(installation: Installation, database: Database, clock: SystemClock) -> Execution:
        rosters = Rosters(clock=clock, policy=installation.policy)
        people = People(clock=clock, translator=installation.translator, rosters=rosters)
        async with database.read() as uow:
            old, user = await _execution(uow, name), await people.find(uow, person)
        wanted = NewExecution(prompt=f"replay {old.code} rerun")
        api = ExecutionsApi(storage=database, clock=clock, masker=installation.masker)
        execution, _ = await api.submit(Principal(user=user, scopes=()), wanted, key=None)
        return execution

    execution = _run(asked, home, config, demo=demo)
    if as_json:
        typer.echo(ExecutionDto.of(execution).model_dump_json(by_alias=True))
    else:
        typer.echo(
            say(
                "#{code}: the bot asks again for {person}, and people have to agree again.",
                code=execution.code,
                person=person,
            )
        )


def _run(work: Work[T], home: Path | None, config: Path | None, *, demo: bool) -> T:
    installation, clock = Installation.open(home, config, demo=demo), SystemClock()

    async def run() -> T:
        async with installation.storage(clock) as database:
            return await work(installation, database, clock)

    return asyncio.run(run())


async def _execution(uow: UnitOfWork, name: str) -> Execution:
    execution = await uow.executions.by_code(name.removeprefix("#").upper()) or await uow.executions.get(name)
    if execution is None:
        raise UnknownRequest(request=f"#{name}")
    return execution


async def _card(uow: UnitOfWork, execution: Execution, installation: Installation, clock: SystemClock) -> Card | None:
    view = await load_view(uow, execution.id, Rosters(clock=clock, policy=installation.policy))
    reader = Reader(installation.translator, None, clock.now())
    return timeline_card(view, reader, is_whole=True) if view else None


def _replays(installation: Installation, database: Database, clock: SystemClock) -> Replays:
    """Return what plans again, as the bot does."""
    policy, masker = installation.policy, installation.masker
    hosts, home = installation.allowed_hosts(), installation.home
    secrets = Secrets(os.environ, masker)
    source = configured_source(installation.settings, hosts, home, secrets, masker)
    bundles, rosters = DiskBundleStore(home.path), Rosters(clock=clock, policy=policy)
    people = People(clock=clock, translator=installation.translator, rosters=rosters)
    outside = {"source": source, "bundles": bundles, "allowed_hosts": hosts}
    places = installers_of(installation, secrets, repositories_of(installation, secrets))
    shared: dict[str, Any] = {"clock": clock, "policy": policy, **outside}
    return Replays(
        storage=database,
        clock=clock,
        planner=Planner(**shared, masker=masker, installers=places),
        additions=Additions(**shared, masker=masker),
        records=RecordChanges(
            PeopleRecords(people=people),
            DelegationRecords(clock=clock, people=people, translator=installation.translator),
            SkillRecords(),
            FreezeRecords(),
            ProviderRecords(whereabouts()),
        ),
        rosters=rosters,
        translator=installation.translator,
    )


def _print(card: Card) -> None:
    """Print all of a card, one line for each thing that happened; nothing is shortened."""
    typer.echo(f"{plain_line(card.title)}  #{card.code}")
    for line in card.lines:
        typer.echo(f"  {plain_line(line)}")
    widest = max((len(fact.name) for fact in card.facts), default=0)
    for fact in card.facts:
        typer.echo(f"  {plain_line(fact.name):<{widest}}  {plain_line(fact.value)}")
