"""Agent Skills: the catalogue entry, the bundle of bytes, what it can reach, how two bundles differ."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from core.domain.base import Domain, canonical_json, sha256_hex
from core.domain.signatures import UNCHECKED, Signature


class Skill(Domain):
    """A catalogue entry: where a skill comes from and under which name people ask for it."""

    id: str
    owner_id: str
    name: str = Field(max_length=64)  # Agent Skills: name, 64
    title: str = Field(max_length=120)
    description: str = ""
    github_url: str = Field(max_length=500)
    #: The skill's folder inside the repository, "" for its root.
    path: str = ""
    source_ref: str = Field(default="main", max_length=120)
    tags: tuple[str, ...] = ()
    is_archived: bool = False
    created_at: AwareDatetime
    updated_at: AwareDatetime


class BundleFile(Domain):
    """One file of a skill: its bytes and whether it may be executed."""

    content: bytes
    executable: bool = False


class SkillBundle(Domain):
    """A skill's whole content by relative POSIX path; two bundles with the same digest are the same bytes."""

    files: Mapping[str, BundleFile]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the sorted list of (path, mode, SHA-256 of the content)."""
        listing = [
            [path, "100755" if file.executable else "100644", sha256_hex(file.content)]
            for path, file in sorted(self.files.items())
        ]
        return sha256_hex(canonical_json(listing))

    @property
    def size(self) -> int:
        """The sum of all file sizes in bytes."""
        return sum(len(file.content) for file in self.files.values())


class SkillManifest(Domain):
    """The front matter of SKILL.md, and what is wrong with it."""

    name: str
    description: str
    license: str | None = None
    compatibility: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    allowed_tools: tuple[str, ...] = ()
    #: Off-spec, but every client loads it.
    warnings: tuple[str, ...] = ()


class ReachLevel(StrEnum):
    """How far a skill can reach: text only, code or tools on this machine, the network."""

    CONTAINED = "contained"
    PRIVILEGED = "privileged"
    REMOTE = "remote"


class Reach(Domain):
    """What a skill could do once installed, with the reasons an approver must see."""

    level: ReachLevel
    scripts: tuple[str, ...] = ()
    executables: tuple[str, ...] = ()
    allowed_tools: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    binaries: tuple[str, ...] = ()
    #: Zero-width, bidirectional and tag characters, HTML comments, long base64 runs: "SKILL.md:12 zero-width".
    hidden: tuple[str, ...] = ()
    #: Everything else that widens the reach: front-matter hooks, !`cmd` injection, curl|sh, MCP servers.
    findings: tuple[str, ...] = ()


class SkillDiff(Domain):
    """How a bundle differs from what is installed; line counts are of text files only."""

    first_install: bool
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    lines_added: int = 0
    lines_removed: int = 0
    #: Scripts that are new or whose bytes changed.
    changed_scripts: tuple[str, ...] = ()
    allowed_tools_added: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.first_install or self.added or self.removed or self.changed)


class Patch(Domain):
    """The beginning of how two contents of a skill differ, as people read it; the whole is an artifact.

    ``of`` says what: a change that is asked for, or edits that somebody made in place.
    """

    skill: str
    of: Literal["change", "local_edits"]
    before: str
    after: str
    text: str


class SourceLocation(Domain):
    """Where a skill is fetched from; ``url`` is what git is given and never holds credentials."""

    url: str
    #: Short form for people: "acme/skills", or the path of a local repository.
    label: str
    host: str
    path: str = ""
    ref: str | None = None


class ResolvedRef(Domain):
    """A ref at the moment it was looked up; who wrote the commit is known only once it is fetched."""

    ref: str
    commit: str = Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")
    #: The object of the tag that points to the commit; None for a branch, a commit, and a tag that is only a name.
    tag: str | None = Field(default=None, pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")


class FetchedSkill(Domain):
    """One skill out of a repository at a commit, with the commit's author and date; see ``SkillSource.fetch``."""

    path: str
    bundle: SkillBundle
    commit: str
    author: str
    committed_at: AwareDatetime
    signature: Signature = UNCHECKED


class SkillVersion(Domain):
    """Content of a skill that was installed, with consent; ``commit_sha`` is None of what was edited in place."""

    id: str
    skill_id: str
    requested_ref: str = Field(max_length=120)
    commit_sha: str | None
    digest: str
    author: str | None
    committed_at: AwareDatetime | None
    file_count: int
    size: int
    reach: Reach
    #: Its file in the bundle store, relative to the home.
    bundle_path: str | None
    created_at: AwareDatetime


class StoredFile(Domain):
    """A file of the bundle store that is no bundle: path relative to the home, size in bytes, SHA-256 of the file."""

    path: str
    size: int
    checksum: str


class StoredBundle(Domain):
    """A bundle's file in the bundle store: path relative to the home, size in bytes, SHA-256 of the file."""

    digest: str
    path: str
    size: int
    checksum: str
