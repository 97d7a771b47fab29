"""Ten thousand open requests of other programs: listed, counted and expired, while the chat reads few of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.approvals import ApprovalRequest, ApprovalStatus
from core.domain.base import new_id
from core.domain.plans import RiskLevel
from core.domain.policy import Rule
from core.services.decisions import NEWEST
from storage.session import Session
from tests.api import HITL, Api, serving
from tests.clock import START, FakeClock
from tests.harness import Talk, code_in

MANY = 10_000
RULE = Rule(name="write", outcome="require")

pytestmark = pytest.mark.timeout(300)


async def ask_many(api: Api) -> None:
    """Store the open requests of alice's programs."""
    alice = await api.user_id("alice")
    async with api.talk.database.begin() as uow:
        for number in range(MANY):
            at = START - timedelta(seconds=number // 10)  # ten of each second
            request = ApprovalRequest(
                id=new_id(at),
                code=f"M{number:05}",
                agent_type="bdp",
                title=f"question {number}",
                payload={"number": number},
                risk_level=RiskLevel.WRITE,
                subject_hash="0" * 64,
                policy=RULE.name,
                rule=RULE,
                requesters=(alice,),
                created_by=alice,
                created_at=at,
                updated_at=at,
                expires_at=START + timedelta(hours=1),
            )
            await uow.approvals.add(request)
        await uow.commit()


@pytest.fixture
def most_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give a list whose one number is how many rows were read at a time, at most."""
    most, read = [0], Session.rows

    async def counted(self: Session, *args: Any) -> Sequence[Any]:
        rows = await read(self, *args)
        most[0] = max(most[0], len(rows))
        return rows

    monkeypatch.setattr(Session, "rows", counted)
    return most


async def test_ten_thousand_are_listed_and_expire_and_the_chat_reads_few(tmp_path: Path, most_read: list[int]) -> None:
    """A walk by cursor sees each once, whoever speaks makes nobody read them all, and at their time all are over."""
    clock = FakeClock()
    async with serving(tmp_path / "home", clock) as api:
        await ask_many(api)

        await api.talk("/as bob")
        assert "pdf" in await api.talk("list skills")
        assert "Several requests are waiting" in await api.talk("approve")
        made = await api.question(title="one more", by="carol")
        assert "one more" in await api.talk("pending")
        assert "is counted" in await api.talk(f"approve {made['code']}")
        assert (await api.request(made["id"], by="carol"))["status"] == "approved"
        assert most_read[0] <= NEWEST

        seen: set[str] = set()
        cursor: str | None = None
        for _ in range(MANY // 100):
            params = {"page_size": 100, "status": "pending"} | ({"cursor": cursor} if cursor else {})
            page = (await api("GET", HITL, params=params)).json()
            seen |= {item["id"] for item in page["items"]}
            cursor = page["next_cursor"]
        assert (len(seen), cursor) == (MANY, None)
        assert most_read[0] <= NEWEST + 1  # a page looks whether there is another

        clock.advance(hours=1)
        assert (await api("GET", f"{HITL}/pending-count")).json() == {"count": 0}
        assert (await api("GET", HITL, params={"status": "pending"})).json()["items"] == []
        await api.talk.program.approval_clock.expire_due()  # beside the program's own timer
        async with api.talk.database.read() as uow:
            assert await uow.approvals.due(clock.now(), limit=1) == ()
        assert most_read[0] <= NEWEST + 1
        expired = (await api("GET", HITL, params={"status": "expired"})).json()["items"]
        assert {item["responded_by"] for item in expired} == {"system:expiry"}


async def _copy(talk: Talk, code: str) -> None:
    """Store a thousand more requests like ``code``, about other content, each with its execution."""
    execution, request = await talk.execution(code), await talk.request(code)
    async with talk.database.begin() as uow:
        action = await uow.chat_actions.of_execution(execution.id)
        assert action is not None
        for number in range(1000):
            new = {"id": new_id(START), "code": f"C{number:05}"}
            copied = execution.evolve(**new, dedupe_key=f"copy {number}", job_name=f"copy {number}")
            said = action.evolve(id=new_id(START), execution_id=copied.id)
            await uow.executions.add(copied)
            await uow.chat_actions.add(said)
            links = {"execution_id": copied.id, "chat_action_id": said.id, "question_hash": f"{number:064}"}
            await uow.approvals.add(request.evolve(**new | links))
        await uow.commit()


async def test_whoever_speaks_among_a_thousand_open_installs_reads_few_of_them(
    tmp_path: Path, most_read: list[int]
) -> None:
    """Asking, asking for the same again, deciding, and asking why look up what is meant, not all that is open."""
    async with serving(tmp_path / "home", FakeClock()) as api:
        talk = api.talk
        await talk("/as bob")
        code = code_in(await talk("install pdf on claude"))
        await _copy(talk, code)
        assert "more" in await talk("pending")
        assert "waiting for approval" in await talk("install meeting-notes on claude")
        assert f"asks for exactly this as #{code}" in await talk("install pdf on claude")
        assert "approve" in await talk(f"why {code}")
        await talk("who can approve")
        await talk("/as alice")
        only = code_in(await talk("install pdf on gemini"))
        for voter in ("bob", "carol"):  # bob may decide this one alone, but not all that are open were looked at
            await talk(f"/as {voter}")
            assert "Several requests are waiting" in await talk("approve")
        assert (await talk.request(only)).status is ApprovalStatus.PENDING
        await talk(f"approve {code}")
        assert (await talk.request(code)).status is ApprovalStatus.APPROVED
        assert most_read[0] <= NEWEST
