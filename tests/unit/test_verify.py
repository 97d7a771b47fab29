"""``skillwarden verify``: what receipts prove about a folder, sentence by sentence, without any database."""

from __future__ import annotations

import json
import shutil
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.cli_verify import verified
from bot.installers.skill_folder import read_folder
from bot.integrations.signing import Ed25519Signer
from core.domain.executions import RunAction
from core.domain.receipts import ApprovalNote, PersonNote, Receipt, list_files
from core.errors import InvalidSetting
from core.services.receipts import sealed
from tests.clock import START

SIGNER = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(32)))
ALICE, BOB, CAROL = (PersonNote(id=f"id of {name}", name=name) for name in ("Alice", "Bob", "Carol"))
AT = "2026-11-21 06:30 UTC"
HOST = socket.gethostname()


class Yard:
    """A skills folder with one skill, and a folder of receipts."""

    def __init__(self, root: Path) -> None:
        """Install pdf below ``root``."""
        self.receipts = root / "home/receipts"
        self.pdf = root / "claude/skills/pdf"
        (self.pdf / "scripts").mkdir(parents=True)
        (self.pdf / "SKILL.md").write_text("name: pdf\n")
        (self.pdf / "scripts/run.sh").write_text("run\n")
        (root / "public.key").write_bytes(SIGNER.verifier.pem)
        self.key = root / "public.key"

    def receipt(self, code: str = "7F3K", *, signer: Ed25519Signer | None = SIGNER, **changes: Any) -> Path:
        """Write a receipt of what is there now, and return its file; each is a minute younger than the last."""
        bundle, number = read_folder(self.pdf), len(list(self.receipts.rglob("*.json")))
        assert bundle is not None
        receipt = Receipt(
            run_id=f"run {number}",
            execution_id="execution",
            code=code,
            action=RunAction.INSTALL,
            skill="pdf",
            provider_id="id of Claude",
            provider="Claude",
            provider_kind="claude",
            location=f"{HOST}:{self.pdf}",
            requester=ALICE,
            approvals=(ApprovalNote(by=BOB, channel="slack", at=START),),
            rule="write",
            threshold=1,
            subject_hash="0" * 64,
            source="github.com/acme/skills/pdf",
            requested_ref="main",
            commit="4be91c2f0a4be91c2f0a4be91c2f0a4be91c2f0a",
            digest=bundle.digest,
            replaced=None,
            files=list_files(bundle),
            at=START + timedelta(minutes=number),
        ).evolve(**changes)
        self.receipts.mkdir(parents=True, exist_ok=True)
        file = self.receipts / f"{number}.json"
        file.write_text(sealed(receipt, signer))
        return file

    def check(self, path: Path | None = None, **options: Any) -> tuple[int, list[str]]:
        """Return the exit code, and the sentences."""
        asked: dict[str, Any] = {"receipts": None, "public_key": str(self.key), "unsigned": False}
        code, report = verified(
            path or self.pdf, home=self.receipts.parent, config=None, environ={}, **(asked | options)
        )
        assert (code == 0) is (report["standing"] == "approved")
        return code, report["sentences"]


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """Return one without receipts."""
    return Yard(tmp_path)


APPROVED = (
    f'Approved: Alice asked as #7F3K, and Bob ({AT}) approved under the rule "write". '
    f"It is pdf, from github.com/acme/skills/pdf at 4be91c2f0a4b, install on Claude on {AT}."
)


def test_who_approved_these_very_bytes_is_said(yard: Yard) -> None:
    """Who asked, who agreed and when, under which rule; what it is, from where, and when it came."""
    yard.receipt()
    assert yard.check() == (0, [APPROVED])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"approvals": (ApprovalNote(by=CAROL, on_behalf_of=BOB, channel="slack", at=START),)},
            f'and Carol for Bob ({AT}) approved under the rule "write"',
        ),
        ({"broke_glass": True}, f'and Bob ({AT}) broke the glass, alone, under the rule "write"'),
        ({"approvals": (), "rule": "free"}, 'and the rule "free" wanted nobody to approve it'),
    ],
)
def test_how_it_was_approved_is_said(yard: Yard, changes: dict[str, Any], sentence: str) -> None:
    """In somebody's place, in an emergency, or by nobody because a rule asks nobody."""
    yard.receipt(**changes)
    code, (said,) = yard.check()
    assert (code, sentence in said) == (0, True), said


def test_a_copy_is_approved_and_says_so(yard: Yard, tmp_path: Path) -> None:
    """The same bytes in a folder of the same name, as a build has them."""
    yard.receipt()
    copy = shutil.copytree(yard.pdf, tmp_path / "checkout/pdf")
    assert yard.check(copy) == (
        0,
        [APPROVED, f"The approval is for {HOST}:{yard.pdf}; this is a copy of it, byte for byte."],
    )


def test_the_same_path_on_another_machine_is_another_place(yard: Yard) -> None:
    """Receipts of several machines may lie together."""
    yard.receipt(location=f"another-{HOST}:{yard.pdf}")
    said = f"The approval is for another-{HOST}:{yard.pdf}; this is a copy of it, byte for byte."
    assert yard.check(yard.pdf) == (0, [APPROVED, said])


def test_a_path_is_the_same_however_it_is_written(yard: Yard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Below the person's home, relative, through a link above it; and a place may be followed by a note."""
    monkeypatch.setenv("HOME", str(tmp_path))
    yard.receipt(location=f"{HOST}:~/claude/skills/pdf (also read by Codex and Gemini)")
    (tmp_path / "link").symlink_to(tmp_path / "claude")
    monkeypatch.chdir(tmp_path)
    for path in (
        yard.pdf,
        Path("claude/skills/pdf"),
        tmp_path / "link/skills/pdf",
        tmp_path / "claude/../claude/skills/pdf",
    ):
        assert yard.check(path) == (0, [APPROVED]), path


def _edit(folder: Path) -> None:
    (folder / "SKILL.md").write_text("other")


def _add(folder: Path) -> None:
    (folder / "more\n.md").write_text("more")


def _remove(folder: Path) -> None:
    (folder / "scripts/run.sh").unlink()


def _make_executable(folder: Path) -> None:
    (folder / "scripts/run.sh").chmod(0o755)


def _link(folder: Path) -> None:
    (folder / "scripts/run.sh").unlink()
    (folder / "scripts/run.sh").symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_edit, "Edited: SKILL.md."),
        (_add, r"Added: more\n.md."),
        (_remove, "Missing: scripts/run.sh."),
        (_make_executable, "Made executable, or no longer: scripts/run.sh."),
        (_link, "Added: scripts/run.sh//symbolic link. Missing: scripts/run.sh."),
    ],
)
@pytest.mark.parametrize("is_copy", [False, True])
def test_what_was_changed_is_named(yard: Yard, tmp_path: Path, change: Any, sentence: str, is_copy: bool) -> None:
    """A file edited, added, removed, made executable or made a link: nobody approved that, in place or in a copy."""
    yard.receipt()
    folder = shutil.copytree(yard.pdf, tmp_path / "copy/pdf") if is_copy else yard.pdf
    change(folder)
    assert yard.check(folder) == (1, [f"Not approved: this is not what #7F3K put there. {sentence}"])


def test_many_changes_are_counted(yard: Yard) -> None:
    """A sentence stays a sentence."""
    yard.receipt()
    for number in range(8):
        (yard.pdf / f"{number}.md").write_text("more")
    _, (said,) = yard.check()
    assert said.endswith("Added: 0.md, 1.md, 2.md, 3.md, 4.md and 3 more.")


def test_a_receipt_may_list_no_files(yard: Yard) -> None:
    """What the store had lost when it was written: the digest decides all the same."""
    yard.receipt(files=None)
    assert yard.check() == (0, [APPROVED])
    _edit(yard.pdf)
    assert yard.check() == (
        1,
        ["Not approved: this is not what #7F3K put there. Its receipt does not list the files."],
    )


def test_a_renamed_folder_is_another_skill(yard: Yard) -> None:
    """Clients know a skill by its folder: bytes approved as one skill are not approved as another."""
    yard.receipt()
    renamed = yard.pdf.rename(yard.pdf.with_name("docx"))
    assert yard.check(renamed) == (1, ['Not approved under this name: #7F3K put these bytes there as "pdf".'])


@pytest.mark.parametrize("is_copy", [False, True])
def test_what_was_replaced_is_not_approved_any_more(yard: Yard, tmp_path: Path, is_copy: bool) -> None:
    """Bytes that a rollback took away come back by hand: their approval does not speak for that."""
    yard.receipt("A7A7")
    folder = shutil.copytree(yard.pdf, tmp_path / "kept/pdf")
    _edit(yard.pdf)
    yard.receipt("C9C9", action=RunAction.ROLLBACK)
    assert yard.check()[0] == 0
    if not is_copy:
        shutil.rmtree(yard.pdf)
        folder = folder.rename(yard.pdf)
    assert yard.check(folder) == (
        1,
        [
            "Not approved any more: these bytes came with #A7A7, and #C9C9 (rollback) replaced them on "  # noqa: ISC004 - one sentence
            f'2026-11-21 06:31 UTC. Alice asked as #C9C9, and Bob ({AT}) approved under the rule "write".'
        ],
    )


def test_a_copy_of_what_stands_elsewhere_is_approved(yard: Yard, tmp_path: Path) -> None:
    """Replaced on one provider, it still stands on another: a copy is a copy of that one."""
    yard.receipt("A7A7", provider_id="id of Gemini", provider="Gemini", location="/gemini/skills/pdf")
    yard.receipt("A7A7")
    copy = shutil.copytree(yard.pdf, tmp_path / "kept/pdf")
    _edit(yard.pdf)
    yard.receipt("C9C9")
    code, said = yard.check(copy)
    assert (code, said[1]) == (0, "The approval is for /gemini/skills/pdf; this is a copy of it, byte for byte.")


def test_what_was_uninstalled_is_not_approved_any_more(yard: Yard, tmp_path: Path) -> None:
    """Nothing there: it is said who agreed that it goes. By hand it comes back without anybody's approval."""
    yard.receipt("A7A7")
    kept = yard.pdf
    yard.receipt("C9C9", action=RunAction.UNINSTALL, digest=None, files=None)
    gone = "Not approved: #C9C9 (uninstall) removed pdf from Claude on 2026-11-21 06:31 UTC"
    who = f'. Alice asked as #C9C9, and Bob ({AT}) approved under the rule "write".'
    assert yard.check() == (1, [f"{gone}, and nobody approved that it comes back{who}"])
    kept = yard.pdf.rename(tmp_path / "pdf")
    assert yard.check(yard.pdf) == (1, [gone + who])
    assert yard.check(kept) == (1, [f"{gone}, and nobody approved that it comes back{who}"])


def test_a_receipt_that_was_changed_proves_nothing(yard: Yard) -> None:
    """Whoever puts another name into it is found out, and what it says is not taken for true."""
    file = yard.receipt()
    file.write_text(file.read_text().replace('"Bob"', '"Dave"'))
    assert yard.check() == (
        1,
        [
            "Not approved: what speaks for it proves nothing.",
            f'0.json says that Alice asked as #7F3K, and Dave ({AT}) approved under the rule "write". '  # noqa: ISC004 - one sentence
            "That is not what was signed: the receipt was changed.",
        ],
    )


def test_every_value_of_a_receipt_is_signed(yard: Yard) -> None:
    """Whatever single value is changed to another one, nothing is approved any more."""
    file = yard.receipt()
    whole = json.loads(file.read_text())
    for name, value in whole["receipt"].items():
        others = {"str": "x", "int": 7, "bool": not value, "list": [], "dict": {}, "NoneType": "x"}
        changed = whole["receipt"] | {name: others[type(value).__name__]}
        assert changed != whole["receipt"], name
        file.write_text(json.dumps(whole | {"receipt": changed}))
        assert yard.check()[0] == 1, name


def test_a_receipt_of_another_key_is_named(yard: Yard) -> None:
    """One of another installation, or of whoever made a key for it, is none of ours."""
    yard.receipt(signer=STRANGER)
    code, said = yard.check()
    assert (code, said[0]) == (1, "Not approved: what speaks for it proves nothing.")
    assert said[1].endswith(f"It is signed with another key, {STRANGER.fingerprint}.")


def test_a_receipt_that_claims_our_key_is_found_out(yard: Yard) -> None:
    """The fingerprint in it can be written by anybody; the signature cannot."""
    file = yard.receipt(signer=STRANGER)
    file.write_text(file.read_text().replace(STRANGER.fingerprint, SIGNER.fingerprint))
    assert yard.check()[1][1].endswith("That is not what was signed: the receipt was changed.")


def test_without_a_key_a_signature_cannot_be_checked(yard: Yard) -> None:
    """It is said which key it wants; --unsigned does not help, because it is signed."""
    yard.receipt()
    for unsigned in (False, True):
        code, said = yard.check(public_key=None, unsigned=unsigned)
        assert code == 1
        assert said[1].endswith(
            f"It is signed with the key {SIGNER.fingerprint}: give its public half with --public-key."
        )


def test_an_unsigned_receipt_is_believed_only_on_request(yard: Yard) -> None:
    """Whoever can write there could have made it; --unsigned says that this is known."""
    yard.receipt(signer=None)
    for key in (None, str(yard.key)):
        code, said = yard.check(public_key=key)
        assert code == 1
        assert said[1].endswith("It is not signed: whoever can write there can write that. Take it with --unsigned.")
        assert yard.check(public_key=key, unsigned=True) == (0, [APPROVED])


def test_a_doubtful_receipt_hides_no_other(yard: Yard) -> None:
    """It is named beside the one that proves; those about other folders are not."""
    yard.receipt()
    yard.receipt(signer=None)
    yard.receipt(signer=None, digest="1" * 64, location="/gemini/skills/docx")
    (yard.receipts / "broken.json").write_bytes(b"\xff{")
    code, said = yard.check()
    assert (code, said[0], len(said)) == (0, APPROVED, 3)
    assert said[1].startswith("1.json says that Alice asked as #7F3K")
    assert said[2] == "broken.json cannot be read as a receipt."


def test_an_unsigned_receipt_about_a_folder_that_is_gone_is_named(yard: Yard) -> None:
    """That no receipt speaks of it would be untrue: one does, and it is said why it proves nothing."""
    yard.receipt("7F3K", signer=None)
    yard.receipt("C9C9", signer=None, action=RunAction.UNINSTALL, digest=None, files=None)
    shutil.rmtree(yard.pdf)
    code, said = yard.check()
    assert (code, said[0]) == (1, "Not approved: what speaks for it proves nothing.")
    assert [line.split(".json")[0] for line in said[1:]] == ["0", "1"]
    code, said = yard.check(unsigned=True)
    assert (code, said[0].startswith("Not approved: #C9C9 (uninstall) removed pdf from Claude")) == (1, True)


def test_nobody_approved_what_no_receipt_speaks_of(yard: Yard, tmp_path: Path) -> None:
    """A folder that was made by hand, and an empty one."""
    yard.receipt()
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    nobody = (1, [f"Not approved: no receipt in {yard.receipts} speaks for these bytes."])
    assert yard.check(stranger) == nobody
    (stranger / "SKILL.md").write_text("hello")
    assert yard.check(stranger) == nobody


@pytest.mark.parametrize(
    ("path", "options", "problem"),
    [
        ("nothing", {}, "there is no such folder, and no receipt says that there ever was"),
        ("link", {}, "it is a file or a symbolic link; name the folder itself"),
        ("claude/skills/pdf/SKILL.md", {}, "it is a file or a symbolic link; name the folder itself"),
        ("claude/skills/pdf", {"receipts": Path("/nothing")}, "there is no such folder; name the receipts"),
        ("claude/skills/pdf", {"public_key": "nonsense"}, "it is no public Ed25519 key"),
    ],
)
def test_what_cannot_be_looked_at_is_an_error(
    yard: Yard, tmp_path: Path, path: str, options: dict[str, Any], problem: str
) -> None:
    """No folder, a link, no receipts, no key: none of these is an answer."""
    yard.receipt()
    (tmp_path / "link").symlink_to(yard.pdf)
    with pytest.raises(InvalidSetting, match=problem):
        yard.check(tmp_path / path, **options)
