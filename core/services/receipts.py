"""Receipts: each run that succeeded leaves one in the home - signed where there is a key - once it is on the record."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from core.domain.base import canonical_json
from core.domain.receipts import (
    ApprovalNote,
    Doubt,
    PersonNote,
    ReadReceipt,
    Receipt,
    SignedReceipt,
    list_files,
)
from core.errors import BundleCorrupt
from core.services.consents import votes_that_counted
from core.services.runs import load_job, subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.approvals import ApprovalRequest
    from core.domain.executions import InstallRun
    from core.domain.receipts import FileNote
    from core.errors import SkillwardenError
    from core.ports import BundleStore, Clock, ReceiptFiles, Signer, Storage, UnitOfWork, Verifier

#: What a signature of a receipt is for; see ``Signer.sign``.
PURPOSE = "receipt"
# How long a receipt that could not be written for a reason nobody foresaw waits for its next try.
_LATER = timedelta(minutes=10)


class Receipts:
    """Writes what is due. The file comes before the row that says so: a crash in between repeats it, word for word."""

    def __init__(
        self, *, storage: Storage, clock: Clock, bundles: BundleStore, files: ReceiptFiles, signer: Signer | None
    ) -> None:
        """Write to ``files``, signed by ``signer``; None: not signed."""
        self._storage = storage
        self._clock = clock
        self._bundles = bundles
        self._files = files
        self._signer = signer

    async def write(self, run_id: str) -> None:
        """Write the receipt of a run; nothing when none is due yet.

        Raises:
            DiskFull: it stays due.
        """
        async with self._storage.read() as uow:
            run = await uow.runs.get(run_id)
            if run is None or run.receipt_due is None or run.receipt_due > self._clock.now():
                return
            receipt = await _receipt_of(uow, run)
        receipt = receipt.evolve(files=await self._listed(receipt.digest))
        await self._files.keep(receipt.skill, run.id, sealed(receipt, self._signer))
        await self._due(run_id, None)

    async def postpone(self, run_id: str, _error: SkillwardenError) -> None:
        """Leave for later what keeps failing."""
        await self._due(run_id, self._clock.now() + _LATER)

    async def _listed(self, digest: str | None) -> dict[str, FileNote] | None:
        try:
            return list_files(await self._bundles.get(digest)) if digest is not None else None
        except BundleCorrupt:
            return None  # the digest says what it was, if not file by file

    async def _due(self, run_id: str, at: datetime | None) -> None:
        async with self._storage.begin() as uow:
            run = await uow.runs.get(run_id)
            if run is not None:
                await uow.runs.update(run.evolve(receipt_due=at), expected=run.status)
                await uow.commit()


async def _receipt_of(uow: UnitOfWork, run: InstallRun) -> Receipt:
    """Return the receipt of a run that succeeded, without its files, as the record has it."""
    job = await load_job(uow, run, run.finished_at or run.created_at)
    execution, target, content = job.execution, job.target, job.content
    subject = subject_of(execution)
    request = await uow.approvals.of_execution(execution.id)
    names = {person.id: person.name for person in await uow.users.all()}
    return Receipt(
        run_id=run.id,
        execution_id=execution.id,
        code=execution.code,
        action=run.action,
        skill=target.skill,
        provider_id=target.provider_id,
        provider=target.provider,
        provider_kind=target.provider_kind,
        location=target.location,
        requester=_person(execution.user_id, names),
        approvals=await _approvals(uow, request, names) if request is not None else (),
        broke_glass=request is not None and request.is_break_glass,
        rule=subject.rule,
        threshold=subject.threshold,
        subject_hash=subject.hash,
        source=target.source,
        requested_ref=content.requested_ref if content else None,
        commit=content.commit if content else None,
        digest=target.wanted_digest,
        replaced=target.installed_digest,
        files=None,
        at=job.began,
    )


async def _approvals(uow: UnitOfWork, request: ApprovalRequest, names: dict[str, str]) -> tuple[ApprovalNote, ...]:
    return tuple(
        ApprovalNote(
            by=_person(vote.user_id, names),
            on_behalf_of=_person(vote.on_behalf_of, names) if vote.on_behalf_of else None,
            channel=vote.channel,
            at=vote.voted_at,
        )
        for vote in await votes_that_counted(uow, request)
    )


def _person(user_id: str, names: dict[str, str]) -> PersonNote:
    return PersonNote(id=user_id, name=names.get(user_id, user_id))


def sealed(receipt: Receipt, signer: Signer | None) -> str:
    """Return the text to keep: the same for the same receipt and key."""
    body = receipt.model_dump(mode="json")
    signed = SignedReceipt(
        receipt=body,
        key=signer.fingerprint if signer else None,
        signature=signer.sign(PURPOSE, canonical_json(body)) if signer else None,
    )
    return json.dumps(signed.model_dump(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_receipt(file: str, text: str, verifier: Verifier | None) -> ReadReceipt:
    """Read what ``file`` holds, and check its signature; without a ``verifier`` none can be right."""
    try:
        signed = SignedReceipt.model_validate_json(text)
        receipt = Receipt.model_validate_json(canonical_json(signed.receipt))
    except (ValidationError, ValueError):
        return ReadReceipt(file=file, receipt=None, doubt=Doubt.UNREADABLE)
    return ReadReceipt(file=file, receipt=receipt, doubt=_doubt(signed, verifier), key=signed.key)


def _doubt(signed: SignedReceipt, verifier: Verifier | None) -> Doubt | None:
    if signed.signature is None or signed.key is None:
        return Doubt.UNSIGNED
    if verifier is None or signed.key != verifier.fingerprint:
        return Doubt.WRONG_KEY
    is_right = verifier.verifies(PURPOSE, canonical_json(signed.receipt), signed.signature)
    return None if is_right else Doubt.TAMPERED
