"""The assembly: every service with what it needs, as the settings of an installation say."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.answers import Answers
from bot.calling import callback_sender
from bot.election import Election
from bot.installation import Installation
from bot.jobs import Upkeep
from bot.peers import Peers
from bot.sealing import checkpoints_of
from bot.tasks import CROWD, kinds_of_work, tasks_of
from bot.workers import Workers, process_name
from core.domain.messages import ChannelName
from core.domain.policy import Policy
from core.ports import CallbackSender, Channel, Clock, LanguageModel, Storage, UserGroups
from core.services.access import Access
from core.services.additions import Additions
from core.services.approval_changes import ApprovalChanges
from core.services.approval_clock import ApprovalClock
from core.services.approval_notices import Audience
from core.services.approval_service import ApprovalService
from core.services.artifacts_api import ArtifactsApi
from core.services.callbacks import Callbacks
from core.services.decisions import Decisions
from core.services.delivery import Delivery
from core.services.dispatcher import Dispatcher
from core.services.drift_watch import DriftWatch
from core.services.effects import Effects
from core.services.execution_service import LEASE, ExecutionService
from core.services.executions_api import ExecutionsApi
from core.services.go_ahead import GoAhead
from core.services.hearing import Hearing
from core.services.hitl_api import HitlApi
from core.services.housekeeping import Housekeeping
from core.services.intent_resolver import IntentResolver
from core.services.leases import SHARED_LEASE, Leases
from core.services.links import Links
from core.services.matrix import Matrix
from core.services.merges import Merges
from core.services.people import People
from core.services.planner import Planner
from core.services.policy_keeper import PolicyKeeper
from core.services.preparation import Preparation
from core.services.provider_health import ProviderHealth
from core.services.rates import Rates
from core.services.receipts import Receipts
from core.services.record_changes import RecordChanges
from core.services.records_delegations import DelegationRecords
from core.services.records_drift import DriftRecords
from core.services.records_freezes import FreezeRecords
from core.services.records_people import PeopleRecords
from core.services.records_providers import ProviderRecords
from core.services.records_skills import SkillRecords
from core.services.replays import Replays
from core.services.reports import Reports
from core.services.request_service import RequestService
from core.services.retention import Retention
from core.services.rosters import Rosters
from core.services.second_opinions import SecondOpinions
from core.services.strangers import Strangers

EVERY_APPROVER = Audience()


@dataclass(frozen=True, kw_only=True)
class Program:
    """The running program: what a channel, a command or an HTTP request talks to."""

    dispatcher: Dispatcher
    workers: Workers
    approvals: ApprovalService
    approval_clock: ApprovalClock
    delivery: Delivery
    people: People
    reports: Reports
    policy: PolicyKeeper
    access: Access
    executions: ExecutionsApi
    artifacts: ArtifactsApi
    hitl: HitlApi
    answers: Answers
    drift: DriftWatch
    election: Election
    executor: ExecutionService

    def wake(self) -> None:
        """Something was committed: there may be work, and somebody may wait for just that."""
        self.workers.look()
        self.answers.ring()

    def tick(self) -> None:
        """Time has passed, and others on the database may have worked."""
        self.workers.wake()
        self.answers.ring()


def assemble(
    installation: Installation,
    database: Storage,
    channels: Mapping[ChannelName, Channel],
    clock: Clock,
    *,
    at_once: int,
    report: Callable[[str, Exception], None],
    audience: Audience,
    first_code: str | None,
    policy: Policy,
    user_groups: UserGroups | None,
    sender: CallbackSender | None,
    language_model: LanguageModel | None,
    rates: Rates | None,
    peers: Peers,
    look: float,
    spoken_on: Collection[ChannelName] | None,
    only_installs: bool = False,
    queued: bool = False,
) -> tuple[Program, Upkeep]:
    """Put the services together, for people ``spoken_on`` those channels; see ``running`` for the rest.

    Where runs are ``queued``, workers do not look for them.
    """
    from bot.channels.api import ApiChannel
    from bot.installers.registry import proposals
    from bot.integrations.artifact_files import DiskArtifactFiles
    from bot.integrations.bundle_store import DiskBundleStore
    from bot.integrations.receipt_files import DiskReceiptFiles
    from bot.integrations.secret_stores import Secrets
    from bot.sealing import signer_of
    from bot.skill_places import installers_of, repositories_of, whereabouts
    from bot.skill_source import configured_source

    home, http = installation.home, installation.settings.http
    owner = process_name(is_one_of_many=peers.are_several)
    translator = installation.translator
    secrets = Secrets(os.environ, installation.masker)
    source = configured_source(installation.settings, installation.allowed_hosts(), home, secrets, installation.masker)
    bundles = DiskBundleStore(home.path)
    repositories = repositories_of(installation, secrets)
    places = installers_of(installation, secrets, repositories)
    planner = Planner(
        clock=clock,
        policy=policy,
        source=source,
        bundles=bundles,
        installers=places,
        allowed_hosts=installation.allowed_hosts(),
        masker=installation.masker,
    )
    rosters = Rosters(clock=clock, policy=policy, user_groups=user_groups, channels=spoken_on)
    people = People(clock=clock, translator=translator, rosters=rosters)
    records = RecordChanges(
        PeopleRecords(people=people),
        DelegationRecords(clock=clock, people=people, translator=translator),
        SkillRecords(),
        FreezeRecords(),
        DriftRecords(),
        ProviderRecords(whereabouts()),
    )
    additions = Additions(
        clock=clock,
        policy=policy,
        source=source,
        bundles=bundles,
        allowed_hosts=installation.allowed_hosts(),
        masker=installation.masker,
    )
    effects = Effects(records=records, additions=additions, undo=installation.undo)
    approvals = ApprovalService(clock=clock, rosters=rosters, audience=audience, effects=effects)
    changes = ApprovalChanges(
        clock=clock, policy=policy, rosters=rosters, audience=audience, approvals=approvals, planner=planner
    )
    requests = RequestService(
        clock=clock, policy=policy, planner=planner, additions=additions, approvals=approvals, records=records
    )
    go_ahead = GoAhead(policy=policy, rosters=rosters)
    executor = ExecutionService(
        storage=database,
        clock=clock,
        source=source,
        bundles=bundles,
        installers=places,
        merges=Merges(storage=database, clock=clock, proposals=proposals(repositories), go_ahead=go_ahead),
        requests=requests,
        go_ahead=go_ahead,
        owner=owner,
        lease=SHARED_LEASE if peers.are_several else LEASE,
    )
    receipts = Receipts(
        storage=database,
        clock=clock,
        bundles=bundles,
        files=DiskReceiptFiles(home.path),
        signer=signer_of(installation),
    )
    drift = DriftWatch(
        storage=database,
        clock=clock,
        installers=places,
        bundles=bundles,
        masker=installation.masker,
        rosters=rosters,
        audience=audience,
        translator=translator,
    )
    preparation = Preparation(
        storage=database,
        clock=clock,
        planner=planner,
        additions=additions,
        approvals=approvals,
        changes=changes,
        rosters=rosters,
        effects=effects,
        matrix=Matrix(storage=database, clock=clock, translator=translator, installers=places),
        drift=drift,
        replays=Replays(
            storage=database,
            clock=clock,
            planner=planner,
            additions=additions,
            records=records,
            rosters=rosters,
            translator=translator,
        ),
        translator=translator,
    )
    resolver = IntentResolver(translator)
    reports = Reports(policy=policy, rosters=rosters)
    dispatcher = Dispatcher(
        storage=database,
        clock=clock,
        rosters=rosters,
        translator=translator,
        hearing=Hearing(
            storage=database,
            clock=clock,
            translator=translator,
            resolver=resolver,
            second=second_opinions(installation, resolver, language_model),
        ),
        requests=requests,
        decisions=Decisions(approvals=approvals, changes=changes, rosters=rosters),
        reports=reports,
        people=people,
        strangers=Strangers(people=people, rosters=rosters, first_code=first_code),
        links=Links(clock=clock, translator=translator, people=people, rosters=rosters),
        rates=rates,
    )
    spoken_to: dict[ChannelName, Channel] = {"api": ApiChannel(), **channels}
    delivery = Delivery(storage=database, clock=clock, rosters=rosters, translator=translator, channels=spoken_to)
    files = DiskArtifactFiles(home.path)
    callbacks = Callbacks(storage=database, clock=clock, sender=sender or callback_sender(installation, clock))
    tasks = tasks_of(
        kinds_of_work(only_installs=only_installs, queued=queued),
        clock,
        dispatcher=dispatcher,
        preparation=preparation,
        executor=executor,
        receipts=receipts,
        delivery=delivery,
        callbacks=callbacks,
        crowd=CROWD if peers.are_several else 1,
    )
    program = Program(
        dispatcher=dispatcher,
        workers=Workers(database, tasks, at_once=at_once, report=report, peers=peers),
        approvals=approvals,
        approval_clock=ApprovalClock(storage=database, clock=clock, rosters=rosters, audience=audience),
        delivery=delivery,
        people=people,
        reports=reports,
        policy=PolicyKeeper(
            storage=database, clock=clock, policy=policy, rosters=rosters, people=people, changes=changes
        ),
        access=Access(storage=database, clock=clock),
        executions=ExecutionsApi(
            masker=installation.masker,
            storage=database,
            clock=clock,
            approvals=approvals,
            plain_hosts=http.plain_callback_hosts,
            signs=http.callback_secret is not None,
            rates=rates,
        ),
        artifacts=ArtifactsApi(storage=database, clock=clock, files=files),
        hitl=HitlApi(
            storage=database,
            clock=clock,
            policy=policy,
            rosters=rosters,
            approvals=approvals,
            masker=installation.masker,
            translator=installation.translator,
            per_minute=http.requests_per_minute,
            plain_hosts=http.plain_callback_hosts,
            signs=http.callback_secret is not None,
        ),
        answers=Answers(database, clock),
        drift=drift,
        election=Election(peers, seconds=look),
        executor=executor,
    )
    upkeep = Upkeep(
        leases=Leases(storage=database, clock=clock, owner=owner),
        housekeeping=Housekeeping(storage=database, clock=clock),
        retention=Retention(storage=database, clock=clock, files=files),
        health=ProviderHealth(storage=database, clock=clock, installers=places, mask=installation.masker.text),
        checkpoints=checkpoints_of(installation, database, clock, audience.rooms),
        drift=drift,
        checkpoint_minutes=installation.settings.audit.checkpoint_minutes,
        drift_minutes=installation.settings.drift.check_minutes,
    )
    return program, upkeep


def second_opinions(
    installation: Installation, resolver: IntentResolver, model: LanguageModel | None
) -> SecondOpinions | None:
    """Return what is asked where ``resolver`` does not know; None where no language model is switched on."""
    if model is None:
        return None
    budget = installation.settings.language_model.tokens_per_day
    return SecondOpinions(model=model, resolver=resolver, masker=installation.masker, tokens_per_day=budget)
