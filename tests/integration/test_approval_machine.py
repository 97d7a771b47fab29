"""A state machine asks, votes, changes, delegates, kills and restarts in any order; approvals hold all the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

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


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_approvals_hold_in_thousands_of_random_orders(soak_seed: int) -> None:
    """The same, at random: the seed of the soak gives the same orders again."""
    at_random = settings(QUICK, max_examples=1400, stateful_step_count=80, derandomize=False)
    seeded = seed(soak_seed)(type("Seeded", (ApprovalMachine,), {}))
    run_state_machine_as_test(seeded, settings=at_random)


def test_approvals_hold_whatever_happens_in_whatever_order() -> None:
    """Executed only with the consent that stood at that moment, once, as approved; every copy and record agrees."""
    run_state_machine_as_test(ApprovalMachine, settings=QUICK)
