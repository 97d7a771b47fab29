"""A team's repository through the command line: pushed at once, waited for where people merge, and taken back."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

from bot.clock import SystemClock
from bot.installation import Installation
from core.domain.base import new_id
from core.domain.targets import Provider, ProviderKind, ProviderMode
from tests.acceptance.program import skillwarden
from tests.contracts.repository_place import AUTHORIZATION, BESIDE, NAME, TOKEN
from tests.harness import CODE, code_in
from tests.platforms.git_http import GitHttpServer
from tests.platforms.git_repo import GitRepo

SKILL = "meeting-notes"


def play(home: Path, script: str) -> str:
    """Play ``script`` in the demo console, which has the token in its environment, and return all that it printed."""
    done = skillwarden("console", "--demo", "--home", str(home / "demo"), home=home, lines=script, TEAM_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


async def connect(home: Path, url: str) -> None:
    """Connect two providers of the demo to the repository: one is pushed to, for the other people merge."""
    installation = await asyncio.to_thread(Installation.open, home / "demo", None, demo=True)
    clock = SystemClock()
    async with installation.storage(clock, lambda: None) as database, database.begin() as uow:
        owner = (await uow.users.all())[0]
        for name, kind, delivery in (("Acme", ProviderKind.CLAUDE, "push"), ("Globex", ProviderKind.GEMINI, "merge")):
            await uow.providers.add(
                Provider(
                    id=new_id(clock.now()),
                    owner_id=owner.id,
                    name=kind,
                    display_name=name,
                    mode=ProviderMode.GIT,
                    config={"repository": url, "credential": "env:TEAM_TOKEN", "delivery": delivery},
                    created_at=clock.now(),
                    updated_at=clock.now(),
                )
            )
        await uow.commit()


def skill_in(repo: GitRepo, folder: str) -> list[str]:
    """Return what the skill's folder holds on main."""
    return repo.git("ls-tree", "-r", "--name-only", f"main:{folder}/{SKILL}", check=False).splitlines()


def written(folder: Path) -> str:
    """Return everything that is written below ``folder``: database, logs, artifacts, receipts, names."""
    parts = [f"{path}\n{path.read_bytes().decode(errors='replace')}" for path in folder.rglob("*") if path.is_file()]
    return "\n".join(parts)


def test_a_team_shares_a_skill_and_takes_it_back(tmp_path: Path) -> None:
    """What one branch takes at once, another waits for until somebody merges; the token is nowhere afterwards."""
    with GitHttpServer(tmp_path / "served") as server:
        repo = GitRepo.create(tmp_path / "served", NAME)
        repo.commit(BESIDE)
        server.require(NAME, AUTHORIZATION)
        printed = play(tmp_path, "whoami\n")
        asyncio.run(connect(tmp_path, server.url(NAME)))
        asked = play(tmp_path, f"install {SKILL} on Acme and Globex\n/as bob\n/press 1\n/as alice\nstatus\n")
        code = code_in(asked)
        branch = f"skillwarden/{code}-{SKILL}-globex"
        assert branch in asked
        assert "waiting for a merge" in asked
        assert skill_in(repo, ".claude/skills") == ["SKILL.md", "references/template.md"]
        assert skill_in(repo, ".gemini/skills") == []
        repo.merge(branch)
        told = play(tmp_path, f"status\nroll back {SKILL} on Acme\n/as bob\n/press 1\n/as alice\n")
        removal = CODE.findall(told)[-1]
        # A second press within two seconds is one press that bounced: what is destructive is approved until it counts.
        while skill_in(repo, ".claude/skills"):
            told += play(tmp_path, f"/as bob\napprove {removal}\n/as alice\n")
        assert skill_in(repo, ".gemini/skills") == ["SKILL.md", "references/template.md"]
        assert skill_in(repo, ".claude/skills") == []
        assert f"Installed {SKILL}" in told
        assert f"This takes back #{code}" in repo.git("log", "-1", "--format=%b", "main")
        history = repo.git("log", "--format=%B", "--all")
    found = "\n".join([written(tmp_path / "demo"), printed, asked, told, history])
    assert branch in found  # the search finds what is there
    forms = (TOKEN, AUTHORIZATION.removeprefix("Basic "), base64.b64encode(TOKEN.encode()).decode().rstrip("="))
    assert [form for form in forms if form in found] == []
