"""What must agree once everything has come to rest: folders, tables, event log and model.

Every assertion has a name in front, so that a test can tell which one has noticed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from core.domain.events import first_broken
from core.errors import BundleCorrupt
from tests.approval_model import Row, broken_transitions
from tests.databases import query
from tests.folding import Folding
from tests.team_model import Model
from tests.team_world import Content, TeamDesk, TeamOutside, content_of, digest_of

_TARGETS = """
    SELECT skills.name AS skill, providers.display_name AS provider, install_targets.* FROM install_targets
    JOIN skills ON skills.id = install_targets.skill_id JOIN providers ON providers.id = install_targets.provider_id
"""
_RUNS = """
    SELECT skills.name AS skill, providers.display_name AS provider, executions.code, install_runs.* FROM install_runs
    JOIN skills ON skills.id = install_runs.skill_id JOIN providers ON providers.id = install_runs.provider_id
    JOIN executions ON executions.id = install_runs.execution_id ORDER BY install_runs.rowid
"""
_CALLS = """
    SELECT execution_id, event_type, event_data FROM execution_events
    WHERE json_extract(event_data, '$.tool') IN ('skill.install', 'skill.uninstall') ORDER BY rowid
"""
_FROZEN = """
    SELECT skills.name AS skill, providers.display_name AS provider FROM freezes
    JOIN skills ON skills.id = freezes.skill_id JOIN providers ON providers.id = freezes.provider_id
    WHERE ended_at IS NULL
"""


class Agreement:
    """Compares what is left of everything that was done with the model of it."""

    def __init__(self, desk: TeamDesk, outside: TeamOutside, model: Model) -> None:
        """Look at the file of ``desk`` and at the folders of ``outside``."""
        self._desk = desk
        self._outside = outside
        self._model = model
        self._folding = Folding(desk.url)

    async def check(self) -> None:
        """Assert all of it."""
        self.check_disk()
        self.check_at_rest()
        self.check_targets()
        self.check_log()
        self.check_records()
        self.check_receipts()
        unfolded = self._folding.disagreements()
        assert unfolded == [], f"fold: {unfolded}"
        broken = broken_transitions(self._desk.url)
        assert broken == [], f"log of transitions: {broken}"
        await self.check_store()
        async with self._desk.database.read() as uow:
            for row in self.rows("SELECT id, code FROM executions"):
                assert first_broken(await uow.events.of_execution(row["id"])) is None, f"chain: {row['code']}"

    def check_disk(self) -> None:
        """Assert that every folder holds what the model says, byte for byte, and that nothing is left in progress."""
        for (skill, provider), place in self._model.places.items():
            there = content_of(self._outside.folders.skills(provider) / skill)
            assert there == place.there, f"disk: {skill} on {provider}, {_words(there)} for {_words(place.there)}"
        left = self._outside.folders.left_behind()
        assert left == [], f"left on the disk: {left}"

    def check_at_rest(self) -> None:
        """Assert that nothing is unfinished, and that an execution has ended as its runs have."""
        for table in ("inbox", "notices", "hitl_requests"):
            left = self.rows(f"SELECT id FROM {table} WHERE status = 'pending'")  # noqa: S608 - ours
            assert left == [], f"left undone: {table}"
        runs = defaultdict(set)
        for run in self.rows(_RUNS):
            assert run["status"] in {"success", "failed"}, f"left undone: a run of #{run['code']} is {run['status']}"
            assert run["finished_at"], f"left undone: a run of #{run['code']} has no end"
            runs[run["execution_id"]].add(run["status"])
        for execution in self.rows("SELECT * FROM executions"):
            code, status = execution["code"], execution["status"]
            assert status in {"completed", "failed", "cancelled"}, f"left undone: #{code} is {status}"
            if execution["id"] in runs and status != "cancelled":
                done = runs[execution["id"]] == {"success"}
                assert (status == "completed") is done, (
                    f"outcome: #{code} is {status}, its runs {runs[execution['id']]}"
                )

    def check_targets(self) -> None:
        """Assert that the tables say what the bot put where, and what it would bring back."""
        rows = {(row["skill"], row["provider"]): row for row in self.rows(_TARGETS)}
        for where, place in self._model.places.items():
            row: Row = rows.get(where) or {"installed_digest": None, "previous_digest": None, "status": "idle"}
            recorded, before = digest_of(place.recorded), digest_of(place.before)
            assert row["installed_digest"] == recorded, f"recorded: {where}"
            assert row["previous_digest"] == before, f"recorded as before: {where}"
            assert row["status"] != "syncing", f"left undone: {where} is syncing"
            if row["status"] != "failed":
                assert (row["status"] == "installed") is bool(recorded), f"recorded: {where} is {row['status']}"

    def check_log(self) -> None:
        """Assert that each run has one answer on the record, and that all answers lead to what is recorded."""
        asked: dict[tuple[str, str, str], int] = defaultdict(int)
        answers: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        folded: dict[tuple[str, str], str | None] = {}
        steps: dict[tuple[str, int], tuple[str, str, str]] = {}
        for row in self.rows(_CALLS):
            event = json.loads(row["event_data"])
            if row["event_type"] == "ToolInvoked":
                place = (row["execution_id"], event["input"]["skill"], event["input"]["provider"])
                assert not answers[place], f"log: called again after its end, {place}"
                steps[row["execution_id"], event["step"]] = place
                asked[place] += 1
                continue
            known = steps.get((row["execution_id"], event["step"]))
            if event["output"]["success"]:
                output = event["output"]["output"]
                place = (row["execution_id"], output["skill"], output["provider"])
                assert known == place, f"log: answered without a call, {place}"
                folded[place[1:]] = output["digest"]
            if known is not None:  # a call that was refused is answered without having been made
                answers[known].append(event["output"]["success"])
        for run in self.rows(_RUNS):
            place = (run["execution_id"], run["skill"], run["provider"])
            if asked[place]:
                assert answers[place] == [run["status"] == "success"], (
                    f"log: {place} is {run['status']}, {answers[place]}"
                )
                assert asked[place] <= run["fence"], f"log: called more often than claimed, {place}"
        for where, place_model in self._model.places.items():
            assert folded.get(where) == digest_of(place_model.recorded), f"log: {where}"

    def check_records(self) -> None:
        """Assert that the catalogue and the freezes are as people have agreed."""
        rows = self.rows("SELECT name, source_ref, is_archived FROM skills")
        entries = {row["name"]: (row["source_ref"], bool(row["is_archived"])) for row in rows}
        expected = {name: (entry.ref, entry.is_archived) for name, entry in self._model.entries.items()}
        assert entries == expected, f"catalogue: {entries}"
        frozen = {(row["skill"], row["provider"]) for row in self.rows(_FROZEN)}
        assert frozen == self._model.frozen, f"frozen: {frozen}"

    def check_receipts(self) -> None:
        """Assert that each run that succeeded, and no other, has left one receipt that says what it did."""
        kept = [json.loads(path.read_text())["receipt"] for path in self._desk.receipts.rglob("*.json")]
        said = {receipt["run_id"]: (receipt["skill"], receipt["provider"], receipt["code"]) for receipt in kept}
        done = [run for run in self.rows(_RUNS) if run["status"] == "success"]
        assert said == {run["id"]: (run["skill"], run["provider"], run["code"]) for run in done}, "receipts"
        newest = {(it["skill"], it["provider"]): it for it in sorted(kept, key=lambda it: (it["at"], it["run_id"]))}
        for where, place in self._model.places.items():
            digest = newest[where]["digest"] if where in newest else None
            assert digest == digest_of(place.recorded), f"receipts: {where}"
        assert all(receipt["approvals"] for receipt in kept), "receipts: nobody approved"

    async def check_store(self) -> None:
        """Assert that what would be brought back is kept, byte for byte."""
        for where, place in self._model.places.items():
            digest = digest_of(place.before)
            if digest is not None:
                try:
                    files = (await self._outside.store.get(digest)).files
                except BundleCorrupt as error:
                    raise AssertionError(f"kept: {where}") from error
                kept = {path: (file.content, file.executable) for path, file in files.items()}
                assert kept == place.before, f"kept: {where}"

    def rows(self, what: str) -> list[dict[str, Any]]:
        """Return what ``what`` selects."""
        return query(self._desk.url, what)


def _words(content: Content) -> str:
    text = content.get("SKILL.md", (b"nothing", False))[0].decode().strip().rpartition("\n")[2]
    return f"{text} ({', '.join(sorted(content))})"
