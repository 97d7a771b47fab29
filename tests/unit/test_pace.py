"""Pace: the distance between two calls about one conversation, and nobody else's wait. Time passes by hand."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.pace import PacedChannel, Paces
from core.domain.cards import Card
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
from core.domain.users import ChannelIdentity
from core.errors import ChannelError, RateLimited
from tests.clock import START

CARD = Card(title="Hello")
HERE = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1")
THERE = HERE.evolve(conversation_id="C2")


class Timeline:
    """The time of the event loop: a sleep moves it on for the one who sleeps, without waiting."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._yield = asyncio.sleep
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)
        monkeypatch.setattr("bot.channels.pace.asyncio.sleep", self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds
        await self._yield(0)


class Recorder:
    """A channel that notes what it is told and when; ``trouble`` is raised once."""

    name: ChannelName = "slack"

    def __init__(self, timeline: Timeline) -> None:
        self.calls: list[tuple[str, str, float]] = []
        self.only_for: list[str | None] = []
        self.trouble: ChannelError | None = None
        self._timeline = timeline

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        self.only_for.append(only_for)
        self._note("post", conversation)
        return MessageRef(conversation=conversation, message_id=f"m{len(self.calls)}")

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        self._note("edit", message.conversation)

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        return HERE.evolve(conversation_id=account.external_id, private=True)

    def _note(self, what: str, where: ConversationRef) -> None:
        self.calls.append((what, where.conversation_id, self._timeline.now - 1000.0))
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble


@pytest.fixture
async def timeline(monkeypatch: pytest.MonkeyPatch) -> Timeline:
    """Give the loop's time into the test's hand."""
    return Timeline(monkeypatch)


@pytest.fixture
async def recorder(timeline: Timeline) -> Recorder:
    """Give a channel that notes when it is called."""
    return Recorder(timeline)


@pytest.fixture
async def paces() -> Paces:
    """Give the budgets: a distance of two seconds."""
    return Paces(channel="Slack", seconds=2)


@pytest.fixture
async def paced(recorder: Recorder, paces: Paces) -> PacedChannel:
    """Give that channel with these budgets."""
    return PacedChannel(recorder, paces)


async def test_posts_and_edits_of_a_conversation_share_one_budget(paced: PacedChannel, recorder: Recorder) -> None:
    """Whatever is said in a conversation keeps its distance from what was said there before."""
    message = await paced.post(HERE, CARD)
    await paced.edit(message, CARD)
    await paced.post(HERE, CARD)
    assert recorder.calls == [("post", "C1", 0), ("edit", "C1", 2), ("post", "C1", 4)]


async def test_another_conversation_is_not_held_up(paced: PacedChannel, recorder: Recorder, timeline: Timeline) -> None:
    """A conversation that has said nothing yet does not wait for one that has."""
    await paced.post(HERE, CARD)
    await paced.post(THERE, CARD)
    assert timeline.slept == [0, 0]
    assert [call[1:] for call in recorder.calls] == [("C1", 0), ("C2", 0)]


async def test_a_waiting_conversation_blocks_no_other(paced: PacedChannel, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one conversation sleeps, another one's message goes out."""
    asleep, awake = asyncio.Event(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds:
            asleep.set()
            await awake.wait()

    monkeypatch.setattr("bot.channels.pace.asyncio.sleep", sleep)
    await paced.post(HERE, CARD)
    waiting = asyncio.create_task(paced.post(HERE, CARD))
    await asleep.wait()
    await paced.post(THERE, CARD)
    assert not waiting.done()
    awake.set()
    await waiting


async def test_a_distance_that_has_passed_is_not_waited_for(paced: PacedChannel, timeline: Timeline) -> None:
    """Only what is left of the distance is slept."""
    await paced.post(HERE, CARD)
    timeline.now += 1.5
    await paced.post(HERE, CARD)
    timeline.now += 60
    await paced.post(HERE, CARD)
    assert timeline.slept == [0, 0.5, 0]


async def test_a_threads_messages_count_for_its_conversation(paced: PacedChannel, recorder: Recorder) -> None:
    """The platform's budget is the channel's: a thread in it has none of its own."""
    await paced.post(HERE, CARD)
    await paced.post(HERE.evolve(thread_id="1.2"), CARD)
    assert [at for *_, at in recorder.calls] == [0, 2]


@pytest.mark.parametrize("failing", ["post", "edit"])
async def test_an_error_frees_the_turn(paced: PacedChannel, recorder: Recorder, failing: str) -> None:
    """A call that fails is passed on, keeps its distance like any other, and the next one gets its turn."""
    message = await paced.post(HERE, CARD)
    recorder.trouble = ChannelError(channel="slack", reason="it is down")
    with pytest.raises(ChannelError, match="it is down"):
        await (paced.post(HERE, CARD) if failing == "post" else paced.edit(message, CARD))
    await asyncio.wait_for(paced.post(HERE, CARD), 5)
    assert recorder.calls == [("post", "C1", 0), (failing, "C1", 2), ("post", "C1", 4)]


async def test_many_at_once_go_out_one_by_one(paced: PacedChannel, recorder: Recorder) -> None:
    """Calls that arrive together leave in their order, each at its distance."""
    await asyncio.gather(*(paced.post(HERE, CARD, only_for=name) for name in ("a", "b", "c", "d")))
    assert [at for *_, at in recorder.calls] == [0, 2, 4, 6]
    assert recorder.only_for == ["a", "b", "c", "d"]


async def test_a_quiet_conversation_is_forgotten(paced: PacedChannel, paces: Paces, timeline: Timeline) -> None:
    """Only conversations that the next message may have to wait for are remembered, however many there were."""
    for number in range(50):
        await paced.post(HERE.evolve(conversation_id=f"C{number}"), CARD)
    assert paces.conversations == 50
    timeline.now += 2
    await paced.post(HERE, CARD)
    assert paces.conversations == 1


async def test_looking_up_a_private_conversation_costs_nothing(paced: PacedChannel, timeline: Timeline) -> None:
    """Only messages are spaced."""
    bob = ChannelIdentity(id="i", channel="slack", external_id="U1", user_id="u", created_at=START)
    assert (await paced.private_conversation(bob)).conversation_id == "U1"
    assert timeline.slept == []
    assert paced.name == "slack"


async def test_a_chat_that_has_to_wait_is_not_asked_again_and_holds_nobody(
    paced: PacedChannel, recorder: Recorder, timeline: Timeline
) -> None:
    """After a 429 the platform is left alone for as long as it said; who comes meanwhile is told so at once."""
    recorder.trouble = RateLimited(channel="Slack", seconds=30)
    with pytest.raises(RateLimited):
        await paced.post(HERE, CARD)
    timeline.now += 10
    with pytest.raises(RateLimited) as caught:
        await paced.post(HERE, CARD)
    assert caught.value.params["seconds"] == 20
    await paced.post(THERE, CARD)
    assert timeline.slept == [0, 0]
    timeline.now += 20
    await paced.post(HERE, CARD)
    assert [call[1:] for call in recorder.calls] == [("C1", 0), ("C2", 10), ("C1", 30)]


async def test_a_minutes_budget_is_kept(recorder: Recorder) -> None:
    """Where only so many messages may leave in a minute, the next waits until the first of them is a minute old."""
    paces = Paces(channel="Telegram", seconds=1, most_in_a_minute=lambda where: None if where.private else 3)
    paced = PacedChannel(recorder, paces)
    for _ in range(7):
        await paced.post(HERE, CARD)
    assert [at for *_, at in recorder.calls] == [0, 1, 2, 60, 61, 62, 120]
    for _ in range(4):
        await paced.post(THERE.evolve(private=True), CARD)
    assert [at for *_, at in recorder.calls[7:]] == [120, 121, 122, 123]


async def test_a_conversation_with_a_spent_minute_is_remembered(recorder: Recorder, timeline: Timeline) -> None:
    """Forgetting a conversation must not give it a fresh budget."""
    paces = Paces(channel="Telegram", seconds=1, most_in_a_minute=lambda _: 1)
    paced = PacedChannel(recorder, paces)
    await paced.post(HERE, CARD)
    timeline.now += 30
    await paced.post(THERE, CARD)
    await paced.post(HERE, CARD)
    assert [at for *_, at in recorder.calls] == [0, 30, 60]
