"""The world around a desk: source, store, places and channel - instant, in memory, and outliving the program."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from core.domain.base import new_id
from core.domain.cards import Card
from core.domain.consents import Consent
from core.domain.messages import ChannelName, ConversationRef, MessageRef
from core.domain.skills import FetchedSkill, ResolvedRef, SkillBundle, SourceLocation, StoredBundle, StoredFile
from core.domain.targets import Provider
from core.errors import BundleCorrupt, ChannelError, MessageGone, RefNotFound, TargetChanged
from tests.bundles import bundle
from tests.clock import START, FakeClock

#: What cannot be undone.
Irrevocable = Literal["commit", "post", "edit", "install", "call"]


class Died(BaseException):
    """The process ends here, as if the power had gone."""


class Fuse:
    """Counts what cannot be undone, and ends the process after one of them when it was told to."""

    def __init__(self) -> None:
        self.left: int | None = None

    def arm(self, moments: int) -> None:
        """Die after so many more moments."""
        self.left = moments

    def disarm(self) -> None:
        """Live on."""
        self.left = None

    def tick(self, kind: Irrevocable) -> None:
        """Count one; die when it was the last."""
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.left = None
            raise Died


class Source:
    """Repositories whose refs point to numbered versions."""

    def __init__(self) -> None:
        self.refs = {"main": 2, "v1": 1}

    async def resolve(self, location: SourceLocation, ref: str | None) -> ResolvedRef:
        name = ref or "main"
        if name not in self.refs:
            raise RefNotFound(ref=name, source=location.label)
        return ResolvedRef(ref=name, commit=self.commit(location.path, name))

    def commit(self, path: str, ref: str) -> str:
        """Return what ``ref`` means for ``path`` now."""
        return hashlib.sha1(f"{path} {self.refs[ref]}".encode()).hexdigest()  # noqa: S324 - as git does

    async def fetch(self, location: SourceLocation, commit: str) -> tuple[FetchedSkill, ...]:
        name = location.path.rpartition("/")[2]
        text = f"---\nname: {name}\ndescription: The skill {name}.\n---\nAs of {commit}.\n"
        files = bundle(skill_md=text)
        found = FetchedSkill(path=location.path, bundle=files, commit=commit, author="Mina", committed_at=START)
        return (found,)


class Bundles:
    """A store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, SkillBundle] = {}

    async def put(self, files: SkillBundle) -> StoredBundle:
        self.kept[files.digest] = files
        return StoredBundle(digest=files.digest, path=f"bundles/{files.digest}", size=files.size, checksum=files.digest)

    async def put_diff(self, text: str) -> StoredFile:
        checksum = hashlib.sha256(text.encode()).hexdigest()
        return StoredFile(path=f"diffs/{checksum}", size=len(text), checksum=checksum)

    async def get(self, digest: str) -> SkillBundle:
        if digest not in self.kept:
            raise BundleCorrupt(digest=digest)
        return self.kept[digest]


class Places:
    """Every provider's place; ``before_install`` is asked in a thread of its own, right before something changes.

    ``meanwhile`` is what else happens at that moment, the next time.
    """

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse
        self.there: dict[tuple[str, str], SkillBundle] = {}
        self.before_install: Callable[[str, str, SkillBundle], None] = lambda _provider, _skill, _files: None
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    def of(self, provider: Provider) -> Place:
        """Return the installer of ``provider``."""
        return Place(self, provider.display_name)

    async def put(self, provider: str, skill: str, files: SkillBundle) -> None:
        """Change what is there."""
        await asyncio.to_thread(self.before_install, provider, skill, files)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        self.there[provider, skill] = files
        self._fuse.tick("install")


class Place:
    """The installer of one provider."""

    def __init__(self, places: Places, provider: str) -> None:
        self._places = places
        self._provider = provider

    async def check(self) -> None:
        pass

    def location(self, skill: str) -> str:
        return f"/{self._provider}/{skill}"

    async def read(self, skill: str) -> SkillBundle | None:
        return self._places.there.get((self._provider, skill))

    async def install(self, skill: str, files: SkillBundle, *, replacing: str | None, consent: Consent) -> None:
        there = await self.read(skill)
        if (there.digest if there else None) != replacing:
            raise TargetChanged(path=self.location(skill))
        await self._places.put(self._provider, skill, files)

    async def uninstall(self, skill: str, *, replacing: str, consent: Consent) -> None:
        there = await self.read(skill)
        if there is not None and there.digest != replacing:
            raise TargetChanged(path=self.location(skill))
        self._places.there.pop((self._provider, skill), None)


class Chat:
    """A channel: everybody's private conversation. ``trouble`` is what happens to the calls that come next."""

    name: ChannelName = "console"

    def __init__(self, fuse: Fuse) -> None:
        self._fuse = fuse
        self.messages: dict[str, tuple[str, Card]] = {}
        #: The tokens of all buttons that were ever shown, in the order in which they came up.
        self.tokens: list[str] = []
        #: "fail": not taken; "twice": taken, and reported as failed; "forget": edits find nothing.
        self.trouble: list[str] = []

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        trouble = self._next()
        if trouble == "fail":
            raise ChannelError(channel=self.name, reason="no answer")
        message = MessageRef(conversation=conversation, message_id=new_id(START))
        self._show(message.message_id, only_for or conversation.conversation_id, card)
        self._fuse.tick("post")
        if trouble == "twice":
            raise ChannelError(channel=self.name, reason="the answer was lost")
        return message

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        trouble = self._next()
        if trouble == "forget":
            self.messages.pop(message.message_id, None)
        if trouble == "fail":
            raise ChannelError(channel=self.name, reason="no answer")
        if message.message_id not in self.messages:
            raise MessageGone(channel=self.name)
        self._show(message.message_id, self.messages[message.message_id][0], card)
        self._fuse.tick("edit")

    async def private_conversation(self, account: Any) -> ConversationRef:
        return place_of(account.external_id)

    def _show(self, message_id: str, person: str, card: Card) -> None:
        self.messages[message_id] = (person, card)
        self.tokens += [button.token for button in card.buttons if button.token and button.token not in self.tokens]

    def _next(self) -> str | None:
        return self.trouble.pop(0) if self.trouble else None


class Outside:
    """The world around the program, which outlives it."""

    def __init__(self, fuse: Fuse | None = None) -> None:
        self.fuse = fuse or Fuse()
        self.clock = FakeClock()
        self.source = Source()
        self.bundles = Bundles()
        self.places = Places(self.fuse)
        self.chat = Chat(self.fuse)
        #: How often something was installed, where somebody counts.
        self.swaps = 0

    def count_swap(self) -> None:
        """Count one."""
        self.swaps += 1


def place_of(who: str) -> ConversationRef:
    """Return the private conversation with ``who``."""
    return ConversationRef(channel="console", conversation_id=who, private=True)
