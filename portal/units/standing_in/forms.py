"""Asking who stands in, for what, from when until when."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.units.forms import PersonChoiceField
from portal.units.models import Membership
from portal.units.standing_in.services import candidates, delegable, name_stand_in


class RoleChoiceField(forms.ModelMultipleChoiceField):
    """One's own roles, each with its unit."""

    def label_from_instance(self, obj: Any) -> str:
        """Role and unit."""
        return f"{obj.get_role_display()} · {obj.unit}"


class DayInput(forms.DateInput):
    """A day from the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    """An absence; saved at once when it is valid, because the rules are the service's."""

    roles = RoleChoiceField(
        label=_("roles"),
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of your roles.")},
    )
    stand_in = PersonChoiceField(
        label=_("who stands in for you"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    first = forms.DateField(label=_("first day"), widget=DayInput())
    last = forms.DateField(label=_("last day"), widget=DayInput(), help_text=_("Both days are included."))

    def __init__(self, *args: Any, user: User, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.held = delegable(user, today)
        self.fields["roles"].queryset = Membership.objects.filter(pk__in=[one.pk for one in self.held]).select_related(  # type: ignore[attr-defined]
            "unit"
        )
        self.fields["stand_in"].queryset = candidates(self.held, today)  # type: ignore[attr-defined]
        self.initial.setdefault("roles", [one.pk for one in self.held])
        self.initial.setdefault("first", today)

    def save(self) -> list[Membership] | None:
        """Name the stand-in; None with errors beside the fields where it cannot be."""
        values = self.cleaned_data
        chosen = {one.pk for one in values["roles"]}
        try:
            return name_stand_in(
                memberships=[one for one in self.held if one.pk in chosen],
                stand_in=values["stand_in"],
                first=values["first"],
                last=values["last"],
                today=self.today,
            )
        except ValidationError as error:
            for name, lines in error.message_dict.items():
                self.add_error(name, lines)
            return None
