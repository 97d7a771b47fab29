"""Several skills in one source: whoever asks to install it is asked which one is meant, and the request goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import EVERY, Install
from core.domain.base import Domain
from core.domain.cards import Button, Card, PressChoice
from core.domain.executions import ExecutionStatus, WaitingFor
from core.domain.notices import NoticeKind
from core.domain.skills import SourceLocation
from core.domain.sources import AllowedHosts, parse_source
from core.errors import InvalidInput
from core.services.reader import one_line
from core.services.records import card_notice
from core.services.turn import MOST_BUTTONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.domain.executions import Execution
    from core.domain.skills import ResolvedRef
    from core.errors import SkillwardenError
    from core.ports import UnitOfWork
    from core.services.reader import Reader
    from core.services.wanted import PlaceAction, WantedSkill

# Letters of the names of a source's skills that a card shows.
_LONGEST_LIST = 1000


class Option(Domain):
    """One skill of a source: its folder, and how it is named as a source of its own (None: people cannot)."""

    path: str
    source: str | None


class WhichSkill(Domain):
    """What has to be asked: which of ``options`` is meant by ``asked_as`` of ``action``."""

    action: Install
    asked_as: str
    location: SourceLocation
    options: tuple[Option, ...]

    def choice(self, sources: Sequence[str]) -> Install:
        """Return the action with ``sources`` instead of the source that holds several."""
        skills: list[str] = []
        for name in self.action.skills:
            skills += sources if name == self.asked_as else [name]
        return self.action.evolve(skills=tuple(dict.fromkeys(skills)))


class SeveralSkillsError(Exception):
    """Somebody has to be asked which skill is meant."""

    def __init__(self, which: WhichSkill, error: SkillwardenError) -> None:
        """Carry the question, and the ``error`` for where nobody is asked."""
        self.which = which
        self.error = error
        super().__init__(which.asked_as)


def which_skill(
    action: PlaceAction, item: WantedSkill, paths: Sequence[str], resolved: ResolvedRef, allowed: AllowedHosts
) -> WhichSkill | None:
    """Return the question which of ``paths`` is meant by ``item``; None where there is nothing to choose."""
    if not isinstance(action, Install) or item.skill is not None:
        return None
    options = []
    for path in paths:
        wanted = item.location.evolve(path=path)
        source = next((text for text in _spellings(wanted, resolved) if _leads_to(text, wanted, action, allowed)), None)
        options.append(Option(path=path, source=source))
    return WhichSkill(action=action, asked_as=item.asked_as, location=item.location, options=tuple(options))


def _spellings(wanted: SourceLocation, resolved: ResolvedRef) -> Iterator[str]:
    """Yield how people could write a folder of a repository: in short, with its path, as a browser shows it."""
    ref = f"@{wanted.ref}" if wanted.ref else ""
    for place in (f"{wanted.label}/{wanted.path}", f"{wanted.url}/{wanted.path}"):
        yield place
        yield f"{place}{ref}"
    yield f"{wanted.url.removesuffix('.git')}/tree/{wanted.ref or resolved.ref}/{wanted.path}"


def _leads_to(text: str, wanted: SourceLocation, action: Install, allowed: AllowedHosts) -> bool:
    try:
        found = parse_source(text, ref=action.ref, allowed=allowed)
    except InvalidInput:
        return False
    return (found.url, found.path) == (wanted.url, wanted.path) and (wanted.ref is None or found.ref == wanted.ref)


async def names_of(uow: UnitOfWork, which: WhichSkill) -> dict[Option, str] | None:
    """Return how people ask for each option, by its name in the catalogue first; None where one has no name at all."""
    known = {
        (skill.github_url, skill.path): skill.name
        for skill in await uow.skills.all()
        if which.action.ref or which.location.ref in {None, skill.source_ref}
    }
    names = {option: known.get((which.location.url, option.path), option.source) for option in which.options}
    found = {option: name for option, name in names.items() if name is not None}
    return found if len(found) == len(names) else None


async def ask_which(
    uow: UnitOfWork,
    execution: Execution,
    which: WhichSkill,
    names: dict[Option, str],
    reader: Reader,
    *,
    now: datetime,
) -> None:
    """Ask who made ``execution``, in the caller's transaction; it waits for the press, which says one of ``names``."""
    waiting = execution.evolve(waiting_for=WaitingFor.ANSWER, revision=execution.revision + 1, updated_at=now)
    await uow.executions.update(waiting, expected=ExecutionStatus.PENDING)
    card = _card(which, names, reader).evolve(code=execution.code)
    payload = {"card": card.model_dump(mode="json"), "asker": execution.channel_user_id}
    notice = card_notice(execution, NoticeKind.REPLY, now, payload=payload)
    await uow.notices.add(notice.evolve(dedupe_key=f"which:{execution.id}:{waiting.revision}"))


def _card(which: WhichSkill, sources: dict[Option, str], reader: Reader) -> Card:
    say, names = reader.say, _names(which.options)
    count = len(names)
    title = say("{source} holds {n} skills. Which of them shall I install?", source=which.location.label, n=count)
    every = Button(label=say("All of them"), press=PressChoice(action=which.choice(tuple(sources.values()))))
    if count > MOST_BUTTONS:
        typed = f"install {next(iter(sources.values()))} "
        typed += "everywhere" if EVERY in which.action.providers else f"on {' and '.join(which.action.providers)}"
        lines = (one_line(", ".join(names), _LONGEST_LIST), say('Say "{example}" for one of them.', example=typed))
        return Card(title=title, lines=lines, buttons=(every,))
    buttons = [
        Button(label=name, press=PressChoice(action=which.choice((sources[option],))))
        for name, option in zip(names, which.options, strict=True)
    ]
    return Card(title=title, buttons=(*buttons, every))


def _names(options: Sequence[Option]) -> list[str]:
    """Return what the skills are called: by their folders, by whole paths where two folders are called the same."""
    folders = [option.path.rpartition("/")[2] for option in options]
    return [
        folder if folders.count(folder) == 1 else option.path for folder, option in zip(folders, options, strict=True)
    ]
