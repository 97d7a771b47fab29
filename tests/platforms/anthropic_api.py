"""A stand-in for Anthropic's Skills API: ``/v1/skills``, its versions and their content.

From the reference: the fields and types of every object, ``files[]`` named ``<name>/SKILL.md``, under 30 MB, reserved
words in names, a name that never changes, pages, the shape of errors. Not documented, and taken to be as unhelpful as
it could be: archives keep no permissions, a skill's last version cannot be deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from tests.platforms.skills_api import (
    Json,
    RefusedError,
    RemoteSkill,
    Request,
    SkillsApiServer,
    Version,
)

LARGEST = 30_000_000
_RESERVED = ("claude", "anthropic")
_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}


class AnthropicApi(SkillsApiServer):
    """The workspace of one API key."""

    version_prefix = "skver_"
    deleted: ClassVar[Json] = {"type": "skill_deleted"}

    @property
    def url(self) -> str:
        """What a client has as its base URL."""
        return self.host

    def current(self, skill: RemoteSkill) -> Version:
        return skill.latest

    def name_of(self, version: Version) -> str:
        return version.id

    def check(self, request: Request) -> None:
        given = request.headers.get("x-api-key", request.headers.get("authorization", "").removeprefix("Bearer "))
        if given != self.key:
            raise RefusedError(401, "invalid x-api-key")
        if "anthropic-version" not in request.headers:
            raise RefusedError(400, "anthropic-version: header is required")
        if "skills-2025-10-02" in request.headers.get("anthropic-beta", ""):
            raise RefusedError(400, "anthropic-beta: this stand-in speaks the generally available API")

    def error(self, status: int, message: str) -> Json:
        kind = _TYPES.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": message, "details": None}, "request_id": "req_1"}

    def skill_json(self, skill: RemoteSkill) -> Json:
        return {
            "id": skill.id,
            "type": "skill",
            "display_name": skill.display_name,
            "latest_version_id": skill.latest.id,
            "source": {"type": "custom"},
            "created_at": _moment(skill.created),
            "updated_at": _moment(skill.latest.created),
        }

    def act_on_skills(self, request: Request) -> Json:
        match (request.method, *request.path):
            case ("POST", "v1", "skills"):
                display_name, files = self._form(request, {"display_name"})
                return self.skill_json(self._create(files, display_name))
            case ("GET", "v1", "skills"):
                wanted = request.query.get("source")
                found = [self.skill_json(skill) for skill in self.skills.values() if wanted in {None, "custom"}]
                return _page(list(reversed(found)), request)
        raise RefusedError(404, "Not found")

    def act_on_versions(self, request: Request, skill: RemoteSkill) -> Json | bytes:
        match (request.method, *request.path[4:]):
            case ("POST",):
                return _version(skill, self._add(skill, self._form(request, set())[1]))
            case ("GET",):
                return _page([_version(skill, version) for version in reversed(skill.versions)], request)
            case ("GET", version_id):
                return _version(skill, self.version(skill, version_id))
            case ("GET", version_id, "content"):
                return self.archive(skill, version_id)
            case ("DELETE", version_id):
                version = self.version(skill, version_id)
                if len(skill.versions) == 1:
                    raise RefusedError(400, "A skill holds at least one version.")
                skill.versions.remove(version)
                return {"id": version_id, "type": "skill_version_deleted"}
        raise RefusedError(404, "Not found")

    @staticmethod
    def _form(request: Request, allowed: set[str]) -> tuple[str | None, dict[str, bytes]]:
        if len(request.body) > LARGEST:
            raise RefusedError(413, "Request exceeds the maximum allowed number of bytes.")
        display_name: str | None = None
        files: dict[str, bytes] = {}
        for name, filename, content in request.parts():
            if name == "files[]" and filename:
                if filename in files:
                    raise RefusedError(400, f"files: {filename} is there twice")
                files[filename] = content
            elif name in allowed and filename is None and len(content) <= 255:
                display_name = content.decode()
            else:
                raise RefusedError(400, f"{name}: Extra inputs are not permitted")
        if not files:
            raise RefusedError(400, "files: Field required")
        return display_name, files

    def check_version(self, name: str, folder: str, files: Mapping[str, bytes], manifests: list[str]) -> None:
        if any(word in name for word in _RESERVED):
            raise RefusedError(400, f"name: {name} holds a reserved word")


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _version(skill: RemoteSkill, version: Version) -> Json:
    return {
        "id": version.id,
        "type": "skill_version",
        "skill_id": skill.id,
        "name": version.name,
        "description": version.description,
        "created_at": _moment(version.created),
    }


def _page(found: list[Json], request: Request) -> Json:
    limit = int(request.query.get("limit", "20"))
    if not 1 <= limit <= 1000:
        raise RefusedError(400, "limit: has to be between 1 and 1000")
    start = int(request.query.get("page", "0").removeprefix("page_"))
    more = start + limit < len(found)
    return {"data": found[start : start + limit], "next_page": f"page_{start + limit}" if more else None}
