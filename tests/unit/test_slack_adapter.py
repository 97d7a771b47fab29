"""SlackChannel against the strict fake: where cards go, and what every error of Slack means to the core."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.client import SlackClient, proxy_for
from bot.channels.slack.forms import FormRequest
from bot.locale.translator import Catalogues
from core.domain.messages import Actor, ConversationRef, MessageRef, Standing
from core.domain.users import ChannelIdentity
from core.errors import ChannelError, ChannelRefused, MessageGone, NoEntry, RateLimited
from tests import console_cards as cards
from tests.clock import START
from tests.platforms.slack import Channel, FakeSlack, Fault

CATALOGUES = Catalogues()  # reads files, which no test may do inside the loop


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose clock only tests move."""
    async with FakeSlack(speed=0) as fake:
        yield fake


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[SlackClient]:
    """Return a connected client that waits for no answer longer than a second."""
    async with SlackClient(slack.bot_token, api_url=slack.api_url, timeout=1) as connected:
        yield connected


@pytest.fixture
def channel(slack: FakeSlack, client: SlackClient) -> SlackChannel:
    """Return the channel on that workspace."""
    return SlackChannel(client, CATALOGUES, team_id=slack.world.team_id)


def _at(place: Channel, thread: str | None = None) -> ConversationRef:
    return ConversationRef(
        channel="slack", workspace_id="T", conversation_id=place.id, thread_id=thread, private=place.kind == "im"
    )


async def test_a_card_goes_to_the_thread(slack: FakeSlack, channel: SlackChannel) -> None:
    """The requester's message begins the thread that the card is posted to."""
    alice = slack.person("alice")
    general = slack.channel("general", alice)
    said = await alice.says(general, "install pdf")
    posted = await channel.post(_at(general, said.ts), cards.APPROVAL)
    shown = slack.thread(general, said.ts)[1]
    assert shown.ts == posted.message_id
    assert "PRIVILEGED" in slack.shown(shown)


async def test_a_deleted_thread_does_not_swallow_the_card(slack: FakeSlack, channel: SlackChannel) -> None:
    """When the message that began the thread is gone, the card is posted to the channel, and the reference says so."""
    alice = slack.person("alice")
    general = slack.channel("general", alice)
    said = await alice.says(general, "install pdf")
    await alice.deletes(said)
    posted = await channel.post(_at(general, said.ts), cards.DONE)
    assert posted.conversation.thread_id is None
    assert slack.messages(general)[-1].ts == posted.message_id


async def test_what_is_for_one_is_seen_by_one(slack: FakeSlack, channel: SlackChannel) -> None:
    """In a channel a refusal is shown to the presser alone; in private it is an ordinary message."""
    alice, bob = slack.person("alice"), slack.person("bob")
    general = slack.channel("general", alice, bob)
    await channel.post(_at(general), cards.REFUSAL, only_for=alice.user.id)
    assert "You asked for this" in alice.sees(general)
    assert "You asked for this" not in bob.sees(general)
    await channel.post(_at(alice.dm), cards.REFUSAL, only_for=alice.user.id)
    assert slack.messages(alice.dm)[-1].only_for is None


async def test_an_edit_shows_the_other_card(slack: FakeSlack, channel: SlackChannel) -> None:
    """The copy is the same message; editing it to what it shows already is fine."""
    general = slack.channel("general")
    posted = await channel.post(_at(general), cards.WAITING)
    for _ in range(2):
        await channel.edit(posted, cards.DONE)
    (shown,) = slack.messages(general)
    assert "verified byte for byte" in slack.shown(shown)


async def test_a_private_conversation_is_opened_once(slack: FakeSlack, channel: SlackChannel) -> None:
    """It is the person's own with the bot, in this workspace; a reference that only names the person leads there."""
    alice = slack.person("alice")
    identity = ChannelIdentity(id="1", channel="slack", external_id=alice.user.id, user_id="u", created_at=START)
    private = await channel.private_conversation(identity)
    assert private == await channel.private_conversation(identity)
    assert (private.conversation_id, private.private) == (alice.dm.id, True)
    assert [call.method for call in slack.calls] == ["conversations.open"]
    named = ConversationRef(channel="slack", conversation_id=alice.user.id, private=True)
    assert (await channel.post(named, cards.DONE)).conversation.conversation_id == alice.dm.id


async def test_the_home_is_published(slack: FakeSlack, channel: SlackChannel) -> None:
    """The cards stand below each other on the person's App Home."""
    alice = slack.person("alice")
    await channel.show_home(alice.user.id, [cards.APPROVAL, cards.MATRIX])
    assert alice.home is not None
    assert "meeting-notes" in slack.shown(alice.home)


async def test_a_form_needs_a_fresh_key(channel: SlackChannel) -> None:
    """A key that Slack does not know (any more) is refused for good."""
    where = ConversationRef(channel="slack", conversation_id="C1")
    request = FormRequest(
        trigger_id="1.2.f", token="t", title="Reject", form=cards.CHANGES, about="", conversation=where
    )
    with pytest.raises(ChannelRefused):
        await channel.ask(request)


async def test_the_token_says_who_it_is(slack: FakeSlack, client: SlackClient) -> None:
    """Workspace, account and scopes come with it."""
    identity = await client.identify()
    assert (identity.team_id, identity.bot_user_id) == (slack.world.team_id, slack.world.bot.id)
    assert identity.scopes == slack.scopes


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (Fault(kind="ratelimited", retry_after=7), RateLimited, "7"),
        (Fault(kind="error", error="rate_limited"), RateLimited, "1"),
        (Fault(kind="server_error", status=503), ChannelError, "503"),
        (Fault(kind="server_error", status=500), ChannelError, "500"),
        (Fault(kind="drop"), ChannelError, ""),
        (Fault(kind="drop", acts=True), ChannelError, ""),
        (Fault(kind="hang"), ChannelError, "no answer within 1 seconds"),
        *((Fault(kind="error", error=name), ChannelError, name) for name in ("internal_error", "invalid_auth")),
        *(
            (Fault(kind="error", error=name), ChannelRefused, name)
            for name in (
                "account_inactive",
                "invalid_blocks",
                "msg_blocks_too_long",
                "user_not_found",
                "never_heard_of",
            )
        ),
        *(
            (Fault(kind="error", error=name), NoEntry, name)
            for name in ("channel_not_found", "is_archived", "not_in_channel", "user_not_in_channel")
        ),
        *(
            (Fault(kind="error", error=name), MessageGone, "gone")
            for name in ("cant_update_message", "edit_window_closed", "message_not_found")
        ),
    ],
)
@pytest.mark.parametrize("act", ["post", "edit"])
async def test_every_error_means_something(
    slack: FakeSlack, channel: SlackChannel, act: str, fault: Fault, error: type[ChannelError], said: str
) -> None:
    """Waits, what may pass, what never will, and messages that are gone are told apart; nothing is tried again."""
    general = slack.channel("general")
    slack.trouble.next_calls(fault)
    message = MessageRef(conversation=_at(general), message_id="1700000000.000001")
    with pytest.raises(ChannelError) as raised:
        await (channel.post(_at(general), cards.DONE) if act == "post" else channel.edit(message, cards.DONE))
    assert type(raised.value) is error
    assert said in str(raised.value)
    assert len(slack.calls) == 1


@pytest.mark.parametrize("place", ["unknown", "left", "archived"])
async def test_a_place_without_the_bot_is_refused(slack: FakeSlack, channel: SlackChannel, place: str) -> None:
    """Slack's own word is the reason, for whoever has to invite the bot."""
    general = slack.channel("general", with_bot=place != "left")
    general.archived = place == "archived"
    where = _at(general).evolve(**({"conversation_id": "C0"} if place == "unknown" else {}))
    reasons = {"unknown": "channel_not_found", "left": "not_in_channel", "archived": "is_archived"}
    with pytest.raises(NoEntry, match=reasons[place]):
        await channel.post(where, cards.DONE)


async def test_whoever_takes_too_long_to_look_up_stays_as_they_came(slack: FakeSlack, client: SlackClient) -> None:
    """The message is not held up for a name; that somebody is from elsewhere was in the event."""
    channel = SlackChannel(client, CATALOGUES, team_id=slack.world.team_id, patience=0)
    dana = slack.person("dana")
    member = Actor(channel="slack", workspace_id=slack.world.team_id, external_id=dana.user.id, display_name="d")
    assert await channel.introduce(member) == member
    other = member.evolve(workspace_id="T0ELSEWHERE")
    assert await channel.introduce(other) == other.evolve(standing=Standing.OUTSIDER)


async def test_a_refusal_of_blocks_says_what_is_wrong(slack: FakeSlack, client: SlackClient) -> None:
    """Slack's messages about the blocks are part of the reason."""
    general = slack.channel("general")
    with pytest.raises(ChannelRefused, match=r"invalid_blocks; .*header"):
        await client.call(
            "chat.postMessage", channel=general.id, text="t", blocks=[{"type": "headers"}, {"type": "header"}]
        )


async def test_nobody_there_may_pass() -> None:
    """A port that nobody listens at is a connection that failed, with or without a kept session."""
    client = SlackClient("xoxb-test", api_url="http://127.0.0.1:9/api/")
    with pytest.raises(ChannelError) as raised:
        await client.call("auth.test")
    assert type(raised.value) is ChannelError


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/json"])
async def test_an_answer_that_is_not_slacks_may_pass(kind: str) -> None:
    """A proxy that greets with 200 has not taken the message."""

    async def greet(_: web.Request) -> web.Response:
        await asyncio.sleep(0)
        return web.Response(text="welcome to the hotel", content_type=kind)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", greet)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with SlackClient("xoxb-test", api_url=f"http://127.0.0.1:{runner.addresses[0][1]}/api/") as client:
            with pytest.raises(ChannelError) as raised:
                await client.call("chat.postMessage", channel="C1", text="t")
        assert type(raised.value) is ChannelError
    finally:
        await runner.cleanup()


def test_no_proxy_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxy is used for what it is meant for, never for a stand-in on this machine."""
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "internal.example")
    assert proxy_for("https://slack.com/api/") == "http://proxy.example:3128"
    assert proxy_for("https://internal.example/api/") is None
    assert proxy_for("http://127.0.0.1:1/api/") is None
