"""The plan's data in words, for templates."""

from django import template

from portal.programmes.enums import DeadlineKind, ProgrammeState, UnitRole
from portal.programmes.models import Milestone, TaskUnit
from portal.programmes.wording import deadline_in_words, plan_paragraphs

register = template.Library()

STATE_CLASSES = {
    ProgrammeState.DRAFT: "state--draft",
    ProgrammeState.RUNNING: "state--open",
    ProgrammeState.CLOSED: "state--closed",
}


@register.filter
def when(milestone: Milestone) -> str:
    """Say a milestone's time limit as exactly as the plan does; how often it repeats, the plan's words say best."""
    repeats = milestone.kind == DeadlineKind.RECURRING and milestone.text
    return deadline_in_words(milestone.kind, milestone.date, "" if repeats else milestone.precision)


@register.filter
def more_words(milestone: Milestone) -> str:
    """The plan's words, where they say more than the date: 2020年6月25日前 says no more than 2020年6月25日."""
    words = "".join(milestone.text.split())
    said = when(milestone)
    return (
        "" if milestone.date and words.removesuffix("之前").removesuffix("以前").removesuffix("前") == said else words
    )


@register.filter
def paragraphs(text: str) -> list[str]:
    """Cut a task's words into paragraphs."""
    return plan_paragraphs(text)


@register.filter
def state_class(state: str) -> str:
    """The class of a programme's state badge."""
    return STATE_CLASSES[ProgrammeState(state)]


@register.filter
def by_role(task_units: list[TaskUnit]) -> list[tuple[str, list[TaskUnit]]]:
    """Group a task's units by their part: lead, assisting, responsible, each only if there is one."""
    groups = [(role.label, [one for one in task_units if one.role == role]) for role in UnitRole]
    return [(str(label), found) for label, found in groups if found]
