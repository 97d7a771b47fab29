"""``[policy]`` of config.toml: rules as people write them - "4h", "write" - checked, and made the policy's own."""

from __future__ import annotations

import difflib
import re
from datetime import timedelta
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from core.domain.actions import ChatAction
from core.domain.agents import AgentQuestion
from core.domain.plans import RiskLevel
from core.domain.policy import ADMINS, DEFAULT_POLICY, LONGEST, SHORTEST, Policy, Rule, Who
from core.errors import Words

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LENGTH = re.compile(r"([1-9][0-9]{0,4})([mhd])")
_SLACK_GROUP = re.compile(r"S[A-Z0-9]{5,}")
_RISKS = {risk.value.lower(): risk for risk in RiskLevel}
_INTENTS = tuple(
    sorted(model.model_fields["intent"].default for model in (*get_args(get_args(ChatAction)[0]), AgentQuestion))
)


def in_units(length: timedelta) -> str:
    """Return ``length`` as it is written in the configuration: ``90m``, ``4h``, ``7d``."""
    unit = next(unit for unit in reversed(_UNITS) if not length % _UNITS[unit])
    return f"{length // _UNITS[unit]}{unit}"


def parse_length(text: Any) -> timedelta:
    """Read ``15m``, ``4h`` or ``7d``; ValueError for anything else."""
    found = _LENGTH.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError(Words('this must be a length of time such as "15m", "4h" or "7d"'))
    return int(found[1]) * _UNITS[found[2]]


def _within(length: timedelta) -> timedelta:
    if not SHORTEST <= length <= LONGEST:
        raise ValueError(Words("this must be {least} to {most}", least=in_units(SHORTEST), most=in_units(LONGEST)))
    return length


def _at_most(length: timedelta) -> timedelta:
    if length > LONGEST:
        raise ValueError(Words("this must be {n} at most", n=in_units(LONGEST)))
    return length


def _risk(value: Any) -> Any:
    if value not in _RISKS:
        raise ValueError(Words("every entry is one of: {names}", names=", ".join(_RISKS)))
    return _RISKS[value]


def _intent(value: str) -> str:
    if value not in _INTENTS:
        raise ValueError(
            Words('there is no request called "{name}"; {nearest}', name=value, nearest=_nearest(value, _INTENTS))
        )
    return value


def _slack_group(value: str) -> str:
    if not _SLACK_GROUP.fullmatch(value):
        raise ValueError(Words("every entry is the id of a user group, such as S0123456789"))
    return value


def _nearest(name: str, known: tuple[str, ...]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if nearest:
        return Words('the nearest is "{name}"', name=nearest[0])
    return Words("known are: {names}", names=", ".join(known) or Words("none"))


Length = Annotated[timedelta, BeforeValidator(parse_length), AfterValidator(_at_most)]
TimeToAct = Annotated[timedelta, BeforeValidator(parse_length), AfterValidator(_within)]
Risk = Annotated[RiskLevel, BeforeValidator(_risk)]
Intent = Annotated[str, AfterValidator(_intent)]
SlackGroup = Annotated[str, AfterValidator(_slack_group)]


class WrittenWho(Who):
    """People as they are written: ``{roles = ["admin"], groups = ["security"], people = ["bob"]}``."""

    slack_groups: tuple[SlackGroup, ...] = ()


class WrittenRule(Rule):
    """One ``[[policy.rules]]``: what a ``Rule`` says, in people's notation."""

    intents: tuple[Intent, ...] = ()
    risks: tuple[Risk, ...] = ()
    approvers: WrittenWho = WrittenWho(roles=ADMINS.roles)
    ttl: TimeToAct | None = None
    execution_ttl: TimeToAct = Rule.model_fields["execution_ttl"].default
    remind_before: Length | None = None
    escalate_after: Length | None = None
    escalate_to: WrittenWho = WrittenWho()
    notify: WrittenWho = WrittenWho()


class PolicySection(BaseModel):
    """``[policy]``: all of the policy; what none of its rules matches is denied."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rules: tuple[WrittenRule, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> PolicySection:
        if not self.rules:
            raise _misplaced(Words("it has no [[policy.rules]], so it would deny everything"), "rules")
        names = [rule.name for rule in self.rules]
        for number, rule in enumerate(self.rules):
            if rule.name in names[:number]:
                raise _misplaced(
                    Words('another rule is called "{name}" already', name=rule.name), "rules", number, "name"
                )
            for key in ("approvers", "escalate_to", "notify"):
                for group in getattr(rule, key).groups:
                    if group not in self.groups:
                        nearest = _nearest(group, tuple(self.groups))
                        found = Words('there is no group "{group}"; {nearest}', group=group, nearest=nearest)
                        raise _misplaced(found, "rules", number, key, "groups")
        return self

    @property
    def policy(self) -> Policy:
        """What is written, as the policy."""
        return Policy.model_validate(self.model_dump())


def policy_of(section: PolicySection | None) -> Policy:
    """Return the policy that ``section`` declares; the default one where nothing is declared."""
    return section.policy if section else DEFAULT_POLICY


def _misplaced(problem: str, *at: str | int) -> PydanticCustomError:
    """Return an error about what stands ``at`` a place below the section."""
    return PydanticCustomError("misplaced", "{problem}", {"problem": problem, "at": at})
