"""The artifacts API: what is sent is kept byte for byte, and what is damaged is told and never served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from core.domain.artifacts import ArtifactStatus
from core.domain.base import sha256_hex
from core.errors import DiskFull
from tests.api import LARGEST_ARTIFACT, Api, error_of, serving
from tests.clock import FakeClock

PATH = "/api/v1/artifacts"
CONTENT = b"%PDF\r\n\x00\xff" * 1000


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    """A demo's API, for a caller who may do everything."""
    async with serving(tmp_path / "home", FakeClock()) as opened:
        yield opened


async def test_what_is_sent_can_be_fetched_with_its_etag(api: Api) -> None:
    """The answer to sending says what was stored; the ETag is the checksum, and saves the second download."""
    made = await api.ask("list skills")
    sent = await api.send(
        made["id"],
        CONTENT,
        name="보고서 1.pdf",
        kind="application/pdf; charset=binary",
        type="document",
        tags=["run=17", "note=a=b"],
        retentionDays="7",
        checksum=sha256_hex(CONTENT).upper(),
    )
    assert sent.status_code == 201, sent.text
    artifact = sent.json()
    assert sent.headers["location"] == f"{PATH}/{artifact['id']}"
    assert (artifact["status"], artifact["type"], artifact["fileSize"]) == ("ACTIVE", "DOCUMENT", len(CONTENT))
    assert (artifact["fileName"], artifact["mimeType"]) == ("보고서 1.pdf", "application/pdf")
    assert artifact["tags"] == {"run": "17", "note": "a=b"}
    assert datetime.fromisoformat(artifact["expiresAt"]) == api.talk.clock.now() + timedelta(days=7)
    assert (await api("GET", f"{PATH}/{artifact['id']}")).json() == artifact
    assert (await api.execution(made["id"]))["artifacts"] == [artifact]
    fetched = await api("GET", f"{PATH}/{artifact['id']}/content")
    assert fetched.content == CONTENT
    assert fetched.headers["etag"] == f'"{sha256_hex(CONTENT)}"'
    assert fetched.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%EB%B3%B4")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    for match in (fetched.headers["etag"], f'"x", W/{fetched.headers["etag"]}', "*"):
        again = await api("GET", f"{PATH}/{artifact['id']}/content", headers={"If-None-Match": match})
        assert (again.status_code, again.content) == (304, b"")
    other = await api("GET", f"{PATH}/{artifact['id']}/content", headers={"If-None-Match": '"x"'})
    assert other.content == CONTENT


async def test_how_long_a_file_is_kept_is_said_when_nobody_asked(api: Api) -> None:
    """Thirty days, as documented; null would read as for ever."""
    sent = (await api.send((await api.ask("list skills"))["id"], CONTENT)).json()
    assert datetime.fromisoformat(sent["expiresAt"]) == api.talk.clock.now() + timedelta(days=30)


async def test_the_bundle_of_a_request_can_be_fetched(api: Api) -> None:
    """What the bot itself leaves behind is served in the same way."""
    made = await api.ask("install skill pdf on claude")
    (bundle,) = (await api.execution(made["id"]))["artifacts"]
    fetched = await api("GET", f"{PATH}/{bundle['id']}/content")
    assert sha256_hex(fetched.content) == bundle["checksum"]
    assert len(fetched.content) == bundle["fileSize"]


@pytest.mark.parametrize("damage", ["changed", "missing"])
async def test_a_damaged_file_is_told_and_not_served(api: Api, damage: str) -> None:
    """Neither its bytes nor a 304 that would vouch for it; the log has it under the id of the answer."""
    artifact = (await api.send((await api.ask("list skills"))["id"], CONTENT)).json()
    file = api.talk.home / artifact["filePath"]
    if damage == "changed":
        file.write_bytes(CONTENT[:-1] + b"!")
    else:
        file.unlink()
    for headers in ({}, {"If-None-Match": f'"{artifact["checksum"]}"'}):
        with capture_logs() as logs:
            answer = await api("GET", f"{PATH}/{artifact['id']}/content", headers=headers)
        (line,) = [line for line in logs if line["event"] == "request failed"]
        assert (line["log_level"], line["code"]) == ("error", "ARTIFACT_CORRUPT")
        assert line["request_id"] == answer.headers["x-request-id"]
        assert answer.status_code == 500
        assert error_of(answer)["code"] == "ARTIFACT_CORRUPT"
        assert "report.txt" in error_of(answer)["message"]


async def test_what_arrives_damaged_is_not_kept(api: Api) -> None:
    """Another checksum than the one announced: nothing is stored, and the answer says both."""
    made = await api.ask("list skills")
    answer = await api.send(made["id"], CONTENT, checksum="0" * 64)
    assert answer.status_code == 422
    assert sha256_hex(CONTENT) in error_of(answer)["message"]
    assert (await api.execution(made["id"]))["artifacts"] == []


async def test_a_full_disk_leaves_no_artifact(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be stored is not acknowledged, and is in no list."""
    made = await api.ask("list skills")

    async def full(_content: bytes) -> None:
        raise DiskFull(path="/data")

    monkeypatch.setattr(api.talk.program.artifacts._files, "keep", full)  # noqa: SLF001 - the fault under test
    answer = await api.send(made["id"], CONTENT)
    assert (answer.status_code, error_of(answer)["code"]) == (503, "DISK_FULL")
    assert (await api.execution(made["id"]))["artifacts"] == []


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "../../etc/passwd"}, "file", "slash"),
    ({"name": "a\\b"}, "file", "backslash"),
    ({"name": ".."}, "file", "none of"),
    ({"name": "x" * 256}, "file", "255"),
    ({"kind": "not a type"}, "file", "media type"),
    ({"type": "codes"}, "type", "'CODE'"),
    ({"tags": "none"}, "tags.0", "name=value"),
    ({"tags": ["a=b"] * 51}, "tags", "50"),
    ({"retentionDays": "0"}, "retentionDays", "greater"),
    ({"retentionDays": "-1"}, "retentionDays", "greater"),
    ({"retentionDays": "1.5"}, "retentionDays", "whole number"),
    ({"checksum": "xyz"}, "checksum", "64 hexadecimal digits"),
    ({"executionId": "none"}, "executionId", "UUID"),
    ({"tags": ["a=1", "a=2"]}, "tags", '"a" is there more than once'),
    ({"checkSum": "0" * 64}, "checkSum", "no such field"),
    ({"type": ["CODE", "LOG"]}, "type", "more than once"),
]


async def test_a_form_that_is_wrong_is_refused_with_the_field(api: Api) -> None:
    """422 names the field and the cause, and nothing was stored."""
    made = await api.ask("list skills")
    for fields, field, problem in WRONG:
        answer = await api.send(made["id"], b"x", **fields)
        assert answer.status_code == 422, (fields, answer.text)
        details = error_of(answer)["details"]
        assert details[0]["field"] == field, details
        assert problem in details[0]["problem"], details
    assert (await api.execution(made["id"]))["artifacts"] == []


async def test_a_form_holds_one_file(api: Api) -> None:
    """Of two nobody knows which one was meant."""
    made = await api.ask("list skills")
    parts = [("file", ("a.txt", b"a", "text/plain")), ("file", ("b.txt", b"b", "text/plain"))]
    answer = await api("POST", PATH, data={"executionId": made["id"]}, files=parts)
    assert answer.status_code == 422
    assert error_of(answer)["message"] == "file (body): it is there more than once."
    assert (await api.execution(made["id"]))["artifacts"] == []


async def test_what_is_sent_is_a_file(api: Api) -> None:
    """A text in its place is told what makes a file of it."""
    made = await api.ask("list skills")
    answer = await api("POST", PATH, files={"executionId": (None, made["id"]), "file": (None, "text")})
    assert answer.status_code == 422
    assert error_of(answer)["message"] == "file (body): send it as a file: the part needs a filename."


@pytest.mark.parametrize("more", [1, 1 << 18])
async def test_what_is_too_large_is_refused(api: Api, more: int) -> None:
    """413 says the limit, which is that of the configuration, whether the file or the whole body went beyond it."""
    made = await api.ask("list skills")
    answer = await api.send(made["id"], b"x" * (LARGEST_ARTIFACT + more))
    assert (answer.status_code, error_of(answer)["code"]) == (413, "BODY_TOO_LARGE")
    assert error_of(answer)["message"] == f"The body is larger than {LARGEST_ARTIFACT} bytes. Send less."
    assert (await api.execution(made["id"]))["artifacts"] == []
    tags = [f"{number}=" + "한" * 499 for number in range(50)]
    assert (await api.send(made["id"], b"x" * LARGEST_ARTIFACT, tags=tags)).status_code == 201


async def test_what_belongs_to_others_cannot_be_seen_or_added_to(api: Api) -> None:
    """An execution that somebody may not see has no artifacts for them."""
    made = await api.ask("list skills", by="bob")
    artifact = (await api.send(made["id"], CONTENT, by="bob")).json()
    assert (await api.send(made["id"], b"x", by="alice")).status_code == 404
    for method, path in (("GET", ""), ("GET", "/content"), ("POST", "/archive"), ("POST", "/restore")):
        answer = await api(method, f"{PATH}/{artifact['id']}{path}", by="alice")
        assert (answer.status_code, error_of(answer)["code"]) == (404, "UNKNOWN_ARTIFACT")
    assert (await api("GET", f"{PATH}/{artifact['id']}/content", by="carol")).content == CONTENT


async def test_a_file_is_put_away_and_taken_out_again(api: Api) -> None:
    """Both can be said twice; an archived file can still be fetched, and each step is on the record."""
    made = await api.ask("list skills")
    artifact = (await api.send(made["id"], CONTENT)).json()
    for _ in range(2):
        archived = await api("POST", f"{PATH}/{artifact['id']}/archive")
        assert (archived.status_code, archived.json()["status"]) == (200, "ARCHIVED")
        assert archived.json()["archivedAt"] is not None
    assert (await api("GET", f"{PATH}/{artifact['id']}/content")).content == CONTENT
    for _ in range(2):
        restored = (await api("POST", f"{PATH}/{artifact['id']}/restore")).json()
        assert (restored["status"], restored["archivedAt"]) == ("ACTIVE", None)
    async with api.talk.database.read() as uow:
        steps = [t.to_status for t in await uow.executions.transitions(made["id"]) if t.entity_type == "artifact"]
    assert steps == [
        ArtifactStatus.UPLOADING,
        ArtifactStatus.ACTIVE,
        ArtifactStatus.ARCHIVED,
        ArtifactStatus.ACTIVE,
    ]
