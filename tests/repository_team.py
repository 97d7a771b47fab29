"""A team's repository as a provider called Acme, and a bot that is connected to it, in the test's hand."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from core.domain.base import new_id
from core.domain.executions import InstallRun
from core.domain.policy import Policy
from core.domain.targets import InstallTarget, Provider, ProviderKind, ProviderMode
from core.domain.users import Role
from core.ports import UserGroups
from tests.clock import FakeClock
from tests.contracts.repository_place import AUTHORIZATION, BESIDE, NAME
from tests.harness import Talk, code_in, talking
from tests.platforms.git_http import GitHttpServer
from tests.platforms.git_repo import GitRepo

SKILL = "meeting-notes"


class Team:
    """A conversation with a bot that is connected to a team's repository, under the name Acme."""

    def __init__(self, home: Path, server: GitHttpServer, delivery: str) -> None:
        self.home = home
        self.server = server
        self.repo = GitRepo.create(server.root, NAME)
        self.repo.commit(BESIDE)
        self.clock = FakeClock()
        self.talk: Talk
        self._delivery = delivery
        server.require(NAME, AUTHORIZATION)

    @contextlib.asynccontextmanager
    async def running(
        self, policy: Policy | None = None, *, user_groups: UserGroups | None = None
    ) -> AsyncIterator[Talk]:
        """Start the bot under a policy; it can be started again."""
        session = new_id(self.clock.now())
        async with talking(self.home, self.clock, session=session, policy=policy, user_groups=user_groups) as self.talk:
            await self._connect()
            yield self.talk

    async def _connect(self) -> None:
        config = {"repository": self.server.url(NAME), "credential": "env:TEAM_TOKEN", "delivery": self._delivery}
        now = self.clock.now()
        async with self.talk.database.begin() as uow:
            if any(provider.display_name == "Acme" for provider in await uow.providers.all()):
                return
            (owner, *_) = [user for user in await uow.users.all() if user.role is Role.ADMIN]
            await uow.providers.add(
                Provider(
                    id=new_id(now),
                    owner_id=owner.id,
                    name=ProviderKind.CLAUDE,
                    display_name="Acme",
                    mode=ProviderMode.GIT,
                    config=config,
                    created_at=now,
                    updated_at=now,
                )
            )
            await uow.commit()

    async def ask(self, sentence: str) -> str:
        """Say ``sentence`` as alice, have bob approve it, and return the code."""
        code = code_in(await self.talk(sentence))
        await self.talk("/as bob")
        if "DESTRUCTIVE" in await self.talk(f"approve {code}"):
            self.clock.advance(5)
            await self.talk(f"approve {code}")
        await self.talk("/as alice")
        return code

    async def look(self, *, minutes: float = 6) -> str:
        """Let time pass until the next look, and return what is printed because of it."""
        self.clock.advance(minutes=minutes)
        self.talk.program.wake()
        return await self.talk.settle()

    async def run(self, code: str) -> InstallRun:
        """Return the only run of a request."""
        (run,) = await self.talk.runs(code)
        return run

    async def target(self, code: str) -> InstallTarget:
        """Return the target of the only run of a request."""
        run = await self.run(code)
        async with self.talk.database.read() as uow:
            found = await uow.targets.get(run.target_id or "")
        assert found is not None
        return found

    def branch(self, code: str) -> str:
        """Return the branch on which a request's change waits."""
        return f"skillwarden/{code}-{SKILL}-acme"

    def branches(self) -> list[str]:
        """Return all branches."""
        return self.repo.git("for-each-ref", "--format=%(refname:short)").splitlines()

    def there(self, branch: str = "main") -> list[str]:
        """Return the paths of the skill's files."""
        return self.repo.git(
            "ls-tree", "-r", "--name-only", f"{branch}:.claude/skills/{SKILL}", check=False
        ).splitlines()

    def merge(self, code: str, *, squash: bool = False) -> None:
        """Merge a request's branch as people do."""
        self.repo.merge(self.branch(code), squash=squash)
