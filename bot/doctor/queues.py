"""What the database knows: messages that did not leave, deliveries that nobody works on, and who may approve."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.doctor.findings import Finding, ok, problem, warning
from core.domain.hidden_text import visible
from core.domain.messages import ChannelName
from core.domain.notices import Backlog
from core.domain.users import User
from core.errors import Unreachable
from core.ports import Storage

# What waits longer is stuck: an attempt comes every five minutes, and up to half as much later.
_STUCK = timedelta(minutes=10)
_LONGEST_ERROR = 300  # characters
_DAY = timedelta(days=1)


async def check_notices(storage: Storage, now: datetime) -> Sequence[Finding]:
    """Look at what has to be said and was not."""
    async with storage.read() as uow:
        waiting, failed = await uow.notices.waiting(), await uow.notices.failures(now - _DAY)
    return _judged(
        "notices",
        waiting,
        failed,
        now,
        advice='Repair what the error names; "skillwarden serve" tries again by itself.',
    )


async def check_deliveries(storage: Storage, now: datetime) -> Sequence[Finding]:
    """Look at what was received and not worked on."""
    async with storage.read() as uow:
        waiting, failed = await uow.inbox.waiting(), await uow.inbox.failures(now - _DAY)
    return _judged(
        "deliveries", waiting, failed, now, advice='"skillwarden serve" works on them; if it runs, look into its log.'
    )


async def check_people(storage: Storage, channels: Collection[ChannelName]) -> Sequence[Finding]:
    """Look for those who can approve: active admins with an account on one of ``channels``."""
    linked = []
    async with storage.read() as uow:
        for person in await uow.users.all():
            accounts = await uow.users.identities(person.id) if person.is_admin else ()
            if any(account.channel in channels for account in accounts):
                linked.append(person)
    return [_approvers(linked)]


def _approvers(linked: Sequence[User]) -> Finding:
    """Judge whether the default policy can be satisfied: one admin who did not ask has to approve."""
    add = 'Use "skillwarden users add NAME --role admin" and "skillwarden users link".'
    if not linked:
        return problem("people", "no active admin has an account here, so nobody can approve", add)
    names = ", ".join(admin.name for admin in linked)
    if len(linked) == 1:
        return warning("people", f"{names} is the only admin here; nobody can approve what they ask for", add)
    return ok("people", f"{len(linked)} admins can approve: {names}")


def _judged(check: str, waiting: Backlog, failed: Backlog, now: datetime, *, advice: str) -> list[Finding]:
    findings = []
    age = now - (waiting.oldest or now)
    if age > _STUCK:
        found = f"{waiting.count} wait, the oldest for {_words(age)}{_because(waiting)}"
        findings.append(problem(check, found, advice, Unreachable.exit_code))
    else:
        findings.append(ok(check, f"{waiting.count} wait" if waiting.count else "none waits"))
    if failed.count:
        found = f"{failed.count} failed for good in the last day{_because(failed)}"
        findings.append(
            warning(check, found, "They are not tried again; whom they concern has to be told or ask anew.")
        )
    return findings


def _because(backlog: Backlog) -> str:
    return f'; the last error: "{visible(backlog.last_error, _LONGEST_ERROR)}"' if backlog.last_error else ""


def _words(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min" if hours else f"{minutes} min"
