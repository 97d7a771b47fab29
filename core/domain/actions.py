"""ChatAction: everything a person can ask for, as validated data. What is not here cannot be asked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from core.domain.base import Domain
from core.domain.plans import RiskLevel

#: Stands for "all skills" or "everywhere" in ``skills`` and ``providers``.
EVERY = "*"

Names = tuple[str, ...]


class Install(Domain):
    """Put skills on providers. ``skills`` are catalogue names or sources, ``ref`` overrides the catalogue's ref."""

    intent: Literal["install"] = "install"
    skills: Names
    providers: Names = ()
    ref: str | None = None


class Sync(Domain):
    """Bring what is installed to what its source says now."""

    intent: Literal["sync"] = "sync"
    skills: Names = ()
    providers: Names = ()
    ref: str | None = None


class Uninstall(Domain):
    """Take skills off providers."""

    intent: Literal["uninstall"] = "uninstall"
    skills: Names
    providers: Names = ()


class Diff(Domain):
    """Show how installed content differs from the source."""

    intent: Literal["diff"] = "diff"
    skills: Names
    providers: Names = ()
    ref: str | None = None


class Rollback(Domain):
    """Go back to what was before (``to_ref`` is None) or to a ref; with ``run``, only where that request changed it."""

    intent: Literal["rollback"] = "rollback"
    skills: Names
    providers: Names = ()
    to_ref: str | None = None
    run: str | None = None


class Retry(Domain):
    """Run a failed run again; None is the last failed one."""

    intent: Literal["retry"] = "retry"
    run: str | None = None


class AddSkill(Domain):
    """Add the skills of a source to the catalogue."""

    intent: Literal["add_skill"] = "add_skill"
    source: str
    ref: str | None = None
    name: str | None = None
    tags: Names = ()


class ArchiveSkill(Domain):
    """Hide skills from the catalogue."""

    intent: Literal["archive_skill"] = "archive_skill"
    skills: Names


class RestoreSkill(Domain):
    """Bring archived skills back."""

    intent: Literal["restore_skill"] = "restore_skill"
    skills: Names


class ShowSkill(Domain):
    """Describe skills."""

    intent: Literal["show_skill"] = "show_skill"
    skills: Names


class EditSkill(Domain):
    """Change the ref or the tags of skills in the catalogue."""

    intent: Literal["edit_skill"] = "edit_skill"
    skills: Names
    ref: str | None = None
    tags: Names = ()


class ListSkills(Domain):
    """List the catalogue, optionally by words or a tag."""

    intent: Literal["list_skills"] = "list_skills"
    query: str | None = None
    tag: str | None = None


class ListProviders(Domain):
    """List the connected providers."""

    intent: Literal["list_providers"] = "list_providers"


class ConnectProvider(Domain):
    """Connect a provider of a kind under a display name."""

    intent: Literal["connect_provider"] = "connect_provider"
    provider: str
    display_name: str | None = None


class DisconnectProvider(Domain):
    """Disconnect a provider."""

    intent: Literal["disconnect_provider"] = "disconnect_provider"
    provider: str
    display_name: str | None = None


class Status(Domain):
    """Show what is installed where; empty lists mean all."""

    intent: Literal["status"] = "status"
    skills: Names = ()
    providers: Names = ()


class Drift(Domain):
    """Show where installed content differs from what was approved."""

    intent: Literal["drift"] = "drift"
    skills: Names = ()
    providers: Names = ()


class RestoreDrift(Domain):
    """Put back what was approved, where something else was found; with ``drift``, where that one was found."""

    intent: Literal["restore_drift"] = "restore_drift"
    skills: Names = ()
    providers: Names = ()
    drift: str | None = None


class AcceptDrift(Domain):
    """Make what was found the approved content; with ``drift``, of that one."""

    intent: Literal["accept_drift"] = "accept_drift"
    skills: Names = ()
    providers: Names = ()
    drift: str | None = None


class IgnoreDrift(Domain):
    """Do not report again what was found; with ``drift``, of that one."""

    intent: Literal["ignore_drift"] = "ignore_drift"
    skills: Names = ()
    providers: Names = ()
    drift: str | None = None


class History(Domain):
    """List past requests, newest first."""

    intent: Literal["history"] = "history"
    skills: Names = ()
    user: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)


class Timeline(Domain):
    """Show every step of an execution; None is the change request seen last in this conversation."""

    intent: Literal["timeline"] = "timeline"
    execution: str | None = None


class Replay(Domain):
    """View an execution again, plan it again (dry-run), or ask for it again (rerun)."""

    intent: Literal["replay"] = "replay"
    execution: str | None = None
    mode: Literal["view", "dry-run", "rerun"] = "view"


class Pending(Domain):
    """List what waits for a decision."""

    intent: Literal["pending"] = "pending"


class Approve(Domain):
    """Vote for a request; None is the only one waiting for me."""

    intent: Literal["approve"] = "approve"
    request: str | None = None
    comment: str | None = None


class Reject(Domain):
    """Vote against a request."""

    intent: Literal["reject"] = "reject"
    request: str | None = None
    comment: str | None = None


class Modify(Domain):
    """Approve with changes: fewer targets, or another ref."""

    intent: Literal["modify"] = "modify"
    request: str | None = None
    ref: str | None = None
    skills: Names = ()
    providers: Names = ()


class Withdraw(Domain):
    """Take my vote back."""

    intent: Literal["withdraw"] = "withdraw"
    request: str | None = None


class Cancel(Domain):
    """Stop a request that has not run yet."""

    intent: Literal["cancel"] = "cancel"
    request: str | None = None
    comment: str | None = None


class BreakGlass(Domain):
    """Execute now without the approvals, with a reason; every admin is told."""

    intent: Literal["break_glass"] = "break_glass"
    request: str | None = None
    comment: str | None = None


class Freeze(Domain):
    """Forbid changes of skills on providers."""

    intent: Literal["freeze"] = "freeze"
    skills: Names = ()
    providers: Names = ()


class Unfreeze(Domain):
    """Allow changes again."""

    intent: Literal["unfreeze"] = "unfreeze"
    skills: Names = ()
    providers: Names = ()


class Delegate(Domain):
    """Let somebody vote in my place for a while; without ``to`` I am away, and without ``until`` too I am back."""

    intent: Literal["delegate"] = "delegate"
    to: str | None = None
    until: AwareDatetime | None = None


class Costs(Domain):
    """Show what was spent in the last days."""

    intent: Literal["costs"] = "costs"
    days: int | None = Field(default=None, ge=1, le=366)


class AskPolicy(Domain):
    """Explain the policy: show it, say why a request needs approval, or who can give it."""

    intent: Literal["policy"] = "policy"
    question: Literal["show", "why", "who"] = "show"
    request: str | None = None


class WhoAmI(Domain):
    """Say who the bot thinks I am."""

    intent: Literal["whoami"] = "whoami"


class SetRole(Domain):
    """Change a person's role."""

    intent: Literal["set_role"] = "set_role"
    user: str
    role: Literal["user", "admin"]


class ActivateUser(Domain):
    """Let a person in again."""

    intent: Literal["activate_user"] = "activate_user"
    user: str


class DeactivateUser(Domain):
    """Shut a person out."""

    intent: Literal["deactivate_user"] = "deactivate_user"
    user: str


class LinkIdentity(Domain):
    """Join two platform accounts of one person; None asks for a code, a code redeems it."""

    intent: Literal["link_identity"] = "link_identity"
    code: str | None = None


class SetLanguage(Domain):
    """Choose the language of replies."""

    intent: Literal["set_language"] = "set_language"
    language: Literal["en", "ko"]


class SetTimezone(Domain):
    """Choose the zone in which times are shown (IANA name)."""

    intent: Literal["set_timezone"] = "set_timezone"
    timezone: str


class Help(Domain):
    """Say what can be said."""

    intent: Literal["help"] = "help"
    topic: str | None = None


ChatAction = Annotated[
    Install | Sync | Uninstall | Diff | Rollback | Retry | AddSkill | ArchiveSkill | RestoreSkill | ShowSkill
    | EditSkill | ListSkills | ListProviders | ConnectProvider | DisconnectProvider | Status | Drift | History
    | Timeline | Replay | Pending | Approve | Reject | Modify | Withdraw | Cancel | BreakGlass | Freeze | Unfreeze
    | Delegate | Costs | AskPolicy | WhoAmI | SetRole | ActivateUser | DeactivateUser | LinkIdentity | SetLanguage
    | SetTimezone | Help | RestoreDrift | AcceptDrift | IgnoreDrift,
    Field(discriminator="intent"),
]  # fmt: skip

#: Reads a ChatAction from JSON or plain data; raises ``pydantic.ValidationError`` on anything else.
CHAT_ACTION: TypeAdapter[ChatAction] = TypeAdapter(ChatAction)

_WRITE = {
    "install", "sync", "rollback", "retry", "add_skill", "edit_skill", "restore_skill", "connect_provider", "unfreeze",
    "delegate", "activate_user", "restore_drift", "accept_drift",
}  # fmt: skip
_DESTRUCTIVE = {"uninstall", "archive_skill", "disconnect_provider", "set_role", "deactivate_user"}


def risk_of(action: ChatAction) -> RiskLevel:
    """Return the risk of ``action`` as product.md ranks it; decisions on other requests count as reads.

    Being away, or back, gives nobody a right that they had not; a freeze changes nothing, and neither does ignoring a
    drift: they count as reads too. What going back takes away its words do not say: see ``ApprovalSubject.risk``.
    """
    if isinstance(action, Replay):
        return RiskLevel.WRITE if action.mode == "rerun" else RiskLevel.READ
    if isinstance(action, Delegate) and action.to is None:
        return RiskLevel.READ
    if action.intent in _DESTRUCTIVE:
        return RiskLevel.DESTRUCTIVE
    return RiskLevel.WRITE if action.intent in _WRITE else RiskLevel.READ
