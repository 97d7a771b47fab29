"""Plan steps: what is read, and what is then done to which place, in the order in which it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.domain.actions import AcceptDrift, Diff
from core.domain.plans import PlanStep
from core.services.wanted import ADOPT, FETCH, INSPECT, INSTALL, LOAD, LOOK, REMOVE, RESOLVE, WantedContent

if TYPE_CHECKING:
    from core.domain.actions import ChatAction
    from core.domain.approvals import ApprovalSubject, SkillSubject, TargetSubject
    from core.services.wanted import Wanted, WantedPlace, WantedSkill


def steps_of(wanted: Wanted) -> tuple[PlanStep, ...]:
    """Return the steps: of each skill, its contents are read one after the other; then each place is changed."""
    steps: list[PlanStep] = []
    for skill in wanted.skills:
        ready: dict[WantedContent, int] = {}
        for content in skill.contents:
            for number, tool in enumerate(content.tools):
                before = (len(steps) - 1,) if number else ()
                steps.append(_reading(tool, skill, content, before))
            ready[content] = len(steps) - 1
        if not isinstance(wanted.action, Diff):
            for place in skill.places:
                tool = acting_tool(wanted.action, comes=place.content is not None)
                steps.append(_acting(tool, skill, place, (ready[place.content],) if place.content else ()))
    return tuple(steps)


def acting_tool(action: ChatAction, *, comes: bool) -> str:
    """Return the tool that does ``action`` to a place; ``comes`` says whether content comes there or goes."""
    if isinstance(action, AcceptDrift):
        return ADOPT
    return INSTALL if comes else REMOVE


def _reading(tool: str, skill: WantedSkill, content: WantedContent, before: tuple[int, ...]) -> PlanStep:
    data = {"skill": skill.name, "source": skill.location.label, "ref": skill.location.ref}
    if skill.skill is None and skill.location.path:
        data["path"] = skill.location.path  # folders of one repository are told apart by nothing else
    if content.digest is not None:
        data = {"skill": skill.name, "digest": content.digest, "commit": content.commit}
    what = {
        RESOLVE: f"resolve {skill.location.label}",
        FETCH: f"fetch {skill.name}",
        LOAD: f"find what was there before of {skill.name}",
        LOOK: f"read what is there of {skill.name}",
        INSPECT: f"inspect {skill.name}",
    }
    return PlanStep(description=what[tool], tool=tool, input=data, depends_on=before)


def _acting(tool: str, skill: WantedSkill, place: WantedPlace, after: tuple[int, ...]) -> PlanStep:
    name, where = skill.name, place.provider.display_name
    what = {
        INSTALL: f"install {name} on {where}",
        REMOVE: f"remove {name} from {where}",
        ADOPT: f"record as approved what is there of {name} on {where}",
    }
    return PlanStep(
        description=what[tool],
        tool=tool,
        input={"skill": name, "provider": where, "provider_id": place.provider.id},
        depends_on=after,
    )


def step_of(subject: ApprovalSubject, target: TargetSubject) -> int:
    """Return the index of the step that changes ``target``: see ``steps_of``."""
    index, skill_id = 0, None
    for other in subject.targets:
        if other.skill_id != skill_id:
            skill_id = other.skill_id
            index += sum(len(_tools(content)) for content in subject.skills if content.skill_id == skill_id)
        if other == target:
            return index
        index += 1
    raise ValueError("the target is not part of the subject")


def _tools(content: SkillSubject) -> tuple[str, ...]:
    kept = content.digest if content.origin != "source" else None
    return WantedContent(digest=kept, is_found=content.origin == "place").tools
