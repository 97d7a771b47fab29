"""Calling: what calls back the programs that left an address, as the settings say."""

from __future__ import annotations

import os

from bot.installation import Installation
from core.domain.secret_refs import SecretRef
from core.ports import CallbackSender, Clock


def callback_sender(installation: Installation, clock: Clock) -> CallbackSender:
    """Return it; its imports cost something."""
    from bot.api.callback_body import callback_body
    from bot.integrations.callback_sender import HttpCallbackSender
    from bot.integrations.secret_stores import Secrets

    http = installation.settings.http
    return HttpCallbackSender(
        clock=clock,
        secrets=Secrets(os.environ, installation.masker),
        secret=SecretRef.parse(http.callback_secret) if http.callback_secret else None,
        body=callback_body,
        inside_hosts=http.inside_callback_hosts,
    )
