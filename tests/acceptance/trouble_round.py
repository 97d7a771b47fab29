"""A round of conversations while Slack misbehaves at random, and what has to hold when it has calmed down."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.acceptance.serving import Served, link, served
from tests.platforms.slack import FakeSlack, Message, Odds, Person

Mode = Literal["socket", "http"]
Ending = Literal["approve", "reject", "cancel"]

# Slack's seconds in one of ours, and how much its budgets are widened; the bot's own budget follows.
SPEED = 10
WIDER = 3
PACE = 1 / (SPEED * WIDER)
# Conversations at a time.
AT_ONCE = 10
# Seconds until something that was done by hand must have shown, before it is done again; until everything has.
GLANCE = 2
PATIENCE = 90

ODDS = Odds(
    ratelimited=0.05,
    server_error=0.1,
    lost_answer=0.05,
    doubled=0.15,
    ack_lost=0.15,
    lost_click=0.2,
    dead_socket=0.005,
    swallowed=0.02,
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

_SAID = "SELECT dedupe_key, COUNT(*) FROM executions WHERE channel = 'slack' GROUP BY dedupe_key"
_ENDED = "SELECT code, status, error_code FROM executions WHERE code IN (SELECT code FROM hitl_requests)"
_INSTALLS = """
    SELECT e.code, COUNT(*) FROM executions e JOIN execution_events v ON v.execution_id = e.id
    WHERE v.event_type = 'ToolCompleted' AND json_extract(v.event_data, '$.tool') = 'skill.install' GROUP BY e.code
"""
_RUNS = "SELECT e.code, r.status, r.attempt FROM install_runs r JOIN executions e ON e.id = r.execution_id"
_COPIES = """
    SELECT e.code, p.conversation_id, p.message_id
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
class Wish:
    """One conversation: who asks for what, where, and how it ends."""

    person: Person
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
    """Conversations of alice and carol with the bot at ``home``, decided by bob."""

    def __init__(self, home: Path, serving: Served, alice: Person, bob: Person, carol: Person) -> None:
        """Begin without any."""
        self._home = home
        self._slack = serving.slack
        self._askers = (alice, carol)
        self._bob = bob
        self._screen = asyncio.Lock()
        self._room = asyncio.Semaphore(AT_ONCE)
        #: The conversations that were had, by the code of their request.
        self.wishes: dict[str, Wish] = {}
        self.said: list[Message] = []

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return what the database says."""
        with closing(sqlite3.connect(self._home / "demo/skillwarden.db")) as database:
            return database.execute(query, values).fetchall()

    async def talk(self, conversations: int) -> None:
        """Have so many conversations, some of them at the same time."""
        installs, others = itertools.cycle(INSTALLS), itertools.cycle(OTHERS)
        wishes = []
        for number in range(conversations):
            ending, by_hand = WAYS[number % len(WAYS)]
            skill, provider = next(installs if ending == "approve" else others)
            person = self._askers[number % len(self._askers)]
            wishes.append(Wish(person=person, skill=skill, provider=provider, ending=ending, by_hand=by_hand))
        async with asyncio.timeout(len(wishes) * PATIENCE), asyncio.TaskGroup() as group:
            for wish in wishes:
                group.create_task(self._converse(wish))

    async def _converse(self, wish: Wish) -> None:
        async with self._room:
            asked = await self._says(wish.person, wish.sentence)
            code = await self._code(asked)
            self.wishes[code] = wish
            if wish.ending == "cancel":
                await self._cancel(wish, code)
            elif wish.ending == "reject":
                await self._reject(wish, code)
            else:
                await self._approve(wish, code)

            def told() -> bool:
                shown = map(self._slack.shown, self._slack.messages(wish.person.dm))
                return any(f"#{code}" in text and wish.title in text for text in shown)

            await self._slack.wait_for(told, PATIENCE)

    async def _says(self, person: Person, text: str) -> Message:
        message = await person.says(person.dm, text)
        self.said.append(message)
        return message

    async def _code(self, asked: Message) -> str:
        """Return what the request that came of a message is called, once it can be decided."""
        found: list[str] = []

        def is_asked() -> bool:
            if not found:
                rows = self.rows("SELECT code FROM executions WHERE dedupe_key = ?", self._key(asked))
                found.extend(str(row[0]) for row in rows)
            return bool(found and self._copy(self._bob, found[0], "Approve"))

        await self._slack.wait_for(is_asked, PATIENCE)
        return found[0]

    def _key(self, message: Message) -> str:
        return f"slack:{self._slack.world.team_id}:{message.channel.id}:{message.ts}"

    def _copy(self, person: Person, code: str, label: str) -> Message | None:
        """Return a message that lets ``person`` do something about a request."""
        there = self._slack.messages(person.dm)
        shown = ((message, self._slack.shown(message)) for message in there)
        return next((message for message, text in shown if f"#{code}" in text and f"[{label}]" in text), None)

    async def _approve(self, wish: Wish, code: str) -> None:
        if wish.by_hand:
            await self._press(self._bob, code, "Approve")
        else:
            await self._says(self._bob, f"approve {code}")

    async def _cancel(self, wish: Wish, code: str) -> None:
        if wish.by_hand:
            await self._slack.wait_for(lambda: self._copy(wish.person, code, "Cancel"), PATIENCE)
            await self._press(wish.person, code, "Cancel")
        else:
            await self._says(wish.person, f"cancel {code}")

    async def _reject(self, wish: Wish, code: str) -> None:
        if not wish.by_hand:
            await self._says(self._bob, f"reject {code} because no")
            return
        async with self._screen:  # a person looks at one form at a time
            while card := self._copy(self._bob, code, "Reject..."):
                await self._close_forms()
                await self._bob.press(card, "Reject...")
                if await self._glance(lambda: self._bob.view is not None) and self._bob.view is not None:
                    await self._bob.submits(self._bob.view, {"Why? The requester will read this.": "no"})
                    await self._glance(lambda: self._copy(self._bob, code, "Reject...") is None)
            await self._close_forms()

    async def _close_forms(self) -> None:
        while self._bob.view is not None:
            await self._bob.closes(self._bob.view)

    async def _press(self, person: Person, code: str, label: str) -> None:
        """Press a button as people do: again and again, until it is gone."""
        while message := self._copy(person, code, label):
            await person.press(message, label)
            await self._glance(lambda: self._copy(person, code, label) is None)

    async def _glance(self, predicate: Callable[[], bool]) -> bool:
        try:
            return await self._slack.world.wait_for(predicate, GLANCE)
        except TimeoutError:
            return False

    async def come_to_rest(self) -> None:
        """Wait until everything is delivered, worked on, said and repaired; the program tells nobody, so it is asked.

        A copy whose answer got lost on the way is unknown to the bot, until somebody presses it.
        """
        self._slack.trouble.calm()
        await self._rest()
        for label in ("Approve", "Cancel"):
            for channel in list(self._slack.world.channels.values()):
                for message in self._slack.messages(channel):
                    if f"[{label}]" in self._slack.shown(message):
                        viewer = next(one for one in channel.members if not one.is_bot)
                        await Person(self._slack, viewer).press(message, label)
        await self._rest()

    async def _rest(self) -> None:
        settled = asyncio.ensure_future(self._slack.settle())
        try:
            async with asyncio.timeout(PATIENCE):
                while not settled.done() or self.rows(_UNFINISHED):
                    await asyncio.sleep(0.25)
                    if not settled.done():
                        self._slack.pace.advance(60)  # to the next try of what was not acknowledged
        except TimeoutError:
            raise AssertionError(f"it does not come to rest: {self.rows(_UNFINISHED)}") from None
        finally:
            settled.cancel()

    def check(self) -> None:
        """Compare what people said, what the database says, and what is to be read in Slack.

        Raises:
            AssertionError: they differ.
        """
        self._no_message_is_lost_or_done_twice()
        self._nothing_is_installed_twice()
        self._every_copy_is_true()
        self._everything_is_said_once()

    def _no_message_is_lost_or_done_twice(self) -> None:
        assert dict(self.rows(_SAID)) == {self._key(message): 1 for message in self.said}
        ends = {"approve": ("completed", None), "reject": ("cancelled", "APPROVAL_REJECTED")}
        expected = {code: ends.get(wish.ending, ("cancelled", "CANCELLED")) for code, wish in self.wishes.items()}
        assert {code: tuple(end) for code, *end in self.rows(_ENDED)} == expected

    def _nothing_is_installed_twice(self) -> None:
        installed = {code for code, wish in self.wishes.items() if wish.ending == "approve"}
        assert Counter(self.rows(_RUNS)) == Counter((code, "success", 1) for code in installed)
        assert dict(self.rows(_INSTALLS)) == dict.fromkeys(installed, 1)

    def _every_copy_is_true(self) -> None:
        for code, conversation, ts in self.rows(_COPIES):
            message = self._slack.world.channels[str(conversation)].messages[str(ts)]
            assert self.wishes[str(code)].title in self._slack.shown(message), self._slack.shown(message)
        for message in self._slack.everything():
            text = self._slack.shown(message)
            assert not any(f"[{label}]" in text for label in ("Approve", "Reject...", "Cancel")), text

    def _everything_is_said_once(self) -> None:
        assert dict(self.rows(_OUTCOMES)) == dict.fromkeys(self.wishes, 1)
        assert self.rows("SELECT status, last_error FROM notices WHERE status <> 'delivered'") == []
        told = [str(row[0]) for row in self.rows("SELECT message_id FROM notices WHERE message_id IS NOT NULL")]
        posted = [message.ts for message in self._slack.everything() if message.user.is_bot]
        assert len(set(told)) == len(told)
        assert set(told) <= set(posted)
        # Whatever else there is was posted without an answer: the bot could not know, and said it again.
        unanswered = [
            call for call in self._slack.calls if call.method == "chat.postMessage" and call.outcome == "no answer"
        ]
        assert len(posted) - len(told) == len(unanswered)


async def converse(home: Path, mode: Mode, seed: int, conversations: int) -> Counter[str]:
    """Serve a demo at ``home`` and have ``conversations`` in trouble from ``seed``; return what went wrong how often.

    Raises:
        AssertionError: something was lost, done twice, or shows what is not true.
    """
    async with FakeSlack(speed=SPEED) as slack:
        alice, bob, carol = (slack.person(name) for name in ("alice", "bob", "carol"))
        await asyncio.to_thread(link, home, slack, alice, bob, carol)
        async with served(home, slack, mode, seconds_between_messages=PACE) as serving:
            slack.trouble.enforce_budgets(WIDER)
            slack.trouble.at_random(seed, ODDS)
            trouble = Round(home, serving, alice, bob, carol)
            await trouble.talk(conversations)
            await trouble.come_to_rest()
            trouble.check()
    return slack.trouble.happened
