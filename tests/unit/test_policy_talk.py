"""What people hear about the policy: the rules in short, who can approve, and why it is up to them - or not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer
from core.domain.actions import AskPolicy, Install
from core.domain.approvals import ApprovalRequest, ApprovalStatus, Vote
from core.domain.cards import Card
from core.domain.delegations import Delegation
from core.domain.executions import ChatActionRecord, Execution, ExecutionStatus, WaitingFor
from core.domain.messages import Actor, ConversationRef, IncomingMessage
from core.domain.plans import RiskLevel
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, Who, decide
from core.domain.skills import ReachLevel
from core.domain.users import ChannelIdentity, Role, User
from core.errors import AmbiguousRequest, UnknownRequest
from core.services.policy_talk import PolicyTalk, criteria
from core.services.reader import Reader
from core.services.rosters import Rosters
from core.services.turn import Turn
from tests.clock import START, FakeClock
from tests.fake_unit_of_work import repository, unit_of_work
from tests.plugins.golden import Golden
from tests.report_world import CONSOLE, TRANSLATOR
from tests.request_views import request, subject, view, vote

NOW = START + timedelta(minutes=10)
RENDERER = CardRenderer(TRANSLATOR, "en")
PEOPLE = {
    name: User(id=f"u-{name}", email=f"{name}@test.invalid", name=name.title(), role=role, created_at=START)
    for name, role in (
        ("alice", Role.USER),
        ("bob", Role.ADMIN),
        ("carol", Role.ADMIN),
        ("dave", Role.USER),
        ("erin", Role.USER),
        ("frank", Role.ADMIN),
    )
}
ELSEWHERE = ConversationRef(channel="console", conversation_id="elsewhere")

STRICT = Rule(
    name="privileged",
    priority=10,
    intents=("install", "sync"),
    risks=(RiskLevel.WRITE,),
    providers=("claude",),
    reach=(ReachLevel.PRIVILEGED,),
    outcome="require",
    threshold=2,
    ttl=timedelta(hours=2),
    escalate_after=timedelta(minutes=30),
    escalate_to=Who(groups=("security",)),
)
RULES = Policy(
    groups={"security": ("Erin",)},
    rules=(
        *DEFAULT_POLICY.rules,
        STRICT,
        Rule(name="never", priority=20, sources=("gitlab.com/*",), changes=("local_edits",), outcome="deny"),
        Rule(
            name="sandbox",
            priority=15,
            skills=("try-*",),
            chats=("C7",),
            outcome="require",
            approvers=Who(roles=(Role.USER,), groups=("security",), slack_groups=("S1",), people=("Bob",)),
            allow_self=True,
        ),
    ),
)


class Desk:
    """What is waiting at the approval desk, and who asks about it."""

    def __init__(self, policy: Policy = RULES) -> None:
        self.policy = policy
        self.requests: dict[str, ApprovalRequest] = {}
        self.executions: dict[str, Execution] = {}
        self.votes: tuple[Vote, ...] = ()
        self.delegations: tuple[Delegation, ...] = ()

    def add(self, code: str = "7F3K", *, where: ConversationRef = CONSOLE, **changes: Any) -> None:
        """Add alice's request for pdf on Claude; ``changes`` are of the question to approvers."""
        asked = subject()
        rule = decide(self.policy, asked.facts(where))
        execution = view(
            asked.under(rule), id=f"e-{code}", waiting_for=WaitingFor.APPROVAL, channel_id=where.conversation_id
        ).execution.evolve(code=code)
        self.executions[execution.id] = execution
        fields = {"id": f"r-{code}", "code": code, "execution_id": execution.id, "rule": rule, **changes}
        self.requests[execution.id] = request(asked.under(rule)).evolve(**fields)

    def vote(self, name: str, **changes: Any) -> None:
        """Add somebody's approval of 7F3K."""
        self.votes += (vote(f"u-{name}", **changes).evolve(request_id="r-7F3K"),)

    def lend(self, owner: str, to: str | None) -> None:
        """Let ``to`` vote for ``owner``, who is away."""
        self.delegations += (
            Delegation(
                id=owner,
                from_user_id=f"u-{owner}",
                to_user_id=to and f"u-{to}",
                starts_at=START,
                until=START + timedelta(days=1),
                created_at=START,
            ),
        )

    async def ask(self, who: str, question: str, code: str | None = None, *, at: Any = NOW) -> Card:
        """Return what ``who`` is told."""
        talk = PolicyTalk(policy=self.policy, rosters=Rosters(clock=FakeClock(at), policy=self.policy))
        action = AskPolicy.model_validate({"question": question, "request": code})
        return await talk.answer(self._turn(PEOPLE[who], at), action)

    async def you(self, who: str, *, at: Any = NOW) -> str:
        """Return what ``who`` hears about themself when they ask why."""
        return (await self.ask(who, "why", "7F3K", at=at)).lines[1]

    def _pending_in(self, conversation: ConversationRef, _: Any) -> ApprovalRequest | None:
        here = [
            request
            for request in self.requests.values()
            if request.status is ApprovalStatus.PENDING
            and self.executions[request.execution_id or ""].conversation == conversation
        ]
        return max(here, key=lambda request: request.created_at, default=None)

    def _turn(self, who: User, at: Any) -> Turn:
        identities = tuple(
            ChannelIdentity(id=name, channel="console", external_id=name, user_id=user.id, created_at=START)
            for name, user in PEOPLE.items()
            if name != "frank"
        )
        uow = unit_of_work(
            users=repository(all=tuple(PEOPLE.values()), all_identities=identities),
            delegations=repository(active=lambda _: self.delegations),
            freezes=repository(active=()),
            executions=repository(
                get=self.executions.get,
                by_code=lambda code: next((e for e in self.executions.values() if e.code == code), None),
            ),
            chat_actions=repository(of_execution=_record),
            approvals=repository(
                of_execution=self.requests.get,
                pending_from_chat=lambda _, *, limit: tuple(
                    r for r in self.requests.values() if r.status is ApprovalStatus.PENDING
                ),
                pending_in=self._pending_in,
                pending=lambda _, *, limit: tuple(
                    r for r in self.requests.values() if r.status is ApprovalStatus.PENDING
                ),
                votes=lambda key: tuple(v for v in self.votes if v.request_id == key),
                votes_on=lambda keys: tuple(v for v in self.votes if v.request_id in keys),
            ),
            runs=repository(of_execution=()),
            events=repository(of_execution=()),
        )
        inbound = IncomingMessage(
            dedupe_key="k",
            received_at=at,
            sender=Actor(channel="console", external_id=who.id),
            conversation=CONSOLE,
            text="?",
        )
        return Turn(uow=uow, inbound=inbound, user=who, reader=Reader(TRANSLATOR, who, at), now=at)


def text(card: Card) -> str:
    """Return ``card`` as the console prints it."""
    return "".join(f"{line}\n" for line in RENDERER.whole(card))


def _record(_key: str) -> ChatActionRecord:
    return ChatActionRecord(
        id="a",
        user_id="u-alice",
        intent="install",
        input_text="",
        resolved_action=Install(skills=("pdf",), providers=("claude",)),
        created_at=START,
        updated_at=START,
    )


@pytest.fixture
def desk() -> Desk:
    """One request that two of the admins have to approve."""
    found = Desk()
    found.add()
    return found


async def test_the_rules_read_as_agreed(desk: Desk, golden: Golden) -> None:
    """Each rule is one short line: what it matches, and what follows."""
    golden.check("policy/show.txt", text(await desk.ask("alice", "show")))


@pytest.mark.parametrize("key", ["local_edits", "reach_widened", "first_install", "text_only", "privileged"])
def test_what_rules_ask_for_is_said_in_the_readers_words(key: str) -> None:
    """What the configuration calls a change or a reach stands on no Korean card."""
    criterion = "reach" if key == "privileged" else "changes"
    rule = Rule.model_validate({"name": "a", "outcome": "deny", criterion: (key,)})
    said = criteria(rule, Reader(TRANSLATOR, None, START, language="ko"))[criterion]
    assert not re.search("[a-z]", said)


async def test_who_can_approve_reads_as_agreed(desk: Desk, golden: Golden) -> None:
    """Who can now and for whom, who did, who is away, who may not, and who is asked when time goes by."""
    desk.lend("bob", "dave")
    desk.vote("carol")
    golden.check("policy/who.txt", text(await desk.ask("alice", "who", "7F3K")))


async def test_why_reads_as_agreed(desk: Desk, golden: Golden) -> None:
    """Each rule that was passed over says what it is for; the last one decides."""
    golden.check("policy/why.txt", text(await desk.ask("alice", "why", "7F3K")))


async def test_the_asker_hears_why_they_can_vote_or_not(desk: Desk) -> None:
    """One sentence about the one who asks, whoever that is."""
    can = 'You can approve it: press Approve, or say "approve 7F3K".'
    assert await desk.you("alice") == "You asked for this, so somebody else has to approve it."
    assert await desk.you("bob") == can
    assert await desk.you("dave") == "You cannot approve it: you are not an admin."
    assert await desk.you("erin") == "You cannot approve it yet: you are asked from 07:00 UTC (in 20 min) on."
    assert await desk.you("erin", at=START + timedelta(minutes=30)) == can
    desk.lend("bob", "dave")
    assert await desk.you("dave") == 'Bob delegated to you, so you can: press Approve, or say "approve 7F3K".'
    desk.vote("bob")
    assert await desk.you("bob") == "You have voted already."
    assert await desk.you("dave") == "Bob, for whom you could vote, has voted already."
    desk.vote("carol", is_confirmed=False)
    assert await desk.you("carol") == 'You approved once. It is DESTRUCTIVE: say "approve 7F3K" again if you are sure.'


async def test_who_is_not_named_hears_who_is() -> None:
    """A rule that asks others than the admins names them."""
    desk = Desk(Policy(rules=(Rule(name="two", outcome="require", approvers=Who(people=("Bob", "Carol"))),)))
    desk.add()
    assert await desk.you("frank") == "You cannot approve it: it takes Bob, Carol."


async def test_what_no_rule_matches_is_explained() -> None:
    """The end of the list is a rule too: it forbids."""
    desk = Desk(Policy(rules=DEFAULT_POLICY.rules[:1]))
    desk.add()
    card = await desk.ask("bob", "why", "7F3K")
    assert card.lines[0] == "No rule matches, so it is forbidden."
    assert [(fact.name, fact.value) for fact in card.facts] == [("read", "no: only risk read")]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (ApprovalStatus.APPROVED, "Bob approved it already."),
        (ApprovalStatus.REJECTED, "It was rejected, so nobody can approve it any more."),
        (ApprovalStatus.EXPIRED, "It expired, so nobody can approve it any more."),
        (ApprovalStatus.CANCELLED, "It was cancelled, so nobody can approve it any more."),
    ],
)
@pytest.mark.parametrize("question", ["who", "why"])
async def test_what_is_decided_waits_for_nobody(status: ApprovalStatus, line: str, question: str) -> None:
    """A question about a request that has ended is answered with its end."""
    desk = Desk()
    desk.add(status=status, responded_by="u-bob")
    assert (await desk.ask("carol", question, "7F3K")).lines[-1] == line


async def test_what_is_being_prepared_is_explained_as_far_as_it_is_known(desk: Desk) -> None:
    """Before anything was fetched a rule about reach cannot match, and nobody was asked."""
    del desk.requests["e-7F3K"]
    waiting = desk.executions["e-7F3K"].evolve(subject=None, waiting_for=WaitingFor.PLAN)
    desk.executions["e-7F3K"] = waiting
    card = await desk.ask("bob", "why", "7F3K")
    assert card.lines == (
        'The rule "write" decides.',
        "It is still being prepared, so nobody was asked yet.",
    )
    assert ("privileged", "no: only reach privileged") in [(fact.name, fact.value) for fact in card.facts]
    desk.executions["e-7F3K"] = waiting.evolve(status=ExecutionStatus.COMPLETED, waiting_for=None)
    assert (await desk.ask("bob", "who", "7F3K")).lines == ("Nobody was asked about it.",)


async def test_a_question_without_a_code_means_what_was_asked_here(desk: Desk) -> None:
    """The newest open request of this conversation, else the only one there is, else the rules."""
    desk.add("9QXW", where=ELSEWHERE)
    assert (await desk.ask("bob", "who")).code == "7F3K"
    del desk.requests["e-7F3K"]
    assert (await desk.ask("bob", "why")).code == "9QXW"
    desk.add("M4TP", where=ELSEWHERE)
    with pytest.raises(AmbiguousRequest, match=r'#9QXW, #M4TP.*"who can approve 9QXW"'):
        await desk.ask("bob", "who")
    with pytest.raises(AmbiguousRequest, match='"why 9QXW"'):
        await desk.ask("bob", "why")
    desk.requests.clear()
    assert (await desk.ask("bob", "who")).title == "The approval policy"


async def test_an_unknown_code_is_said_to_be_unknown(desk: Desk) -> None:
    """Nothing is explained about a request that is not there."""
    with pytest.raises(UnknownRequest, match="#ZZZZ"):
        await desk.ask("bob", "why", "ZZZZ")


async def test_a_long_policy_still_fits_a_phone() -> None:
    """A dozen rules are shown, and how many more there are."""
    rules = tuple(Rule(name=f"rule {n}", outcome="deny", teams=(f"T{n}",)) for n in range(15))
    facts = (await Desk(Policy(rules=rules)).ask("bob", "show")).facts
    assert len(facts) == 13
    assert facts[-1].value == "and 3 more"
