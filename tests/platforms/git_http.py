"""A git server over HTTP on loopback: the real ``git http-backend``, and every way in which a server can misbehave."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from core.domain.skills import SourceLocation
from core.domain.sources import AllowedHosts, parse_source
from tests.platforms.loopback import Handler, LoopbackServer

#: Lets a source read from the server, and from nowhere else.
LOOPBACK = AllowedHosts(hosts=(), loopback_http=True)

#: Answer with this status; never answer; close the connection at once; close it in the middle of the answer.
Behaviour = int | Literal["hang", "drop", "cut"]


@dataclass(frozen=True)
class GitRequest:
    """One request the server has seen; ``sent`` counts the bytes of the body it answered."""

    method: str
    target: str
    status: int
    sent: int
    headers: Mapping[str, str]


class GitHttpServer(LoopbackServer):
    """Serves every repository below ``root`` at ``http://127.0.0.1:<port>/<owner>/<name>.git`` while it is entered.

    with GitHttpServer(tmp_path) as server:
        server.url("acme/skills")
        server.misbehave("acme/private", 401)
    """

    def __init__(self, root: Path) -> None:
        """Serve the bare repositories below ``root`` once entered."""
        super().__init__(_Handler, waits_for_requests=True)
        self.root = root
        #: What was asked, oldest first.
        self.requests: list[GitRequest] = []
        #: Set as soon as a request hangs, and as soon as a client gives up waiting for one.
        self.hanging = threading.Event()
        self.given_up = threading.Event()
        self._misbehaviour: dict[str, Behaviour] = {}
        self._redirects: dict[str, str] = {}
        self._required: dict[str, str] = {}
        self._read_only: set[str] = set()
        #: What happens when a push has arrived and before it is looked at; by repository, oldest first, each once.
        self.before_push: dict[str, list[Callable[[], object]]] = {}
        self._lost_answers: dict[str, int] = {}
        #: How many pushes were looked at, by repository.
        self.pushes: Counter[str] = Counter()

    @property
    def host(self) -> str:
        """The host and port, as they stand in a URL."""
        return self.address

    def url(self, name: str) -> str:
        """Return the URL of repository ``name``, such as ``acme/skills``."""
        return f"http://{self.host}/{name}.git"

    def location(self, name: str = "acme/skills", path: str = "") -> SourceLocation:
        """Return where a source finds ``path`` in repository ``name``."""
        location: SourceLocation = parse_source(self.url(name), allowed=LOOPBACK).evolve(path=path)
        return location

    def misbehave(self, name: str, behaviour: Behaviour) -> None:
        """Treat every later request for ``name`` in this way (401 asks for credentials)."""
        self._misbehaviour[name] = behaviour

    def redirect(self, name: str, url: str) -> None:
        """Send every later request for ``name`` to the repository at ``url``."""
        self._redirects[name] = url

    def require(self, name: str, authorization: str) -> None:
        """Serve ``name`` to those alone who send this ``Authorization`` header; the others are asked for one (401)."""
        self._required[name] = authorization

    def forbid_pushes(self, name: str) -> None:
        """Let nobody write ``name`` who may read it: 403, as GitHub answers a token without that right."""
        self._read_only.add(name)

    def lose_answers(self, name: str, times: int = 1) -> None:
        """Take the next ``times`` pushes to ``name``, and close the connection without a word."""
        self._lost_answers[name] = times

    def protect(self, name: str, branch: str = "main") -> None:
        """Let ``branch`` of ``name`` take no pushes, in the words of GitHub."""
        self.hook(
            name,
            f"while read old new ref; do if [ $ref = refs/heads/{branch} ]; then\n"
            f"echo 'error: GH006: Protected branch update failed for refs/heads/{branch}.' >&2\n"
            "echo 'error: Changes must be made through a pull request.' >&2; exit 1; fi; done\n",
        )

    def hook(self, name: str, script: str) -> None:
        """Run ``script`` for each push to ``name``, with the updates on its input; it may refuse them all."""
        hook = self.root / f"{name}.git" / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{script}")
        hook.chmod(0o755)

    def may_push(self, name: str) -> bool:
        """Whether ``name`` takes pushes at all."""
        return name not in self._read_only

    def loses_answer(self, name: str) -> bool:
        """Whether the answer to this push is not given; counts it."""
        left = self._lost_answers.get(name, 0)
        self._lost_answers[name] = left - 1
        return left > 0

    def is_welcome(self, name: str, authorization: str | None) -> bool:
        """Whether whoever sends this header may read ``name``."""
        return self._required.get(name, authorization) == authorization

    def behave(self, name: str) -> None:
        """Serve ``name`` properly again."""
        self._misbehaviour.pop(name, None)
        self._redirects.pop(name, None)

    @property
    def sent(self) -> int:
        """Bytes of all bodies that were answered."""
        return sum(request.sent for request in self.requests)

    def behaviour_for(self, name: str) -> Behaviour | None:
        """Return how requests for ``name`` are to be treated, None for properly."""
        return self._misbehaviour.get(name)

    def redirect_for(self, name: str) -> str | None:
        """Return the URL that replaces ``name``, None for none."""
        return self._redirects.get(name)

    def hang(self, connection: socket.socket) -> None:
        """Keep the client of ``connection`` waiting until it gives up or the server is closed."""
        self.hanging.set()
        while not self.closing.is_set():
            readable, _, _ = select.select([connection], [], [], 0.01)
            if readable:
                self.given_up.set()
                return


class _Handler(Handler):
    def _serve(self) -> None:
        # One connection a request: no thread waits for a next one when the server closes.
        self.close_connection = True
        owner: GitHttpServer = self.server.owner
        name = "/".join(urlsplit(self.path).path.lstrip("/").split("/")[:2]).removesuffix(".git")
        body = self.body()
        moved = owner.redirect_for(name)
        if moved is not None:
            where = moved + self.path.partition(".git")[2]
            self._answer(301, [("Location", where)], b"")
            return
        welcome = owner.is_welcome(name, self.headers.get("Authorization"))
        match owner.behaviour_for(name) if welcome else 401:
            case "hang":
                self._note(0, 0)
                owner.hang(self.connection)
            case "drop":
                self._note(0, 0)
            case "cut":
                status, headers, content = self._backend(body)
                self._answer(status, headers, content, cut=True)
            case 401:
                self._answer(401, [("WWW-Authenticate", 'Basic realm="git"')], b"")
            case None if "git-receive-pack" in self.path:
                self._receive(name, body)
            case int(status):
                self._answer(status, [], b"no")
            case None:
                self._answer(*self._backend(body))

    do_GET = do_POST = _serve  # noqa: N815 - the names that the library asks for

    def _receive(self, name: str, body: bytes) -> None:
        """Answer a push, or the question for the refs before one."""
        owner: GitHttpServer = self.server.owner
        if not owner.may_push(name):
            self._answer(403, [], b"no")
            return
        if self.command == "POST":
            for meanwhile in [*owner.before_push.get(name, ())][:1]:
                owner.before_push[name].remove(meanwhile)
                meanwhile()
            owner.pushes[name] += 1
        answer = self._backend(body)
        if self.command == "POST" and owner.loses_answer(name):
            self._note(0, 0)
            return
        self._answer(*answer)

    def _backend(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return status, headers and body of what ``git http-backend`` (a CGI program, RFC 3875) says."""
        target = urlsplit(self.path)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_PROJECT_ROOT": str(self.server.owner.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": target.path,
            "QUERY_STRING": target.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": self.client_address[0],
        }
        done = subprocess.run(["git", "http-backend"], input=body, capture_output=True, check=False, env=environment)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode().splitlines()]
        status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200)
        return status, [(name, value) for name, value in headers if name != "Status"], content

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes, *, cut: bool = False) -> None:
        sent = content[: len(content) // 2] if cut else content
        self._note(status, len(sent))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(sent)

    def _note(self, status: int, sent: int) -> None:
        self.server.owner.requests.append(GitRequest(self.command, self.path, status, sent, dict(self.headers.items())))
