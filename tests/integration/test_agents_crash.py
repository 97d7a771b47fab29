"""Another program asks, people answer, and the desk dies after each commit, post, edit and call in turn."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.agents import RequestType
from core.domain.callbacks import Callback
from core.domain.users import Scope
from core.errors import AlreadyDecided, CallbackFailed
from core.services.access import Principal
from core.services.hitl_api import HitlRecord, NewRequest
from tests.approval_model import Terms
from tests.desk import Desk
from tests.desk_checks import Checks
from tests.desk_world import Died, Fuse, Outside

#: More moments than any conversation has.
NEVER = 10_000
#: One person is asked: what more of them see, other tests kill.
TERMS = Terms("bob", roles=(), people=("Bob",))


class Agent:
    """A program that is called back, and takes each delivery id once."""

    def __init__(self, fuse: Fuse, trouble: tuple[str, ...]) -> None:
        """Have trouble with the first calls: "down" takes nothing; "dies" takes it, and is gone before it answers."""
        self._fuse = fuse
        self._trouble = list(trouble)
        #: What it was told, by delivery id.
        self.taken: dict[str, tuple[str, object]] = {}

    async def send(self, callback: Callback) -> None:
        """Take ``callback``, or do not."""
        trouble = self._trouble.pop(0) if self._trouble else None
        if trouble == "down":
            raise CallbackFailed(host="agent.example", reason="it answered 503")
        assert callback.request is not None
        told = (callback.request.status.value, callback.request.response)
        assert self.taken.setdefault(callback.delivery_id, told) == told
        self._fuse.tick("call")
        if trouble == "dies":
            raise CallbackFailed(host="agent.example", reason="the connection was closed")


class AgentsDesk(Desk):
    """A desk that calls a program back."""

    def __init__(self, folder: Path, outside: Outside, agent: Agent) -> None:
        self.sender = agent
        super().__init__(folder, outside, TERMS.policy)


class Conversation:
    """A question and its answer. Whoever finds the desk dead tries again, as programs, people and platforms do."""

    def __init__(self, folder: Path, case: Case) -> None:
        folder.mkdir()
        self._case = case
        self.outside = Outside()
        self.agent = Agent(self.outside.fuse, case.trouble)
        self.desk = AgentsDesk(folder, self.outside, self.agent)
        self.deaths = 0

    async def play(self, kill_at: int) -> tuple[int, int]:
        """Ask, answer and come to rest, dying at one moment; return how many there were, and before the answer."""
        await self.desk.open()
        fuse = self.outside.fuse
        fuse.arm(kill_at)
        await self._survive(ask)
        await self._survive(work)
        before = fuse.left
        await self._survive(self._case.answer)
        for _ in range(2):
            await self._survive(later)
        return kill_at - (fuse.left or 0), kill_at - (before or 0)

    async def principal(self, name: str) -> Principal:
        """Return somebody's program."""
        async with self.desk.database.read() as uow:
            person = await self.desk.program.people.find(uow, name)
        return Principal(user=person, scopes=tuple(Scope))

    async def asked(self) -> HitlRecord:
        """Ask, or ask again: with its key it is one question."""
        wanted = NewRequest(
            agent_type="cost",
            request_type=self._case.kind,
            title="Stop 2 idle instances",
            payload={"instances": ["i-1", "i-2"]},
            options=self._case.options,
            expires_in=timedelta(minutes=30),
            callback_url="https://agent.example/answers",
        )
        record, _ = await self.desk.program.hitl.create(await self.principal("alice"), wanted, key="idle")
        return record

    async def _survive(self, step: Step) -> None:
        try:
            await step(self)
        except Died:
            self.deaths += 1
            await self.desk.restart()
            await step(self)


Step = Callable[[Conversation], Awaitable[Any]]


async def ask(it: Conversation) -> None:
    """Ask."""
    await it.asked()


async def work(it: Conversation) -> None:
    """Do what is due."""
    await it.desk.work()


async def later(it: Conversation) -> None:
    """Let time pass, in which the clocks of the desk run and what failed is tried again."""
    it.desk.clock.advance(minutes=1)
    await it.desk.tick()
    await it.desk.work()


async def choose(it: Conversation) -> None:
    """Press the first button; the platform delivers it until it is taken. On a card that shows the end it is gone."""
    for token, message in it.desk.buttons("bob", "approve")[:1]:
        await it.desk.press("bob", token, message, key="pressed")
    await it.desk.work()


async def write(it: Conversation) -> None:
    """Answer in words."""
    for token, message in it.desk.buttons("bob", "approve")[:1]:
        await it.desk.press("bob", token, message, fields={"text": "only on Friday"}, key="filled in")
    await it.desk.work()


async def reject(it: Conversation) -> None:
    """Reject over HTTP, and again where the answer got lost."""
    made = (await it.asked()).request
    with contextlib.suppress(AlreadyDecided):
        await it.desk.program.hitl.respond(await it.principal("bob"), made.id, approve=False, comment="no")
    await it.desk.work()


async def take_back(it: Conversation) -> None:
    """Take it back, and again where the answer got lost."""
    made = (await it.asked()).request
    with contextlib.suppress(AlreadyDecided):
        await it.desk.program.hitl.cancel(await it.principal("alice"), made.id)
    await it.desk.work()


async def wait(it: Conversation) -> None:
    """Let its time run out."""
    it.desk.clock.advance(minutes=31)
    await it.desk.tick()
    await it.desk.work()


@dataclass(frozen=True)
class Case:
    """A question, how it ends, and what its program is told then; ``trouble`` is that of the program's own end."""

    answer: Step
    status: str
    response: object = None
    kind: RequestType = "confirmation"
    options: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()


CASES = {
    "chosen": Case(
        choose,
        "approved",
        {"option": "Stop both"},
        kind="action_approval",
        options=("Stop both", "Stop i-1 only"),
        trouble=("down", "dies"),
    ),
    "written": Case(write, "approved", {"text": "only on Friday"}, kind="prompt_input", trouble=("dies",)),
    "rejected over HTTP": Case(reject, "rejected"),
    "taken back": Case(take_back, "cancelled"),
    "expired": Case(wait, "expired", trouble=("down",)),
}
#: The one that dies at every moment: until somebody answers they are all the same.
WHOLE = "chosen"


@pytest.mark.parametrize("name", CASES)
async def test_an_answer_survives_every_death(name: str, tmp_path: Path) -> None:
    """Wherever the desk dies, and its agent beside it: asked once, answered once, told under one delivery id."""
    case = CASES[name]
    moments, before = await _played(case, tmp_path / "whole", NEVER)
    first = 1 if name == WHOLE else before + 1
    assert moments - first >= 5  # fewer would mean that deaths were missed
    for kill_at in range(first, moments + 1):
        await _played(case, tmp_path / str(kill_at), kill_at)


async def _played(case: Case, folder: Path, kill_at: int) -> tuple[int, int]:
    """Play it with a death at ``kill_at``, and check what everybody was told."""
    it = Conversation(folder, case)
    try:
        counted = await it.play(kill_at)
        assert it.deaths == (kill_at != NEVER), kill_at
        record = await it.asked()
        assert (record.request.status, record.request.response) == (case.status, case.response), kill_at
        assert record.callback is not None, kill_at
        assert record.callback.status == "delivered", kill_at
        assert it.agent.taken == {record.callback.id: (case.status, case.response)}, kill_at
        await Checks(it.desk, TERMS).at_the_end()
    finally:
        await it.desk.close()
    return counted
