"""The plan's data in words: rules, dates, repeats."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.programmes.enums import DeadlineKind, Precision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENDS_A_PARAGRAPH = ("。", "：", "）", ")", "；", ".", ";", ":")

BY_HAND = "by-hand"
"""Rule of what a person typed or corrected."""

RULES: tuple[tuple[str, StrOrPromise], ...] = (
    (BY_HAND, _("Entered by hand")),
    ("title-line", _("Line above the text that reads like a plan's title")),
    ("title", _("First line of the text")),
    ("phase-table", _("Row of the table of phases")),
    ("phase-in-text", _("Phase with months in running text")),
    ("phase", _("Numbered item with a phase's name and months")),
    ("action", _("Heading above tasks")),
    ("task-table", _("Row of the table of tasks")),
    ("task", _("Numbered item of the task section")),
    ("slot", _("Words after a label such as 责任单位：")),
    ("bracket", _("Units in brackets at the end of the task")),
    ("sentence", _("Sentence that divides the work between units")),
    ("column", _("Column of the table")),
    ("note", _("Note of the plan that holds for several tasks")),
    ("lead-in-prose", _("“…takes the lead” in the text")),
    ("due-range", _("Last day of a stretch of time")),
    ("due-in-slot", _("Words after a label such as 完成时限：")),
    ("due-before", _("Date followed by “before” or “by the end of”")),
    ("due-period-end", _("End of a month, quarter, half-year or year")),
    ("due-by-year", _("Year up to which something is due")),
    ("due-after-issue", _("Days counted from the day the plan is issued")),
    ("due", _("Date by which something is completed")),
    ("recurring", _("“Every”, “at least once a…”: a repeated duty")),
    ("long-term", _("Lasting duty without a date")),
    ("report-recurring", _("Repeated report to a named recipient")),
    ("report-after-issue", _("Report counted from the day the plan is issued")),
    ("report", _("Date of a report to a named recipient")),
    ("document-number-own", _("Number of this plan itself")),
    ("document-number", _("Number of a document: name, year in brackets, number")),
)
"""Plain names of the import's rules, by the beginning of the rule's name; the first that fits counts."""

ADDITIONS: dict[str, StrOrPromise] = {
    "phrase": _("role from the words beside it"),
    "first-leads": _("the first unit leads"),
    "level": _("市 or 县 added to the name"),
    "lead-in-prose": _("“…takes the lead” in the text"),
    "note": _("by a note of the plan"),
    "same": _("“as above”"),
}
"""What was applied on top of a rule."""


def rule_in_words(rule: str) -> str:
    """Name the rule that proposed an item, for a person without knowledge of the parser."""
    base, *additions = rule.split("+")
    name = next((words for beginning, words in RULES if base.startswith(beginning)), _("Pattern of words"))
    return gettext("; ").join(
        str(words) for words in (name, *(ADDITIONS[one] for one in additions if one in ADDITIONS))
    )


def date_in_words(date: datetime.date | None, precision: str) -> str:
    """Say a date as exactly as the plan does: 2026年11月24日, 2026年5月底, 2026年第二季度末, 2026年底."""
    if date is None:
        return ""
    values = {"year": date.year, "month": date.month, "quarter": (date.month + 2) // 3}
    match precision:
        case Precision.MONTH:
            return gettext("end of %(year)s-%(month)02d") % values
        case Precision.QUARTER:
            return gettext("end of quarter %(quarter)s of %(year)s") % values
        case Precision.YEAR:
            return gettext("end of %(year)s") % values
    return formats.date_format(date, "DATE_FORMAT")


def deadline_in_words(kind: str, date: datetime.date | None, precision: str) -> str:
    """Say a time limit: its date, or that it repeats (how often, if known) or lasts."""
    if kind == DeadlineKind.LONG_TERM:
        return gettext("Lasting")
    if kind == DeadlineKind.RECURRING:
        period = str(Precision(precision).label) if precision in Precision.values else ""
        return gettext("Repeated (%s)") % period if period else gettext("Repeated")
    return date_in_words(date, precision) or gettext("Without a calendar date")


def plan_paragraphs(text: str) -> list[str]:
    """A task's words as paragraphs: a piece that ends in the middle of a sentence, as printers break them, goes on."""
    found: list[str] = []
    for piece in filter(None, (line.strip() for line in text.splitlines())):
        if found and not found[-1].endswith(ENDS_A_PARAGRAPH):
            found[-1] += piece
        else:
            found.append(piece)
    return found
