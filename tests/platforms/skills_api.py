"""What the stand-ins for providers' Skills APIs have in common: skills with versions, over HTTP on loopback.

They keep state, check what they are sent as strictly as the documentation reads, and misbehave when told to: answer
with an error, hang, or lose the answer, before or after they have acted.
"""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from urllib.parse import parse_qs, urlsplit

import yaml

from tests.platforms.loopback import Handler, LoopbackServer

Json = dict[str, Any]
#: Answer with this status; never answer; close the connection at once.
Behaviour = int | Literal["hang", "drop"]

#: 2026-11-01 00:00 UTC; everything that is made is a second younger than what was made before.
_BEGINNING = 1793491200
_BOUNDARY = re.compile(r'multipart/form-data;\s*boundary="?([^";]+)"?')
_PART = re.compile(rb'form-data; name="([^"]*)"(?:; filename="([^"]*)")?')


class RefusedError(Exception):
    """The request is answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        """Answer with ``status`` and say ``message``."""
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Request:
    """One request, read."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Json:
        """Return the body, which has to be a JSON object."""
        try:
            found = json.loads(self.body)
        except ValueError:
            raise RefusedError(400, "We could not parse the JSON body of your request.") from None
        if not isinstance(found, dict):
            raise RefusedError(400, "The JSON body has to be an object.")
        return found

    def parts(self) -> list[tuple[str, str | None, bytes]]:
        """Return the parts of a form: name, file name, content."""
        kind = _BOUNDARY.fullmatch(self.headers.get("content-type", ""))
        if kind is None:
            raise RefusedError(400, "The body has to be multipart/form-data.")
        before, *parts, after = (b"\r\n" + self.body).split(b"\r\n--" + kind[1].encode())
        if before or after.strip() != b"--":
            raise RefusedError(400, "The form does not end.")
        found = []
        for part in parts:
            head, gap, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            name = _PART.search(head)
            if not gap or name is None:
                raise RefusedError(400, "A part of the form has no name.")
            found.append((name[1].decode(), name[2].decode() if name[2] is not None else None, content))
        return found


@dataclass(frozen=True)
class Version:
    """One version of a skill."""

    id: str
    number: int
    name: str
    description: str
    files: Mapping[str, bytes]
    created: int


@dataclass
class RemoteSkill:
    """One skill as the provider keeps it, its versions from the oldest on."""

    id: str
    display_name: str
    created: int
    versions: list[Version]
    default: int = 1
    made: int = 1

    @property
    def name(self) -> str:
        """The skill's own name: that of all its versions."""
        return self.versions[0].name

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]


@dataclass(frozen=True)
class Answered:
    """One request that was seen, and what was answered: a status, or what happened instead."""

    method: str
    path: str
    outcome: Behaviour


@dataclass
class _Fault:
    method: str
    path: re.Pattern[str]
    behaviour: Behaviour
    acts: bool
    times: int
    headers: Mapping[str, str] = field(default_factory=dict)
    says: str = ""


class SkillsApiServer(LoopbackServer, ABC):
    """Serves at ``url`` while it is entered."""

    #: The characters that begin an id.
    version_prefix: str
    #: What is said of a skill that was deleted, besides its id.
    deleted: ClassVar[Json]

    def __init__(self, key: str) -> None:
        """Answer who has ``key``."""
        super().__init__(_Handler, waits_for_requests=False)
        self.key = key
        self.skills: dict[str, RemoteSkill] = {}
        self.answered: list[Answered] = []
        self._faults: list[_Fault] = []
        self._meanwhile: list[tuple[str, re.Pattern[str], Callable[[], object]]] = []
        #: Whether what is uploaded is kept with a byte too many.
        self.spoils = False
        self._made = 0
        self._lock = threading.Lock()
        self._stall: tuple[int, bool] | None = None
        #: Set once a request hangs for ever.
        self.stalled = threading.Event()

    @property
    def host(self) -> str:
        """The address as others write it."""
        return f"http://{self.address}"

    def misbehave(
        self,
        method: str,
        path: str,
        behaviour: Behaviour,
        *,
        acts: bool = False,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
        says: str = "made up for a test",
    ) -> None:
        """Go wrong at the next ``times`` requests that match the pattern ``path``; with ``acts``, after acting."""
        self._faults.append(_Fault(method, re.compile(path), behaviour, acts, times, headers or {}, says))

    def meanwhile(self, method: str, path: str, happens: Callable[[], object]) -> None:
        """Have something happen right before the next request that matches the pattern ``path``."""
        self._meanwhile.append((method, re.compile(path), happens))

    def stall_at(self, number: int, *, acts: bool) -> None:
        """Never answer the ``number``-th request from now on, counted from 1; with ``acts``, do what it asks for."""
        self.stalled.clear()
        self._stall = (len(self.answered) + number, acts)

    def count(self, method: str, path: str) -> int:
        """Return how many requests were seen that match the pattern ``path``."""
        return sum(seen.method == method and bool(re.fullmatch(path, seen.path)) for seen in self.answered)

    def put(self, name: str, files: Mapping[str, bytes], display_name: str | None = None) -> RemoteSkill:
        """Upload a skill by another hand: new, or as the next version of the one with this name."""
        known = next((skill for skill in self.skills.values() if skill.name == name), None)
        if known is None or display_name is not None:
            return self._create({f"{name}/{path}": content for path, content in files.items()}, display_name)
        self._add(known, {f"{name}/{path}": content for path, content in files.items()})
        return known

    def content(self, name: str) -> Mapping[str, bytes] | None:
        """Return the files that clients of the provider get of the skill; None when there is none of that name."""
        found = [skill for skill in self.skills.values() if skill.name == name]
        return self.current(found[0]).files if found else None

    @property
    @abstractmethod
    def url(self) -> str:
        """What a client has as its base URL."""

    @abstractmethod
    def current(self, skill: RemoteSkill) -> Version:
        """Return the version that clients of the provider get."""

    @abstractmethod
    def check(self, request: Request) -> None:
        """Refuse who is not allowed."""

    def act(self, request: Request) -> Json | bytes:
        """Do what is asked."""
        match (request.method, *request.path):
            case (_, "v1", "skills", skill_id, "versions", *_):
                return self.act_on_versions(request, self.skill(skill_id))
            case ("GET", "v1", "skills", skill_id):
                return self.skill_json(self.skill(skill_id))
            case ("DELETE", "v1", "skills", skill_id):
                del self.skills[self.skill(skill_id).id]
                return {"id": skill_id, **self.deleted}
        return self.act_on_skills(request)

    @abstractmethod
    def act_on_skills(self, request: Request) -> Json:
        """Make a skill, list them, change one."""

    @abstractmethod
    def act_on_versions(self, request: Request, skill: RemoteSkill) -> Json | bytes:
        """Add a version, list them, give or remove one."""

    @abstractmethod
    def skill_json(self, skill: RemoteSkill) -> Json:
        """Return a skill as the API writes it."""

    @abstractmethod
    def error(self, status: int, message: str) -> Json:
        """Return the body of an error."""

    def answer(self, request: Request) -> tuple[Behaviour, bytes, Mapping[str, str]]:
        """Return what happens to ``request``: a status or less, a body, and headers."""
        path = "/" + "/".join(request.path)
        with self._lock:
            for event in [e for e in self._meanwhile if e[0] == request.method and e[1].fullmatch(path)]:
                self._meanwhile.remove(event)
                event[2]()
            fault = self._fault_for(request.method, path)
            status, body = (200, b"")
            kind = {"content-type": "application/json"}
            if fault is None or fault.acts:
                try:
                    self.check(request)
                    done = self.act(request)
                    body = done if isinstance(done, bytes) else json.dumps(done).encode()
                    kind = {"content-type": "application/zip"} if isinstance(done, bytes) else kind
                except RefusedError as error:
                    status, body = error.status, json.dumps(self.error(error.status, error.message)).encode()
            outcome: Behaviour = fault.behaviour if fault else status
            self.answered.append(Answered(request.method, path, outcome))
        if fault is None:
            return status, body, kind
        if isinstance(fault.behaviour, int):
            body = json.dumps(self.error(fault.behaviour, fault.says)).encode()
        return fault.behaviour, body, {**kind, **fault.headers}

    def _fault_for(self, method: str, path: str) -> _Fault | None:
        if self._stall is not None and len(self.answered) + 1 == self._stall[0]:
            return _Fault(method, re.compile(path), "hang", self._stall[1], 1)
        fault = next((f for f in self._faults if f.method == method and f.path.fullmatch(path)), None)
        if fault is not None:
            fault.times -= 1
            if not fault.times:
                self._faults.remove(fault)
        return fault

    def wait(self) -> None:
        """Hang until the server closes."""
        self.stalled.set()
        self.closing.wait(30)

    def skill(self, skill_id: str) -> RemoteSkill:
        """Return a skill by its id."""
        if skill_id not in self.skills:
            raise RefusedError(404, f"Skill {skill_id} not found.")
        return self.skills[skill_id]

    def version(self, skill: RemoteSkill, name: str) -> Version:
        """Return a version by what addresses it."""
        found = [version for version in skill.versions if self.name_of(version) == name]
        if not found:
            raise RefusedError(404, f"Version {name} not found.")
        return found[0]

    def archive(self, skill: RemoteSkill, name: str) -> bytes:
        """Return the content of a version."""
        version = self.version(skill, name)
        return zipped(version.name, version.files)

    @abstractmethod
    def name_of(self, version: Version) -> str:
        """Return what addresses a version."""

    def _create(self, files: Mapping[str, bytes], display_name: str | None) -> RemoteSkill:
        made = self._moment()
        skill_id = f"skill_{made - _BEGINNING:04}"
        version = self._version(files, 1, made)
        skill = RemoteSkill(skill_id, display_name or version.name, made, [version])
        self.skills[skill_id] = skill
        return skill

    def _add(self, skill: RemoteSkill, files: Mapping[str, bytes]) -> Version:
        version = self._version(files, skill.made + 1, self._moment())
        if version.name != skill.name:
            raise RefusedError(400, f"The name of the skill is {skill.name}, and this one is called {version.name}.")
        skill.made += 1
        skill.versions.append(version)
        return version

    def _version(self, files: Mapping[str, bytes], number: int, created: int) -> Version:
        folders = {path.partition("/")[0] for path in files}
        manifests = [path for path in files if path.rpartition("/")[2] == "SKILL.md"]
        if len(folders) != 1 or any("/" not in path for path in files):
            raise RefusedError(400, "All files must be in the same top-level directory.")
        [folder] = folders
        if f"{folder}/SKILL.md" not in files:
            raise RefusedError(400, "There must be a SKILL.md at the root of the top-level directory.")
        if any({".", "..", ""} & set(path.split("/")) for path in files):
            raise RefusedError(400, "A path leaves the top-level directory.")
        front = files[f"{folder}/SKILL.md"].decode().split("---\n")
        matter = yaml.safe_load(front[1]) if len(front) > 2 else {}
        name = matter.get("name") or folder
        self.check_version(name, folder, files, manifests)
        spoilt = b"!" if self.spoils else b""
        inside = {path.removeprefix(f"{folder}/"): content + spoilt for path, content in files.items()}
        version_id = f"{self.version_prefix}{created - _BEGINNING:04}"
        return Version(version_id, number, name, matter.get("description", ""), inside, created)

    @abstractmethod
    def check_version(self, name: str, folder: str, files: Mapping[str, bytes], manifests: list[str]) -> None:
        """Refuse what is over the limits, or badly named."""

    def _moment(self) -> int:
        self._made += 1
        return _BEGINNING + self._made


def zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    """Return ``files`` in the folder ``name`` as an archive; permissions are not kept."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}/{path}"), content)
    return target.getvalue()


class _Handler(Handler):
    disable_nagle_algorithm = True

    def _handle(self) -> None:
        address = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=tuple(filter(None, address.path.split("/"))),
            query={name: values[-1] for name, values in parse_qs(address.query).items()},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.body(),
        )
        owner: SkillsApiServer = self.server.owner
        status, body, headers = owner.answer(request)
        if not isinstance(status, int):
            if status == "hang":
                owner.wait()
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_DELETE = _handle  # noqa: N815 - the names that the library asks for
