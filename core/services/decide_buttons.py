"""Decide buttons: what an approver can press, and the form behind "Approve with changes"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AcceptDrift, Approve, Modify, Reject, RestoreDrift
from core.domain.cards import Button, ButtonStyle, PressAction, PressDetails
from core.domain.forms import MOST_OPTIONS, ChoicesField, Form, FormField, Option, TextField
from core.services.agent_cards import answer_buttons
from core.services.decisions import PROVIDERS, REF, SKILLS

if TYPE_CHECKING:
    from core.domain.approvals import ApprovalRequest, ApprovalSubject
    from core.services.reader import Reader


def decide_buttons(request: ApprovalRequest, subject: ApprovalSubject, reader: Reader) -> tuple[Button, ...]:
    """Return the approver's buttons; what can be changed can be approved with changes."""
    if subject.question is not None:
        return answer_buttons(request, subject.question, reader)
    code = request.code
    approve = Button(
        label=reader.say("Approve"),
        press=PressAction(action=Approve(request=code)),
        style=ButtonStyle.PRIMARY,
        typed=f"approve {code}",
    )
    reject = Button(
        label=reader.say("Reject..."),
        press=PressAction(action=Reject(request=code)),
        style=ButtonStyle.DANGER,
        typed=f"reject {code} because ...",
        form=Form.question(reader.say("Why? The requester will read this."), language=reader.language),
    )
    if not subject.asked:
        return (approve, reject)
    if not subject.targets and not 1 < len(subject.skills) <= MOST_OPTIONS:
        return (approve, reject, details_button(reader))
    form = _change_form(subject, reader)
    if form is None:
        return (approve, reject, details_button(reader))
    only = f"on {subject.targets[0].provider.lower()}" if subject.targets else subject.skills[0].name
    change = Button(
        label=reader.say("Approve with changes..."),
        press=PressAction(action=Modify(request=code)),
        typed=f"modify {code} only {only}",
        form=form,
    )
    return (approve, change, reject, details_button(reader))


def _change_form(subject: ApprovalSubject, reader: Reader) -> Form | None:
    """Return the form that asks what to keep, and for another ref; None when there is nothing to choose."""
    lists = (
        (SKILLS, reader.say("Skills to keep"), list(subject.asked)),
        (PROVIDERS, reader.say("Places to keep"), list(dict.fromkeys(target.provider for target in subject.targets))),
    )
    fields: list[FormField] = [
        ChoicesField(
            name=name, label=label, options=tuple(Option(value=it, label=it) for it in items), initial=tuple(items)
        )
        for name, label, items in lists
        if len(items) > 1 and sum(len(items) for *_, items in lists) <= MOST_OPTIONS
    ]
    if not subject.targets or isinstance(subject.action, RestoreDrift | AcceptDrift):
        return Form(language=reader.language, fields=tuple(fields)) if fields else None
    refs = ", ".join(dict.fromkeys(skill.requested_ref for skill in subject.skills))
    question = reader.say("Another ref than {ref}? Then somebody else has to approve it.", ref=refs)
    fields.append(TextField(name=REF, label=question, optional=True))
    return Form(language=reader.language, fields=tuple(fields))


def details_button(reader: Reader) -> Button:
    """Return the button behind which everything else is."""
    return Button(label=reader.say("Details"), press=PressDetails())
