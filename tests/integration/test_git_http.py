"""The stand-in for a git host is a real one: what git may send, it understands."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.platforms.git_http import GitHttpServer
from tests.platforms.git_repo import GitRepo, skill_md

# "command=ls-refs", a delimiter, "ref-prefix refs/heads/" and a flush, as pkt-lines (gitprotocol-v2).
LS_REFS = b"0014command=ls-refs\n0001001bref-prefix refs/heads/\n0000"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitHttpServer]:
    """Serve acme/skills."""
    GitRepo.create(tmp_path).commit({"SKILL.md": skill_md()})
    with GitHttpServer(tmp_path) as server:
        yield server


def post(server: GitHttpServer, body: bytes | Iterator[bytes], headers: Mapping[str, str]) -> bytes:
    """Ask for the list of refs and return the answer."""
    connection = http.client.HTTPConnection(server.host, timeout=10)
    try:
        connection.request(
            "POST",
            "/acme/skills.git/git-upload-pack",
            body=body,
            headers={"Content-Type": "application/x-git-upload-pack-request", "Git-Protocol": "version=2", **headers},
            encode_chunked="Transfer-Encoding" in headers,
        )
        return connection.getresponse().read()
    finally:
        connection.close()


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("chunked", [False, True])
def test_requests_are_understood_however_they_are_packed(server: GitHttpServer, zipped: bool, chunked: bool) -> None:
    """Git compresses requests over 1 kB and sends large ones in chunks."""
    body = gzip.compress(LS_REFS) if zipped else LS_REFS
    headers = {"Content-Encoding": "gzip"} if zipped else {}
    if chunked:
        answer = post(server, iter([body[:7], body[7:]]), headers | {"Transfer-Encoding": "chunked"})
    else:
        answer = post(server, body, headers)
    assert answer.endswith(b" refs/heads/main\n0000")
    assert [(request.method, request.status, request.sent) for request in server.requests] == [
        ("POST", 200, len(answer))
    ]
