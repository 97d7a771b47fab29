"""The body of a callback: what ended, as the API shows it."""

from __future__ import annotations

from typing import Any

from bot.api.dto import ExecutionDto
from bot.api.hitl_dto import RequestDto
from core.domain.callbacks import Callback


def callback_body(callback: Callback) -> dict[str, Any]:
    """Return the body: a request for a decision where a program asked for one, else the execution."""
    asks = callback.execution.subject is not None and callback.execution.subject.question is not None
    if asks and callback.request is not None:
        request = RequestDto.of(callback.request).model_dump(mode="json")
        return {"delivery_id": callback.delivery_id, "type": "hitl_request", "request": request}
    execution = ExecutionDto.of(callback.execution).model_dump(mode="json", by_alias=True)
    return {"delivery_id": callback.delivery_id, "type": "execution", "execution": execution}
