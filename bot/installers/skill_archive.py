"""A skill as one archive, as providers take it and give it back."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from bot.installers.skill_folder import LARGEST_FOLDER
from core.domain.skills import BundleFile, SkillBundle

_EXECUTABLE, _PLAIN = 0o100755, 0o100644
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # of the format: the same content is the same archive


class UnreadableArchiveError(Exception):
    """It is no archive, or too large to be read."""


def packed(skill: str, bundle: SkillBundle) -> bytes:
    """Return ``bundle`` in the folder ``skill`` of an archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in sorted(bundle.files.items()):
            entry = zipfile.ZipInfo(f"{skill}/{path}", _FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (_EXECUTABLE if file.executable else _PLAIN) << 16
            archive.writestr(entry, file.content)
    return target.getvalue()


def unpacked(skill: str, content: bytes) -> SkillBundle:
    """Return what is in the folder ``skill`` of an archive; what lies beside it is there under its whole path.

    Raises:
        UnreadableArchiveError: as its docstring says.
    """
    files: dict[str, BundleFile] = {}
    left = LARGEST_FOLDER
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                left -= entry.file_size
                if left < 0:
                    raise UnreadableArchiveError
                path = entry.filename.removeprefix(f"{skill}/")
                is_executable = bool(entry.external_attr >> 16 & 0o100)
                files[path] = BundleFile(content=archive.read(entry), executable=is_executable)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableArchiveError from error
    return SkillBundle(files=files)


def bytes_of(bundle: SkillBundle) -> Mapping[str, bytes]:
    """Return the content of every file: what an archive is sure to keep."""
    return {path: file.content for path, file in bundle.files.items()}
