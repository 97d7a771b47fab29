"""Deploy keys: how git speaks ssh with one key, to servers whose keys are known, without the user's own settings."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

# Nobody is there to answer a question; a server that is down is given up within git's own time limit.
_OPTIONS = (
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "IdentitiesOnly=yes",
    "IdentityAgent=none",
    "PasswordAuthentication=no",
    "KbdInteractiveAuthentication=no",
    "ClearAllForwardings=yes",
    "PermitLocalCommand=no",
    "ControlMaster=no",
    "ControlPath=none",
    "ConnectTimeout=20",
)


def ssh_command(key: str | None, known_hosts: str | None, folder: Path) -> str:
    """Return the command with which git speaks ssh; a ``key`` is written into ``folder``, which is private and goes.

    ``known_hosts`` is the only file of servers' keys that counts; None is what the bot's user and the machine have.
    """
    command = ["ssh", "-F", os.devnull]
    for option in _OPTIONS:
        command += ["-o", option]
    if known_hosts is not None:
        command += ["-o", f"UserKnownHostsFile={known_hosts}", "-o", f"GlobalKnownHostsFile={os.devnull}"]
    file = os.devnull  # no key of the bot's user is offered to anybody
    if key is not None:
        file = str(folder / "deploy-key")
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w") as written:
            written.write(key.rstrip("\n") + "\n")  # ssh wants the last line ended
    return shlex.join([*command, "-i", file])
