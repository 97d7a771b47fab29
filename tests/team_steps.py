"""How a state machine works a team's desk: it asks, agrees, dies, starts again, and everything is checked."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis.stateful import RuleBasedStateMachine

from core.domain.actions import CHAT_ACTION, Approve, Cancel, ChatAction, Freeze, Reject, Retry
from tests.approval_model import TERMS, Row
from tests.desk import SKILLS
from tests.desk_world import Died
from tests.team_checks import Agreement
from tests.team_model import RECORDS, Model, Where
from tests.team_world import Change, Content, Moment, TeamDesk, TeamOutside, content_of, mortal_installers

#: What else happens: between the approval and the first claim, or after the first death.
MEANWHILE = ("edited", "removed", "source moves", "voter leaves", "frozen", "undone", "policy changes")

# More deaths or new requests than any request leads to.
_ENDLESS = 20
# All but what the program puts on the record for itself.
_OF_PEOPLE = "SELECT * FROM executions WHERE json_valid(input_text)"


class TeamSteps(RuleBasedStateMachine):
    """A desk, its folders and their model; the rules are somebody else's."""

    def __init__(self) -> None:
        super().__init__()
        self._cleanup = contextlib.ExitStack()
        self._home = Path(self._cleanup.enter_context(tempfile.TemporaryDirectory(prefix="skillwarden-team-")))
        self._loop = self._cleanup.enter_context(asyncio.Runner())
        self._cleanup.enter_context(mock.patch("secrets.randbelow", lambda most: most // 2))
        self._cleanup.enter_context(mortal_installers())
        self._deaths: list[Moment] = []
        self._count = 0

    def open_desk(self) -> None:
        """Start the program where nothing is installed; two admins can agree, and one is enough."""
        self.outside = TeamOutside(self._home)
        self._policy = TERMS["one admin"].policy
        self.desk = TeamDesk(self._home, self.outside, self._policy)
        self.model = Model(self.outside.repository)
        self.agreement = Agreement(self.desk, self.outside, self.model)
        self._loop.run(self.desk.open())

    def teardown(self) -> None:
        """End the process, and leave nothing behind."""
        try:
            if hasattr(self, "desk"):
                self._loop.run(self.desk.close())
        finally:
            self._cleanup.close()

    # How it is done.

    def _request(
        self,
        *actions: ChatAction,
        deaths: list[Moment] | None = None,
        approved_but: tuple[str, str] | None = None,
        while_down: tuple[str, str] | None = None,
    ) -> None:
        """Ask for ``actions`` and agree to all that comes of it; then everything has to agree."""
        is_undisturbed = len(actions) == 1 and not approved_but and not while_down
        refused = self.model.refuses(actions[0])
        self._deaths, self._while_down, self._actions = list(deaths or ()), while_down, actions
        self._first = self._last_row("executions")
        self._done: set[str] = set()
        self._wanted: dict[str, dict[Where, Content]] = {}
        self._forbidden: list[tuple[int, set[Where]]] = []
        changes = len(self.outside.folders.changes)
        self._arm()
        for action in actions:
            self._say("dave" if isinstance(action, Freeze) else "alice", action)
        self._work()
        for _ in range(_ENDLESS):
            if not self._agree_to_pending(approved_but):
                break
            approved_but = None
        else:
            raise AssertionError(f"left undone: it is asked for again and again: {actions}")
        self._deaths, self._while_down = [], None
        self.outside.deaths.disarm()
        self._check_forbidden()
        if is_undisturbed and not isinstance(actions[0], Retry):
            self._check_outcome(actions[0], refused=refused)
            self._check_changes(self.outside.folders.changes[changes:])
        self._agree()
        self._restore()

    def _agree_to_pending(self, approved_but: tuple[str, str] | None) -> bool:
        """Approve what waits for it, and see it done; False when nothing did."""
        pending = self.agreement.rows("SELECT code, execution_id FROM hitl_requests WHERE status = 'pending'")
        for request in pending:
            self._snapshot(request)
        for request in pending:
            self._approve(request["code"])
        if approved_but:
            self._meanwhile(*approved_but)
        self._survive(self.desk.work)
        self.desk.clock.advance(TeamDesk.undo_seconds + 1)
        self._work()
        return bool(pending)

    def _snapshot(self, request: Row) -> None:
        """Remember what ``request`` is about to bring where."""
        action = self._action_of(request["execution_id"])
        self._wanted[request["execution_id"]] = self.model.touched(action)

    def _approve(self, code: str) -> None:
        """Let admins approve until it is enough, each twice where it is destructive; what is frozen they reject."""
        waiting = f"SELECT id FROM hitl_requests WHERE code = '{code}' AND status = 'pending'"  # noqa: S608 - ours
        for who in ("carol", "carol", "dave", "dave", "bob", "bob"):
            if self._is_active(who) and self.agreement.rows(waiting):
                self._say(who, Approve(request=code))
                self._survive(self._hear)
                self.desk.clock.advance(3)
        if self.agreement.rows("SELECT id FROM freezes WHERE ended_at IS NULL") and self.agreement.rows(waiting):
            self._say("bob", Reject(request=code))
            self._survive(self._hear)

    async def _hear(self) -> None:
        """Work on what was said, and on nothing else."""
        while (due := await self.desk.workers.due()) and due[0][0] == "inbox":
            await self.desk.work([0])

    def _work(self) -> None:
        """Do everything that is due, and take over what the runs have done."""
        self._survive(self.desk.work)
        self._take_over()

    def _take_over(self) -> None:
        """Let the model do what is recorded as done."""
        done = self.agreement.rows(
            "SELECT install_runs.*, skills.name AS skill, providers.display_name AS provider FROM status_transitions"
            " JOIN install_runs ON install_runs.id = entity_id JOIN skills ON skills.id = skill_id"
            " JOIN providers ON providers.id = provider_id"
            " WHERE entity_type = 'run' AND to_status = 'success' ORDER BY status_transitions.rowid"
        )
        for run in done:
            if run["execution_id"] in self._wanted and run["id"] not in self._done:
                self._done.add(run["id"])
                where = (run["skill"], run["provider"])
                assert where in self._wanted[run["execution_id"]], f"run where nobody asked: {where}"
                self.model.places[where].put(self._wanted[run["execution_id"]][where])
        for execution in self._executions():
            if execution["status"] == "completed" and execution["id"] not in self._done:
                self._done.add(execution["id"])
                action = self._action_of(execution["id"])
                if isinstance(action, RECORDS):
                    self.model.record(action)

    def _say(self, who: str, action: ChatAction) -> None:
        """Say it; the platform delivers it again until somebody has taken it."""
        self._count += 1
        key = f"line {self._count}"
        self._survive(lambda: self.desk.say(who, action, key))

    def _survive(self, doing: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Do something; whenever the process dies of it, start it and do it again."""
        for _ in range(_ENDLESS):
            try:
                self._loop.run(doing())
            except Died:
                self._check_whole()
                self._start_again()
            else:
                return
        raise AssertionError("it dies again and again")

    def _start_again(self) -> None:
        """Start the process, which may die of it; meanwhile things may have happened."""
        self._loop.run(self.desk.close())
        for _ in range(_ENDLESS):
            self._arm()
            try:
                self._loop.run(self.desk.open())
            except Died:
                self._loop.run(self.desk.close())
                continue
            break
        if self._while_down is not None:
            what, self._while_down = self._while_down, None
            self._take_over()  # what somebody does now comes after it
            self._meanwhile(*what)

    def _arm(self) -> None:
        self.outside.deaths.at(self._deaths.pop(0) if self._deaths else None)

    _while_down: tuple[str, str] | None = None

    # What happens meanwhile.

    def _meanwhile(self, what: str, provider: str) -> None:
        is_decided = self._is_decided()
        skill = next((skill for action in self._actions for skill in getattr(action, "skills", ())), SKILLS[0])
        match what:
            case "edited":
                self._edit((skill, provider))
            case "removed":
                self._remove((skill, provider))
            case "source moves":
                self.outside.source.refs["main"] += 1
            case "voter leaves":
                self._on_the_host("Carol", active=False)
            case "frozen":
                self._say("dave", Freeze(skills=(skill,), providers=(provider,)))
                self._survive(self._hear)
            case "undone":
                self._undo()
            case "policy changes":
                self.desk.policy = TERMS["two admins"].policy
                self._start_again()

        self._forbid(what, (skill, provider), is_decided=is_decided)

    def _forbid(self, what: str, where: Where, *, is_decided: bool) -> None:
        """Remember which places must not be changed from now on."""
        forbidden: set[Where] = set()
        if what == "frozen" and where[0] in self.model.entries:
            forbidden = {where}
        elif what in {"voter leaves", "undone"} and is_decided:
            forbidden = {place for wanted in self._wanted.values() for place in wanted}
        self._forbidden.append((len(self.outside.folders.changes), forbidden))

    def _is_decided(self) -> bool:
        """Whether all that is asked for has been agreed to, and is not done yet or may be."""
        open_ones = [execution for execution in self._executions() if execution["status"] in {"pending", "running"}]
        return bool(open_ones) and all(execution["waiting_for"] in {"run", None} for execution in open_ones)

    def _undo(self) -> None:
        for execution in self._executions():
            if execution["status"] in {"pending", "running"}:
                self._say("alice", Cancel(request=execution["code"]))
                self._survive(self._hear)

    def _restore(self) -> None:
        """Let the next request begin with everybody there and the first policy; freezes stay."""
        self._on_the_host("Carol", active=True)
        if self.desk.policy is not self._policy:
            self.desk.policy = self._policy
            self._start_again()

    def _edit(self, where: Where) -> None:
        """Change what is there - which is new, where the process died before it could say so."""
        there = self._look(where)
        if there:
            self._count += 1
            text = f"{self._count}\n".encode()
            (self._folder(where) / "mine.md").write_bytes(text)
            self.model.places[where].there = there | {"mine.md": (text, False)}

    def _remove(self, where: Where) -> None:
        """Move away what is there, unless a swap is half done: then what was before would come back."""
        if self._look(where) and not self.outside.folders.left_behind():
            self._count += 1
            self._folder(where).rename(self._home / f"aside-{self._count}")
            self.model.places[where].there = {}

    def _look(self, where: Where) -> Content:
        return content_of(self._folder(where))

    def _folder(self, where: Where) -> Path:
        skill, provider = where
        return self.outside.folders.skills(provider) / skill

    def _on_the_host(self, name: str, *, active: bool) -> None:
        async def change() -> None:
            people = self.desk.program.people
            async with self.desk.database.begin() as uow:
                person = await people.find(uow, name)
                if active and not person.is_active:
                    await people.activate(uow, person)
                elif person.is_active and not active:
                    await people.deactivate(uow, person, successor=None, actor="system:host")
                await uow.commit()

        if self._is_active(name) is not active:
            self._survive(change)

    # What is looked at.

    def _check_whole(self) -> None:
        """Assert that a death leaves at every place what was there or what is to be there, and nothing between."""
        for where, place in self.model.places.items():
            skill, provider = where
            there = self.outside.folders.content(provider, skill)
            known = [place.there, *(wanted[where] for wanted in self._wanted.values() if where in wanted)]
            assert there in known, f"died half-way: {where}"

    def _check_forbidden(self) -> None:
        """Assert that nothing was changed once people no longer agreed to it."""
        for since, forbidden in self._forbidden:
            later = self.outside.folders.changes[since:]
            wrong = [
                (change.skill, change.provider) for change in later if (change.skill, change.provider) in forbidden
            ]
            assert wrong == [], f"changed without consent: {wrong}"

    def _check_outcome(self, action: ChatAction, *, refused: bool) -> None:
        """Assert that it was done if it made sense, and that nothing was begun if not."""
        for execution in self._executions():
            expected = "failed" if refused else "completed"
            assert execution["status"] == expected, f"outcome: {action!r} is {execution['status']}, not {expected}"

    @staticmethod
    def _check_changes(changes: list[Change]) -> None:
        """Assert that every place was changed once at most."""
        places = [(change.skill, change.provider) for change in changes]
        assert len(places) == len(set(places)), f"changed twice: {places}"

    def _agree(self) -> None:
        self._loop.run(self.agreement.check())

    def _executions(self) -> list[Row]:
        return self.agreement.rows(f"{_OF_PEOPLE} AND rowid > {self._first} ORDER BY rowid")

    def _action_of(self, execution_id: str) -> Any:
        """Return what an execution came down to, or what was asked for."""
        (row,) = self.agreement.rows(
            "SELECT coalesce(json_extract(subject, '$.action'), input_text) AS action FROM executions"  # noqa: S608 - ours
            f" WHERE id = '{execution_id}'"
        )
        return CHAT_ACTION.validate_json(row["action"])

    def _is_active(self, name: str) -> bool:
        return bool(self.agreement.rows(f"SELECT 1 FROM users WHERE name = '{name.capitalize()}' AND is_active"))  # noqa: S608 - ours

    def _last_row(self, table: str) -> int:
        (row,) = self.agreement.rows(f"SELECT coalesce(max(rowid), 0) AS last FROM {table}")  # noqa: S608 - ours
        last: int = row["last"]
        return last
