"""Receipts: what was put where, who asked and who agreed, in a form that can be checked without a database."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime

from core.domain.base import Domain, sha256_hex
from core.domain.executions import RunAction
from core.domain.skills import SkillBundle


class PersonNote(Domain):
    """A person as they were called then."""

    id: str
    name: str


class ApprovalNote(Domain):
    """One approval that counted; ``on_behalf_of`` is in whose place it was given."""

    by: PersonNote
    on_behalf_of: PersonNote | None = None
    channel: str
    at: AwareDatetime


class FileNote(Domain):
    """One file of the content: SHA-256 of its bytes, and whether it may be executed."""

    sha256: str
    executable: bool = False


class Receipt(Domain):
    """What one run did: ``digest`` is what it left at ``location`` (None: nothing), ``replaced`` what was there before.

    ``files`` lists the content; None where nothing was left, or it could not be read any more.
    """

    v: Literal[1] = 1
    run_id: str
    execution_id: str
    code: str
    action: RunAction
    skill: str
    provider_id: str
    provider: str
    provider_kind: str
    location: str
    requester: PersonNote
    approvals: tuple[ApprovalNote, ...]
    #: Whether one admin approved it alone, in an emergency.
    broke_glass: bool = False
    #: The policy's rule, and how many approvals it wanted.
    rule: str
    threshold: int
    subject_hash: str
    source: str
    requested_ref: str | None
    commit: str | None
    digest: str | None
    replaced: str | None
    files: dict[str, FileNote] | None
    at: AwareDatetime

    @property
    def place(self) -> tuple[str, str]:
        """Provider and skill: the newest receipt of a place says what is to be there."""
        return self.provider_id, self.skill


class SignedReceipt(Domain):
    """A receipt as it is kept. ``key`` is the fingerprint of the key; both are None where there was none."""

    receipt: dict[str, Any]
    key: str | None = None
    signature: str | None = None


class Doubt(StrEnum):
    """Why a receipt proves nothing."""

    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    WRONG_KEY = "wrong_key"
    TAMPERED = "tampered"


class ReadReceipt(Domain):
    """A receipt as it was found in ``file``; with a ``doubt`` nothing that it says is proven."""

    file: str
    receipt: Receipt | None
    doubt: Doubt | None = None
    #: Fingerprint of the key that it claims.
    key: str | None = None


def list_files(bundle: SkillBundle) -> dict[str, FileNote]:
    """Return what a receipt says of the files of ``bundle``."""
    return {
        path: FileNote(sha256=sha256_hex(file.content), executable=file.executable)
        for path, file in bundle.files.items()
    }
