"""Agent cards: what another program asks, as people read it - its own words as plain text, its data line by line."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from core.domain.actions import Approve, Reject
from core.domain.agents import OPTION, TEXT
from core.domain.cards import Button, ButtonStyle, Fact, PressAction, PressDetails, Section
from core.domain.forms import Form
from core.domain.hidden_text import visible, without_hidden
from core.domain.masking import mask_keys
from core.domain.users import LANGUAGES
from core.errors import InvalidInput, Words
from core.services.reader import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.domain.agents import AgentQuestion
    from core.domain.approvals import ApprovalRequest
    from core.ports import Translator
    from core.services.reader import Reader

# The bot's own buttons on the cards of a question, which no option may be taken for.
_OWN = (
    *("Approve", "Approve with changes...", "Confirm", "Answer...", "Reject...", "Details"),
    *("Cancel", "Undo", "Ask again", "Timeline"),
)
# What a phone shows of a program's data and of its description; the rest is behind "Details".
_MOST_LINES = 12
_MOST_SENTENCES = 4
# Characters of one value on the card, and behind "Details".
_BRIEF, _WHOLE = 120, 2000
_LONGEST_TITLE = 150


def check_options(options: Iterable[str], translator: Translator) -> None:
    """Do nothing if each of ``options`` can be told from the bot's own buttons, in every language.

    Raises:
        InvalidInput: one cannot; who presses it would approve, whatever it says.
    """
    own = {_as_read(translator.say(language, label)) for language in LANGUAGES for label in _OWN}
    for option in options:
        if _as_read(option) in own:
            problem = Words('options: "{option}" is a button of mine; call it something else', option=option)
            raise InvalidInput(detail=problem)


def _as_read(label: str) -> str:
    """Return ``label`` as people tell it from others: neither case nor trailing dots make a difference."""
    return unicodedata.normalize("NFKC", without_hidden(label)).casefold().strip().rstrip(". ")


def question_words(question: AgentQuestion, reader: Reader) -> str:
    """Return what is asked, in the program's own words and marked as such: they may sound like a request of ours."""
    return reader.say("{agent} agent: {title}", agent=question.agent_type, title=_title(question))


def question_title(question: AgentQuestion, who: str, reader: Reader) -> str:
    """Return the title of the card by which ``who``'s program asks."""
    return reader.say("{who} ({agent} agent) asks: {title}", agent=question.agent_type, who=who, title=_title(question))


def _title(question: AgentQuestion) -> str:
    return one_line(question.title, _LONGEST_TITLE)


def wanted_facts(question: AgentQuestion, reader: Reader) -> list[Fact]:
    """Return what kind of answer is wanted."""
    if question.options:
        value = reader.say("one of: {options}", options=", ".join(one_line(option) for option in question.options))
    elif question.request_type == "prompt_input":
        value = reader.say("a text")
    elif question.request_type == "confirmation":
        value = reader.say("a confirmation")
    else:
        value = reader.say("a yes or no")
    return [Fact(name=reader.say("wants"), value=value)]


def question_sections(question: AgentQuestion, reader: Reader, *, whole: bool = False) -> tuple[Section, ...]:
    """Return what the program says and its data, one value a line; the beginnings unless the ``whole`` is wanted.

    They are set apart: nothing in them can be taken for a fact of the card.
    """
    limit = _WHOLE if whole else _BRIEF
    said = [visible(line, max(limit, 300)) for line in (question.description or "").splitlines() if line.strip()]
    parts = (
        (reader.say("In its own words"), said, _MOST_SENTENCES),
        (reader.say("Data"), list(data_lines(mask_keys(question.payload), limit)), _MOST_LINES),
    )
    return tuple(
        Section(title=title, text="\n".join(lines if whole else _beginning(lines, most, reader)))
        for title, lines, most in parts
        if lines
    )


def _beginning(lines: list[str], most: int, reader: Reader) -> list[str]:
    left = len(lines) - most
    if left <= 1:  # saying that there is one more line takes a line
        return lines
    return [*lines[:most], reader.say('... {n} more lines behind "Details"', n=left)]


def data_lines(value: Any, limit: int = _WHOLE, indent: int = 0) -> Iterator[str]:
    """Yield JSON data as lines ``key: value``, what is nested indented; no text of it can begin a line of its own."""
    pad = "  " * indent
    entries: list[tuple[str, Any]] = (
        [(f"{visible(str(key), 60)}:", item) for key, item in value.items()]
        if isinstance(value, dict)
        else [("-", item) for item in value]
    )
    for name, item in entries:
        if isinstance(item, dict | list) and item:
            inside = data_lines(item, limit, indent + 1)
            # What is in a list begins behind its dash.
            yield f"{pad}- {next(inside).lstrip()}" if name == "-" else f"{pad}{name}"
            yield from inside
        else:
            yield f"{pad}{name} {_plain(item, limit)}"


def _plain(value: Any, limit: int) -> str:
    return visible(value, limit) if isinstance(value, str) else json.dumps(value)


def answer_buttons(request: ApprovalRequest, question: AgentQuestion, reader: Reader) -> tuple[Button, ...]:
    """Return the approver's buttons: each option is one, and a text is asked for by a form."""
    code = request.code
    reject = Button(
        label=reader.say("Reject..."),
        press=PressAction(action=Reject(request=code)),
        style=ButtonStyle.DANGER,
        typed=f"reject {code} because ...",
        form=Form.question(reader.say("Why? The requester will read this.")),
    )
    return (*_yes(code, question, reader), reject, Button(label=reader.say("Details"), press=PressDetails()))


def _yes(code: str, question: AgentQuestion, reader: Reader) -> list[Button]:
    if question.options:
        return [
            Button(
                label=one_line(option),
                press=PressAction(action=Approve(request=code, comment=option)),
                typed=f"approve {code} {one_line(option)}",
            )
            for option in question.options
        ]
    press = PressAction(action=Approve(request=code))
    if question.request_type == "prompt_input":
        form = Form.question(reader.say("Your answer, as the program shall get it"))
        label, typed = reader.say("Answer..."), f"approve {code}: ..."
        return [Button(label=label, press=press, style=ButtonStyle.PRIMARY, typed=typed, form=form)]
    label = reader.say("Confirm") if question.request_type == "confirmation" else reader.say("Approve")
    return [Button(label=label, press=press, style=ButtonStyle.PRIMARY, typed=f"approve {code}")]


def answer_lines(request: ApprovalRequest, reader: Reader) -> list[str]:
    """Return what the program was answered beside yes or no."""
    response = {key: value for key, value in (request.response or {}).items() if key != "break_glass"}
    if not response:
        return []
    said = response.get(OPTION) or response.get(TEXT)
    lone = said if isinstance(said, str) and len(response) == 1 else "; ".join(data_lines(mask_keys(response), _BRIEF))
    return [reader.say("the answer: {answer}", answer=one_line(lone, 500))]
