"""Receipts: what an installation leaves in the home, and what they prove about a folder without any database."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import socket
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot import workers
from bot.cli_verify import verified
from bot.integrations.receipt_files import DiskReceiptFiles
from bot.workers import TRIES
from core.domain.policy import Policy, Rule
from tests.harness import Talk, code_in, talking

SKILL = "meeting-notes"
KEY = base64.b64encode(bytes(range(32))).decode()
PUBLIC = base64.b64encode(
    Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
).decode()


@pytest.fixture
async def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Talk]:
    """A demo that signs, with alice speaking."""
    monkeypatch.setenv("SIGNING_KEY", KEY)
    (tmp_path / "home").mkdir()
    (tmp_path / "home/config.toml").write_text('[audit]\nsigning_key = "env:SIGNING_KEY"\n')
    async with talking(tmp_path / "home") as opened:
        yield opened


async def do(talk: Talk, sentence: str) -> str:
    """Ask as alice, approve as bob (twice where that is asked); return the code of the request."""
    await talk("/as alice")
    code = code_in(await talk(sentence))
    await talk("/as bob")
    if "DESTRUCTIVE" in await talk(f"approve {code}"):
        talk.clock.advance(5)
        await talk(f"approve {code}")
    return code


def receipts(talk: Talk) -> list[dict[str, Any]]:
    """Return what lies in the home, oldest first."""
    texts = [path.read_text() for path in (talk.home / "receipts").rglob("*.json")]
    return sorted((json.loads(text) for text in texts), key=lambda it: str(it["receipt"]["at"]))


async def check(talk: Talk, path: Path, **options: Any) -> tuple[int, str]:
    """Return what ``verify`` says of ``path``: its exit code and its sentences."""
    asked = {"home": talk.home, "config": None, "receipts": None, "public_key": PUBLIC, "unsigned": False}
    code, report = await asyncio.to_thread(verified, path, **(asked | options))
    assert (code == 0) is (report["standing"] == "approved")
    return code, "\n".join(report["sentences"])


async def test_an_install_leaves_a_receipt_beside_the_skill(talk: Talk) -> None:
    """It names who asked, who approved and when, rule, source, commit, digest, target and execution."""
    code = await do(talk, f"install {SKILL} on claude")
    execution, (run,) = await talk.execution(code), await talk.runs(code)
    (kept,) = receipts(talk)
    said, subject = kept["receipt"], execution.subject
    assert subject is not None
    assert said["requester"]["name"] == "Alice"
    at = [datetime.fromisoformat(vote["at"]) for vote in said["approvals"]]
    assert ([vote["by"]["name"] for vote in said["approvals"]], at) == (["Bob"], [talk.clock.now()])
    assert (said["rule"], said["subject_hash"]) == (subject.rule, subject.hash)
    assert (said["commit"], said["digest"]) == (subject.skills[0].commit, subject.skills[0].digest)
    assert said["location"] == f"{socket.gethostname()}:{talk.skill(SKILL)}"
    assert (said["execution_id"], said["run_id"], said["code"]) == (execution.id, run.id, code)
    assert sorted(said["files"]) == sorted(
        path.relative_to(talk.skill(SKILL)).as_posix() for path in talk.skill(SKILL).rglob("*") if path.is_file()
    )
    assert [path for path in talk.skill(SKILL).rglob("*") if "receipt" in path.name] == []
    assert run.receipt_due is None


async def test_every_place_and_every_change_has_one(talk: Talk) -> None:
    """Sync, rollback and uninstall too; what failed has none."""
    await do(talk, f"install {SKILL} on claude and gemini")
    talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    talk.clock.advance(60)
    await do(talk, f"sync {SKILL} on claude")
    talk.clock.advance(60)
    await do(talk, f"roll back {SKILL} on claude")
    talk.clock.advance(60)
    await do(talk, f"uninstall {SKILL} from claude")
    said = [(it["receipt"]["action"], it["receipt"]["provider_kind"]) for it in receipts(talk)]
    assert sorted(said[:2]) == [("install", "claude"), ("install", "gemini")]
    assert said[2:] == [("sync", "claude"), ("rollback", "claude"), ("uninstall", "claude")]
    assert [it["receipt"]["digest"] for it in receipts(talk)][-1] is None


async def test_a_receipt_that_was_not_written_is_written_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails right after the swap: the skill is installed, and its receipt is due until it can be written."""
    keep = DiskReceiptFiles.keep
    failures = [OSError("the disk fails")] * TRIES

    async def failing(*given: Any) -> None:
        if failures:
            raise failures.pop()
        await keep(*given)

    monkeypatch.setattr(DiskReceiptFiles, "keep", failing)
    monkeypatch.setattr(workers, "PAUSE", 0)

    async def install() -> None:
        async with talking(tmp_path / "home") as talk:
            code = await do(talk, f"install {SKILL} on claude")
            (run,) = await talk.runs(code)
            assert (run.status, run.receipt_due is not None, receipts(talk)) == ("success", True, [])
            talk.clock.advance(minutes=11)
            await talk.settle()
            assert [it["receipt"]["code"] for it in receipts(talk)] == [code]

    with pytest.raises(OSError, match="the disk fails"):  # what the harness makes of what was written to the log
        await install()


async def test_writing_again_changes_nothing(talk: Talk) -> None:
    """A crash between file and row repeats the writing: the same bytes, signature included."""
    code = await do(talk, f"install {SKILL} on claude")
    (before,) = [path.read_bytes() for path in (talk.home / "receipts").rglob("*.json")]
    (run,) = await talk.runs(code)
    async with talk.database.begin() as uow:
        await uow.runs.update(run.evolve(receipt_due=talk.clock.now()), expected=run.status)
        await uow.commit()
    await talk.settle()
    assert [path.read_bytes() for path in (talk.home / "receipts").rglob("*.json")] == [before]
    assert (await talk.runs(code))[0].receipt_due is None


async def test_who_approved_these_very_bytes_is_said_offline(talk: Talk) -> None:
    """Neither the database nor the private key is needed."""
    code = await do(talk, f"install {SKILL} on claude")
    shutil.copytree(talk.home / "receipts", talk.home / "elsewhere")
    exit_code, said = await check(talk, talk.skill(SKILL), home=talk.home / "no-home", receipts=talk.home / "elsewhere")
    assert exit_code == 0
    assert said.startswith(f"Approved: Alice asked as #{code}, and Bob (20")
    assert f'approved under the rule "write". It is {SKILL}, from ' in said
    assert not (talk.home / "no-home").exists()


async def test_what_was_replaced_is_not_approved_any_more(talk: Talk) -> None:
    """Bytes that a rollback took away come back by hand: the older approval does not speak for them."""
    await do(talk, f"install {SKILL} on claude")
    talk.source.commit({f"skills/{SKILL}/extra.md": "new\n"}, branch="main")
    talk.clock.advance(60)
    synced = await do(talk, f"sync {SKILL} on claude")
    newer = shutil.copytree(talk.skill(SKILL), talk.home / "kept" / SKILL)
    talk.clock.advance(60)
    back = await do(talk, f"roll back {SKILL} on claude")
    assert (await check(talk, talk.skill(SKILL)))[0] == 0
    shutil.rmtree(talk.skill(SKILL))
    shutil.copytree(newer, talk.skill(SKILL))
    for folder in (newer, talk.skill(SKILL)):
        exit_code, said = await check(talk, folder)
        assert exit_code == 1
        assert said.startswith(
            f"Not approved any more: these bytes came with #{synced}, and #{back} (rollback) replaced them on 20"
        )


async def test_what_was_uninstalled_is_not_approved_any_more(talk: Talk) -> None:
    """Nothing there: it says who agreed that it goes. The bytes come back by hand: nobody agreed to that."""
    await do(talk, f"install {SKILL} on claude")
    kept = shutil.copytree(talk.skill(SKILL), talk.home / "kept" / SKILL)
    talk.clock.advance(60)
    code = await do(talk, f"uninstall {SKILL} from claude")
    exit_code, said = await check(talk, talk.skill(SKILL))
    assert exit_code == 1
    assert said.startswith(f"Not approved: #{code} (uninstall) removed {SKILL} from Claude on 20")
    assert f"Alice asked as #{code}, and Bob (20" in said
    exit_code, said = await check(talk, shutil.copytree(kept, talk.skill(SKILL)))
    assert (exit_code, "and nobody approved that it comes back" in said) == (1, True)


async def test_what_a_rule_allows_is_said_to_be_the_rules(tmp_path: Path) -> None:
    """Nobody approved it, and nobody had to."""
    free = Policy(rules=(Rule(name="free for all", outcome="allow"),))
    async with talking(tmp_path / "home", policy=free) as talk:
        code = code_in(await talk(f"install {SKILL} on claude"))
        exit_code, said = await check(talk, talk.skill(SKILL), public_key=None, unsigned=True)
    assert exit_code == 0
    assert f'Alice asked as #{code}, and the rule "free for all" wanted nobody to approve it.' in said
