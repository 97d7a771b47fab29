"""Attacks on approvals: what somebody with bad intent would press, type, replay or forge, and what it comes to."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.console.render import CardRenderer as ConsoleRenderer
from bot.channels.slack.render import CardRenderer as SlackRenderer
from bot.locale.translator import Catalogues
from core.domain.actions import Approve, BreakGlass, Cancel, Delegate, Install, Modify, Reject, SetRole
from core.domain.approvals import ApprovalStatus
from core.domain.executions import ExecutionStatus
from core.domain.policy import DEFAULT_POLICY
from tests.approval_model import look
from tests.desk import PROVIDERS, Desk, desk_at

ASK = Install(skills=("pdf",), providers=("Claude",))
#: Markup of every platform, a button drawn in text, an escape sequence and characters that reorder or hide others.
EVIL = "<!channel> <@U1> <https://evil.invalid|main> *b* `c` ```f```\n[1] Approve \x1b[2J \u202egpj.exe\u200b &lt;"
TRANSLATOR = Catalogues()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk under the policy that one admin has to approve."""
    async with desk_at(tmp_path, DEFAULT_POLICY) as opened:
        yield opened


async def asked(desk: Desk, action: Any = ASK, who: str = "alice") -> str:
    """Ask for ``action`` and return the code of the request."""
    await desk.say(who, action)
    await desk.work()
    return str(list(look(desk.url).requests.values())[-1]["code"])


async def press(desk: Desk, who: str, token: str, fields: dict[str, str] | None = None) -> str:
    """Press, and return the title of the answer."""
    return await _answer(desk, who, lambda: desk.press(who, token, fields=fields))


async def say(desk: Desk, who: str, action: Any) -> str:
    """Say, and return the title of the answer."""
    return await _answer(desk, who, lambda: desk.say(who, action))


async def _answer(desk: Desk, who: str, doing: Any) -> str:
    before = len(desk.read(who))
    await doing()
    await desk.work()
    return " | ".join(card.title for card in desk.read(who)[before:])


async def nothing_happened(desk: Desk, code: str) -> None:
    """Assert that a request still waits, without a vote, and that nothing was installed."""
    request = await desk.request(code)
    assert request.status is ApprovalStatus.PENDING
    async with desk.database.read() as uow:
        assert await uow.approvals.votes(request.id) == ()
    assert desk.outside.places.there == {}


async def change_person(desk: Desk, who: str, /, **changes: Any) -> None:
    """Change a person behind the program's back."""
    async with desk.database.begin() as uow:
        person = await uow.users.by_name(who)
        assert person is not None
        await uow.users.update(person.evolve(**changes))
        await uow.commit()


def approve_button(desk: Desk, who: str) -> str:
    """Return the token of the newest approve button that ``who`` sees."""
    return desk.buttons(who, "approve")[-1][0]


async def test_a_guessed_token_is_no_button(desk: Desk) -> None:
    """Tokens are random: what nobody was shown opens nothing, in whatever form it comes."""
    code = await asked(desk)
    real = approve_button(desk, "bob")
    for guess in (secrets.token_urlsafe(16), "", real[:-1], real.swapcase(), f"{real} ", "' OR 1=1 --", code):
        assert "button" in await press(desk, "bob", guess)
    await nothing_happened(desk, code)
    assert len(real) >= 22  # 128 bits


@pytest.mark.parametrize("who", ["alice", "erin"])
async def test_a_stolen_token_gives_no_vote(desk: Desk, who: str) -> None:
    """A token says which button it is, not who may press it: the requester and a stranger to the rule are refused."""
    code = await asked(desk)
    assert "Carol" in await press(desk, who, approve_button(desk, "bob"))
    await nothing_happened(desk, code)


async def test_a_token_decides_its_own_request_only(desk: Desk) -> None:
    """A button of one request, with the other one's code typed into its form, decides about its own."""
    first = await asked(desk)
    second = await asked(desk, Install(skills=("docx",), providers=("Claude",)))
    token = desk.buttons("bob", "reject")[0][0]
    await press(desk, "bob", token, fields={"text": f"I mean {second}", "request": second})
    assert (await desk.request(first)).status is ApprovalStatus.REJECTED
    assert (await desk.request(second)).status is ApprovalStatus.PENDING


async def test_an_old_revision_cannot_be_approved(desk: Desk) -> None:
    """What was shown before a change is answered with the current card, and not counted."""
    code = await asked(desk, Install(skills=("pdf",), providers=PROVIDERS))
    old = approve_button(desk, "carol")
    await say(desk, "bob", Modify(request=code, ref="v1"))
    assert "changed" in await press(desk, "carol", old)
    await nothing_happened(desk, code)
    assert approve_button(desk, "carol") != old
    await press(desk, "carol", approve_button(desk, "carol"))
    assert (await desk.request(code)).status is ApprovalStatus.APPROVED


async def test_a_replayed_click_after_the_decision_changes_nothing(desk: Desk) -> None:
    """Whoever presses afterwards, on whatever copy, learns who decided; it runs once."""
    code = await asked(desk)
    tokens = {who: approve_button(desk, who) for who in ("bob", "carol")}
    reject = desk.buttons("carol", "reject")[-1][0]
    await press(desk, "bob", tokens["bob"])
    for token in (*tokens.values(), reject):
        assert "already approved by Bob" in await press(desk, "carol", token)
    installs = [run for run in look(desk.url).runs.values() if run["status"] == "success"]
    assert len(installs) == 1
    assert (await desk.execution(code)).status is ExecutionStatus.COMPLETED


async def test_a_removed_person_clicks_in_vain(desk: Desk) -> None:
    """Who was shut out after the card was posted has no vote any more."""
    code = await asked(desk)
    token = approve_button(desk, "bob")
    await change_person(desk, "Bob", is_active=False)
    await press(desk, "bob", token)
    await nothing_happened(desk, code)


async def test_a_demoted_admin_clicks_in_vain(desk: Desk) -> None:
    """Neither has who lost the role."""
    code = await asked(desk)
    token = approve_button(desk, "bob")
    await change_person(desk, "Bob", role="user")
    await press(desk, "bob", token)
    await nothing_happened(desk, code)


async def test_a_vote_of_somebody_who_is_removed_before_the_run_is_worth_nothing(desk: Desk) -> None:
    """The claim looks again: an approval whose voter is gone by then is none."""
    code = await asked(desk)
    await desk.press("bob", approve_button(desk, "bob"))
    await desk.work([0])
    assert (await desk.request(code)).status is ApprovalStatus.APPROVED
    await change_person(desk, "Bob", is_active=False)
    await desk.work()
    assert (await desk.execution(code)).error_code == "APPROVAL_MISSING"
    assert desk.outside.places.there == {}


async def test_nobody_approves_their_own_through_a_delegation(desk: Desk) -> None:
    """Bob lends his vote to alice, who asked: she still has none, and his stays his."""
    tomorrow = desk.clock.now() + timedelta(days=1)
    await _lend(desk, "Bob", "Alice", tomorrow)
    code = await asked(desk)
    await press(desk, "alice", approve_button(desk, "carol"))
    assert "asked for" in await say(desk, "alice", Approve(request=code))
    await nothing_happened(desk, code)


async def test_a_delegate_cannot_vote_for_the_requester(desk: Desk) -> None:
    """Bob asks and has lent his vote to erin: she has none on what he asked for."""
    await _lend(desk, "Bob", "Erin", desk.clock.now() + timedelta(days=1))
    code = await asked(desk, who="bob")
    await say(desk, "erin", Approve(request=code))
    await nothing_happened(desk, code)


async def test_delegations_do_not_chain(desk: Desk) -> None:
    """Bob lends to erin, erin to alice: alice has nothing."""
    tomorrow = desk.clock.now() + timedelta(days=1)
    await _lend(desk, "Bob", "Erin", tomorrow)
    await _lend(desk, "Erin", "Alice", tomorrow)
    code = await asked(desk, who="dave")
    await say(desk, "alice", Approve(request=code))
    await nothing_happened(desk, code)
    await say(desk, "erin", Approve(request=code))
    assert (await desk.request(code)).status is ApprovalStatus.APPROVED


async def _lend(desk: Desk, owner: str, to: str, until: Any) -> None:
    code = await asked(desk, Delegate(to=to, until=until), who=owner.lower())
    await say(desk, "dave" if owner != "Dave" else "carol", Approve(request=code))
    desk.outside.chat.messages.clear()


@pytest.mark.parametrize("hours", [24, -24])
async def test_a_clock_that_jumps_a_day_neither_runs_twice_nor_what_is_too_old(desk: Desk, hours: int) -> None:
    """Between the vote and the claim the clock jumps: forwards the approval is spent, backwards it holds, once."""
    code = await asked(desk)
    await desk.press("bob", approve_button(desk, "bob"))
    await desk.work([0])
    desk.clock.advance(hours=hours)
    await desk.work()
    assert len(desk.outside.places.there) == (hours < 0)
    desk.clock.advance(hours=-hours)
    await desk.tick()
    await desk.work()
    assert len(desk.outside.places.there) == (hours < 0)
    assert (await desk.execution(code)).status is (ExecutionStatus.COMPLETED if hours < 0 else ExecutionStatus.FAILED)


async def test_a_clock_set_back_does_not_bring_an_expired_request_back(desk: Desk) -> None:
    """Once expired, always expired."""
    code, token = await asked(desk), approve_button(desk, "bob")
    desk.clock.advance(hours=25)
    await desk.tick()
    await desk.work()
    desk.clock.advance(hours=-25)
    assert "expired" in await press(desk, "bob", token)
    assert (await desk.request(code)).status is ApprovalStatus.EXPIRED
    assert desk.outside.places.there == {}


@pytest.mark.parametrize(
    "wider",
    [{"providers": ("Gemini",)}, {"providers": ("Claude", "Gemini")}, {"skills": ("docx",)}, {"providers": ("*",)}],
)
async def test_approve_with_changes_never_widens(desk: Desk, wider: dict[str, Any]) -> None:
    """What was not asked for cannot be approved: changes take away."""
    code = await asked(desk)
    assert "not part of" in await say(desk, "bob", Modify(request=code, **wider))
    await nothing_happened(desk, code)
    assert (await desk.request(code)).revision == 1


@pytest.mark.parametrize("who", ["alice", "erin"])
async def test_only_admins_break_the_glass(desk: Desk, who: str) -> None:
    """Nobody else, whatever the emergency."""
    code = await asked(desk)
    await say(desk, who, BreakGlass(request=code, comment="production is down"))
    await nothing_happened(desk, code)


@pytest.mark.parametrize("reason", [None, "", "  \n\t "])
async def test_the_glass_is_not_broken_without_a_reason(desk: Desk, reason: str | None) -> None:
    """Blank is no reason either."""
    code = await asked(desk)
    assert "reason" in await say(desk, "bob", BreakGlass(request=code, comment=reason))
    await nothing_happened(desk, code)


async def test_breaking_the_glass_is_told_to_every_other_admin(desk: Desk) -> None:
    """It runs at once, and nobody can do it in silence; the record keeps it."""
    code = await asked(desk, who="bob")
    await say(desk, "bob", BreakGlass(request=code, comment="production is down"))
    assert desk.outside.places.there
    for admin in ("carol", "dave"):
        assert any("production is down" in str(card) for card in desk.read(admin)), admin
    async with desk.database.read() as uow:
        events = await uow.events.of_execution((await desk.execution(code)).id)
    assert any(event.payload.get("modified") == "break_glass" for event in events)


@pytest.mark.parametrize("action", [Approve, Reject, Modify, BreakGlass])
async def test_nothing_is_decided_while_it_is_prepared_anew(desk: Desk, action: Any) -> None:
    """Between another ref and its card nobody knows what they would decide about."""
    code = await asked(desk)
    await desk.say("bob", Modify(request=code, ref="v1"))
    await desk.work([0])
    more = {"comment": "now"} if action is BreakGlass else {"ref": "main"} if action is Modify else {}
    await desk.say("carol", action.model_validate({"request": code} | more))
    await desk.work([0])
    await nothing_happened(desk, code)
    await desk.work()
    assert any("prepared anew" in card.title for card in desk.read("carol"))
    assert (await desk.request(code)).status is ApprovalStatus.PENDING


async def test_who_named_another_ref_cannot_approve_it(desk: Desk) -> None:
    """Another ref is another ask, and its own."""
    code = await asked(desk)
    await say(desk, "bob", Modify(request=code, ref="v1"))
    await say(desk, "bob", Approve(request=code))
    await nothing_happened(desk, code)


async def test_two_presses_in_a_moment_are_one(desk: Desk) -> None:
    """A destructive approval needs a second thought: a press that bounced, or came twice, is not one."""
    code = await asked(desk, SetRole(user="Erin", role="admin"))
    token = approve_button(desk, "bob")
    await press(desk, "bob", token)
    desk.clock.advance(seconds=1)
    await press(desk, "bob", token)
    assert (await desk.request(code)).status is ApprovalStatus.PENDING
    desk.clock.advance(seconds=5)
    await press(desk, "bob", token)
    assert (await desk.request(code)).status is ApprovalStatus.APPROVED


async def test_only_the_requester_and_admins_cancel(desk: Desk) -> None:
    """Somebody else's request is not yours to stop, even with the button of its card."""
    code = await asked(desk)
    (token, _), *_more = desk.buttons("alice", "cancel")
    await press(desk, "erin", token)
    await say(desk, "erin", Cancel(request=code))
    await nothing_happened(desk, code)


async def test_what_people_write_is_never_markup(desk: Desk) -> None:
    """Names, comments, reasons and refs come out as the letters they are, in the console and in Slack."""
    for name in ("Alice", "Bob", "Carol"):
        await change_person(desk, name, name=f"{name} {EVIL}")
    first = await asked(desk, Install(skills=("pdf",), providers=PROVIDERS))
    await say(desk, "bob", Modify(request=first, ref=EVIL))
    desk.outside.source.refs[EVIL] = 3
    await say(desk, "carol", Modify(request=first, ref=EVIL))
    await say(desk, "dave", Reject(request=first, comment=EVIL))
    second = await asked(desk, who="erin")
    await say(desk, "bob", BreakGlass(request=second, comment=EVIL))
    third = await asked(desk, Install(skills=("docx",), providers=("Claude",)))
    await say(desk, "alice", Cancel(request=third, comment=EVIL))
    fourth = await asked(desk, SetRole(user=f"Alice {EVIL}", role="admin"))
    await say(desk, "carol", Approve(request=fourth))
    cards = [card for _, card in desk.outside.chat.messages.values()]
    assert sum("channel" in card.model_dump_json() for card in cards) > 10
    slack, console = SlackRenderer(TRANSLATOR, "en"), ConsoleRenderer(TRANSLATOR, "en")
    for card in cards:
        rendered = slack.message(card)
        for text in (*_mrkdwn(rendered.blocks), rendered.text):
            assert "<!" not in text, text
            assert "<@" not in text, text
            assert "<http" not in text, text
        for line in (*console.whole(card), *_texts(rendered.blocks)):
            assert not set(line) & set("\x1b\u202e\u200b"), line
        drawn = [line for line in console.whole(card) if line.startswith("[1] Approve")]  # buttons stand flush
        assert len(drawn) <= any(button.label == "Approve" for button in card.buttons), drawn


def _mrkdwn(value: Any) -> Iterator[str]:
    """Yield every text that Slack reads as markup."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for part in value.values():
            yield from _mrkdwn(part)
    elif isinstance(value, list):
        for part in value:
            yield from _mrkdwn(part)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
