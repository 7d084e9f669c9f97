"""The form with which an editor opens and closes forms."""

from typing import Any

from django import forms

from forms.builder.lifecycle.models import FormLifecycle
from portal.units.models import Unit


def day_input() -> forms.DateInput:
    """The browser's own: Wagtail's makes 30 February 2 March, and 2027年3月1日 the first of January, without a word."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class LifecycleForm(forms.ModelForm[FormLifecycle]):
    """Stage, days, units."""

    class Meta:
        model = FormLifecycle
        fields = ["stage", "opens_on", "closing_on", "closed_on", "units"]
        widgets = {
            "stage": forms.RadioSelect,
            "opens_on": day_input(),
            "closing_on": day_input(),
            "closed_on": day_input(),
            "units": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["units"]
        chosen = self.instance.units.all() if self.instance.form_id and not self.instance._state.adding else None
        active = Unit.objects.active()
        units.queryset = (active | chosen).distinct() if chosen is not None else active
