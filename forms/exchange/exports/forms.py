"""The form in which an export is asked for."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.collection.enums import SENT, ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.exchange.exports.enums import Content, ExportFormat, Values
from forms.exchange.exports.rules import Selection
from forms.exchange.exports.selecting import contents_open_to, reach_of
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User


MOST_OFFERED = 200
"""Periods that the form offers to tick: a day each for half a year and more."""


class ExportForm(forms.Form):
    """Which reports, and what kind of file. What one may not ask for is not offered."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    format = forms.ChoiceField(label=_("File"), choices=ExportFormat.choices, widget=forms.RadioSelect)
    content = forms.ChoiceField(label=pgettext_lazy("export", "Reports"), widget=forms.RadioSelect)
    values = forms.ChoiceField(label=_("Answers and headings"), choices=Values.choices, widget=forms.RadioSelect)
    periods: "forms.ModelMultipleChoiceField[ReportingPeriod]" = forms.ModelMultipleChoiceField(
        label=_("Reporting periods"),
        required=False,
        queryset=ReportingPeriod.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    units: "forms.ModelMultipleChoiceField[Unit]" = forms.ModelMultipleChoiceField(
        label=_("Reporting units"),
        required=False,
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *((state.value, state.label) for state in ReportState if state in SENT)],
    )
    missing = forms.BooleanField(
        label=_("A row for missing and waived reports too"),
        required=False,
        help_text=_("So that the list shows every unit that owes a report."),
    )
    sensitive = forms.BooleanField(
        label=_("With personal and sensitive answers"),
        required=False,
        help_text=_("Only if you need them: who takes them out is recorded."),
    )

    def __init__(
        self, data: Any = None, *, user: "User", requirement: Requirement, asked: "dict[str, Any] | None" = None
    ) -> None:
        reach = reach_of(user, requirement)
        contents = contents_open_to(reach)
        initial = {
            "key": uuid.uuid4(),
            "format": ExportFormat.XLSX,
            "values": Values.LABELS,
            "content": contents[0] if contents else "",
            "missing": False,
        }
        super().__init__(data, initial=initial | (asked or {}))
        self.use_required_attribute = False
        fields: dict[str, Any] = self.fields
        fields["content"].choices = [(one.value, one.label) for one in contents]
        fields["periods"].queryset = requirement.periods.all()
        self._offer_periods(requirement)
        owing = ExpectedReport.objects.filter(period__requirement=requirement).order_by()
        if not reach.depth:
            owing = owing.filter(unit_id__in=reach.units)
        fields["units"].queryset = Unit.objects.filter(pk__in=owing.values("unit_id"))
        self.is_open = bool(contents)

    def _offer_periods(self, requirement: Requirement) -> None:
        """Offer the newest periods and those asked for; any other may still be named by an address."""
        field: Any = self.fields["periods"]
        newest = list(requirement.periods.order_by("-due_at", "-pk").values_list("pk", "name")[: MOST_OFFERED + 1])
        if len(newest) <= MOST_OFFERED:
            return
        named = [str(one) for one in self["periods"].value() or () if str(one).isdecimal()]
        offered = dict(newest[:MOST_OFFERED])
        asked = requirement.periods.filter(pk__in=[one for one in named if int(one) not in offered])
        field.choices = [*asked.values_list("pk", "name"), *reversed(offered.items())]
        field.help_text = _("None ticked: all. The newest %(n)d are offered here.") % {"n": MOST_OFFERED}

    @property
    def selection(self) -> Selection:
        """Which reports; after `is_valid`."""
        given = self.cleaned_data
        return Selection(
            Content(given["content"]),
            frozenset(period.pk for period in given["periods"]),
            frozenset(unit.pk for unit in given["units"]),
            given["state"],
            given["missing"],
        )
