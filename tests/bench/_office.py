"""An office for benchmarks: real services, workers and store; what is around them is in memory and costs nothing.

Lane n is one employee with a skill, a rule and an approver of their own, so that requests of two lanes share nothing
but the program and its database.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from unittest import mock

from bot.bootstrap import running
from bot.clock import SystemClock
from bot.config import ApprovalSettings, Settings
from bot.home import Home
from bot.installation import Installation
from bot.locale.translator import Catalogues
from bot.wake import Wake
from core.domain.cards import Card, PressAction
from core.domain.consents import Consent
from core.domain.masking import Masker
from core.domain.messages import Actor, ButtonPress, ChannelName, ConversationRef, IncomingMessage, MessageRef
from core.domain.policy import Policy, Rule, Who
from core.domain.skills import FetchedSkill, ResolvedRef, SkillBundle, SourceLocation, StoredBundle, StoredFile
from core.domain.targets import Provider, ProviderKind
from core.domain.users import Role
from core.services.dispatcher import Dispatcher
from storage.database import Database
from tests.bundles import bundle
from tests.storage_factory import make_identity, make_provider, make_skill, make_user

#: The most lanes there are.
LANES = 16
# How many bundles are kept: more than are on their way at a time.
_KEPT = 100
#: Seconds after which a request that has not ended counts as lost.
PATIENCE = 120


class _World:
    """Source, store and places: each skill has a version, which goes up before it is asked for."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self._kept: dict[str, SkillBundle] = {}
        self._there: dict[str, SkillBundle] = {}

    def installer(self, _provider: Provider) -> _World:
        return self

    async def resolve(self, location: SourceLocation, ref: str | None) -> ResolvedRef:
        version = f"{location.path} {self.versions[location.path]}"
        return ResolvedRef(ref=ref or "main", commit=hashlib.sha1(version.encode()).hexdigest())  # noqa: S324 - as git does

    async def fetch(self, location: SourceLocation, commit: str, tag: str | None = None) -> tuple[FetchedSkill, ...]:
        text = f"---\nname: {location.path}\ndescription: The skill {location.path}.\n---\nAs of {commit}.\n"
        found = bundle(skill_md=text)
        return (FetchedSkill(path=location.path, bundle=found, commit=commit, author="Mina", committed_at=_now()),)

    async def put(self, files: SkillBundle) -> StoredBundle:
        self._kept[files.digest] = files
        if len(self._kept) > _KEPT:  # the memory of the program is what is measured
            del self._kept[next(iter(self._kept))]
        return StoredBundle(digest=files.digest, path=f"bundles/{files.digest}", size=files.size, checksum=files.digest)

    async def put_diff(self, text: str) -> StoredFile:
        checksum = hashlib.sha256(text.encode()).hexdigest()
        return StoredFile(path=f"diffs/{checksum}", size=len(text), checksum=checksum)

    async def get(self, digest: str) -> SkillBundle:
        return self._kept[digest]

    def location(self, skill: str) -> str:
        return f"/skills/{skill}"

    async def read(self, skill: str) -> SkillBundle | None:
        return self._there.get(skill)

    async def install(self, skill: str, files: SkillBundle, *, replacing: str | None, consent: Consent) -> None:
        self._there[skill] = files


class _Chat:
    """Everybody's private conversation. The approver presses as soon as the card is there."""

    name: ChannelName = "console"

    def __init__(self) -> None:
        self._ids = itertools.count()
        self.asked: Callable[[int, str], None] = lambda _lane, _token: None
        self.answered: Callable[[int], None] = lambda _lane: None

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        kind, _, lane = conversation.conversation_id.partition("-")
        if kind == "user":
            self.answered(int(lane))
        else:
            token = next(button.token for button in card.buttons if _approves(button.press))
            self.asked(int(lane), token or "")
        return MessageRef(conversation=conversation, message_id=str(next(self._ids)))

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None: ...

    async def private_conversation(self, account: Any) -> ConversationRef:
        return _place(account.external_id)


class Office:
    """The running program. ``took`` and ``clicks`` are the seconds of each request and of each approval so far."""

    def __init__(self, dispatcher: Dispatcher, workers: Any, world: _World, chat: _Chat) -> None:
        self._dispatcher = dispatcher
        self._workers = workers
        self._world = world
        self._keys = itertools.count()
        self._ended: dict[int, asyncio.Event] = {}
        self._posts: dict[int, int] = {}
        self._awaited: dict[int, int] = {}
        self._pressed: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.took: list[float] = []
        self.clicks: list[float] = []
        chat.asked, chat.answered = self._asked, self._answered

    async def requests(self, count: int, *, in_flight: int) -> float:
        """Make ``count`` requests, so many at a time, and wait until nothing is left to do. Returns the seconds."""
        numbers = iter(range(count))
        began = time.perf_counter()
        await asyncio.gather(*(self._lane(lane, numbers) for lane in range(in_flight)))
        await self._workers.settle()
        return time.perf_counter() - began

    async def request(self, lane: int) -> None:
        """Make one request in ``lane``, and wait for its outcome."""
        await self._lane(lane, range(1))

    async def question(self, lane: int, text: str) -> float:
        """Say ``text`` in ``lane``; return the seconds until it is answered."""
        return await self._say(lane, text, posts=1)

    def told(self, lane: int) -> int:
        """Return how many cards were posted in ``lane`` since its last request began."""
        return self._posts[lane]

    def processed(self, key: str) -> None:
        """Hear that what was delivered under ``key`` has been decided, for good."""
        if key in self._pressed:
            self.clicks.append(time.perf_counter() - self._pressed.pop(key))

    async def _lane(self, lane: int, numbers: Any) -> None:
        skill = f"lane{lane:02}"
        for _ in numbers:
            self._world.versions[skill] = self._world.versions.get(skill, 0) + 1
            # The request card, then the outcome.
            self.took.append(await self._say(lane, f"install {skill} on claude", posts=2))

    async def _say(self, lane: int, text: str, *, posts: int) -> float:
        """Say ``text``; return the seconds until so many cards have come."""
        self._ended[lane], self._posts[lane], self._awaited[lane] = asyncio.Event(), 0, posts
        began = time.perf_counter()
        await self._dispatcher.receive(
            IncomingMessage(
                dedupe_key=f"said {next(self._keys)} {began}",
                received_at=_now(),
                sender=Actor(channel="console", external_id=f"user-{lane}"),
                conversation=_place(f"user-{lane}"),
                text=text,
            )
        )
        await asyncio.wait_for(self._ended[lane].wait(), PATIENCE)
        return time.perf_counter() - began

    def _asked(self, lane: int, token: str) -> None:
        # A person presses later: not while the card is being posted.
        task = asyncio.get_running_loop().create_task(self._press(lane, token))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _press(self, lane: int, token: str) -> None:
        who, now = f"admin-{lane}", time.perf_counter()
        key = f"pressed {next(self._keys)} {now}"
        self._pressed[key] = now
        await self._dispatcher.receive(
            ButtonPress(
                dedupe_key=key,
                received_at=_now(),
                sender=Actor(channel="console", external_id=who),
                conversation=_place(who),
                token=token,
            )
        )

    def _answered(self, lane: int) -> None:
        self._posts[lane] += 1
        if self._posts[lane] == self._awaited[lane]:
            self._ended[lane].set()


async def furnish(database: Database) -> None:
    """Store the people, the provider and the skills of every lane."""
    async with database.begin() as uow:
        owner = make_user("Owner", role=Role.ADMIN)
        await uow.users.add(owner)
        await uow.providers.add(make_provider(owner, ProviderKind.CLAUDE, display_name="Claude"))
        for lane in range(LANES):
            for kind, role in (("user", Role.USER), ("admin", Role.ADMIN)):
                person = make_user(f"{kind}-{lane}", role=role)
                await uow.users.add(person)
                await uow.users.add_identity(make_identity(person, external_id=f"{kind}-{lane}"))
            await uow.skills.add(make_skill(owner, f"lane{lane:02}", path=f"lane{lane:02}", source_ref="main"))
        await uow.commit()


@contextlib.asynccontextmanager
async def office(home: Path, url: str, database: Database, wake: Wake) -> AsyncIterator[Office]:
    """Open the program on ``database``, which is at ``url`` and furnished. Raises what work failed with.

    ``home`` is a folder for receipts and checkpoints.
    """
    world, chat, failures = _World(), _Chat(), list[Exception]()
    installation = Installation(
        home=Home(home),
        settings=Settings(approvals=ApprovalSettings(undo_seconds=0)),
        url=url,
        demo=False,
        translator=Catalogues(),
        masker=Masker(),
    )
    offices: list[Office] = []
    process = Dispatcher.process

    async def processed(self: Dispatcher, item_id: str) -> None:
        async with database.read() as uow:
            item = await uow.inbox.get(item_id)
        await process(self, item_id)
        if item is not None:
            offices[0].processed(item.dedupe_key)

    with (
        mock.patch("bot.installers.registry.installers", return_value=world.installer),
        mock.patch("bot.skill_source.GitSkillSource", return_value=world),
        mock.patch("bot.integrations.bundle_store.DiskBundleStore", return_value=world),
        mock.patch.object(Dispatcher, "process", processed),
    ):
        async with running(
            installation,
            database,
            {"console": chat},
            clock=SystemClock(),
            on_wake=wake,
            policy=_policy(),
            report=lambda _what, error: failures.append(error),
        ) as program:
            offices.append(Office(program.dispatcher, program.workers, world, chat))
            yield offices[0]
    if failures:
        raise failures[0]


def _policy() -> Policy:
    return Policy(
        rules=tuple(
            Rule(
                name=f"lane {lane}",
                skills=(f"lane{lane:02}",),
                outcome="require",
                approvers=Who(people=(f"admin-{lane}",)),
            )
            for lane in range(LANES)
        )
    )


def _approves(press: object) -> bool:
    return isinstance(press, PressAction) and press.action.intent == "approve"


def _place(who: str) -> ConversationRef:
    return ConversationRef(channel="console", conversation_id=who, private=True)


def _now() -> Any:
    return SystemClock().now()
