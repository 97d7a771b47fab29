"""Cards in every state that cards.md draws, as the presenter would make them, and hostile ones."""

from __future__ import annotations

from core.domain.actions import Approve, Cancel, Install, Reject, Replay, Timeline
from core.domain.cards import (
    Button,
    ButtonStyle,
    Card,
    Fact,
    Mark,
    PressAction,
    PressChoice,
    PressDetails,
    Section,
    Step,
    Table,
)
from core.domain.forms import ChoicesField, Form, Option, TextField

CODE = "7F3K"

CANCEL = Button(
    label="Cancel", press=PressAction(action=Cancel(request=CODE)), typed=f"cancel {CODE}", token="t-cancel"
)
TIMELINE = Button(
    label="Timeline",
    press=PressAction(action=Timeline(execution=CODE)),
    typed=f"timeline {CODE}",
    token="t-timeline",
)
AGAIN = Button(
    label="Ask again",
    press=PressAction(action=Replay(execution=CODE, mode="rerun")),
    typed=f"replay {CODE} rerun",
    token="t-again",
)
APPROVE = Button(
    label="Approve",
    press=PressAction(action=Approve(request=CODE)),
    style=ButtonStyle.PRIMARY,
    typed=f"approve {CODE}",
    token="t-approve",
)
REJECT = Button(
    label="Reject...",
    press=PressAction(action=Reject(request=CODE)),
    style=ButtonStyle.DANGER,
    typed=f"reject {CODE} because ...",
    form=Form.question("Why? The requester will read this."),
    token="t-reject",
)
CHANGES = Form(
    title="Approve with changes",
    fields=(
        ChoicesField(
            name="targets",
            label="Where to install",
            options=(
                Option(value="claude", label="Claude"),
                Option(value="gemini", label="Gemini"),
                Option(value="openai", label="OpenAI"),
            ),
            initial=("claude", "openai"),
        ),
        TextField(name="ref", label="Another version", initial="v1.1", optional=True),
    ),
)
CHANGE = Button(
    label="Approve with changes...", press=PressAction(action=Approve(request=CODE)), form=CHANGES, token="t-change"
)
DETAILS = Button(label="Details", press=PressDetails(), token="t-details")

_RESOLVED = Step(mark=Mark.DONE, label="resolved", fact="acme/skills @ main -> 4be91c2 (2 days ago, Mina Park)")
_FETCHED = Step(mark=Mark.DONE, label="fetched", fact="9 files, 41 kB")
_INSPECTED = Step(mark=Mark.DONE, label="inspected", fact="privileged: 2 scripts, allowed-tools Bash")
_INSTALL = Step(mark=Mark.TODO, label="install pdf on Claude")

PLANNING = Card(
    title="Install pdf on Claude",
    code=CODE,
    steps=(
        _RESOLVED,
        Step(mark=Mark.RUNNING, label="fetch", fact="4be91c2"),
        Step(mark=Mark.TODO, label="inspect"),
        _INSTALL,
    ),
    buttons=(CANCEL,),
)
WAITING = PLANNING.evolve(
    steps=(
        _RESOLVED,
        _FETCHED,
        _INSPECTED,
        Step(mark=Mark.WAITING, label="waiting for approval", fact="1 of 1, expires 14:35 (in 58 min)"),
        _INSTALL,
    )
)
DONE = Card(
    title="Installed pdf on Claude",
    code=CODE,
    lines=(
        'approved by Bob in #ai-approvals at 13:41 - "fine, I read the scripts"',
        "4be91c2, 9 files, verified byte for byte - 1.8 s",
    ),
    buttons=(TIMELINE,),
)
FAILED = Card(
    title="Failed: install pdf on Claude",
    code=CODE,
    lines=("acme/skills could not be read: the connection was lost. Nothing was changed; try again later.",),
    steps=(
        _RESOLVED,
        Step(mark=Mark.FAILED, label="fetch", fact="4be91c2"),
        Step(mark=Mark.TODO, label="inspect"),
        _INSTALL,
    ),
    buttons=(AGAIN, TIMELINE),
)
APPROVAL = Card(
    title="Alice asks: install pdf on Claude",
    code=CODE,
    facts=(
        Fact(name="from", value="github.com/acme/skills/skills/pdf @ main"),
        Fact(
            name="commit",
            value="4be91c2f0a4be91c2f0a4be91c2f0a4be91c2f0a (2 days ago, Mina Park, signature not checked)",
        ),
        Fact(name="change", value="v1.1 -> main: 3 files changed, +42 -7, 1 new script"),
        Fact(
            name="reach",
            value="PRIVILEGED  runs scripts/extract.py, scripts/fill.py; allowed-tools: Bash(python:*)",
        ),
        Fact(name="", value="names hosts: none; hidden text: none; binaries: none"),
        Fact(name="scan", value="not scanned"),
        Fact(name="rule", value="write: 1 approval, not by Alice; expires 14:35 (in 58 min)"),
    ),
    buttons=(APPROVE, REJECT, DETAILS),
)
CHANGEABLE = APPROVAL.evolve(buttons=(APPROVE, CHANGE, REJECT, DETAILS))
DECIDED = Card(
    title="Alice asks: install pdf on Claude",
    code=CODE,
    lines=('approved by Bob in console at 13:41 - "fine"', "Claude: 4be91c2, 9 files, verified byte for byte"),
    buttons=(TIMELINE,),
)
EXPIRED = Card(
    title="Expired: install pdf on Claude",
    code=CODE,
    lines=("Expired - nobody decided by 14:35. Nothing was installed.",),
    buttons=(AGAIN,),
)
REFUSAL = Card(title="You asked for this, so somebody else has to approve it. Waiting: Bob, Carol.")
QUESTION = Card(
    title="Which skill do you mean?",
    buttons=(
        Button(label="pdf", press=PressChoice(action=Install(skills=("pdf",), providers=("claude",))), token="t-1"),
        Button(
            label="pdf-forms",
            press=PressChoice(action=Install(skills=("pdf-forms",), providers=("claude",))),
            token="t-2",
        ),
        Button(label="None of these", press=PressChoice(action=None), token="t-3"),
    ),
)
LIST = Card(
    title="Skills",
    table=Table(
        header=("skill", "what it is for", "source"),
        rows=(
            ("meeting-notes", "회의록을 결정 사항과 할 일로 정리합니다", "acme/skills @ main"),
            ("pdf", "Reads, searches, splits and joins PDF files", "acme/skills @ v1.0"),
            ("번역", "短い文章を訳します", ""),
        ),
    ),
)
MATRIX = Card(
    title="Status",
    lines=("2 skills on 3 providers",),
    table=Table(
        header=("", "Claude", "Gemini", "OpenAI"),
        rows=(("meeting-notes", "installed 4be91c2", "-", "-"), ("pdf", "FAILED", "installed v1.0", "-")),
    ),
)
WITH_SECTION = Card(
    title="Changes of pdf on Claude",
    sections=(
        Section(title="SKILL.md", text='-  version: "1.0"\n+  version: "1.1"\n   indented  as it is\n'),
        Section(text="one block\nwithout a title"),
    ),
    lines=("3 files changed",),
)

#: What somebody with bad intent would write into a skill's description.
ATTACK = (
    "harmless\x1b[2J\x1b[31m red\x1b]0;title\x07 \x00nul \u202egpj.exe \u200bzero\r\n"
    "[1] Approve\n  commit   0000000\u2028next\x85line\ttab \ud800 \x9b31m"
)
HOSTILE = Card(
    title=f"Alice asks: install {ATTACK}",
    code=f"7F{ATTACK}",
    lines=(ATTACK,),
    facts=(Fact(name=ATTACK, value=ATTACK),),
    table=Table(header=("name", ATTACK), rows=((ATTACK, "x", "a cell too many"), ())),
    steps=(Step(mark=Mark.FAILED, label=ATTACK, fact=ATTACK),),
    sections=(Section(title=ATTACK, text=ATTACK),),
    buttons=(APPROVE.evolve(label=ATTACK, typed=ATTACK),),
)


def hostile_form(options: int = 41, *, optional: bool = False) -> Form:
    """Return a form whose every label is an attack of 10,000 characters, and which has a long text in it already."""
    label = (ATTACK * 100)[:10_000]
    return Form(
        title=label,
        fields=(
            ChoicesField(
                name="targets",
                label=label,
                options=tuple(Option(value="v" * 400 + str(n), label=f"{n} {label}") for n in range(options)),
                initial=("v" * 400 + "0",),
                optional=optional,
            ),
            TextField(name="ref", label=f"Version {label}", initial="refs/" + "x" * 5_000, optional=True),
        ),
    )


OVERSIZED = Card(
    title="long " * 400,
    code=CODE,
    lines=tuple(f"line {number}" for number in range(5000)),
    facts=tuple(Fact(name=f"fact {number}", value="v" * 50_000) for number in range(300)),
    table=Table(header=tuple("abcdefghijklmnop"), rows=(("wide " * 400,) * 16,) * 500),
    steps=tuple(Step(mark=Mark.TODO, label="step " * 40, fact="fact " * 40) for _ in range(500)),
    sections=(Section(title="s" * 5000, text="\n".join(["x" * 500] * 5000)),) * 50,
    buttons=tuple(TIMELINE.evolve(label=f"{number} " + "label " * 100, token=f"t{number}") for number in range(1, 31)),
)

CARDS = {
    "request_planning": PLANNING,
    "request_waiting": WAITING,
    "request_done": DONE,
    "request_failed": FAILED,
    "approval": APPROVAL,
    "approval_changeable": CHANGEABLE,
    "approval_decided": DECIDED,
    "approval_expired": EXPIRED,
    "refusal": REFUSAL,
    "question": QUESTION,
    "list": LIST,
    "matrix": MATRIX,
    "section": WITH_SECTION,
    "hostile": HOSTILE,
}
