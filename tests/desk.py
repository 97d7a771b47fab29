"""An approval desk in a test's hand: real services on a real file; what is around them is instant, and kept in memory.

Nothing happens by itself: ``work`` does one due thing after another. The process can die after any commit, post, edit
or installation; ``restart`` puts new services on the same file.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from bot.assembly import Program
from bot.bootstrap import running
from bot.config import ApprovalSettings, HttpSettings, Settings
from bot.home import Home
from bot.installation import Installation
from bot.locale.translator import Catalogues
from bot.wake import Wake
from bot.workers import Task
from core.domain.actions import CHAT_ACTION, ChatAction
from core.domain.approvals import ApprovalRequest
from core.domain.cards import Card, PressAction
from core.domain.executions import Execution
from core.domain.intents import Resolved
from core.domain.masking import Masker
from core.domain.messages import Actor, ButtonPress, FormSubmission, IncomingMessage
from core.domain.policy import Policy
from core.domain.targets import ProviderKind
from core.domain.users import Role
from core.errors import SkillwardenError
from core.ports import CallbackSender, Storage
from storage.database import Database
from storage.migrate import migrate
from tests.clock import FakeClock
from tests.databases import database_with_tables
from tests.desk_world import Outside, place_of
from tests.storage_factory import make_identity, make_provider, make_skill, make_user

#: Who there is, by external id; the name is the same with a capital.
PEOPLE = {"alice": Role.USER, "bob": Role.ADMIN, "carol": Role.ADMIN, "dave": Role.ADMIN, "erin": Role.USER}
PROVIDERS = ("Claude", "Gemini")
SKILLS = ("pdf", "docx")

# More work than any step causes: whoever does more goes round in circles.
ENDLESS = 500

_TRANSLATOR = Catalogues()
_KEYS = itertools.count()


class ByHand:
    """Stands where the workers are: does what is due one by one, when it is told to."""

    def __init__(self, storage: Storage, tasks: Sequence[Task], **_options: object) -> None:
        self._storage = storage
        self._tasks = {task.name: task for task in tasks}

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do nothing meanwhile."""
        yield

    def wake(self) -> None:
        """Sleep on."""

    def look(self) -> None:
        """Sleep on."""

    async def due(self) -> list[tuple[str, str]]:
        """Return what can be done now."""
        async with self._storage.read() as uow:
            return [(name, key) for name, task in self._tasks.items() for key in await task.find(uow)]

    async def do(self, name: str, key: str) -> None:
        """Do one thing; what fails is given up at once, as it is after three tries."""
        try:
            await self._tasks[name].work(key)
        except SkillwardenError as error:
            await self._tasks[name].abandon(key, error)


class Literally:
    """Stands where sentences are understood: what people say is the action itself, as JSON."""

    def __init__(self, _translator: object) -> None: ...

    def resolve(self, text: str, _vocabulary: object, **_context: object) -> Resolved:
        return Resolved(action=CHAT_ACTION.validate_json(text))

    def prepare(self, _vocabulary: object) -> None: ...


@contextlib.asynccontextmanager
async def _no_timers(*_what: object) -> AsyncIterator[None]:
    yield


class Desk:
    """The program on the database at ``url``, which ``furnished`` gave, in the world ``outside``.

    Without one it is on a file in ``folder``, which is made when it is missing.
    """

    #: How long an approval can be undone, in seconds.
    undo_seconds = 0
    #: What calls other programs back, where it does.
    sender: CallbackSender | None = None

    def __init__(self, folder: Path, outside: Outside, policy: Policy, url: str | None = None) -> None:
        self.outside = outside
        self.policy = policy
        self._stack = contextlib.AsyncExitStack()
        self._home = Home(folder)
        file = folder / "skillwarden.db"
        self.url = url or f"sqlite:///{file}"
        if url is None and not file.exists():
            shutil.copy(template(), file)

    @property
    def receipts(self) -> Path:
        """Where the receipts are."""
        return self._home.receipts

    @property
    def clock(self) -> FakeClock:
        """The clock of the program."""
        return self.outside.clock

    async def open(self) -> None:
        """Start the program."""
        masker, wake = Masker(), Wake()
        installation = Installation(
            home=self._home,
            settings=Settings(
                approvals=ApprovalSettings(undo_seconds=self.undo_seconds),
                http=HttpSettings(callback_secret="env:NOBODY_READS_IT" if self.sender else None),
            ),
            url=self.url,
            demo=False,
            translator=_TRANSLATOR,
            masker=masker,
        )
        on_commit = functools.partial(self.outside.fuse.tick, "commit")
        database = Database(self.url, masker=masker, clock=self.clock, on_commit=on_commit)
        self._stack = contextlib.AsyncExitStack()
        self._stack.push_async_callback(database.aclose)
        with _replaced(self.outside):
            program = running(
                installation,
                database,
                {"console": self.outside.chat},
                clock=self.clock,
                on_wake=wake,
                policy=self.policy,
                sender=self.sender,
            )
            self.program: Program = await self._stack.enter_async_context(program)
        self.database = database
        self.workers: Any = self.program.workers

    async def close(self) -> None:
        """Leave everything as it is, and end the process."""
        await self._stack.aclose()

    async def restart(self, policy: Policy | None = None) -> None:
        """End the process and start it, perhaps with another policy."""
        await self.close()
        self.policy = policy or self.policy
        self.outside.fuse.disarm()
        await self.open()

    async def say(self, who: str, action: ChatAction, key: str | None = None) -> str:
        """Say ``action``; return the key of the delivery, under which it can be delivered again."""
        key = key or f"said {next(_KEYS)}"
        text = CHAT_ACTION.dump_json(action).decode()
        sender, where = Actor(channel="console", external_id=who), place_of(who)
        await self.program.dispatcher.receive(
            IncomingMessage(dedupe_key=key, received_at=self.clock.now(), sender=sender, conversation=where, text=text)
        )
        return key

    async def press(
        self,
        who: str,
        token: str,
        message: str | None = None,
        *,
        fields: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> None:
        """Press the button with ``token``, and fill its form in when ``fields`` are given."""
        common: dict[str, Any] = {
            "dedupe_key": key or f"pressed {next(_KEYS)}",
            "received_at": self.clock.now(),
            "sender": Actor(channel="console", external_id=who),
            "conversation": place_of(who),
            "token": token,
        }
        pressed = (
            ButtonPress(**common, message_id=message)
            if fields is None
            else FormSubmission(**common, fields=dict(fields))
        )
        await self.program.dispatcher.receive(pressed)

    async def work(self, picks: Sequence[int] | None = None) -> None:
        """Do everything that is due; with ``picks`` so many things, each the n-th of what is due then."""
        for pick in itertools.repeat(0, ENDLESS) if picks is None else picks:
            due = await self.workers.due()
            if not due:
                return
            await self.workers.do(*due[pick % len(due)])
        if picks is None:
            raise AssertionError(f"it does not come to rest: {due}")

    async def tick(self) -> None:
        """Do what the timers do."""
        await self.program.approval_clock.expire_due()
        await self.program.approval_clock.remind_due()

    async def request(self, code: str) -> ApprovalRequest:
        """Return the approval called ``code``."""
        async with self.database.read() as uow:
            found = await uow.approvals.by_code(code)
        assert found is not None, code
        return found

    async def execution(self, code: str) -> Execution:
        """Return the execution called ``code``."""
        async with self.database.read() as uow:
            found = await uow.executions.by_code(code)
        assert found is not None, code
        return found

    def buttons(self, who: str, intent: str) -> list[tuple[str, str]]:
        """Return (token, message) of each button for ``intent`` that ``who`` sees, oldest first."""
        return [
            (button.token or "", message_id)
            for message_id, (person, card) in self.outside.chat.messages.items()
            for button in card.buttons
            if person == who and isinstance(button.press, PressAction) and button.press.action.intent == intent
        ]

    def read(self, who: str) -> list[Card]:
        """Return the messages that ``who`` sees, oldest first."""
        return [card for person, card in self.outside.chat.messages.values() if person == who]


@contextlib.asynccontextmanager
async def desk_at(folder: Path, policy: Policy) -> AsyncIterator[Desk]:
    """Open a desk in ``folder``."""
    desk = Desk(folder, Outside(), policy)
    await desk.open()
    try:
        yield desk
    finally:
        await desk.close()


@contextlib.contextmanager
def _replaced(outside: Outside) -> Iterator[None]:
    """Let the composition root put ``outside`` where git, folders, timers and the grammar would be."""
    with (
        mock.patch("bot.assembly.Workers", ByHand),
        mock.patch("bot.bootstrap.timers", _no_timers),
        mock.patch("bot.assembly.IntentResolver", Literally),
        mock.patch("bot.installers.registry.installers", return_value=outside.places.of),
        mock.patch("bot.skill_source.GitSkillSource", return_value=outside.source),
        mock.patch("bot.integrations.bundle_store.DiskBundleStore", return_value=outside.bundles),
    ):
        yield


@functools.cache
def template() -> Path:
    """Return a database with the people, the providers and the catalogue; made once for each process."""
    folder = tempfile.TemporaryDirectory(prefix="skillwarden-desk-")
    _template_folders.append(folder)
    file = Path(folder.name) / "skillwarden.db"

    async def make() -> None:
        url = f"sqlite:///{file}"
        await migrate(url)
        await furnish(url)

    # A loop of its own: who asks may be in one.
    thread = threading.Thread(target=lambda: asyncio.run(make()))
    thread.start()
    thread.join()
    return file


async def furnished(backend: str) -> str | None:
    """Return the URL of a server's database that was emptied and furnished; None for SQLite: a desk makes its file."""
    if backend == "sqlite":
        return None
    url = await database_with_tables(backend, Path())
    await furnish(url)
    return url


async def furnish(url: str) -> None:
    """Put the people, the providers and the catalogue into the database at ``url``."""
    database = Database(url, masker=Masker(), clock=FakeClock())
    async with database.begin() as uow:
        people = {name: make_user(name.capitalize(), role=role) for name, role in PEOPLE.items()}
        for name, person in people.items():
            await uow.users.add(person)
            await uow.users.add_identity(make_identity(person, external_id=name))
        for name in PROVIDERS:
            kind = ProviderKind(name.lower())
            await uow.providers.add(make_provider(people["bob"], kind, display_name=name))
        for name in SKILLS:
            await uow.skills.add(make_skill(people["bob"], name, path=f"skills/{name}", source_ref="main"))
        await uow.commit()
    await database.aclose()


_template_folders: list[tempfile.TemporaryDirectory[str]] = []
