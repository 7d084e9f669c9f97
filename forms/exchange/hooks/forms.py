"""The form of a web hook."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forms.collection.models import Requirement
from forms.exchange.hooks.enums import HookEvent
from forms.exchange.hooks.models import LONGEST_ADDRESS, Hook
from portal.programmes.models import Programme
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User


class HookForm(forms.ModelForm):
    """Whom to tell, of what."""

    address = forms.CharField(
        label=pgettext_lazy("web hook", "Address"),
        max_length=LONGEST_ADDRESS,
        validators=[
            URLValidator(schemes=["http", "https"], message=_("Enter an address of the web: http:// or https://."))
        ],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Tells of"),
        choices=HookEvent.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )

    class Meta:
        model = Hook
        fields = ("name", "unit", "requirement", "programme", "address", "events", "with_answers", "is_active")
        help_texts = {
            "requirement": _("Empty: all requirements that the unit collects, or those of the programme below."),
            "with_answers": _("Without personal and sensitive answers. Otherwise only numbers and states are sent."),
        }

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        access, fields = access_for(user), dict[str, Any](self.fields)
        units = Unit.objects.active()
        requirements = Requirement.objects.manageable_by(user)
        if not access.has(Role.ADMINISTRATOR):
            units = units.filter(pk__in=access.unit_ids(Role.COORDINATOR))
        fields["unit"].queryset = units
        fields["unit"].empty_label = None
        fields["requirement"].queryset = requirements
        fields["requirement"].empty_label = _("All requirements")
        fields["programme"].empty_label = "—"
        fields["programme"].queryset = Programme.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        """One requirement or one programme; the requirement must be the unit's."""
        given = super().clean() or {}
        requirement, unit = given.get("requirement"), given.get("unit")
        if requirement and given.get("programme"):
            self.add_error("programme", gettext("Choose a requirement or a programme, not both."))
        if requirement and unit and requirement.owner_id != unit.pk:
            self.add_error("requirement", gettext("This requirement is collected by another unit."))
        return given


class ReplayForm(forms.Form):
    """From which day on what failed is sent once more."""

    since = forms.DateField(
        label=_("Failed since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
