"""Policy talk: what the rules are, who can approve a request, and why it needs that - in words for one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, AskPolicy, risk_of
from core.domain.approvals import ApprovalStatus
from core.domain.cards import Card, Fact
from core.domain.eligibility import Seat, seat_of
from core.domain.plans import RiskLevel
from core.domain.policy import NO_RULE, TTL, ItemFacts, RequestFacts, explain
from core.domain.users import Role
from core.errors import AmbiguousRequest, UnknownRequest
from core.services.questions import waiting_seats
from core.services.reader import name_of, one_line
from core.services.replay_words import change_word
from core.services.subject_facts import level_word
from core.services.views import load_view
from core.services.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.domain.approvals import ApprovalRequest
    from core.domain.eligibility import Roster
    from core.domain.executions import Execution
    from core.domain.policy import Policy, Rule, Who
    from core.services.reader import Reader
    from core.services.rosters import Rosters
    from core.services.turn import Turn
    from core.services.views import RequestView

# Rules on a phone's screen; the file has the others.
_MOST_RULES = 12
# Other programs' questions among which the only open one is looked for.
_FEW = 5


class PolicyTalk:
    """Answers questions about the policy. It reads what the approval desk reads, and changes nothing."""

    def __init__(self, *, policy: Policy, rosters: Rosters) -> None:
        """Explain ``policy`` and the people ``rosters`` know."""
        self._policy = policy
        self._rosters = rosters

    async def answer(self, turn: Turn, action: AskPolicy) -> Card:
        """Return the card that answers ``action``; asked about no request, and none is there, it shows the rules.

        Raises:
            UnknownRequest: there is none by this code.
            AmbiguousRequest: several are open, and none of them was made in this conversation.
        """
        if action.question == "show":
            return self._rules(turn.reader)
        execution = await self._meant(turn, action)
        if execution is None:
            return self._rules(turn.reader)
        view = await load_view(turn.uow, execution.id, self._rosters)
        if view is None:
            raise UnknownRequest(request=f"#{execution.code}")
        roster = await self._rosters.load(turn.uow)
        return self._who(view, roster, turn) if action.question == "who" else await self._why(view, roster, turn)

    async def _meant(self, turn: Turn, action: AskPolicy) -> Execution | None:
        """Return what is asked about: by its code, else the newest open request made here, else the only open one.

        Where nothing is open, "why" asks about what was seen here last.
        """
        if action.request is not None:
            found = await turn.uow.executions.by_code(action.request)
            if found is None:
                raise UnknownRequest(request=f"#{action.request}")
            return found
        here = await turn.uow.approvals.pending_in(turn.inbound.conversation, turn.now)
        pending = (here,) if here else await turn.uow.approvals.pending_from_chat(turn.now, limit=_FEW)
        pending = pending or await turn.uow.approvals.pending(turn.now, limit=_FEW)
        found_all = [await turn.uow.executions.get(request.execution_id or "") for request in pending]
        executions = [execution for execution in found_all if execution is not None]
        if len(executions) > 1:
            codes = ", ".join(f"#{execution.code}" for execution in executions)
            asked = "why" if action.question == "why" else "who can approve"
            raise AmbiguousRequest(codes=codes, example=f"{asked} {executions[0].code}")
        if not executions and action.question == "why":
            return await turn.uow.executions.last_in(turn.inbound.conversation)
        return executions[0] if executions else None

    def _rules(self, reader: Reader) -> Card:
        rules = self._policy.in_order
        facts = [
            Fact(name=rule.name, value=f"{_matches(rule, reader)}: {_follows(rule, reader)}")
            for rule in rules[:_MOST_RULES]
        ]
        if len(rules) > _MOST_RULES:
            facts.append(Fact(name="...", value=reader.say("and {n} more", n=len(rules) - _MOST_RULES)))
        lines = (reader.say("The first rule that matches decides. What none matches is forbidden."),)
        return Card(title=reader.say("The approval policy"), lines=lines, facts=tuple(facts))

    def _who(self, view: RequestView, roster: Roster, turn: Turn) -> Card:
        reader, request = turn.reader, view.request
        title = reader.say("Who can approve: {action}", action=phrase(view, reader))
        if request is None or request.status is not ApprovalStatus.PENDING:
            return Card(title=title, code=view.execution.code, lines=(_over(view, reader),))
        say, rule, away = reader.say, request.rule, roster.away()
        left = waiting_seats(self._rosters.seats(request, roster), view.votes)
        there = [seat for seat in left if seat.person.id not in away]
        can = reader.people(seat.label for seat in there if seat.person.id in roster.linked)
        needed = reader.say_many(
            "{n} approval by {who}, {given} given",
            "{n} approvals by {who}, {given} given",
            rule.threshold,
            given=len(view.votes),
            who=_people(rule.approvers, reader),
        )
        rows = [
            (say("needed"), [needed]),
            (say("can now"), can or [say("nobody")]),
            (say("approved"), [view.name(vote.user_id) for vote in view.votes]),
            (say("can too"), [say("{name} (away)", name=name) for name in _absent(left, away, reader)]),
            (say("no account"), reader.people(seat.label for seat in there if seat.person.id not in roster.linked)),
            (say("may not"), [view.name(person) for person in request.barred]),
        ]
        if rule.escalate_after is not None and turn.now < (later := request.created_at + rule.escalate_after):
            more = [person.name for person in roster.choose(rule.escalate_to)]
            rows.append((say("later"), [*more, say("from {moment} on", moment=reader.deadline(later))]))
        rows.append((say("expires"), [reader.deadline(request.expires_at)]))
        facts = tuple(Fact(name=name, value=", ".join(values)) for name, values in rows if values)
        about = sorted(view.name(person) for person in request.concerned)
        lines = tuple(say("It is about {name}, who has no vote on it.", name=name) for name in about)
        return Card(title=title, code=request.code, lines=lines, facts=facts)

    async def _why(self, view: RequestView, roster: Roster, turn: Turn) -> Card:
        reader = turn.reader
        title = reader.say("Why: {action}", action=phrase(view, reader))
        *passed, (rule, _) = explain(self._policy, _facts_of(view))
        facts = [Fact(name=other.name, value=_differs(other, failed or "", reader)) for other, failed in passed]
        if rule is NO_RULE:
            lines = [reader.say("No rule matches, so it is forbidden.")]
        else:
            facts.append(Fact(name=rule.name, value=_follows(rule, reader)))
            lines = [reader.say('The rule "{rule}" decides.', rule=rule.name)]
        request = view.request
        if request is not None and request.status is ApprovalStatus.PENDING:
            lines.append(reader.error(view.frozen) if view.frozen else await self._you(view, request, roster, turn))
        else:
            lines.append(_over(view, reader))
        return Card(title=title, code=view.execution.code, lines=tuple(lines), facts=tuple(facts))

    async def _you(self, view: RequestView, request: ApprovalRequest, roster: Roster, turn: Turn) -> str:
        """Return why the asker can or cannot vote."""
        say, user, code = turn.reader.say, turn.user, request.code
        seat = seat_of(self._rosters.seats(request, roster), user.id)
        if seat is None:
            return _no_seat(request, roster, turn)
        if any(vote.user_id == user.id for vote in view.votes):
            return say("You have voted already.")
        if seat.owner.id in {vote.on_behalf_of or vote.user_id for vote in view.votes}:
            return say("{name}, for whom you could vote, has voted already.", name=seat.owner.name)
        if any(
            vote.user_id == user.id and vote.revision == request.revision
            for vote in await turn.uow.approvals.votes(request.id)
        ):
            return say('You approved once. It is DESTRUCTIVE: say "approve {code}" again if you are sure.', code=code)
        return _can(seat, code, turn.reader)


def _absent(left: Iterable[Seat], away: frozenset[str], reader: Reader) -> list[str]:
    """Return who may vote although they are not asked."""
    return reader.people(seat.label for seat in left if seat.person.id in away)


def _can(seat: Seat, code: str, reader: Reader) -> str:
    if seat.is_delegated:
        return reader.say(
            '{name} delegated to you, so you can: press Approve, or say "approve {code}".',
            name=seat.owner.name,
            code=code,
        )
    return reader.say('You can approve it: press Approve, or say "approve {code}".', code=code)


def _no_seat(request: ApprovalRequest, roster: Roster, turn: Turn) -> str:
    """Return why the asker has no vote."""
    reader, user, rule = turn.reader, turn.user, request.rule
    if user.id in request.requesters:
        return reader.say("You asked for this, so somebody else has to approve it.")
    if user.id in request.concerned:
        return reader.say("It is about you, so somebody else has to approve it.")
    if rule.escalate_after is not None and user in roster.choose(rule.escalate_to):
        later = reader.deadline(request.created_at + rule.escalate_after)
        return reader.say("You cannot approve it yet: you are asked from {moment} on.", moment=later)
    who = rule.approvers
    if who.roles == (Role.ADMIN,) and not (who.groups or who.slack_groups or who.people):
        return reader.say("You cannot approve it: you are not an admin.")
    return reader.say("You cannot approve it: it takes {who}.", who=_people(who, reader))


def _over(view: RequestView, reader: Reader) -> str:
    """Return why nobody is asked about a request, or not any more."""
    request, execution = view.request, view.execution
    if request is None:
        if execution.subject is None and execution.waiting_for is not None:
            return reader.say("It is still being prepared, so nobody was asked yet.")
        return reader.say("Nobody was asked about it.")
    states = {
        ApprovalStatus.APPROVED: reader.say("{who} approved it already.", who=view.name(request.responded_by, reader)),
        ApprovalStatus.REJECTED: reader.say("It was rejected, so nobody can approve it any more."),
        ApprovalStatus.EXPIRED: reader.say("It expired, so nobody can approve it any more."),
    }
    return states.get(request.status, reader.say("It was cancelled, so nobody can approve it any more."))


def _facts_of(view: RequestView) -> RequestFacts:
    """Return what the rules are asked about; before everything was fetched, as far as the action itself tells."""
    execution, action = view.execution, view.action
    if execution.subject is not None:
        return execution.subject.facts(execution.conversation)
    skills, providers = getattr(action, "skills", ()), getattr(action, "providers", ())
    return RequestFacts(
        intent=action.intent if action else "",
        risk=risk_of(action) if action else RiskLevel.READ,
        items=tuple(
            ItemFacts(skill=skill, provider=(provider,))
            for skill in skills
            for provider in providers
            if EVERY not in {skill, provider}
        ),
        team=execution.conversation.workspace_id,
        chat=execution.conversation.conversation_id,
    )


def criteria(rule: Rule, reader: Reader) -> dict[str, str]:
    """Return what ``rule`` asks for in words, by the names of the criteria in the policy."""
    words = {
        "intents": _listed(intent.replace("_", " ") for intent in rule.intents),
        "risks": reader.say("risk {names}", names=_listed(risk.lower() for risk in rule.risks)),
        "skills": reader.say("skill {names}", names=_listed(rule.skills)),
        "sources": reader.say("from {names}", names=_listed(rule.sources)),
        "providers": reader.say("on {names}", names=_listed(rule.providers)),
        "reach": reader.say("reach {names}", names=_listed(level_word(level, reader) for level in rule.reach)),
        "changes": reader.say("change {names}", names=_listed(change_word(change, reader) for change in rule.changes)),
        "digest_already_approved": reader.say("content that was approved before")
        if rule.digest_already_approved
        else reader.say("content that was never approved before"),
        "signed": reader.say("signed by a known key") if rule.signed else reader.say("not signed by a known key"),
        "teams": reader.say("team {names}", names=_listed(rule.teams)),
        "chats": reader.say("chat {names}", names=_listed(rule.chats)),
        "agents": reader.say("asked by the agent {names}", names=_listed(rule.agents)),
        "request_types": _listed(kind.replace("_", " ") for kind in rule.request_types),
    }
    return {name: text for name, text in words.items() if getattr(rule, name) not in {(), None}}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(one_line(name) for name in names)


def _matches(rule: Rule, reader: Reader) -> str:
    return "; ".join(criteria(rule, reader).values()) or reader.say("anything")


def _differs(rule: Rule, failed: str, reader: Reader) -> str:
    """Return why ``rule`` was passed over."""
    wanted = criteria(rule, reader).get(failed)
    if wanted is None:
        return reader.say("no: it is about skills, and this installs none")
    return reader.say("no: only {wanted}", wanted=wanted)


def _follows(rule: Rule, reader: Reader) -> str:
    """Return what ``rule`` does: ``1 approval by admins, within 1 h``."""
    if rule.outcome == "allow":
        return reader.say("allowed at once")
    if rule.outcome == "deny":
        return reader.say("forbidden")
    times = [rule.ttl] if rule.ttl else [TTL[risk] for risk in rule.risks or (RiskLevel.WRITE, RiskLevel.DESTRUCTIVE)]
    parts = [
        reader.say_many(
            "{n} approval by {who}", "{n} approvals by {who}", rule.threshold, who=_people(rule.approvers, reader)
        ),
        reader.say("within {time}", time="/".join(dict.fromkeys(reader.span(time) for time in sorted(times)))),
    ]
    if rule.escalate_after is not None:
        more, after = _people(rule.escalate_to, reader), reader.span(rule.escalate_after)
        parts.append(reader.say("after {time} also by {who}", time=after, who=more))
    if rule.allow_self:
        parts.append(reader.say("one's own too"))
    return ", ".join(parts)


def _people(who: Who, reader: Reader) -> str:
    """Return a choice of people in words: ``admins, group security, Bob``."""
    roles = {Role.ADMIN: reader.say("admins"), Role.USER: reader.say("users")}
    parts = [roles[role] for role in who.roles]
    parts += [reader.say("group {name}", name=name) for name in who.groups]
    parts += [reader.say("Slack group {name}", name=name) for name in who.slack_groups]
    return ", ".join((*parts, *(name_of(name) for name in who.people)))
