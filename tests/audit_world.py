"""A record to check: every kind of event, two checkpoints, a redaction, and an execution that retention let go."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.integrations.checkpoint_file import DiskCheckpointFile
from bot.integrations.signing import Ed25519Signer
from bot.locale.translator import Catalogues
from bot.verify_export import signature_check
from core.domain.audit.checking import Checked, Checker, Finding
from core.domain.events import (
    ApprovalDetails,
    ApprovalReceived,
    ApprovalRequested,
    ErrorOccurred,
    ExecutionEvent,
    MessageReceived,
    PlanGenerated,
    ResponseSent,
    ToolCompleted,
    ToolInvoked,
    ToolResult,
)
from core.domain.executions import Execution
from core.domain.messages import ConversationRef
from core.domain.plans import ExecutionPlan, PlanStep, RiskLevel
from core.errors import ErrorType
from core.ports import Storage
from core.services.audit_export import export
from core.services.checkpoints import Checkpoints
from core.services.redaction import Redactions
from core.services.verification import verify
from tests.clock import START, FakeClock
from tests.storage_factory import World, make_event, make_execution, make_message, make_subject

#: What a test signs with: 32 bytes in base64.
KEY = "Xl5e" * 10 + "Xl4="
ROOM = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1")


def every_event(world: World) -> list[ExecutionEvent]:
    """Return one event of each of the eight kinds."""
    subject = make_subject(world.skill, (world.provider, world.target))
    plan = ExecutionPlan(
        goal="install pdf",
        steps=(PlanStep(description="fetch", tool="fetch", input={"ref": "main"}),),
        estimated_risk=RiskLevel.WRITE,
        requires_approval=True,
    )
    details = ApprovalDetails(
        code=world.execution.code,
        request_id=world.request.id,
        revision=1,
        subject=subject,
        policy="write",
        threshold=1,
        subject_hash=subject.hash,
        expires_at=START + timedelta(hours=1),
    )
    answer = ToolResult(success=True, output={"files": 9})
    return [
        MessageReceived(message=make_message("pdf 설치").normalized(), timestamp=START),
        PlanGenerated(plan=plan, model_used="rules", tokens_used=0, timestamp=START),
        ApprovalRequested(action="install", risk_level=RiskLevel.WRITE, details=details, timestamp=START),
        ApprovalReceived(approved=True, by="bob", channel="slack", comment="fine", revision=1, timestamp=START),
        ToolInvoked(
            tool="install", step=0, input={"api_key": 1}, input_masked={"api_key": "***MASKED***"}, timestamp=START
        ),
        ToolCompleted(tool="install", step=0, output=answer, output_masked=answer, duration_ms=7, timestamp=START),
        ResponseSent(text="Installed.", channel="slack", timestamp=START),
        ErrorOccurred(error="late", error_type=ErrorType.TIMEOUT, recoverable=True, timestamp=START),
    ]


@dataclass(kw_only=True)
class Trail:
    """A stored record and what seals it.

    ``long`` has events of every kind and of a redaction, ``short`` three, half of them under the second checkpoint;
    ``gone`` was let go.
    """

    database: Storage
    clock: FakeClock
    file: DiskCheckpointFile
    checkpoints: Checkpoints
    long: Execution
    short: Execution
    gone: Execution

    @property
    def kept(self) -> str:
        """What has left the database."""
        return Path(self.file.where).read_text()

    @property
    def key(self) -> str:
        """The public key that checkpoints are signed with."""
        return str(json.loads(self.kept.splitlines()[0])["key_id"])

    async def found(self, **options: object) -> list[str]:
        """Return what verification finds, in sentences."""
        return (await self.read(**options))[1]

    async def read(self, **options: object) -> tuple[Checked, list[str], list[str]]:
        """Return what was read, what verification finds, and what it notes."""
        findings: list[Finding] = []
        notes: list[Finding] = []
        since = options.pop("since", None)
        checker = Checker(findings.append, notes.append, is_signed=signature_check(is_needed=True), **options)  # type: ignore[arg-type]  # what a test names
        checked = await verify(self.database, checker, since=since)  # type: ignore[arg-type]  # as above
        assert checked.findings == len(findings)
        return checked, [str(one) for one in findings], [str(one) for one in notes]

    async def exported(self, *executions: str) -> list[bytes]:
        """Return the lines of an export."""
        return [line async for line in export(self.database, now=self.clock.now(), executions=executions)]


async def make_trail(database: Storage, world: World, clock: FakeClock, folder: Path) -> Trail:
    """Store a record, seal it in two checkpoints, redact, let one execution go."""
    file = DiskCheckpointFile(folder / "checkpoints.jsonl")
    translator = await asyncio.to_thread(Catalogues)
    checkpoints = Checkpoints(
        storage=database,
        clock=clock,
        translator=translator,
        file=file,
        signer=Ed25519Signer.load(KEY, setting="key"),
        rooms=lambda: (ROOM,),
    )
    short, gone = make_execution(world.alice), make_execution(world.alice)
    async with database.begin() as uow:
        await uow.executions.add(short)
        await uow.executions.add(gone)
        await uow.events.append(world.execution.id, world.alice.id, *every_event(world)[:4])
        await uow.events.append(short.id, world.bob.id, make_event("first"), make_event("설치"))
        await uow.events.append(gone.id, world.alice.id, make_event("forgotten"))
        await uow.commit()
    await checkpoints.make()
    clock.advance(hours=1)
    async with database.begin() as uow:
        await uow.events.append(short.id, world.bob.id, make_event("third"))
        await uow.events.append(world.execution.id, world.alice.id, *every_event(world)[4:])
        await uow.events.remove([gone.id])
        await uow.executions.remove([gone.id])
        await uow.commit()
    redactions = Redactions(storage=database, clock=clock)
    await redactions.redact(None, world.execution.code, 4, "comment", reason="a name that has no place here")
    await checkpoints.make()
    clock.advance(hours=1)
    return Trail(
        database=database,
        clock=clock,
        file=file,
        checkpoints=checkpoints,
        long=world.execution,
        short=short,
        gone=gone,
    )
