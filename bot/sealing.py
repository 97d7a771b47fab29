"""What seals the record of an installation: the key, the file and the rooms of its checkpoints."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.messages import ConversationRef
from core.domain.secret_refs import SecretRef
from core.ports import Clock, Storage
from core.services.checkpoints import Checkpoints

if TYPE_CHECKING:
    from bot.bootstrap import Installation


def checkpoints_of(
    installation: Installation, storage: Storage, clock: Clock, rooms: Sequence[ConversationRef] = ()
) -> Checkpoints:
    """Return what makes the checkpoints of an installation; the newest is shown in ``rooms``.

    Raises:
        SecretNotFound, InvalidSetting: there is no key where the settings say.
    """
    from bot.integrations.checkpoint_file import DiskCheckpointFile
    from bot.integrations.secret_stores import Secrets

    settings, signer = installation.settings.audit, None
    if settings.signing_key is not None:
        from bot.integrations.ed25519 import Ed25519Signer  # its import costs

        signer = Ed25519Signer(Secrets(os.environ, installation.masker).get(SecretRef.parse(settings.signing_key)))
    return Checkpoints(
        storage=storage,
        clock=clock,
        translator=installation.translator,
        file=DiskCheckpointFile(checkpoint_file(installation)),
        signer=signer,
        rooms=rooms if settings.show_daily else (),
    )


def checkpoint_file(installation: Installation) -> Path:
    """Return where checkpoints are written to."""
    named = installation.settings.audit.file
    return Path(named) if named else installation.home.path / "checkpoints.jsonl"
