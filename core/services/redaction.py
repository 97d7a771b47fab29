"""Redaction: what somebody wrote is taken out of an event; the chain goes on to verify, and says by whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.audit.checking import REDACTION
from core.domain.audit.hashing import WITHHOLDABLE, digest, field
from core.domain.events import ChainedEvent, ToolInvoked
from core.errors import AdminsOnly, InvalidInput, UnknownEvent, Words
from core.services.people import HOST

if TYPE_CHECKING:
    from core.domain.users import User
    from core.ports import Clock, Storage, UnitOfWork


class Redactions:
    """Serves admins, and the host's operator (who is nobody: None)."""

    def __init__(self, *, storage: Storage, clock: Clock) -> None:
        """Redact in ``storage``."""
        self._storage = storage
        self._clock = clock

    async def redact(self, who: User | None, code: str, seq: int, name: str, *, reason: str) -> tuple[str, ...]:
        """Take the field ``name`` (``input`` means its masked form too) out of event ``seq`` of the execution ``code``.

        Returns:
            The paths of what is gone; what other tables repeat of it for the same execution is gone too.

        Raises:
            AdminsOnly, UnknownEvent: as their docstrings say.
            InvalidInput: there is no reason, or no such field in the event (any more) that can be taken out.
        """
        if not reason.strip():
            raise InvalidInput(detail=Words("a redaction needs a reason, which stays on the record"))
        async with self._storage.begin() as uow:
            # Asked of the database and not of whoever calls: roles change.
            person = await uow.users.get(who.id) if who else None
            if who is not None and (person is None or not person.is_active or not person.is_admin):
                raise AdminsOnly
            event = await _find(uow, code, seq)
            paths = _paths(event, name)
            said = {
                "seq": event.seq,
                "digests": {path: digest(event.salts[path], field(event.payload, path)) for path in paths},
                "reason": reason,
            }
            record = ToolInvoked(timestamp=self._clock.now(), tool=REDACTION, step=0, input=said, input_masked=said)
            await uow.events.append(event.execution_id, person.id if person else HOST, record)
            await uow.events.redact(event, paths)
            await uow.commit()
        return paths


async def _find(uow: UnitOfWork, code: str, seq: int) -> ChainedEvent:
    execution = await uow.executions.by_code(code) or await uow.executions.get(code)
    events = await uow.events.of_execution(execution.id) if execution else ()
    event = next((one for one in events if one.seq == seq), None)
    if event is None:
        raise UnknownEvent(code=code, seq=seq)
    return event


def _paths(event: ChainedEvent, name: str) -> tuple[str, ...]:
    """Return the paths that ``name`` stands for: the field, what is in it, and the same in masked form."""
    if event.event_type == "ToolInvoked" and event.payload["tool"] == REDACTION:
        raise InvalidInput(detail=Words("what a redaction says stays"))
    fields = WITHHOLDABLE[event.event_type]
    meant = [path for path in fields if name in {path, path.split(".")[0], path.split(".")[0].removesuffix("_masked")}]
    paths = tuple(path for path in meant if path in event.salts)
    if not paths:
        left = ", ".join(path for path in fields if path in event.salts) or "none"
        found = {"event": event.event_type, "name": name, "left": left}
        raise InvalidInput(detail=Words("{event} has no field {name} to redact; there are: {left}", **found))
    return paths
