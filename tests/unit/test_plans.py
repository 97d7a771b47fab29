"""Plans are directed acyclic graphs: every step follows what it depends on, or the plan cannot be made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.plans import ExecutionPlan, PlanStep, RiskLevel
from core.errors import InvalidPlan


def plan(*needs: tuple[int, ...]) -> ExecutionPlan:
    """Return a plan of one step for each of ``needs``."""
    return ExecutionPlan(
        goal="install pdf on Claude",
        steps=tuple(
            PlanStep(description=f"step {index}", tool="test", depends_on=depends_on)
            for index, depends_on in enumerate(needs)
        ),
        estimated_risk=RiskLevel.WRITE,
        requires_approval=True,
    )


@st.composite
def sound_needs(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Return dependencies without a circle, the steps written in any order."""
    count = draw(st.integers(0, 8))
    rank = draw(st.permutations(range(count)))
    return [
        tuple(draw(st.lists(st.sampled_from([i for i in range(count) if rank[i] < rank[index]]), unique=True)))
        if rank[index] > 0
        else ()
        for index in range(count)
    ]


@given(sound_needs())
@settings(deadline=None)
def test_every_step_follows_what_it_depends_on(needs: list[tuple[int, ...]]) -> None:
    """The order has each step once, behind all those it needs."""
    order = plan(*needs).order()
    assert sorted(order) == list(range(len(needs)))
    place = {step: position for position, step in enumerate(order)}
    assert all(place[need] < place[step] for step, depends_on in enumerate(needs) for need in depends_on)


@given(sound_needs(), st.data())
@settings(deadline=None)
def test_a_circle_is_refused_wherever_it_is(needs: list[tuple[int, ...]], data: st.DataObject) -> None:
    """No plan exists whose steps wait for each other, however long the circle is."""
    length = data.draw(st.integers(1, 4))
    first = len(needs)
    circle = [(first + (index + 1) % length,) for index in range(length)]
    with pytest.raises(InvalidPlan, match="wait for each other"):
        plan(*needs, *circle)


@pytest.mark.parametrize("missing", [-1, 1, 7])
def test_a_step_cannot_depend_on_what_is_not_there(missing: int) -> None:
    """The error names the step and what it asks for."""
    with pytest.raises(InvalidPlan, match=f"step 0 depends on step {missing}, which does not exist"):
        plan((missing,))


def test_ties_keep_the_written_order() -> None:
    """Where nothing else decides, steps are done as they were written."""
    assert plan((), (), (), ()).order() == (0, 1, 2, 3)
    assert plan((3,), (), (), ()).order() == (1, 2, 3, 0)


def test_a_plan_without_steps_has_nothing_to_do() -> None:
    """The empty plan is sound."""
    assert plan().order() == ()


def test_a_plan_survives_storage() -> None:
    """A plan is read back as it was written, risk in the seed's casing, and checked again."""
    first = plan((), (0,), (0, 1))
    written = first.model_dump(mode="json")
    assert written["estimated_risk"] == "Write"
    assert written["steps"][2]["depends_on"] == [0, 1]
    assert ExecutionPlan.model_validate(written) == first
    written["steps"][0]["depends_on"] = [2]
    with pytest.raises(InvalidPlan):
        ExecutionPlan.model_validate(written)


def test_the_risks_are_the_seeds() -> None:
    """Seed 000 names three levels."""
    assert [risk.value for risk in RiskLevel] == ["Read", "Write", "Destructive"]
