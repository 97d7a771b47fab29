"""Plays conversations about approvals and kills the process at a commit, post, edit or installation.

``python -m tests.acceptance.killing_desk FOLDER NAME [URL]`` prints one JSON object a line. Each play is a fork
of this process that SIGKILL ends, and goes on in another one with the step at which it died. The world around the
program is kept in a file, as chat servers and folders outlive it.

On SQLite it is killed at every such moment. On the server's database at URL, which is emptied for each play, it is
killed at the first, the middle and the last moment of each kind.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import shutil
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.domain.actions import Approve, BreakGlass, ChatAction, Install, Modify, SetRole
from tests.acceptance.killing import NEVER, rows_of, say
from tests.approval_model import TERMS, look
from tests.clock import START
from tests.databases import empty
from tests.desk import PROVIDERS, Desk, furnish, template
from tests.desk_world import Fuse, Irrevocable, Outside

PDF = Install(skills=("pdf",), providers=("Claude",))
BOTH = PDF.evolve(providers=PROVIDERS)


@dataclass(frozen=True)
class Step:
    """Somebody says something (a button's intent: presses it) so many minutes after the beginning; or time passes."""

    minutes: float
    who: str = ""
    what: ChatAction | str | None = None


CONVERSATIONS: dict[str, tuple[str, tuple[Step, ...]]] = {
    "another ref": (
        "one admin",
        (Step(0, "alice", PDF), Step(1, "bob", Modify(ref="v1")), Step(2, "carol", "approve")),
    ),
    "narrowed": ("one admin", (Step(0, "alice", BOTH), Step(1, "bob", Modify(providers=("Claude",))))),
    "escalated and reminded": (
        "bob or erin, later admins",
        (Step(0, "alice", PDF), Step(11), Step(50), Step(51, "carol", "approve")),
    ),
    "broken glass": ("two admins", (Step(0, "bob", PDF), Step(1, "bob", BreakGlass(comment="it burns")))),
    "expired": ("one admin", (Step(0, "alice", PDF), Step(61))),
    "role": (
        "one admin",
        (Step(0, "alice", SetRole(user="Erin", role="admin")), Step(1, "bob", "approve"), Step(2, "bob", Approve())),
    ),
}


class Killer(Fuse):
    """Ends the process for good, and keeps the world's file up to date."""

    def __init__(self, file: Path, kill_at: int) -> None:
        super().__init__()
        self._file = file
        self._kill_at = kill_at
        self.outside: Outside | None = None
        #: What kind of moment each was so far.
        self.kinds: list[str] = []

    def tick(self, kind: Irrevocable) -> None:
        """Save the world; count; kill."""
        if self.outside is not None:
            world = (
                self.outside.places.there,
                self.outside.chat.messages,
                self.outside.bundles.kept,
                self.outside.swaps,
            )
            # It is small: a file that is written with one call is there as a whole, or as it was.
            self._file.with_suffix(".new").write_bytes(pickle.dumps(world))
            self._file.with_suffix(".new").replace(self._file)
        self.kinds.append(kind)
        if len(self.kinds) == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def play(name: str, folder: Path, kill_at: int, url: str | None) -> list[str] | None:
    """Play from where it stopped, in a process of its own; return the kinds of its moments, None when killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reader)
            os.write(writer, json.dumps(asyncio.run(_play(name, folder, kill_at, url))).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as answer:
        kinds = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if status or not kinds:
        raise RuntimeError(f"{name} ended with {status}")
    found: list[str] = json.loads(kinds)
    return found


async def _play(name: str, folder: Path, kill_at: int, url: str | None) -> list[str]:
    terms, steps = CONVERSATIONS[name]
    reached, world = folder / "step", folder / "world"
    killer = Killer(world, kill_at)
    outside = killer.outside = Outside(killer)
    if world.exists():
        there, messages, kept, outside.swaps = pickle.loads(world.read_bytes())  # noqa: S301 - written above
        outside.bundles.kept.update(kept)
        outside.places.there.update(there)
        outside.chat.messages.update(messages)
    killer.kinds = before.read_text().split() if (before := folder / "kinds").exists() else []
    outside.places.before_install = lambda *_what: outside.count_swap()
    first = int(reached.read_text()) if reached.exists() else 0
    outside.clock.set(START + timedelta(minutes=steps[first].minutes))
    desk = Desk(folder, outside, TERMS[terms].policy, url)
    await desk.open()
    for number, step in enumerate(steps[first:], first):
        reached.write_text(str(number))
        if folder.name == "whole" and number > first:
            _keep(folder, number, killer.kinds)
        outside.clock.set(START + timedelta(minutes=step.minutes))
        await _take(desk, step, f"step {number}")
        await desk.tick()
        await desk.work()
    await desk.close()
    return killer.kinds


def _keep(folder: Path, number: int, kinds: list[str]) -> None:
    """Copy everything as it is before a step, so that plays that die in it need not begin at the beginning."""
    copy = folder.with_name(f"{folder.name} before {number}")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm"))
    (copy / "kinds").write_text(" ".join(kinds))


def _begin(whole: Path, folder: Path, kill_at: int, url: str | None) -> None:
    """Make ``folder`` for a play that dies at ``kill_at``: as it was before the step in which that is.

    Only a file can be put back as it was. A server's database is as at the beginning.
    """
    if url is not None:
        empty(url)
        asyncio.run(furnish(url))
    kept = [(len((copy / "kinds").read_text().split()), copy) for copy in whole.parent.glob(f"{whole.name} before *")]
    passed = [(count, copy) for count, copy in kept if count < kill_at]
    if passed and url is None:
        shutil.copytree(max(passed)[1], folder)
    else:
        folder.mkdir()


def chosen(kinds: list[str], *, every: bool) -> list[int]:
    """Return at which moments it is killed, counted from one: all, or three of each kind."""
    if every:
        return list(range(1, len(kinds) + 1))
    places = {kind: [number for number, it in enumerate(kinds, 1) if it == kind] for kind in kinds}
    return sorted({own[at] for own in places.values() for at in (0, len(own) // 2, -1)})


async def _take(desk: Desk, step: Step, key: str) -> None:
    if isinstance(step.what, str):
        # Where the button has gone, the press was taken before the process died.
        for token, message in desk.buttons(step.who, step.what)[-1:]:
            await desk.press(step.who, token, message, key=key)
    elif step.what is not None:
        known = list(look(desk.url).requests.values())
        named = "request" in type(step.what).model_fields
        await desk.say(step.who, step.what.evolve(request=known[-1]["code"]) if named else step.what, key)


def state(folder: Path, url: str | None) -> dict[str, object]:
    """Return what the tables and the world say, without anything that differs from play to play."""
    there, _, _, swaps = pickle.loads((folder / "world").read_bytes())  # noqa: S301 - written above
    return {
        "rows": rows_of(url or f"sqlite:///{folder / 'skillwarden.db'}"),
        "there": sorted(f"{provider} {skill} {files.digest}" for (provider, skill), files in there.items()),
        "swaps": swaps,
    }


def main() -> None:
    """Play a conversation unkilled, then killed at each chosen moment and played on to its end."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    url = sys.argv[3] if sys.argv[3:] else None
    template()  # made once, for all forks

    whole = folder / "whole"
    _begin(whole, whole, 0, url)
    kinds = play(name, whole, NEVER, url)
    if kinds is None:
        raise RuntimeError("killed without reason")
    say(json.dumps({"kinds": kinds, "state": state(whole, url)}))
    for kill_at in chosen(kinds, every=url is None):
        there = folder / str(kill_at)
        _begin(whole, there, kill_at, url)
        killed = play(name, there, kill_at, url) is None
        play(name, there, NEVER, url)
        say(json.dumps({"kill_at": kill_at, "killed": killed, "state": state(there, url)}))


if __name__ == "__main__":
    main()
