"""Forms with which administrators set the calendar."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal.calendars.enums import DayKind
from portal.calendars.models import FIRST_YEAR, LAST_YEAR
from portal.calendars.notices import MAX_TEXT, ReadNotice, read_notice


class NoticeForm(forms.Form):
    """A year's notice, pasted as a whole."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    notice = forms.CharField(
        label=_("Notice"), max_length=200, help_text=_("Its name and number, such as 国办发明电〔2025〕7号.")
    )
    text = forms.CharField(
        label=_("Text of the notice"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Paste it whole. The days are read from it and shown before anything is stored."),
    )
    read: ReadNotice | None = None

    def clean(self) -> dict[str, Any]:
        """Read the days; what contradicts itself is said beside the text."""
        cleaned = super().clean() or {}
        text, year = cleaned.get("text"), cleaned.get("year")
        if not text or not year:
            return cleaned
        self.read = read_notice(text, year)
        if self.read.problems:
            self.add_error("text", ValidationError(self.read.problems))
        elif not self.read.days:
            self.add_error("text", gettext("No holidays were found in this text. Please paste the notice itself."))
        return cleaned


class DayForm(forms.Form):
    """One day that the city arranges otherwise."""

    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=DayKind.choices)
    name = forms.CharField(label=_("Reason"), max_length=50, help_text=_("Such as: city holiday, make-up day."))

    def clean_day(self) -> datetime.date:
        """A day of a year that anything is ever due in."""
        day: datetime.date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                gettext("Please give a day between %(first)s and %(last)s."),
                params={
                    "first": date_format(datetime.date(FIRST_YEAR, 1, 1), "DATE_FORMAT"),
                    "last": date_format(datetime.date(LAST_YEAR, 12, 31), "DATE_FORMAT"),
                },
            )
        return day
