"""Calling programs back over HTTP: signed, never inside, never where a redirect points; every failure is ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.integrations.callback_sender import HttpCallbackSender, is_outside
from bot.integrations.secret_stores import Secrets
from core.domain.callbacks import DELIVERY, SIGNATURE, TIMESTAMP, Callback, signature
from core.domain.executions import Execution
from core.domain.masking import Masker
from core.domain.secret_refs import SecretRef
from core.errors import CallbackFailed, CallbackRefused, SkillwardenError
from tests.agent import Agent
from tests.clock import START, FakeClock
from tests.request_views import view

SECRET = "a long and random secret"


@pytest.fixture
async def agent() -> AsyncIterator[Agent]:
    """Start a program that can be called back."""
    async with Agent().listening() as listening:
        yield listening


def body(callback: Callback) -> dict[str, Any]:
    """Return a body with something that is no ASCII."""
    return {"delivery_id": callback.delivery_id, "title": "멈출까요?"}


def sender(*addresses: str, inside: tuple[str, ...] = ("agent.internal",), secret: bool = True) -> HttpCallbackSender:
    """Return a sender for whom every host has ``addresses``; agent.internal may be inside."""

    async def found(host: str, _port: int) -> list[str]:
        if not addresses:
            raise OSError(f"no address for {host}")
        return list(addresses)

    return HttpCallbackSender(
        clock=FakeClock(),
        secrets=Secrets({"S": SECRET}, Masker()),
        secret=SecretRef.parse("env:S") if secret else None,
        body=body,
        inside_hosts=inside,
        resolve=found,
    )


def callback(url: str) -> Callback:
    """Return a delivery to ``url``."""
    execution: Execution = view().execution
    return Callback(delivery_id="d-1", url=url, execution=execution, request=None)


async def test_what_is_sent_is_signed_and_can_be_known_again(agent: Agent) -> None:
    """The signature is over the moment and the very bytes; the receiver sees the name it was called by."""
    await sender("127.0.0.1").send(callback(f"http://agent.internal:{agent.port}/done?run=7"))
    ((request, headers, sent),) = agent.heard
    assert request == "POST /done?run=7 HTTP/1.1"
    assert headers["host"] == f"agent.internal:{agent.port}"
    assert headers[DELIVERY.lower()] == "d-1"
    assert headers[TIMESTAMP.lower()] == str(int(START.timestamp()))
    assert headers[SIGNATURE.lower()] == signature(SECRET, headers[TIMESTAMP.lower()], sent)
    assert json.loads(sent) == {"delivery_id": "d-1", "title": "멈출까요?"}
    assert signature(SECRET, "1", sent) != signature(SECRET, "2", sent) != signature("other", "2", sent)


INSIDE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
    *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
    *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
]


@pytest.mark.parametrize("address", INSIDE)
async def test_nobody_inside_is_called(agent: Agent, address: str) -> None:
    """Whatever its name says, an address that is not of the open internet is refused; one bad one is enough."""
    assert not is_outside(address)
    for addresses in ((address,), ("93.184.216.34", address)):
        with pytest.raises(CallbackRefused, match="no address of the open internet"):
            await sender(*addresses).send(callback(f"http://agent.example:{agent.port}/"))
    assert agent.heard == []


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_open_internet_can_be_called(address: str) -> None:
    """Ordinary addresses are none of them."""
    assert is_outside(address)


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        ("302 Found\r\nLocation: http://169.254.169.254/", CallbackRefused, "redirects are not followed"),
        ("410 Gone", CallbackRefused, "it is gone"),
        ("404 Not Found", CallbackFailed, "it answered 404"),
        ("500 Oh no", CallbackFailed, "it answered 500"),
        ("no number", CallbackFailed, "agent.internal"),
    ],
)
async def test_what_it_answers_decides(agent: Agent, answer: str, error: type[SkillwardenError], said: str) -> None:
    """What can get better is tried again, what cannot is not; a redirect is never followed."""
    agent.answer = f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode()
    with pytest.raises(error, match=said):
        await sender("127.0.0.1").send(callback(f"http://agent.internal:{agent.port}/"))
    assert len(agent.heard) == 1


async def test_who_is_not_there_is_tried_again(agent: Agent) -> None:
    """A name without an address, and a port where nobody listens, may be there later."""
    with pytest.raises(CallbackFailed, match="no address"):
        await sender().send(callback(f"http://agent.internal:{agent.port}/"))
    async with Agent().listening() as other:
        port = other.port
    with pytest.raises(CallbackFailed):
        await sender("127.0.0.1").send(callback(f"http://agent.internal:{port}/"))


async def test_without_a_secret_nothing_is_sent(agent: Agent) -> None:
    """An unsigned callback is never made."""
    with pytest.raises(CallbackRefused, match="callback_secret"):
        await sender("127.0.0.1", secret=False).send(callback(f"http://agent.internal:{agent.port}/"))
    assert agent.heard == []


async def test_no_proxy_of_the_environment_is_asked(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would resolve the name anew, past what was looked at."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    await sender("127.0.0.1").send(callback(f"http://agent.internal:{agent.port}/"))
    assert len(agent.heard) == 1
