"""The way through a form with pages: which are asked, how far each is, what is still wrong where."""

from dataclasses import dataclass

from forms.builder.answers import Answers
from forms.builder.checking import Fault, is_asked
from forms.builder.pages import FormPart, part_with, parts_of
from forms.builder.rendering import AnswerForm, DisplayRow, check_answers, display
from forms.builder.schema import FormSchema
from forms.submissions.enums import PageStatus

NEXT, BACK, TO_PAGE = "next", "back", "page-"
"""What the buttons of a page send; TO_PAGE is followed by a number."""

LONGEST_NUMBER = 4
"""Digits of the number of a page, and some more; longer ones are nobody's."""


@dataclass(frozen=True)
class PageStep:
    """One page on the way."""

    part: FormPart
    position: int
    """From 1, among the pages that are asked."""
    status: PageStatus
    is_current: bool

    @property
    def is_wrong(self) -> bool:
        """Whether something on it is to be mended."""
        return self.status == PageStatus.WRONG


@dataclass(frozen=True)
class PlacedFault:
    """What is wrong, with the page on which it is mended."""

    page: int
    fault: Fault


@dataclass(frozen=True)
class Paging:
    """All pages that are asked, and where the reporter is: on one of them, or (`current` None) on the summary."""

    steps: tuple[PageStep, ...]
    faults: tuple[PlacedFault, ...]

    @property
    def current(self) -> PageStep | None:
        """The page that is shown."""
        return next((step for step in self.steps if step.is_current), None)

    @property
    def count(self) -> int:
        """How many pages are asked."""
        return len(self.steps)

    def after(self, number: int) -> int:
        """Number of the page after another; 0, the summary, after the last."""
        return next((step.part.number for step in self.steps if step.part.number > number), 0)

    def before(self, number: int) -> int | None:
        """Number of the page before another (0: before the summary); None before the first."""
        found = [step.part.number for step in self.steps if number == 0 or step.part.number < number]
        return found[-1] if found else None

    def reached_by(self, action: str, number: int) -> int:
        """The page to which an action ("next", "back", "page-3") leads from another; others stay where they are."""
        if action == NEXT:
            return self.after(number)
        if action == BACK:
            before = self.before(number)
            return number if before is None else before
        wanted = action.removeprefix(TO_PAGE)[:LONGEST_NUMBER]
        return int(wanted) if action.startswith(TO_PAGE) and wanted.isdecimal() else number


def paging_of(form: AnswerForm, *, is_begun: bool = True) -> Paging:
    """The way through the form with the answers that it shows; what it was begun with alone is no answer yet."""
    answers, current = form.draft_answers() if is_begun else {}, form.part
    parts = [part for part in parts_of(form.form_schema) if part.is_asked(form.state) or part == current]
    wrong = check_answers(form.form_schema, answers, form.sources, form.context, form.state)
    last = parts[-1].number if parts else 1
    faults = tuple(PlacedFault(page_with(tuple(parts), fault, last), fault) for fault in wrong)
    pages_wrong = {one.page for one in faults}
    steps = (
        PageStep(part, position, status_of(part, answers, part.number in pages_wrong), part == current)
        for position, part in enumerate(parts, start=1)
    )
    return Paging(tuple(steps), faults)


def page_with(parts: tuple[FormPart, ...], fault: Fault, last: int) -> int:
    """Number of the page on which a fault is mended; the last for what stands at no question."""
    part = part_with(parts, fault.path.partition(".")[0])
    return part.number if part else last


def status_of(part: FormPart, answers: Answers, is_wrong: bool) -> PageStatus:
    """How far a page is. One that asks nothing is complete."""
    asked = [one.key for one in part.fields if is_asked(one)]
    if asked and not any(key in answers for key in asked):
        return PageStatus.BLANK
    return PageStatus.WRONG if is_wrong else PageStatus.COMPLETE


def in_words(form: AnswerForm, part: FormPart) -> list[DisplayRow]:
    """What is asked on a page, with the answers as they would be sent."""
    fields = part.fields[1:] if part.begins_with_its_title else part.fields
    shown = tuple(one for one in fields if one.key not in form.state.hidden)
    asked = FormSchema(form.form_schema.title, fields=shown, rules=form.form_schema.rules)
    return display(asked, form.answers())
