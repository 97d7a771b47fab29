"""Commits that are made of bytes, in a bare repository: one folder becomes something else, everything else stays."""

from __future__ import annotations

from bot.git.remote import Remote
from core.domain.skills import SkillBundle

_AUTHOR = b"Skillwarden <noreply@skillwarden.invalid>"  # RFC 2606: nobody gets mail there
_REF = "refs/heads/skillwarden-new"


async def commit_folder(remote: Remote, parent: str, folder: str, content: SkillBundle | None, message: str) -> str:
    """Return a new commit on ``parent`` in which ``folder`` holds exactly ``content``, or is gone; it is nowhere else.

    Trees are rewritten from ``folder`` upwards alone: no mode, link, submodule or name beside it is looked at.

    Raises:
        GitFailed: git would not make it.
    """
    script = [
        b"commit %s\nmark :1\nauthor %s now\ncommitter %s now\n" % (_REF.encode(), _AUTHOR, _AUTHOR),
        _data(message.encode()),
        b"from %s\n" % parent.encode(),
        b"D %s\n" % _quoted(folder),
    ]
    for path, file in content.files.items() if content is not None else ():
        mode = b"100755" if file.executable else b"100644"
        script += [b"M %s inline %s\n" % (mode, _quoted(f"{folder}/{path}")), _data(file.content)]
    await remote.local("fast-import", "--quiet", "--force", "--date-format=now", stdin=b"".join([*script, b"done\n"]))
    return (await remote.local("rev-parse", "--verify", _REF)).decode().strip()


async def is_ours(remote: Remote, commit: str) -> bool:
    """Whether the bot made ``commit``, which is here."""
    raw = await remote.local("cat-file", "commit", commit)
    headers = raw.partition(b"\n\n")[0].split(b"\n")
    return any(header.startswith(b"committer %s " % _AUTHOR) for header in headers)


def _data(content: bytes) -> bytes:
    return b"data %d\n" % len(content) + content + b"\n"


def _quoted(path: str) -> bytes:
    """Return ``path`` as fast-import reads any bytes: C-quoted, in octal."""
    return b'"' + b"".join(b"\\%03o" % byte for byte in path.encode()) + b'"'
