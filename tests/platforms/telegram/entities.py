"""Text as Telegram reads it: HTML parse mode, and the entities it finds by itself.

The tags, the four named character references, the order of checks and the words of each complaint are those of
``parse_html`` in tdlib/td (td/telegram/MessageEntity.cpp); offsets in complaints count bytes, entities count UTF-16.
``tg-time`` (Bot API 9.5) came after the version of the source at hand; its attributes are taken as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.platforms.telegram.arguments import bad
from tests.platforms.telegram.world import Json, utf16

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
_SPACE = " \t\r\n\0\v"
#: What stands alone is recognised; documented under MessageEntity.
_AUTOMATIC = (
    ("url", re.compile(r"\b(?:https?://|tg://|www\.)[^\s<>\"]*[^\s<>\".,:;!?)\]']", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.@])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,255}")),
    ("url", re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ai|me|co)\b(?:/[^\s<>\"]*)?")),
)
_OPAQUE = {"pre", "code", "text_link"}


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    start: int
    nested_in: str


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the text and the entities of HTML.

    Raises:
        TelegramError: the HTML is not Telegram's.
    """
    return _Html(source).parse()


class _Html:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self._at < len(self._source):
            one = self._source[self._at]
            if one == "<":
                begin = self._at
                if self._source.startswith("</", begin):
                    self._close(begin)
                else:
                    self._start(begin)
            else:
                self._text += self._character()
        if self._open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._text, self._entities

    def _peek(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode())

    def _character(self) -> str:
        if self._peek() == "&" and (found := _REFERENCE.match(self._source, self._at)):
            code = _referred(found)
            if code:
                self._at = found.end()
                return code
        self._at += 1
        return self._source[self._at - 1]

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._peek() and self._peek() not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _start(self, begin: int) -> None:
        self._at += 1
        tag = self._until(_SPACE + ">").lower()
        where = f"at byte offset {self._bytes(begin)}"
        if not self._peek():
            raise _cannot(f"Unclosed start tag {where}")
        if tag not in _TYPES:
            raise _cannot(f'Unsupported start tag "{tag}" {where}')
        argument = ""
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            argument = self._attribute(tag, where) or argument
        self._at += 1
        if tag == "span" and argument != "spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" {where}')
        nested_in = self._open[-1].tag if self._open else ""
        self._open.append(_Open(tag, argument, utf16(self._text), len(self._text), nested_in))

    def _attribute(self, tag: str, where: str) -> str:
        name = self._until(_SPACE + "=>").lower() if tag == "blockquote" else self._until(_SPACE + "=")
        if not name:
            raise _cannot(f'Empty attribute name in the tag "{tag}" {where}')
        self._skip_space()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return "expandable"
            raise _cannot(f'Expected equal sign in declaration of an attribute of the tag "{tag}" {where}')
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise _cannot(f'Unclosed start tag "{tag}" {where}')
        value = self._value()
        if not self._peek():
            raise _cannot(f"Unclosed start tag {where}")
        match tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "expandable"
        return ""

    def _value(self) -> str:
        if self._peek() not in "'\"":
            begin = self._at
            while self._peek().isalnum() or (self._peek() and self._peek() in ".-"):
                self._at += 1
            if self._peek() and self._peek() not in _SPACE + ">":
                raise _cannot(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return self._source[begin : self._at].lower()
        end = self._peek()
        self._at += 1
        value = ""
        while self._peek() and self._peek() != end:
            value += self._character()
        self._at += 1
        return value

    def _close(self, begin: int) -> None:
        where = f"at byte offset {self._bytes(begin)}"
        if not self._open:
            raise _cannot(f"Unexpected end tag {where}")
        self._at += 2
        tag = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise _cannot(f"Unclosed end tag {where}")
        self._at += 1
        last = self._open[-1]
        if tag and tag != last.tag:
            raise _cannot(f'Unmatched end tag {where}, expected "</{last.tag}>", found "</{tag}>"')
        self._open.pop()
        length = utf16(self._text) - last.offset
        if length:
            self._add(last, length)

    def _add(self, last: _Open, length: int) -> None:
        entity: Json = {"type": _TYPES[last.tag], "offset": last.offset, "length": length}
        match last.tag:
            case "a":
                url = last.argument or self._text[last.start :]
                if not re.match(r"(?:(?:https?|ftp|tg|ton|mailto|tel):|[\w-]+(?:\.[\w-]+)+)", url, re.IGNORECASE):
                    return  # what is no address stays text
                entity["url"] = url if ":" in url else f"http://{url}"
            case "tg-emoji":
                entity["custom_emoji_id"] = last.argument
            case "tg-time":
                entity["unix_time"] = int(last.argument or 0)
            case "code" if last.nested_in == "pre" and last.argument:
                entity = {**entity, "type": "pre", "language": last.argument}
            case "pre" if self._entities and self._entities[-1].get("language"):
                if (self._entities[-1]["offset"], self._entities[-1]["length"]) == (last.offset, length):
                    return
            case "blockquote" if last.argument == "expandable":
                entity["type"] = "expandable_blockquote"
        self._entities.append(entity)


def _cannot(why: str) -> Exception:
    return bad(f"can't parse entities: {why}")


def _referred(found: re.Match[str]) -> str:
    if found[3] is not None:
        return _NAMED.get(found[3], "")
    digits = found[1] or found[2]
    code = int(digits, 16 if found[1] else 10) if digits else 0
    return chr(code) if 0 < code < 0x10FFFF and found.end() - found.start() <= 10 else ""


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Return the text without blanks around it, and its entities where they are then."""
    left = utf16(text) - utf16(text.lstrip())
    kept = text.strip()
    most = utf16(kept)
    moved = []
    for entity in entities:
        start, end = entity["offset"] - left, entity["offset"] + entity["length"] - left
        start, end = max(0, start), min(most, end)
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved


def with_automatic(text: str, entities: list[Json]) -> list[Json]:
    """Return the entities and those Telegram finds in the rest of the text, in their order."""
    taken = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] in _OPAQUE]
    found = list(entities)
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            start = utf16(text[: match.start()])
            end = start + utf16(match[0])
            if all(end <= other or start >= last for other, last in taken):
                found.append({"type": kind, "offset": start, "length": end - start})
                taken.append((start, end))
    return sorted(found, key=lambda one: (one["offset"], -one["length"]))
