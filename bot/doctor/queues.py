"""What the database knows: stuck messages and deliveries, providers, places that drifted, rules nobody can satisfy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.cli_words import TONGUE, say
from bot.doctor.findings import Finding, ok, problem, warning
from core.domain.drift import DriftStatus
from core.domain.eligibility import Roster
from core.domain.hidden_text import visible
from core.domain.masking import Masker
from core.domain.messages import ChannelName
from core.domain.notices import Backlog
from core.domain.policy import Policy
from core.domain.targets import Provider, ProviderStatus
from core.errors import Unreachable, Words, listed
from core.ports import Clock, Installers, Storage
from core.services.policy_review import alone, review, voters
from core.services.provider_health import ProviderHealth
from core.services.rosters import Rosters

# What waits longer is stuck: an attempt comes every five minutes, and up to half as much later.
_STUCK = timedelta(minutes=10)
_LONGEST_ERROR = 300  # characters
_LONGEST_LOOK = 20.0  # seconds; somebody sits there and waits
_DAY = timedelta(days=1)
_NAMED = 5  # of a list


async def check_notices(storage: Storage, now: datetime) -> Sequence[Finding]:
    """Look at what has to be said and was not."""
    async with storage.read() as uow:
        waiting, failed = await uow.notices.waiting(), await uow.notices.failures(now - _DAY)
    return _judged(
        "notices",
        waiting,
        failed,
        now,
        advice=Words('Repair what the error names; "skillwarden serve" tries again by itself.'),
    )


async def check_deliveries(storage: Storage, now: datetime) -> Sequence[Finding]:
    """Look at what was received and not worked on."""
    async with storage.read() as uow:
        waiting, failed = await uow.inbox.waiting(), await uow.inbox.failures(now - _DAY)
    return _judged(
        "deliveries",
        waiting,
        failed,
        now,
        advice=Words('"skillwarden serve" works on them; if it runs, look into its log.'),
    )


async def check_providers(storage: Storage, clock: Clock, installers: Installers, masker: Masker) -> Sequence[Finding]:
    """Look at each provider now, all side by side; nothing is noted of it."""
    health = ProviderHealth(storage=storage, clock=clock, installers=installers, mask=masker.text, limit=_LONGEST_LOOK)
    async with storage.read() as uow:
        providers = await uow.providers.all()
    wrong = await health.problems([one for one in providers if one.status is not ProviderStatus.DISCONNECTED])
    return [_state(one, wrong.get(one.id)) for one in providers] or [ok("providers", Words("none is connected yet"))]


def _state(provider: Provider, wrong: str | None) -> Finding:
    """Say whether ``provider`` can be used, and whether the bot knows."""
    check, known = f"provider {provider.display_name}", visible(provider.last_error or "", _LONGEST_ERROR)
    if provider.status is ProviderStatus.DISCONNECTED:
        return ok(check, Words("it is disconnected"))
    if wrong is not None:
        found = Words("it cannot be used: {error}", error=visible(wrong, _LONGEST_ERROR))
        advice = Words("Repair that; until then nothing is installed there.")
        return problem(check, found, advice, Unreachable.exit_code)
    if provider.status is ProviderStatus.ERROR or known:
        found = Words(
            "it can be used again; what was wrong: {error}", error=known or Words("nobody has written down why")
        )
        advice = Words('The bot sees that within five minutes; "skillwarden providers check" tells it at once.')
        return warning(check, found, advice)
    return ok(check, Words("it can be used"))


async def check_drift(storage: Storage) -> Sequence[Finding]:
    """Say at which places something else was found than what was approved for them; what is ignored is counted."""
    async with storage.read() as uow:
        known = await uow.drifts.unresolved()
    differ = [drift for drift in known if drift.status is DriftStatus.OPEN]
    ignored = len(known) - len(differ)
    if differ:
        places = [
            Words("{skill} on {provider}", skill=drift.details.skill, provider=drift.details.provider)
            for drift in differ
        ]
        named = listed([*places[:_NAMED], *(["..."] if len(places) > _NAMED else [])])
        found = Words("{n} places are not as approved: {places}", n=len(differ), places=named)
        advice = Words('Say "drift" in chat: what was approved can be put back there, or what is there be accepted.')
        return [warning("drift", found, advice)]
    if ignored:
        return [ok("drift", Words("every place was as approved, but for {n} that an admin ignores", n=ignored))]
    return [ok("drift", Words("every place was as approved when it was looked at last"))]


async def check_people(
    storage: Storage, channels: Collection[ChannelName], policy: Policy, clock: Clock
) -> Sequence[Finding]:
    """Look for rules that those with an account on one of ``channels`` can never satisfy."""
    async with storage.read() as uow:
        roster = await Rosters(clock=clock, policy=policy, channels=channels).load(uow)
    return [_approvers(policy, roster, clock.now())]


def _approvers(policy: Policy, roster: Roster, now: datetime) -> Finding:
    """Judge whether every rule can be satisfied, also for what those ask for who approve."""
    add = Words(
        'Use "skillwarden users" to add and link people, or change the rules; "skillwarden policy check" lists them.'
    )
    found = review(policy, roster, now=now, tongue=TONGUE)
    if found.shortages:
        return problem("people", "; ".join((*found.shortages, *found.remarks)), add)
    remarks = list(found.remarks)
    if names := alone(policy, roster, now=now):
        remarks.append(say("too few others can approve what {names} may ask for", names=", ".join(names)))
    if remarks:
        return warning("people", "; ".join(remarks), add)
    rules = [rule for rule in policy.in_order if rule.outcome == "require"]
    names = tuple(dict.fromkeys(seat.owner.name for rule in rules for seat in voters(rule, roster, (), now)))
    return ok(
        "people",
        Words("{count} people can approve: {names}", count=len(names), names=", ".join(names))
        if names
        else Words("no rule asks anybody"),
    )


def _judged(check: str, waiting: Backlog, failed: Backlog, now: datetime, *, advice: str) -> list[Finding]:
    findings = []
    age = now - (waiting.oldest or now)
    if age > _STUCK:
        found = Words(
            "{count} wait, the oldest for {age}{because}",
            count=waiting.count,
            age=_words(age),
            because=_because(waiting),
        )
        findings.append(problem(check, found, advice, Unreachable.exit_code))
    else:
        findings.append(ok(check, Words("{count} wait", count=waiting.count) if waiting.count else Words("none waits")))
    if failed.count:
        found = Words("{count} failed for good in the last day{because}", count=failed.count, because=_because(failed))
        findings.append(
            warning(check, found, Words("They are not tried again; whom they concern has to be told or ask anew."))
        )
    return findings


def _because(backlog: Backlog) -> str:
    if not backlog.last_error:
        return ""
    return Words('; the last error: "{error}"', error=visible(backlog.last_error, _LONGEST_ERROR))


def _words(age: timedelta) -> Words:
    minutes = int(age.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return Words("{days} d {hours} h", days=days, hours=hours)
    if hours:
        return Words("{hours} h {minutes} min", hours=hours, minutes=minutes)
    return Words("{minutes} min", minutes=minutes)
