"""Tokens for private repositories: each is sent to its own host, in a header, and to nobody else."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from bot.git.process import GitConfig
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.domain.skills import SourceLocation
from core.ports import SecretStore

# GitHub and GitHub Enterprise take a token as the password of anybody; by convention of this name.
_USER = "x-access-token"


class GitCredentials:
    """Knows where the token of each host is; reads it when it is needed, so that a new one needs no restart."""

    def __init__(self, tokens: Mapping[str, SecretRef], secrets: SecretStore, masker: Masker) -> None:
        """Read ``tokens``, by host (with its port where it is not the usual one), out of ``secrets``.

        ``masker`` learns the form in which they are sent.
        """
        self._tokens = tokens
        self._secrets = secrets
        self._masker = masker

    def config_for(self, place: SourceLocation) -> GitConfig:
        """Return the settings with which git may read ``place``; none where no token is configured.

        Git itself sends the header to that scheme, host and port alone.

        Raises:
            SecretNotFound: the reference leads nowhere.
        """
        reference = self._tokens.get(place.host)
        scheme, is_url, _ = place.url.partition("://")
        if reference is None or not is_url:
            return ()
        encoded = base64.b64encode(f"{_USER}:{self._secrets.get(reference)}".encode()).decode()
        self._masker.learn(encoded)
        return ((f"http.{scheme}://{place.host}/.extraHeader", f"Authorization: Basic {encoded}"),)
