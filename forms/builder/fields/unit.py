"""A unit of the organisation."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.directory import Entry
from forms.builder.fields.record import RecordType
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema
from portal.units.enums import UnitKind


class UnitType(RecordType):
    """A unit that exists today."""

    name = noun = "unit"
    prefills = ("last", "unit")
    label = _("Unit")
    icon = "group"
    description = _("One of the units of the organisation.")
    rare = ("kind", "below", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which units."""
        own = [("own", _("Units below the reporting unit"))]
        return {
            "kind": blocks.ChoiceBlock(choices=UnitKind.choices, required=False, label=_("Only units of this kind")),
            "below": blocks.ChoiceBlock(choices=own, required=False, label=_("Only these units")),
        }

    def entries(self, schema: FieldSchema, sources: Sources) -> Iterable[Entry]:
        """Units of the wanted kind at the wanted place; the form itself, which no unit fills in, offers all places."""
        kind = schema.options.get("kind")
        found = [unit for unit in sources.units if not kind or unit.kind == kind]
        if schema.options.get("below") != "own" or sources.unit_id is None:
            return found
        own = next((unit.path for unit in sources.units if unit.code == str(sources.unit_id)), None)
        return [unit for unit in found if own and unit.path != own and unit.path.startswith(own)]
