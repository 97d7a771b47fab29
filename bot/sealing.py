"""What seals the record of an installation: the key, the file and the rooms of its checkpoints."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.messages import ConversationRef
from core.ports import Clock, Signer, Storage
from core.services.checkpoints import Checkpoints

if TYPE_CHECKING:
    from bot.installation import Installation


def checkpoints_of(
    installation: Installation, storage: Storage, clock: Clock, rooms: Callable[[], Sequence[ConversationRef]] = tuple
) -> Checkpoints:
    """Return what makes the checkpoints of an installation; the newest is shown in ``rooms``.

    Raises:
        SecretNotFound, InvalidSetting: there is no key where the settings say.
    """
    from bot.integrations.checkpoint_file import DiskCheckpointFile

    settings = installation.settings.audit
    return Checkpoints(
        storage=storage,
        clock=clock,
        translator=installation.translator,
        file=DiskCheckpointFile(checkpoint_file(installation)),
        signer=signer_of(installation),
        rooms=rooms if settings.show_daily else tuple,
    )


def signer_of(installation: Installation) -> Signer | None:
    """Return the key that an installation signs with; None where the settings name none.

    Raises:
        SecretNotFound, InvalidSetting: there is no key where the settings say.
    """
    reference = installation.settings.audit.signing_key
    if reference is None:
        return None
    from bot.integrations.secret_stores import Secrets
    from bot.integrations.signing import configured_signer  # its import costs

    return configured_signer(reference, Secrets(os.environ, installation.masker))


def checkpoint_file(installation: Installation) -> Path:
    """Return where checkpoints are written to."""
    named = installation.settings.audit.file
    return Path(named) if named else installation.home.path / "checkpoints.jsonl"
