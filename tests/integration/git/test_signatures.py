"""Signatures of commits and tags: git checks them against the keys that are configured, and nothing else counts."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.git.signatures import SignatureKeys
from bot.integrations.git_skill_source import GitSkillSource
from core.domain.signatures import UNCHECKED, UNSIGNED, Flaw, Signature, SignatureState
from core.domain.skills import SourceLocation
from core.domain.sources import AllowedHosts, parse_source
from tests.platforms.git_repo import GitRepo, skill_md
from tests.platforms.git_signing import GpgKey, SshKey, signed_commit, signed_tag

MINA = "mina@example.com"
BY_MINA = Signature(state=SignatureState.VERIFIED, by=MINA)


def flawed(flaw: Flaw) -> Signature:
    """Return what is said of a signature that does not count."""
    return Signature(state=SignatureState.INVALID, flaw=flaw)


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A repository with one skill and no signature."""
    made = GitRepo.create(tmp_path, "acme/skills")
    made.commit({"pdf/SKILL.md": skill_md("pdf")})
    return made


@pytest.fixture
def mina(tmp_path: Path) -> SshKey:
    """A key that is on the list."""
    key = SshKey.create(tmp_path, "mina")
    (tmp_path / "signers").write_text(key.allowed(MINA, 'namespaces="git"'))
    return key


@pytest.fixture
def keys(tmp_path: Path, mina: SshKey) -> SignatureKeys:
    """Mina's key counts."""
    assert mina.file.exists()
    return SignatureKeys(allowed_signers=tmp_path / "signers")


@pytest.fixture(scope="module")
def gpg() -> Iterator[GpgKey]:
    """An OpenPGP key, which takes a second to make."""
    with tempfile.TemporaryDirectory(prefix="gpg-") as folder:
        key = GpgKey.create(Path(folder), f"Mina Park <{MINA}>")
        yield key
        key.close()


async def found(repo: GitRepo, keys: SignatureKeys, ref: str = "main") -> Signature:
    """Return what a fetch of ``ref`` says."""
    root = repo.path.parent.parent
    allowed = AllowedHosts(local_root=str(root))
    source = GitSkillSource(allowed, root / "scratch", keys=keys)
    location: SourceLocation = parse_source(str(repo.path), allowed=allowed)
    resolved = await source.resolve(location, ref)
    (skill,) = await source.fetch(location, resolved.commit, resolved.tag)
    assert list((root / "scratch").iterdir()) == []
    return skill.signature


async def test_without_keys_nothing_is_checked(repo: GitRepo, mina: SshKey) -> None:
    """And nothing is claimed."""
    signed_commit(repo, mina)
    assert await found(repo, SignatureKeys()) == UNCHECKED


async def test_a_commit_without_a_signature_has_none(repo: GitRepo, keys: SignatureKeys) -> None:
    """Nor has a tag that nobody signed."""
    repo.tag("v1", annotated=True)
    assert await found(repo, keys) == UNSIGNED
    assert await found(repo, keys, "v1") == UNSIGNED


async def test_a_commit_signed_with_a_known_key_is_verified(repo: GitRepo, keys: SignatureKeys, mina: SshKey) -> None:
    """The list says whose key it is."""
    signed_commit(repo, mina)
    assert await found(repo, keys) == BY_MINA


async def test_a_signed_tag_vouches_for_its_commit(repo: GitRepo, keys: SignatureKeys, mina: SshKey) -> None:
    """The commit itself need not be signed; asked for by its branch, nobody vouches for it."""
    signed_tag(repo, mina, "v1")
    assert await found(repo, keys, "v1") == BY_MINA
    assert await found(repo, keys) == UNSIGNED


async def test_somebody_elses_key_does_not_count(repo: GitRepo, keys: SignatureKeys, tmp_path: Path) -> None:
    """Whoever says to be Mina is not, without her key."""
    mallory = SshKey.create(tmp_path, "mallory")
    signed_commit(repo, mallory)
    assert await found(repo, keys) == flawed(Flaw.UNKNOWN_KEY)
    signed_tag(repo, mallory, "v1")
    assert await found(repo, keys, "v1") == flawed(Flaw.UNKNOWN_KEY)


async def test_a_signature_of_something_else_is_forged(repo: GitRepo, keys: SignatureKeys, mina: SshKey) -> None:
    """It is hers, and not of this; a forged tag spoils the commit's own signature too."""
    signed_commit(repo, mina)
    signed_tag(repo, mina, "v1", forged=True)
    assert await found(repo, keys, "v1") == flawed(Flaw.FORGED)
    signed_commit(repo, mina, forged=True)
    assert await found(repo, keys) == flawed(Flaw.FORGED)


async def test_a_key_counts_as_long_as_the_list_says(repo: GitRepo, mina: SshKey, tmp_path: Path) -> None:
    """What was signed when it was no longer good does not count."""
    (tmp_path / "signers").write_text(mina.allowed(MINA, 'valid-before="20200101"'))
    signed_commit(repo, mina)
    signature = await found(repo, SignatureKeys(allowed_signers=tmp_path / "signers"))
    assert signature.state is SignatureState.INVALID


@pytest.mark.parametrize("content", [None, "", "nonsense\n"])
async def test_a_list_that_cannot_be_used_lets_nobody_through(
    repo: GitRepo, mina: SshKey, tmp_path: Path, content: str | None
) -> None:
    """Missing, empty or spoilt: every key is unknown."""
    signed_commit(repo, mina)
    if content is not None:
        (tmp_path / "spoilt").write_text(content)
    signature = await found(repo, SignatureKeys(allowed_signers=tmp_path / "spoilt"))
    assert signature.state is SignatureState.INVALID


async def test_without_the_program_nothing_is_verified(
    repo: GitRepo, keys: SignatureKeys, mina: SshKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card says that it is missing; a rule that asks for a signature is not met."""
    signed_commit(repo, mina)
    monkeypatch.setattr(shutil, "which", lambda _program: None)
    signature = await found(repo, keys)
    assert signature == Signature(flaw=Flaw.NO_PROGRAM)
    assert not signature.is_verified


async def test_openpgp_counts_with_its_own_keys(
    repo: GitRepo, keys: SignatureKeys, gpg: GpgKey, tmp_path: Path
) -> None:
    """A file of public keys is all it takes; without it the same signature is nobody's."""
    (tmp_path / "keys.gpg").write_bytes(gpg.public())
    mine = SignatureKeys(gpg_keys=tmp_path / "keys.gpg")
    plain = repo.head()
    signed_commit(repo, gpg)
    assert await found(repo, mine) == Signature(state=SignatureState.VERIFIED, by=f"Mina Park <{MINA}>")
    assert await found(repo, keys) == flawed(Flaw.UNKNOWN_KEY)
    signed_tag(repo, gpg, "v1")
    assert (await found(repo, mine, "v1")).is_verified
    (tmp_path / "other.gpg").write_bytes(b"")
    assert await found(repo, SignatureKeys(gpg_keys=tmp_path / "other.gpg")) == flawed(Flaw.UNKNOWN_KEY)
    repo.branch("main", plain)
    signed_commit(repo, gpg, forged=True)
    assert await found(repo, mine) == flawed(Flaw.FORGED)


async def test_an_import_that_takes_too_long_is_ended(
    repo: GitRepo, gpg: GpgKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is left when the time for the whole call is over."""
    signed_commit(repo, gpg)
    (tmp_path / "keys.gpg").write_bytes(gpg.public())
    program, told = tmp_path / "bin" / "gpg", tmp_path / "told"
    program.parent.mkdir()
    os.mkfifo(told)
    program.write_text(f"#!/bin/sh\necho $$ > {told}\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    checking = asyncio.create_task(found(repo, SignatureKeys(gpg_keys=tmp_path / "keys.gpg")))
    process = int(await asyncio.to_thread(told.read_text))
    os.kill(process, 0)
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_an_openpgp_key_counts_until_it_expires(repo: GitRepo, tmp_path: Path) -> None:
    """A signature that was good once is told from one that never was."""
    with tempfile.TemporaryDirectory(prefix="gpg-") as folder:
        old = GpgKey.create(Path(folder), f"Mina Park <{MINA}>", at="20200101T000000!", good_for="2d")
        signed_commit(repo, old)
        (tmp_path / "keys.gpg").write_bytes(old.public())
        old.close()
    assert await found(repo, SignatureKeys(gpg_keys=tmp_path / "keys.gpg")) == flawed(Flaw.EXPIRED)
