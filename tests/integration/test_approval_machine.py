"""A state machine asks, votes, changes, delegates, kills and restarts in any order; approvals hold all the same."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from core.domain.actions import (
    Approve,
    BreakGlass,
    Cancel,
    ChatAction,
    DeactivateUser,
    Delegate,
    Install,
    Modify,
    Reject,
    SetRole,
    Withdraw,
)
from core.domain.events import first_broken
from core.domain.skills import SkillBundle
from core.errors import SkillwardenError
from tests.approval_model import TERMS, Row, Snapshot, broken_transitions, fingerprint, look, moment, objections
from tests.desk import PEOPLE, PROVIDERS, SKILLS, Desk, Died, Outside

WHO = st.sampled_from(sorted(PEOPLE))
ADMIN = st.sampled_from(["bob", "carol", "dave"])
WHICH = st.integers(0, 3)
#: What the program gets to do about it at once: mostly all of it, or little would ever be decided.
AT_ONCE = st.sampled_from(["everything", "everything", "hearing", "nothing"])
#: How far the clock jumps, in minutes.
JUMPS = st.sampled_from([0.05, 1, 6, 10, 16, 31, 61, 24 * 60, -24 * 60])
DECISION_BUTTONS = {"approve", "reject", "modify", "cancel"}


class ApprovalMachine(RuleBasedStateMachine):
    """Everything that can happen to approvals, and what must hold whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="skillwarden-machine-")
        self._loop = asyncio.Runner()
        # How long a failed delivery waits is random within limits.
        self._jitter = mock.patch("secrets.randbelow", lambda most: most // 2)
        self._jitter.start()
        self.said: list[tuple[str, ChatAction, str]] = []
        self.installed: list[tuple[str, str, str]] = []
        #: The rows after the last thing that changed them.
        self._seen: Snapshot | None = None

    @initialize(name=st.sampled_from(sorted(TERMS)), lender=ADMIN, stand_in=WHO, who=WHO)
    def begin(self, name: str, lender: str, stand_in: str, who: str) -> None:
        """Open the desk under some policy: somebody has asked already, and somebody lends their vote."""
        self.terms = TERMS[name]
        self.desk = Desk(Path(self._folder.name), Outside(), self.terms.policy)
        self.desk.outside.places.before_install = self._watch_install
        self._run(self.desk.open())
        self.delegate(lender, stand_in, 48, at_once="everything")
        self.ask(who, SKILLS[:1], PROVIDERS, at_once="everything")

    # What people do. Nothing of it is worked on yet.

    @rule(
        who=WHO,
        skills=st.sampled_from([SKILLS[:1], SKILLS[:1], SKILLS]),
        providers=st.sampled_from([PROVIDERS[:1], PROVIDERS]),
        at_once=AT_ONCE,
    )
    def ask(self, who: str, skills: tuple[str, ...], providers: tuple[str, ...], at_once: str) -> None:
        """Ask for an installation; the same again joins."""
        self._say(who, Install(skills=skills, providers=providers), at_once)

    @rule(who=WHO, whom=WHO, role=st.sampled_from(["admin", "user", None]), at_once=AT_ONCE)
    def ask_about_people(self, who: str, whom: str, role: Any, at_once: str) -> None:
        """Ask for something destructive: another role, or nobody's access any more."""
        name = whom.capitalize()
        self._say(who, SetRole(user=name, role=role) if role else DeactivateUser(user=name), at_once)

    @rule(who=WHO, to=st.none() | WHO, hours=st.sampled_from([None, 1, 48]), at_once=AT_ONCE)
    def delegate(self, who: str, to: str | None, hours: int | None, at_once: str) -> None:
        """Let somebody stand in, be away, or be back."""
        until = None if hours is None else self.desk.clock.now() + timedelta(hours=hours)
        self._say(who, Delegate(to=to.capitalize() if to and until else None, until=until), at_once)

    @rule(
        intent=st.sampled_from(["approve", "approve", "approve", "reject"]),
        backs=st.lists(WHICH, min_size=1, max_size=4),
        at_once=AT_ONCE,
    )
    def press(self, intent: str, backs: list[int], at_once: str) -> None:
        """Let people press buttons on their own cards, those of the newest first; twice is twice."""
        for back in backs:
            seen = [(who, *button) for who in PEOPLE for button in self.desk.buttons(who, intent)]
            if seen:
                self._run(self.desk.press(*sorted(seen, key=lambda it: it[2])[-1 - back % len(seen)]))
                self.desk.clock.advance(seconds=3)
        self._perhaps_work(at_once)

    @rule(backs=st.lists(WHICH, min_size=1, max_size=4), at_once=st.sampled_from(["everything", "hearing"]))
    def approve(self, backs: list[int], at_once: str) -> None:
        """Let people approve by the buttons on their own cards: or little would ever be approved."""
        self.press("approve", backs, at_once)

    @rule(who=WHO, number=st.integers(0, 50), at_once=AT_ONCE)
    def press_any(self, who: str, number: int, at_once: str) -> None:
        """Press a button that was shown to anybody, at any time."""
        with_tokens = self._rows("SELECT token FROM button_tokens ORDER BY rowid")
        if with_tokens:
            self._run(self.desk.press(who, with_tokens[-1 - number % len(with_tokens)]))
        self._perhaps_work(at_once)

    @precondition(lambda self: self._code(0))
    @rule(
        who=WHO,
        code=WHICH,
        choice=st.sampled_from([Approve, Approve, Reject, Withdraw, Cancel, BreakGlass]),
        at_once=AT_ONCE,
    )
    def decide(
        self, who: str, code: int, choice: type[Approve | Reject | Withdraw | Cancel | BreakGlass], at_once: str
    ) -> None:
        """Type a decision about a request."""
        reason = {"comment": "it burns"} if choice is BreakGlass else {}
        self._say(who, choice.model_validate({"request": self._code(code)} | reason), at_once)

    @precondition(lambda self: self._code(0))
    @rule(
        who=WHO,
        code=WHICH,
        what=st.sampled_from([{"providers": ("Claude",)}, {"skills": ("pdf",)}, {"ref": "v1"}, {"ref": "gone"}]),
        at_once=AT_ONCE,
    )
    def modify(self, who: str, code: int, what: dict[str, Any], at_once: str) -> None:
        """Approve with changes."""
        self._say(who, Modify(request=self._code(code), **what), at_once)

    @precondition(lambda self: self.said)
    @rule(back=WHICH)
    def say_again(self, back: int) -> None:
        """Let the platform deliver something a second time."""
        who, action, key = self.said[-1 - back % len(self.said)]
        self._run(self.desk.say(who, action, key))

    # What happens around them.

    @rule(who=WHO, active=st.sampled_from([True, True, True, False]))
    def host(self, who: str, active: bool) -> None:
        """Shut somebody out, or let them in, on the machine itself."""

        async def change() -> None:
            people = self.desk.program.people
            async with self.desk.database.begin() as uow:
                person = await people.find(uow, who.capitalize())
                if person.is_active != active and active:
                    await people.activate(uow, person)
                elif person.is_active != active:
                    await people.deactivate(uow, person, successor=None, actor="system:host")
                await uow.commit()

        self._watched(change)

    @rule(minutes=JUMPS)
    def time_jumps(self, minutes: float) -> None:
        """Let time pass; sometimes the clock of the machine is set back."""
        self.desk.clock.advance(minutes=minutes)

    @rule()
    def source_moves(self) -> None:
        """Let somebody push to the branch."""
        self.desk.outside.source.refs["main"] += 1

    @rule(trouble=st.lists(st.sampled_from(["", "fail", "twice", "forget"]), min_size=1, max_size=4))
    def channel_fails(self, trouble: list[str]) -> None:
        """Make the next calls of the channel fail."""
        self.desk.outside.chat.trouble = trouble

    @rule(name=st.sampled_from(sorted(TERMS)))
    def policy_changes(self, name: str) -> None:
        """Start again under another policy."""
        self.terms = TERMS[name]
        self._restart()

    @rule(moments=st.integers(1, 9))
    def die_soon(self, moments: int) -> None:
        """Be killed after so many more commits, posts and installations."""
        self.desk.outside.fuse.arm(moments)

    # What the program does.

    @rule(picks=st.lists(st.integers(0, 9), min_size=1, max_size=5))
    def work_a_little(self, picks: list[int]) -> None:
        """Do a few of the due things, in any order."""
        for pick in picks:
            self._watched(partial(self.desk.work, [pick]))

    @rule()
    def work(self) -> None:
        """Do everything that is due, the timers' work first."""
        self._watched(self.desk.tick)
        self._perhaps_work("everything")

    @rule()
    def tick(self) -> None:
        """Do what the timers do."""
        self._watched(self.desk.tick)

    def teardown(self) -> None:
        """Let everything come to rest, and look at what is left."""
        try:
            if hasattr(self, "desk"):
                self._settle()
                self._check_the_end()
                self._run(self.desk.close())
        finally:
            self._jitter.stop()
            self._loop.close()
            self._folder.cleanup()

    # How it is done.

    def _run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        try:
            return self._loop.run(doing)
        except Died:
            self._restart()
            return None

    def _restart(self) -> None:
        self._seen = None
        self._loop.run(self.desk.restart(self.terms.policy))

    def _say(self, who: str, action: ChatAction, at_once: str) -> None:
        key = f"line {len(self.said)}"
        self.said.append((who, action, key))
        self._run(self.desk.say(who, action, key))
        self._perhaps_work(at_once)

    def _perhaps_work(self, at_once: str) -> None:
        """Do all that is due, or only hear what was said and pressed, or nothing."""
        while at_once != "nothing" and (due := self._run(self.desk.workers.due())):
            if at_once == "hearing" and due[0][0] != "inbox":
                return
            self._watched(lambda: self.desk.work([0]))

    def _code(self, back: int) -> str | None:
        codes = self._rows("SELECT code FROM hitl_requests ORDER BY rowid")
        return codes[-1 - back % len(codes)] if codes else None

    def _rows(self, query: str) -> list[str]:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self.desk.file)) as connection:
            return [row[0] for row in connection.execute(query)]

    def _watched(self, doing: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Do one thing, and check each decision that fell in it against who could decide before it."""
        before = self._seen or look(self.desk.file)
        try:
            self._loop.run(doing())
        except Died:
            self._restart()
        except SkillwardenError:
            pass  # the command line says it
        after = self._seen = look(self.desk.file)
        self._check_decisions(before, after)
        self._check_votes(after)

    def _check_decisions(self, before: Snapshot, after: Snapshot) -> None:
        now = self.desk.clock.now()
        fresh: list[Row] = []
        for key, request in after.requests.items():
            earlier = before.requests.get(key)
            if request["status"] == "approved" and (earlier is None or earlier["status"] != "approved"):
                assert earlier is None or earlier["status"] == "pending", request
                assert objections(before, request, after.votes, now) == [], request["code"]
                assert moment(request["expires_at"]) > now, request["code"]
                fresh.append(request)
            elif earlier is not None and earlier["status"] != "pending":
                assert request["status"] == earlier["status"], request["code"]
        allowed = {
            (record["entity_id"], record["after"])
            for request in fresh
            for record in json.loads(request["payload"])["records"]
        }
        for key, person in after.people.items():
            if person["role"] != before.people[key]["role"]:
                assert (key, person["role"]) in allowed, person["name"]

    @staticmethod
    def _check_votes(now: Snapshot) -> None:
        """Assert that no vote on what is asked now is by, or in the place of, somebody who asks for it."""
        for vote in now.votes:
            request = now.requests[vote["request_id"]]
            if vote["revision"] == request["revision"]:
                asking = set(json.loads(request["requesters"]))
                assert not asking & {vote["user_id"], vote["on_behalf_of"]}, (request["code"], vote)

    def _watch_install(self, provider: str, skill: str, files: SkillBundle) -> None:
        """Check an installation, right before it changes something, against what stands at this moment."""
        world, now = look(self.desk.file), self.desk.clock.now()
        runs = [run for run in world.runs.values() if run["status"] == "running" and moment(run["lease_until"]) > now]
        found = [
            (world.executions[run["execution_id"]], target)
            for run in runs
            for target in json.loads(world.executions[run["execution_id"]]["subject"])["targets"]
            if (target["provider"], target["skill"]) == (provider, skill)
            and (target["provider_id"], target["skill_id"]) == (run["provider_id"], run["skill_id"])
        ]
        assert len(found) == 1, found
        execution, target = found[0]
        place = (execution["id"], provider, skill)
        assert place not in self.installed, "twice"
        self.installed.append(place)
        assert execution["status"] == "running"
        shown = {it["skill_id"]: it["digest"] for it in json.loads(execution["subject"])["skills"]}
        assert files.digest == shown[target["skill_id"]]
        if self.terms.free:
            return
        assert self.terms.forbids != provider.lower()
        request = next(it for it in world.requests.values() if it["execution_id"] == execution["id"])
        assert request["status"] == "approved"
        assert request["policy"] == self.terms.name
        assert objections(world, request, world.votes, now) == []
        assert now < moment(request["execution_expires_at"])
        assert request["subject_hash"] == fingerprint(execution["subject"]) == fingerprint(request["payload"])
        asked = self._asked(execution["id"])
        assert asked["subject_hash"] == request["subject_hash"]
        assert asked["revision"] == request["revision"]

    def _asked(self, execution_id: str) -> Row:
        """Return what the record says people were asked last."""
        said = self._rows(
            "SELECT event_data FROM execution_events WHERE event_type = 'ApprovalRequested'"  # noqa: S608 - an id of ours
            f" AND execution_id = '{execution_id}' ORDER BY seq"
        )
        details: Row = json.loads(said[-1])["details"]
        return details

    def _settle(self) -> None:
        self.desk.outside.fuse.disarm()
        self.desk.outside.chat.trouble = []
        for days in (0, 3, 9, 1):
            self.desk.clock.advance(days=days)
            self.work()

    def _check_the_end(self) -> None:
        end = look(self.desk.file)
        for table in ("inbox", "notices"):
            assert self._rows(f"SELECT id FROM {table} WHERE status = 'pending'") == [], table  # noqa: S608 - ours
        assert [it["code"] for it in end.executions.values() if it["status"] in {"pending", "running"}] == []
        assert [it["code"] for it in end.requests.values() if it["status"] == "pending"] == []
        assert broken_transitions(self.desk.file) == []
        self._check_copies()
        self._loop.run(self._check_chains(end))

    def _check_copies(self) -> None:
        messages = self.desk.outside.chat.messages
        assert self._rows("SELECT id FROM approval_prompts WHERE is_behind AND NOT is_gone") == []
        for message_id in self._rows("SELECT message_id FROM approval_prompts WHERE NOT is_gone"):
            _, card = messages[message_id]
            offered = {getattr(getattr(button.press, "action", None), "intent", None) for button in card.buttons}
            assert not offered & DECISION_BUTTONS, card.title

    async def _check_chains(self, end: Snapshot) -> None:
        async with self.desk.database.read() as uow:
            for key in end.executions:
                assert first_broken(await uow.events.of_execution(key)) is None, end.executions[key]["code"]


QUICK = settings(
    max_examples=20,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_approvals_hold_in_thousands_of_random_orders(soak_seed: int) -> None:
    """The same, at random: the seed of the soak gives the same orders again."""
    at_random = settings(QUICK, max_examples=1000, stateful_step_count=80, derandomize=False)
    seeded = seed(soak_seed)(type("Seeded", (ApprovalMachine,), {}))
    run_state_machine_as_test(seeded, settings=at_random)


def test_approvals_hold_whatever_happens_in_whatever_order() -> None:
    """Executed only with the consent that stood at that moment, once, as approved; every copy and record agrees."""
    run_state_machine_as_test(ApprovalMachine, settings=QUICK)
