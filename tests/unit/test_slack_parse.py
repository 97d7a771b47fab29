"""What Slack sends, read: only what is addressed to the bot, each delivery under its own key."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.carried import write_form
from bot.channels.slack.forms import FormOrigin, FormRequest
from bot.channels.slack.parse import Payload, Person, SlackParser, opened_home, person_who_left, readable
from core.domain.forms import Form
from core.domain.messages import Attachment, ButtonPress, ConversationRef, FormSubmission, IncomingMessage
from tests import console_cards as cards
from tests.clock import START

PARSER = SlackParser(team_id="T1", bot_user_id="UBOT")
DM = {"channel": "D1", "channel_type": "im"}
MENTION = {"type": "app_mention", "channel": "C1", "text": "<@UBOT> install pdf"}


def _event(**event: Any) -> Payload:
    content = {"type": "message", "user": "U1", "team": "T1", "ts": "1.000100", "text": "install pdf", **event}
    return {"type": "event_callback", "team_id": "T1", "authorizations": [{"team_id": "T1"}], "event": content}


def _click(action: dict[str, Any] | None = None, **more: Any) -> Payload:
    button = {"action_id": "press-0", "value": "tok", "action_ts": "9.1", "text": {"text": "Approve"}}
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "name": "alice", "team_id": "T1"},
        "container": {"type": "message", "message_ts": "5.1", "channel_id": "C1", "is_ephemeral": False},
        "channel": {"id": "C1"},
        "message": {"ts": "5.1", "text": "Alice asks &amp; waits"},
        "trigger_id": "trig",
        "actions": [{**button, **(action or {})}],
        **more,
    }


def _heard(body: Payload, parser: SlackParser = PARSER) -> IncomingMessage:
    heard = parser.event(body, START)
    assert heard is not None
    return heard


def test_a_direct_message_is_a_sentence() -> None:
    """It comes from its sender, in their private conversation, under channel and time of the message."""
    heard = _heard(_event(**DM))
    assert heard.text == "install pdf"
    assert heard.dedupe_key == "slack:T1:D1:1.000100"
    assert heard.conversation == ConversationRef(channel="slack", workspace_id="T1", conversation_id="D1", private=True)
    assert (heard.sender.workspace_id, heard.sender.external_id) == ("T1", "U1")


def test_message_and_mention_of_one_sentence_are_one() -> None:
    """Both have the same key, so that the second is a delivery that was received before."""
    mention, message = _heard(_event(**MENTION)), _heard(_event(**{**MENTION, "type": "message"}))
    assert mention == message
    assert mention.text == "install pdf"


@pytest.mark.parametrize(
    ("event", "thread"),
    [
        (MENTION, "1.000100"),
        ({**MENTION, "thread_ts": "0.5"}, "0.5"),
        (DM, None),
        ({**DM, "thread_ts": "0.5"}, "0.5"),
    ],
)
def test_answers_go_to_the_thread(event: dict[str, Any], thread: str | None) -> None:
    """In a channel the sentence begins its thread or belongs to one; privately there is one only if it was used."""
    assert _heard(_event(**event)).conversation.thread_id == thread


@pytest.mark.parametrize(
    "event",
    [
        {"channel": "C1", "channel_type": "channel"},
        {**DM, "bot_id": "B1"},
        {**DM, "user": "UBOT"},
        {**DM, "user": "USLACKBOT"},
        {**DM, "user": None},
        {**DM, "subtype": "message_changed"},
        {**DM, "subtype": "message_deleted"},
        {**DM, "subtype": "channel_join"},
        {**DM, "subtype": "bot_message"},
        {**MENTION, "edited": {"user": "U1", "ts": "2.0"}},
        {**MENTION, "text": "<@UOTHER> install pdf"},
    ],
)
def test_what_is_not_said_to_the_bot_is_ignored(event: dict[str, Any]) -> None:
    """Talk without a mention, edits, deletions, joins, bots and the bot itself come to nothing."""
    assert PARSER.event(_event(**event), START) is None


def test_files_are_names_and_sizes() -> None:
    """A message with files keeps its text; of a file that Slack hides only the id is known."""
    files = [{"id": "F1", "name": "skill.zip", "size": 42, "url_private": "https://files"}, {"id": "F2"}]
    heard = _heard(_event(**DM, subtype="file_share", files=files))
    assert heard.attachments == (Attachment(name="skill.zip", size=42), Attachment(name="F2", size=0))
    assert heard.text == "install pdf"


@pytest.mark.parametrize(("text", "files", "said"), [("<@UBOT>", [], "help"), ("", [{"id": "F", "name": "a"}], "")])
def test_a_mention_that_says_nothing_asks_for_help(text: str, files: list[dict[str, str]], said: str) -> None:
    """Nobody gets silence for an answer; a file alone speaks for itself."""
    assert _heard(_event(**DM, text=text, files=files)).text == said


@pytest.mark.parametrize("where", ["user_team", "source_team", "team"])
def test_a_stranger_keeps_their_own_team(where: str) -> None:
    """Somebody of another workspace is not confused with a member who has the same id; the conversation is ours."""
    heard = _heard(_event(**{**MENTION, "team": None, where: "T9"}))
    assert heard.sender.workspace_id == "T9"
    assert heard.conversation.workspace_id == "T1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@UBOT> install pdf", "install pdf"),
        ("<@UBOT|skillwarden>\u00a0install pdf", "install pdf"),
        ("delegate to <@U123|bob>", "delegate to @bob"),
        ("delegate to <@U123>", "delegate to @U123"),
        ("in <#C1|general> and <#C2>", "in #general and #C2"),
        ("<!here> <!subteam^S1|@ops> <!subteam^S2>", "@here @ops @subteam"),
        ("<https://github.com/acme/skills>", "https://github.com/acme/skills"),
        ("<http://github.com/acme|github.com/acme>", "github.com/acme"),
        ("<https://github.com/acme|this one>", "https://github.com/acme"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt; &quot;", "&lt; &quot;"),
    ],
)
def test_text_reads_as_it_was_typed(text: str, shown: str) -> None:
    """Mentions, channels and links are what people see; the escaping of Slack is undone once."""
    assert readable(text, "UBOT") == shown


@pytest.mark.parametrize(("channel", "private"), [("C1", False), ("D1", True)])
def test_a_command_is_a_sentence(channel: str, private: bool) -> None:
    """It has no message, so it has no thread; an empty one asks for help."""
    body = {
        "team_id": "T1",
        "channel_id": channel,
        "user_id": "U1",
        "user_name": "alice",
        "trigger_id": "7",
        "text": "",
    }
    heard = PARSER.command(body, START)
    assert heard is not None
    assert (heard.text, heard.dedupe_key, heard.sender.display_name) == ("help", "slack:command:T1:7", "alice")
    assert (heard.conversation.thread_id, heard.conversation.private) == (None, private)


def test_a_press_carries_its_token() -> None:
    """Each click has its own key, and says which copy it was."""
    press = PARSER.click(_click(), START)
    assert isinstance(press, ButtonPress)
    assert (press.token, press.message_id, press.dedupe_key) == ("tok", "5.1", "slack:press:T1:U1:9.1:tok")
    assert press.conversation == ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1")


@pytest.mark.parametrize(
    ("container", "message", "thread"),
    [
        ({"thread_ts": "3.1"}, {"ts": "5.1", "thread_ts": "3.1"}, "3.1"),
        ({"thread_ts": "5.1"}, {"ts": "5.1", "thread_ts": "5.1"}, None),
        ({}, {"ts": "5.1"}, None),
        ({"is_ephemeral": True, "thread_ts": "3.1"}, None, "3.1"),
    ],
)
def test_a_press_is_answered_where_the_card_is(container: dict[str, Any], message: Any, thread: str | None) -> None:
    """In its thread, or in the channel, even when somebody answered the card meanwhile."""
    press = PARSER.click(_click(container={"message_ts": "5.1", **container}, message=message), START)
    assert isinstance(press, ButtonPress)
    assert press.conversation.thread_id == thread
    assert press.message_id == (None if container.get("is_ephemeral") else "5.1")


def test_a_press_on_the_home_is_answered_privately() -> None:
    """There is no conversation on the App Home but the one with the person."""
    press = PARSER.click(_click(channel=None, message=None, container={"type": "view", "view_id": "V1"}), START)
    assert isinstance(press, ButtonPress)
    assert (press.conversation.conversation_id, press.conversation.private, press.message_id) == ("U1", True, None)


def test_a_button_that_asks_is_no_press_yet() -> None:
    """It opens the form it carries, called like the button if it has no title; only the answer counts."""
    for form, title in ((Form.question("Why <&> how?"), "Reject..."), (cards.CHANGES, "Approve with changes")):
        carried = {"value": f"tok {write_form(form)}", "text": {"text": "Reject..."}}
        asked = PARSER.click(_click(carried), START)
        assert isinstance(asked, FormRequest)
        assert (asked.trigger_id, asked.token, asked.title) == ("trig", "tok", title)
        assert [field.label for field in asked.form.fields] == [field.label for field in form.fields]
        assert asked.about == "Alice asks & waits"


@pytest.mark.parametrize("action", [{"action_id": "other"}, {"value": None}, {"value": ""}])
def test_a_button_of_somebody_else_is_ignored(action: dict[str, Any]) -> None:
    """Only our own actions with a token mean anything."""
    assert PARSER.click(_click(action), START) is None


def _input(name: str, kind: str) -> Payload:
    return {"type": "input", "block_id": name, "element": {"type": kind, "action_id": name}}


def _submission(**view: Any) -> Payload:
    where = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1", thread_id="3.1")
    content = {
        "callback_id": "skillwarden",
        "id": "V1",
        "hash": "h",
        "private_metadata": FormOrigin(token="tok", conversation=where).write(),
        "blocks": [_input("text", "plain_text_input")],
        "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": "too risky &amp; old"}}}},
        **view,
    }
    return {"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "view": content}


def test_a_form_brings_its_token_back() -> None:
    """The answer belongs to the button's token and to the conversation the button was in."""
    answer = PARSER.submission(_submission(), START)
    assert isinstance(answer, FormSubmission)
    assert (answer.token, answer.fields, answer.dedupe_key) == (
        "tok",
        {"text": "too risky & old"},
        "slack:form:T1:V1:h",
    )
    assert (answer.conversation.conversation_id, answer.conversation.thread_id) == ("C1", "3.1")
    assert PARSER.submission(_submission(callback_id="other"), START) is None


@pytest.mark.parametrize(
    ("kind", "state", "answer"),
    [
        ("plain_text_input", {"value": "v2 &lt;3 &amp;quot;"}, "v2 <3 &quot;"),
        ("plain_text_input", {"value": None}, ""),
        ("plain_text_input", None, ""),
        ("checkboxes", {"selected_options": [{"value": "2"}, {"value": "0"}]}, (2, 0)),
        ("checkboxes", {"selected_options": []}, ()),
        ("multi_static_select", {"selected_options": [{"value": "40"}]}, (40,)),
        ("multi_static_select", {"selected_options": None}, ()),
        ("multi_static_select", None, ()),
    ],
)
def test_every_field_is_read(kind: str, state: Any, answer: object) -> None:
    """Typed text and ticked positions; what was left empty is empty, whether Slack sends nothing, null or a list."""
    values = {} if state is None else {"field": {"field": {"type": kind, **state}}}
    section = {"type": "section", "block_id": "about"}
    form = PARSER.submission(_submission(blocks=[section, _input("field", kind)], state={"values": values}), START)
    assert form is not None
    assert form.fields == {"field": answer}


@pytest.mark.parametrize(
    ("teams", "channels", "admitted"),
    [
        ([], [], True),
        (["T1"], ["C1"], True),
        (["T2"], [], False),
        ([], ["C2"], False),
    ],
)
def test_an_allowlist_admits_what_it_names(teams: list[str], channels: list[str], admitted: bool) -> None:
    """An empty list leaves the decision to the core; any other keeps out what it does not name, of every kind."""
    parser = SlackParser(
        team_id="T1", bot_user_id="UBOT", allowed_teams=frozenset(teams), allowed_channels=frozenset(channels)
    )
    command = {"team_id": "T1", "channel_id": "C1", "user_id": "U1", "trigger_id": "7", "text": "help"}
    read = (
        parser.event(_event(**MENTION), START),
        parser.command(command, START),
        parser.click(_click(), START),
        parser.submission(_submission(), START),
    )
    assert [inbound is not None for inbound in read] == [admitted] * 4
    assert (parser.event(_event(**DM), START) is not None) == (teams != ["T2"])


def test_people_open_their_home_and_leave() -> None:
    """Only the home tab and only a deactivation say something."""
    assert opened_home(_event(tab="home")) == Person("T1", "U1")
    assert opened_home(_event(tab="messages")) is None
    assert person_who_left(_event(user={"id": "U1", "team_id": "T1", "deleted": True})) == Person("T1", "U1")
    assert person_who_left(_event(user={"id": "U1", "team_id": "T1", "deleted": False})) is None
