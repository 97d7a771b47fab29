"""The log: one JSON object a line, with every secret masked."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TextIO

import structlog

from core.domain.events import ChainedEvent
from core.domain.masking import Masker, mask_keys

_log = structlog.get_logger("skillwarden.record")


class _LogFile(logging.StreamHandler[TextIO]):
    """Writes records and keeps quiet when it cannot."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Drop the record: a full disk must not print stack traces into a conversation."""


@contextmanager
def json_logs(target: Path | TextIO, level: str, masker: Masker) -> Iterator[None]:
    """Write everything logged at ``level`` or above (also by libraries) to ``target`` while the context lasts.

    A path is appended to and readable by its owner alone.
    """
    stream = _append_to(target) if isinstance(target, Path) else target
    handler = _LogFile(stream)
    handler.setFormatter(_formatter(masker))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    try:
        yield
    finally:
        structlog.reset_defaults()
        root.removeHandler(handler)
        root.setLevel(before)
        if isinstance(target, Path):
            stream.close()


def log_events(events: Sequence[ChainedEvent]) -> None:
    """Write a line for each event of the record, without what people or skills say in it."""
    for event in events:
        _log.info(event.event_type, execution_id=event.execution_id, seq=event.seq, user_id=event.user_id)


def correlated(correlation_id: str) -> AbstractContextManager[None]:
    """Let every line of this task carry ``correlation_id`` while the context lasts."""
    return structlog.contextvars.bound_contextvars(correlation_id=correlation_id)


def _formatter(masker: Masker) -> logging.Formatter:
    def masked(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
        data = mask_keys(_plain(event))
        return {str(key): masker.data(value) for key, value in data.items()}

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON data, so that nothing reaches the file behind the masker's back."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return str(value)


def _append_to(path: Path) -> TextIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8")
