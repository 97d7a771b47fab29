"""What somebody sees: blocks, mrkdwn and mentions as plain text, buttons as ``[label]``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from tests.platforms.slack.schema import Json
from tests.platforms.slack.world import Message, User, View, World

_SPECIAL = re.compile(r"<([^<>]+)>")
_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_EMPHASIS = [re.compile(rf"(?<![\w{mark}]){mark}(\S(?:[^\n]*?\S)?){mark}(?![\w{mark}])") for mark in (r"\*", "_", "~")]
_BROADCASTS = {"!channel": "@channel", "!here": "@here", "!everyone": "@everyone"}
_DATES: dict[str, str] = {
    "date_num": "%Y-%m-%d",
    "date": "%B %-d, %Y",
    "date_short": "%b %-d, %Y",
    "date_long": "%A, %B %-d, %Y",
    "date_pretty": "%B %-d, %Y",
    "date_short_pretty": "%b %-d, %Y",
    "date_long_pretty": "%A, %B %-d, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
}


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class Screen:
    """A person's client: names for ids, times in the person's own zone."""

    def __init__(self, world: World, viewer: User | None = None) -> None:
        """Look with the eyes of ``viewer`` (None: of somebody in UTC who sees everything)."""
        self._world = world
        self._viewer = viewer
        self._zone: tzinfo = ZoneInfo(viewer.tz) if viewer else UTC
        self._kinds: dict[str, Callable[[Json], Iterable[str]]] = {
            "actions": self._actions,
            "context": self._context,
            "divider": lambda _block: ("---",),
            "header": lambda block: (self.text(block["text"]),),
            "image": lambda block: (f"({block['alt_text']})",),
            "input": self._input,
            "markdown": lambda block: (block["text"],),
            "rich_text": self._rich,
            "section": self._section,
            "table": self._table,
        }

    def sees(self, message: Message) -> bool:
        """Tell whether the message is there for this person."""
        if message.deleted:
            return False
        if self._viewer is None:
            return True
        return self._viewer in message.channel.members and message.only_for in {None, self._viewer}

    def message(self, message: Message) -> str:
        """Return what a message shows, empty when it shows nothing to this person."""
        if not self.sees(message):
            return ""
        parts = [self.blocks(message.blocks) if message.blocks else self.mrkdwn(message.text)]
        parts += [self.blocks(one.get("blocks", [])) or self.mrkdwn(one.get("text", "")) for one in message.attachments]
        parts += [f"(file {file.name}, {file.size} bytes)" for file in message.files]
        return "\n".join(part for part in parts if part)

    def view(self, view: View) -> str:
        """Return what a modal or the App Home shows."""
        content = view.content
        title = [content["title"]["text"]] if "title" in content else []
        ends = [f"[{content[part]['text']}]" for part in ("submit", "close") if content.get(part)]
        errors = [f"! {text}" for text in view.errors.values()]
        return "\n".join([*title, self.blocks(content["blocks"]), *errors, *ends])

    def blocks(self, blocks: list[Json]) -> str:
        """Return blocks as lines."""
        return "\n".join(line for block in blocks for line in self._kinds[block["type"]](block))

    def mrkdwn(self, text: str) -> str:
        """Return mrkdwn without its marks, with everything in angle brackets resolved."""
        pieces = _CODE.split(text)
        shown = []
        for number, piece in enumerate(pieces):
            if number % 2:
                shown.append(piece.strip("`").strip("\n") if piece.startswith("```") else piece[1:-1])
                continue
            for mark in _EMPHASIS:
                piece = mark.sub(r"\1", piece)  # noqa: PLW2901 - peeled layer by layer
            shown.append(piece)
        return _unescaped(_SPECIAL.sub(self._special, "".join(shown)))

    def text(self, value: Json) -> str:
        """Return a text object; ``plain_text`` is shown exactly as it was sent."""
        return value["text"] if value["type"] == "plain_text" else self.mrkdwn(value["text"])

    def _special(self, found: re.Match[str]) -> str:
        head, _, label = found[1].partition("|")
        if head in _BROADCASTS:
            return _BROADCASTS[head]
        if head.startswith("@"):
            user = self._world.users.get(head[1:])
            return f"@{user.name}" if user else "@unknown"
        if head.startswith("#"):
            channel = self._world.channels.get(head[1:])
            return f"#{channel.name}" if channel else "#unknown"
        if head.startswith("!date^"):
            return self._date(head, label)
        if head.startswith("!subteam^"):
            group = self._world.groups.get(head.partition("^")[2])
            return f"@{group.handle}" if group else label
        if head.startswith("!"):
            return label or head
        return label or head.removeprefix("mailto:")

    def _date(self, head: str, fallback: str) -> str:
        _, seconds, pattern, *_link = head.split("^")
        if not seconds.isdecimal():
            return fallback
        moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(self._zone)
        return re.sub(
            r"\{(\w+)\}", lambda part: moment.strftime(_DATES[part[1]]) if part[1] in _DATES else part[0], pattern
        )

    def _section(self, block: Json) -> Iterator[str]:
        if "text" in block:
            yield self.text(block["text"])
        for one in block.get("fields", []):
            yield self.text(one)
        if "accessory" in block:
            yield self._element(block["accessory"])

    def _actions(self, block: Json) -> Iterator[str]:
        yield " ".join(self._element(one) for one in block["elements"])

    def _context(self, block: Json) -> Iterator[str]:
        yield " ".join(self.text(one) if "text" in one else one["alt_text"] for one in block["elements"])

    def _input(self, block: Json) -> Iterator[str]:
        yield f"{block['label']['text']}: {self._element(block['element'])}"
        if "hint" in block:
            yield block["hint"]["text"]

    def _element(self, element: Json) -> str:
        match element["type"]:
            case "button":
                return f"[{element['text']['text']}]"
            case "image":
                return f"({element['alt_text']})"
            case "plain_text_input":
                return f"<{element.get('initial_value', '')}>"
            case _:
                labels = [one["text"]["text"] for one in element.get("options", [])]
                return f"<{' | '.join(labels)}>"

    def _rich(self, block: Json) -> Iterator[str]:
        for part in block["elements"]:
            if part["type"] == "rich_text_list":
                yield from (f"- {self._run(item['elements'])}" for item in part["elements"])
            else:
                yield self._run(part["elements"])

    def _run(self, elements: list[Json]) -> str:
        return "".join(self._inline(one) for one in elements)

    def _inline(self, one: Json) -> str:
        match one["type"]:
            case "text":
                return str(one["text"])
            case "link":
                return str(one.get("text") or one["url"])
            case "user":
                return self._special_text(f"<@{one['user_id']}>")
            case "channel":
                return self._special_text(f"<#{one['channel_id']}>")
            case "usergroup":
                return self._special_text(f"<!subteam^{one['usergroup_id']}>")
            case "broadcast":
                return f"@{one['range']}"
            case "date":
                return self._date(f"!date^{one['timestamp']}^{one['format']}", one.get("fallback", ""))
            case _:
                return f":{one.get('name', '')}:"

    def _special_text(self, text: str) -> str:
        return _SPECIAL.sub(self._special, text)

    def _table(self, block: Json) -> Iterator[str]:
        for row in block["rows"]:
            cells = [cell["text"] if cell["type"] == "raw_text" else "\n".join(self._rich(cell)) for cell in row]
            yield " | ".join(cells)


def notified(message: Message) -> set[str]:
    """Return everything in a message that rings somebody's bell, such as ``!channel`` or ``@U1``."""
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, list):
            for one in value:
                look(one)
        elif isinstance(value, dict):
            match value.get("type"):
                case "mrkdwn":
                    add(value["text"])
                case "broadcast":
                    found.add(f"!{value['range']}")
                case "user":
                    found.add(f"@{value['user_id']}")
                case "usergroup":
                    found.add(f"!subteam^{value['usergroup_id']}")
            look(list(value.values()))

    def add(text: str) -> None:
        heads = (part[1].partition("|")[0] for part in _SPECIAL.finditer(text))
        found.update(head for head in heads if head in _BROADCASTS or head.startswith(("@", "!subteam^")))

    look(message.blocks)
    add(message.text)
    return found
