"""The API against its own OpenAPI document: schemathesis makes up requests, right and wrong, and finds nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from uvicorn import Config, Server

from bot.api.problems import problem_of
from tests.api import Api, serving

pytestmark = pytest.mark.timeout(900)

# Made-up requests for each operation, right ones and wrong ones, with made-up ids and with ids that exist.
EXAMPLES = 12

# NUL is refused wherever text is stored; JSON Schema cannot say so of every text inside an object.
CONFIG: dict[str, Any] = {"generation": {"allow-x00": False}}


@contextlib.asynccontextmanager
async def on_a_port(app: FastAPI) -> AsyncIterator[str]:
    """Serve ``app`` on this machine, as ``serve`` does."""
    server = Server(Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off", access_log=False))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


def rounds(app: FastAPI, ids: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what is made up: a name, and the strategy that makes it up."""
    schema = schemathesis.openapi.from_dict(app.openapi(), config=SchemathesisConfig.from_dict(CONFIG))
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        for mode in GenerationMode:
            yield f"{operation.label} {mode.value}", operation.as_strategy(mode)
        known = {name: ident for name, ident in ids.items() if f"{{{name}}}" in operation.path}
        if known:
            positive = operation.as_strategy(GenerationMode.POSITIVE, path_parameters=known)
            yield f"{operation.label} on {', '.join(known)}", positive


def patterns(value: Any) -> Iterator[str]:
    """Yield the patterns of the texts in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from patterns(item)


def holds_too_large(value: Any) -> bool:
    """Whether a number in it is beyond 2^53 - 1: those in an object of any shape cannot be bounded by a schema."""
    if isinstance(value, dict):
        return any(map(holds_too_large, value.values()))
    if isinstance(value, list):
        return any(map(holds_too_large, value))
    return isinstance(value, int | float) and abs(value) >= 2**53


def attempt(strategy: Any, base_url: str, token: str) -> None:
    """Send what ``strategy`` makes up, and check every answer."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def check(case: Case[Any]) -> None:
        assume(not holds_too_large(case.body))
        # A cursor can only come from the server, and a checksum from the content.
        for part, name in ((case.query, "cursor"), (case.body, "checksum")):
            if isinstance(part, dict):
                part.pop(name, None)
        if isinstance(case.query, dict):
            case.query.pop("wait", None)  # what waits for people takes its time
        if case.headers is not None:
            case.headers.pop("Idempotency-Key", None)  # the same one with another body is refused, as it should be
        response = case.call(base_url=base_url, headers={"Authorization": f"Bearer {token}"})
        try:
            case.validate_response(response)
        except BaseExceptionGroup as group:
            told = "\n".join(str(error) for error in group.exceptions)
            raise AssertionError(f"{told}\n{case.as_curl_command()}\n{response.status_code} {response.text}") from None

    run: Callable[[], None] = check
    run()


async def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """No request, however it is made up, gets an answer that the document does not promise."""
    async with serving(tmp_path / "home") as api:
        made = await api.ask("install skill pdf on claude")
        artifact = (await api.send(made["id"], b"x")).json()
        asked = await api.question()
        ids = {"execution_id": made["id"], "artifact_id": artifact["id"], "request_id": asked["id"]}
        async with on_a_port(api.app) as base_url:
            problems = []
            for name, strategy in rounds(api.app, ids):
                try:
                    await asyncio.to_thread(attempt, strategy, base_url, api.tokens["alice"])
                except AssertionError as error:
                    problems.append(f"{name}: {error}")
            assert not problems, "\n\n".join(problems)


async def test_the_document_is_served_and_complete(tmp_path: Path) -> None:
    """Every route is in it, with the token it takes and the body that its errors have; patterns are known in words."""
    async with serving(tmp_path / "home") as api:
        document = (await Api.__call__(api, "GET", "/api/v1/openapi.json", by=None)).json()
    for pattern in patterns(document):
        assert problem_of({"type": "string_pattern_mismatch", "ctx": {"pattern": pattern}}), pattern
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    assert len(operations) == 16
    for operation in operations:
        assert operation["security"] == [{"HTTPBearer": []}]
        for status in ("401", "403", "422", "503"):
            body = operation["responses"][status]["content"]["application/json"]["schema"]
            assert body == {"$ref": "#/components/schemas/ErrorBody"}, operation["operationId"]
    for asks in ("/api/v1/executions", "/api/v1/hitl/requests"):
        assert "429" in document["paths"][asks]["post"]["responses"]
