"""The fake Slack refuses every block, element and view that Slack refuses, in Slack's words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.platforms.slack import FakeSlack, Person
from tests.platforms.slack.blocks import check_blocks, mrkdwn_length
from tests.platforms.slack.schema import Json
from tests.platforms.slack.sdk_app import SdkApp, refusal


def plain(text: str) -> Json:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """Return a mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(text: str) -> Json:
    """Return a section."""
    return {"type": "section", "text": mrkdwn(text)}


def button(label: str = "Go", **more: Any) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain(label), **more}


def actions(*elements: Json, **more: Any) -> Json:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(elements), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a modal."""
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


def option(value: str, label: str = "x") -> Json:
    """Return something to choose."""
    return {"text": plain(label), "value": value}


def boxes(kind: str, count: int, **more: Any) -> Json:
    """Return a field with ``count`` options."""
    element = {"type": kind, "options": [option(str(number)) for number in range(count)], **more}
    return {"type": "input", "label": plain("Which?"), "element": element}


REASON = {"type": "input", "label": plain("Why?"), "element": {"type": "plain_text_input"}}

REFUSED: dict[str, tuple[list[Any], str]] = {
    "blocks of a message": ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "elements of a row": (
        [actions(*[button()] * 26)],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "an empty row": ([actions()], "must have at least 1 items [json-pointer:/blocks/0/elements]"),
    "text of a section": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "escaped text": ([section("&" * 601)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    "an empty section": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "a section of nothing": ([{"type": "section"}], "missing required field: text or fields [json-pointer:/blocks/0]"),
    "text of a field": (
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "fields": (
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "a header": (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "an escaped header": (
        [{"type": "header", "text": plain("<" * 38)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "mrkdwn in a header": (
        [{"type": "header", "text": mrkdwn("x")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "mrkdwn in a button": (
        [actions({"type": "button", "text": mrkdwn("x")})],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/text/type]",
    ),
    "a button's text": (
        [actions(button("x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "a button's value": (
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "a button's style": (
        [actions(button(style="green"))],
        "value must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "a button's own property": (
        [actions(button(disabled=True))],
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    "action_id": (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "block_id": (
        [{"type": "divider", "block_id": "x" * 256}],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "action_id twice": (
        [actions(button(action_id="a"), button("B", action_id="a"))],
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    "block_id twice": (
        [{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}],
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ),
    "an unknown block": ([{"type": "card"}], "unsupported type: card [json-pointer:/blocks/0/type]"),
    "an unknown element": (
        [actions({"type": "slider"})],
        "unsupported type: slider [json-pointer:/blocks/0/elements/0/type]",
    ),
    "a field in a row": (
        [actions({"type": "plain_text_input"})],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "text that is a number": (
        [{"type": "section", "text": {"type": "mrkdwn", "text": 1}}],
        "must be a string [json-pointer:/blocks/0/text/text]",
    ),
    "blocks that are no objects": (["x"], "must provide an object [json-pointer:/blocks/0]"),
    "an unknown property": (
        [{"type": "divider", "colour": "red"}],
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
}

VIEWS: dict[str, tuple[Json, str]] = {
    "title": (modal() | {"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
    "submit": (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
    "private_metadata": (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "callback_id": (
        modal(callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    "blocks": (modal(*[section("x")] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "no title": ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    "no submit": (modal(REASON), "missing required field: submit [json-pointer:/view]"),
    "markdown": (
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    "a property": (modal(color="red"), "invalid additional property: color [json-pointer:/view]"),
    "a ticked box that is not offered": (
        modal(boxes("checkboxes", 2, initial_options=[option("0", "Other")])),
        "must match one of the options [json-pointer:/view/blocks/0/element]",
    ),
    "nothing ticked": (
        modal(boxes("checkboxes", 2, initial_options=[])),
        "must have at least 1 items [json-pointer:/view/blocks/0/element/initial_options]",
    ),
    "eleven boxes": (
        modal(boxes("checkboxes", 11)),
        "no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]",
    ),
    "a menu of 101": (
        modal(boxes("multi_static_select", 101)),
        "no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]",
    ),
    "an option's value": (
        modal(boxes("checkboxes", 0, options=[option("x" * 151)])),
        "must be less than 151 characters [json-pointer:/view/blocks/0/element/options/0/value]",
    ),
    "mrkdwn in a menu": (
        modal(boxes("multi_static_select", 0, options=[{"text": mrkdwn("x"), "value": "0"}])),
        "unsupported type: mrkdwn [json-pointer:/view/blocks/0/element/options/0/text/type]",
    ),
    "two that are focused": (
        modal(
            boxes("checkboxes", 1, focus_on_load=True), boxes("checkboxes", 1, focus_on_load=True), submit=plain("S")
        ),
        "only one element can be focused on load [json-pointer:/view]",
    ),
    "a home": ({"type": "home", "blocks": []}, "unsupported type: home [json-pointer:/view/type]"),
}

FINE: list[list[Json]] = [
    [section("x" * 3000), {"type": "section", "fields": [mrkdwn("x" * 100)] * 10}],
    [{"type": "header", "text": plain("x" * 150)}, actions(*[button(value="v")] * 25)],
    [actions(button(action_id="same")), actions(button(action_id="same"))],
    [{"type": "context", "elements": [mrkdwn("x")]}, {"type": "divider"}, {"type": "markdown", "text": "**x**"}],
    [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "-a\n+b"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "x", "style": {"bold": True}}]},
            ],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": "skill"}]]},
    ],
    [section("x") | {"accessory": {"type": "overflow", "options": [{"text": plain("Retry"), "value": "r"}]}}],
]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """Return a workspace."""
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def alice(slack: FakeSlack) -> Person:
    """Return somebody."""
    return slack.person("alice")


@pytest.mark.parametrize(("blocks", "complaint"), REFUSED.values(), ids=REFUSED)
async def test_bad_blocks(slack: FakeSlack, alice: Person, blocks: list[Any], complaint: str) -> None:
    """What Slack would not show is refused with ``invalid_blocks`` and the place of the mistake."""
    answer = await refusal(SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert complaint in answer["errors"]
    assert f"[ERROR] {complaint}" in answer["response_metadata"]["messages"]
    assert not slack.messages(alice.dm)


@pytest.mark.parametrize("blocks", FINE)
async def test_good_blocks(slack: FakeSlack, alice: Person, blocks: list[Json]) -> None:
    """What is exactly as long as Slack allows is taken."""
    answer = await SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x", blocks=blocks)
    assert len(answer["message"]["blocks"]) == len(blocks)


@pytest.mark.parametrize(("view", "complaint"), VIEWS.values(), ids=VIEWS)
async def test_bad_views(slack: FakeSlack, alice: Person, view: Json, complaint: str) -> None:
    """A modal of the wrong shape is refused with ``invalid_arguments``, and the trigger is not used up."""
    web = SdkApp(slack).web
    trigger_id = slack.view_api.new_trigger(alice.user)
    answer = await refusal(web.views_open(trigger_id=trigger_id, view=view))
    assert answer["error"] == "invalid_arguments"
    assert f"[ERROR] {complaint}" in answer["response_metadata"]["messages"]
    assert (await web.views_open(trigger_id=trigger_id, view=modal()))["ok"]


async def test_total_of_blocks(slack: FakeSlack, alice: Person) -> None:
    """All blocks of a message together are limited too, whatever each of them may hold."""
    blocks = [section("x" * 2700)] * 5
    assert not check_blocks(blocks, "message")
    answer = await refusal(SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x", blocks=blocks))
    assert answer["error"] == "msg_blocks_too_long"


async def test_two_tables(slack: FakeSlack, alice: Person) -> None:
    """A message holds one table."""
    blocks = [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2
    answer = await refusal(SdkApp(slack).web.chat_postMessage(channel=alice.dm.id, text="x", blocks=blocks))
    assert (answer["error"], answer["errors"]) == ("invalid_blocks", ["only_one_table_allowed"])


@pytest.mark.parametrize(
    ("text", "length"),
    [("a&b", 7), ("&amp;", 5), ("<@U1> <!date^1^{date}|x>", 24), ("<script>", 14), ("<https://a.invalid|a&b>", 23)],
)
def test_escaped_length(text: str, length: int) -> None:
    """Text counts as Slack keeps it: escaped, except what is markup already."""
    assert mrkdwn_length(text) == length
