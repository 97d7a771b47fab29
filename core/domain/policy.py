"""Policy: which requests need whose consent. It never knows who or what proposed the action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Literal

from pydantic import Field, model_validator

from core.domain.agents import AgentType, RequestType
from core.domain.base import Domain, canonical_json, sha256_hex
from core.domain.plans import RiskLevel
from core.domain.skills import ReachLevel
from core.domain.users import Role
from core.errors import Words

Outcome = Literal["allow", "require", "deny"]
#: What happens at one place, several at a time: nothing was there; only text changes; scripts are new or different;
#: what comes could reach further than what is there; what somebody else did there is lost; it is removed; nothing.
Change = Literal["first_install", "text_only", "scripts", "reach_widened", "local_edits", "removal", "none"]

# The least and the most time people get to decide, and an approval stays good.
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=7)

# How long people have to decide where a rule does not say so: what destroys should not lie about for long.
TTL = {
    RiskLevel.READ: timedelta(hours=1),
    RiskLevel.WRITE: timedelta(hours=1),
    RiskLevel.DESTRUCTIVE: timedelta(minutes=30),
}


class Who(Domain):
    """A choice of people: everybody with one of the roles, in one of the groups, or named (by name or e-mail).

    ``groups`` are those of the policy; ``slack_groups`` are ids of Slack's user groups.
    """

    roles: tuple[Role, ...] = ()
    groups: tuple[str, ...] = ()
    slack_groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is chosen."""
        return not (self.roles or self.groups or self.slack_groups or self.people)


ADMINS = Who(roles=(Role.ADMIN,))


class ItemFacts(Domain):
    """One skill at one place, as far as a rule may ask; None is not known yet and matches no rule that asks for it."""

    skill: str
    #: Host, repository and folder: "github.com/acme/skills/pdf".
    source: str | None = None
    #: Display name and kind of the provider.
    provider: tuple[str, ...] = ()
    reach: ReachLevel | None = None
    changes: frozenset[Change] | None = None
    #: Whether the very same bytes were installed, with consent, before.
    digest_already_approved: bool | None = None
    #: Whether a configured key vouches for the commit, or for the tag that led to it.
    signed: bool | None = None


class RequestFacts(Domain):
    """What a rule may ask about a request; ``team`` and ``chat`` are the platform's ids of where it was made.

    ``agent`` and ``request_type`` are told of other programs' requests alone.
    """

    intent: str
    risk: RiskLevel
    items: tuple[ItemFacts, ...] = ()
    team: str = ""
    chat: str = ""
    agent: AgentType | None = None
    request_type: RequestType | None = None


class Rule(Domain):
    """One line of the policy: what it matches (an empty criterion matches everything), and what follows.

    ``skills`` and ``sources`` are patterns with ``*``; ``providers`` are kinds or display names. A rule that allows
    has to match every skill and place of a request, and name everything in ``changes`` that happens there; one that
    requires or denies matches by a single one.
    """

    name: str = Field(min_length=1, max_length=100)
    #: The higher goes first; equals stand in the order in which they are written.
    priority: int = 0
    intents: tuple[str, ...] = ()
    risks: tuple[RiskLevel, ...] = ()
    providers: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reach: tuple[ReachLevel, ...] = ()
    changes: tuple[Change, ...] = ()
    digest_already_approved: bool | None = None
    signed: bool | None = None
    teams: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()
    agents: tuple[AgentType, ...] = ()
    request_types: tuple[RequestType, ...] = ()

    outcome: Outcome
    approvers: Who = ADMINS
    threshold: int = Field(default=1, ge=1)
    allow_self: bool = False
    #: How long people have to decide; None is ``TTL`` of the risk.
    ttl: timedelta | None = Field(default=None, ge=SHORTEST, le=LONGEST)
    #: How long an approval stays good.
    execution_ttl: timedelta = Field(default=timedelta(hours=24), ge=SHORTEST, le=LONGEST)
    #: How long before the end those who have not voted are reminded; None is a quarter of the time.
    remind_before: timedelta | None = Field(default=None, gt=timedelta(0), le=LONGEST)
    #: After how long ``escalate_to`` may vote too.
    escalate_after: timedelta | None = Field(default=None, gt=timedelta(0), le=LONGEST)
    escalate_to: Who = Who()
    #: These are told, and have no vote for it.
    notify: Who = Who()

    @model_validator(mode="after")
    def _check(self) -> Rule:
        if (self.escalate_after is None) != self.escalate_to.is_empty:
            raise ValueError(Words("escalate_after and escalate_to belong together"))
        if self.approvers.is_empty:
            raise ValueError(Words("approvers must name somebody"))
        longest = self.ttl or max(TTL[risk] for risk in self.risks or RiskLevel)
        for name in ("escalate_after", "remind_before"):
            if (getattr(self, name) or timedelta(0)) >= longest:
                raise ValueError(Words("{name} must be shorter than the time to decide", name=name))
        return self

    def time_to_decide(self, risk: RiskLevel) -> timedelta:
        """Return how long people have for a request of ``risk``."""
        return self.ttl or TTL[risk]

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of the rule."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))

    def mismatch(self, facts: RequestFacts) -> str | None:
        """Return the first criterion that ``facts`` do not meet, by its name in the policy; None when all are met."""
        plain = (
            ("intents", self.intents, facts.intent),
            ("risks", self.risks, facts.risk),
            ("teams", self.teams, facts.team),
            ("chats", self.chats, facts.chat),
            ("agents", self.agents, facts.agent),
            ("request_types", self.request_types, facts.request_type),
        )
        for name, wanted, value in plain:
            if wanted and value not in wanted:
                return name
        if not self._asks_about_items:
            return None
        reasons = [self._item_mismatch(item) for item in facts.items]
        if self.outcome == "allow":
            return next(filter(None, reasons), None) if reasons else "skills"
        return None if None in reasons else (reasons[0] if reasons else "skills")

    @property
    def _asks_about_items(self) -> bool:
        criteria = (self.providers, self.skills, self.sources, self.reach, self.changes)
        return any(criteria) or self.digest_already_approved is not None or self.signed is not None

    def _item_mismatch(self, item: ItemFacts) -> str | None:
        if self.skills and not _fits(item.skill, self.skills):
            return "skills"
        if self.sources and not (item.source and _fits(item.source, self.sources)):
            return "sources"
        if self.providers and not {name.lower() for name in item.provider} & {name.lower() for name in self.providers}:
            return "providers"
        if self.reach and item.reach not in self.reach:
            return "reach"
        if self.changes and not self._covers(item.changes):
            return "changes"
        if self.digest_already_approved not in {None, item.digest_already_approved}:
            return "digest_already_approved"
        return None if self.signed in {None, item.signed} else "signed"

    def _covers(self, changes: frozenset[Change] | None) -> bool:
        if not changes:
            return False
        return changes <= set(self.changes) if self.outcome == "allow" else not changes.isdisjoint(self.changes)


class Policy(Domain):
    """Rules, the highest priority first; what no rule matches is denied. ``groups`` maps a name to people's names."""

    rules: tuple[Rule, ...]
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Policy:
        names = [rule.name for rule in self.rules]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(Words('two rules are called "{name}"', name=twice))
        for rule in self.rules:
            for who in (rule.approvers, rule.escalate_to, rule.notify):
                if missing := next((name for name in who.groups if name not in self.groups), None):
                    raise ValueError(
                        Words(
                            'rule "{rule}" names the group "{group}", which is not defined',
                            rule=rule.name,
                            group=missing,
                        )
                    )
        return self

    @property
    def in_order(self) -> tuple[Rule, ...]:
        """The rules as they are asked."""
        return tuple(sorted(self.rules, key=lambda rule: -rule.priority))

    @property
    def slack_groups(self) -> frozenset[str]:
        """Ids of every Slack user group that a rule names."""
        whos = (who for rule in self.rules for who in (rule.approvers, rule.escalate_to, rule.notify))
        return frozenset(group for who in whos for group in who.slack_groups)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of the policy."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))


DEFAULT_POLICY = Policy(
    rules=(
        Rule(name="read", risks=(RiskLevel.READ,), outcome="allow"),
        Rule(name="write", risks=(RiskLevel.WRITE,), outcome="require"),
        Rule(name="destructive", risks=(RiskLevel.DESTRUCTIVE,), outcome="require"),
    )
)

NO_RULE = Rule(name="no rule matches", outcome="deny")


def decide(policy: Policy, facts: RequestFacts) -> Rule:
    """Return the rule for a request: each skill at each place is judged alone, and the strictest rule counts.

    What no rule matches is denied, and so is asking at once for what several people have to agree to under rules that
    ask different ones: each alone is another question.
    """
    found = list(dict.fromkeys(_first(policy, each) for each in _alone(facts)))
    denied = [rule for rule in found if rule.outcome == "deny"]
    asking = [rule for rule in found if rule.outcome == "require"]
    if denied or not asking:
        return (denied or found)[0]
    if len({(rule.approvers, rule.allow_self) for rule in asking}) > 1:
        names = " + ".join(rule.name for rule in asking)
        return Rule(name=f"{names[:60]} (they ask different people: ask for each alone)", outcome="deny")
    return max(asking, key=lambda rule: rule.threshold)


def _alone(facts: RequestFacts) -> list[RequestFacts]:
    """Return ``facts`` about each skill at each place by itself."""
    return [facts.evolve(items=(item,)) for item in facts.items] or [facts]


def _first(policy: Policy, facts: RequestFacts) -> Rule:
    return next((rule for rule in policy.in_order if rule.mismatch(facts) is None), NO_RULE)


def explain(policy: Policy, facts: RequestFacts) -> tuple[tuple[Rule, str | None], ...]:
    """Return every rule that was asked, in order, with the criterion that failed; the last one has none: it decides.

    Of a request for several things it is told for the one whose rule decides about all of them.
    """
    decided = decide(policy, facts)
    about = next((each for each in _alone(facts) if _first(policy, each) == decided), None)
    if about is None:  # no rule of the policy: those that match ask different people
        return ((decided, None),)
    rules = (*policy.in_order, NO_RULE)
    return tuple((rule, rule.mismatch(about)) for rule in rules[: rules.index(decided) + 1])


def _fits(value: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(value.lower(), pattern.lower()) for pattern in patterns)
