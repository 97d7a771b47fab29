"""The record: whether what was written lately still verifies, and whether its newest seal is known to the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.doctor.findings import Finding, ok, problem
from bot.verify_export import signature_check
from core.domain.audit.checking import Checker
from core.domain.audit.checking import Finding as Broken
from core.errors import RecordBroken, Words
from core.ports import CheckpointFile, Storage
from core.services.verification import verify

# Older events are left to "audit verify": a doctor is not waited for that long.
_LATELY = timedelta(days=7)


async def check_record(storage: Storage, file: CheckpointFile, now: datetime) -> Sequence[Finding]:
    """Verify the chains of the last week, and look for the newest checkpoint that has left the database."""
    broken: list[Broken] = []
    checker = Checker(broken.append, lambda _: None, is_signed=signature_check(is_needed=False))
    checked = await verify(storage, checker, since=now - _LATELY)
    advice = Words('Run "skillwarden audit verify", and put back a backup; docs/audit.md says what it can mean.')
    if checked.findings:
        found = Words(
            "{n} things in the last week do not verify, the first: {first}", n=checked.findings, first=str(broken[0])
        )
        return [problem("audit", found, advice, RecordBroken.exit_code)]
    sealed = await file.last()
    async with storage.read() as uow:
        known = {checkpoint["hash"] for checkpoint in await uow.audit.checkpoints()} if sealed else set()
    if sealed is not None and sealed["hash"] not in known:
        found = Words(
            "the database does not have the checkpoint {seq} that is in {file}", seq=sealed["seq"], file=file.where
        )
        return [problem("audit", found, advice, RecordBroken.exit_code)]
    return [ok("audit", Words("the {n} events of the last week verify", n=checked.events))]
