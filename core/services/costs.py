"""Costs: what requests used of language models, summed up for who asks."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from core.domain.cards import Card, Table

if TYPE_CHECKING:
    from core.domain.actions import Costs
    from core.domain.usage import DailyUsage
    from core.services.turn import Turn

# How far back it is looked unless somebody says otherwise.
DAYS = 30


async def costs_card(turn: Turn, action: Costs) -> Card:
    """Return what was used in the last days, by person and model: of everybody for admins, else one's own."""
    reader, days = turn.reader, action.days or DAYS
    since = turn.now.astimezone(UTC).date() - timedelta(days=days - 1)
    lines = await turn.uow.executions.usage(since, user_id=None if turn.user.is_admin else turn.user.id)
    span = reader.say_many("the last day", "the last {n} days", days)
    if not lines:
        return Card(title=reader.say("Nothing was spent in {span}: rules read what is asked for.", span=span))
    names = {person.id: person.name for person in await turn.uow.users.all()}
    sums: dict[tuple[str, str], DailyUsage] = {}
    for line in lines:
        who = (names.get(line.user_id, line.user_id), line.model)
        sums[who] = _sum(sums[who], line) if who in sums else line
    ordered = sorted(sums.items(), key=lambda item: (-item[1].estimated_cost, item[0]))
    rows = [
        (name, model, str(one.executions), f"{one.tokens_used:,}", f"${one.estimated_cost:.4f}")
        for (name, model), one in ordered
    ]
    total = sum(one.estimated_cost for one in sums.values())
    header = (
        reader.say("who"),
        reader.say("model"),
        reader.say("requests"),
        reader.say("tokens"),
        reader.say("cost"),
    )
    title = reader.say("${total} in {span}", total=f"{total:.4f}", span=span)
    return Card(title=title, table=Table(header=header, rows=tuple(rows)))


def _sum(one: DailyUsage, other: DailyUsage) -> DailyUsage:
    amounts = ("executions", "input_tokens", "output_tokens", "tokens_used", "estimated_cost")
    return one.evolve(**{name: getattr(one, name) + getattr(other, name) for name in amounts})
