"""Many places in one request: one card that lives, one approval, bounded work, and one broken place stops no other."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.console.adapter import Console
from bot.channels.console.render import CardRenderer as ConsoleRenderer
from bot.channels.slack.render import CardRenderer as SlackRenderer
from bot.installers.filesystem import FilesystemInstaller
from bot.locale.translator import Catalogues
from bot.tasks import CONCURRENCY
from core.domain.actions import Retry
from core.domain.approvals import ApprovalStatus
from core.domain.base import new_id
from core.domain.cards import Card, Mark, PressAction
from core.domain.consents import Consent
from core.domain.executions import ExecutionStatus, InstallRun, RunAction, RunStatus
from core.domain.messages import ConversationRef, MessageRef
from core.domain.skills import SkillBundle
from core.errors import TargetReadOnly
from core.services.presenter import outcome_card, request_card
from core.services.reader import Reader
from core.services.views import RequestView
from tests.clock import START
from tests.harness import Talk, code_in, talking
from tests.platforms.git_repo import skill_md
from tests.platforms.slack.blocks import check_blocks, too_long
from tests.plugins.golden import Golden
from tests.request_stories import approved, ended, going
from tests.request_views import skill, subject, target

SKILLS = (
    *("agenda", "budget", "charts", "contracts", "csv-tools", "email-drafts", "excel", "fonts", "glossary", "images"),
    *("invoices", "latex", "ocr", "slides"),
)
PROVIDERS = ("claude", "gemini", "openai")
PLACES = len(SKILLS) * len(PROVIDERS)
SENTENCE = f"install {', '.join(SKILLS[:-1])} and {SKILLS[-1]} on claude, gemini and openai"

Install = Callable[[FilesystemInstaller, str, SkillBundle, str | None], Awaitable[None]]


class Shown:
    """What the bot posted and edited, copy by copy. ``before_edit`` is waited for before an edit goes through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen at the console."""
        self.posts: list[tuple[str, Card]] = []
        self.edits: list[tuple[str, Card]] = []
        self.before_edit: Callable[[str, Card], Awaitable[None]] = self._at_once
        post, edit = Console.post, Console.edit

        async def posting(console: Console, conversation: ConversationRef, card: Card, **named: Any) -> MessageRef:
            self.posts.append((conversation.conversation_id, card))
            return await post(console, conversation, card, **named)

        async def editing(console: Console, message: MessageRef, card: Card, **named: Any) -> None:
            await self.before_edit(message.conversation.conversation_id, card)
            self.edits.append((message.conversation.conversation_id, card))
            await edit(console, message, card, **named)

        monkeypatch.setattr(Console, "post", posting)
        monkeypatch.setattr(Console, "edit", editing)

    @staticmethod
    async def _at_once(_person: str, _card: Card) -> None:
        return

    def edits_for(self, person: str) -> list[Card]:
        """Return how the copies of ``person`` changed."""
        return [card for who, card in self.edits if who == person]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Listen to what is shown."""
    return Shown(monkeypatch)


@pytest.fixture
async def talk(tmp_path: Path, shown: Shown) -> AsyncIterator[Talk]:
    """A demo whose repository and catalogue hold all of ``SKILLS``, and alice, who has asked for all of them."""
    assert not shown.posts
    async with talking(tmp_path / "home") as opened:
        opened.source.commit({f"skills/{name}/SKILL.md": skill_md(name) for name in SKILLS}, branch="main")
        async with opened.database.begin() as uow:
            model = await uow.skills.by_name("pdf")
            assert model is not None
            for name in SKILLS:
                new = model.evolve(id=new_id(opened.clock.now()), name=name, title=name, path=f"skills/{name}")
                await uow.skills.add(new)
            await uow.commit()
        yield opened


def wrap_install(monkeypatch: pytest.MonkeyPatch, around: Callable[[Callable[[], Awaitable[None]]], Any]) -> None:
    """Have every installation done by ``around``, which gets the real one."""
    install = FilesystemInstaller.install

    async def installing(
        installer: FilesystemInstaller, name: str, bundle: SkillBundle, *, replacing: str | None, consent: Consent
    ) -> None:
        await around(lambda: install(installer, name, bundle, replacing=replacing, consent=consent))

    monkeypatch.setattr(FilesystemInstaller, "install", installing)


def progress(card: Card) -> str:
    """Return how far the installations are, as the checklist says it."""
    return next((step.fact for step in card.steps if step.label == "install"), "")


async def approve(talk: Talk, code: str) -> str:
    """Approve as bob and return what alice reads then."""
    await talk("/as bob")
    await talk(f"approve {code}")
    return await talk("/as alice")


async def test_many_places_take_one_card_and_one_approval_and_go_several_at_a_time(
    talk: Talk, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one card is edited while places are still to do, and never are more than so many under way - but so many."""
    seen, full = asyncio.Event(), asyncio.Event()
    busy: list[int] = []
    begun = 0

    async def watch(person: str, card: Card) -> None:
        if person == "alice" and progress(card) not in {"", f"0 of {PLACES} done", f"{PLACES} of {PLACES} done"}:
            seen.set()

    async def around(install: Callable[[], Awaitable[None]]) -> None:
        nonlocal begun
        begun += 1
        busy.append(1)
        assert len(busy) <= CONCURRENCY
        if len(busy) == CONCURRENCY:
            full.set()
        await full.wait()  # nobody goes on until as many as are allowed have come
        if begun > PLACES // 2:
            await seen.wait()  # nor the second half until alice saw how far it is
        await install()
        busy.pop()

    shown.before_edit = watch
    wrap_install(monkeypatch, around)
    code = code_in(await talk(SENTENCE))
    assert [who for who, card in shown.posts if who == "alice" and card.code == code] == ["alice"]
    assert (await talk.request(code)).status is ApprovalStatus.PENDING
    printed = await approve(talk, code)
    assert f"Installed {len(SKILLS)} skills on Claude, Gemini, OpenAI" in printed
    assert (await talk.execution(code)).status is ExecutionStatus.COMPLETED
    assert [run.status for run in await talk.runs(code)] == [RunStatus.SUCCESS] * PLACES
    for name in SKILLS:
        assert {(talk.skill(name, provider) / "SKILL.md").read_text() for provider in PROVIDERS} == {skill_md(name)}
    # The request's card and its outcome: edits alert nobody.
    assert len([card for who, card in shown.posts if who == "alice" and card.code == code]) == 2
    assert not shown.edits_for("alice")[-1].steps


async def test_one_broken_place_stops_no_other_and_edits_wait_for_each_other(
    talk: Talk, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one edit is under way all that changes becomes one more, and a retry is for what failed alone."""
    everything, installed = asyncio.Event(), 0

    async def hold(person: str, _card: Card) -> None:
        if person == "alice":
            await everything.wait()

    async def around(install: Callable[[], Awaitable[None]]) -> None:
        nonlocal installed
        try:
            await install()
        finally:
            installed += 1
            if installed == PLACES - 1:  # the broken one is not even tried
                everything.set()

    code = code_in(await talk(SENTENCE))
    link = talk.skill("ocr", "gemini")
    link.symlink_to(talk.home)
    before = len(shown.edits_for("alice"))
    shown.before_edit = hold
    wrap_install(monkeypatch, around)
    printed = await approve(talk, code)
    # One was held back until all were in place; after that no more than the last few runs were still to be recorded.
    assert 2 <= len(shown.edits_for("alice")) - before <= CONCURRENCY + 3
    assert "Partly done: install 14 skills on Claude, Gemini, OpenAI" in printed
    assert "ocr on Gemini failed:" in printed
    runs = await talk.runs(code)
    assert sorted(run.status for run in runs) == sorted([RunStatus.FAILED] + [RunStatus.SUCCESS] * (PLACES - 1))
    assert (await talk.execution(code)).status is ExecutionStatus.FAILED
    there = [talk.skill(name, provider) for name in SKILLS for provider in PROVIDERS]
    assert [place for place in there if place.is_symlink() or not (place / "SKILL.md").is_file()] == [link]
    link.unlink()
    assert "[1] Retry failed" in printed
    again = code_in(await talk("/press 1"))
    await approve(talk, again)
    (retry,) = await talk.runs(again)
    assert (retry.action, retry.status, retry.attempt) == (RunAction.RETRY, RunStatus.SUCCESS, 2)
    assert (link / "SKILL.md").read_text() == skill_md("ocr")


TWENTY = (*SKILLS, "mail-merge", "outlines", "pdf-forms", "quotes", "html-export", "data-cleaning")
FORTY = subject(
    [skill(name) for name in TWENTY],
    [target(provider, name) for name in TWENTY for provider in ("Claude", "Gemini")],
)
READER = Reader(Catalogues(), None, START)


def story(installs: str) -> RequestView:
    """Return the request for forty places, each in the state that its letter stands for."""
    if "r" in installs or "t" in installs:
        return going(FORTY, installs)
    marks = "".join(f"ddd{installs[at : at + 2]}" for at in range(0, len(installs), 2))
    errors = [TargetReadOnly(provider=one.provider, path=one.location) for one in FORTY.targets]
    failures = [error for error, state in zip(errors, installs, strict=True) if state == "f"]
    done = ended(
        FORTY,
        ExecutionStatus.FAILED if failures else ExecutionStatus.COMPLETED,
        marks,
        decision=approved(FORTY),
        error=failures[-1] if failures else None,
    )
    return done.evolve(
        runs=tuple(
            InstallRun(
                id=f"run-{number}",
                execution_id="e-1",
                skill_id=one.skill_id,
                provider_id=one.provider_id,
                triggered_by="u-alice",
                action=RunAction.INSTALL,
                status=RunStatus.FAILED if state == "f" else RunStatus.SUCCESS,
                error_message=str(error) if state == "f" else None,
                created_at=START,
            )
            for number, (one, error, state) in enumerate(zip(FORTY.targets, errors, installs, strict=True))
        )
    )


STORIES = {
    "running": story("dd" * 9 + "df" + "dd" * 2 + "fr" + "rr" * 3 + "tt" * 4),
    "between_two": story("dd" * 12 + "df" + "tt" * 7),
    "partly_failed": story("dd" * 9 + "df" + "dd" * 4 + "df" + "fd" + "dd" * 4),
    "all_failed": story("ff" * 20),
    "done": story("dd" * 20),
}


def pressable(card: Card) -> Card:
    """Return ``card`` with buttons that can be pressed."""
    return card.evolve(buttons=tuple(one.evolve(token=f"t-{n}") for n, one in enumerate(card.buttons)))


@pytest.mark.parametrize("name", STORIES)
def test_forty_places_read_as_agreed(name: str, golden: Golden) -> None:
    """The card on the console and on Slack is the golden file, and Slack takes it whole: nothing is shortened."""
    card = pressable(request_card(STORIES[name], READER))
    lines = ConsoleRenderer(Catalogues(), "en").whole(card)
    golden.check(f"many_targets/{name}.txt", "".join(f"{line}\n" for line in lines))
    rendered = SlackRenderer(Catalogues(), "en").message(card)
    blocks: list[Any] = rendered.blocks
    assert check_blocks(blocks, "message") == []
    assert not too_long(blocks)
    shown = json.dumps({"text": rendered.text, "blocks": blocks}, indent=1, ensure_ascii=False)
    assert "Shortened" not in shown
    golden.check(f"many_targets/{name}.json", f"{shown}\n")


@pytest.mark.parametrize("name", ["running", "between_two", "done"])
def test_forty_places_fit_a_phone(name: str) -> None:
    """Places are taken together: while it runs and once it is done the card is half a screen."""
    assert len(ConsoleRenderer(Catalogues(), "en").whole(pressable(request_card(STORIES[name], READER)))) <= 8


@pytest.mark.parametrize("name", STORIES)
def test_no_failed_place_is_left_out(name: str) -> None:
    """However many fail, each of them is named with its provider, before anything that is busy or done."""
    view = STORIES[name]
    card = request_card(view, READER)
    failed = [step for step in view.steps if step.mark is Mark.FAILED]
    lines = [f"{step.label} {step.fact}" for step in card.steps if step.mark is Mark.FAILED]
    for step in failed:
        names = [line for line in lines if str(step.data["provider"]) in line]
        assert any(str(step.data["skill"]) in line.replace(",", " ").split() for line in names), step.data
    marks = [step.mark for step in card.steps if step.label not in {"read", "install"}]
    assert marks == sorted(marks, key=[Mark.FAILED, Mark.RUNNING].index)
    if view.runs and failed:
        said = [line for line in outcome_card(view, READER).lines if " failed: " in line]
        assert len(said) == len(failed)
        assert list(outcome_card(view, READER).lines).index(said[-1]) == len(said)  # the decision, then these
        assert PressAction(action=Retry(run=view.execution.code)) in [button.press for button in card.buttons]


def test_a_failure_does_not_end_what_goes_on() -> None:
    """The sum says FAILED only once nothing is under way or to do."""
    sums = {
        name: next(step.mark for step in request_card(view, READER).steps if step.label == "install")
        for name, view in STORIES.items()
        if name != "done"
    }
    assert sums == {
        "running": Mark.RUNNING,
        "between_two": Mark.RUNNING,
        "partly_failed": Mark.FAILED,
        "all_failed": Mark.FAILED,
    }
