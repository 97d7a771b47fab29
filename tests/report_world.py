"""What a report is made from: a team's requests, skills, providers and targets, and somebody's look at them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.locale.translator import Catalogues
from core.domain.actions import ChatAction
from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.events import ChainedEvent, ExecutionEvent, chain
from core.domain.executions import ChatActionRecord, Execution, ExecutionStatus
from core.domain.messages import Actor, ConversationRef, IncomingMessage
from core.domain.skills import Skill
from core.domain.targets import InstallTarget, Provider
from core.domain.users import ChannelIdentity, Role, User
from core.services.reader import Reader
from core.services.turn import Turn
from tests.clock import START
from tests.fake_unit_of_work import repository, unit_of_work
from tests.request_views import subject, view

NOW = START + timedelta(minutes=30)
TRANSLATOR = Catalogues()
TRANSLATOR.zone("Asia/Seoul")  # its first use reads a file, which must not happen in the event loop
ALICE, BOB, CAROL = (
    User(
        id=f"u-{name}",
        email=f"{name}@test.invalid",
        name=name.title(),
        role=role,
        timezone="Asia/Seoul",
        created_at=START,
    )
    for name, role in (("alice", Role.USER), ("bob", Role.ADMIN), ("carol", Role.ADMIN))
)
CONSOLE = ConversationRef(channel="console", conversation_id="console")


class World:
    """What the database holds; ``turn`` is somebody's look at it."""

    def __init__(self) -> None:
        self.executions: dict[str, Execution] = {}
        self.actions: dict[str, ChatAction] = {}
        self.requests: dict[str, ApprovalRequest] = {}
        self.votes: tuple[Vote, ...] = ()
        self.events: dict[str, tuple[ExecutionEvent, ...]] = {}
        self.skills: tuple[Skill, ...] = ()
        self.providers: tuple[Provider, ...] = ()
        self.targets: tuple[InstallTarget, ...] = ()
        self.asked_for: dict[str, Any] = {}

    def add(
        self, execution: Execution, action: ChatAction, *events: ExecutionEvent, asked: ApprovalRequest | None = None
    ) -> None:
        """Add a request, newest last."""
        self.executions[execution.id] = execution
        self.actions[execution.id] = action
        self.events[execution.id] = events
        if asked is not None:
            self.requests[execution.id] = asked.evolve(id=f"r-{execution.id}", execution_id=execution.id)

    def turn(self, who: User = BOB) -> Turn:
        """Return a turn of ``who``."""
        people = {person.name: person for person in (ALICE, BOB, CAROL)}
        identity = ChannelIdentity(id="i", channel="slack", external_id="U7", user_id=who.id, created_at=START)

        def recent(**asked_for: Any) -> tuple[Execution, ...]:
            self.asked_for = asked_for
            return tuple(reversed(self.executions.values()))

        uow = unit_of_work(
            users=repository(
                all=(ALICE, BOB, CAROL),
                by_name=people.get,
                identities=lambda _: (identity,),
                all_identities=tuple(identity.evolve(user_id=person.id) for person in people.values()),
            ),
            delegations=repository(active=()),
            executions=repository(
                get=self.executions.get,
                by_code=lambda code: next((e for e in self.executions.values() if e.code == code), None),
                recent=recent,
                last_in=lambda where: next(iter(recent(conversation=where)), None),
            ),
            chat_actions=repository(of_execution=self._record),
            approvals=repository(
                of_execution=self.requests.get,
                pending=lambda _, *, limit: tuple(
                    r for r in self.requests.values() if r.status is ApprovalStatus.PENDING
                )[:limit],
                votes=lambda key: tuple(v for v in self.votes if v.request_id == key),
                votes_on=lambda keys: tuple(v for v in self.votes if v.request_id in keys),
            ),
            runs=repository(of_execution=(), waiting=()),
            events=repository(of_execution=self._rows),
            skills=repository(all=lambda: self.skills),
            providers=repository(all=lambda: self.providers),
            targets=repository(all=lambda: self.targets),
            freezes=repository(active=()),
            drifts=repository(unresolved=()),
        )
        inbound = IncomingMessage(
            dedupe_key="k",
            received_at=NOW,
            sender=Actor(channel="console", external_id=who.id),
            conversation=CONSOLE,
            text="?",
        )
        return Turn(uow=uow, inbound=inbound, user=who, reader=Reader(TRANSLATOR, who, NOW), now=NOW)

    def _record(self, key: str) -> ChatActionRecord:
        action = self.actions[key]
        return ChatActionRecord(
            id="a",
            user_id="u-alice",
            intent=action.intent,
            input_text="",
            resolved_action=action,
            created_at=START,
            updated_at=START,
        )

    def _rows(self, key: str) -> tuple[ChainedEvent, ...]:
        found: list[ChainedEvent] = []
        for event in self.events[key]:
            after = found[-1] if found else None
            payload = event.model_dump(mode="json")
            found.append(
                chain(
                    event,
                    execution_id=key,
                    user_id="u",
                    created_at=event.timestamp,
                    after=after,
                    payload=payload,
                    salt="s",
                )
            )
        return tuple(found)


def execution(number: int, code: str, status: ExecutionStatus, **changes: Any) -> Execution:
    """Return the ``number``-th request, made that many hours ago."""
    return view(subject()).execution.evolve(
        id=f"e-{number}", code=code, status=status, created_at=NOW - timedelta(hours=number), **changes
    )
