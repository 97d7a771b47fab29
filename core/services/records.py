"""Rows that several services write in the same way: executions, their actions, their ends, what is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.artifacts import Artifact, ArtifactType
from core.domain.base import Domain, new_code, new_id
from core.domain.events import ErrorOccurred
from core.domain.executions import ChatActionRecord, ChatActionResult, Execution, ExecutionStatus
from core.domain.messages import ConversationRef
from core.domain.notices import Notice, NoticeKind
from core.errors.words import kept
from core.services.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.domain.actions import ChatAction
    from core.domain.cards import Card
    from core.domain.events import ExecutionEvent
    from core.domain.messages import IncomingMessage
    from core.domain.skills import StoredBundle, StoredFile
    from core.errors import SkillwardenError
    from core.ports import UnitOfWork


class Speaker(Domain):
    """Who asks for something, through which platform account, and where the answer goes."""

    user_id: str
    external_id: str
    conversation: ConversationRef


async def new_execution(
    uow: UnitOfWork,
    speaker: Speaker,
    *,
    now: datetime,
    dedupe_key: str,
    text: str,
    actor: str | None = None,
    **more: Any,
) -> Execution:
    """Store and return a pending execution with a code of its own; ``actor`` began it (None: who speaks)."""
    execution_id, conversation = new_id(now), speaker.conversation
    length = 4
    while await uow.executions.code_taken(code := new_code(length)):
        length += 1
    execution = Execution(
        id=execution_id,
        code=code,
        user_id=speaker.user_id,
        channel=conversation.channel,
        workspace_id=conversation.workspace_id,
        channel_id=conversation.conversation_id,
        thread_id=conversation.thread_id,
        is_private=conversation.private,
        channel_user_id=speaker.external_id,
        dedupe_key=dedupe_key,
        input_text=text,
        prompt=text,
        job_name=f"skillwarden-{execution_id}",
        created_at=now,
        updated_at=now,
        **more,
    )
    await uow.executions.add(execution)
    await Ledger(uow, now=now, actor=actor or speaker.user_id).note(
        "execution", execution_id, execution_id, None, execution.status
    )
    return execution


async def execution_of(uow: UnitOfWork, speaker: Speaker, message: IncomingMessage, *, now: datetime) -> Execution:
    """Return the execution of ``message``: a new one, but over HTTP the one that was stored together with it."""
    known = await uow.executions.by_dedupe_key(message.dedupe_key) if message.sender.channel == "api" else None
    return known or await new_execution(uow, speaker, now=now, dedupe_key=message.dedupe_key, text=message.text)


async def new_chat_action(
    uow: UnitOfWork, execution: Execution, action: ChatAction, *, now: datetime
) -> ChatActionRecord:
    """Store and return the audit row of ``action``."""
    record = ChatActionRecord(
        id=new_id(now),
        user_id=execution.user_id,
        intent=action.intent,
        input_text=execution.input_text,
        resolved_action=action,
        execution_id=execution.id,
        created_at=now,
        updated_at=now,
    )
    await uow.chat_actions.add(record)
    ledger = Ledger(uow, now=now, actor=execution.user_id)
    await ledger.note("chat_action", record.id, execution.id, None, record.result)
    return record


async def meant_action(uow: UnitOfWork, execution: Execution, action: ChatAction, *, now: datetime) -> ChatActionRecord:
    """Store and return the audit row of ``action``; where what was said has one already, it says now what was meant."""
    record = await uow.chat_actions.of_execution(execution.id)
    if record is None:
        return await new_chat_action(uow, execution, action, now=now)
    changed = record.evolve(intent=action.intent, resolved_action=action, updated_at=now)
    await uow.chat_actions.update(changed, expected=record.result)
    return changed


async def fail_execution(
    uow: UnitOfWork,
    execution: Execution,
    error: SkillwardenError,
    *,
    now: datetime,
    actor: str,
    record: ChatActionRecord | None,
    notify: bool = True,
) -> Execution:
    """End ``execution`` with ``error``: recorded, told to the requester in a reply of its own."""
    failed = await Ledger(uow, now=now, actor=actor).execution(
        execution,
        ExecutionStatus.FAILED,
        reason=str(error),
        waiting_for=None,
        completed_at=now,
        **error_columns(error),
    )
    if record is not None and record.result is ChatActionResult.ACCEPTED:
        await Ledger(uow, now=now, actor=actor).chat_action(record, ChatActionResult.FAILED)
    await uow.events.append(execution.id, execution.user_id, error_event(error, now, ended="failed"))
    if notify:
        await uow.notices.add(card_notice(execution, NoticeKind.OUTCOME, now))
    return failed


async def answer_with(
    uow: UnitOfWork, execution: Execution, record: ChatActionRecord, card: Card, *, now: datetime
) -> None:
    """Reply with ``card`` and end ``execution``: it was a question."""
    payload = {"card": card.model_dump(mode="json"), "asker": execution.channel_user_id}
    await uow.notices.add(card_notice(execution, NoticeKind.REPLY, now, payload=payload))
    ledger = Ledger(uow, now=now, actor=execution.user_id)
    running = await ledger.execution(execution, ExecutionStatus.RUNNING, waiting_for=None, started_at=now)
    await ledger.execution(running, ExecutionStatus.COMPLETED, completed_at=now)
    await ledger.chat_action(record, ChatActionResult.EXECUTED)


def error_event(error: SkillwardenError, now: datetime, **more: Any) -> ErrorOccurred:
    """Return the event that records ``error``; ``more`` says which steps failed, or how the execution ended."""
    return ErrorOccurred(
        timestamp=now, error=str(error), error_type=error.error_type, recoverable=error.recoverable, **more
    )


def ending(events: Sequence[ExecutionEvent], ended: str) -> list[ExecutionEvent]:
    """Return ``events``, of which the last one says how the execution ended."""
    return [*events[:-1], *(event.evolve(ended=ended) for event in events[-1:])]


def error_columns(error: SkillwardenError) -> dict[str, Any]:
    """Return what an execution keeps of ``error``: enough to say it again in any language."""
    return {
        "error_code": error.code,
        "error_message": str(error),
        "error_details": {
            "msgid": error.msgid,
            "params": {name: kept(value) for name, value in error.written.items()},
            "recoverable": error.recoverable,
        },
    }


def card_notice(execution: Execution, kind: NoticeKind, now: datetime, **more: Any) -> Notice:
    """Return a notice of ``kind`` in the conversation of ``execution``, said at most once."""
    return Notice(
        id=new_id(now),
        dedupe_key=f"{kind}:{execution.id}",
        kind=kind,
        execution_id=execution.id,
        user_id=execution.user_id,
        conversation=execution.conversation,
        next_attempt_at=now,
        created_at=now,
        **more,
    )


def diff_artifact(execution: Execution, name: str, stored: StoredFile, now: datetime) -> Artifact:
    """Return the artifact that records how two contents differ, as belonging to ``execution``."""
    return Artifact(
        id=new_id(now),
        execution_id=execution.id,
        file_name=name,
        file_path=stored.path,
        file_size=stored.size,
        mime_type="text/x-diff",
        checksum=stored.checksum,
        type=ArtifactType.DOCUMENT,
        created_at=now,
    )


def bundle_artifact(execution: Execution, name: str, stored: StoredBundle, now: datetime) -> Artifact:
    """Return the artifact that records a file of the bundle store as belonging to ``execution``."""
    return Artifact(
        id=new_id(now),
        execution_id=execution.id,
        file_name=f"{name}.tar",
        file_path=stored.path,
        file_size=stored.size,
        mime_type="application/x-tar",
        checksum=stored.checksum,
        type=ArtifactType.CODE,
        tags={"digest": stored.digest},
        created_at=now,
    )
