"""What must hold of approvals whatever happens: checked after every step, before an installation, and at the end.

Every assertion has a name in front, so that a test can tell which one has noticed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bot.locale.translator import Catalogues
from core.domain.events import first_broken
from core.domain.skills import SkillBundle
from core.services.presenter import card_for
from core.services.reader import Reader
from core.services.rosters import Rosters
from core.services.views import load_view
from tests.approval_model import Row, Snapshot, Terms, broken_transitions, fingerprint, look, objections
from tests.databases import query, table
from tests.desk import Desk
from tests.folding import Folding

DECISION_BUTTONS = {"approve", "reject", "modify", "cancel"}
_TRANSLATOR = Catalogues()


class Checks:
    """The invariants of one desk. ``terms`` are those of its policy of the moment."""

    def __init__(self, desk: Desk, terms: Terms) -> None:
        """Look at every installation from now on."""
        self.desk = desk
        self.terms = terms
        self.installed: list[tuple[str, str, str]] = []
        #: (person, role) that the host itself gave.
        self.given: set[tuple[str, str]] = set()
        #: What was wrong with an installation: the program may have made something else of the error.
        self._wrong: AssertionError | None = None
        self._folding = Folding(desk.url)
        desk.outside.places.before_install = self.at_install

    def after_step(self, before: Snapshot, after: Snapshot) -> None:
        """Check each decision that fell between the two against who could decide before it."""
        if self._wrong is not None:
            raise self._wrong
        now = self.desk.clock.now()
        fresh: list[Row] = []
        for key, request in after.requests.items():
            earlier = before.requests.get(key)
            if request["status"] == "approved" and (earlier is None or earlier["status"] != "approved"):
                assert earlier is None or earlier["status"] == "pending", f"decided twice: {request}"
                missing = objections(before, request, after.votes, now)
                assert not missing, f"not enough consent: #{request['code']}, {missing}"
                assert request["expires_at"] > now, f"decided too late: #{request['code']}"
                fresh.append(request)
            elif earlier is not None and earlier["status"] != "pending":
                assert request["status"] == earlier["status"], f"decided twice: #{request['code']}"
        self._check_people(before, after, fresh)
        self._check_votes(after)
        unfolded = self._folding.decisions_apart()
        assert unfolded == [], f"fold: {unfolded}"
        self._check_presses(before, after)

    def at_install(self, provider: str, skill: str, files: SkillBundle) -> None:
        """Check an installation, right before it changes something, against what stands at this moment."""
        try:
            self._check_install(provider, skill, files)
        except AssertionError as wrong:
            self._wrong = wrong
            raise

    async def at_the_end(self) -> None:
        """Check what is left once everything has come to rest."""
        end = look(self.desk.url)
        for rows in (table("inbox"), table("notices")):
            left = self._rows(select(rows.c.id).where(rows.c.status == "pending"))
            assert left == [], f"left undone: {rows.name}"
        unfinished = [it["code"] for it in end.executions.values() if it["status"] in {"pending", "running"}]
        unfinished += [it["code"] for it in end.requests.values() if it["status"] == "pending"]
        assert unfinished == [], f"left undone: {unfinished}"
        unfolded = self._folding.disagreements()
        assert unfolded == [], f"fold: {unfolded}"
        broken = broken_transitions(self.desk.url)
        assert broken == [], f"log of transitions: {broken}"
        self._check_outcomes(end)
        await self._check_copies()
        async with self.desk.database.read() as uow:
            for key in end.executions:
                assert first_broken(await uow.events.of_execution(key)) is None, f"chain: {end.executions[key]['code']}"

    def _check_install(self, provider: str, skill: str, files: SkillBundle) -> None:
        """Assert that exactly this is to run, for the first time, with the consent of this moment."""
        world, now = look(self.desk.url), self.desk.clock.now()
        runs = [run for run in world.runs.values() if run["status"] == "running" and run["lease_until"] > now]
        found = [
            (world.executions[run["execution_id"]], target)
            for run in runs
            for target in world.executions[run["execution_id"]]["subject"]["targets"]
            if (target["provider"], target["skill"]) == (provider, skill)
            and (target["provider_id"], target["skill_id"]) == (run["provider_id"], run["skill_id"])
        ]
        assert len(found) == 1, f"not claimed: {found}"
        execution, target = found[0]
        place = (execution["id"], provider, skill)
        assert place not in self.installed, f"run twice: {place}"
        self.installed.append(place)
        assert execution["status"] == "running", f"run after its end: #{execution['code']} is {execution['status']}"
        content = next(it for it in execution["subject"]["skills"] if it["skill_id"] == target["skill_id"])
        assert files.digest == content["digest"], f"other content: {content}"
        self._check_source(content)
        if not self.terms.free:
            self._check_consent(world, execution, provider, now)

    def _check_people(self, before: Snapshot, after: Snapshot, fresh: list[Row]) -> None:
        """Assert that a role has changed only because that was approved, or at the word of the host."""
        allowed = self.given | {
            (record["entity_id"], record["after"]) for request in fresh for record in request["payload"]["records"]
        }
        for key, person in after.people.items():
            if person["role"] != before.people[key]["role"]:
                assert (key, person["role"]) in allowed, f"role without consent: {person['name']}"

    @staticmethod
    def _check_votes(now: Snapshot) -> None:
        """Assert that no vote on what is asked now is by, or in the place of, somebody who asks for it."""
        for vote in now.votes:
            request = now.requests[vote["request_id"]]
            if vote["revision"] == request["revision"]:
                asking = set(request["requesters"])
                own = asking & {vote["user_id"], vote["on_behalf_of"]}
                assert not own, f"voted on their own request: #{request['code']}, {vote}"

    @staticmethod
    def _check_presses(before: Snapshot, after: Snapshot) -> None:
        """Assert that a press has voted on nothing but the revision whose card it was on."""
        for key in after.pressed.keys() - before.pressed.keys():
            button = after.pressed[key]
            if button["press"].get("action", {}).get("intent") not in {"approve", "reject"}:
                continue
            for vote in after.votes:
                if vote["request_id"] == button["request_id"] and vote not in before.votes:
                    same = vote["revision"] == button["revision"]
                    assert same, f"voted with an old card: revision {button['revision']}, {vote}"

    def _check_source(self, content: Row) -> None:
        """Assert that the ref still means what was shown."""
        source, name = self.desk.outside.source, content["requested_ref"]
        path = content["location"]["path"]
        assert source.commit(path, name) == content["commit"], f"the source has moved: {content['name']} @ {name}"

    def _check_consent(self, world: Snapshot, execution: Row, provider: str, now: datetime) -> None:
        """Assert that ``execution`` is what enough people agree to at this moment, under the policy of this moment."""
        code = execution["code"]
        assert self.terms.forbids != provider.lower(), f"forbidden: #{code}"
        request = next(it for it in world.requests.values() if it["execution_id"] == execution["id"])
        assert request["status"] == "approved", f"run without approval: #{code} is {request['status']}"
        assert request["policy"] == self.terms.name, f"run under another rule: #{code}, {request['policy']}"
        missing = objections(world, request, world.votes, now)
        assert not missing, f"run without consent: #{code}, {missing}"
        assert now < request["execution_expires_at"], f"run too late: #{code}"
        shown = request["subject_hash"]
        assert shown == fingerprint(execution["subject"]), f"run with another hash: #{code}"
        asked = self._asked(execution["id"])
        recorded = (asked["subject_hash"], asked["revision"])
        assert recorded == (shown, request["revision"]), f"not what was asked: #{code}, {asked}"
        assert shown == fingerprint(request["payload"]), f"not what was asked: #{code}, {request['payload']}"

    def _check_outcomes(self, end: Snapshot) -> None:
        """Assert that what was not approved has not run: no run of it exists, and it did not complete."""
        ran = {run["execution_id"] for run in end.runs.values()}
        for request in end.requests.values():
            if request["status"] != "approved":
                execution = end.executions[request["execution_id"]]
                kept = execution["status"] == "cancelled" and execution["id"] not in ran
                assert kept, f"run without approval: #{request['code']} is {request['status']}"

    async def _check_copies(self) -> None:
        """Assert that every copy there is says what it would say if it was posted now, and offers no decision."""
        copies = table("approval_prompts")
        there = select(copies.c.id).where(~copies.c.is_gone)
        behind = self._rows(there.where(copies.c.is_behind))
        assert behind == [], f"copies differ: {behind}"
        now = self.desk.clock.now()
        rosters = Rosters(clock=self.desk.clock, policy=self.terms.policy)
        async with self.desk.database.read() as uow:
            people = {person.id: person for person in await uow.users.all()}
            for prompt_id in self._rows(there):
                prompt = await uow.prompts.get(prompt_id)
                assert prompt is not None
                assert prompt.execution_id is not None
                view = await load_view(uow, prompt.execution_id, rosters)
                assert view is not None
                _, card = self.desk.outside.chat.messages[prompt.message_id]
                wanted = card_for(prompt.kind, view, Reader(_TRANSLATOR, people.get(prompt.user_id or ""), now))
                assert card.title == wanted.title, f"copies differ: {card.title!r} for {wanted.title!r}"
                offered = {getattr(getattr(button.press, "action", None), "intent", None) for button in card.buttons}
                assert not offered & DECISION_BUTTONS, f"copies differ: {card.title!r} still asks"

    def _asked(self, execution_id: str) -> Row:
        """Return what the record says people were asked last."""
        events = table("execution_events")
        asked = events.c.event_type == "ApprovalRequested", events.c.execution_id == execution_id
        details: Row = self._rows(select(events.c.event_data).where(*asked).order_by(events.c.seq))[-1]["details"]
        return details

    def _rows(self, what: Select[Any]) -> list[Any]:
        """Return the first column of what ``what`` selects."""
        return [next(iter(row.values())) for row in query(self.desk.url, what)]
