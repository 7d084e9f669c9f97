"""Small forms of the review pages."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.collection.enums import SENT, ReportState, RequirementState
from forms.collection.models import Requirement
from forms.submissions.querysets import SubmissionQuerySet
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

EVERY_STATE = "all"


class QueueFilter(forms.Form):
    """Which reports the review list shows; without a choice those that wait for review."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            *((state.value, state.label) for state in ReportState if state in SENT),
            (ReportState.SIGN_OFF.value, ReportState.SIGN_OFF.label),
            (EVERY_STATE, _("All that were sent")),
        ],
    )
    requirement = forms.ModelChoiceField(
        label=_("Requirement"), required=False, queryset=Requirement.objects.none(), empty_label=_("All requirements")
    )
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("Reporting unit"), required=False, queryset=Unit.objects.none(), empty_label=_("All units")
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        requirements = Requirement.objects.visible_to(user).exclude(state=RequirementState.DRAFT)
        fields["requirement"].queryset = requirements
        fields["unit"].queryset = Unit.objects.filter(
            expected_reports__period__requirement__in=requirements.order_by().values("pk")
        ).distinct()
        for field in fields.values():
            field.widget.attrs["class"] = "form-select form-select-sm"

    def apply(self, reports: SubmissionQuerySet) -> SubmissionQuerySet:
        """Narrow the reports down; what was not understood narrows nothing."""
        cleaned = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        state = cleaned.get("state") or ReportState.SUBMITTED.value
        if state != EVERY_STATE:
            reports = reports.filter(state=state)
        if requirement := cleaned.get("requirement"):
            reports = reports.filter(expected__period__requirement=requirement)
        if unit := cleaned.get("unit"):
            reports = reports.filter(expected__unit=unit)
        return reports


class PageForm(forms.Form):
    """What the fill-in page carries beside the answers: its submission key, the revision it was opened at, and which
    page of the form it is (0: the summary), where the form has pages.
    """

    key = forms.UUIDField()
    revision = forms.IntegerField(min_value=0)
    page = forms.IntegerField(min_value=0, max_value=9999, required=False)


class RevisionForm(forms.Form):
    """The revision that was read, for steps inside the unit; and why."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=2000, required=False)


class NilForm(PageForm):
    """What a nil report says, beside what the page carries."""

    note = forms.CharField(max_length=500, required=False)


class ReviewForm(forms.Form):
    """The version the reviewer has read, and the reason for returning it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason for returning"),
        help_text=_("Say what has to be changed and how; the unit reads it above its form."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
