"""A state machine asks, votes, changes, delegates, kills and restarts in any order; approvals hold all the same."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import BACKENDS
from tests.desk import furnished
from tests.desk_machine import ApprovalMachine

QUICK = settings(
    max_examples=14,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
#: Examples on each database: (at every check, in a soak). A server answers slower than a file, by the same rules.
EXAMPLES = {"sqlite": (14, 1400), "postgresql": (5, 300), "mysql": (5, 300)}


def machine_on(backend: str) -> type[ApprovalMachine]:
    """Return the machine on ``backend``; the test is skipped where that is absent."""
    asyncio.run(furnished(backend))
    return type("Machine", (ApprovalMachine,), {"backend": backend})


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("backend", BACKENDS)
def test_approvals_hold_in_thousands_of_random_orders(backend: str, soak_seed: int) -> None:
    """The same, at random: the seed of the soak gives the same orders again."""
    at_random = settings(QUICK, max_examples=EXAMPLES[backend][1], stateful_step_count=80, derandomize=False)
    run_state_machine_as_test(seed(soak_seed)(machine_on(backend)), settings=at_random)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("backend", BACKENDS)
def test_approvals_hold_whatever_happens_in_whatever_order(backend: str) -> None:
    """Executed only with the consent that stood at that moment, once, as approved; every copy and record agrees."""
    run_state_machine_as_test(machine_on(backend), settings=settings(QUICK, max_examples=EXAMPLES[backend][0]))
