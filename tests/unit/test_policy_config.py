"""``[policy]`` of config.toml: rules as people write them, and what is said about a line that is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import load_settings
from bot.locale.translator import Catalogues
from bot.policy_config import in_units, parse_length, policy_of
from core.domain.plans import RiskLevel
from core.domain.policy import DEFAULT_POLICY, Policy, Rule, Who
from core.domain.skills import ReachLevel
from core.domain.users import Role
from core.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"

RULE = '[[policy.rules]]\nname = "a"\noutcome = "allow"\n'
OTHER = RULE.replace('"a"', '"b"')


def read(folder: Path, text: str) -> Policy:
    """Return the policy of a configuration with this ``text``."""
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return policy_of(load_settings(folder).policy)


def test_without_the_section_the_policy_is_the_default(tmp_path: Path) -> None:
    """Nothing has to be configured."""
    assert read(tmp_path, "[limits]\nfiles = 7\n") is DEFAULT_POLICY


def test_what_is_left_out_of_a_rule_is_as_in_a_rule_of_the_program(tmp_path: Path) -> None:
    """The written form has no defaults of its own: the hash, which decides about asking anew, is the same."""
    assert read(tmp_path, RULE) == Policy(rules=(Rule(name="a", outcome="allow"),))
    assert read(tmp_path, RULE).hash == Policy(rules=(Rule(name="a", outcome="allow"),)).hash


def test_people_write_lengths_risks_and_people(tmp_path: Path) -> None:
    """Lengths of time are "4h", risks are in lower case, and people are named in a table."""
    found = read(
        tmp_path,
        '[policy]\ngroups = {security = ["bob", "carol@x.org"]}\n[[policy.rules]]\nname = "all of it"\npriority = 3\n'
        'intents = ["install"]\nrisks = ["write", "destructive"]\nproviders = ["claude"]\nskills = ["pay-*"]\n'
        'sources = ["github.com/acme/*"]\nreach = ["remote"]\nchanges = ["first_install"]\n'
        'teams = ["T1"]\nchats = ["C1"]\n'
        'agents = ["cost"]\nrequest_types = ["confirmation"]\n'
        'outcome = "require"\nthreshold = 2\nallow_self = true\nttl = "4h"\nexecution_ttl = "7d"\n'
        'remind_before = "15m"\nescalate_after = "90m"\nescalate_to = {people = ["erin"]}\n'
        'notify = {groups = ["security"]}\n'
        'approvers = {roles = ["admin"], groups = ["security"], slack_groups = ["S0123456789"], people = ["dana"]}\n',
    )
    rule = Rule(
        name="all of it",
        priority=3,
        intents=("install",),
        risks=(RiskLevel.WRITE, RiskLevel.DESTRUCTIVE),
        providers=("claude",),
        skills=("pay-*",),
        sources=("github.com/acme/*",),
        reach=(ReachLevel.REMOTE,),
        changes=("first_install",),
        teams=("T1",),
        chats=("C1",),
        agents=("cost",),
        request_types=("confirmation",),
        outcome="require",
        threshold=2,
        allow_self=True,
        ttl=timedelta(hours=4),
        execution_ttl=timedelta(days=7),
        remind_before=timedelta(minutes=15),
        escalate_after=timedelta(minutes=90),
        escalate_to=Who(people=("erin",)),
        notify=Who(groups=("security",)),
        approvers=Who(roles=(Role.ADMIN,), groups=("security",), slack_groups=("S0123456789",), people=("dana",)),
    )
    assert found == Policy(rules=(rule,), groups={"security": ("bob", "carol@x.org")})


def test_groups_and_people_can_have_tables_of_their_own(tmp_path: Path) -> None:
    """TOML's long form means the same as the short one."""
    long = f'[policy.groups]\nsecurity = ["bob"]\n{RULE}[policy.rules.approvers]\ngroups = ["security"]\n'
    short = f'[policy]\ngroups = {{security = ["bob"]}}\n{RULE}approvers = {{groups = ["security"]}}\n'
    assert read(tmp_path, long) == read(tmp_path, short)


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("[policy]\n", 1, "rules", "would deny everything"),
        ("[policy]\ngroups = 3\n", 2, "groups", "must be a table"),
        (f'[policy]\ngroups = {{a = "bob"}}\n{RULE}', 2, "groups.a", "must be a list"),
        ("[policy]\nrules = 3\n", 2, "rules", "must be a list"),
        ("[policy]\nrules = [3]\n", 2, "rules", "must be a table"),
        ('[policy]\nrule = "x"\n', 2, "rule", 'the nearest is "rules"'),
        (f"{RULE}{OTHER}treshold = 2\n", 7, "rules.treshold", 'the nearest is "threshold"'),
        (f'{RULE}{OTHER}approvers = {{peple = ["x"]}}\n', 7, "rules.approvers.peple", 'the nearest is "people"'),
        (f'{RULE}{OTHER}[policy.rules.approvers]\npeple = ["x"]\n', 8, "rules.approvers.peple", 'is "people"'),
        (f'{RULE}[[policy.rules]]\noutcome = "allow"\n', 4, "rules.name", "this is missing"),
        (f'{RULE}[[policy.rules]]\nname = "b"\n', 4, "rules.outcome", "this is missing"),
        (f"{RULE}{RULE}", 5, "rules.name", 'another rule is called "a" already'),
        (RULE.replace("allow", "alow"), 3, "rules.outcome", "'allow', 'require', 'deny'"),
        (f'{RULE}{OTHER}risks = ["Write"]\n', 7, "rules.risks", "one of: read, write, destructive"),
        (f"{RULE}risks = [3]\n", 4, "rules.risks", "one of: read, write, destructive"),
        (f'{RULE}intents = ["instal"]\n', 4, "rules.intents", 'no request called "instal"; the nearest is "install"'),
        (f'{RULE}reach = ["far"]\n', 4, "rules.reach", "'contained', 'privileged', 'remote'"),
        (f'{RULE}changes = ["new"]\n', 4, "rules.changes", "'first_install', 'text_only', 'scripts'"),
        (f'{RULE}approvers = {{roles = ["boss"]}}\n', 4, "rules.approvers.roles", "'user', 'admin'"),
        (f'{RULE}approvers = {{slack_groups = ["@x"]}}\n', 4, "rules.approvers.slack_groups", "such as S0123456789"),
        (f'{RULE}approvers = {{groups = ["x"]}}\n', 4, "rules.approvers.groups", 'no group "x"; known are: none'),
        (
            f'[policy.groups]\nsecurity = []\n{RULE}notify = {{groups = ["secrity"]}}\n',
            6,
            "rules.notify.groups",
            'the nearest is "security"',
        ),
        (f'{RULE}approvers = ["bob"]\n', 4, "rules.approvers", "must be a table"),
        (f"{RULE}{OTHER}approvers = {{}}\n", 4, "rules", "approvers must name somebody"),
        (f'{RULE}{OTHER}escalate_after = "1h"\n', 4, "rules", "escalate_after and escalate_to belong together"),
        (f"{RULE}threshold = 0\n", 4, "rules.threshold", "must be 1 at least"),
        (f'{RULE}priority = "high"\n', 4, "rules.priority", "must be a whole number"),
        (f"{RULE}ttl = 15\n", 4, "rules.ttl", 'such as "15m", "4h" or "7d"'),
        (f'{RULE}ttl = "soon"\n', 4, "rules.ttl", 'such as "15m", "4h" or "7d"'),
        (f'{RULE}{OTHER}ttl = "4m"\n', 7, "rules.ttl", "must be 5m to 7d"),
        (f'{RULE}execution_ttl = "8d"\n', 4, "rules.execution_ttl", "must be 5m to 7d"),
        (f'{RULE}remind_before = "8d"\n', 4, "rules.remind_before", "must be 7d at most"),
        (f'{RULE}escalate_after = "0h"\n', 4, "rules.escalate_after", 'such as "15m"'),
        ('[policy]\nrules = [{name = "a", outcome = "allow", ttl = "x"}]\n', 2, "rules.ttl", 'such as "15m"'),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: int, key: str, problem: str) -> None:
    """The line is that of the rule that is wrong, also where several rules have the key."""
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert (caught.value.params["line"], caught.value.params["key"]) == (line, f"policy.{key}")
    assert problem in str(caught.value)
    assert caught.value.exit_code == 78
    assert str(caught.value.params["problem"]) not in Catalogues().say_error("ko", caught.value)


def test_the_example_has_every_key_of_a_rule(tmp_path: Path) -> None:
    """Without its comment signs the example is a policy, and together its rules show every key."""
    commented = EXAMPLE.read_text(encoding="utf-8").partition("# Example:\n# [policy]\n")[2]
    text = "[policy]\n" + "".join(line[2:] or "\n" for line in commented.splitlines(keepends=True))
    assert [rule.name for rule in read(tmp_path, text).in_order] == [
        "payments",
        "the cost agent",
        "read",
        "everything else",
    ]
    settings = load_settings(tmp_path)
    assert settings.policy is not None
    written = set().union(*(rule.model_fields_set for rule in settings.policy.rules))
    assert written == set(Rule.model_fields)
    assert settings.policy.rules[1].approvers.model_fields_set == set(Who.model_fields)


@pytest.mark.parametrize("text", ["5m", "90m", "4h", "36h", "7d"])
def test_a_length_is_written_as_it_is_read(text: str) -> None:
    """What is shown can be typed."""
    assert in_units(parse_length(text)) == text
