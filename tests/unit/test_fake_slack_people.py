"""The fake Slack's people see, type and press what people in Slack can, and the app hears what it subscribed to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from tests.platforms.slack import EVENTS, SCOPES, CannotError, FakeSlack, Person, notified
from tests.platforms.slack.schema import Json
from tests.platforms.slack.sdk_app import SdkApp
from tests.platforms.slack.world import Message

LISTENING = {"channels:history", "reactions:read", *SCOPES}
HEARD = {"message.channels", "reaction_added", *EVENTS}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace whose clock stands still."""
    async with FakeSlack(speed=0) as fake:
        yield fake


@pytest.fixture
async def app(slack: FakeSlack) -> AsyncIterator[SdkApp]:
    """Return an app that hears everything and acknowledges it."""
    slack.scopes.update(LISTENING)
    slack.events.update(HEARD)
    async with SdkApp(slack) as connected:
        yield connected


@pytest.fixture
def alice(slack: FakeSlack) -> Person:
    """Return somebody."""
    return slack.person("alice")


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def buttons(*labels: str) -> list[Json]:
    """Return a row of buttons whose values are their labels."""
    return [
        {
            "type": "actions",
            "elements": [{"type": "button", "text": plain(label), "value": label} for label in labels],
        }
    ]


REASON = {
    "type": "input",
    "block_id": "why",
    "label": plain("Why?"),
    "element": {"type": "plain_text_input", "max_length": 10},
}
FORM: Json = {
    "type": "modal",
    "title": plain("Reject"),
    "submit": plain("Reject"),
    "blocks": [REASON],
    "private_metadata": "m",
}


async def post(app: SdkApp, channel: Any, text: str, **more: Any) -> str:
    """Let the bot post and return the timestamp."""
    answer = await app.web.chat_postMessage(channel=channel.id, text=text, **more)
    return str(answer["ts"])


async def test_mention(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """A mention in a channel arrives as ``message`` and as ``app_mention``, with the same timestamp."""
    general = slack.channel("general", alice)
    said = await alice.says("#general", "@skillwarden install pdf & docx from github.com/acme/skills")
    await slack.settle()
    (message,), (mention,) = app.events("message"), app.events("app_mention")
    assert message["ts"] == mention["ts"] == said.ts
    assert message["channel_type"] == "channel"
    assert mention["text"] == (
        "<@U0BOT> install pdf &amp; docx from <http://github.com/acme/skills|github.com/acme/skills>"
    )
    assert slack.shown(said, alice) == "@skillwarden install pdf & docx from github.com/acme/skills"
    assert general.messages[said.ts] is said


async def test_what_the_app_does_not_hear(slack: FakeSlack, alice: Person) -> None:
    """Without the scope for channels only the mention arrives; where the bot is not, nothing does."""
    slack.channel("general", alice)
    slack.channel("away", alice, with_bot=False)
    async with SdkApp(slack) as app:
        for where in ("#general", "#away"):
            await alice.says(where, "among ourselves")
            await alice.says(where, "@skillwarden help")
        await slack.settle()
    assert app.events("message") == []
    assert len(app.events("app_mention")) == 1


async def test_own_messages_echo(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """The app hears its own direct messages and edits too, marked with its bot id."""
    ts = await post(app, alice.dm, "hello")
    await app.web.chat_update(channel=alice.dm.id, ts=ts, text="hello again")
    await slack.settle()
    first, second = (request.payload["event"] for request in app.requests)
    assert (first["bot_id"], first["text"]) == ("B0WARDEN", "hello")
    assert (second["subtype"], second["message"]["text"]) == ("message_changed", "hello again")
    assert second["previous_message"]["text"] == "hello"


async def test_edit_delete_react(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """Edits, deletions and reactions are events of their own; an edit that mentions the bot is a mention again."""
    slack.channel("general", alice)
    said = await alice.says("#general", "install pdf")
    await alice.edits(said, "@skillwarden install docx")
    await alice.reacts(said, "eyes")
    await alice.deletes(said)
    await slack.settle()
    assert [event.get("subtype") for event in app.events("message")] == [None, "message_changed", "message_deleted"]
    assert app.events("app_mention")[0]["edited"]["user"] == alice.user.id
    assert app.events("reaction_added")[0]["item"]["ts"] == said.ts
    with pytest.raises(CannotError):
        await alice.reacts(said, "eyes")


async def test_files(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """A message with files says their names and sizes."""
    await alice.says(alice.dm, "install this", files={"pdf.zip": 1234})
    await slack.settle()
    (event,) = app.events("message")
    assert event["subtype"] == "file_share"
    assert [(file["name"], file["size"]) for file in event["files"]] == [("pdf.zip", 1234)]


async def test_leaving(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """Somebody who is deactivated is reported and can do nothing any more."""
    await alice.leaves()
    await slack.settle()
    assert app.events("user_change")[0]["user"]["deleted"]
    with pytest.raises(CannotError):
        await alice.says(alice.dm, "still here?")


async def test_press(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """A press carries the button's value, the message as it is and where it was pressed."""
    top = await post(app, alice.dm, "top")
    ts = await post(app, alice.dm, "card", blocks=buttons("Approve", "Reject..."), thread_ts=top)
    message = slack.thread(alice.dm, top)[1]
    assert slack.shown(message, alice) == "[Approve] [Reject...]"
    assert (await alice.press(message, "Approve")).acknowledged
    payload = app.requests[-1].payload
    assert payload["actions"][0]["value"] == "Approve"
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == ts
    assert payload["container"]["thread_ts"] == top
    with pytest.raises(CannotError, match=r"only \['Approve', 'Reject\.\.\.'\]"):
        await alice.press(message, "Cancel")


async def test_press_on_what_was(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """Somebody may still look at an older state of a message and press what is gone; others cannot press at all."""
    ts = await post(app, alice.dm, "card", blocks=buttons("Approve"))
    await app.web.chat_update(channel=alice.dm.id, ts=ts, text="decided", blocks=buttons("Timeline"))
    (message,) = slack.messages(alice.dm)
    with pytest.raises(CannotError):
        await alice.press(message, "Approve")
    assert (await alice.press(message, "Approve", stale=True)).acknowledged
    with pytest.raises(CannotError):
        await alice.press(message, "Never", stale=True)
    with pytest.raises(CannotError):
        await slack.person("bob").press(message, "Timeline")


async def test_command(slack: FakeSlack, alice: Person) -> None:
    """A command's answer is seen by its sender alone; there are no other commands, and none in strange channels."""

    async def answer(request: SocketModeRequest) -> Json | None:
        return {"text": f"you said {request.payload['text']}"} if request.type == "slash_commands" else None

    bob = slack.person("bob")
    general = slack.channel("general", alice, bob)
    async with SdkApp(slack, answer):
        await alice.command("/skill list", "#general")
        with pytest.raises(CannotError):
            await alice.command("/giphy cat")
        with pytest.raises(CannotError):
            await slack.person("carol").command("/skill list", "#general")
    assert (alice.sees(general), bob.sees(general)) == ("you said list", "")


class Forms:
    """An app whose button opens a form; ``answer`` is its reply to the submission."""

    def __init__(self) -> None:
        """Accept every submission."""
        self.app: SdkApp
        self.answer: Json | None = None
        self.values: Json = {}

    async def __call__(self, request: SocketModeRequest) -> Json | None:
        """Open the form, or take what was filled in."""
        match request.payload["type"]:
            case "block_actions":
                await self.app.web.views_open(trigger_id=request.payload["trigger_id"], view=FORM)
            case "view_submission":
                self.values = request.payload["view"]["state"]["values"]
                return self.answer
        return None


@pytest.fixture
async def forms(slack: FakeSlack, alice: Person) -> AsyncIterator[Forms]:
    """Return an app whose form is open in front of alice."""
    opening = Forms()
    async with SdkApp(slack, opening) as app:
        opening.app = app
        await post(app, alice.dm, "card", blocks=buttons("Reject..."))
        await alice.press(slack.messages(alice.dm)[0], "Reject...")
        yield opening


def view_of(person: Person) -> Any:
    """Return the modal in front of somebody."""
    assert person.view is not None
    return person.view


async def test_form(slack: FakeSlack, alice: Person, forms: Forms) -> None:
    """A form is shown, filled in by its labels, and closes when the app says nothing."""
    assert slack.shown(view_of(alice)) == "Reject\nWhy?: <>\n[Reject]"
    for values in ({}, {"Why?": "x" * 11}, {"Why?": "a\nb"}, {"Who?": "me"}):
        with pytest.raises(CannotError):
            await alice.submits(view_of(alice), values)
    await alice.submits(view_of(alice), {"Why?": "too risky"})
    assert next(iter(forms.values["why"].values())) == {"type": "plain_text_input", "value": "too risky"}
    assert alice.view is None


async def test_form_with_mistakes(slack: FakeSlack, alice: Person, forms: Forms) -> None:
    """Errors keep a form open and show; errors at a place that is none are trouble."""
    forms.answer = {"response_action": "errors", "errors": {"why": "say more"}}
    await alice.submits(view_of(alice), {"Why?": "no"})
    assert "! say more" in slack.shown(view_of(alice))
    forms.answer = {"response_action": "errors", "errors": {"who": "?"}}
    delivery = await alice.submits(view_of(alice), {"Why?": "no"})
    assert "errors name no input block" in delivery.refused


@pytest.mark.parametrize(
    ("answer", "titles", "refused"),
    [
        ({"response_action": "update", "view": FORM | {"title": plain("Again")}}, ["Again"], ""),
        ({"response_action": "push", "view": FORM | {"title": plain("More")}}, ["Reject", "More"], ""),
        ({"response_action": "clear"}, [], ""),
        ({"response_action": "shout"}, ["Reject"], "unknown response_action shout"),
        ({"response_action": "update", "view": {"type": "modal"}}, ["Reject"], "missing required field: title"),
    ],
)
async def test_form_answers(
    slack: FakeSlack, alice: Person, forms: Forms, answer: Json, titles: list[str], refused: str
) -> None:
    """The answer to a submission updates, stacks or clears the modals; what Slack cannot show is trouble."""
    forms.answer = answer
    delivery = await alice.submits(view_of(alice), {"Why?": "no"})
    assert [view.content["title"]["text"] for view in slack.world.open_views(alice.user)] == titles
    assert refused in delivery.refused
    assert bool(refused) == bool(delivery.refused)


async def test_closing(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """A modal that asked for it reports that it was closed."""
    view = FORM | {"notify_on_close": True}
    await app.web.views_open(trigger_id=slack.view_api.new_trigger(alice.user), view=view)
    await alice.closes(view_of(alice))
    assert app.requests[-1].payload["type"] == "view_closed"
    assert alice.view is None


async def test_home(slack: FakeSlack, app: SdkApp, alice: Person) -> None:
    """Opening the App Home is an event; its buttons are pressed like others."""
    await alice.opens_home()
    await slack.settle()
    assert app.events("app_home_opened")[0]["tab"] == "home"
    blocks = [{"type": "header", "text": plain("My requests")}, *buttons("Refresh")]
    await app.web.views_publish(user_id=alice.user.id, view={"type": "home", "blocks": blocks})
    assert alice.home is not None
    assert slack.shown(alice.home) == "My requests\n[Refresh]"
    await alice.press(alice.home, "Refresh")
    assert app.requests[-1].payload["container"] == {"type": "view", "view_id": alice.home.id}


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("*bold* _it_ ~no~ snake_case_name `a *b* &lt;c&gt;`", "bold it no snake_case_name a *b* <c>"),
        ("&lt;!channel&gt; &amp; co", "<!channel> & co"),
        ("<!channel> <@U0BOT> <@U9>", "@channel @skillwarden @unknown"),
        ("<https://a.invalid|click> <https://b.invalid>", "click https://b.invalid"),
        ("<!date^1700000000^{date_num} {time}|later>", "2023-11-14 23:13"),
        ("<!date^soon^{time}|later>", "later"),
        ("```\n-a\n+b\n```", "-a\n+b"),
    ],
)
def test_what_is_shown(slack: FakeSlack, alice: Person, sent: str, seen: str) -> None:
    """Text is shown as a person sees it: marks and entities resolved, times in the person's zone."""
    message = Message(channel=alice.dm, ts="1", user=slack.world.bot, text=sent)
    assert slack.shown(message, alice) == seen


def test_who_is_notified(slack: FakeSlack, alice: Person) -> None:
    """Markup that rings a bell is told from text that looks like it."""
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "<!here> &lt;!channel&gt;"}},
        {"type": "section", "text": plain("<!everyone>")},
    ]
    message = Message(channel=alice.dm, ts="1", user=slack.world.bot, text="<@U0BOT>", blocks=blocks)
    assert notified(message) == {"!here", "@U0BOT"}


async def test_waiting_in_vain(slack: FakeSlack, alice: Person) -> None:
    """A test that waits in vain is told what was said."""
    await alice.says(alice.dm, "hello?")
    with pytest.raises(AssertionError, match=r"alice: hello\?"):
        await slack.wait_for(lambda: False, patience=0.01)
