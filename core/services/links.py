"""Links: a one-time code, sent on another platform, makes one person of two accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.domain.actions import LinkIdentity
from core.domain.base import CODE_ALPHABET, new_code, new_id, sha256_hex
from core.domain.cards import Button, ButtonStyle, Card, PressAction
from core.domain.links import LIFETIME, MOST_TRIES, WATCHED, LinkCode, LinkTry
from core.domain.messages import IncomingMessage
from core.domain.notices import Notice, NoticeKind
from core.domain.users import Role
from core.errors import BadLinkCode, LinkInPrivate, LinkOneself, SamePlatform, TooManyTries, Words
from core.services.admissions import settle_admission
from core.services.approval_notices import ask_newcomers
from core.services.departures import Departures

if TYPE_CHECKING:
    from core.domain.users import User
    from core.ports import Clock, Translator, UnitOfWork
    from core.services.people import People
    from core.services.rosters import Rosters
    from core.services.turn import Turn

# Of 23 letters and digits: 78,000 million codes for ten minutes, at five tries an account.
_LENGTH = 8
# What people type around a code, and into it.
_CODE = re.compile(rf"(?:link\s+)?(?:code\s+)?([{CODE_ALPHABET}]{{4}})[\s-]?([{CODE_ALPHABET}]{{4}})", re.IGNORECASE)
# How a button names the code it is about: the code itself is not kept.
_BY_ID = "id:"


class Links:
    """Gives out codes, takes them, and merges people."""

    def __init__(self, *, clock: Clock, translator: Translator, people: People, rosters: Rosters) -> None:
        """Link accounts through ``people``; ``rosters`` tell whose vote falls away."""
        self._clock = clock
        self._people = people
        self._rosters = rosters
        self._translator = translator
        self._departures = Departures(clock=clock, translator=translator, rosters=rosters)

    async def answer(self, turn: Turn, action: LinkIdentity, *, pressed: bool = False) -> None:
        """Give a code, ask whether a code that was sent is meant, or, when that is ``pressed``, do it.

        Raises:
            LinkInPrivate, BadLinkCode, TooManyTries, SamePlatform, LinkOneself: it cannot be done so.
        """
        if pressed:
            await self._join(turn, (action.code or "").removeprefix(_BY_ID))
        elif action.code is None:
            await self._give(turn)
        else:
            await self._ask(turn, action.code)

    async def welcome(self, turn: Turn) -> bool:
        """Link the account of a stranger, or of who waits to be let in, who sends a code; False when they say none.

        A wrong code of somebody unknown is like anything else they say. Who was let in once and shut out stays out.
        """
        message = turn.inbound
        if not isinstance(message, IncomingMessage) or (code := _read(message.text)) is None:
            return False
        waiting = None if turn.is_stranger else turn.user
        if waiting is not None and waiting.admitted_at is not None:
            return False
        if not message.conversation.private or await self._tries(turn) >= MOST_TRIES:
            return False
        link = await turn.uow.links.by_hash(_hash(code))
        if link is None or not link.is_good(turn.now) or _is_same_place(link, turn):
            await self._note_try(turn)
            return False
        person = await turn.uow.users.get(link.user_id)
        if person is None or not person.is_active or not await turn.uow.links.use(link.id, turn.now):
            return False
        sender = message.sender
        if waiting is not None:
            for account in await turn.uow.users.identities(waiting.id):
                await turn.uow.users.remove_identity(account.id)
            await turn.uow.users.update(waiting.evolve(admitted_at=turn.now))  # nobody is to let in who is here
            how = Words("It is an account of {name}, by a code sent at {when}.", name=person.name, when=turn.now)
            await settle_admission(turn.uow, waiting, how, self._translator, turn.now)
        await self._people.link(
            turn.uow,
            person,
            channel=sender.channel,
            workspace_id=sender.workspace_id,
            external_id=sender.external_id,
            in_private=True,
        )
        await self._tell(turn, link, person)
        await self._record(turn, person, f"linked: {sender.channel} {sender.external_id}, by a code")
        return True

    async def _give(self, turn: Turn) -> None:
        where = turn.inbound.conversation
        if not where.private:
            raise LinkInPrivate
        code, say = new_code(_LENGTH), turn.reader.say
        await turn.uow.links.end_of(turn.user.id, turn.now)
        link = LinkCode(
            id=new_id(turn.now),
            user_id=turn.user.id,
            code_hash=_hash(code),
            channel=where.channel,
            workspace_id=where.workspace_id,
            conversation_id=where.conversation_id,
            created_at=turn.now,
            expires_at=turn.now + LIFETIME,
        )
        await turn.uow.links.add(link)
        card = Card(
            title=say("Your code: {code}", code=code),
            lines=(
                say('On the other platform, say "link code {code}" to me in private, by {until}.', code=code,
                    until=turn.reader.deadline(link.expires_at)),
                say("Give it to nobody: whoever sends it there is you from then on."),
            ),
        )  # fmt: skip
        await turn.reply_once(card)

    async def _ask(self, turn: Turn, text: str) -> None:
        """Have the sender of a good code say that they mean it: somebody may have talked them into sending it."""
        if not turn.inbound.conversation.private:
            raise LinkInPrivate
        if await self._tries(turn) >= MOST_TRIES:
            raise TooManyTries
        code = _read(text)
        link = await turn.uow.links.by_hash(_hash(code)) if code else None
        if link is None or not link.is_good(turn.now):
            await self._note_try(turn)
            await turn.say(turn.reader.error(BadLinkCode()))
            return
        if link.user_id == turn.user.id:
            raise LinkOneself
        if _is_same_place(link, turn):
            raise SamePlatform
        other = await turn.uow.users.get(link.user_id)
        if other is None or not other.is_active:
            raise BadLinkCode
        await turn.uow.links.update(link.evolve(claimed_by=turn.user.id))
        say = turn.reader.say
        question = Card(
            title=say("Are you {name} on {channel} too?", name=other.name, channel=link.channel),
            lines=(say("From then on both accounts are one person: what one asks for, the other cannot approve."),),
            buttons=(
                Button(
                    label=say("Yes, that is me"),
                    press=PressAction(action=LinkIdentity(code=f"{_BY_ID}{link.id}")),
                    style=ButtonStyle.PRIMARY,
                ),
            ),
        )
        await turn.reply(question)

    async def _join(self, turn: Turn, link_id: str) -> None:
        link = await turn.uow.links.get(link_id)
        if link is None or not link.is_good(turn.now) or link.claimed_by != turn.user.id:
            raise BadLinkCode
        other = await turn.uow.users.get(link.user_id)
        if other is None or not other.is_active or not await turn.uow.links.use(link.id, turn.now):
            raise BadLinkCode
        keep = await self._merge(turn.uow, turn.user, other)
        await self._tell(turn, link, keep)
        gone = other if keep.id == turn.user.id else turn.user
        await self._record(turn, keep, f"linked: {gone.name} ({gone.id}) and {keep.name} ({keep.id}) are one person")

    async def _merge(self, uow: UnitOfWork, one: User, other: User) -> User:
        """Make one row of two: the admin's, or else the older one; return it."""
        now = self._clock.now()
        keep, gone = sorted((one, other), key=lambda user: (not user.is_admin, user.created_at, user.id))
        before = await self._rosters.load(uow)
        await uow.users.merge(gone.id, keep.id, now)
        empty = gone.evolve(
            name=f"{keep.name} (linked)", email=f"{gone.id}@linked.invalid", role=Role.USER, is_active=False
        )
        await uow.users.update(empty)
        # What was asked under the one account and agreed to under the other is agreed to by nobody.
        await self._departures.lost_standing(uow, keep, before, actor=keep.id)
        await ask_newcomers(uow, now)
        return keep

    async def _tries(self, turn: Turn) -> int:
        sender = turn.inbound.sender
        since = turn.now - WATCHED
        return await turn.uow.links.tries(sender.channel, sender.workspace_id, sender.external_id, since)

    async def _note_try(self, turn: Turn) -> None:
        sender = turn.inbound.sender
        await turn.uow.links.add_try(
            LinkTry(
                id=new_id(turn.now),
                channel=sender.channel,
                workspace_id=sender.workspace_id,
                external_id=sender.external_id,
                created_at=turn.now,
            )
        )

    async def _tell(self, turn: Turn, link: LinkCode, person: User) -> None:
        """Say it in both places: who did not mean it has to learn of it."""
        say = turn.reader.say
        here, there = turn.inbound.conversation.channel, link.channel
        done = say("Linked: your accounts on {here} and {there} are one person, {name}.", here=here, there=there,
                   name=person.name)  # fmt: skip
        warning = say("If you did not do that, tell an admin at once.")
        card = Card(title=done, lines=(warning,))
        await turn.reply(card)
        await turn.uow.notices.add(
            Notice(
                id=new_id(turn.now),
                dedupe_key=f"linked:{link.id}",
                kind=NoticeKind.REPLY,
                user_id=person.id,
                conversation=link.conversation,
                payload={"card": card.model_dump(mode="json")},
                next_attempt_at=turn.now,
                created_at=turn.now,
            )
        )

    async def _record(self, turn: Turn, person: User, what: str) -> None:
        await self._people.record(turn.uow, person, what, actor=person.id)


def _read(text: str) -> str | None:
    """Return the code in ``text``; None when there is none."""
    found = _CODE.fullmatch(text.strip())
    return f"{found[1]}{found[2]}".upper() if found else None


def _hash(code: str) -> str:
    return sha256_hex(f"link:{code}".encode())


def _is_same_place(link: LinkCode, turn: Turn) -> bool:
    where = turn.inbound.conversation
    return (link.channel, link.workspace_id) == (where.channel, where.workspace_id)
