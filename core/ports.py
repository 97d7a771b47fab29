"""Everything that can be plugged in: what the core asks of the world, method by method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, tzinfo
from typing import Protocol

from core.domain.audit.hashing import Record
from core.domain.callbacks import Callback
from core.domain.cards import Card
from core.domain.consents import Consent
from core.domain.messages import Actor, ChannelName, ConversationRef, MessageRef
from core.domain.proposals import ModelQuestion, Proposal
from core.domain.secret_refs import SecretRef
from core.domain.skills import FetchedSkill, ResolvedRef, SkillBundle, SourceLocation, StoredBundle, StoredFile
from core.domain.targets import Provider
from core.domain.users import ChannelIdentity
from core.repositories.unit_of_work import UnitOfWork as UnitOfWork  # noqa: PLC0414 - offered here too


class Clock(Protocol):
    """The time. Tests move it."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class Translator(Protocol):
    """What differs from reader to reader: the message catalogues and the time zones."""

    def say(self, language: str, message: str, /, **params: object) -> str:
        """Return ``message`` in ``language``, or untranslated where it has none, with ``{placeholders}`` filled.

        ``Words`` among ``params`` are said in ``language`` too.
        """

    def say_many(self, language: str, one: str, many: str, n: int, /, **params: object) -> str:
        """Return the form of the message that fits ``n``, which is available as ``{n}``."""

    def language(self, wanted: str) -> str:
        """Return the language that who wants ``wanted`` is spoken to in: that, or the default where it is unknown."""

    def zone(self, name: str) -> tzinfo:
        """Return the time zone with this IANA name; UTC when there is none."""


class Channel(Protocol):
    """A place where people talk to the bot: five platforms' worth of difference behind three methods."""

    name: ChannelName

    async def post(
        self,
        conversation: ConversationRef,
        card: Card,
        *,
        only_for: str | None = None,
        asked_in: ConversationRef | None = None,
    ) -> MessageRef:
        """Post ``card``, whose buttons carry their tokens, and return where it now is.

        With ``only_for`` (an external account id) nobody else should see it, where the platform can do that; elsewhere
        it is an ordinary post. With ``asked_in`` it also says that it answers what was asked there, where the bot
        cannot write. Too long a card is shortened, never refused.

        Raises:
            RateLimited: the platform names a time to wait.
            NoEntry: the bot may not write in this conversation; elsewhere it may.
            ChannelRefused: it will never take this message (chat gone, bot removed).
            ChannelError: anything that may pass.
        """

    async def edit(self, message: MessageRef, card: Card, *, asked_in: ConversationRef | None = None) -> None:
        """Make a posted message show ``card`` (and ``asked_in``, as for ``post``); nothing when it already does.

        Raises:
            MessageGone: it was deleted or may no longer be edited.
            RateLimited, ChannelRefused, ChannelError: as for ``post``.
        """

    async def private_conversation(self, account: ChannelIdentity | Actor) -> ConversationRef:
        """Return the conversation with one person alone, opening it where the platform needs that.

        Raises:
            ChannelRefused: the person cannot be reached (never started the bot, left the team).
            RateLimited, ChannelError: as for ``post``.
        """


class LanguageModel(Protocol):
    """A language model that is asked what the rules cannot read. It only proposes."""

    async def propose(self, question: ModelQuestion) -> Proposal:
        """Return what ``question`` is taken for, within its deadline of a few seconds.

        A model that fails, refuses, is late or answers in no known form proposes nothing: nobody waits for its
        excuse, which is in the log. What it has used is told in any case, as far as it is known.
        """


class SkillSource(Protocol):
    """Where skills come from."""

    async def resolve(self, location: SourceLocation, ref: str | None) -> ResolvedRef:
        """Look ``ref`` up (branch, tag or commit; None is the default branch) without fetching anything.

        Raises:
            RefNotFound (NothingCommitted): the repository has no such ref, or nothing at all.
            SourceDenied: the server wants credentials.
            SourceNotAllowed, FolderOutside, SourceUnreachable, TookTooLong, ProgramMissing: as their docstrings say.
        """

    async def fetch(self, location: SourceLocation, commit: str, tag: str | None = None) -> tuple[FetchedSkill, ...]:
        """Return every skill at or below ``location.path`` at ``commit``, by path; only the one at the path, if any.

        The signature of the commit, and that of the object ``tag`` which points to it, are checked where keys are
        configured. Content is checked for what a bundle may not hold; the manifests are not judged here.

        Raises:
            NoSkillFound: there is no SKILL.md.
            RefNotFound: the repository has no such commit.
            UnsafeContent, TooLarge: a path escape, a symlink, a file over the limit, ...
            SourceDenied, SourceNotAllowed, FolderOutside, SourceUnreachable, TookTooLong, ProgramMissing: as for
                ``resolve``.
        """


class BundleStore(Protocol):
    """Content-addressed files: skill bundles, and how they differ."""

    async def put(self, bundle: SkillBundle) -> StoredBundle:
        """Store ``bundle`` durably; does nothing when its digest is already there.

        Raises:
            DiskFull: nothing was stored.
        """

    async def get(self, digest: str) -> SkillBundle:
        """Return the bundle with this digest, hashed anew.

        Raises:
            BundleCorrupt: it is missing, or its bytes have another digest.
        """

    async def put_diff(self, text: str) -> StoredFile:
        """Store a unified diff durably; does nothing when the same one is already there.

        Raises:
            DiskFull: nothing was stored.
        """


class ArtifactFiles(Protocol):
    """The files of artifacts, bundles and diffs included; paths are relative to the home."""

    async def keep(self, content: bytes) -> StoredFile:
        """Store ``content`` durably under its SHA-256; does nothing when it is already there.

        Raises:
            DiskFull: nothing was stored.
        """

    def place_of(self, checksum: str) -> str:
        """Return the path at which ``keep`` stores content with this SHA-256."""

    async def read(self, path: str, checksum: str) -> bytes | None:
        """Return the content, hashed anew; None when it is missing or has another SHA-256."""

    async def listed(self) -> tuple[str, ...]:
        """Return the paths of all files, sorted."""

    async def removable(self, path: str, *, unused_since: datetime) -> int | None:
        """Return the size in bytes of a file that nobody has stored (again) or read since; None when it is no such."""

    async def remove(self, path: str, *, unused_since: datetime) -> int | None:
        """Remove a file if it is ``removable``; return its size in bytes, None when it was kept."""


class ReceiptFiles(Protocol):
    """Where receipts are kept: beside the database, so that they can be checked without it."""

    async def keep(self, skill: str, run_id: str, text: str) -> None:
        """Store the receipt of a run durably; does nothing when the same one is already there.

        Raises:
            DiskFull: nothing was stored.
        """


class SkillInstaller(Protocol):
    """One provider's place for skills. A skill is there whole or not at all."""

    async def check(self) -> None:
        """Look whether the place can be used, and change nothing; raises what is wrong with it."""

    def location(self, skill: str) -> str:
        """Return where the skill goes, as people know it: ``machine:folder``, a repository, an API."""

    async def read(self, skill: str) -> SkillBundle | None:
        """Return what is there now; None when nothing is.

        Raises:
            TargetReadOnly: it cannot be read.
        """

    async def install(self, skill: str, bundle: SkillBundle, *, replacing: str | None, consent: Consent) -> str | None:
        """Put ``bundle`` in place of content with digest ``replacing`` (None: of nothing), atomically, and verify it.

        Installing what is already there changes nothing. A place that keeps a history writes ``consent`` into it.
        Return None once it is there; where somebody else has the last word, what now waits for them (a branch): to
        install it again finds that, and proposes nothing twice.

        Raises:
            TargetChanged: what is there has another digest than ``replacing``.
            TargetReadOnly, DiskFull, VerificationFailed: nothing was changed.
        """

    async def uninstall(self, skill: str, *, replacing: str, consent: Consent) -> str | None:
        """Remove content with digest ``replacing``; does nothing when nothing is there. Returns as ``install`` does.

        Raises:
            TargetChanged, TargetReadOnly: nothing was changed.
        """


#: Gives the installer of a provider. Raises ProviderUnavailable when its mode or configuration cannot be served.
Installers = Callable[[Provider], SkillInstaller]


class Proposals(Protocol):
    """What waits at one provider's place until somebody merges it."""

    def location(self, skill: str) -> str:
        """Return where the skill goes, in the words of the place's ``SkillInstaller``."""

    def branch(self, skill: str, *, consent: Consent) -> str:
        """Return the branch on which what ``consent`` proposed waits, or would."""

    async def is_merged(self, skill: str, *, wanted: str | None, replacing: str | None, consent: Consent) -> bool:
        """Whether content with digest ``wanted`` is there now, in place of ``replacing``; False: it still waits.

        Raises:
            TargetChanged: something else is there.
            MergeGone: it neither is there nor waits any more.
            SkillwardenError: it cannot be told at present.
        """

    async def withdraw(self, skill: str, *, consent: Consent) -> None:
        """Take back what ``consent`` proposed, if it waits.

        Raises:
            ProposalKept: somebody has built on it, or it must not be deleted.
            SkillwardenError: it cannot be reached.
        """


#: Says how and where skills reach a provider, as people know it.
Whereabouts = Callable[[Provider], str]
#: Gives what waits at a provider's place; None where nothing ever does.
ProposalsOf = Callable[[Provider], Proposals | None]


class CheckpointFile(Protocol):
    """Where checkpoints leave the database for; ``where`` names it to people."""

    @property
    def where(self) -> str: ...
    async def last(self) -> Record | None:
        """Return the checkpoint that was written last; None when there is none yet.

        Raises:
            UnreadableRecord: it is there and cannot be read.
        """

    async def append(self, checkpoints: Sequence[Record]) -> None:
        """Write checkpoints behind those that are there, durably.

        Raises:
            DiskFull, UnreadableRecord: it cannot be written.
        """


class SecretStore(Protocol):
    """Where references lead."""

    def get(self, ref: SecretRef) -> str:
        """Return the value; it is masked everywhere from then on.

        Raises:
            SecretNotFound: the reference leads nowhere.
        """


class Verifier(Protocol):
    """The public half of a key: anybody may have it."""

    #: SHA-256 of the public key, by which people tell keys apart.
    fingerprint: str

    def verifies(self, purpose: str, message: bytes, signature: str) -> bool:
        """Whether the key's owner signed ``message`` for this ``purpose``; False for what is no signature at all."""


class Signer(Protocol):
    """The key of this installation: it signs what has to be believed where the database is not at hand."""

    #: As of the ``Verifier`` of the same key.
    fingerprint: str
    #: The public half, 32 bytes in hexadecimal digits.
    public_key: str

    def sign(self, purpose: str, message: bytes) -> str:
        """Return the signature of ``message`` in base64; ``purpose`` ("receipt") keeps it from standing for more."""


class CallbackSender(Protocol):
    """How programs hear that what they asked for has ended."""

    async def send(self, callback: Callback) -> None:
        """Return once the receiver has taken it.

        Raises:
            CallbackFailed: it could not, or not now; to be sent again with the same delivery id.
            CallbackRefused: it will not, or must not be called; for good.
            SecretNotFound: the secret that signs cannot be read.
        """


class UserGroups(Protocol):
    """Groups of people that are kept at a platform."""

    async def members(self, group_id: str) -> frozenset[str]:
        """Return the account ids of everybody in the group at this moment.

        Raises:
            ChannelError: the platform does not tell, or knows no such group.
        """
        ...


class Storage(Protocol):
    """The database."""

    def begin(self, *, ahead: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction that writes; writers wait in line, those that go ``ahead`` for the present one alone."""

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a consistent view that must not write."""

    def writes(self, table: str) -> int:
        """Return how often this process has committed something to ``table``; what others did is not in it."""
