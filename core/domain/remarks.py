"""Remarks on a skill: every sentence that an inspection can say of its content, and how to say it in any language.

What was found is part of what is approved, stored and hashed as English text, which ``remark`` takes apart again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from core.errors.words import Words

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")
# A path, or a path and a line, in front of what was found there.
_PLACE = r"(?P<place>.+?:(?:\d+)?) "

Say = Callable[..., str]


class Remarks:
    """The sentences, each a function of what fills it."""

    @staticmethod
    def in_name(kind: str) -> Words:
        return Words("{kind} in its name", kind=kind)

    @staticmethod
    def in_description(kind: str) -> Words:
        return Words("{kind} in the description", kind=kind)

    @staticmethod
    def in_front_matter(field: str) -> Words:
        return Words("{field} in the front matter", field=field)

    @staticmethod
    def html_comment() -> Words:
        return Words("HTML comment")

    @staticmethod
    def base64(characters: object) -> Words:
        return Words("base64, {characters} characters", characters=characters)

    @staticmethod
    def hooks() -> Words:
        return Words("hooks in the front matter run commands unasked")

    @staticmethod
    def mcp_servers() -> Words:
        return Words("declares MCP servers")

    @staticmethod
    def runs_unasked() -> Words:
        return Words("may run commands unasked when a session starts")

    @staticmethod
    def dependencies() -> Words:
        return Words("declares dependencies (MCP servers)")

    @staticmethod
    def command(quote: str) -> Words:
        return Words("runs a command when read: {quote}", quote=quote)

    @staticmethod
    def download(quote: str) -> Words:
        return Words("downloads and runs: {quote}", quote=quote)

    @staticmethod
    def more() -> Words:
        return Words("and more")

    @staticmethod
    def this_many_more(left: object) -> Words:
        return Words("and {left} more", left=left)

    @staticmethod
    def off_specification(field: str) -> Words:
        return Words("the field {field} is not in the specification", field=field)

    @staticmethod
    def long_description(length: object, limit: object) -> Words:
        return Words("the description has {length} characters, more than {limit}", length=length, limit=limit)

    @staticmethod
    def long_compatibility(length: object, limit: object) -> Words:
        return Words("compatibility has {length} characters, more than {limit}", length=length, limit=limit)

    @staticmethod
    def no_text(field: str) -> Words:
        return Words("{field} is not text", field=field)

    @staticmethod
    def empty(field: str) -> Words:
        return Words("{field} is empty", field=field)

    @staticmethod
    def metadata_no_fields() -> Words:
        return Words("metadata is not a list of fields")

    @staticmethod
    def metadata_no_text() -> Words:
        return Words("metadata holds values that are not text")

    @staticmethod
    def tools_listed() -> Words:
        return Words("allowed-tools is a list, not text separated by spaces")

    @staticmethod
    def tools_with_commas() -> Words:
        return Words("allowed-tools is separated by commas, not by spaces")

    @staticmethod
    def tools_unclosed() -> Words:
        return Words("allowed-tools has a parenthesis that is not closed")

    @staticmethod
    def stays_on(places: str) -> Words:
        return Words("stays installed on {places}", places=places)

    @staticmethod
    def nowhere() -> Words:
        return Words("installed nowhere")

    @staticmethod
    def not_looked_up(source: str) -> Words:
        return Words("I did not look whether {source} has it", source=source)

    @staticmethod
    def stays_there(skills: str) -> Words:
        return Words("stays installed there: {skills}", skills=skills)

    @staticmethod
    def nothing_there() -> Words:
        return Words("nothing is installed there")


def hidden_kinds() -> tuple[Words, ...]:
    """Return the kinds of hidden text as they are called."""
    return (
        Words("zero-width"),
        Words("bidirectional"),
        Words("tag characters"),
        Words("variation selectors"),
        Words("control characters"),
    )


def remark(text: str, say: Say) -> str:
    """Return the English ``text`` of a remark in the words of ``say``; what is no remark of ours stays as it is."""
    kinds = {str(kind): kind for kind in hidden_kinds()}
    for msgid, pattern in _shapes():
        found = pattern.fullmatch(text)
        if found is not None:
            filled = found.groupdict()
            place = filled.pop("place")
            said = say(msgid, **{name: kinds.get(value, value) for name, value in filled.items()})
            return said if place is None else f"{place} {said}"
    found = re.fullmatch(f"{_PLACE}(?P<kind>{'|'.join(map(re.escape, kinds))})", text)
    return f"{found['place']} {say(kinds[found['kind']].msgid)}" if found else text


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return every sentence with the pattern of its English text, those that say most first."""
    made = [
        function.__func__(*("",) * function.__func__.__code__.co_argcount)
        for function in vars(Remarks).values()
        if isinstance(function, staticmethod)
    ]
    msgids = sorted((words.msgid for words in made), key=lambda msgid: (msgid.count("{"), -len(msgid)))
    return tuple((msgid, re.compile(f"(?:{_PLACE})?{_pattern(msgid)}", re.DOTALL)) for msgid in msgids)


def _pattern(msgid: str) -> str:
    return _PLACEHOLDER.sub(lambda match: f"(?P<{match[1]}>.+?)", re.escape(msgid))
