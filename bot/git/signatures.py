"""Signatures of commits and tags, checked by git itself against the keys that are configured and no others."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.git.process import GitFailed, hear_git, run_git
from core.domain.hidden_text import visible
from core.domain.signatures import UNCHECKED, UNSIGNED, Flaw, Signature, SignatureState, together

# A commit or tag with a longer message is none that anybody reads.
_LARGEST_OBJECT = 1_000_000
_LONGEST_NAME = 200

_SSH, _PGP = b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN PGP SIGNATURE-----"
_IN_COMMIT = re.compile(rb"^gpgsig(?:-sha256)? (?P<begin>-----BEGIN [A-Z ]+-----)$", re.MULTILINE)
_IN_TAG = re.compile(rb"^(?P<begin>-----BEGIN [A-Z ]+-----)$", re.MULTILINE)
_PROGRAMS = {_SSH: "ssh-keygen", _PGP: "gpg"}

# git-verify-commit(1) --raw: gpg speaks as in its doc/DETAILS, ssh-keygen as people read it.
_SSH_GOOD = re.compile(r'^Good "git" signature for (?P<who>.+) with \S+ key SHA256:\S+$', re.MULTILINE)
_PGP_GOOD = re.compile(r"^\[GNUPG:\] GOODSIG [0-9A-F]+ (?P<who>.+)$", re.MULTILINE)
_FLAWS = tuple(
    (re.compile(pattern, re.MULTILINE), flaw)
    for pattern, flaw in (
        (r"^\[GNUPG:\] BADSIG |incorrect signature|^Could not verify signature", Flaw.FORGED),
        (r"^\[GNUPG:\] REVKEYSIG |revoked", Flaw.REVOKED),
        (r"^\[GNUPG:\] (?:EXPKEYSIG|EXPSIG) |expired", Flaw.EXPIRED),
        (r"^\[GNUPG:\] (?:NO_PUBKEY|ERRSIG) |No principal matched", Flaw.UNKNOWN_KEY),
    )
)
# Nothing is fetched, started or asked; a key counts because it is in the file.
_GPG_SETTINGS = "batch\nno-tty\nno-autostart\ndisable-dirmngr\nno-auto-key-retrieve\ntrust-model always\n"


@dataclass(frozen=True, kw_only=True)
class SignatureKeys:
    """Whose signatures count: OpenSSH's list of allowed signers, and a file of OpenPGP public keys; None: nobody's."""

    allowed_signers: Path | None = None
    gpg_keys: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is configured, so that nothing is checked."""
        return self.allowed_signers is None and self.gpg_keys is None


NO_KEYS = SignatureKeys()


async def signature_of(commit: str, tag: str | None, *, git_dir: str, keys: SignatureKeys) -> Signature:
    """Return who vouches for ``commit``, by its own signature or that of the object ``tag``, both in ``git_dir``.

    Raises:
        GitFailed: there is no such object.
        TooMuchOutput: it is larger than any that people sign.
    """
    if keys.is_empty:
        return UNCHECKED
    own = await _checked("commit", commit, git_dir=git_dir, keys=keys)
    if tag is None:
        return own
    return together(own, await _checked("tag", tag, git_dir=git_dir, keys=keys))


async def _checked(kind: str, oid: str, *, git_dir: str, keys: SignatureKeys) -> Signature:
    raw = await run_git("cat-file", kind, oid, git_dir=git_dir, limit=_LARGEST_OBJECT)
    head, _, body = raw.partition(b"\n\n")
    found = _IN_COMMIT.search(head) if kind == "commit" else _IN_TAG.search(body)
    if found is None:
        return UNSIGNED
    program = _PROGRAMS.get(found["begin"])
    file = {_SSH: keys.allowed_signers, _PGP: keys.gpg_keys}.get(found["begin"])
    if program is None or file is None:
        return _flawed(Flaw.UNKNOWN_KEY)
    if await asyncio.to_thread(shutil.which, program) is None:
        return UNCHECKED.evolve(flaw=Flaw.NO_PROGRAM)
    if not await asyncio.to_thread(os.access, file, os.R_OK):
        return _flawed(Flaw.UNKNOWN_KEY)
    environment = {"GNUPGHOME": await _gpg_home(git_dir, file)} if program == "gpg" else {}
    config = (
        ("gpg.ssh.allowedSignersFile", str(file)),
        ("gpg.ssh.program", "ssh-keygen"),
        ("gpg.program", "gpg"),
        ("gpg.x509.program", os.devnull),
    )
    try:
        said = await hear_git(f"verify-{kind}", "--raw", oid, git_dir=git_dir, config=config, environment=environment)
    except GitFailed as failure:
        return _flawed(next((flaw for sign, flaw in _FLAWS if sign.search(failure.complaint)), Flaw.UNREADABLE))
    who = (_SSH_GOOD if program == "ssh-keygen" else _PGP_GOOD).search(said)
    if who is None:
        return _flawed(Flaw.UNREADABLE)
    return Signature(state=SignatureState.VERIFIED, by=visible(who["who"], _LONGEST_NAME))


def _flawed(flaw: Flaw) -> Signature:
    return Signature(state=SignatureState.INVALID, flaw=flaw)


async def _gpg_home(git_dir: str, keys: Path) -> str:
    """Return a home for gpg that holds the public ``keys`` and nothing else; it goes with ``git_dir``."""
    home = Path(git_dir, "gnupg")
    if await asyncio.to_thread(_made, home):
        importing = await asyncio.create_subprocess_exec(
            "gpg", "--homedir", str(home), "--import", str(keys),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": os.devnull}, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        try:
            await importing.wait()  # keys that cannot be read are keys that are unknown
        finally:
            if importing.returncode is None:  # there was no more time for it
                with suppress(ProcessLookupError):
                    os.killpg(importing.pid, signal.SIGKILL)
                await importing.wait()
    return str(home)


def _made(home: Path) -> bool:
    """Make an empty home for gpg; False when it is there."""
    try:
        home.mkdir(mode=0o700)
    except FileExistsError:
        return False
    (home / "gpg.conf").write_text(_GPG_SETTINGS)
    return True
