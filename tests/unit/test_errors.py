"""The exception tree: a sentence for every error, filled by everybody who raises it, and drawn as it is."""

from __future__ import annotations

import ast
import inspect
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import errors
from core.errors import DiskFull, ErrorType, InvalidSource, SkillwardenError, StorageError, UnknownSkill

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("bot", "core", "storage") for path in (ROOT / folder).rglob("*.py"))
CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, SkillwardenError)
}

_LEVEL = 3  # columns of the drawing for each generation


def placeholders(error: type[SkillwardenError]) -> set[str]:
    """Return what the sentence of ``error`` has to be filled with."""
    sentence = inspect.cleandoc(error.__doc__ or "")
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def raisers() -> Iterator[tuple[str, type[SkillwardenError], ast.Call | None]]:
    """Yield every place that makes an error: where, which one, and the call (None: the bare class is raised)."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                maker, call = node.func, node
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name | ast.Attribute):
                maker, call = node.exc, None
            else:
                continue
            name = maker.id if isinstance(maker, ast.Name) else getattr(maker, "attr", "")
            if name in CLASSES:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", CLASSES[name], call


def drawn() -> dict[str, str]:
    """Return the tree of the module's docstring: each class and its parent."""
    parents: dict[str, str] = {}
    line_parent = {0: "SkillwardenError"}
    for line in (errors.__doc__ or "").splitlines():
        branch = re.match(r"    (?P<stems>[ |]*)[|`]- (?P<names>.+)", line)
        if branch is None:
            continue
        depth = len(branch["stems"]) // _LEVEL
        names, *description = re.split(r" {2,}", branch["names"])
        if description:
            line_parent[depth + 1] = names
        for name, children in re.findall(r"(\w+)(?: \(([^)]*)\))?", names):
            parents[name] = line_parent[depth]
            parents |= dict.fromkeys(re.findall(r"\w+", children), name)
    return parents


@pytest.mark.parametrize("error", CLASSES.values(), ids=CLASSES)
def test_every_error_is_a_sentence(error: type[SkillwardenError]) -> None:
    """The docstring is what a person reads: it begins like a sentence, and it ends like one."""
    assert "__doc__" in vars(error)
    sentence = " ".join(inspect.cleandoc(error.__doc__ or "").split())
    assert re.match(r'["#{A-Z]', sentence), sentence
    assert sentence.endswith("."), sentence


@pytest.mark.parametrize("error", CLASSES.values(), ids=CLASSES)
def test_no_error_takes_every_request_for_an_installation(error: type[SkillwardenError]) -> None:
    """Who syncs, rolls back or uninstalls is not told that nothing was installed."""
    assert "othing was installed" not in (error.__doc__ or "")


@pytest.mark.parametrize("error", CLASSES.values(), ids=CLASSES)
def test_a_filled_sentence_keeps_no_braces(error: type[SkillwardenError]) -> None:
    """With all its placeholders given the error reads well; without one of them it cannot be made."""
    names = placeholders(error)
    filled = str(error(**dict.fromkeys(names, "something")))
    assert not {"{", "}"} & set(filled)
    for missing in names:
        with pytest.raises(KeyError, match=missing):
            error(**dict.fromkeys(names - {missing}, "something"))


def test_whoever_raises_an_error_fills_its_sentence() -> None:
    """Wherever an error is made, the keyword arguments are exactly the placeholders of its sentence."""
    found = list(raisers())
    wrong = [
        f"{where}: {error.__name__} takes {sorted(placeholders(error))}"
        for where, error, call in found
        if {keyword.arg for keyword in (call.keywords if call else ())} != placeholders(error)
        or (call is not None and call.args)
    ]
    # A bare class is a node of its own only when it is raised: a raised call is found as the call.
    assert len(found) > 50
    assert wrong == []


def test_every_code_is_unique() -> None:
    """Programs tell errors apart by their code: each class has its own."""
    codes = Counter(error.code for error in CLASSES.values())
    assert [code for code, count in codes.items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", code) for code in codes)


def test_the_drawing_is_the_tree() -> None:
    """The module's docstring shows every class below its parent, and no class that is not there."""
    assert drawn() == {
        name: error.__mro__[1].__name__ for name, error in CLASSES.items() if error is not SkillwardenError
    }


@pytest.mark.parametrize(("name", "kind"), re.findall(r"- (\w+) .*\(ErrorType\.(\w+)\)", errors.__doc__ or ""))
def test_a_branch_has_the_kind_that_is_drawn_beside_it(name: str, kind: str) -> None:
    """Every error of a branch is recorded as the kind of error the drawing names."""
    members = [error for error in CLASSES.values() if issubclass(error, CLASSES[name])]
    assert {error.error_type for error in members} == {ErrorType[kind]}


def test_all_five_kinds_are_drawn() -> None:
    """Each of the five kinds an ErrorOccurred event knows has its branch."""
    assert set(re.findall(r"ErrorType\.(\w+)", errors.__doc__ or "")) == {kind.name for kind in ErrorType}


def test_parameters_stay_with_the_error() -> None:
    """The parts of the sentence can be said again in another language."""
    error = UnknownSkill(name="pdf")
    assert error.params == {"name": "pdf"}
    assert error.msgid.format(**error.params) == str(error)


def test_a_brace_in_a_parameter_is_only_text() -> None:
    """What somebody typed is filled in, never filled again."""
    assert "{reason} {0}" in str(InvalidSource(source="{reason} {0}", reason="it is odd"))


def test_scripts_hear_alike_of_whatever_keeps_things_from_being_stored() -> None:
    """A full disk of the home, of the database or of its server: it is one kind of trouble."""
    assert DiskFull.exit_code == StorageError.exit_code == 74
