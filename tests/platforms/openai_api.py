"""A stand-in for OpenAI's Skills API: ``/v1/skills``, its versions and their content.

From the reference: the fields of every object, ``files[]`` or one archive, 50 MB, 500 files, 25 MB a file, one
SKILL.md, one top-level folder, the default version, pages, the shape of errors. Not documented, and taken to be as
unhelpful as it could be: archives keep no permissions, the default version cannot be deleted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import ClassVar

from tests.platforms.skills_api import (
    Json,
    RefusedError,
    RemoteSkill,
    Request,
    SkillsApiServer,
    Version,
)

LARGEST_ARCHIVE = 50_000_000
LARGEST_FILE = 25_000_000
MOST_FILES = 500
_TYPES = {401: "invalid_request_error", 429: "requests", 500: "server_error", 503: "server_error"}


class OpenAiApi(SkillsApiServer):
    """The project of one API key."""

    version_prefix = "skillver_"
    deleted: ClassVar[Json] = {"object": "skill.deleted", "deleted": True}

    @property
    def url(self) -> str:
        """What a client has as its base URL."""
        return f"{self.host}/v1"

    def put(self, name: str, files: Mapping[str, bytes], display_name: str | None = None) -> RemoteSkill:
        """As everywhere; who changes a skill points at what is new."""
        skill = super().put(name, files, display_name)
        skill.default = skill.latest.number
        return skill

    def current(self, skill: RemoteSkill) -> Version:
        return self.version(skill, str(skill.default))

    def name_of(self, version: Version) -> str:
        return str(version.number)

    def check(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            given = request.headers.get("authorization", "").removeprefix("Bearer ")
            raise RefusedError(401, f"Incorrect API key provided: {given}.")

    def error(self, status: int, message: str) -> Json:
        kind = _TYPES.get(status, "invalid_request_error")
        return {"error": {"message": message, "type": kind, "param": None, "code": None}}

    def skill_json(self, skill: RemoteSkill) -> Json:
        return {
            "id": skill.id,
            "object": "skill",
            "name": skill.name,
            "description": skill.latest.description,
            "created_at": skill.created,
            "default_version": str(skill.default),
            "latest_version": str(skill.latest.number),
        }

    def act_on_skills(self, request: Request) -> Json:
        match (request.method, *request.path):
            case ("POST", "v1", "skills"):
                return self.skill_json(self._create(_form(request, set())[1], None))
            case ("GET", "v1", "skills"):
                return _page([self.skill_json(skill) for skill in self.skills.values()], request)
            case ("POST", "v1", "skills", skill_id):
                return self._point(self.skill(skill_id), request.json())
        raise RefusedError(404, f"Invalid URL ({request.method} /{'/'.join(request.path)})")

    def act_on_versions(self, request: Request, skill: RemoteSkill) -> Json | bytes:
        match (request.method, *request.path[4:]):
            case ("POST",):
                default, files = _form(request, {"default"})
                version = self._add(skill, files)
                skill.default = version.number if default else skill.default
                return _version(skill, version)
            case ("GET",):
                return _page([_version(skill, version) for version in skill.versions], request)
            case ("GET", number):
                return _version(skill, self.version(skill, number))
            case ("GET", number, "content"):
                return self.archive(skill, number)
            case ("DELETE", number):
                return self._remove(skill, number)
        raise RefusedError(404, f"Invalid URL ({request.method} /{'/'.join(request.path)})")

    def _point(self, skill: RemoteSkill, asked: Json) -> Json:
        if set(asked) != {"default_version"} or not isinstance(asked["default_version"], str):
            raise RefusedError(400, "Missing required parameter: 'default_version'.")
        skill.default = self.version(skill, asked["default_version"]).number
        return self.skill_json(skill)

    def _remove(self, skill: RemoteSkill, number: str) -> Json:
        version = self.version(skill, number)
        if version.number == skill.default:
            raise RefusedError(400, "The default version cannot be deleted.")
        skill.versions.remove(version)
        return {"id": version.id, "object": "skill.version.deleted", "deleted": True, "version": number}

    def check_version(self, name: str, folder: str, files: Mapping[str, bytes], manifests: list[str]) -> None:
        if len(manifests) != 1:
            raise RefusedError(400, "There must be exactly one SKILL.md.")
        if len(files) > MOST_FILES:
            raise RefusedError(400, f"There are more than {MOST_FILES} files.")
        if any(len(content) > LARGEST_FILE for content in files.values()):
            raise RefusedError(400, "A file is larger than 25 MB.")


def _form(request: Request, allowed: set[str]) -> tuple[bool, dict[str, bytes]]:
    default = False
    files: dict[str, bytes] = {}
    for name, filename, content in request.parts():
        if name in {"files", "files[]"} and filename and filename.endswith(".zip"):
            files |= _unpacked(content)
        elif name == "files[]" and filename:
            files[filename] = content
        elif name in allowed and filename is None and content in {b"true", b"false"}:
            default = content == b"true"
        else:
            raise RefusedError(400, f"Unknown parameter: '{name}'.")
    if not files:
        raise RefusedError(400, "Missing required parameter: 'files'.")
    return default, files


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > LARGEST_ARCHIVE:
        raise RefusedError(413, "The archive is larger than 50 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except zipfile.BadZipFile:
        raise RefusedError(400, "The archive cannot be read.") from None


def _version(skill: RemoteSkill, version: Version) -> Json:
    return {
        "id": version.id,
        "object": "skill.version",
        "skill_id": skill.id,
        "version": str(version.number),
        "name": version.name,
        "description": version.description,
        "created_at": version.created,
    }


def _page(found: list[Json], request: Request) -> Json:
    limit = int(request.query.get("limit", "20"))
    if not 1 <= limit <= 100:
        raise RefusedError(400, "Invalid 'limit': it has to be between 1 and 100.")
    if request.query.get("order", "desc") == "desc":
        found.reverse()
    after = request.query.get("after")
    ids = [entry["id"] for entry in found]
    if after is not None:
        if after not in ids:
            raise RefusedError(400, f"Invalid 'after': {after}.")
        found = found[ids.index(after) + 1 :]
    page = found[:limit]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": len(found) > limit,
    }
