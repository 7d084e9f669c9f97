"""Which part of the matrix a person wants to see, as it stands in the address."""

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forms.collection.models import Requirement
from forms.collection.widgets import MinuteInput
from forms.reporting.matrix.services import Choice
from portal.programmes.models import Programme
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

AHEAD = datetime.timedelta(days=31)
"""How far ahead the choice reaches where no last day is given."""


class DayInput(forms.DateInput):
    """The browser's own field for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AsOfForm(forms.Form):
    """An instant in the past, or none for now."""

    as_of = forms.DateTimeField(
        label=pgettext_lazy("figures", "As of"),
        required=False,
        widget=MinuteInput,
        help_text=_("Empty: now. A time in the past shows what stood then."),
    )

    def __init__(self, data: Any, *, now: datetime.datetime) -> None:
        super().__init__(data)
        self.now = now
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-select" if hasattr(field, "queryset") else "form-control")
        self.use_required_attribute = False

    def clean_as_of(self) -> datetime.datetime | None:
        """Nobody knows the future; a minute chosen in the browser holds to its end."""
        given: datetime.datetime | None = self.cleaned_data.get("as_of")
        if given is None:
            return None
        if given.replace(second=0, microsecond=0) > self.now:
            raise forms.ValidationError(gettext("This time has not come yet."))
        end = given.replace(second=59, microsecond=999_999)
        return end if end < self.now else None

    @property
    def instant(self) -> datetime.datetime | None:
        """The instant asked for; None for now."""
        found: datetime.datetime | None = self.cleaned_data.get("as_of")
        return found


class FiguresForm(AsOfForm):
    """Programme, unit, the days on which periods are due, and the instant."""

    back: ClassVar[datetime.timedelta] = datetime.timedelta(days=365)
    """How far back the choice reaches where no first day is given."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), required=False, empty_label=_("All special actions")
    )
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Unit with all below it"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("All units"),
    )
    first = forms.DateField(label=_("Due from"), required=False, widget=DayInput)
    last = forms.DateField(label=_("Due until"), required=False, widget=DayInput)

    field_order = ("programme", "requirement", "unit", "first", "last", "as_of")

    def __init__(self, data: Any, *, user: "User", now: datetime.datetime) -> None:
        super().__init__(data, now=now)
        offered: dict[str, Any] = {
            "programme": Programme.objects.visible_to(user),
            "requirement": Requirement.objects.visible_to(user),
            "unit": Unit.objects.visible_to(user),
        }
        for name in offered.keys() & self.fields.keys():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
            field.queryset = offered[name]

    def add_prefix(self, field_name: str) -> str:
        """The address says from and to, which are no good names in Python."""
        return {"first": "from", "last": "to"}.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        """The first day lies before the last."""
        given = super().clean() or {}
        first, last = self._days(given)
        if first > last:
            self.add_error("last", gettext("The last day lies before the first."))
        return given

    def _days(self, given: dict[str, Any]) -> tuple[datetime.date, datetime.date]:
        day = timezone.localdate(given.get("as_of") or self.now)
        first, last = given.get("first"), given.get("last")
        return first or min(day, last or day) - self.back, last or max(day, first or day) + AHEAD

    @property
    def choice(self) -> Choice:
        """The part that is asked for."""
        given = self.cleaned_data
        first, last = self._days(given)
        return Choice(
            first,
            last,
            programme_id=given["programme"].pk if given["programme"] else None,
            requirement_ids=(given["requirement"].pk,) if given.get("requirement") else (),
            unit=given["unit"],
        )

    @property
    def query(self) -> dict[str, str]:
        """The choice as an address carries it on, its days said: pages differ in what goes without saying."""
        given = {name: str(self.data.get(name) or "") for name in map(self.add_prefix, self.fields)}
        given |= {"from": self.choice.first.isoformat(), "to": self.choice.last.isoformat()}
        return {name: value for name, value in given.items() if value}


class MatrixForm(FiguresForm):
    """The same, and which requirement."""

    back = datetime.timedelta(days=180)

    requirement = forms.ModelChoiceField(
        label=_("Requirement"),
        queryset=Requirement.objects.none(),
        required=False,
        empty_label=_("All requirements"),
    )
