"""The list of reports received: which are shown and in which order, and deciding on many of them at once."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forms.collection.enums import SENT, ReportState, RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.submissions.errors import ReportRefusedError, StaleRevisionError
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.querysets import SubmissionQuerySet
from forms.submissions.review.models import Examination
from portal.lists import Order
from portal.selects import FlatSelect
from portal.units.compiled import CompiledForAccess, Person
from portal.units.models import Unit
from portal.units.querysets import CALLED

if TYPE_CHECKING:
    from forms.collection.querysets import RequirementQuerySet
    from portal.accounts.models import User
    from portal.units.querysets import UnitQuerySet

EVERY_STATE = "all"
MOST_AT_ONCE = 100
"""Reports decided on with one click."""

SORTS = {
    "newest": (pgettext_lazy("order", "Sent last"), Order(("-sent_at", "-pk"))),
    "oldest": (pgettext_lazy("order", "Waiting longest"), Order(("sent_at", "pk"))),
    "unit": (pgettext_lazy("order", "By unit"), Order(("expected__unit__path", "-sent_at", "-pk"))),
    "flags": (pgettext_lazy("order", "Most hints"), Order(("-flag_count", "-sent_at", "-pk"))),
}


class QueueFilter(forms.Form):
    """Which reports the list shows; without a choice those that wait for review."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        widget=FlatSelect,
        required=False,
        choices=[
            *((state.value, state.label) for state in ReportState if state in SENT),
            (ReportState.SIGN_OFF.value, ReportState.SIGN_OFF.label),
            (EVERY_STATE, gettext_lazy("All that were sent")),
        ],
    )
    requirement = forms.TypedChoiceField(
        label=gettext_lazy("Requirement"), widget=FlatSelect, required=False, coerce=int, empty_value=None
    )
    period = forms.ModelChoiceField(
        label=gettext_lazy("Reporting period"),
        widget=FlatSelect,
        required=False,
        queryset=ReportingPeriod.objects.none(),
        empty_label=gettext_lazy("All periods"),
    )
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Reporting unit"), widget=FlatSelect, required=False, coerce=int, empty_value=None
    )
    waiting = forms.IntegerField(
        label=gettext_lazy("Waiting for more than … days"), required=False, min_value=1, max_value=999
    )
    flagged = forms.BooleanField(label=gettext_lazy("Only those with hints"), required=False)
    late = forms.BooleanField(label=gettext_lazy("Only those sent late"), required=False)
    sort = forms.ChoiceField(
        label=pgettext_lazy("order", "Order"),
        widget=FlatSelect,
        required=False,
        choices=[(name, label) for name, (label, _order) in SORTS.items()],
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["requirement"].choices = [("", _("All requirements")), *REQUIREMENTS.rows(user)]
        fields["unit"].choices = [("", _("All units")), *UNITS.rows(user)]
        chosen = str(self.data.get("requirement") or "")
        if chosen in {str(number) for number, _title in fields["requirement"].choices} - {""}:
            fields["period"].queryset = ReportingPeriod.objects.filter(requirement_id=int(chosen))
        else:
            del fields["period"]  # periods belong to a requirement
        for field in fields.values():
            is_box = isinstance(field, forms.BooleanField)
            wide = "form-control" if isinstance(field, forms.IntegerField) else "form-select"
            field.widget.attrs["class"] = "form-check-input" if is_box else f"{wide} {wide}-sm"

    def apply(self, reports: SubmissionQuerySet, *, now: datetime.datetime) -> SubmissionQuerySet:
        """The reports chosen, with `flag_count` and `version_number`.

        What was not understood narrows nothing.
        """
        cleaned = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        state = cleaned.get("state") or ReportState.SUBMITTED.value
        if state != EVERY_STATE:
            reports = reports.filter(state=state)
        if requirement := cleaned.get("requirement"):
            reports = reports.filter(expected__period__requirement_id=requirement)
        if period := cleaned.get("period"):
            reports = reports.filter(expected__period=period)
        if unit := cleaned.get("unit"):
            reports = reports.filter(expected__unit_id=unit)
        if days := cleaned.get("waiting"):
            reports = reports.filter(state=ReportState.SUBMITTED, sent_at__lt=now - datetime.timedelta(days=days))
        # The newest version is the one that was sent when the report was.
        examined = Examination.objects.filter(version__submission=OuterRef("pk"), version__sent_at=OuterRef("sent_at"))
        if cleaned.get("flagged"):
            reports = reports.filter(Exists(examined.filter(count__gt=0)))
        if cleaned.get("late"):
            late_after = Coalesce("expected__due_override", "expected__period__late_after", "expected__period__due_at")
            reports = reports.filter(first_sent_at__gt=late_after)
        versions = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
        return reports.annotate(
            flag_count=Coalesce(Subquery(examined.values("count")[:1]), 0),
            version_number=Subquery(versions.values("number")[:1]),
        )

    @property
    def order(self) -> Order:
        """The order chosen."""
        return SORTS[getattr(self, "cleaned_data", {}).get("sort") or "newest"][1]


def _requirements(user: Person) -> "RequirementQuerySet":
    return Requirement.objects.visible_to(user).exclude(state=RequirementState.DRAFT)


def _units(user: Person) -> "UnitQuerySet":
    """Those that owe reports; asked from the side of the units, which are few."""
    owing = ExpectedReport.objects.filter(
        unit=OuterRef("pk"), period__requirement__in=_requirements(user).order_by().values("pk")
    )
    return Unit.objects.filter(Exists(owing))


REQUIREMENTS = CompiledForAccess(lambda person: _requirements(person).values_list("pk", "title"))
UNITS = CompiledForAccess(lambda person: _units(person).values_list("pk", CALLED))
"""Menus: number and name."""


@dataclass(frozen=True)
class Result:
    """What became of one report: done, or why not."""

    report: Submission | None
    refused: str = ""


def picked(values: Iterable[str]) -> list[tuple[int, int]]:
    """Reports with the versions that were read, as the boxes of the list send them ("report:version")."""
    found: dict[int, int] = {}
    for value in values:
        report, _colon, version = value.partition(":")
        if all(one.isdecimal() and one.isascii() and len(one) < 10 for one in (report, version)):
            found.setdefault(int(report), int(version))
    return list(found.items())[:MOST_AT_ONCE]


def decide_on_many(
    *, user: "User", picks: Iterable[tuple[int, int]], step: Callable[[Submission, int], object]
) -> list[Result]:
    """Take a step on each report, each in a transaction of its own: what is refused keeps no other from being done.

    The same again does nothing twice: a step knows what it has done.
    """
    picks = list(picks)
    visible = Submission.objects.visible_to(user).with_names()
    reports = {report.pk: report for report in visible.filter(expected__pk__in=[pk for pk, _version in picks])}
    return [_result(reports.get(pk), version, step) for pk, version in picks]


def _result(report: Submission | None, version: int, step: Callable[[Submission, int], object]) -> Result:
    if report is None:
        return Result(None, _("This report cannot be seen any more."))
    try:
        step(report, version)
    except StaleRevisionError:
        return Result(report, _("A newer version has come in since you opened the list. Please read it first."))
    except ReportRefusedError as refusal:
        return Result(report, str(refusal))
    return Result(report)
