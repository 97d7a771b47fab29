"""Conducts forms: opens them, ticks their options, says what is asked next, and when one is filled in."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.filling import Filling, answer_to, keeps
from bot.channels.pace import Paces
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.forms import KEEP, Carried, fits_between, labels_at, read_carried, ticked_in, with_ticks
from bot.channels.telegram.parse import Click, Replied
from bot.channels.telegram.render import NOTHING
from bot.channels.telegram.text import clip, html_of, inert
from core.domain.cards import Asking, Card
from core.domain.forms import Form
from core.domain.messages import Actor, ConversationRef, FormSubmission, MessageRef
from core.ports import Translator

_MOST_REMEMBERED = 256
_LONGEST = 1_000


class Forms(Protocol):
    """Where forms are."""

    async def form(self, token: str) -> Form | None:
        """Return the form that the button with ``token`` opens; None when nobody knows the button."""


@dataclass(frozen=True, slots=True)
class Next:
    """The question that comes next, once for each ``key``, and in which conversation."""

    key: str
    card: Card
    conversation: ConversationRef


class FormConductor:
    """Changes questions through ``channel`` in turns of ``paces``. What a form has come to stands in its messages."""

    def __init__(
        self,
        channel: TelegramChannel,
        paces: Paces,
        forms: Forms,
        translator: Translator,
        *,
        username: str,
    ) -> None:
        """Look forms up in ``forms``; ``username`` is the bot's."""
        self._channel = channel
        self._paces = paces
        self._forms = forms
        self._translator = translator
        self._username = username
        #: What is ticked on messages whose change may not have arrived when the next option is pressed.
        self._ticks: OrderedDict[MessageRef, frozenset[int]] = OrderedDict()

    async def open(self, click: Click, token: str) -> Next | None:
        """Return the question for the first field of a button's form; None when there is no such button any more."""
        form = await self._forms.form(token)
        if form is None:
            return None
        heading = form.title or click.heading
        carried = Carried(heading=heading, token=token, message_id=click.message.message_id)
        key = f"telegram:open:{click.query_id}"
        return _next(key, Filling(token, form), carried, click.sender, click.message.conversation)

    async def replied(self, reply: Replied, now: datetime) -> FormSubmission | Next | None:
        """Take the reply to a question: return the form when it is complete, else what comes next."""
        message, carried = reply.message, reply.carried
        form = await self._forms.form(carried.token)
        filling = carried.filling(form) if form else None
        if filling is None or filling.is_complete:
            return None
        line = message.text.strip()
        answer = keeps(filling.field) if line == KEEP else answer_to(filling.field, line) if line else None
        is_last = len(filling.answers) + 1 == len(filling.form.fields)
        if answer is not None and (is_last or fits_between(answer)):
            filling = filling.answered(answer)
        if not filling.is_complete:  # it may be the same question again
            return _next(message.dedupe_key, filling, carried, message.sender, message.conversation)
        return _submission(filling, carried, message.sender, message.conversation, f"{message.dedupe_key}:form", now)

    async def tick(self, click: Click, position: int) -> None:
        """Tick an option, or take the tick away.

        Raises:
            MessageGone, RateLimited, ChannelRefused, ChannelError: as for the port's ``edit``.
        """
        markup = click.shown.get("reply_markup")
        if not markup:
            return
        ticked = self._ticks.get(click.message, ticked_in(markup)) ^ {position}
        self._remember(click.message, ticked)
        async with self._paces.turn(click.message.conversation):
            latest = self._ticks.get(click.message, ticked)
            await self._channel.change_buttons(click.message, with_ticks(markup, latest))

    async def go_on(self, click: Click, now: datetime) -> FormSubmission | Next | str:
        """Take what is ticked as the answer: return the form when it is complete, else what comes next.

        A text is what is wrong with the answer, for the one who pressed.
        """
        carried, markup = read_carried(click.shown, self._username), click.shown.get("reply_markup")
        form = await self._forms.form(carried.token) if carried else None
        filling = carried.filling(form) if carried and form else None
        if carried is None or filling is None or not markup or filling.is_complete:
            return self._say("This question is too old. Press the button on the card again.", click.sender.language)
        ticked = self._ticks.get(click.message, ticked_in(markup))
        if not ticked and not filling.field.optional:
            return self._say("Tick at least one.", filling.form.language)
        filling = filling.answered(tuple(sorted(ticked)))
        key = f"telegram:form:{click.query_id}"
        if not filling.is_complete:
            return _next(key, filling, carried, click.sender, click.message.conversation)
        return _submission(filling, carried, click.sender, click.message.conversation, key, now)

    async def close(self, click: Click) -> None:
        """Take the buttons of a question away that is answered or given up, and show what was ticked.

        Raises:
            MessageGone, RateLimited, ChannelRefused, ChannelError: as for ``tick``.
        """
        markup = click.shown.get("reply_markup") or {}
        ticked = self._ticks.pop(click.message, ticked_in(markup))
        names = [] if click.drops else labels_at(markup, ticked)
        text = self._say("Cancelled.", click.sender.language) if click.drops else ", ".join(names) or NOTHING
        carried = read_carried(click.shown, self._username)
        text = clip("\n".join(filter(None, (carried.heading if carried else "", text))), _LONGEST)
        async with self._paces.turn(click.message.conversation):
            await self._channel.change(click.message, html_of(inert(text)), text, None)

    def _remember(self, message: MessageRef, ticked: frozenset[int]) -> None:
        self._ticks[message] = ticked
        self._ticks.move_to_end(message)
        while len(self._ticks) > _MOST_REMEMBERED:
            self._ticks.popitem(last=False)

    def _say(self, message: str, language: str) -> str:
        return self._translator.say(language, message)


def _next(key: str, filling: Filling, carried: Carried, who: Actor, where: ConversationRef) -> Next:
    asks = Asking(
        token=carried.token, message_id=carried.message_id, form=filling.form, answers=filling.answers, who=who
    )
    return Next(f"asks:{key}", Card(title=carried.heading, asks=asks), where)


def _submission(
    filling: Filling, carried: Carried, who: Actor, where: ConversationRef, key: str, now: datetime
) -> FormSubmission:
    return FormSubmission(
        dedupe_key=key,
        received_at=now,
        sender=who,
        conversation=where,
        token=filling.token,
        message_id=carried.message_id,
        fields=filling.fields,
    )
