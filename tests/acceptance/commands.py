"""Runs commands of ``skillwarden``, one a line of standard input, in one process: starting each anew takes seconds.

``python -m tests.acceptance.commands`` prints a JSON object a command: command, code, out. It goes on after failures.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import sys

from bot import cli
from core.errors import SkillwardenError


def main() -> None:
    """Run what is on standard input."""
    for line in sys.stdin.read().splitlines():
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = _run(line)
        sys.stdout.write(json.dumps({"command": line, "code": code, "out": said.getvalue()}) + "\n")


def _run(line: str) -> int:
    """Run one command in a demo and return its exit code; variables before it are set for it alone."""
    words = [os.path.expandvars(word) for word in shlex.split(line)]
    variables = {}
    while "=" in words[0]:
        name, _, variables[name] = words.pop(0).partition("=")
    before = dict(os.environ)
    os.environ.update(variables)
    sys.argv = ["skillwarden", *words, *([] if "--demo" in words else ["--demo"])]
    try:
        cli._run()  # noqa: SLF001 - main() without what ends the process
    except SkillwardenError as error:
        sys.stderr.write(str(error))
        return error.exit_code
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return 0


if __name__ == "__main__":
    main()
