"""How two bundles differ: the counts that go on a card, and the text behind Details."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher

from core.domain.hidden_text import visible
from core.domain.inspection import is_script, text_of
from core.domain.manifest import declared_tools
from core.domain.skills import BundleFile, SkillBundle, SkillDiff

_CONTEXT = 3
#: Characters of a unified diff; a reader's patience ends long before.
LARGEST_DIFF = 100_000
_LONGEST_LINE = 1_000
# These bound the time: a passage of over 100 x 100 lines in which no line occurs once counts as rewritten.
_SMALL_PASSAGE = 10_000
_DEEPEST_SEARCH = 12


def diff_bundles(old: SkillBundle | None, new: SkillBundle) -> SkillDiff:
    """Return what would change when ``new`` takes the place of ``old`` (None: of nothing)."""
    before = old.files if old else {}
    changed = [path for path in sorted(before.keys() & new.files.keys()) if before[path] != new.files[path]]
    added = sorted(new.files.keys() - before.keys())
    removed = sorted(before.keys() - new.files.keys())
    counts = [_count(before.get(path), new.files.get(path)) for path in (*added, *removed, *changed)]
    tools = set(declared_tools(old)) if old else set()
    return SkillDiff(
        first_install=old is None,
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
        lines_added=sum(plus for plus, _ in counts),
        lines_removed=sum(minus for _, minus in counts),
        changed_scripts=tuple(path for path in sorted([*added, *changed]) if is_script(path, new.files[path])),
        allowed_tools_added=tuple(tool for tool in declared_tools(new) if tool not in tools),
    )


def unified_diff(old: SkillBundle | None, new: SkillBundle, *, limit: int = LARGEST_DIFF) -> str:
    """Return the difference as text of at most about ``limit`` characters; binary files are only named.

    Hidden characters are shown as ``<U+202E>``, because this is what an approver reads.
    """
    before = old.files if old else {}
    paths = sorted(path for path in before.keys() | new.files.keys() if before.get(path) != new.files.get(path))
    shown: list[str] = []
    size = left_out = 0
    for line in (line for path in paths for line in _file_diff(path, before.get(path), new.files.get(path))):
        size += len(line) + 1
        if size <= limit:
            shown.append(line)
        else:
            left_out += 1
    if left_out:
        shown.append(f"... {left_out} more lines are not shown")
    return "\n".join(shown)


def _file_diff(path: str, old: BundleFile | None, new: BundleFile | None) -> Iterator[str]:
    name = visible(path)
    yield f"--- {'a/' + name if old else '/dev/null'}"
    yield f"+++ {'b/' + name if new else '/dev/null'}"
    if new and new.executable != (old.executable if old else False):
        yield "executable: yes" if new.executable else "executable: no longer"
    if old and new and old.content == new.content:
        return
    before = _lines(old)
    after = _lines(new)
    if before is None or after is None:
        yield f"binary file: {_bytes(old)} -> {_bytes(new)}"
        return
    for group in _LineMatcher(before, after).get_grouped_opcodes(_CONTEXT):
        yield f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@"
        for tag, begin, end, other_begin, other_end in group:
            if tag == "equal":
                yield from _marked(" ", before[begin:end])
            else:
                yield from _marked("-", before[begin:end])
                yield from _marked("+", after[other_begin:other_end])


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        text = line.removesuffix("\n")
        rest = len(text) - _LONGEST_LINE
        cut = text if rest <= 0 else f"{text[:_LONGEST_LINE]} ... {rest} more characters"
        # Tabs are ordinary in code; everything else that does not show is shown.
        yield mark + "\t".join(map(visible, cut.split("\t")))
        if text == line:
            yield "\\ No newline at end of file"


def _range(begin: int, end: int) -> str:
    """Return a range of lines as unified diffs write it: from 1, an empty one by the line before it."""
    length = end - begin
    return f"{begin + 1 if length else begin},{length}"


def _bytes(file: BundleFile | None) -> str:
    return f"{len(file.content)} bytes" if file else "nothing"


def _lines(file: BundleFile | None) -> list[str] | None:
    """Return the lines of a text file, none for no file, and None for a binary one."""
    if file is None:
        return []
    text = text_of(file)
    if text is None:
        return None
    # Only "\n" ends a line here; str.splitlines would also split at characters that editors show inside one.
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _count(old: BundleFile | None, new: BundleFile | None) -> tuple[int, int]:
    """Return (lines added, lines removed); a binary file has no lines."""
    before = _lines(old) or []
    after = _lines(new) or []
    if not before or not after:
        return len(after), len(before)
    same = sum(block.size for block in _LineMatcher(before, after).get_matching_blocks())
    return len(after) - same, len(before) - same


class _LineMatcher(SequenceMatcher[str]):
    """A SequenceMatcher whose time grows with the lines; the standard one's can grow with their cube."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(a=before, b=after)
        self._before = before
        self._after = after

    def get_matching_blocks(self) -> list[Match]:
        """Return the matching runs of lines in order, ending with the empty one."""
        blocks: list[Match] = []
        for left, right in _pairs(self._before, self._after, depth=0):
            last = blocks[-1] if blocks else Match(-1, -1, 0)
            if (left, right) == (last.a + last.size, last.b + last.size):
                blocks[-1] = Match(last.a, last.b, last.size + 1)
            else:
                blocks.append(Match(left, right, 1))
        return [*blocks, Match(len(self._before), len(self._after), 0)]


def _pairs(a: Sequence[str], b: Sequence[str], depth: int) -> list[tuple[int, int]]:
    """Return the positions of equal lines in order: patience diff, anchored on lines that occur once."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a = a[head : len(a) - tail]
    middle_b = b[head : len(b) - tail]
    if len(middle_a) * len(middle_b) <= _SMALL_PASSAGE:
        middle = _longest_common(middle_a, middle_b)
    else:
        middle = _between_anchors(middle_a, middle_b, depth)
    return [
        *((index, index) for index in range(head)),
        *((head + left, head + right) for left, right in middle),
        *((len(a) - index, len(b) - index) for index in range(tail, 0, -1)),
    ]


def _between_anchors(a: Sequence[str], b: Sequence[str], depth: int) -> list[tuple[int, int]]:
    if depth == _DEEPEST_SEARCH:
        return []
    pairs: list[tuple[int, int]] = []
    left = right = 0
    for next_left, next_right in _anchors(a, b):
        gap = _pairs(a[left:next_left], b[right:next_right], depth + 1)
        pairs += [(left + i, right + j) for i, j in gap]
        pairs.append((next_left, next_right))
        left, right = next_left + 1, next_right + 1
    if pairs:
        pairs += [(left + i, right + j) for i, j in _pairs(a[left:], b[right:], depth + 1)]
    return pairs


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest rising sequence of positions of lines that occur once in ``a`` and in ``b``."""
    times_a = Counter(a)
    times_b = Counter(b)
    place_in_b = {line: index for index, line in enumerate(b) if times_b[line] == 1}
    lows: list[int] = []
    ends: list[int] = []
    pairs: list[tuple[int, int, int]] = []
    for left, line in enumerate(a):
        right = place_in_b.get(line)
        if right is None or times_a[line] > 1:
            continue
        at = bisect_left(lows, right)
        pairs.append((left, right, ends[at - 1] if at else -1))
        lows[at : at + 1] = [right]
        ends[at : at + 1] = [len(pairs) - 1]
    rising: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        left, right, at = pairs[at]
        rising.append((left, right))
    return rising[::-1]


def _longest_common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest common subsequence by the textbook table; its cost is ``len(a) * len(b)``."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            table[i][j] = table[i + 1][j + 1] + 1 if a[i] == b[j] else max(table[i + 1][j], table[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
