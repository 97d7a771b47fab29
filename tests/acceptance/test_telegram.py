"""``skillwarden serve`` in a process of its own, talking to the strict stand-in for Telegram, in both modes."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.serving_telegram import ServedTelegram, link, served_telegram
from tests.platforms.telegram import FakeTelegram

pytestmark = pytest.mark.timeout(90)


@pytest.fixture(params=["polling", "webhook"])
async def serving(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ServedTelegram]:
    """A served demo with alice, bob and carol linked."""
    async with FakeTelegram() as telegram:
        people = {name: telegram.person(name) for name in ("alice", "bob", "carol")}
        await link(tmp_path, *people.values())
        async with served_telegram(tmp_path, telegram, request.param) as opened:
            opened.people = people
            yield opened


@contextlib.asynccontextmanager
async def killed(home: Path, telegram: FakeTelegram, mode: str) -> AsyncIterator[ServedTelegram]:
    """Serve until the context ends, and end it then as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        async with served_telegram(home, telegram, mode) as program:
            yield program
            os.kill(program.process.pid, signal.SIGKILL)
            await program.process.wait()


async def test_start_is_home(serving: ServedTelegram) -> None:
    """Start shows what waits for me, what I asked for, and what is installed where."""
    alice = serving.people["alice"]
    await alice.starts()
    shown = await serving.sees(alice, "meeting-notes")
    assert "pdf" in shown


async def test_a_group_hears_commands_and_mentions_and_nothing_else(serving: ServedTelegram) -> None:
    """In a group with privacy mode the bot answers who addresses it, in the group; an edit runs nothing again."""
    alice, bob, carol = serving.people.values()
    group = serving.telegram.group("ops", alice, bob, carol)
    said = await alice.says(group, "/install@skillwarden_bot pdf on claude")
    await serving.sees(alice, "pdf on Claude", group)
    await alice.edits(said, "/install@skillwarden_bot meeting-notes on claude")
    await alice.says(group, "@skillwarden_bot whoami")
    await serving.sees(alice, "You are", group)
    assert "meeting-notes on Claude" not in alice.sees(group)


async def test_an_anonymous_admin_gets_one_sentence(serving: ServedTelegram) -> None:
    """Who writes in the group's name is told why that cannot work, and what to do."""
    alice, bob, _ = serving.people.values()
    group = serving.telegram.supergroup("ops", alice, bob)
    await alice.says(group, "/install@skillwarden_bot pdf on claude", anonymously=True)
    shown = await serving.sees(bob, "I cannot tell who you are", group)
    assert shown.count("I cannot tell who you are") == 1


async def test_a_group_that_migrates_is_followed(serving: ServedTelegram) -> None:
    """A request made in a group is answered in the supergroup that it has become."""
    alice, bob, carol = serving.people.values()
    group = serving.telegram.group("ops", alice, bob, carol)
    await alice.says(group, "/install@skillwarden_bot pdf on claude")
    await serving.sees(alice, "waiting for approval", group)
    upgraded = await alice.upgrades(group)
    await bob.press(await serving.finds(bob.dm, "Approve"), "Approve")
    await serving.sees(alice, "Installed pdf on Claude", upgraded)


async def test_a_group_of_the_settings_that_migrated_is_still_the_one(tmp_path: Path) -> None:
    """Its new id is known before anybody changes the settings, by a bot that was started after the move, too."""
    async with FakeTelegram() as telegram:
        alice, bob, carol = (telegram.person(name) for name in ("alice", "bob", "carol"))
        await link(tmp_path, alice, bob, carol)
        group = telegram.group("approvals", alice, bob, carol)
        settings = f'approval_chat = "{group.id}"\nallowed_chats = ["{group.id}"]'
        async with served_telegram(tmp_path, telegram, "polling", more=settings) as first:
            upgraded = await alice.upgrades(group)
            await alice.says(upgraded, "@skillwarden_bot whoami")
            await first.sees(alice, "You are", upgraded)
        async with served_telegram(tmp_path, telegram, "webhook", more=settings) as second:
            await alice.says(upgraded, "/install@skillwarden_bot pdf on claude")
            await bob.press(await second.finds(upgraded, "Approve"), "Approve")
            await second.sees(alice, "Installed pdf on Claude", upgraded)


async def test_an_answer_stays_in_its_topic(serving: ServedTelegram) -> None:
    """What is asked in a topic of a forum is answered there."""
    alice, bob, _ = serving.people.values()
    forum = serving.telegram.forum("ops", alice, bob)
    topic = await alice.opens_topic(forum, "skills")
    await alice.says(forum, "/help@skillwarden_bot", topic=topic)
    await serving.telegram.wait_for(lambda: len(serving.telegram.messages(forum, topic)) > 1)


async def test_a_poisonous_update_is_skipped(serving: ServedTelegram) -> None:
    """Whatever an update holds, the next one is worked on."""
    alice = serving.people["alice"]
    serving.telegram.tell("message", {"message_id": 1, "chat": "no chat at all", "text": "help"})
    serving.telegram.tell_raw({"surprise": [1, 2, 3]})
    await alice.says(alice.dm, "whoami")
    await serving.sees(alice, "You are")


async def test_the_commands_are_registered(serving: ServedTelegram) -> None:
    """The menu behind the slash knows the commands."""
    await serving.telegram.wait_for(lambda: "install" in serving.people["alice"].menu())


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_restart_forgets_nothing(tmp_path: Path, mode: str) -> None:
    """A request made before a kill -9 is approved after it, with the very button that was posted then."""
    async with FakeTelegram() as telegram:
        alice, bob, carol = (telegram.person(name) for name in ("alice", "bob", "carol"))
        await link(tmp_path, alice, bob, carol)
        async with killed(tmp_path, telegram, mode) as first:
            await alice.says(alice.dm, "install skill pdf on claude")
            card = await first.finds(bob.dm, "Approve")
        async with served_telegram(tmp_path, telegram, mode) as second:
            await bob.press(card, "Approve")
            await second.sees(alice, "Installed pdf on Claude")
            assert second.installed("pdf").exists()


async def test_a_form_survives_kills(tmp_path: Path) -> None:
    """Killed once its button was pressed, and once it was filled in: the reason arrives, and decides once."""
    async with FakeTelegram() as telegram:
        alice, bob, carol = (telegram.person(name) for name in ("alice", "bob", "carol"))
        await link(tmp_path, alice, bob, carol)
        async with killed(tmp_path, telegram, "polling") as first:
            await alice.says(alice.dm, "install skill pdf on claude")
            press = await bob.press(await first.finds(bob.dm, "Reject..."), "Reject...")
            await telegram.wait_for(lambda: press.answered)
        async with killed(tmp_path, telegram, "polling") as second:
            await second.sees(bob, "Why? The requester will read this.")
            asked = [one for one in telegram.messages(bob.dm) if "Why? The requester" in telegram.shown(one)]
            await bob.says(bob.dm, "not pinned", reply_to=asked[0])
        async with served_telegram(tmp_path, telegram, "polling") as third:
            shown = await third.sees(alice, "rejected by Bob in Telegram")
            assert "not pinned" in shown
            await telegram.settle()
            assert bob.sees().count("Why? The requester will read this.") == len(asked)
            assert "I did not understand" not in bob.sees()


async def test_who_never_pressed_start_is_invited_in_the_group(tmp_path: Path) -> None:
    """The card in the approval group names who cannot be written to, with a Start link; then they have it too."""
    async with FakeTelegram() as telegram:
        alice, carol = telegram.person("alice"), telegram.person("carol")
        bob = telegram.person("bob", started=False)
        group = telegram.supergroup("approvals", alice, bob, carol)
        await link(tmp_path, alice, bob, carol)
        settings = f'approval_chat = "{group.id}"'
        async with served_telegram(tmp_path, telegram, "polling", more=settings) as served:
            await carol.starts()
            await alice.says(alice.dm, "install skill pdf on claude")
            card = await served.finds(group, "Start")
            assert "I cannot write to Bob in private yet" in telegram.shown(card)
            await bob.starts()
            await telegram.wait_for(lambda: ["Start"] not in card.rows)
            await served.finds(bob.dm, "Approve")


async def test_telegram_says_what_people_speak(serving: ServedTelegram) -> None:
    """Whose Telegram is Korean is answered in Korean, and so are the questions of a form."""
    alice, bob, _ = serving.people.values()
    bob.user.language_code = "ko"
    await bob.says(bob.dm, "whoami")
    await serving.sees(bob, "한국어")
    await alice.says(alice.dm, "install skill pdf on claude")
    await bob.press(await serving.finds(bob.dm, "거절..."), "거절...")
    await serving.sees(bob, "이유가 무엇인가요? 요청한 사람이 읽어요.")
    await serving.sees(bob, "이 메시지에 답장으로 적어 주세요.")
