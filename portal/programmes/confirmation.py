"""The last step before a programme: who leads it, and which unit is meant by a name that nobody bears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.programmes.rules import guess_kind
from portal.units.enums import UnitKind
from portal.units.models import Unit

CREATE = "create"


class ConfirmForm(forms.Form):
    """The lead unit, and for every unknown name an existing unit or the wish to create one."""

    owner: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label=_("Lead unit of the programme"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("The unit that coordinates the whole programme. It can be left open."),
    )

    create_rest = forms.BooleanField(label=_("Create every unit for which I choose nothing"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, unknown: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.active()
        self.unknown = list(unknown)
        cast(forms.ModelChoiceField[Unit], self.fields["owner"]).queryset = units
        existing = [(str(unit.pk), unit.name) for unit in units]
        for place, name in enumerate(self.unknown):
            self.fields[f"unit-{place}"] = forms.ChoiceField(
                label=name,
                choices=[
                    ("", _("— Please choose —")),
                    (CREATE, _("Create as a new unit")),
                    (_("Is an existing unit"), existing),
                ],
                error_messages={"required": _("Please choose the unit that is meant, or have it created.")},
            )
            self.fields[f"unit-{place}"].required = not self.data.get("create_rest")
            self.fields[f"kind-{place}"] = forms.ChoiceField(
                label=_("Kind of the new unit “%s”") % name, choices=UnitKind.choices, initial=guess_kind(name)
            )

    @property
    def name_fields(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """For every unknown name its two fields."""
        return [(name, self[f"unit-{place}"], self[f"kind-{place}"]) for place, name in enumerate(self.unknown)]

    @cached_property
    def new_kinds(self) -> dict[str, UnitKind]:
        """The names to be created, with their kinds."""
        return {
            name: UnitKind(self.cleaned_data[f"kind-{place}"])
            for place, name in enumerate(self.unknown)
            if self.cleaned_data[f"unit-{place}"] in {CREATE, ""}
        }

    def chosen_units(self) -> dict[str, Unit]:
        """The existing units that were chosen, by the plan's name for them."""
        chosen = {
            name: self.cleaned_data[f"unit-{place}"]
            for place, name in enumerate(self.unknown)
            if name not in self.new_kinds
        }
        units = {str(unit.pk): unit for unit in Unit.objects.filter(pk__in=set(chosen.values()))}
        return {name: units[pk] for name, pk in chosen.items()}
