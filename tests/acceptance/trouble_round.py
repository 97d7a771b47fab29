"""A round of conversations while the platforms misbehave at random, and what has to hold when they have calmed down."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.acceptance.sides import Message, Seat, Side, find, glance
from tests.acceptance.stage import EVERYBODY, Cast, Mode, staged
from tests.platforms import slack as slack_platform
from tests.platforms import telegram as telegram_platform

Ending = Literal["approve", "reject", "cancel"]
#: Asks the database: a query, and what its question marks stand for.
Rows = Callable[..., list[Any]]

# A platform's seconds in one of ours, and how much its budgets are widened; the bot's own budget follows.
SPEED = 10
WIDER = 3
PACE = 1 / (SPEED * WIDER)
# Conversations at a time.
AT_ONCE = 10
# Seconds until everything must have shown.
PATIENCE = 90
# Conversations in which a process can be saying something at a time.
SEATS = 4

SLACK_ODDS = slack_platform.Odds(
    ratelimited=0.05,
    server_error=0.1,
    lost_answer=0.05,
    doubled=0.15,
    ack_lost=0.15,
    lost_click=0.2,
    dead_socket=0.005,
    swallowed=0.02,
)
TELEGRAM_ODDS = telegram_platform.Odds(
    ratelimited=0.05,
    server_error=0.1,
    lost_answer=0.05,
    conflict=0.02,
    doubled=0.15,
    delayed=0.05,
    ack_lost=0.15,
    refused=0.1,
)

#: How a conversation ends, and whether that is done by hand (buttons, forms) or typed.
WAYS: tuple[tuple[Ending, bool], ...] = (
    ("approve", True),
    ("reject", True),
    ("cancel", True),
    ("approve", False),
    ("reject", False),
    ("cancel", False),
)
#: What is asked for, as it is typed and as it is shown; a request that is made twice would join the first.
SKILLS = (("pdf", "pdf"), ("meeting-notes", "meeting-notes"))
INSTALLS = tuple(itertools.product(SKILLS, (("claude", "Claude"), ("openai", "OpenAI"))))
OTHERS = tuple(
    itertools.product(
        (*SKILLS, ("pdf and meeting-notes", "pdf, meeting-notes")),
        (("gemini", "Gemini"), ("gemini and claude", "Gemini, Claude")),
    )
)

#: On two platforms alice has both, and each of the others one.
CAST: Cast = {"slack": ("alice", "carol"), "telegram": ("alice", "bob")}

_SAID = "SELECT dedupe_key, COUNT(*) FROM executions WHERE channel IN ('slack', 'telegram') GROUP BY dedupe_key"
_ENDED = "SELECT code, status, error_code FROM executions WHERE code IN (SELECT code FROM hitl_requests)"
_INSTALLS = """
    SELECT e.code, COUNT(*) FROM executions e JOIN execution_events v ON v.execution_id = e.id
    WHERE v.event_type = 'ToolCompleted' AND v.event_data ->> 'tool' = 'skill.install' GROUP BY e.code
"""
_RUNS = "SELECT e.code, r.status, r.attempt FROM install_runs r JOIN executions e ON e.id = r.execution_id"
_COPIES = """
    SELECT e.code, p.channel, p.conversation_id, p.message_id
    FROM approval_prompts p JOIN executions e ON e.id = p.execution_id WHERE NOT p.is_gone
"""
_OUTCOMES = """
    SELECT e.code, COUNT(*) FROM notices n JOIN executions e ON e.id = n.execution_id
    WHERE n.kind = 'outcome' AND n.status = 'delivered' GROUP BY e.code
"""
_UNFINISHED = """
    SELECT 'inbox', id FROM inbox WHERE status = 'pending'
    UNION ALL SELECT 'notice', id FROM notices WHERE status = 'pending'
    UNION ALL SELECT 'copy', id FROM approval_prompts WHERE is_behind AND NOT is_gone
    UNION ALL SELECT 'execution', id FROM executions WHERE status IN ('pending', 'running')
"""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """Who asks where, who decides where, and where the asker types what they think better of."""

    asker: Seat
    decider: Seat
    elsewhere: Seat


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One conversation: who asks for what, where, and how it ends."""

    talk: Talk
    skill: tuple[str, str]
    provider: tuple[str, str]
    ending: Ending
    by_hand: bool

    @property
    def sentence(self) -> str:
        """What is typed."""
        return f"install {self.skill[0]} on {self.provider[0]}"

    @property
    def title(self) -> str:
        """What every copy says in the end."""
        what = f"{self.skill[1]} on {self.provider[1]}"
        return {
            "approve": f"Installed {what}",
            "reject": f"Rejected: install {what}",
            "cancel": f"Cancelled: install {what}",
        }[self.ending]


class Round:
    """Conversations with the bot, whose database is asked through ``rows``."""

    def __init__(self, rows: Rows, sides: Sequence[Side], talks: Sequence[Talk], *, patience: float = PATIENCE) -> None:
        """Begin without any; ``talks`` take turns, and what does not show for ``patience`` seconds is missed."""
        self._patience = patience
        self.rows = rows
        self._sides = sides
        self._talks = talks
        self._room = asyncio.Semaphore(AT_ONCE)
        #: The conversations that were had, by the code of their request.
        self.wishes: dict[str, Wish] = {}
        #: The keys of everything that was said.
        self.said: list[str] = []

    async def talk(self, conversations: int) -> None:
        """Have so many conversations, some of them at the same time."""
        installs, others = itertools.cycle(INSTALLS), itertools.cycle(OTHERS)
        wishes = []
        for number in range(conversations):
            ending, by_hand = WAYS[number % len(WAYS)]
            skill, provider = next(installs if ending == "approve" else others)
            talk = self._talks[number % len(self._talks)]
            wishes.append(Wish(talk=talk, skill=skill, provider=provider, ending=ending, by_hand=by_hand))
        async with asyncio.timeout(len(wishes) * self._patience), asyncio.TaskGroup() as group:
            for wish in wishes:
                group.create_task(self._converse(wish))

    async def _converse(self, wish: Wish) -> None:
        async with self._room:
            code = await self._code(wish, await self._says(wish.talk.asker, wish.sentence))
            self.wishes[code] = wish
            if wish.ending == "cancel":
                await self._cancel(wish, code)
            elif wish.ending == "reject":
                await self._reject(wish, code)
            else:
                await self._approve(wish, code)

            def told() -> bool:
                shown = map(wish.talk.asker.side.shown, wish.talk.asker.messages())
                return any(f"#{code}" in text and wish.title in text for text in shown)

            await self._wait_for(told)

    async def _wait_for(self, predicate: Callable[[], Any]) -> None:
        try:
            await self._sides[0].watch.wait_for(predicate, self._patience)
        except TimeoutError:
            said = "\n\n".join(side.transcript() for side in self._sides)
            raise AssertionError(f"waited {self._patience} s in vain. Said so far:\n{said}") from None

    async def _says(self, seat: Seat, text: str) -> str:
        key = await seat.says(text)
        self.said.append(key)
        return key

    async def _code(self, wish: Wish, key: str) -> str:
        """Return what the request that came of a message is called, once it can be decided."""
        found: list[str] = []

        def is_asked() -> bool:
            if not found:
                found.extend(str(row[0]) for row in self.rows("SELECT code FROM executions WHERE dedupe_key = ?", key))
            return bool(found and self._copy(wish.talk.decider, found[0], "Approve"))

        await self._wait_for(is_asked)
        return found[0]

    @staticmethod
    def _copy(seat: Seat, code: str, label: str) -> Message | None:
        """Return a message that lets somebody do something about a request."""
        return find(seat, label, f"#{code}")

    async def _approve(self, wish: Wish, code: str) -> None:
        if wish.by_hand:
            await self._press(wish.talk.decider, code, "Approve")
        else:
            await self._says(wish.talk.decider, f"approve {code}")

    async def _cancel(self, wish: Wish, code: str) -> None:
        if wish.by_hand:
            await self._wait_for(lambda: self._copy(wish.talk.asker, code, "Cancel"))
            await self._press(wish.talk.asker, code, "Cancel")
        else:
            await self._says(wish.talk.elsewhere, f"cancel {code}")

    async def _reject(self, wish: Wish, code: str) -> None:
        decider = wish.talk.decider
        if not wish.by_hand:
            await self._says(decider, f"reject {code} because no")
            return
        while card := self._copy(decider, code, "Reject..."):
            if await decider.fills(card, "Reject...", {"Why? The requester will read this.": "no"}, about=code):
                await glance(decider.side, lambda: self._copy(decider, code, "Reject...") is None)

    async def _press(self, seat: Seat, code: str, label: str) -> None:
        """Press a button as people do: again and again, until it is gone."""
        while message := self._copy(seat, code, label):
            await seat.press(message, label)
            await glance(seat.side, lambda: self._copy(seat, code, label) is None)

    async def come_to_rest(self) -> None:
        """Wait until everything is delivered, worked on, said and repaired; the program tells nobody, so it is asked.

        A copy whose answer got lost on the way is unknown to the bot, until somebody presses it.
        """
        for side in self._sides:
            side.calm()
        await self._rest()
        for side, label in itertools.product(self._sides, ("Approve", "Cancel")):
            for message in side.everything():
                if f"[{label}]" in side.shown(message):
                    await side.press_as_anybody(message, label)
        await self._rest()

    async def _rest(self) -> None:
        settled = [asyncio.ensure_future(side.settle()) for side in self._sides]
        try:
            async with asyncio.timeout(self._patience):
                while not all(one.done() for one in settled) or self.rows(_UNFINISHED):
                    await asyncio.sleep(0.25)
                    for side, one in zip(self._sides, settled, strict=True):
                        if not one.done():
                            side.advance(60)  # to the next try of what was not acknowledged
        except TimeoutError:
            raise AssertionError(f"it does not come to rest: {self.rows(_UNFINISHED)}") from None
        finally:
            for one in settled:
                one.cancel()

    def check(self, kills: int = 0) -> None:
        """Compare what people said, what the database says, and what is to be read on the platforms.

        Processes that were killed, ``kills`` of them, may have said something that they could not note down any more.

        Raises:
            AssertionError: they differ.
        """
        self._no_message_is_lost_or_done_twice()
        self._nothing_is_installed_twice()
        self._every_copy_is_true()
        self._everything_is_said_once(kills)

    def _no_message_is_lost_or_done_twice(self) -> None:
        assert dict(self.rows(_SAID)) == dict.fromkeys(self.said, 1)
        ends = {"approve": ("completed", None), "reject": ("cancelled", "APPROVAL_REJECTED")}
        expected = {code: ends.get(wish.ending, ("cancelled", "CANCELLED")) for code, wish in self.wishes.items()}
        assert {code: tuple(end) for code, *end in self.rows(_ENDED)} == expected

    def _nothing_is_installed_twice(self) -> None:
        installed = {code for code, wish in self.wishes.items() if wish.ending == "approve"}
        assert Counter(self.rows(_RUNS)) == Counter((code, "success", 1) for code in installed)
        assert dict(self.rows(_INSTALLS)) == dict.fromkeys(installed, 1)

    def _every_copy_is_true(self) -> None:
        by_name = {side.channel: side for side in self._sides}
        for code, channel, conversation, message_id in self.rows(_COPIES):
            side = by_name[str(channel)]
            text = side.shown(side.message(str(conversation), str(message_id)))
            assert self.wishes[str(code)].title in text, text
        for side in self._sides:
            for message in side.everything():
                text = side.shown(message)
                assert not any(f"[{label}]" in text for label in ("Approve", "Reject...", "Cancel")), text

    def _everything_is_said_once(self, kills: int) -> None:
        assert dict(self.rows(_OUTCOMES)) == dict.fromkeys(self.wishes, 1)
        assert self.rows("SELECT status, last_error FROM notices WHERE status <> 'delivered'") == []
        told = [str(row[0]) for row in self.rows("SELECT message_id FROM notices WHERE message_id IS NOT NULL")]
        posted = [message_id for side in self._sides for message_id in side.posted()]
        assert len(set(told)) == len(told)
        assert set(told) <= set(posted)
        # Whatever else there is was posted without an answer: the bot could not know, and said it again.
        again = len(posted) - len(told) - sum(side.unanswered() for side in self._sides)
        assert 0 <= again <= kills * SEATS


async def converse(home: Path, mode: Mode, seed: int, conversations: int) -> Counter[str]:
    """Serve a demo at ``home`` and have ``conversations`` in trouble from ``seed``; return what went wrong how often.

    Raises:
        AssertionError: something was lost, done twice, or shows what is not true.
    """
    odds = (SLACK_ODDS, TELEGRAM_ODDS)
    async with staged(home, mode, CAST, odds=odds, speed=SPEED, pace=PACE) as stage:
        for number, side in enumerate(stage.sides):
            side.misbehave(seed + 1_000_000 * number, WIDER)
        trouble = Round(sqlite_rows(home), stage.sides, talks_of(stage.seats))
        await trouble.talk(conversations)
        await trouble.come_to_rest()
        trouble.check()
    return sum((side.happened for side in stage.sides), Counter())


def sqlite_rows(home: Path) -> Rows:
    """Return what asks the demo's own database."""

    def rows(query: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(home / "demo/skillwarden.db")) as database:
            return database.execute(query, values).fetchall()

    return rows


def talks_of(seats: Mapping[str, Sequence[Seat]]) -> list[Talk]:
    """Return who talks to whom; on two platforms what is asked on one is decided, or cancelled, on the other."""
    (alice, *more), (bob, *_), (carol, *_) = (seats[name] for name in EVERYBODY)
    if not more:
        return [Talk(asker=one, decider=bob, elsewhere=one) for one in (alice, carol)]
    there, here = alice, more[0]
    return [
        Talk(asker=there, decider=bob, elsewhere=here),
        Talk(asker=here, decider=carol, elsewhere=there),
    ]
