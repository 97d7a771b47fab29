"""What a skill could do once installed: all that an approver must see, found in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import merge
from itertools import chain, islice
from typing import NamedTuple

from core.domain.hidden_text import find_hidden, visible
from core.domain.manifest import SKILL_FILE, extra_fields
from core.domain.remarks import Remarks
from core.domain.skills import BundleFile, Reach, ReachLevel, SkillBundle, SkillManifest

_SCRIPT_SUFFIXES = (
    *(".sh", ".bash", ".zsh", ".fish", ".ps1", ".psm1", ".bat", ".cmd", ".vbs", ".applescript"),
    *(".py", ".pyw", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"),
    *(".rb", ".pl", ".pm", ".php", ".lua", ".tcl", ".awk", ".r", ".jl", ".groovy"),
)
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdx")

# Every repetition below is bounded or possessive, so that hostile text costs a constant per character.
_AUTHORITY = re.compile(
    r"(?<=[A-Za-z0-9}]):(?://|\\/\\/)(?P<authority>[^\s/\\?#\"'`<>|(),;]{1,300})"
    r"|(?<![\w.-])git@(?P<git>[\w.-]{1,253}):"
)
# What every match of a pattern begins with, or holds; strings are found many times faster than patterns are tried.
_AUTHORITY_STARTS = ("://", ":\\/\\/", "git@")
# Of UTF-8: everything but the ASCII punctuation that matches hold.
_NO_SIGN = bytes(byte for byte in range(256) if chr(byte) not in ":|$<!\\")
_COMMAND_SIGNS = ("!`", "```!")
_LINE_NUMBER = re.compile(r":\d+(?= )")
_HTML_COMMENT = re.compile(r"<!--")
_COMMAND_INJECTION = re.compile(r"!`[^`\n]{1,200}`|^[ \t]{0,8}```![^\n]{0,80}", re.MULTILINE)
_DOWNLOAD = re.compile(r"\b(?:curl|wget|iwr|irm|Invoke-(?:WebRequest|RestMethod))\b", re.IGNORECASE)
# With -c, -e and the like an interpreter takes its program from there, and what is piped in is data.
_INTO_INTERPRETER = re.compile(
    r"\|[ \t]{0,8}(?:sudo[ \t]{1,8})?(?:[\w./-]{0,40}/)?(?:"
    r"(?:(?:ba|z|da|k|fi)?sh|iex|Invoke-Expression)\b|(?:python3?|node|perl|ruby|php)\b(?![ \t]{1,8}-[cmenpr]))",
    re.IGNORECASE,
)
_INTERPRETER = re.compile(r"\b(?:(?:ba|z|da|k|fi)?sh|eval|source)\b", re.IGNORECASE)
_OF_DOWNLOAD = re.compile(r"[$<]\([ \t]{0,8}(?:curl|wget)\b", re.IGNORECASE)
# A block of whole lines first (encoders wrap at 64 or 76), else a run inside a line.
_BASE64 = re.compile(
    r"(?:^[ \t]{0,16}+[A-Za-z0-9+/]{40,}+={0,2}[ \t\r]*+(?:\n|\Z))++"
    r"|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{200,}+={0,2}",
    re.MULTILINE,
)
_SHORTEST_BASE64 = 200
_SHORTEST_BASE64_LINE = 40
# Of UTF-8: what base64 may hold becomes one letter, everything else another.
_AS_BASE64 = bytes(
    ord("a") if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "+/") else ord("-") for byte in range(256)
)

# A noisy file must not push the others off the card, nor a noisy skill fill the record.
_PLACES_PER_FILE = 10
_MATCHES_PER_FILE = 10_000
_LONGEST_LIST = 100
_LONGEST_QUOTE = 80


class _Place(NamedTuple):
    offset: int
    what: str


class _Finding(NamedTuple):
    level: ReachLevel
    text: str


class _TextFile:
    """A text file and its line numbers."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._line_ends: list[int] | None = None

    @cached_property
    def signs(self) -> frozenset[str]:
        """The punctuation it holds, found in one pass: most files lack what most searches begin with."""
        return frozenset(self.text.encode().translate(None, _NO_SIGN).decode())

    @property
    def is_markdown(self) -> bool:
        return self.path.lower().endswith(_MARKDOWN_SUFFIXES)

    def line(self, offset: int) -> int:
        if self._line_ends is None:
            self._line_ends = [match.start() for match in re.finditer("\n", self.text)]
        return bisect_left(self._line_ends, offset) + 1

    def places(self, *found: Iterable[_Place]) -> Iterator[str]:
        """Yield "path:line what" in order, each once and no more than one file may have."""
        path = visible(self.path)
        first = sorted(chain.from_iterable(islice(places, _MATCHES_PER_FILE) for places in found))
        texts = dict.fromkeys(f"{path}:{self.line(place.offset)} {place.what}" for place in first)
        yield from islice(texts, _PLACES_PER_FILE)
        if len(texts) > _PLACES_PER_FILE:
            yield f"{path}: {Remarks.more()}"


def assess_reach(bundle: SkillBundle, manifest: SkillManifest) -> Reach:
    """Return how far ``bundle`` reaches and why; long lists are cut with a last entry that says so."""
    texts = []
    binaries = []
    for path, file in sorted(bundle.files.items()):
        text = text_of(file)
        if text is None:
            binaries.append(path)
        else:
            texts.append(_TextFile(path, text))
    scripts = [path for path, file in sorted(bundle.files.items()) if is_script(path, file)]
    executables = [path for path, file in sorted(bundle.files.items()) if file.executable]
    hosts = sorted({host for text in texts for host in _hosts(text)})
    findings = list(chain(_field_findings(bundle), *map(_path_findings, sorted(bundle.files)), *map(_findings, texts)))
    levels = {finding.level for finding in findings}
    if hosts or ReachLevel.REMOTE in levels:
        level = ReachLevel.REMOTE
    elif findings or scripts or executables or binaries or manifest.allowed_tools:
        level = ReachLevel.PRIVILEGED
    else:
        level = ReachLevel.CONTAINED
    return Reach(
        level=level,
        scripts=_cut(map(visible, scripts)),
        executables=_cut(map(visible, executables)),
        allowed_tools=_cut(map(visible, manifest.allowed_tools)),
        hosts=_cut(hosts),
        binaries=_cut(map(visible, binaries)),
        hidden=_cut(chain(_hidden_names(bundle, manifest), *map(_hidden, texts))),
        findings=_cut(finding.text for finding in findings),
    )


def widens(before: Reach, after: Reach) -> bool:
    """Whether ``after`` could do anything that ``before`` could not; the lines at which it is found do not count."""
    levels = list(ReachLevel)
    if levels.index(after.level) > levels.index(before.level):
        return True
    kinds = ("allowed_tools", "hosts", "binaries", "hidden", "findings")
    return any(_anywhere(getattr(after, kind)) - _anywhere(getattr(before, kind)) for kind in kinds)


def _anywhere(reasons: tuple[str, ...]) -> set[str]:
    return {_LINE_NUMBER.sub("", reason) for reason in reasons}


def is_script(path: str, file: BundleFile) -> bool:
    """Tell whether a file looks like a program: by its folder, its name, its first line or its mode."""
    folders = path.split("/")[:-1]
    return (
        file.executable
        or "scripts" in folders
        or path.lower().endswith(_SCRIPT_SUFFIXES)
        or file.content.startswith(b"#!")
    )


def text_of(file: BundleFile) -> str | None:
    """Return the text of a file; None when it is binary (not UTF-8, or with NUL bytes)."""
    if b"\0" in file.content:
        return None
    try:
        return file.content.decode()
    except UnicodeDecodeError:
        return None


def _hosts(file: _TextFile) -> Iterator[str]:
    """Yield the hosts of all URLs; a computed one, such as ``{region}.example.com``, as it is written."""
    for match in _beginning_with(_AUTHORITY_STARTS, _AUTHORITY, file.text) if ":" in file.signs else ():
        # In https://github.com@evil.example/ the first part only looks like the host: name both.
        *users, authority = (match["authority"] or match["git"]).split("@")
        for part in (*(user for user in users if "." in user), authority):
            host = part.partition("]")[0] + "]" if part.startswith("[") else part.partition(":")[0].rstrip("].!*_")
            if any(char.isalnum() for char in host):
                yield visible(host if "{" in host else host.lower())


def _beginning_with(starts: tuple[str, ...], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer(text)`` would, if every match begins with one of ``starts``."""
    end = 0
    for offset in merge(*(_offsets(start, text) for start in starts)):
        if offset >= end and (match := pattern.match(text, offset)):
            yield match
            end = match.end()


def _offsets(part: str, text: str) -> Iterator[int]:
    offset = text.find(part)
    while offset >= 0:
        yield offset
        offset = text.find(part, offset + 1)


def _hidden_names(bundle: SkillBundle, manifest: SkillManifest) -> Iterator[str]:
    for path in sorted(bundle.files):
        for kind in sorted({hidden.kind for hidden in find_hidden(path)}):
            yield f"{visible(path)}: {Remarks.in_name(kind)}"
    # YAML escapes such as "\u200b" are plain in the file and hidden in the value.
    for kind in sorted({hidden.kind for hidden in find_hidden(manifest.description)}):
        yield f"{SKILL_FILE}: {Remarks.in_description(kind)}"


def _hidden(file: _TextFile) -> Iterator[str]:
    comments = _HTML_COMMENT.finditer(file.text) if file.is_markdown else iter(())
    return file.places(
        (_Place(hidden.offset, hidden.kind) for hidden in find_hidden(file.text)),
        (_Place(match.start(), Remarks.html_comment()) for match in comments),
        _base64(file.text),
    )


def _base64(text: str) -> Iterator[_Place]:
    if b"a" * _SHORTEST_BASE64_LINE not in text.encode().translate(_AS_BASE64):
        return
    for match in _BASE64.finditer(text):
        encoded = "".join(match[0].split())
        is_ruler = not encoded.strip("/+")
        if len(encoded) >= _SHORTEST_BASE64 and not is_ruler:
            yield _Place(match.start(), Remarks.base64(len(encoded)))


def _field_findings(bundle: SkillBundle) -> Iterator[_Finding]:
    for name in extra_fields(bundle):
        if "mcp" in name.lower():
            field = Remarks.in_front_matter(visible(name, _LONGEST_QUOTE))
            yield _Finding(ReachLevel.REMOTE, f"{SKILL_FILE}: {field}")
        elif name.lower() == "hooks":
            yield _Finding(ReachLevel.PRIVILEGED, f"{SKILL_FILE}: {Remarks.hooks()}")


def _path_findings(path: str) -> Iterator[_Finding]:
    *folders, name = path.lower().split("/")
    if name == ".mcp.json":
        yield _Finding(ReachLevel.REMOTE, f"{visible(path)}: {Remarks.mcp_servers()}")
    if ".claude-plugin" in folders or "hooks" in folders:
        yield _Finding(ReachLevel.PRIVILEGED, f"{visible(path)}: {Remarks.runs_unasked()}")


def _findings(file: _TextFile) -> Iterator[_Finding]:
    if file.path.lower().endswith(("agents/openai.yaml", "agents/openai.yml")) and "dependencies" in file.text:
        yield _Finding(ReachLevel.REMOTE, f"{visible(file.path)}: {Remarks.dependencies()}")
    for text in file.places(_downloads(file)):
        yield _Finding(ReachLevel.REMOTE, text)
    may_command = file.is_markdown and "!" in file.signs and any(sign in file.text for sign in _COMMAND_SIGNS)
    commands = _COMMAND_INJECTION.finditer(file.text) if may_command else iter(())
    for text in file.places(_Place(match.start(), Remarks.command(_quote(match[0]))) for match in commands):
        yield _Finding(ReachLevel.PRIVILEGED, text)


def _downloads(file: _TextFile) -> Iterator[_Place]:
    """Yield the lines that run what they download: ``curl ... | sh``, ``sh -c "$(curl ...)"`` and their like."""
    # Most texts, and most lines, lack the sign that the inner pattern begins with.
    kinds = [
        (sign, outer, inner)
        for sign, outer, inner in (
            ("|", _DOWNLOAD, _INTO_INTERPRETER),
            ("$(", _INTERPRETER, _OF_DOWNLOAD),
            ("<(", _INTERPRETER, _OF_DOWNLOAD),
        )
        if sign[0] in file.signs and sign in file.text
    ]
    offset = 0
    # A shell joins continued lines before it reads them; the length, and so every offset, stays.
    joined = file.text.replace("\\\n", "  ") if kinds and "\\" in file.signs else file.text
    for line in joined.split("\n") if kinds else ():
        for sign, outer, inner in kinds:
            first = outer.search(line) if sign in line else None
            last = inner.search(line, first.end()) if first else None
            if first and last:
                yield _Place(offset + first.start(), Remarks.download(_quote(line[first.start() : last.end()])))
        offset += len(line) + 1


def _quote(text: str) -> str:
    return visible(" ".join(text.split()), _LONGEST_QUOTE)


def _cut(items: Iterable[str]) -> tuple[str, ...]:
    every = tuple(items)
    if len(every) <= _LONGEST_LIST:
        return every
    return (*every[:_LONGEST_LIST], str(Remarks.this_many_more(len(every) - _LONGEST_LIST)))
