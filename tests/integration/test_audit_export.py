"""An export can be checked by anyone: every byte of it counts, and what is hidden in it stays hidden."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.verify_export import signature_check
from core.domain.audit.checking import Checked, Checker, Finding
from core.domain.audit.hashing import UNMASKED, canonical_json, iso
from core.domain.audit.reading import check_export
from core.domain.masking import Masker
from storage.database import Database
from tests.audit_world import Trail, make_trail
from tests.clock import FakeClock
from tests.databases import database_with_tables
from tests.storage_factory import store_world


@pytest.fixture
async def trail(tmp_path: Path) -> AsyncIterator[Trail]:
    """Give a record that was sealed twice."""
    clock = FakeClock()
    database = Database(await database_with_tables("sqlite", tmp_path), masker=Masker(), clock=clock)
    yield await make_trail(database, await store_world(database), clock, tmp_path)
    await database.aclose()


def read(lines: list[bytes], **options: Any) -> tuple[Checked, list[str], list[str]]:
    """Return what was read of an export, what was found, and what was noted."""
    findings: list[Finding] = []
    notes: list[Finding] = []
    checker = Checker(
        findings.append,
        notes.append,
        hidden=UNMASKED,
        is_sealed=True,
        is_signed=signature_check(is_needed=True),
        **options,
    )
    checked = check_export(iter(lines), checker)
    return checked, [str(one) for one in findings], [str(one) for one in notes]


def sealed(lines: list[bytes]) -> list[bytes]:
    """Return ``lines`` with an end that fits them, as whoever changes an export would write it."""
    end = {"type": "end", "lines": len(lines), "sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    return [*lines, canonical_json(end) + b"\n"]


async def test_an_export_that_nobody_touched_fits(trail: Trail) -> None:
    """The whole record, or one execution of it: checked without the database, redactions and retention included."""
    checked, findings, notes = read(await trail.exported(), keys=[trail.key])
    assert findings == []
    assert (checked.events, checked.executions, checked.checkpoints) == (12, 3, 2)
    assert (checked.redacted, checked.retired, len(notes)) == (1, 1, 1)
    checked, findings, _ = read(await trail.exported(trail.short.id))
    assert (checked.events, checked.executions, findings) == (3, 1, [])


async def test_an_export_shows_calls_in_masked_form_only(trail: Trail) -> None:
    """What a tool was told and answered is there as people see it; the rest is a digest without its salt."""
    events = [json.loads(line) for line in await trail.exported()]
    calls = [one for one in events if one.get("event_type") == "ToolInvoked"]
    assert [set(call["payload"]["input"]) for call in calls] == [{"sealed"}] * 2
    assert [set(call["salts"]) for call in calls] == [{"input_masked"}] * 2
    (answer,) = [one for one in events if one.get("event_type") == "ToolCompleted"]
    assert answer["payload"]["output"]["output"].keys() == {"sealed"}
    assert answer["payload"]["output_masked"]["output"] == {"files": 9}


def _kinds_of_bytes(line: bytes) -> Iterator[tuple[str, int]]:
    """Give a place of each class of bytes in ``line``, the first and the last there is."""
    classes: dict[str, Callable[[int], bool]] = {
        "digit": lambda byte: chr(byte).isdigit() and byte < 128,
        "lower case": lambda byte: 97 <= byte <= 122,
        "upper case": lambda byte: 65 <= byte <= 90,
        "quote": lambda byte: byte == 34,
        "brace": lambda byte: byte in b"{}[]",
        "comma and colon": lambda byte: byte in b",:",
        "space": lambda byte: byte == 32,
        "other punctuation": lambda byte: byte in b".-_/#*",
        "beyond ASCII": lambda byte: byte >= 128,
        "end of the line": lambda byte: byte == 10,
    }
    for name, fits in classes.items():
        places = [place for place, byte in enumerate(line) if fits(byte)]
        for place in sorted({*places[:1], *places[len(places) // 2 : len(places) // 2 + 1], *places[-1:]}):
            yield name, place


async def test_every_class_of_bytes_counts_in_every_line(trail: Trail) -> None:
    """Another byte anywhere is found and named, even when the end of the export was made to fit it.

    Only the moment of exporting is nobody's claim: there the end of the export alone tells.
    """
    lines = await trail.exported()
    tried = 0
    for number, line in enumerate(lines[:-1]):
        record = json.loads(line)
        for name, place in _kinds_of_bytes(line):
            for other in {line[place] ^ 1, line[place] ^ 32, 48, 32} - {line[place]}:
                changed = line[:place] + bytes([other]) + line[place + 1 :]
                forged = b"".join((*lines[:number], changed, *lines[number + 1 : -1])).splitlines(keepends=True)
                _, plain, _ = read([*forged, lines[-1]])
                assert plain, (number, name, changed)
                if record["type"] == "export":
                    continue
                tried += 1
                named = (f"Line {number + 1} ", f"Checkpoint {record['seq']} ", f"{record.get('execution_id')}")
                _, findings, _ = read(sealed(forged))
                assert any(mark in one for one in findings for mark in named), (number, name, changed, findings)
    assert tried > 1000


async def test_the_end_of_an_export_counts_too(trail: Trail) -> None:
    """A changed, missing or doubled last line is found."""
    lines = await trail.exported()
    end = lines[-1]
    assert read([*lines[:-1], end.replace(b'"lines":', b'"lines":1')])[1]
    assert read([*lines[:-1], end.replace(b'"sha256":"', b'"sha256":"0')])[1]
    assert read([*lines, end])[1]
    assert read([*lines, lines[3]])[1]
    assert "The export ends too early: its last lines were cut off." in read(lines[:-1])[1]


async def test_lines_that_are_missing_doubled_or_moved_are_found(trail: Trail) -> None:
    """With an end that fits: each line in turn is removed, written twice, and changes places with the next."""
    lines = (await trail.exported())[:-1]
    for number in range(len(lines)):
        without = [*lines[:number], *lines[number + 1 :]]
        twice = [*lines[: number + 1], *lines[number:]]
        swapped = [*lines[:number], *lines[number : number + 2][::-1], *lines[number + 2 :]]
        for changed in (without, twice, swapped):
            if changed != lines:
                assert read(sealed(changed))[1], (number, lines[number])
    # A header alone is the export of an empty record: which checkpoint is the last, whoever kept one knows.
    for length in range(2, len(lines)):
        assert read(sealed(lines[:length]))[1], length
    assert read(sealed(lines[:1]), anchors={"ab" * 32: "The checkpoint that was kept"})[1]


async def test_a_whole_execution_that_is_missing_is_found(trail: Trail) -> None:
    """Checkpoints say how many heads they were made over; whoever asks for one execution finds it missing."""
    lines = (await trail.exported())[:-1]
    without = [line for line in lines if trail.short.id.encode() not in line]
    assert any(one.startswith("The export lacks 1 of the 3 heads of checkpoint 1") for one in read(sealed(without))[1])
    one = [line for line in await trail.exported(trail.short.id) if b'"type":"event"' not in line][:-1]
    assert read(sealed(one))[1] == [
        f"Execution {trail.short.id} lacks events 1 to 3, which checkpoint 2 has: all of it was removed."
    ]
    none = [line for line in one if b'"type":"head"' not in line]
    assert read(sealed(none))[1] == [f"Execution {trail.short.id} should be in the export and is not: removed."]


async def test_a_field_cannot_be_hidden_in_an_export(trail: Trail) -> None:
    """Who takes somebody's words out and leaves the digest is found: what exports hide is fixed."""
    lines = (await trail.exported())[:-1]
    number = next(place for place, line in enumerate(lines) if '"설치"'.encode() in line)
    event = json.loads(lines[number])
    salt = event["salts"].pop("message.text")
    text = canonical_json(event["payload"]["message"]["text"])
    event["payload"]["message"]["text"] = {"sealed": hashlib.sha256(salt.encode() + text).hexdigest()}
    lines[number] = canonical_json(event) + b"\n"
    assert read(sealed(lines))[1] == [
        f"Event 2 of execution {trail.short.id} lacks its message.text, and no redaction says so: removed."
    ]


async def test_the_moment_of_exporting_is_in_the_header(trail: Trail) -> None:
    """The first line says when, and of which executions."""
    header = json.loads((await trail.exported(trail.short.id))[0])
    assert header == {
        "type": "export",
        "format": 1,
        "exported_at": iso(trail.clock.now()),
        "executions": [trail.short.id],
    }


async def test_the_program_needs_nothing_but_python(trail: Trail, tmp_path: Path) -> None:
    """``python -m bot.verify_export`` runs without any package: those of the standard library are all it imports."""
    export = tmp_path / "export.jsonl"
    lines = await trail.exported()
    done = run(export, lines, "--anchor", trail.file.where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "signatures are not looked at" in done.stdout
    assert "12 events of 3 executions, 2 checkpoints" in done.stdout
    assert run(export, lines, "--anchor", "ab" * 32).returncode == 65
    assert run(export, lines, "--anchor", "nonsense").returncode == 66
    away = run(tmp_path / "away.jsonl", None)
    why = "No such file or directory. Name a file that is there and that you may read."
    assert (away.returncode, away.stderr) == (66, f"{tmp_path / 'away.jsonl'} cannot be read: {why}\n")
    assert run(export, lines[:-2], "--anchor", trail.file.where).returncode == 65
    with_key = run(export, lines, "--key", trail.key)
    assert (with_key.returncode, with_key.stderr) == (66, "signatures need the Python package cryptography\n")


def run(export: Path, lines: list[bytes] | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on ``lines`` (None: there is no file), without any installed package."""
    if lines is not None:
        export.write_bytes(b"".join(lines))
    root = str(Path(__file__).parents[2])
    code = (
        f"import runpy, sys; sys.path.insert(0, {root!r}); runpy.run_module('bot.verify_export', run_name='__main__')"
    )
    command = [sys.executable, "-I", "-S", "-c", code, str(export), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
