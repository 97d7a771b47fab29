"""A state machine asks, edits in place, dies and starts again in any order; disk, tables and log agree all the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.team_machine import TeamMachine

QUICK = settings(
    max_examples=12,
    stateful_step_count=9,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_disk_tables_and_log_agree_in_thousands_of_random_orders(soak_seed: int) -> None:
    """The same, at random: the seed of the soak gives the same orders again."""
    at_random = settings(QUICK, max_examples=1000, stateful_step_count=40, derandomize=False)
    seeded = seed(soak_seed)(type("Seeded", (TeamMachine,), {}))
    run_state_machine_as_test(seeded, settings=at_random)


@pytest.mark.timeout(600)  # to make a failing script short takes minutes
def test_disk_tables_and_log_agree_wherever_the_process_dies() -> None:
    """What was approved is done once, as approved, and recorded as it is, whatever happens in whatever order."""
    run_state_machine_as_test(TeamMachine, settings=QUICK)
