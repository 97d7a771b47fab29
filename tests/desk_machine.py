"""A state machine over the approval desk: what people do, what happens around them, and what the program does."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from core.domain.actions import (
    Approve,
    BreakGlass,
    Cancel,
    DeactivateUser,
    Delegate,
    Install,
    Modify,
    Reject,
    SetRole,
    Withdraw,
)
from core.domain.users import Role, User
from core.ports import UnitOfWork
from core.services.people import People
from tests.approval_model import TERMS, Row, look
from tests.desk import PEOPLE, PROVIDERS, SKILLS, Desk, furnished
from tests.desk_checks import Checks
from tests.desk_steps import DeskMachine
from tests.desk_world import Outside

WHO = st.sampled_from(sorted(PEOPLE))
ADMIN = st.sampled_from(["bob", "carol", "dave"])
WHICH = st.integers(0, 3)
#: What the program gets to do about it at once: all of it, all but installing and telling, only hearing it, or nothing.
#: Mostly all of it, or little would ever be decided.
AT_ONCE = st.sampled_from(["everything", "everything", "hearing", "nothing"])
#: How far the clock jumps, in minutes.
JUMPS = st.sampled_from([0.05, 1, 6, 10, 16, 31, 61, 24 * 60, -24 * 60])
#: What people change about a request.
CHANGES = st.sampled_from([{"providers": ("Claude",)}, {"skills": ("pdf",)}, {"ref": "v1"}, {"ref": "gone"}])
#: What may happen between an approval and the claim of its first run: see ``approved_but``.
MEANWHILE = (
    "a voter leaves",
    "a voter is demoted",
    "a delegation ends",
    "it grows old",
    "the policy changes",
    "the source moves",
    "it is cancelled",
    "its content is swapped",
    "somebody else claims it too",
)


class ApprovalMachine(DeskMachine):
    """Everything that can happen to approvals, and what must hold whatever happens."""

    @initialize(name=st.sampled_from(sorted(TERMS)), lender=ADMIN, stand_in=WHO, who=WHO)
    def begin(self, name: str, lender: str, stand_in: str, who: str) -> None:
        """Open the desk under some policy: somebody has asked already, and somebody lends their vote."""
        url = self._run(furnished(self.backend))
        self.desk = Desk(Path(self._folder.name), Outside(), TERMS[name].policy, url)
        self.checks = Checks(self.desk, TERMS[name])
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
        if shown := self.desk.outside.chat.tokens:
            self._run(self.desk.press(who, shown[-1 - number % len(shown)]))
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
        what=CHANGES,
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

        async def change(people: People, uow: UnitOfWork, person: User) -> None:
            if person.is_active != active and active:
                await people.activate(uow, person)
            elif person.is_active != active:
                await people.deactivate(uow, person, successor=None, actor="system:host")

        self._on_the_host(who, change)

    @rule(who=WHO, role=st.sampled_from([Role.ADMIN, Role.USER]))
    def host_gives_role(self, who: str, role: Role) -> None:
        """Give somebody another role, on the machine itself."""

        async def change(people: People, uow: UnitOfWork, person: User) -> None:
            if person.role is not role:
                self.checks.given = {(person.id, role)}
                await people.set_role(uow, person, role, actor="system:host")

        self._on_the_host(who, change)
        self.checks.given = set()

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
        self.checks.terms = TERMS[name]
        self._restart()

    @rule(moments=st.integers(1, 9))
    def die_soon(self, moments: int) -> None:
        """Be killed after so many more commits, posts and installations."""
        self.desk.outside.fuse.arm(moments)

    # What is worth trying on purpose: luck would seldom get there.

    @precondition(lambda self: self._code(0))
    @rule(code=WHICH, first=WHO, what=st.sampled_from(MEANWHILE))
    def approved_but(self, code: int, first: str, what: str) -> None:
        """Let enough people approve; before anything is claimed, something happens that may take the consent away."""
        request = self._everybody(Approve, self._code(code), first)
        if request["status"] == "approved":
            self._meanwhile(what, request)
        self._perhaps_work("everything")
        self.desk.outside.places.meanwhile = None

    @precondition(lambda self: self._code(0))
    @rule(code=WHICH, first=WHO, second=WHO, what=CHANGES, at_once=st.sampled_from(["preparing", "hearing", "nothing"]))
    def old_cards(self, code: int, first: str, second: str, what: dict[str, Any], at_once: str) -> None:
        """Approve; then somebody else changes what is asked; then everybody presses on the cards from before."""
        old = [(who, *button) for who in PEOPLE for button in self.desk.buttons(who, "approve")]
        self._say(first, Approve(request=self._code(code)), "hearing")
        self._say(second, Modify(request=self._code(code), **what), at_once)
        for press in old:
            self._run(self.desk.press(*press))
        self._perhaps_work("hearing")

    @precondition(lambda self: self._code(0))
    @rule(code=WHICH, against=WHO)
    def rejected_and_approved(self, code: int, against: str) -> None:
        """One is against it, and then everybody else is for it."""
        self._say(against, Reject(request=self._code(code)), "hearing")
        self._everybody(Approve, self._code(code), against, but=against)
        self._perhaps_work("everything")

    @precondition(lambda self: self._code(0))
    @rule(code=WHICH, choice=st.sampled_from([Approve, Reject]), first=WHO)
    def too_late(self, code: int, choice: type[Approve | Reject], first: str) -> None:
        """Decide when the time is over, before the clock of the desk has noticed."""
        expires = self._request(self._code(code))["expires_at"]
        left = expires - self.desk.clock.now()
        if left > timedelta(0):
            self.desk.clock.advance(seconds=left.total_seconds())
        self._everybody(choice, self._code(code), first)
        self._perhaps_work("everything")

    @precondition(lambda self: self._code(0))
    @rule(code=WHICH, owner=ADMIN, stand_in=WHO)
    def vote_twice(self, code: int, owner: str, stand_in: str) -> None:
        """Lend a vote to somebody who casts it, then cast it oneself."""
        self.delegate(owner, stand_in, 48, at_once="preparing")
        for who in (stand_in, owner):
            self._say(who, Approve(request=self._code(code)), "hearing")

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

    # How it is done.

    def _everybody(
        self, choice: type[Approve | Reject], code: str | None, first: str, *, but: str | None = None
    ) -> Row:
        """Let everybody ``but`` one decide, ``first`` first, until it is decided; return the request after it."""
        people = sorted(PEOPLE)
        start = people.index(first)
        for who in (*people[start:], *people[:start]) * 2:  # what is destructive is approved twice
            if who != but and self._request(code)["status"] == "pending":
                self._say(who, choice(request=code), "hearing")
                self.desk.clock.advance(seconds=3)
        return self._request(code)

    def _meanwhile(self, what: str, request: Row) -> None:
        """Do ``what``, one of MEANWHILE, to the approved ``request``."""
        world = look(self.desk.url)
        vote = next((vote for vote in world.votes if vote["request_id"] == request["id"]), None)
        voter = world.people[vote["user_id"] if vote else request["responded_by"]]["name"].lower()
        owner = world.people[vote["on_behalf_of"]]["name"].lower() if vote and vote["on_behalf_of"] else voter
        match what:
            case "a voter leaves":
                self.host(voter, active=False)
            case "a voter is demoted":
                self.host_gives_role(owner, Role.USER)
            case "a delegation ends":
                self.delegate(owner, None, None, at_once="preparing")
            case "it grows old":
                self.time_jumps(25 * 60)
            case "the policy changes":
                self.policy_changes("one admin" if self.checks.terms.name != "one admin" else "two admins")
            case "the source moves":
                self.source_moves()
            case "it is cancelled":
                requester = world.people[request["created_by"]]["name"].lower()
                self._say(requester, Cancel(request=request["code"]), "hearing")
            case "its content is swapped":
                self._swap(request)
            case "somebody else claims it too":
                self.desk.outside.places.meanwhile = partial(self._claim_again, request["execution_id"])
