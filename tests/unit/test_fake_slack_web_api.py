"""The fake Slack's Web API answers Slack's own SDK as Slack does, refusals included."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack import SCOPES, FakeSlack, Person
from tests.platforms.slack.schema import Json
from tests.platforms.slack.sdk_app import refusal

ALL_SCOPES = {
    *SCOPES,
    "channels:read",
    "files:write",
    "groups:read",
    "im:read",
    "mpim:read",
    "mpim:write",
    "team:read",
    "usergroups:read",
}
NOWHERE = "1700000000.000001"
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
HOME = {"type": "home", "blocks": []}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose clock stands still, with an app that may do everything."""
    async with FakeSlack(speed=0, scopes=ALL_SCOPES) as fake:
        yield fake


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    """Return Slack's own client."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def alice(slack: FakeSlack) -> Person:
    """Return somebody."""
    return slack.person("alice")


async def raw(
    slack: FakeSlack, method: str, *, token: str | None = None, content_type: str = "", **request: object
) -> Json:
    """Call a method without the SDK."""
    more = {"Content-Type": content_type} if content_type else {}
    bearer = slack.bot_token if token is None else token
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + method, headers={**headers, **more}, **request) as response,  # type: ignore[arg-type]  # passed on as it is
    ):
        found: Json = await response.json()
        return found


async def test_who_am_i(web: AsyncWebClient, slack: FakeSlack) -> None:
    """``auth.test`` names the bot, and the header its scopes."""
    answer = await web.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0BOT", "B0WARDEN", "T0ACME")
    assert set(answer.headers["x-oauth-scopes"].split(",")) == ALL_SCOPES


async def test_tokens(slack: FakeSlack) -> None:
    """Tokens are checked: whether there is one, whether it is known, and whether it is of the right kind."""
    assert (await raw(slack, "auth.test", token="xoxb-other"))["error"] == "invalid_auth"
    assert (await raw(slack, "auth.test", token=""))["error"] == "not_authed"
    assert (await raw(slack, "auth.test", token=slack.app_token))["error"] == "not_allowed_token_type"
    assert (await raw(slack, "apps.connections.open"))["error"] == "not_allowed_token_type"
    assert (await raw(slack, "auth.test", token="", data={"token": slack.bot_token}))["ok"]
    assert (await raw(slack, "apps.connections.open", token=slack.app_token))["url"].startswith("ws://127.0.0.1:")


async def test_missing_scope(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """A method without its scope says what is needed and what was provided."""
    slack.scopes.discard("chat:write")
    answer = await refusal(web.chat_postMessage(channel=alice.dm.id, text="x"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert set(answer["provided"].split(",")) == slack.scopes


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"channel": "C1", "text": "x", "colour": "red"}, "invalid additional property: colour"),
        ({"channel": 1, "text": "x"}, "must be a string [json-pointer:/channel]"),
        ({"channel": "C1", "text": "x", "mrkdwn": "yes"}, "must be a boolean [json-pointer:/mrkdwn]"),
        ({"text": "x"}, "missing required field: channel"),
    ],
)
async def test_arguments(slack: FakeSlack, arguments: Json, complaint: str) -> None:
    """Unknown arguments, missing ones and those of another type are refused."""
    answer = await raw(slack, "chat.postMessage", json=arguments)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {complaint}"]


async def test_bodies(slack: FakeSlack, alice: Person) -> None:
    """Forms and JSON are read; methods that read forms only see nothing in JSON; broken JSON is refused."""
    form = {"channel": alice.dm.id, "text": "x", "blocks": json.dumps([{"type": "divider"}]), "mrkdwn": "1"}
    assert (await raw(slack, "chat.postMessage", data=form))["ok"]
    assert (await raw(slack, "chat.postMessage", data=form | {"blocks": "[{"}))["error"] == "invalid_blocks_format"
    assert (await raw(slack, "users.info", data={"user": alice.user.id}))["user"]["name"] == "alice"
    assert (await raw(slack, "users.info", json={"user": alice.user.id}))["error"] == "invalid_arguments"
    broken = await raw(slack, "auth.test", data="{", content_type="application/json")
    assert broken["error"] == "invalid_json"
    assert (await raw(slack, "chat.shout"))["error"] == "unknown_method"


async def test_where_one_can_post(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Posting needs a channel that exists, that the bot is in, and that is open."""
    away = slack.channel("away", alice, with_bot=False)
    hidden = slack.channel("hidden", alice, kind="private", with_bot=False)
    old = slack.channel("old", alice)
    old.archived = True
    errors = {
        away.id: "not_in_channel",
        hidden.id: "channel_not_found",
        old.id: "is_archived",
        "C1": "channel_not_found",
    }
    for channel, error in errors.items():
        assert (await refusal(web.chat_postMessage(channel=channel, text="x")))["error"] == error
    slack.scopes.add("chat:write.public")
    assert (await web.chat_postMessage(channel=away.id, text="x"))["ok"]
    answer = await web.chat_postMessage(channel=alice.user.id, text="to a person")
    assert answer["channel"] == alice.dm.id


async def test_text(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """A message needs content; its text is limited to 40,000 characters, that of an edit to 4,000."""
    there = alice.dm.id
    assert (await raw(slack, "chat.postMessage", json={"channel": there, "text": " "}))["error"] == "no_text"
    assert (await refusal(web.chat_postMessage(channel=there, text="&" * 8001)))["error"] == "msg_too_long"
    ts = (await web.chat_postMessage(channel=there, text="x" * 40_000))["ts"]
    assert (await refusal(web.chat_update(channel=there, ts=ts, text="x" * 4001)))["error"] == "msg_too_long"
    assert (await web.chat_update(channel=there, ts=ts, text="x" * 4000))["ok"]


async def test_another_name_needs_a_scope(web: AsyncWebClient, alice: Person) -> None:
    """Posting under another name needs ``chat:write.customize``."""
    answer = await refusal(web.chat_postMessage(channel=alice.dm.id, text="x", username="root"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


async def test_threads(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """A reply goes to a message that is there and is no reply itself."""
    there = alice.dm.id
    top = (await web.chat_postMessage(channel=there, text="top"))["ts"]
    reply = (await web.chat_postMessage(channel=there, text="reply", thread_ts=top))["ts"]
    assert reply > top
    assert [message.text for message in slack.thread(alice.dm, top)] == ["top", "reply"]
    assert [message.text for message in slack.messages(alice.dm)] == ["top"]
    for wrong, error in {reply: "thread_not_found", NOWHERE: "thread_not_found", "0": "invalid_thread_ts"}.items():
        answer = await refusal(web.chat_postMessage(channel=there, text="x", thread_ts=wrong))
        assert answer["error"] == error


async def test_edits(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Only the bot's own messages that still exist can be edited or deleted."""
    there = alice.dm.id
    posted = await web.chat_postMessage(channel=there, text="before", blocks=[{"type": "divider"}])
    ts = posted["ts"]
    await web.chat_update(channel=there, ts=ts, text="after")
    (message,) = slack.messages(alice.dm)
    assert (slack.shown(message), message.history[0].text) == ("after", "before")
    assert not message.blocks, "text without blocks takes the blocks away"
    hers = (await alice.says(alice.dm, "mine")).ts
    assert (await refusal(web.chat_update(channel=there, ts=hers, text="x")))["error"] == "cant_update_message"
    assert (await refusal(web.chat_delete(channel=there, ts=hers)))["error"] == "cant_delete_message"
    assert (await refusal(web.chat_update(channel=there, ts=NOWHERE, text="x")))["error"] == "message_not_found"
    assert (await refusal(web.chat_update(channel="C1", ts=ts, text="x")))["error"] == "channel_not_found"
    await web.chat_delete(channel=there, ts=ts)
    assert slack.shown(message) == ""
    assert (await refusal(web.chat_update(channel=there, ts=ts, text="x")))["error"] == "message_not_found"
    assert (await refusal(web.chat_delete(channel=there, ts=ts)))["error"] == "message_not_found"


async def test_ephemeral(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Only its addressee, who has to be in the channel, sees an ephemeral message; nobody can edit it."""
    bob, carol = slack.person("bob"), slack.person("carol")
    general = slack.channel("general", alice, bob)
    answer = await web.chat_postEphemeral(channel=general.id, user=alice.user.id, text="psst")
    assert (alice.sees(general), bob.sees(general)) == ("psst", "")
    call = web.chat_update(channel=general.id, ts=answer["message_ts"], text="x")
    assert (await refusal(call))["error"] == "message_not_found"
    for user, error in {carol.user.id: "user_not_in_channel", "U1": "user_not_found"}.items():
        answer_to = await refusal(web.chat_postEphemeral(channel=general.id, user=user, text="x"))
        assert answer_to["error"] == error


async def test_triggers(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """A trigger opens one modal, within three seconds."""
    assert (await refusal(web.views_open(trigger_id="1.2.3", view=MODAL)))["error"] == "invalid_trigger_id"
    late = slack.view_api.new_trigger(alice.user)
    slack.pace.advance(3.1)
    assert (await refusal(web.views_open(trigger_id=late, view=MODAL)))["error"] == "expired_trigger_id"
    good = slack.view_api.new_trigger(alice.user)
    assert (await web.views_open(trigger_id=good, view=MODAL))["view"]["type"] == "modal"
    assert (await refusal(web.views_open(trigger_id=good, view=MODAL)))["error"] == "exchanged_trigger_id"


async def test_modals(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Modals are updated by id or external id and hash, and stacked up to three."""
    first = (
        await web.views_open(trigger_id=slack.view_api.new_trigger(alice.user), view=MODAL | {"external_id": "e"})
    )["view"]
    assert (await web.views_update(external_id="e", view=MODAL | {"external_id": "e"}))["view"]["id"] == first["id"]
    stale = web.views_update(view_id=first["id"], hash=first["hash"], view=MODAL)
    assert (await refusal(stale))["error"] == "hash_conflict"
    assert (await refusal(web.views_update(view_id="V1", view=MODAL)))["error"] == "not_found"
    for _ in range(2):
        await web.views_push(trigger_id=slack.view_api.new_trigger(alice.user), view=MODAL)
    fourth = web.views_push(trigger_id=slack.view_api.new_trigger(alice.user), view=MODAL)
    assert (await refusal(fourth))["error"] == "push_limit_reached"


async def test_home(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """The App Home belongs to a person and takes no modal."""
    published = await web.views_publish(user_id=alice.user.id, view=HOME)
    assert alice.home is not None
    await web.views_publish(user_id=alice.user.id, view=HOME, hash=published["view"]["hash"])
    again = web.views_publish(user_id=alice.user.id, view=HOME, hash=published["view"]["hash"])
    assert (await refusal(again))["error"] == "hash_conflict"
    assert (await refusal(web.views_publish(user_id="U1", view=HOME)))["error"] == "invalid_arguments"
    assert (await refusal(web.views_publish(user_id=alice.user.id, view=MODAL)))["error"] == "invalid_arguments"
    large = HOME | {"blocks": [{"type": "image", "image_url": "x" * 2900, "alt_text": "y" * 2000}] * 60}
    assert (await refusal(web.views_publish(user_id=alice.user.id, view=large)))["error"] == "view_too_large"


async def test_opening_conversations(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Direct messages are opened with people who are there, and are the same every time."""
    bob = slack.person("bob")
    opened = await web.conversations_open(users=[alice.user.id])
    assert opened["channel"]["id"] == alice.dm.id
    assert (await web.conversations_open(users=[alice.user.id]))["already_open"]
    group = await web.conversations_open(users=[alice.user.id, bob.user.id], return_im=True)
    assert group["channel"]["is_mpim"]
    await bob.leaves()
    for user, error in {bob.user.id: "user_disabled", "U0BOT": "cannot_dm_bot", "U1": "user_not_found"}.items():
        assert (await refusal(web.conversations_open(users=user)))["error"] == error
    assert (await refusal(web.conversations_open(users="")))["error"] == "users_list_not_supplied"
    slack.scopes.discard("mpim:write")
    both = web.conversations_open(users=[alice.user.id, slack.person("carol").user.id])
    assert (await refusal(both))["needed"] == "mpim:write"


async def test_looking_up_people(web: AsyncWebClient, slack: FakeSlack) -> None:
    """Accounts show who is a guest, a stranger, a bot or gone; the list leaves strangers out and has pages."""
    guest = slack.person("guest", is_restricted=True, is_ultra_restricted=True)
    stranger = slack.person("stranger", team="T0OTHER")
    gone = slack.person("gone", deleted=True)
    assert (await web.users_info(user=guest.user.id))["user"]["is_ultra_restricted"]
    assert (await web.users_info(user=stranger.user.id))["user"]["is_stranger"]
    assert (await web.users_info(user=gone.user.id, include_locale=True))["user"]["deleted"]
    assert (await refusal(web.users_info(user="U1")))["error"] == "user_not_found"
    names: list[str] = []
    async for page in await web.users_list(limit=1):
        names += [user["name"] for user in page["members"]]
    assert names == ["skillwarden", "guest", "gone"]


async def test_looking_up_places(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """Channels, their members, groups, the team and the bot can be looked up, each with its own scope."""
    general = slack.channel("general", alice)
    secret = slack.channel("secret", alice, kind="private", with_bot=False)
    assert (await web.conversations_info(channel=general.id, include_num_members=True))["channel"]["num_members"] == 2
    assert (await web.conversations_members(channel=general.id))["members"] == [alice.user.id, "U0BOT"]
    assert (await refusal(web.conversations_info(channel=secret.id)))["error"] == "channel_not_found"
    group = slack.group("approvers", alice)
    assert (await web.usergroups_list(include_users=True))["usergroups"][0]["users"] == [alice.user.id]
    assert (await web.usergroups_users_list(usergroup=group.id))["users"] == [alice.user.id]
    assert (await refusal(web.usergroups_users_list(usergroup="S1")))["error"] == "no_such_subteam"
    assert (await web.team_info())["team"]["name"] == "Acme"
    assert (await web.bots_info(bot="B0WARDEN"))["bot"]["user_id"] == "U0BOT"
    slack.scopes.discard("channels:read")
    assert (await refusal(web.conversations_info(channel=general.id)))["needed"] == "channels:read"


async def test_uploads(web: AsyncWebClient, slack: FakeSlack, alice: Person) -> None:
    """A file arrives in three steps and is then in the thread; what was never sent cannot be shared."""
    top = (await web.chat_postMessage(channel=alice.dm.id, text="top"))["ts"]
    await web.files_upload_v2(
        channel=alice.dm.id, thread_ts=top, filename="diff.txt", content="+a\n", initial_comment="all"
    )
    message = slack.thread(alice.dm, top)[1]
    assert slack.shown(message) == "all\n(file diff.txt, 3 bytes)"
    assert message.files[0].content == b"+a\n"
    promised = await web.files_getUploadURLExternal(filename="a", length=5)
    files: list[dict[str, str | None]] = [{"id": promised["file_id"]}]
    assert (await refusal(web.files_completeUploadExternal(files=files)))["error"] == "file_not_found"


async def test_response_urls(slack: FakeSlack, alice: Person) -> None:
    """A response_url takes five answers within half an hour."""
    url = slack.urls.new(alice.user, alice.dm)
    async with aiohttp.ClientSession() as session:

        async def answer(body: Json) -> tuple[int, str]:
            async with session.post(url, json=body) as response:
                return response.status, await response.text()

        assert await answer({"text": ""}) == (400, "no_text")
        assert [await answer({"text": "x"}) for _ in range(5)] == [(200, "ok")] * 5
        assert (await answer({"text": "x"}))[1] == '{"ok": false, "error": "used_url"}'
        url = slack.urls.new(alice.user, alice.dm)
        slack.pace.advance(1801)
        assert await answer({"text": "x"}) == (404, '{"ok": false, "error": "expired_url"}')
    assert alice.sees() == "\n".join("x" * 5)
