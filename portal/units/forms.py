"""Forms of units, memberships and imports in the Wagtail admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.accounts.models import User
from portal.units.importing.cells import split_names
from portal.units.models import Membership, Unit
from portal.units.services import STORED, UnitFields, create_unit, move_unit, update_unit


class UnitChoiceField(forms.ModelChoiceField):
    """Units in the order of the tree, set in by depth."""

    def label_from_instance(self, obj: Any) -> str:
        """The full name below its parent."""
        return "　" * (obj.depth - 1) + obj.name


class PersonChoiceField(forms.ModelChoiceField):
    """People with their user names: two may have one name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and user name."""
        return f"{obj}（{obj.username}）"


class UnitForm(WagtailAdminModelForm):
    """A unit with its other names and its parent; saved by the services, which know the tree."""

    alias_text = forms.CharField(
        label=_("other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Separated by 、 or line breaks. Plans and tables find the unit by any of them."),
    )
    parent = UnitChoiceField(
        label=_("parent unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("None: at the top"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.all()
        if self.instance.pk:
            units = units.exclude(path__startswith=self.instance.path)
            self.initial.setdefault("parent", getattr(self.instance.get_parent(), "pk", None))
            self.initial.setdefault("alias_text", "、".join(alias.name for alias in self.instance.aliases.all()))
        self.fields["parent"].queryset = units

    def save(self, commit: bool = True) -> Unit:
        """Write by the services; ValidationError where they refuse."""
        values = self.cleaned_data
        fields = UnitFields(**{name: values[name] for name in STORED})
        aliases = split_names(values["alias_text"])
        with transaction.atomic():
            if self.instance.pk is None:
                return create_unit(fields=fields, parent=values["parent"], aliases=aliases, user=self.for_user)
            update_unit(unit=self.instance, fields=fields, aliases=aliases, user=self.for_user)
            return move_unit(unit=self.instance, parent=values["parent"], user=self.for_user)


class SavesByService:
    """A modeladmin form view in which the service may still refuse: the error goes beside its field."""

    def form_valid(self, form: UnitForm) -> HttpResponse:
        """Save, or show the form again with what was typed."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            for field, messages in _by_field(error).items():
                name = {"aliases": "alias_text"}.get(field, field)
                form.add_error(name if name in form.fields else None, messages)
            response = super().form_invalid(form)  # type: ignore[misc]
        return response


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


class MembershipForm(WagtailAdminModelForm):
    """A person's role in a unit; one role in one unit is held once at a time."""

    user = PersonChoiceField(label=_("person"), queryset=User.objects.none())
    unit = UnitChoiceField(label=_("unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.instance.user_id if self.instance.pk else None
        self.fields["user"].queryset = User.objects.filter(Q(is_active=True) | Q(pk=chosen)).order_by(
            "name", "username"
        )
        self.fields["unit"].queryset = Unit.objects.all()

    def clean(self) -> dict[str, Any]:
        """Refuse a second membership of the same kind at the same time."""
        values: dict[str, Any] = super().clean()
        if not self.errors and all(values.get(name) for name in ("user", "unit", "role")):
            same = Membership.objects.own().filter(user=values["user"], unit=values["unit"], role=values["role"])
            if (
                same.exclude(pk=self.instance.pk)
                .overlapping(values.get("valid_from"), values.get("valid_until"))
                .exists()
            ):
                raise ValidationError(
                    _("The person already has this role in this unit at that time. Change that membership instead.")
                )
        return values

    def validate_unique(self) -> None:
        """The check above has said it in better words."""
        if not self.errors:
            super().validate_unique()

    def validate_constraints(self) -> None:
        """The check above has said it in better words."""
        if not self.errors:
            super().validate_constraints()


class TableForm(forms.Form):
    """The upload of a table."""

    file = forms.FileField(
        label=_("table"),
        help_text=_("XLSX or CSV, at most 5 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("No file was chosen. Choose the table that you have filled in.")},
    )
