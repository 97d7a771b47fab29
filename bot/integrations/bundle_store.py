"""Skill bundles as files: one uncompressed tar a bundle, named after its digest, never changed once it is there.

How bundles differ is kept beside them, named after the SHA-256 of the text.
"""

from __future__ import annotations

import asyncio
import io
import re
import tarfile
from pathlib import Path

from bot.integrations.durable_files import keep
from core.domain.base import sha256_hex
from core.domain.skills import BundleFile, SkillBundle, StoredBundle, StoredFile
from core.errors import BundleCorrupt

_ROOT = "artifacts"
_FOLDER = "artifacts/bundles"
_DIFFS = "artifacts/diffs"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_EXECUTABLE = 0o100


class DiskBundleStore:
    """The port ``BundleStore`` on ``artifacts/bundles/<aa>/<digest>.tar`` and ``artifacts/diffs`` below the home."""

    def __init__(self, home: Path) -> None:
        """Keep bundles below ``home``."""
        self._home = home

    async def put(self, bundle: SkillBundle) -> StoredBundle:
        """Store ``bundle``, or mend what is stored under its digest; see the port.

        Raises:
            DiskFull: see the port.
        """
        return await asyncio.to_thread(self._put, bundle)

    async def get(self, digest: str) -> SkillBundle:
        """Return the bundle; see the port.

        Raises:
            BundleCorrupt: see the port.
        """
        return await asyncio.to_thread(self._get, digest)

    async def put_diff(self, text: str) -> StoredFile:
        """Store ``text``; see the port.

        Raises:
            DiskFull: see the port.
        """
        return await asyncio.to_thread(self._put_diff, text.encode())

    def _put_diff(self, content: bytes) -> StoredFile:
        checksum = sha256_hex(content)
        path = self._home / _DIFFS / checksum[:2] / f"{checksum}.diff"
        keep(self._home / _ROOT, path, content)
        return StoredFile(path=path.relative_to(self._home).as_posix(), size=len(content), checksum=checksum)

    def _put(self, bundle: SkillBundle) -> StoredBundle:
        content = _archive(bundle)
        path = self._path(bundle.digest)
        keep(self._home / _ROOT, path, content)
        return StoredBundle(
            digest=bundle.digest,
            path=path.relative_to(self._home).as_posix(),
            size=len(content),
            checksum=sha256_hex(content),
        )

    def _get(self, digest: str) -> SkillBundle:
        if not _DIGEST.fullmatch(digest):
            raise BundleCorrupt(digest=digest)
        try:
            bundle = _unarchive(self._path(digest).read_bytes())
        except (OSError, ValueError, tarfile.TarError) as error:
            raise BundleCorrupt(digest=digest) from error
        if bundle.digest != digest:
            raise BundleCorrupt(digest=digest)
        return bundle

    def _path(self, digest: str) -> Path:
        return self._home / _FOLDER / digest[:2] / f"{digest}.tar"


def _archive(bundle: SkillBundle) -> bytes:
    """Return the one tar that stands for ``bundle``: sorted, owned by root, from 1970."""
    parts: list[bytes] = []
    for path, file in sorted(bundle.files.items()):
        member = tarfile.TarInfo(path)
        member.size = len(file.content)
        member.mode = 0o755 if file.executable else 0o644
        header = member.tobuf(tarfile.PAX_FORMAT, tarfile.ENCODING, "surrogateescape")
        parts += (header, file.content, bytes(-len(file.content) % tarfile.BLOCKSIZE))
    # Two empty blocks end it, and a tape's record is filled up. TarFile writes the same, several times as slowly.
    parts.append(bytes(2 * tarfile.BLOCKSIZE))
    parts.append(bytes(-sum(map(len, parts)) % tarfile.RECORDSIZE))
    return b"".join(parts)


def _unarchive(content: bytes) -> SkillBundle:
    """Read a tar that ``_archive`` made; nothing is extracted to disk."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isreg() else None
            if stream is None:
                raise tarfile.ReadError(f"{member.name} is not a file")
            files[member.name] = BundleFile(content=stream.read(), executable=bool(member.mode & _EXECUTABLE))
    return SkillBundle(files=files)
