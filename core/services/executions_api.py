"""Executions as programs see them: asked for, listed, looked at, cancelled - by the rules that hold in chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.domain.artifacts import Artifact, ArtifactStatus
from core.domain.base import Domain, new_id, sha256_hex
from core.domain.callbacks import check_callback
from core.domain.events import ChainedEvent
from core.domain.executions import Execution, ExecutionStatus, StatusTransition
from core.domain.listing import ExecutionFilter, Order, Place
from core.domain.messages import Actor, ConversationRef, IncomingMessage
from core.errors import AskedTooOften, CallbacksUnsigned, KeyReused, TooBusy, TooLateToCancel, UnknownExecution
from core.services.closing import cancel_execution
from core.services.people import HOST
from core.services.reception import inbox_item
from core.services.records import Speaker, new_execution

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.domain.masking import Masker
    from core.domain.users import User
    from core.ports import Clock, Storage, UnitOfWork
    from core.services.access import Principal
    from core.services.approval_service import ApprovalService
    from core.services.rates import Rates

#: From where an execution can be cancelled (data-model.md, conflict 8).
CANCELLABLE = (ExecutionStatus.PENDING, ExecutionStatus.RUNNING)
_KEPT = {ArtifactStatus.ACTIVE, ArtifactStatus.ARCHIVED}


class NewExecution(Domain):
    """What is asked for (seed 004: CreateExecutionDto); ``timeout`` in seconds, None: the default of an Execution."""

    prompt: str
    model: str | None = None
    max_tokens: int | None = None
    metadata: dict[str, Any] | None = None
    timeout: int | None = None
    callback_url: str | None = None
    resources: dict[str, Any] | None = None


class ExecutionRecord(Domain):
    """An execution with its own transitions and the artifacts that are not deleted, both oldest first."""

    execution: Execution
    transitions: tuple[StatusTransition, ...]
    artifacts: tuple[Artifact, ...]


class ExecutionsApi:
    """Serves people's programs, and the host's operator (who is nobody: None sees and may do everything)."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        masker: Masker,
        approvals: ApprovalService | None = None,
        plain_hosts: Collection[str] = (),
        signs: bool = False,
        rates: Rates | None = None,
    ) -> None:
        """Cancel through ``approvals`` (None: for the operator alone); allow callbacks by http to ``plain_hosts``.

        ``masker`` is what stands before ``storage``. Without somebody who ``signs`` them, there are no callbacks.
        What goes beyond ``rates`` (None: nothing does) is not taken.
        """
        self._storage = storage
        self._clock = clock
        self._masker = masker
        self._approvals = approvals
        self._plain_hosts = frozenset(plain_hosts)
        self._signs = signs
        self._rates = rates

    async def submit(self, principal: Principal, wanted: NewExecution, *, key: str | None) -> tuple[Execution, bool]:
        """Store a request as the dispatcher's next delivery; once this returns it will be worked on.

        Returns:
            The execution, and whether it is new: the same ``key`` of the same person leads to the same one.

        Raises:
            CallbackNotAllowed, CallbacksUnsigned: it may not be called back.
            KeyReused: something else was sent with the ``key`` before.
            AskedTooOften: it is one too many, and nothing is stored: the ``key`` stays free.
        """
        if wanted.callback_url is not None:
            check_callback(wanted.callback_url, self._plain_hosts)
            if not self._signs:
                raise CallbacksUnsigned
        now, user = self._clock.now(), principal.user
        dedupe_key = f"api:{sha256_hex(f'{user.id}:{key}'.encode()) if key is not None else new_id(now)}"
        where = ConversationRef(channel="api", conversation_id=user.id, private=True)
        columns = {name: value for name, value in wanted if name != "prompt" and value is not None}
        async with self._storage.begin() as uow:
            known = await uow.executions.by_dedupe_key(dedupe_key)
            if known is not None:
                if not self._became(known, wanted):
                    raise KeyReused(request=known.code)
                return known, False
            sender = Actor(channel="api", external_id=user.id, display_name=user.name)
            message = IncomingMessage(
                dedupe_key=dedupe_key, received_at=now, sender=sender, conversation=where, text=wanted.prompt
            )
            self._check_pace(message)
            speaker = Speaker(user_id=user.id, external_id=user.id, conversation=where)
            made = await new_execution(uow, speaker, now=now, dedupe_key=dedupe_key, text=wanted.prompt, **columns)
            await uow.inbox.add(inbox_item(message, now))
            stored = await uow.executions.get(made.id)
            await uow.commit()
        return stored or made, True

    def _check_pace(self, message: IncomingMessage) -> None:
        if self._rates is None:
            return
        try:
            self._rates.check(message)
        except TooBusy as busy:
            raise AskedTooOften(limit=busy.params["limit"], seconds=busy.params["seconds"]) from None

    def _became(self, known: Execution, wanted: NewExecution) -> bool:
        """Whether ``known`` is what was made of ``wanted``: secrets are masked in it, and defaults filled in."""
        asked = {
            name: Execution.model_fields[name].default if value is None else value
            for name, value in wanted
            if name != "prompt"
        } | {"input_text": wanted.prompt}
        stored = {name: getattr(known, name) for name in asked}
        return bool(self._masker.data(asked) == self._masker.data(stored))

    async def page(
        self,
        principal: Principal | None,
        wanted: ExecutionFilter,
        order: Order,
        *,
        limit: int,
        offset: int = 0,
        after: Place | None = None,
    ) -> tuple[Execution, ...]:
        """Return what ``wanted`` matches of what the person may see; see ``Executions.listed``."""
        if principal is not None and principal.sees_only is not None:
            wanted = wanted.evolve(user_id=principal.sees_only)
        async with self._storage.read() as uow:
            return await uow.executions.listed(wanted, order, limit=limit, offset=offset, after=after)

    async def get(self, principal: Principal | None, name: str) -> ExecutionRecord:
        """Return the execution with this id or code, as people write it.

        Raises:
            UnknownExecution: there is none that the person may see.
        """
        async with self._storage.read() as uow:
            execution = await self._visible(uow, principal, name)
            return await _record(uow, execution)

    async def events(self, principal: Principal | None, execution_id: str) -> tuple[ChainedEvent, ...]:
        """Return the chain of an execution.

        Raises:
            UnknownExecution: as for ``get``.
        """
        async with self._storage.read() as uow:
            execution = await self._visible(uow, principal, execution_id)
            return await uow.events.of_execution(execution.id)

    async def cancel(self, principal: Principal | None, name: str, *, comment: str | None = None) -> ExecutionRecord:
        """Stop an execution and return it as it is now.

        Raises:
            UnknownExecution: as for ``get``.
            TooLateToCancel, RequestExpired: it has ended.
        """
        async with self._storage.begin() as uow:
            execution = await self._visible(uow, principal, name)
            person = await uow.users.get(principal.user.id) if principal else None
            await self._cancel(uow, execution, person, comment)
            await uow.commit()
        return await self.get(principal, execution.id)

    async def _cancel(self, uow: UnitOfWork, execution: Execution, person: User | None, comment: str | None) -> None:
        if person is not None and self._approvals is not None:
            await self._approvals.cancel(uow, execution, person, comment=comment)
            return
        if person is not None:
            raise ValueError("this serves the operator alone")
        if execution.status not in CANCELLABLE:
            raise TooLateToCancel(code=execution.code, state=execution.status)
        await cancel_execution(uow, execution, now=self._clock.now(), actor=HOST, comment=comment)

    @staticmethod
    async def _visible(uow: UnitOfWork, principal: Principal | None, name: str) -> Execution:
        name = name.removeprefix("#")
        execution = await (uow.executions.get(name.lower()) if "-" in name else uow.executions.by_code(name.upper()))
        if execution is None or (principal is not None and not principal.may_see(execution)):
            raise UnknownExecution(execution=name)
        return execution


async def _record(uow: UnitOfWork, execution: Execution) -> ExecutionRecord:
    moved = await uow.executions.transitions(execution.id)
    artifacts = await uow.artifacts.of_execution(execution.id)
    return ExecutionRecord(
        execution=execution,
        transitions=tuple(one for one in moved if one.entity_type == "execution"),
        artifacts=tuple(one for one in artifacts if one.status in _KEPT),
    )
