"""What was asked cannot be done as written: names, sources, skills, settings."""

from __future__ import annotations

from core.errors.base import InvalidInput


class UnknownSkill(InvalidInput):
    """I know no skill called "{name}". Say "list skills" to see the ones I know, or name a repository."""


class UnknownProvider(InvalidInput):
    """I know no provider called "{name}". Say "list providers" to see the ones I know."""


class ProviderUnavailable(InvalidInput):
    """{provider} is not connected, so nothing can be installed there. Ask an admin to connect it."""


class NotConfigured(InvalidInput):
    """No provider called "{name}" is configured here. On the machine of the bot: skillwarden providers add claude, or
    openai, or gemini."""


class AmbiguousProvider(InvalidInput):
    """There are several of {kind}: {names}. Say which one, by its name."""


class NothingConnected(InvalidInput):
    """No provider is connected, so there is nowhere to install anything. Say "list providers" to see those I know; an
    admin adds one on the machine of the bot: skillwarden providers add claude."""


class NobodyOwns(InvalidInput):
    """Somebody has to answer for a provider, and nobody is an admin yet. Let one in first: skillwarden users add NAME
    --role admin."""


class ProviderNameTaken(InvalidInput):
    """A provider called "{name}" is connected already. Choose another name with --name; or disconnect that one first,
    and add it anew."""


class NotInstalled(InvalidInput):
    """I have not installed {skill} on {provider}, and what others put there I leave alone. Say "status" to see what is
    where."""


class NothingInstalled(InvalidInput):
    """Nothing that I have installed matches. Say "status" to see what is where."""


class SkillArchived(InvalidInput):
    """{skill} is archived. Restore it first."""


class UnknownTimeZone(InvalidInput):
    """I know no time zone called "{name}". Write it as in "Asia/Seoul" or "Europe/Berlin"."""


class UnknownPerson(InvalidInput):
    """I know nobody called "{name}"."""


class NameInUse(InvalidInput):
    """Somebody called "{name}" is known already. Choose another name, or change that person."""


class BadLinkCode(InvalidInput):
    """That code is not good, or not any more: it lives ten minutes and works once. Say "link" to me in private on the
    other platform, and send the fresh one here."""


class LinkOneself(InvalidInput):
    """These two accounts are one person already, so there is nothing to link."""


class SamePlatform(InvalidInput):
    """That code was given out on this platform. Send it from your account on the other one."""


class AccountTaken(InvalidInput):
    """The {channel} account {account} belongs to {who}. Unlink it there first."""


class LastAdmin(InvalidInput):
    """{name} is the last admin, and without one nobody could approve anything. Make somebody else an admin first."""


class InvalidSource(InvalidInput):
    """ "{source}" is not a skill source I can read: {reason}. Write owner/repo, owner/repo/path@ref or an https URL."""


class SourceNotAllowed(InvalidSource):
    """Skills may not come from {host}. Allowed hosts: {allowed}. An admin can add it to the configuration."""


class FolderOutside(InvalidSource):
    """{path} is not below this home, and local folders are read only there."""


class RefNotFound(InvalidInput):
    """{source} has no branch, tag or commit called "{ref}". Check the name and ask again."""


class NothingCommitted(RefNotFound):
    """{source} is empty: its default branch has no commit yet. Push one, or name another branch, then ask again."""


class NoSkillFound(InvalidInput):
    """There is no SKILL.md in {source} at "{ref}". Name a folder that holds a skill."""


class SeveralSkillsFound(InvalidInput):
    """{source} holds several skills: {names}. Say "add skill {example}", and then install the one you mean by
    its name."""


class NotInSource(InvalidInput):
    """{source} holds no skill called "{name}". It holds: {names}."""


class NothingToAdd(InvalidInput):
    """{source} holds nothing that could be added: {reasons}."""


class FrozenWider(InvalidInput):
    """{what} cannot be opened alone: {scope} is frozen. Unfreeze that."""


class NameTaken(InvalidInput):
    """A skill called {skill} from {source} is already known. Archive it first, or install that one."""


class InvalidSkill(InvalidInput):
    """{skill} would not load: {problems}. Its author has to repair SKILL.md."""


class UnsafeContent(InvalidInput):
    """{skill} was refused: {path} - {reason}. Nothing was changed; its author has to change that."""


class TooLarge(InvalidInput):
    """{skill} is too large: {what} is {size}, and the limit is {limit}. Nothing was changed; its author has to make
    it smaller."""


class InvalidPlan(InvalidInput):
    """The plan is not sound: {detail}."""


class InvalidSecretRef(InvalidInput):
    """A secret must be given as env:NAME, file:/path or keyring:service/name, never as its value."""


class SecretExposed(InvalidInput):
    """{where} holds what looks like a key or a password. I have not kept it, but it has been written down: revoke it
    where it was made. A secret is given as env:NAME, file:/path or keyring:service/name."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class SecretNotFound(InvalidInput):
    """The secret {reference} could not be read: {reason}."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class ConfigError(InvalidInput):
    """{file}, line {line}: {key} - {problem}."""

    exit_code = 78  # sysexits.h: EX_CONFIG


class InvalidSetting(InvalidInput):
    """{setting} cannot be used: {problem}."""

    exit_code = 78  # sysexits.h: EX_CONFIG
