"""No sentence goes past the catalogue: what is handed to a card, an answer or the terminal comes out of ``say``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

#: What shows text to people.
SHOWN = {
    "Card", "Fact", "Button", "Step", "Section", "Table", "Choice", "TextField", "ChoicesField", "Option", "Form",
    "echo", "secho", "print", "reply", "tell", "_announce", "announce", "BadParameter", "plain_text", "_context",
}  # fmt: skip
#: What makes a finding: its first argument is the name of the check, or a place, by which it is looked up.
FINDS = {"ok", "warning", "problem", "_Place", "_Finding"}
#: Lists of sentences that people read.
REMARKS = {"warnings", "remarks", "problems"}
#: Arguments of those that are typed or looked up, never read as a sentence; ``help`` is translated with the command.
NOT_READ = {"typed", "press", "kind", "param_hint", "token", "help", "metavar"}
#: What takes the reasons that stand inside a sentence of an error: words of ours are ``Words`` there.
REASONS = {"reason", "detail", "problem", "problems", "what", "reasons"}
#: What puts a text into somebody's language, or is told one that is there already.
SAYS = {"say", "_say", "say_many", "_say_many", "sentence", "_sentence", "Words", "say_error", "error"}

#: Files whose texts stay English, and why.
ALLOWED = {
    "bot/api": "programs read it, and OpenAPI has one language",
    "bot/http_app.py": "as bot/api",
    "core/services/retention.py": "its reason is one of the record's own",
}


def sources() -> Iterator[Path]:
    """Yield what may speak to people."""
    for path in sorted(path for folder in ("bot", "core", "storage") for path in ROOT.glob(f"{folder}/**/*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not any(name == allowed or name.startswith(f"{allowed}/") for allowed in ALLOWED):
            yield path


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the literal texts that ``node`` can come to, but for those that were said in somebody's language."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "" for part in values)
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case ast.BinOp(left=left, right=right):
            yield from texts(left)
            yield from texts(right)
        case ast.BoolOp(values=several) | ast.Tuple(elts=several) | ast.List(elts=several):
            for one in several:
                yield from texts(one)
        case _:
            pass


def is_sentence(text: str) -> bool:
    """Whether ``text`` has two words."""
    return sum(any(letter.isalpha() for letter in word) for word in text.split()) > 1


def called(node: ast.Call) -> str:
    """Return the name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def untranslated(source: str) -> list[tuple[int, str]]:
    """Return the sentences in ``source`` that reach people as they stand in the code, with their lines."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or called(node) in SAYS:
            continue
        is_shown = called(node) in SHOWN
        shown = [*(node.args if is_shown else ()), *(k.value for k in node.keywords if _is_read(k, is_shown=is_shown))]
        shown += _found(node)
        found += [(one.lineno, text) for one in shown for text in texts(one) if is_sentence(text)]
    return found


def _found(node: ast.Call) -> list[ast.expr]:
    """Return what a call says of something that was looked at: as a finding, or in a list of remarks."""
    match node.func:
        case ast.Name(id=name) if name in FINDS:
            return node.args[1:]
        case ast.Attribute(attr="append", value=ast.Name(id=name)) if name in REMARKS:
            return node.args
        case _:
            return []


def unworded(source: str) -> list[int]:
    """Return the lines of ``source`` on which an error gets a reason that is not a call of what makes ``Words``."""
    tree = ast.parse(source)
    makers = {"Words"} | {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "Words"
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    reasons = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "reason"]
    return [one.lineno for one in reasons if not (isinstance(one, ast.Call) and called(one) in makers)]


def _is_read(keyword: ast.keyword, *, is_shown: bool) -> bool:
    return keyword.arg in REASONS or (is_shown and keyword.arg not in NOT_READ)


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_people_read_is_in_the_catalogue(path: Path) -> None:
    """A literal sentence in a card, on the terminal or in a reason would be English to everybody."""
    assert untranslated(path.read_text(encoding="utf-8")) == []


def test_why_the_database_cannot_be_used_is_words() -> None:
    """A reason out of a table of plain texts, filled or not, would be English inside a sentence in any language."""
    paths = sorted(ROOT.glob("storage/**/*.py"))
    found = {path.relative_to(ROOT).as_posix(): unworded(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert sum("reason=" in path.read_text(encoding="utf-8") for path in paths) > 5


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('StorageError(reason="it is locked")', True),
        ('StorageError(reason=f"{where} is locked")', True),
        ("StorageError(reason=REASONS[code].format(where=where))", True),
        ("def _why() -> str: ...\nStorageError(reason=_why())", True),
        ('StorageError(reason=Words("{where} is locked", where=where))', False),
        ("def _why() -> Words: ...\nStorageError(reason=_why())", False),
    ],
)
def test_only_what_makes_words_makes_a_reason(code: str, *, is_found: bool) -> None:
    """The check itself takes words, and functions that promise them, for nothing else."""
    assert bool(unworded(code)) is is_found


@pytest.mark.parametrize("allowed", ALLOWED)
def test_what_may_stay_english_still_exists(allowed: str) -> None:
    """The list of exceptions gets shorter, and says why of each."""
    assert (ROOT / allowed).exists()
    assert ALLOWED[allowed]


@pytest.mark.parametrize(
    "code",
    [
        'Card(title="Nothing was changed.")',
        'Card(title=f"{name} was changed")',
        'Card(title=say("ok"), lines=(line, "not quite done"))',
        'typer.echo("all done" if done else say("Not yet."))',
        'InvalidInput(detail=f"{user.name} is not active")',
        'ok("home", f"{path} can be written")',
        'warnings.append(f"{name} is not text")',
        '_Place(match.start(), "HTML comment")',
        'ChannelError(channel=NAME, reason=name or "no answer in time")',
    ],
)
def test_a_sentence_in_the_code_is_found(code: str) -> None:
    """The check itself sees through conditions, alternatives, lists and what is filled in."""
    assert untranslated(code)


@pytest.mark.parametrize(
    "code",
    [
        'Card(title=say("Nothing was changed."))',
        'Button(label=say("Approve"), typed=f"reject {code} because it is late")',
        'InvalidInput(detail=Words("{name} is not active", name=user.name))',
        'typer.echo(f"#{code}  {status}")',
        '_log.warning("the language model is too slow")',
        'problem("Slack address", Words("it is not set"))',
    ],
)
def test_what_was_said_in_a_language_is_not(code: str) -> None:
    """Names, codes and what is typed need no translation."""
    assert untranslated(code) == []
