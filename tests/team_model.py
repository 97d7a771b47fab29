"""What a team's requests lead to, told a second time: what has to be at each place, in the catalogue and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.domain.actions import (
    AddSkill,
    ArchiveSkill,
    ChatAction,
    EditSkill,
    Freeze,
    Install,
    RestoreSkill,
    Rollback,
    Sync,
    Unfreeze,
    Uninstall,
)
from tests.desk import PROVIDERS, SKILLS
from tests.team_world import Content, Repository

#: A skill that is in the repository, but not in the catalogue at first.
ADDED = "notes"
EVERY_SKILL = (*SKILLS, ADDED)

RECORDS = (AddSkill, ArchiveSkill, RestoreSkill, EditSkill, Freeze, Unfreeze)
PLACES = (Install, Sync, Rollback, Uninstall)

Where = tuple[str, str]


@dataclass
class Place:
    """What has to be at one place, what the bot put there last, and what it would bring back."""

    there: Content = field(default_factory=dict)
    recorded: Content = field(default_factory=dict)
    before: Content = field(default_factory=dict)

    def put(self, wanted: Content) -> None:
        """Bring ``wanted`` there; what is there becomes what was before."""
        if self.there != wanted:
            self.before = self.there
        self.there = self.recorded = wanted


@dataclass(frozen=True)
class Entry:
    """A skill in the catalogue."""

    ref: str = "main"
    is_archived: bool = False


class Model:
    """Everything a team can change. ``places`` is by skill and provider."""

    def __init__(self, repository: Repository) -> None:
        """Begin with a catalogue, and with nothing installed."""
        self._repository = repository
        self.entries = {name: Entry() for name in SKILLS}
        self.places = {(skill, provider): Place() for skill in EVERY_SKILL for provider in PROVIDERS}
        self.frozen: set[Where] = set()

    def content_at(self, skill: str, ref: str | None = None) -> Content:
        """Return what the source has, at ``ref`` or at the catalogue's ref."""
        entry = self.entries.get(skill, Entry())
        return self._repository.content(f"skills/{skill}", ref or entry.ref)

    def touched(self, action: ChatAction) -> dict[Where, Content]:
        """Return what ``action`` would put where; nothing is for removal. What it leaves alone is not in it."""
        pairs = [(skill, provider) for skill in _skills(action) for provider in getattr(action, "providers", ())]
        match action:
            case Install(ref=ref):
                return {pair: self.content_at(pair[0], ref) for pair in pairs}
            case Sync(ref=ref):
                return {pair: self.content_at(pair[0], ref) for pair in pairs if self.places[pair].recorded}
            case Rollback(to_ref=ref):
                known = [pair for pair in pairs if self.places[pair].recorded or self.places[pair].before]
                return {pair: self.content_at(pair[0], ref) if ref else self.places[pair].before for pair in known}
            case Uninstall():
                return {pair: {} for pair in pairs if self.places[pair].recorded}
        return {}

    def refuses(self, action: ChatAction) -> bool:
        """Whether ``action`` makes no sense now, so that nobody is asked."""
        unknown = [skill for skill in _skills(action) if skill not in self.entries]
        if isinstance(action, AddSkill):
            return ADDED in self.entries
        if unknown:
            return True
        entries = [self.entries[skill] for skill in _skills(action)]
        match action:
            case Freeze() | Unfreeze():
                return (_scope(action) in self.frozen) is isinstance(action, Freeze)
            case ArchiveSkill():
                return all(entry.is_archived for entry in entries)
            case RestoreSkill():
                return not any(entry.is_archived for entry in entries)
            case EditSkill(ref=ref):
                return any(entry.is_archived for entry in entries) or all(entry.ref == ref for entry in entries)
        if isinstance(action, Install | Sync) and any(entry.is_archived for entry in entries):
            return True
        found = self.touched(action)
        return not {skill for skill, _ in found} >= set(_skills(action)) or bool(self.frozen & found.keys())

    def record(self, action: ChatAction) -> None:
        """Do what changes the bot's own records."""
        match action:
            case AddSkill():
                self.entries[ADDED] = Entry()
            case Freeze():
                self.frozen.add(_scope(action))
            case Unfreeze():
                self.frozen.discard(_scope(action))
            case ArchiveSkill() | RestoreSkill():
                self._change(action, is_archived=isinstance(action, ArchiveSkill))
            case EditSkill(ref=str(ref)):
                self._change(action, ref=ref)

    def _change(self, action: ChatAction, **changes: str | bool) -> None:
        for skill in _skills(action):
            self.entries[skill] = replace(self.entries[skill], **changes)  # type: ignore[arg-type]  # its own fields


def _skills(action: ChatAction) -> tuple[str, ...]:
    skills: tuple[str, ...] = getattr(action, "skills", ())
    return skills


def _scope(action: Freeze | Unfreeze) -> Where:
    return action.skills[0], action.providers[0]
