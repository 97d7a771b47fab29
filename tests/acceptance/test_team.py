"""One conversation, from the first installation to the last: every change is approved, every folder compared."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.conversations import Content, content
from tests.acceptance.program import Conversation
from tests.harness import CODE
from tests.platforms.git_repo import GitRepo

SKILL = "meeting-notes"
PLACES = ("claude", "gemini")


class Team:
    """Alice asks and Bob approves, in a demo console that runs in a process of its own."""

    def __init__(self, talk: Conversation, home: Path) -> None:
        """Talk through ``talk``; look at the folders below ``home``."""
        self._talk = talk
        self._home = home

    def do(self, sentence: str, *, shown: str, done: str) -> None:
        """Ask for ``sentence``; approve the card, which says ``shown``; wait for the outcome, which says ``done``."""
        before = self.content()
        code = CODE.findall(self._talk.say(sentence, until="for carol"))[-1]
        assert shown in " ".join(self._talk.say("/as bob", until="[1] Approve").split())
        assert self.content() == before
        # A second press within two seconds is one press that bounced: what is destructive is approved until it counts.
        while "DESTRUCTIVE" in self._talk.say(f"approve {code}", until=f"#{code}"):
            pass
        assert done in self._talk.say("/as alice", until="[1] Roll back")

    def content(self) -> list[Content]:
        """Return what is at each place."""
        return [content(self._home / "providers" / place / "skills" / SKILL) for place in PLACES]


def test_a_skill_lives_on_two_providers_and_leaves_them_again(tmp_path: Path) -> None:
    """Install, upstream changes, sync with its diff, roll back, uninstall - and bring it back after all."""
    home = tmp_path / "demo"
    with Conversation(tmp_path) as talk:
        team = Team(talk, home)
        team.do(f"install {SKILL} on claude and gemini", shown="first install", done=f"Installed {SKILL}")
        first = content(home / f"sources/skills/skills/{SKILL}")
        assert team.content() == [first] * 2

        GitRepo(home / "sources/skills/.git").commit({f"skills/{SKILL}/extra.md": "more\n"}, branch="main")
        talk.say(f"diff {SKILL}", until="Differences")
        assert "+more" in talk.say("/press 1", until="+more")
        team.do(f"sync {SKILL}", shown="1 file changed, +1 -0", done=f"Synced {SKILL}")
        second = first | {"extra.md": (b"more\n", False)}
        assert team.content() == [second] * 2

        team.do(f"roll back {SKILL} on claude and gemini", shown="+0 -1", done=f"Rolled back {SKILL}")
        assert team.content() == [first] * 2

        team.do(f"uninstall {SKILL} from claude and gemini", shown="REMOVED, 2 files", done=f"Removed {SKILL}")
        assert team.content() == [{}] * 2
        assert not any((home / "providers" / place / "skills" / SKILL).exists() for place in PLACES)

        team.do(f"roll back {SKILL} on gemini", shown="put back", done=f"Rolled back {SKILL}")
        assert team.content() == [{}, first]
        talk.end()
