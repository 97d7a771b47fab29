"""PolicyKeeper: the policy's versions. A changed one is put on the record, and asks what is pending anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.base import new_id
from core.domain.policies import PolicyVersion
from core.domain.policy import decide
from core.services.approval_notices import ask_newcomers
from core.services.closing import cancel_execution
from core.services.policy_review import review
from core.services.waits import look_soon

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest
    from core.domain.policy import Policy
    from core.ports import Clock, Storage, UnitOfWork
    from core.services.approval_changes import ApprovalChanges
    from core.services.people import People
    from core.services.policy_review import Review
    from core.services.rosters import Rosters


class PolicyKeeper:
    """Makes the configured policy the active one, once, before anything is decided under it."""

    def __init__(
        self,
        *,
        storage: Storage,
        clock: Clock,
        policy: Policy,
        rosters: Rosters,
        people: People,
        changes: ApprovalChanges,
    ) -> None:
        """Adopt ``policy``; record it as ``people`` record what is done on the host; ask anew through ``changes``."""
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._rosters = rosters
        self._people = people
        self._changes = changes

    async def adopt(self) -> None:
        """Store the policy if it is another one than the active, and ask every pending request under it.

        The first one changes nothing: it is what requests are asked under from the beginning.
        """
        await self._rosters.look_up()
        async with self._storage.begin() as uow:
            before = await uow.policies.active()
            if before is not None and before.hash == self._policy.hash:
                return
            now = self._clock.now()
            version = PolicyVersion(
                id=new_id(now),
                version=before.version + 1 if before else 1,
                hash=self._policy.hash,
                rules=self._policy.model_dump(mode="json"),
                is_active=True,
                created_at=now,
            )
            await uow.policies.add(version)
            if before is not None:
                await self._record(uow, before, version)
                for request in await uow.approvals.pending(now):
                    await self._ask_anew(uow, request)
                await ask_newcomers(uow, now)
                await look_soon(uow, now)
            await uow.commit()

    async def review(self) -> Review:
        """Say what is wrong with the policy, given the people of this moment."""
        async with self._storage.read() as uow:
            return review(self._policy, await self._rosters.load(uow), now=self._clock.now())

    async def _record(self, uow: UnitOfWork, before: PolicyVersion, version: PolicyVersion) -> None:
        """Put the change on the record as the host's doing.

        An execution's row belongs to somebody. Nobody in particular is concerned by a policy, and its author is not
        known: it is kept with whoever has been known longest, while all that it says was done by ``HOST``.
        """
        people = await uow.users.all()
        if people:
            said = f"policy version {version.version} ({version.hash[:12]}): {_difference(before, version)}"
            await self._people.record(uow, people[0], said)

    async def _ask_anew(self, uow: UnitOfWork, request: ApprovalRequest) -> None:
        if await self._changes.obey(uow, request):
            return
        execution = await uow.executions.get(request.execution_id or "")
        if execution is None or execution.subject is None:
            raise ValueError(f"{request.code} is about nothing")
        rule = decide(self._policy, execution.subject.facts(execution.conversation))
        comment = "the policy was changed, and does not allow this any more"
        await cancel_execution(uow, execution, now=self._clock.now(), actor=f"policy:{rule.name}", comment=comment)


def _difference(before: PolicyVersion, after: PolicyVersion) -> str:
    """Say which rules are not what they were, by name."""
    old, new = ({rule["name"]: rule for rule in version.rules["rules"]} for version in (before, after))
    changes = (
        ("new", [name for name in new if name not in old]),
        ("changed", [name for name in new if name in old and old[name] != new[name]]),
        ("gone", [name for name in old if name not in new]),
    )
    parts = [f"{what}: {', '.join(names)}" for what, names in changes if names]
    if before.rules.get("groups") != after.rules.get("groups"):
        parts.append("other people in its groups")
    return "; ".join(parts) or "its rules are in another order"
