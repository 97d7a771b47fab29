"""A state machine over what a team does with skills, in a world in which the process dies between any two steps."""

from __future__ import annotations

from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bot.installers import skill_place
from core.domain.actions import (
    AddSkill,
    ArchiveSkill,
    ChatAction,
    EditSkill,
    Freeze,
    Install,
    RestoreSkill,
    Retry,
    Rollback,
    Sync,
    Unfreeze,
    Uninstall,
)
from tests.desk import PROVIDERS, SKILLS
from tests.installing import no_exchange
from tests.team_model import ADDED, EVERY_SKILL
from tests.team_steps import MEANWHILE, TeamSteps
from tests.team_world import Moment

_SOURCE = f"acme/skills/skills/{ADDED}"
# The most steps of a kind that one request takes, about: most moments are one of these.
_STEPS = {"commit": 30, "call": 45, "swap": 4}
_ONE_SKILL = st.sampled_from([(name,) for name in (*SKILLS, *SKILLS, ADDED)])
_SKILLS_ASKED = _ONE_SKILL | st.just(SKILLS)
_PROVIDERS_ASKED = st.sampled_from([PROVIDERS[:1], PROVIDERS[1:], PROVIDERS])
_PAIR = {"skills": _ONE_SKILL, "providers": st.sampled_from([PROVIDERS[:1], PROVIDERS[1:]])}
_REFS = st.sampled_from([None, None, "v1"])
PLACE_ACTIONS = st.one_of(
    st.builds(Install, skills=_SKILLS_ASKED, providers=_PROVIDERS_ASKED, ref=_REFS),
    st.builds(Sync, skills=_SKILLS_ASKED, providers=_PROVIDERS_ASKED, ref=_REFS),
    st.builds(Rollback, skills=_SKILLS_ASKED, providers=_PROVIDERS_ASKED, to_ref=_REFS),
    st.builds(Uninstall, skills=_SKILLS_ASKED, providers=_PROVIDERS_ASKED),
)
RECORD_ACTIONS = st.one_of(
    st.just(AddSkill(source=_SOURCE)),
    st.builds(ArchiveSkill, skills=_ONE_SKILL),
    st.builds(RestoreSkill, skills=_ONE_SKILL),
    st.builds(EditSkill, skills=_ONE_SKILL, ref=st.sampled_from(["main", "v1"])),
    st.builds(Freeze, **_PAIR),
    st.builds(Unfreeze, **_PAIR),
)
DEATHS = st.lists(
    st.one_of(*(st.builds(Moment, kind=st.just(kind), nth=st.integers(1, most)) for kind, most in _STEPS.items())),
    max_size=3,
)
SOME_DEATHS = DEATHS.filter(bool)


class TeamMachine(TeamSteps):
    """People ask, agree, undo, and edit in place; the process dies; folders, tables, log and model agree."""

    @initialize(one_step=st.booleans(), installed=st.sampled_from([False, True, True]))
    def begin(self, *, one_step: bool = True, installed: bool = False) -> None:
        """Open the desk, on a system that exchanges folders in one step or in two; a skill may be there already."""
        if not one_step:
            self._cleanup.enter_context(mock.patch.object(skill_place, "exchange", no_exchange))
        self.open_desk()
        if installed:
            self.ask(Install(skills=SKILLS[:1], providers=PROVIDERS), [])

    # What people ask for.

    @rule(action=PLACE_ACTIONS, deaths=DEATHS)
    def ask(self, action: ChatAction, deaths: list[Moment]) -> None:
        """Ask for a change of places and agree to it: it is done once, however often the process dies."""
        self._request(action, deaths=deaths)

    @rule(action=RECORD_ACTIONS, deaths=DEATHS)
    def change_records(self, action: ChatAction, deaths: list[Moment]) -> None:
        """Ask for a change of the bot's own records and agree to it."""
        self._request(action, deaths=deaths)

    @rule(first=PLACE_ACTIONS, second=PLACE_ACTIONS, deaths=DEATHS)
    def ask_for_two(self, first: ChatAction, second: ChatAction, deaths: list[Moment]) -> None:
        """Ask for two things before any is done; who would go back means what was before either."""
        self._request(*((second, first) if isinstance(second, Rollback) else (first, second)), deaths=deaths)

    @rule(action=PLACE_ACTIONS, what=st.sampled_from(MEANWHILE), where=st.sampled_from(PROVIDERS))
    def approved_but(self, action: ChatAction, what: str, where: str) -> None:
        """Ask and agree; before anything is done, something happens that may forbid it."""
        self._request(action, approved_but=(what, where))

    @rule(action=PLACE_ACTIONS, deaths=SOME_DEATHS, what=st.sampled_from(MEANWHILE), where=st.sampled_from(PROVIDERS))
    def while_down(self, action: ChatAction, deaths: list[Moment], what: str, where: str) -> None:
        """Ask and agree; the process dies, and something happens that would forbid it, before it goes on."""
        self._request(action, deaths=deaths, while_down=(what, where))

    @rule(deaths=DEATHS)
    def retry(self, deaths: list[Moment]) -> None:
        """Ask for what failed last to be tried again."""
        self._request(Retry(), deaths=deaths)

    # What happens without anybody asking.

    @rule(skill=st.sampled_from(EVERY_SKILL), provider=st.sampled_from(PROVIDERS))
    def edit_in_place(self, skill: str, provider: str) -> None:
        """Let somebody edit what is installed."""
        self._edit((skill, provider))
        self._agree()

    @rule(skill=st.sampled_from(EVERY_SKILL), provider=st.sampled_from(PROVIDERS))
    def remove_in_place(self, skill: str, provider: str) -> None:
        """Let somebody remove what is installed."""
        self._remove((skill, provider))
        self._agree()

    @rule()
    def source_moves(self) -> None:
        """Let somebody push to the branch."""
        self.outside.source.refs["main"] += 1

    @rule()
    def start_again(self) -> None:
        """End the process, and start it."""
        self._start_again()
        self._agree()
