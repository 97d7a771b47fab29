"""The tables, one file per aggregate. Importing this package makes ``SQLModel.metadata`` complete."""

from storage.tables import (
    approvals,
    artifacts,
    chat_actions,
    costs,
    delegations,
    events,
    executions,
    inbox,
    notices,
    people,
    policies,
    prompts,
    providers,
    runs,
    skills,
    targets,
)

__all__ = [
    "approvals",
    "artifacts",
    "chat_actions",
    "costs",
    "delegations",
    "events",
    "executions",
    "inbox",
    "notices",
    "people",
    "policies",
    "prompts",
    "providers",
    "runs",
    "skills",
    "targets",
]
