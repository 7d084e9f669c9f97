"""Forms of the plan import: the upload, and a row for everything that was proposed."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.programmes.enums import DeadlineKind, Precision, UnitRole
from portal.programmes.plan_import.errors import MAX_MEGABYTES, MESSAGES, Fault


class UploadForm(forms.Form):
    """Choose a plan's file; whether it is one is told by reading it."""

    file = forms.FileField(
        label=_("The plan's file"),
        help_text=_("Word (.docx) or plain text (.txt), at most 20 MB."),
        error_messages={"empty": MESSAGES[Fault.EMPTY], "required": _("Please choose the plan's file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(MESSAGES[Fault.TOO_LARGE], code=Fault.TOO_LARGE)
        return file


def line(size: int, **attrs: str) -> forms.TextInput:
    """A text field of about ``size`` characters."""
    return forms.TextInput(attrs={"size": str(size), "autocomplete": "off", **attrs})


def day() -> forms.DateInput:
    """The browser's date field."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RowForm(forms.Form):
    """A row of the ledger; ``start`` and ``end`` say where in the plan's text its words stand (equal: nowhere)."""

    kind: ClassVar[str] = ""
    label: ClassVar[Any] = ""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    checked = forms.BooleanField(label=_("I have checked it"), required=False)

    use_required_attribute = False

    @property
    def values(self) -> dict[str, Any]:
        """What was typed and is valid; what is shown, when nothing was sent."""
        found = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return cast(dict[str, Any], found)

    @property
    def is_left_out(self) -> bool:
        """Whether the row was marked for deletion or left blank."""
        return self.is_blank or (self.is_bound and bool(self.values.get("DELETE")))

    @property
    def is_blank(self) -> bool:
        """Whether the row is one of those offered to be filled in, and nothing was."""
        return self.empty_permitted and not (self.is_bound and self.has_changed())


class TitleForm(RowForm):
    """The plan's title, which becomes the programme's."""

    kind = "title"
    label = _("Title")
    title = forms.CharField(label=_("Title of the programme"), max_length=255, widget=line(60))


class PhaseForm(RowForm):
    """A phase."""

    kind = "phase"
    label = _("Phase")
    title = forms.CharField(label=_("Phase"), max_length=120, widget=line(16))
    first = forms.DateField(label=_("First day"), required=False, widget=day())
    last = forms.DateField(label=_("Last day"), required=False, widget=day())

    def clean(self) -> dict[str, Any]:
        """Refuse a phase that ends before it begins."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day lies before the first."))
        return cleaned


class ActionForm(RowForm):
    """A group of tasks."""

    kind = "action"
    label = _("Plan action")
    title = forms.CharField(label=_("Plan action"), max_length=255, widget=line(48))


class UnitForm(RowForm):
    """A unit on a task."""

    kind = "unit"
    label = _("Unit")
    name = forms.CharField(label=_("Unit"), max_length=120, widget=line(22, list="known-units"))
    role = forms.ChoiceField(label=_("Role"), choices=UnitRole.choices, initial=UnitRole.RESPONSIBLE)


class DeadlineForm(RowForm):
    """A time limit of a task."""

    kind = "deadline"
    label = _("Time limit")
    type = forms.ChoiceField(label=_("Kind"), choices=DeadlineKind.choices, initial=DeadlineKind.DUE)
    date = forms.DateField(label=_("Date"), required=False, widget=day())
    precision = forms.ChoiceField(label=_("Exact to"), required=False, choices=[("", "—"), *Precision.choices])
    text = forms.CharField(label=_("Words of the plan"), max_length=255, required=False, widget=line(22))

    def clean(self) -> dict[str, Any]:
        """A date belongs to what is due, and then the plan's exactness, too."""
        cleaned = super().clean() or {}
        date, kind = cleaned.get("date"), cleaned.get("type")
        if date and kind and kind != DeadlineKind.DUE:
            self.add_error("date", _("Only a time limit of the kind “due” has a date. Clear it or change the kind."))
        if date and kind == DeadlineKind.DUE and not cleaned.get("precision"):
            self.add_error("precision", _("Please say how exact the date is."))
        if not date and kind == DeadlineKind.DUE and not cleaned.get("text") and not self.errors:
            self.add_error("date", _("Please give a date, or the words of the plan if it names none."))
        if kind == DeadlineKind.LONG_TERM:
            cleaned["precision"] = ""
        return cleaned


class ReportingForm(RowForm):
    """A date by which units report to somebody."""

    kind = "reporting"
    label = _("Reporting date")
    date = forms.DateField(label=_("Date"), required=False, widget=day())
    to = forms.CharField(label=_("Recipient"), max_length=120, required=False, widget=line(16))
    text = forms.CharField(label=_("Words of the plan"), max_length=255, required=False, widget=line(20))

    def clean(self) -> dict[str, Any]:
        """Without a date, the words must say when."""
        cleaned = super().clean() or {}
        if not cleaned.get("date") and not cleaned.get("text") and not self.errors:
            self.add_error("date", _("Please give a date, or in words how often it is reported."))
        return cleaned


class CitationForm(RowForm):
    """The number of a document that the plan cites."""

    kind = "citation"
    label = _("Cited document")
    number = forms.CharField(label=_("Document number"), max_length=80, widget=line(24))
    own = forms.BooleanField(label=_("Number of this plan itself"), required=False)
