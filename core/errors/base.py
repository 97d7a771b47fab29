"""SkillwardenError and the five families under it."""

from __future__ import annotations

import inspect
import re
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.errors.words import Words

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class ErrorType(StrEnum):
    """The five kinds of error an ErrorOccurred event can carry."""

    NETWORK = "Network"
    PERMISSION = "Permission"
    TIMEOUT = "Timeout"
    VALIDATION = "Validation"
    INTERNAL = "Internal"


class SkillwardenError(Exception):
    """Something went wrong: {detail}."""

    #: What programs go by: the class's name in capitals, unless a seed names it otherwise.
    code: ClassVar[str] = "ERROR"
    error_type: ClassVar[ErrorType] = ErrorType.INTERNAL
    recoverable: ClassVar[bool] = False
    #: What a command line exits with; 1 is kept for errors nobody foresaw.
    exit_code: ClassVar[int] = 70  # sysexits.h: EX_SOFTWARE

    def __init_subclass__(cls) -> None:
        """Give the class its code."""
        if "code" not in cls.__dict__:
            cls.code = _WORD.sub("_", cls.__name__).upper()

    def __init__(self, **params: object) -> None:
        """Keep ``params`` for the sentence; every placeholder of the docstring must be given."""
        self.params = params
        super().__init__(self.msgid.format(**self.written))

    @property
    def written(self) -> dict[str, str]:
        """``params`` as text, for where no reader is known: moments in UTC; words know their message still."""
        return {name: _text(value) for name, value in self.params.items()}

    @property
    def msgid(self) -> str:
        """The untranslated sentence with its placeholders."""
        return " ".join(inspect.cleandoc(type(self).__doc__ or "").split())


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return value if isinstance(value, Words) else str(value)


class InvalidInput(SkillwardenError):
    """That cannot be done as written: {detail}."""

    error_type = ErrorType.VALIDATION
    exit_code = 65  # sysexits.h: EX_DATAERR


class NotAllowed(SkillwardenError):
    """You may not do that: {detail}."""

    error_type = ErrorType.PERMISSION
    exit_code = 77  # sysexits.h: EX_NOPERM


class Unreachable(SkillwardenError):
    """{what} did not answer: {reason}. Try again later."""

    error_type = ErrorType.NETWORK
    recoverable = True
    exit_code = 69  # sysexits.h: EX_UNAVAILABLE


class TookTooLong(SkillwardenError):
    """{what} took longer than {limit} seconds and was stopped. Try again later."""

    error_type = ErrorType.TIMEOUT
    recoverable = True
    exit_code = 75  # sysexits.h: EX_TEMPFAIL


class Internal(SkillwardenError):
    """Something went wrong on my side; it is recorded. Tell an admin the code {code}."""
