"""Ten thousand open requests of other programs: listed, counted and expired, while the chat reads few of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.approvals import ApprovalRequest
from core.domain.base import new_id
from core.domain.plans import RiskLevel
from core.domain.policy import Rule
from core.services.decisions import NEWEST
from storage.session import Session
from tests.api import HITL, Api, serving
from tests.clock import START, FakeClock

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


async def test_ten_thousand_are_listed_and_expire_and_the_chat_reads_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A walk by cursor sees each once, whoever speaks makes nobody read them all, and at their time all are over."""
    clock, most = FakeClock(), 0
    read = Session.rows

    async def counted(self: Session, *args: Any) -> Sequence[Any]:
        nonlocal most
        rows = await read(self, *args)
        most = max(most, len(rows))
        return rows

    async with serving(tmp_path / "home", clock) as api:
        await ask_many(api)
        monkeypatch.setattr(Session, "rows", counted)

        await api.talk("/as bob")
        assert "pdf" in await api.talk("list skills")
        assert "Several requests are waiting" in await api.talk("approve")
        made = await api.question(title="one more", by="carol")
        assert "one more" in await api.talk("pending")
        assert "is counted" in await api.talk(f"approve {made['code']}")
        assert (await api.request(made["id"], by="carol"))["status"] == "approved"
        assert most <= NEWEST

        seen: set[str] = set()
        cursor: str | None = None
        for _ in range(MANY // 100):
            params = {"page_size": 100, "status": "pending"} | ({"cursor": cursor} if cursor else {})
            page = (await api("GET", HITL, params=params)).json()
            seen |= {item["id"] for item in page["items"]}
            cursor = page["next_cursor"]
        assert (len(seen), cursor) == (MANY, None)
        assert most <= NEWEST

        clock.advance(hours=1)
        assert (await api("GET", f"{HITL}/pending-count")).json() == {"count": 0}
        assert (await api("GET", HITL, params={"status": "pending"})).json()["items"] == []
        await api.talk.program.approval_clock.expire_due()  # beside the program's own timer
        async with api.talk.database.read() as uow:
            assert await uow.approvals.due(clock.now(), limit=1) == ()
        assert most <= NEWEST
        expired = (await api("GET", HITL, params={"status": "expired"})).json()["items"]
        assert {item["responded_by"] for item in expired} == {"system:expiry"}
