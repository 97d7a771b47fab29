"""Questions back: what to say, and the buttons."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from core.domain.actions import (
    EVERY,
    ChatAction,
    Drift,
    Help,
    History,
    ListProviders,
    ListSkills,
    Pending,
    Status,
    Timeline,
    WhoAmI,
    risk_of,
)
from core.domain.intents import Choice, Clarify, Resolved, Unknown
from core.domain.plans import RiskLevel
from core.services.language.building import Draft, Opening
from core.services.language.labels import Say, label
from core.services.language.names import NameIndex
from core.services.language.view import ASKED, Reading

#: They decide about somebody's request; nobody is talked into one by a button.
DECISIONS = frozenset({"approve", "reject", "cancel", "withdraw", "break_glass", "modify"})
# Where to look when an intent is spoken of, and nobody can say of what.
_LOOKS: Mapping[str, tuple[ChatAction, ...]] = {
    intent: (*looks, Help())
    for intents, looks in (
        ("add_skill archive_skill restore_skill show_skill edit_skill list_skills", (ListSkills(), Status())),
        ("install sync uninstall rollback diff retry freeze unfreeze status drift", (Status(), ListSkills())),
        ("approve reject modify withdraw cancel break_glass pending policy", (Pending(), History())),
        ("restore_drift accept_drift ignore_drift", (Drift(), Status())),
        ("timeline replay history costs", (History(), Status())),
        ("list_providers connect_provider disconnect_provider", (ListProviders(), Status())),
        ("delegate whoami set_role activate_user deactivate_user", (WhoAmI(), Pending())),
        ("link_identity set_language set_timezone help", (WhoAmI(),)),
    )
    for intent in intents.split()
}
_MOST_CHOICES = 5
_MOST_NEAREST = 3


class Questions:
    """Asks one person back, in their language."""

    def __init__(self, names: NameIndex, say: Say) -> None:
        """Offer what is in ``names``, in the words of ``say``."""
        self._names = names
        self._say = say

    def about(self, draft: Draft) -> Clarify | Resolved | Unknown:
        """Ask for what ``draft`` leaves open; with a single provider there is nothing to ask."""
        draft = Draft(draft.fields, tuple(self._options(opening) for opening in draft.openings))
        first = draft.openings[0].slot
        if any(not opening.names for opening in draft.openings):
            return self.which_skill() if first == "skills" else Unknown()
        ways = list(itertools.islice(draft.closed(), _MOST_CHOICES))
        only_missing = all(ASKED not in draft.fields.get(o.slot, ()) for o in draft.openings)
        if len(ways) == 1 and only_missing and first == "providers":
            return Resolved(action=ways[0][1])
        alone = len(draft.openings) == 1
        choices = tuple(
            Choice(label=self._shown(first, names[0]) if alone else label(action, self._say), action=action)
            for names, action in ways
        )
        return Clarify(question=self._which(first), choices=choices) if choices else Unknown()

    def which_skill(self) -> Clarify | Unknown:
        """Ask for a skill without offering one: nobody can say which of many, or what was written for its name."""
        if not self._names.skills:
            return Unknown()
        return Clarify(question=self._which("skills"), choices=(self._choice(ListSkills()),))

    def confirm(self, action: ChatAction) -> Clarify:
        """Ask whether ``action`` is what was meant."""
        return Clarify(question=self._say("Do you mean this?"), choices=(self._choice(action),))

    def confirm_own(self, action: ChatAction) -> Clarify:
        """Ask whether ``action``, which was said of somebody else, is what the speaker wants for themself."""
        question = self._say("Everybody can delegate only their own votes. Do you mean this?")
        return Clarify(question=question, choices=(self._choice(action),))

    def one_of(self, actions: Iterable[ChatAction]) -> Clarify:
        """Ask which of several readings was meant."""
        return Clarify(question=self._say("Which of these do you mean?"), choices=self._choices(actions))

    def first_of(self, actions: Iterable[ChatAction]) -> Clarify:
        """Ask which of several requests comes first."""
        return Clarify(
            question=self._say("That is more than one thing. Which one comes first?"), choices=self._choices(actions)
        )

    def unknown(
        self, actions: Iterable[ChatAction], readings: Iterable[Reading], intents: Iterable[str] = ()
    ) -> Unknown:
        """Offer what can be looked at without harm.

        That is what ``actions`` look at, the names in ``readings``, or else what belongs to ``intents``, of which the
        sentence speaks.
        """
        nearest: dict[ChatAction, None] = {}
        for action in actions:
            harmless = Pending() if action.intent in DECISIONS else action
            if risk_of(harmless) is RiskLevel.READ:
                nearest.setdefault(harmless)
        for reading in readings:
            if codes := reading.values.get("code"):
                nearest.setdefault(Timeline(execution=codes[0]))
            skills = [name for name in reading.values.get("skills", ()) if self._names.skill(name)]
            if skills and not any(isinstance(one, Status) and one.skills == tuple(skills) for one in nearest):
                nearest.setdefault(Status(skills=tuple(skills)))
        for intent in () if nearest else intents:
            nearest |= dict.fromkeys(_LOOKS[intent])
        return Unknown(nearest=tuple(self._choice(action) for action in itertools.islice(nearest, _MOST_NEAREST)))

    def _options(self, opening: Opening) -> Opening:
        if opening.names:
            return opening
        if opening.slot == "providers":
            names = tuple(name for name, _ in self._names.canonical_providers())
            return Opening("providers", names if not names[1:] else (*names[: _MOST_CHOICES - 1], EVERY))
        if opening.slot == "skills" and len(self._names.skills) <= _MOST_CHOICES:
            return Opening("skills", self._names.skills)
        if opening.slot == "provider":
            return Opening("provider", tuple(name for name, _ in self._names.canonical_providers()))
        return opening

    def _which(self, slot: str) -> str:
        if slot == "skills":
            return self._say("Which skill do you mean?")
        if slot in {"providers", "provider"}:
            return self._say("Which provider do you mean?")
        return self._say("One request at a time. Which one?")

    def _shown(self, slot: str, name: str) -> str:
        if slot == "skills":
            return name
        if slot in {"providers", "provider"}:
            return self._say("everywhere") if name == EVERY else dict(self._names.canonical_providers()).get(name, name)
        return f"#{name}"

    def _choice(self, action: ChatAction) -> Choice:
        return Choice(label=label(action, self._say), action=action)

    def _choices(self, actions: Iterable[ChatAction]) -> tuple[Choice, ...]:
        return tuple(self._choice(action) for action in itertools.islice(dict.fromkeys(actions), _MOST_CHOICES))
