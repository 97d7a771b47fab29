"""The fake Slack misbehaves on demand, and at random in the same way for the same seed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.platforms.slack import FakeSlack, Fault, Odds, Person
from tests.platforms.slack.sdk_app import SdkApp, refusal
from tests.platforms.slack.trouble import Budget, Trouble
from tests.platforms.timing import Pace


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose clock stands still until it is moved."""
    async with FakeSlack(speed=0) as fake:
        yield fake


@pytest.fixture
def alice(slack: FakeSlack) -> Person:
    """Return somebody."""
    return slack.person("alice")


async def failure(slack: FakeSlack, alice: Person) -> SlackApiError:
    """Post and return how that failed."""
    with pytest.raises(SlackApiError) as caught:
        await SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x")
    return caught.value


async def test_429(slack: FakeSlack, alice: Person) -> None:
    """A 429 names the seconds to wait, and nothing was posted."""
    slack.trouble.next_calls(Fault(kind="ratelimited", retry_after=7))
    error = await failure(slack, alice)
    assert (error.response.status_code, error.response.headers["Retry-After"]) == (429, "7")
    assert error.response["error"] == "ratelimited"
    assert not slack.messages(alice.dm)


async def test_5xx(slack: FakeSlack, alice: Person) -> None:
    """A 5xx is a page, no JSON."""
    slack.trouble.next_calls(Fault(kind="server_error", status=502))
    assert (await failure(slack, alice)).response.status_code == 502
    assert [call.outcome for call in slack.calls] == ["server_error"]


async def test_any_error(slack: FakeSlack, alice: Person) -> None:
    """Every error of Slack's can be had, for the method and channel it is meant for."""
    web = SdkApp(slack).web
    slack.trouble.next_calls(Fault(kind="error", error="edit_window_closed", method="chat.update", channel=alice.dm.id))
    ts = (await web.chat_postMessage(channel=alice.dm.id, text="x"))["ts"]
    update = web.chat_update(channel=alice.dm.id, ts=ts, text="y")
    assert (await refusal(update))["error"] == "edit_window_closed"
    assert (await web.chat_update(channel=alice.dm.id, ts=ts, text="y"))["ok"]


@pytest.mark.parametrize("kind", ["drop", "hang"])
@pytest.mark.parametrize("acts", [True, False])
async def test_no_answer(slack: FakeSlack, alice: Person, kind: str, acts: bool) -> None:
    """The answer can be missing although the message was posted, or with nothing posted."""
    slack.trouble.next_calls(Fault(kind="drop" if kind == "drop" else "hang", acts=acts))
    post = asyncio.ensure_future(SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x"))
    if kind == "drop":
        with pytest.raises(aiohttp.ClientError):
            await post
    else:
        await slack.wait_for(lambda: slack.calls)
        assert not post.done()
        post.cancel()
        await asyncio.wait({post})
    assert len(slack.messages(alice.dm)) == acts


async def test_budgets(slack: FakeSlack, alice: Person) -> None:
    """A channel that has used up its budget waits; others do not, and time fills the budget up."""
    bob = slack.person("bob")
    web = SdkApp(slack).web
    slack.trouble.enforce_budgets()
    for _ in range(3):
        await web.chat_postMessage(channel=alice.dm.id, text="x")
    assert (await failure(slack, alice)).response.headers["Retry-After"] == "1"
    assert (await web.chat_postMessage(channel=bob.dm.id, text="x"))["ok"]
    slack.pace.advance(1)
    assert (await web.chat_postMessage(channel=alice.dm.id, text="x"))["ok"]
    slack.trouble.calm()
    assert (await web.chat_postMessage(channel=alice.dm.id, text="x"))["ok"]


def test_scaled_budgets() -> None:
    """Budgets can be scaled; the wait is long enough."""
    pace = Pace(0)
    trouble = Trouble(pace)
    trouble.enforce_budgets(0.5, {"chat.update": Budget(1, 2)})
    assert trouble.for_call("chat.update", "C1") is None
    fault = trouble.for_call("chat.update", "C2")
    assert fault is not None
    pace.advance(fault.retry_after)
    assert trouble.for_call("chat.update", "C1") is None


async def test_doubled_event(slack: FakeSlack, alice: Person) -> None:
    """An event can come twice although it was acknowledged."""
    slack.trouble.next_delivery("doubled")
    async with SdkApp(slack) as app:
        await alice.says(alice.dm, "install pdf")
        await slack.settle()
    assert len({request.envelope_id for request in app.requests}) == 2
    assert len({request.payload["event_id"] for request in app.requests}) == 1


async def test_lost_acknowledgement(slack: FakeSlack, alice: Person) -> None:
    """An acknowledgement can get lost; the event comes again as a retry."""
    slack.trouble.next_delivery("ack_lost")
    async with SdkApp(slack) as app:
        await alice.says(alice.dm, "install pdf")
        await slack.settle()
    assert [request.retry_attempt for request in app.requests] == [0, 1]
    assert slack.deliveries.log[0].tries == ["ok", "timeout", "ok"]


async def test_swallowed_event(slack: FakeSlack, alice: Person) -> None:
    """An event can vanish on its way; after three seconds it is tried again."""
    slack.trouble.next_delivery("swallowed")
    async with SdkApp(slack) as app:
        await alice.says(alice.dm, "install pdf")
        await slack.wait_for(lambda: slack.socket.connections[0].pending)
        slack.pace.advance(3)
        await slack.settle()
    assert [request.retry_attempt for request in app.requests] == [1]


async def test_lost_click(slack: FakeSlack, alice: Person) -> None:
    """A click can get lost: the app never hears of it, and nobody tries again."""
    slack.trouble.next_delivery("lost")
    async with SdkApp(slack) as app:
        await alice.says(alice.dm, "events are not clicks")
        delivery = await alice.command("/skill help")
        await slack.settle()
    assert delivery.tries == ["lost"]
    assert [request.type for request in app.requests] == ["events_api"]


async def test_socket_dies_with_a_click(slack: FakeSlack, alice: Person) -> None:
    """A connection can die with a click on it."""
    slack.trouble.next_delivery("dead_socket", "slash_commands")
    async with SdkApp(slack, ping_interval=0.05):
        delivery = await alice.command("/skill help")
        assert delivery.tries == ["connection_closed"]
        await slack.wait_for(lambda: slack.socket.opened == 2)


def rolled(seed: int) -> list[str]:
    """Return what 200 calls and deliveries meet."""
    trouble = Trouble(Pace(0))
    trouble.at_random(seed, Odds(ratelimited=0.1, lost_answer=0.1, doubled=0.1, lost_click=0.1, swallowed=0.05))
    calls = [trouble.for_call("chat.update", None) for _ in range(100)]
    kinds = ["events_api", "interactive"] * 50
    return [fault.kind if fault else "" for fault in calls] + [trouble.for_delivery(kind) or "" for kind in kinds]


def test_seeds() -> None:
    """The same seed brings the same trouble, another one other trouble, and each kind of it occurs."""
    assert rolled(1) == rolled(1)
    assert rolled(1) != rolled(2)
    assert set(rolled(1)) == {"", "ratelimited", "drop", "doubled", "lost", "swallowed"}


async def test_bad_luck_loses_no_event() -> None:
    """Under random trouble every event arrives in the end: what is missing then, the app has lost."""
    async with FakeSlack(speed=600) as slack, SdkApp(slack, ping_interval=0.02) as app:
        slack.trouble.at_random(7, Odds(doubled=0.1, ack_lost=0.1, dead_socket=0.2, swallowed=0.2))
        alice = slack.person("alice")
        said = [await alice.says(alice.dm, "hi") for _ in range(30)]
        await slack.settle()
    assert {event["ts"] for event in app.events("message")} == {message.ts for message in said}
    assert len(app.requests) > len(said)
    assert slack.trouble.happened["dead_socket"]
