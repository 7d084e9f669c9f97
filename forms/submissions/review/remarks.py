"""What a unit reads of a return: the marked places, each with the way to it, and until when the report is due again."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.builder.pages import part_with, parts_of
from forms.builder.schema import FormSchema
from forms.builder.scope import MORE_ROWS
from forms.collection.enums import ReportState
from forms.collection.wording import moment
from forms.submissions.enums import Step
from forms.submissions.models import Submission
from forms.submissions.review.models import Return
from forms.submissions.review.returning import WHOLE_FORM, current_return, place_in_words


@dataclass(frozen=True)
class Remark:
    """A marked place in words, why, and the address of its input; no address where it is not on the form any more."""

    place: str
    reason: str
    href: str


def returned_context(report: Submission | None, now: datetime.datetime) -> dict[str, Any]:
    """What templates show of the return because of which the report lies with its unit; empty where there is none.

    Of a report that the unit took back itself, that alone.
    """
    returned = current_return(report) if report else None
    if report is None or returned is None:
        return {"is_withdrawn": True} if report is not None and _is_withdrawn(report) else {}
    marks = list(returned.marks.all())
    schema = returned.version.form_version.form_schema
    return {
        "returned": returned,
        "remarks": [
            Remark(place_in_words(schema, mark.path), mark.reason, way_to(report, schema, mark.path))
            for mark in marks
            if mark.path != WHOLE_FORM
        ],
        "is_targeted": bool(marks)
        and all(mark.path != WHOLE_FORM for mark in marks)
        and returned.version.form_version_id == report.form_version_id,
        "due_again_at": max(returned.due_at, report.expected.window.due_at),
        "due_again": moment(max(returned.due_at, report.expected.window.due_at), now=now),
        "due_again_reason": due_again_reason(returned, now),
    }


def _is_withdrawn(report: Submission) -> bool:
    """Whether the unit itself took the report back."""
    if report.report_state != ReportState.RETURNED:
        return False
    last = report.events.filter(step__in=(Step.RETURN, Step.REOPEN, Step.WITHDRAW)).first()
    return last is not None and last.step == Step.WITHDRAW


def way_to(report: Submission, schema: FormSchema, path: str) -> str:
    """Address of the input at a place, on the page of the form on which it stands."""
    key, *rest = path.split(".")
    one = schema.field(key)
    if one is None:
        return ""
    anchor = f"{path}.{one.columns[0].key}" if len(rest) == 1 and one.columns else path
    if rest == [MORE_ROWS]:
        anchor = key
    parts = parts_of(schema)
    part = part_with(parts, key) if len(parts) > 1 else None
    return f"{reverse('submissions:fill', args=[report.pk])}{f'?page={part.number}' if part else ''}#id_{anchor}"


def due_again_reason(returned: Return, now: datetime.datetime) -> str:
    """How the new due instant came about."""
    words = {
        "sent": moment(returned.version.sent_at, now=now),
        "at": moment(returned.at, now=now),
        "left": hours(returned.left),
        "given": hours(returned.given),
        "due": moment(returned.due_before, now=now),
    }
    if returned.due_at == returned.due_before:
        return _("The time to send it does not end before %(due)s, as it was due without the return.") % words
    if returned.is_least:
        return (
            _(
                "When it was sent (%(sent)s), %(left)s of working time were left; at least one working day is given "
                "from its return (%(at)s) on."
            )
            % words
        )
    return (
        _(
            "When it was sent (%(sent)s), %(left)s of working time were left; while it was reviewed the time stood "
            "still, and the same is given again from its return (%(at)s) on."
        )
        % words
    )


def hours(length: datetime.timedelta) -> str:
    """Working time in words."""
    number = round(length / datetime.timedelta(hours=1), 1)
    shown = int(number) if number == int(number) else number
    return ngettext("%(number)s hour", "%(number)s hours", int(number) or 2) % {"number": shown}
