"""The console shared by several people: who sees what when, and what a number presses."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels.console.adapter import Console
from bot.channels.console.parse import conversation_of
from bot.channels.console.terminal import script_lines, typed_lines
from bot.locale.translator import Catalogues
from core.domain.cards import Card
from core.domain.forms import ChoicesField, Form, Option, TextField
from core.domain.messages import ButtonPress, FormSubmission, IncomingMessage, MessageRef
from core.errors import ChannelError
from tests import console_cards as cards
from tests.clock import START, FakeClock
from tests.plugins.golden import Golden

ENGLISH = Catalogues()


class Screen:
    """A console and what it printed since the last look."""

    def __init__(self, speaker: str = "alice", session: str = "s1") -> None:
        self._printed: list[str] = []
        self.console = Console(
            self._printed.append,
            speaker,
            ("alice", "bob", "carol"),
            session=session,
            clock=FakeClock(),
            translator=ENGLISH,
        )

    async def post(self, name: str, card: Card) -> MessageRef:
        return await self.console.post(conversation_of(name), card)

    def new(self) -> list[str]:
        lines = self._printed.copy()
        self._printed.clear()
        return lines


@pytest.fixture
def screen() -> Screen:
    """Return a console on which alice is talking."""
    return Screen()


async def test_a_post_for_the_speaker_is_printed_at_once(screen: Screen) -> None:
    """The whole card is there, its buttons numbered."""
    await screen.post("alice", cards.WAITING)
    lines = screen.new()
    assert lines[0].startswith("Install pdf on Claude")
    assert lines[-1] == "[1] Cancel"


async def test_a_post_for_somebody_else_is_announced_and_kept(screen: Screen) -> None:
    """One short line says for whom and what to do; the card itself comes with /as."""
    await screen.post("bob", cards.APPROVAL)
    assert screen.new() == ["for bob: Alice asks: install pdf on Claude #7F3K - say /as bob to answer"]
    await screen.post("bob", cards.DONE)
    assert screen.new() == ["for bob: Installed pdf on Claude #7F3K - say /as bob to read it"]
    assert screen.console.interpret("/as bob") is None
    lines = screen.new()
    assert lines[0].startswith("Installed pdf")
    assert lines[-1] == "[1] Approve   [2] Reject...   [3] Details"


async def test_what_waits_is_printed_newest_last_and_every_time(screen: Screen) -> None:
    """Undecided approvals come again with every /as; N counts on the newest of them."""
    await screen.post("bob", cards.APPROVAL)
    newer = cards.APPROVAL.evolve(code="9ACD", buttons=(cards.APPROVE.evolve(token="newer"),))
    await screen.post("bob", newer)
    for _ in range(2):
        screen.new()
        screen.console.interpret("/as bob")
        titles = [line for line in screen.new() if line.startswith("Alice asks")]
        assert [title[-4:] for title in titles] == ["7F3K", "9ACD"]
    press = screen.console.interpret("/press 1")
    assert isinstance(press, ButtonPress)
    assert press.token == "newer"


async def test_nothing_waits(screen: Screen) -> None:
    """Somebody for whom there is nothing new is told so."""
    screen.console.interpret("/as carol")
    assert screen.new() == ["Nothing waits for carol."]
    assert screen.console.prompt == "carol> "


async def test_a_decided_request_no_longer_waits(screen: Screen) -> None:
    """Edits of other people's cards print nothing, and /as shows the state they lead to."""
    message = await screen.post("bob", cards.APPROVAL)
    screen.new()
    await screen.console.edit(message, cards.DECIDED)
    assert screen.new() == []
    screen.console.interpret("/as bob")
    assert "[1] Timeline" in screen.new()
    screen.console.interpret("/as bob")
    assert screen.new() == ["Nothing waits for bob."]


async def test_what_changed_while_away_is_shown_as_an_edit(screen: Screen) -> None:
    """A card seen before is not printed again as a whole, so its numbers stay."""
    message = await screen.post("alice", cards.WAITING)
    screen.console.interpret("/as bob")
    await screen.console.edit(message, cards.DONE)
    screen.new()
    screen.console.interpret("/as alice")
    assert screen.new()[0] == "#7F3K (updated)  Installed pdf on Claude"
    press = screen.console.interpret("/press 1")
    assert isinstance(press, ButtonPress)
    assert press.token == cards.CANCEL.token


async def test_an_edit_never_renumbers(screen: Screen) -> None:
    """Pressing again after the decision is the stale click on what was printed, also after /as there and back."""
    screen.console.interpret("/as bob")
    message = await screen.post("bob", cards.APPROVAL)
    first = screen.console.interpret("/press 1")
    await screen.console.edit(message, cards.DECIDED)
    screen.console.interpret("/as alice")
    screen.console.interpret("/as bob")
    second = screen.console.interpret("/press 1")
    assert isinstance(first, ButtonPress)
    assert isinstance(second, ButtonPress)
    assert first.token == second.token == cards.APPROVE.token
    assert second.message_id == message.message_id
    assert first.dedupe_key != second.dedupe_key


async def test_numbers_belong_to_the_speaker(screen: Screen) -> None:
    """N counts on the newest card with buttons that this speaker was shown; cards without buttons do not count."""
    await screen.post("alice", cards.WAITING)
    await screen.post("alice", cards.REFUSAL)
    await screen.post("bob", cards.APPROVAL)
    press = screen.console.interpret("/press 1")
    assert isinstance(press, ButtonPress)
    assert press.token == cards.CANCEL.token
    assert press.sender.external_id == "alice"
    screen.new()
    screen.console.interpret("/as carol")
    assert screen.console.interpret("/press 1") is None
    assert screen.new()[-1] == "No card with buttons was printed for carol yet."


async def test_a_number_without_a_button_is_explained(screen: Screen) -> None:
    """The sentence says which card is meant and how far its numbers go."""
    await screen.post("alice", cards.WAITING)
    screen.new()
    assert screen.console.interpret("/press 2") is None
    assert screen.new() == ["There is no button 2; the last one of Install pdf on Claude #7F3K is 1."]


async def test_a_reason_is_asked_and_answered_as_the_next_line(screen: Screen) -> None:
    """A button that asks prints its question; the next line, whatever it looks like, is the answer."""
    await screen.post("alice", cards.APPROVAL)
    for answer in ("it deletes files", "/etc is none of its business"):
        screen.new()
        assert screen.console.interpret("/press 2") is None
        asked = "Why? The requester will read this. (answer with the next line; an empty one drops it)"
        assert screen.new() == [asked]
        form = screen.console.interpret(answer)
        assert isinstance(form, FormSubmission)
        assert form.token == cards.REJECT.token
        assert form.fields == {"text": answer}
    assert isinstance(screen.console.interpret("hello"), IncomingMessage)


@pytest.mark.parametrize("line", ["", "   ", "/as bob", "/quit"])
async def test_a_form_is_dropped_by_an_empty_line_or_a_command(screen: Screen, line: str) -> None:
    """One sentence says so, nothing is sent, and a command is obeyed."""
    await screen.post("alice", cards.APPROVAL)
    screen.console.interpret("/press 2")
    screen.new()
    assert screen.console.interpret(line) is None
    assert screen.new()[0] == "Dropped: nothing was sent."
    assert screen.console.is_closed == (line == "/quit")
    assert isinstance(screen.console.interpret("hello"), IncomingMessage)


async def test_a_form_is_asked_field_by_field(screen: Screen, golden: Golden) -> None:
    """The golden transcript: three choices and an optional text, with a wrong answer that is asked again."""
    await screen.post("alice", cards.CHANGEABLE)
    screen.new()
    form = None
    for line in ("/press 2", "1,4", "none of them", "2 3", "v2.0"):
        assert form is None
        screen.console.echo(line)
        form = screen.console.interpret(line)
    assert isinstance(form, FormSubmission)
    assert (form.token, form.fields) == ("t-change", {"targets": (1, 2), "ref": "v2.0"})
    golden.check("console/form.txt", "\n".join(screen.new()) + "\n")


@pytest.mark.parametrize(
    ("optional", "initial", "line", "ticked"),
    [
        (False, ("b",), "", (1,)),
        (False, ("b",), "all", (0, 1, 2)),
        (False, ("b",), "ALL", (0, 1, 2)),
        (False, ("b",), "3, 1 ,3", (0, 2)),
        (False, ("b",), "-", None),
        (False, ("b",), "0", None),
        (False, ("b",), "4", None),
        (False, ("b",), "1,", None),
        (False, ("b",), "\u0661", None),
        (True, ("b",), "-", ()),
        (True, ("b",), "", (1,)),
        (True, (), "", ()),
    ],
)
async def test_choices_are_numbers(
    screen: Screen, optional: bool, initial: tuple[str, ...], line: str, ticked: tuple[int, ...] | None
) -> None:
    """Numbers, all, or an empty line for what is ticked; a dash for none where that will do; else it is asked again."""
    field = ChoicesField(
        name="x",
        label="Which?",
        options=tuple(Option(value=value, label=value) for value in "abc"),
        optional=optional,
        initial=initial,
    )
    await screen.post("alice", Card(title="t", buttons=(cards.CHANGE.evolve(form=Form(fields=(field,))),)))
    screen.console.interpret("/press 1")
    asked = screen.new()[2:]
    form = screen.console.interpret(line)
    if ticked is None:
        assert screen.new() == ["That is no answer: it takes numbers from 1 to 3, or all.", *asked]
        form, ticked = screen.console.interpret("1"), (0,)
    assert isinstance(form, FormSubmission)
    assert form.fields == {"x": ticked}


@pytest.mark.parametrize(
    ("optional", "initial", "line", "text"),
    [(True, "main", "-", ""), (True, "main", "", "main"), (True, "", "", ""), (False, "main", "-", "-")],
)
async def test_an_empty_line_keeps_what_is_there(
    screen: Screen, optional: bool, initial: str, line: str, text: str
) -> None:
    """A text that stands there already is kept by an empty line; a dash empties it where it may be empty."""
    field = TextField(name="x", label="Which?", optional=optional, initial=initial)
    await screen.post("alice", Card(title="t", buttons=(cards.CHANGE.evolve(form=Form(fields=(field,))),)))
    screen.console.interpret("/press 1")
    form = screen.console.interpret(line)
    assert isinstance(form, FormSubmission)
    assert form.fields == {"x": text}


async def test_a_hostile_form_is_one_line_for_each_option(screen: Screen) -> None:
    """Whatever labels hold, they stay on the screen as one harmless line each; a required field is dropped empty."""
    field = cards.hostile_form(41).fields[0]
    form = Form(title="t" * 10_000, fields=(field.evolve(initial=()),))
    await screen.post("alice", Card(title="t", buttons=(cards.CHANGE.evolve(form=form),)))
    screen.new()
    screen.console.interpret("/press 1")
    asked = screen.new()
    assert sum(line.lstrip()[:5].split(" ")[0].isdigit() and "[ ]" in line for line in asked) == 41
    assert all(len(line) <= 100 for line in asked)
    assert not any(hidden in "".join(asked) for hidden in "\x00\x07\x1b\u202e\u200b\u2028")
    assert screen.console.interpret("") is None
    assert screen.new() == ["Dropped: nothing was sent."]


async def test_a_press_during_a_form_replaces_it(screen: Screen) -> None:
    """The first question is dropped, the other button counts."""
    await screen.post("alice", cards.APPROVAL)
    screen.console.interpret("/press 2")
    press = screen.console.interpret("/press 1")
    assert isinstance(press, ButtonPress)
    assert press.token == cards.APPROVE.token


async def test_a_card_of_an_earlier_process_is_adopted() -> None:
    """Editing a message this process never printed prints it for the speaker, and keeps it for others."""
    for name, is_speaker in (("alice", True), ("bob", False)):
        screen = Screen()
        message = MessageRef(conversation=conversation_of(name), message_id="from-before")
        await screen.console.edit(message, cards.APPROVAL)
        assert ("[1] Approve   [2] Reject...   [3] Details" in screen.new()) == is_speaker
        screen.console.interpret(f"/as {name}")
        press = screen.console.interpret("/press 1")
        assert isinstance(press, ButtonPress)
        assert press.message_id == "from-before"


async def test_what_is_only_for_one_person_waits_for_that_person(screen: Screen) -> None:
    """Posted in alice's conversation for bob alone, it is announced for bob."""
    await screen.console.post(conversation_of("alice"), cards.REFUSAL, only_for="bob")
    assert screen.new()[0].startswith("for bob: You asked for this")


def test_the_same_session_numbers_its_lines_alike() -> None:
    """A script replayed after a crash sends the same dedupe keys; another session sends others."""

    def keys(session: str) -> list[str]:
        console = Screen(session=session).console
        inbounds = [console.interpret(line) for line in ("/as bob", "install pdf on claude", "", "status")]
        return [inbound.dedupe_key for inbound in inbounds if inbound is not None]

    assert keys("a") == keys("a") == ["console:a:2", "console:a:4"]
    assert keys("b") == ["console:b:2", "console:b:4"]


def test_a_sentence_comes_from_the_speaker(screen: Screen) -> None:
    """Sender, conversation and time are those of the line."""
    screen.console.interpret("/as BOB")
    message = screen.console.interpret(" whoami ")
    assert isinstance(message, IncomingMessage)
    assert (message.text, message.sender.external_id, message.received_at) == ("whoami", "bob", START)
    assert message.conversation == conversation_of("bob")


def test_a_stranger_may_speak_and_is_pointed_out(screen: Screen) -> None:
    """The bot decides what strangers hear; the console only says whom it knows, in case it was a slip."""
    screen.console.interpret("/as mallory")
    assert screen.new() == ["mallory is nobody the console knows; those are: alice, bob, carol."]
    message = screen.console.interpret("install pdf on claude")
    assert message is not None
    assert message.sender.external_id == "mallory"


def test_a_command_that_is_none_is_explained(screen: Screen) -> None:
    """A slip is answered here and not sent."""
    assert screen.console.interpret("/approve 7F3K") is None
    assert screen.new() == ["/approve 7F3K is no command of the console; those are /as NAME, /press N and /quit."]


def test_the_echo_makes_a_transcript(screen: Screen) -> None:
    """A line of a script stands behind its speaker, without what could steer the terminal; empty lines do not."""
    screen.console.echo("install \x1b[2Jpdf\r")
    screen.console.echo("  ")
    assert screen.new() == ["alice> install pdf"]


async def test_a_terminal_that_is_gone_is_a_channel_error() -> None:
    """What cannot be printed is reported as every channel reports it, and is not taken for seen."""

    def broken(_line: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    console = Console(broken, "alice", ("alice",), session="s", clock=FakeClock(), translator=ENGLISH)
    with pytest.raises(ChannelError, match="console did not take the message: Broken pipe"):
        await console.post(conversation_of("alice"), cards.REFUSAL)
    with pytest.raises(ChannelError):
        console.interpret("/as nobody")


async def test_a_script_is_read_line_by_line() -> None:
    """Line ends of every system go, what is not UTF-8 becomes visible, the last line needs no end."""
    stream = io.BytesIO("install pdf\r\n\n클로드\n".encode() + b"bad \xff\nlast")
    assert [line async for line in script_lines(stream)] == ["install pdf", "", "클로드", "bad \ufffd", "last"]


async def test_a_terminal_is_read_until_it_says_so() -> None:
    """Ctrl-C drops the line being typed, Ctrl-D ends."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("status\rhalf a li\x03whoami\r\x04")
        assert [line async for line in typed_lines(lambda: "alice> ")] == ["status", "whoami"]
