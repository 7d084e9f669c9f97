"""The form in which a coordinator says how often units report."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forms.builder.rules.days import parse_day
from forms.collection.scheduling.enums import Anchor, Frequency, Roll
from forms.collection.scheduling.rules import DUE_TIME, MOST_PERIODS, Schedule
from portal.calendars.enums import LengthUnit
from portal.calendars.rules import Limit

BY_HAND = ""
MOST_DAYS, MOST_GRACE = 366, 10_080
BETWEEN = re.compile(r"[\s,，、;；]+(?!日)")


class Side(forms.ChoiceField):
    """Before or after."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("after", pgettext_lazy("schedule", "after")), ("before", pgettext_lazy("schedule", "before"))],
            **kwargs,
        )


def _count(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_DAYS, **kwargs)


def _unit(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=LengthUnit.choices)


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ScheduleForm(forms.Form):
    """A schedule, or none where the periods are entered one by one. Its result is `schedule`."""

    frequency = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[(BY_HAND, _("Periods entered one by one")), *Frequency.choices],
    )
    dates = forms.CharField(
        label=_("Dates"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The days on which reports are due, such as 2020-08-10, 2020-12-10."),
    )
    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("Until"), required=False, widget=DayInput)
    due_from = forms.ChoiceField(
        label=_("Due, counted from"), choices=[(one.value, one.label) for one in (Anchor.END, Anchor.START)]
    )
    due_side = Side(label=_("Due, before or after"))
    due_amount = _count(_("Due, how many days"))
    due_unit = _unit(_("Due, kind of days"))
    due_time = forms.TimeField(label=_("Due at"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    roll = forms.ChoiceField(label=_("If nobody works on that day, it"), choices=Roll.choices)
    grace = forms.IntegerField(
        label=_("Grace in minutes"),
        min_value=0,
        max_value=MOST_GRACE,
        required=False,
        help_text=_("A report sent so much later still counts as in time."),
    )
    opens_from = forms.ChoiceField(label=_("Opens, counted from"), choices=Anchor.choices)
    opens_side = Side(label=_("Opens, before or after"))
    opens_amount = _count(_("Opens, how many days"))
    opens_unit = _unit(_("Opens, kind of days"))
    closes_amount = _count(
        _("Closes so many days after it is due"),
        required=False,
        help_text=_("Empty: late reports are taken without an end."),
    )
    closes_unit = _unit(_("Closes, kind of days"))

    schedule: Schedule | None = None

    def __init__(self, data: Any = None, *, stored: Schedule | None = None) -> None:
        super().__init__(data, prefix="schedule", initial=_initial(stored))
        self.use_required_attribute = False
        for field in self.fields.values():
            field.error_messages["required"] = _("Please answer this question.")

    def clean_dates(self) -> tuple[datetime.date, ...]:
        """The days typed, each read as people write days; the first that is none is named."""
        found = []
        for text in BETWEEN.split(self.cleaned_data["dates"].strip()):
            if text:
                try:
                    day = parse_day(text)
                except ValidationError as error:
                    message = gettext("“%(text)s”: %(why)s")
                    raise ValidationError(message, params={"text": text, "why": error.messages[0]}) from None
                if day is not None:
                    found.append(day)
        return tuple(sorted(set(found)))

    def full_clean(self) -> None:
        """Periods entered one by one need nothing of this form."""
        super().full_clean()
        if self.is_bound and not self.data.get(self.add_prefix("frequency")):
            self._errors = forms.utils.ErrorDict()
            self.schedule = None

    def clean(self) -> dict[str, Any]:
        """Put the schedule together; what does not fit together is said at its field."""
        given = super().clean() or {}
        frequency = given.get("frequency")
        if frequency == Frequency.DATES:
            if not given.get("dates") and "dates" not in self.errors:
                self.add_error("dates", gettext("Please give at least one date."))
        elif frequency:
            self._check_range(given)
        if frequency and not self.errors:
            self.schedule = _schedule(given)
            if len(list(self.schedule.spans())) > MOST_PERIODS:
                message = gettext("That would be more than %(most)d periods. Please choose a shorter range.")
                self.add_error("last", ValidationError(message, params={"most": MOST_PERIODS}))
        return given

    def _check_range(self, given: dict[str, Any]) -> None:
        for name in ("first", "last"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, gettext("Please answer this question."))
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The end lies before the beginning."))


def _schedule(given: dict[str, Any]) -> Schedule:
    frequency = Frequency(given["frequency"])
    is_dates = frequency == Frequency.DATES
    closes = given.get("closes_amount")
    return Schedule(
        frequency,
        first=None if is_dates else given["first"],
        last=None if is_dates else given["last"],
        dates=given["dates"] if is_dates else (),
        opens=_limit(given, "opens"),
        opens_from=Anchor.DUE if is_dates else Anchor(given["opens_from"]),
        due=Limit(0) if is_dates else _limit(given, "due"),
        due_from=Anchor.END if is_dates else Anchor(given["due_from"]),
        due_time=given["due_time"],
        roll=Roll(given["roll"]),
        grace=datetime.timedelta(minutes=given.get("grace") or 0),
        closes=None if closes is None else Limit(closes, LengthUnit(given["closes_unit"])),
    )


def _limit(given: dict[str, Any], name: str) -> Limit:
    sign = -1 if given[f"{name}_side"] == "before" else 1
    return Limit(sign * given[f"{name}_amount"], LengthUnit(given[f"{name}_unit"]))


def _initial(stored: Schedule | None) -> dict[str, Any]:
    """What the form shows: the stored schedule, or what most coordinators mean."""
    if stored is None:
        return {
            "frequency": BY_HAND,
            "due_amount": 5,
            "due_unit": LengthUnit.WORKING_DAYS,
            "due_time": DUE_TIME,
            "roll": Roll.NEXT,
            "opens_from": Anchor.START,
            "opens_amount": 0,
        }
    limits = {"opens": stored.opens, "due": stored.due}
    shown: dict[str, Any] = {
        "frequency": stored.frequency,
        "dates": "\n".join(day.isoformat() for day in stored.dates),
        "first": stored.first,
        "last": stored.last,
        "due_from": stored.due_from,
        "due_time": stored.due_time,
        "roll": stored.roll,
        "grace": int(stored.grace.total_seconds() // 60) or None,
        "opens_from": stored.opens_from,
        "closes_amount": stored.closes.amount if stored.closes else None,
        "closes_unit": stored.closes.unit if stored.closes else LengthUnit.DAYS,
    }
    for name, limit in limits.items():
        shown |= {
            f"{name}_amount": abs(limit.amount),
            f"{name}_unit": limit.unit,
            f"{name}_side": "before" if limit.amount < 0 else "after",
        }
    return shown
