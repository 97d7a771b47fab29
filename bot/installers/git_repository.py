"""Skills in a team's repository: each change is a commit in the request's name, pushed or proposed for a merge.

Nothing is ever checked out: commits are made of bytes in a bare repository that lives as long as one call. What is on
the configured branch is what is installed; nothing that is remembered here counts.
"""

from __future__ import annotations

import re

from bot.git.commits import commit_folder, is_ours
from bot.git.process import GitFailed
from bot.git.remote import NOTHING, PushRejected, Remote
from bot.installers.git_access import GitAccess
from bot.installers.git_content import LARGEST_FETCH, content_at
from bot.installers.git_message import commit_message
from bot.installers.git_words import declined, is_moved, unreached
from bot.installers.skill_folder import check_installable, checked_name
from core.domain.consents import Consent
from core.domain.provider_configs import GitConfig
from core.domain.skills import SkillBundle
from core.domain.targets import Provider
from core.errors import (
    BranchMissing,
    BranchMoved,
    MergeGone,
    ProposalKept,
    SkillwardenError,
    TargetChanged,
    VerificationFailed,
)

# How often a change is put on top of a branch that moved, or is pushed again after an answer that was lost.
TRIES = 4
# Where it is asked whether the bot may push; nothing is pushed there.
_CHECKED = "refs/heads/skillwarden/check"
_NO_NAME = re.compile(r"[^a-z0-9]+")


class GitRepositoryInstaller:
    """Implements core.ports.SkillInstaller and core.ports.Proposals for a folder of a repository's branch."""

    def __init__(self, provider: Provider, config: GitConfig, access: GitAccess) -> None:
        """Install for ``provider`` where ``config`` says."""
        self._config = config
        self._access = access
        self._kind = provider.name.value
        self._folder = config.folder_for(provider.name)
        self._branch = f"refs/heads/{config.branch}"
        self._place = access.place(provider.display_name, config)

    def location(self, skill: str) -> str:
        note = ", by merge" if self._config.delivery == "merge" else ""
        return f"{self._config.address.label}/{self._path(skill)}@{self._config.branch}{note}"

    async def check(self) -> None:
        """Look whether the branch is there and the server lets us push at all; a protection shows only in a push."""
        async with self._access.opened(self._place, self._config) as remote:
            await remote.prepare(self._head(await remote.refs(self._branch)))
            try:
                await remote.push(NOTHING, _CHECKED, expected=NOTHING, only_try=True)
            except PushRejected:
                return  # it heard us, and there was nothing to do
            except GitFailed as failure:
                raise unreached(failure, self._place, pushing=True) from failure

    async def read(self, skill: str) -> SkillBundle | None:
        path = self._path(skill)
        async with self._access.opened(self._place, self._config) as remote:
            return await self._content(remote, self._head(await remote.refs(self._branch)), path)

    async def install(self, skill: str, bundle: SkillBundle, *, replacing: str | None, consent: Consent) -> str | None:
        check_installable(checked_name(skill), bundle)
        return await self._change(skill, bundle, replacing, consent)

    async def uninstall(self, skill: str, *, replacing: str, consent: Consent) -> str | None:
        return await self._change(checked_name(skill), None, replacing, consent)

    def branch(self, skill: str, *, consent: Consent) -> str:
        return _short(self._proposal(skill, consent))

    async def is_merged(self, skill: str, *, wanted: str | None, replacing: str | None, consent: Consent) -> bool:
        proposal = self._proposal(skill, consent)
        async with self._access.opened(self._place, self._config) as remote:
            # Twice: it may be merged and deleted while the server lists its refs.
            for _ in range(2):
                refs = await remote.refs(self._branch, proposal)
                if await self._is_there(remote, refs, skill, wanted, replacing):
                    return True
                if proposal in refs:
                    return False
        raise MergeGone(branch=_short(proposal))

    async def withdraw(self, skill: str, *, consent: Consent) -> None:
        proposal = self._proposal(skill, consent)
        async with self._access.opened(self._place, self._config) as remote:
            tip = (await remote.refs(proposal)).get(proposal)
            if tip is None:
                return
            await remote.fetch(tip, limit=LARGEST_FETCH)
            if not await is_ours(remote, tip):
                raise ProposalKept  # it is theirs now
            try:
                await remote.push(NOTHING, proposal, expected=tip)
            except PushRejected as rejected:  # it moved at the last moment, or must not be deleted
                raise ProposalKept from rejected

    async def _change(
        self, skill: str, bundle: SkillBundle | None, replacing: str | None, consent: Consent
    ) -> str | None:
        """Make ``bundle`` the skill's content on the branch, or propose that; return the branch that waits, if any."""
        wanted = bundle.digest if bundle else None
        by_merge = self._config.delivery == "merge"
        branch = self._proposal(skill, consent) if by_merge else self._branch
        message = commit_message(skill, self._place.provider, consent, removes=bundle is None)
        trouble: SkillwardenError | None = None
        async with self._access.opened(self._place, self._config, alone=True) as remote:
            # The last look is for an answer that was lost.
            for tries in range(TRIES + 1):
                refs = await remote.refs(self._branch, branch)
                if await self._is_there(remote, refs, skill, wanted, replacing):
                    return None
                if by_merge and branch in refs:
                    await self._check_proposal(remote, refs[branch], skill, wanted)
                    return _short(branch)
                if tries < TRIES:
                    commit = await self._commit(remote, refs[self._branch], skill, bundle, message)
                    trouble = await self._pushed(remote, commit, branch, expected=refs.get(branch, NOTHING))
                    if trouble is None:
                        return _short(branch) if by_merge else None
        raise trouble or BranchMoved(branch=self._config.branch, repository=self._place.repository, tries=TRIES)

    async def _pushed(self, remote: Remote, commit: str, branch: str, *, expected: str) -> SkillwardenError | None:
        """Push; return what went wrong where another look may show that nothing did, or another try may do.

        Raises:
            RepositoryReadOnly, HostKeyUnknown, BranchProtected, PushDeclined, ...: no other try would do.
        """
        try:
            await remote.push(commit, branch, expected=expected)
        except PushRejected as rejected:
            if not is_moved(rejected):
                raise declined(rejected, self._place) from rejected
            return BranchMoved(branch=self._config.branch, repository=self._place.repository, tries=TRIES)
        except GitFailed as failure:
            error = unreached(failure, self._place, pushing=True)
            if not error.recoverable:
                raise error from failure
            return error  # the server may have taken it all the same
        return None

    async def _commit(self, remote: Remote, parent: str, skill: str, bundle: SkillBundle | None, message: str) -> str:
        """Return a new commit on ``parent`` that was read back: what is pushed is what was approved."""
        commit = await commit_folder(remote, parent, self._path(skill), bundle, message)
        if await self._content(remote, commit, self._path(skill)) != bundle:
            raise VerificationFailed(provider=self._place.provider)
        return commit

    async def _is_there(
        self, remote: Remote, refs: dict[str, str], skill: str, wanted: str | None, replacing: str | None
    ) -> bool:
        """Whether the branch has what is ``wanted``; False when it has what is to be replaced.

        Raises:
            BranchMissing: there is no such branch.
            TargetChanged: it has something else.
        """
        there = _digest(await self._content(remote, self._head(refs), self._path(skill)))
        if there not in {wanted, replacing}:
            raise TargetChanged(skill=skill, provider=self._place.provider)
        return there == wanted

    async def _check_proposal(self, remote: Remote, tip: str, skill: str, wanted: str | None) -> None:
        """Do nothing if the branch that waits would bring what is ``wanted``; else it is not ours any more."""
        if _digest(await self._content(remote, tip, self._path(skill))) != wanted:
            raise TargetChanged(skill=skill, provider=self._place.provider)

    async def _content(self, remote: Remote, commit: str, path: str) -> SkillBundle | None:
        await remote.fetch(commit, limit=LARGEST_FETCH)
        return await content_at(remote, commit, path, self._place.provider)

    def _head(self, refs: dict[str, str]) -> str:
        """Return the commit of the branch."""
        if self._branch not in refs:
            place = self._place
            raise BranchMissing(branch=place.branch, repository=place.repository, provider=place.provider)
        return refs[self._branch]

    def _path(self, skill: str) -> str:
        return f"{self._folder}/{checked_name(skill)}"

    def _proposal(self, skill: str, consent: Consent) -> str:
        """Return the branch on which a request's change waits: one for each skill and provider of a request."""
        provider = _NO_NAME.sub("-", self._place.provider.lower()).strip("-") or self._kind
        return f"refs/heads/skillwarden/{consent.code}-{checked_name(skill)}-{provider}"


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/")


def _digest(bundle: SkillBundle | None) -> str | None:
    return bundle.digest if bundle else None
