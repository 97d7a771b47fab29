"""Cards on Slack: the look of cards.md, every limit of Block Kit, and nothing that user text can do to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.carried import read_form, write_form
from bot.channels.slack.forms import FormOrigin, FormRequest, form_view
from bot.channels.slack.render import Block, CardRenderer
from bot.channels.slack.text import clip, weight
from bot.channels.text import escape, plain, share
from bot.locale.translator import Catalogues
from core.domain.cards import Button, Card, Fact, Mark, PressDetails, Section, Step, Table
from core.domain.forms import ChoicesField, Form, Option, TextField
from core.domain.messages import ConversationRef
from tests import console_cards as cards
from tests.platforms.slack.blocks import check_blocks, check_view, mrkdwn_length, too_long
from tests.plugins.golden import Golden

RENDERER = CardRenderer(Catalogues(), "en")
EVIL = 'a & b <!channel> <@U1> *bold* `code` ```fence``` "q" \\ > quote :x: \u202etxt.exe \u200b'
HOSTILE = {
    "hostile": cards.HOSTILE,
    "oversized": cards.OVERSIZED,
    "description": cards.APPROVAL.evolve(facts=(Fact(name="skill", value="<&>" * 3_400), *cards.APPROVAL.facts)),
    "markup": Card(title=EVIL, code="7F3K", lines=(EVIL,), facts=(Fact(name=EVIL, value=EVIL),)),
    "200 files": cards.APPROVAL.evolve(
        facts=(Fact(name="files", value="\n".join(f"+ skills/pdf/references/{n:03}.md" for n in range(200))),)
    ),
    "40 targets": Card(
        title="Install pdf on 40 providers",
        code="7F3K",
        steps=tuple(Step(mark=Mark.TODO, label=f"install pdf on Claude {n}", fact="4be91c2 <&>") for n in range(40)),
        buttons=tuple(cards.TIMELINE.evolve(label="<&>" * 30, token=f"{n:032}") for n in range(40)),
    ),
    "one endless line": Card(title="t", sections=(Section(text='\\"' * 8_000),)),
    "many parts": Card(title="t", sections=(Section(title="s", text="x\n" * 9_000),) * 50, facts=cards.APPROVAL.facts),
}
EVERY = {**cards.CARDS, **HOSTILE}
WHERE = ConversationRef(channel="slack", workspace_id="T1", conversation_id="C1", thread_id="1.2")


def _asked(form: Form, text: str = "Alice asks: install pdf on Claude") -> FormRequest:
    return FormRequest(
        trigger_id="1", token="x" * 32, title=form.title or text, form=form, about=text, conversation=WHERE
    )


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for part in value.values() for text in _strings(part)]
        case list():
            return [text for part in value for text in _strings(part)]
        case _:
            return []


def _objects(value: object, kind: str) -> list[dict[str, Any]]:
    match value:
        case dict():
            found = [value] if value.get("type") == kind else []
            return found + [one for part in value.values() for one in _objects(part, kind)]
        case list():
            return [one for part in value for one in _objects(part, kind)]
        case _:
            return []


def _assert_sound(card: Card) -> list[Block]:
    rendered = RENDERER.message(card)
    blocks: list[Any] = rendered.blocks
    assert check_blocks(blocks, "message") == []
    assert not too_long(blocks)
    assert len(json.dumps(blocks, ensure_ascii=False)) < 13_000
    assert 0 < mrkdwn_length(rendered.text) < 4_000
    return blocks


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_card_looks_as_agreed(name: str, golden: Golden) -> None:
    """Text and blocks are the golden file, and Slack takes them."""
    _assert_sound(EVERY[name])
    rendered = RENDERER.message(EVERY[name])
    shown = json.dumps({"text": rendered.text, "blocks": rendered.blocks}, indent=1, ensure_ascii=False)
    golden.check(f"slack/{name.replace(' ', '_')}.json", f"{shown}\n")


TEXTS = st.text(
    alphabet=st.one_of(st.characters(codec=None), st.sampled_from('<>&"\\`\n\u202e\U0001f600')), max_size=400
)

FORMS = st.builds(
    lambda title, text, labels: Form(
        title=title,
        fields=(
            TextField(name="text", label=text, initial=text),
            *(
                [ChoicesField(name="all", label=text, options=tuple(Option(value=str(n), label=x) for n, x in labels))]
                if labels
                else []
            ),
        ),
    ),
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=12).map(lambda labels: list(enumerate(labels))),
)


@given(
    st.builds(
        Card,
        title=TEXTS.map(lambda text: text * 9),
        code=st.none() | TEXTS,
        lines=st.lists(TEXTS, max_size=9).map(tuple),
        facts=st.lists(st.builds(Fact, name=TEXTS, value=TEXTS.map(lambda text: text * 30)), max_size=5).map(tuple),
        table=st.none() | st.builds(Table, header=st.just(("a",)), rows=st.lists(st.tuples(TEXTS, TEXTS)).map(tuple)),
        steps=st.lists(st.builds(Step, mark=st.sampled_from(Mark), label=TEXTS, fact=TEXTS), max_size=5).map(tuple),
        sections=st.lists(st.builds(Section, title=TEXTS, text=TEXTS), max_size=7).map(tuple),
        buttons=st.lists(
            st.builds(Button, label=TEXTS, press=st.just(PressDetails()), form=st.none() | FORMS, token=st.just("t")),
            max_size=45,
        ).map(tuple),
    )
)
def test_no_card_breaks_a_limit(card: Card) -> None:
    """Whatever the strings are, the blocks are valid, within all limits, and can be encoded."""
    json.dumps(_assert_sound(card), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_user_text_is_never_markup(name: str) -> None:
    """What is mrkdwn stands escaped within one fence; no control, bidirectional or zero-width character is left."""
    rendered = RENDERER.message(HOSTILE[name])
    for found in _objects(rendered.blocks, "mrkdwn"):
        inside = found["text"].removeprefix("```\n").removesuffix("\n```")
        assert found["text"] == f"```\n{inside}\n```"
        assert not any(mark in inside for mark in ("```", "<", ">"))
    assert not any(mark in rendered.text for mark in "<>")
    everything = "".join(_strings(rendered.blocks)) + rendered.text
    assert not any(character in everything for character in "\x00\x07\x1b\x7f\x9b\u202e\u200b\u2066\u2028\ufeff\t\r")
    assert all(found["emoji"] is False for found in _objects(rendered.blocks, "plain_text"))


def test_a_long_fact_does_not_push_the_others_out() -> None:
    """Only the longest values are shortened: danger, rule and commit stay readable beside a hostile description."""
    facts = (*cards.APPROVAL.facts, *(Fact(name="author", value="x" * 10_000) for _ in range(3)))
    rendered = RENDERER.message(cards.APPROVAL.evolve(facts=facts))
    shown = "\n".join(_strings(rendered.blocks))
    assert all(escape(fact.value) in shown for fact in cards.APPROVAL.facts)


def test_what_is_shortened_says_where_the_rest_is() -> None:
    """A card with a button for the details names it; the buttons are all there."""
    rendered = RENDERER.message(HOSTILE["description"])
    assert "Shortened: press Details for more." in _strings(rendered.blocks)
    tokens = [button["value"].partition(" ")[0] for button in _objects(rendered.blocks, "button")]
    assert tokens == ["t-approve", "t-reject", "t-details"]


def test_what_is_whole_does_not_claim_to_be_shortened() -> None:
    """Two hundred files fit into one message, and every one of them is named."""
    shown = "\n".join(_strings(RENDERER.message(HOSTILE["200 files"]).blocks))
    assert "Shortened" not in shown
    assert "199.md" in shown


def test_what_is_too_much_is_counted() -> None:
    """Of a list that does not fit the reader learns how many lines are missing."""
    rendered = RENDERER.message(Card(title="t", sections=(Section(text="\n".join(map(str, range(1_000)))),)))
    assert any("... 800 more lines" in text for text in _strings(rendered.blocks))


def test_a_status_is_a_word() -> None:
    """Every mark of a checklist is told by a word, not by a sign or a colour."""
    steps = tuple(Step(mark=mark, label="install") for mark in Mark)
    shown = "\n".join(_strings(RENDERER.message(Card(title="t", steps=steps)).blocks))
    assert all(word in shown for word in ("done", "running", "waiting", "to do", "FAILED"))


def test_a_button_carries_its_token_and_its_form() -> None:
    """The value is the token, and after a space the form that the press opens."""
    buttons = _objects(RENDERER.message(cards.APPROVAL).blocks, "button")
    assert [(button["action_id"], button["value"]) for button in buttons] == [
        ("press-0", "t-approve"),
        ("press-1", 't-reject ["",["text","Why? The requester will read this.","m",""]]'),
        ("press-2", "t-details"),
    ]
    assert [button.get("style") for button in buttons] == ["primary", "danger", None]


def test_a_button_without_a_token_is_not_shown() -> None:
    """What cannot be pressed is no button."""
    assert (
        _objects(RENDERER.message(Card(title="t", buttons=(cards.CANCEL.evolve(token=None),))).blocks, "button") == []
    )


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (
            cards.DONE,
            'Installed pdf on Claude  #7F3K - approved by Bob in #ai-approvals at 13:41 - "fine, I read the scripts"',
        ),
        (cards.PLANNING, "Install pdf on Claude  #7F3K - running: fetch 4be91c2"),
        (cards.REFUSAL, cards.REFUSAL.title),
        (Card(title="<!channel> & co"), "&lt;!channel&gt; &amp; co"),
    ],
)
def test_a_notification_says_what_happened(card: Card, text: str) -> None:
    """The top-level text is title, code and one line, and mentions nobody."""
    assert RENDERER.message(card).text == text


@pytest.mark.parametrize("count", [0, 1, 3, 150])
def test_the_home_fits(count: int) -> None:
    """However many cards there are, the view is valid, and what was left out is counted."""
    view: Any = RENDERER.home([cards.APPROVAL] * count)
    assert check_view(view, "home") == []
    assert ("more card" in json.dumps(view)) == (count > 30)


def test_forms_that_do_not_fit_leave_their_buttons_out() -> None:
    """A message takes only so many forms; the buttons beside them stay, and those that are missing are counted."""
    large = cards.CHANGE.evolve(form=cards.hostile_form(100))
    blocks = _assert_sound(Card(title="t", buttons=(large, large, cards.REJECT, large, large, cards.DETAILS)))
    values = [button["value"].partition(" ")[0] for button in _objects(blocks, "button")]
    assert values == ["t-reject", "t-details"]
    assert "... 4 more buttons" in _strings(blocks)


def test_a_modal_looks_as_agreed(golden: Golden) -> None:
    """Three checkboxes, two of them ticked, and an optional text: the golden file, and Slack takes it."""
    view = form_view(_asked(cards.CHANGES), Catalogues())
    assert check_view(view, "modal") == []
    golden.check("slack/modal.json", f"{json.dumps(view, indent=1, ensure_ascii=False)}\n")


@pytest.mark.parametrize(
    ("count", "kind"), [(1, "checkboxes"), (10, "checkboxes"), (11, "multi_static_select"), (41, "multi_static_select")]
)
def test_a_form_of_any_size_and_labels_fits(count: int, kind: str) -> None:
    """Its button, the message around it and the modal keep every limit; nothing invisible is left, nothing is cut."""
    card = cards.APPROVAL.evolve(buttons=(cards.CHANGE.evolve(form=cards.hostile_form(count)), cards.REJECT))
    change, reject = _objects(_assert_sound(card), "button")
    form = read_form(change["value"].partition(" ")[2])
    view: Any = form_view(_asked(form), Catalogues())
    assert check_view(view, "modal") == []
    (menu,) = _objects(view, kind)
    assert [option["value"] for option in menu["options"]] == [str(number) for number in range(count)]
    assert menu["initial_options"] == menu["options"][:1]
    assert "initial_value" not in _objects(view, "plain_text_input")[0]
    assert not any(hidden in "".join(_strings(view)) for hidden in "\x00\x07\x1b\u202e\u200b\u2028")
    assert reject["value"].startswith("t-reject ")


@given(FORMS, st.integers(100, 2_000))
def test_a_form_travels_whole_or_not_at_all(form: Form, room: int) -> None:
    """What a button carries keeps to its room; its fields and options come back, each in its place."""
    text = write_form(form, room)
    if text is None:
        return
    assert weight(text) <= room
    assert not set("&<>") & set(text)
    read = read_form(text)
    assert [field.name for field in read.fields] == [field.name for field in form.fields]
    for field, was in zip(read.fields, form.fields, strict=True):
        if isinstance(field, ChoicesField) and isinstance(was, ChoicesField):
            assert len(field.options) == len(was.options)
        if isinstance(field, TextField) and isinstance(was, TextField):
            assert field.initial in {"", was.initial}


@pytest.mark.parametrize("text", ["Why?", EVIL * 100, ""])
def test_a_form_fits_and_brings_back_what_it_is_about(text: str) -> None:
    """Whatever title, question and card say, Slack takes the form; token and conversation return as they were."""
    view: Any = form_view(_asked(Form.question(text), text), Catalogues())
    assert check_view(view, "modal") == []
    assert FormOrigin.read(view["private_metadata"]) == FormOrigin(token="x" * 32, conversation=WHERE)


@given(TEXTS, st.integers(1, 60))
def test_clipping_keeps_to_the_room(text: str, room: int) -> None:
    """What is clipped weighs no more than the room, and weight is never less than the escaped length."""
    assert weight(clip(text, room)) <= room
    assert weight(text) >= len(escape(text))


@given(st.lists(st.integers(0, 500), max_size=8), st.integers(0, 2_000))
def test_sharing_is_fair(wants: list[int], room: int) -> None:
    """Together the shares fit, and whoever wants little gets all of it."""
    cap = share(wants, room)
    assert sum(min(want, cap) for want in wants) <= room
    assert sum(wants) > room or all(want <= cap for want in wants)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("abc\u202edef", "abc<U+202E>def"),
        ("a\tb", "a   b"),
        ("half \ud83d", "half <U+D83D>"),
    ],
)
def test_what_is_invisible_is_shown(text: str, shown: str) -> None:
    """Breaks of every kind are line feeds, and hidden characters can be read."""
    assert plain(text) == shown


def test_a_form_is_in_the_language_of_its_card() -> None:
    """The button carries it, and the modal's own buttons follow; English takes no room."""
    form = cards.CHANGES.evolve(language="ko")
    carried = write_form(form)
    assert carried is not None
    assert read_form(carried).language == "ko"
    assert write_form(form.evolve(language="en")) == write_form(cards.CHANGES)
    view: Any = form_view(_asked(read_form(carried)), Catalogues())
    assert (view["submit"]["text"], view["close"]["text"]) == ("보내기", "취소")
