"""What the portal knows by itself: unit, period, reporter, day of sending."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.base import CellValue
from forms.builder.fields.computed import ComputedType
from forms.builder.fields.date import day_of
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.rules.days import day_in_words
from forms.builder.schema import FieldSchema


class SystemSource(StrEnum):
    """What may be filled in. Values stand in schemas for ever."""

    UNIT = "unit"
    PERIOD = "period"
    REPORTER = "reporter"
    SENT_ON = "sent_on"  # text, ISO 8601


LABELS = [
    (SystemSource.UNIT.value, _("Reporting unit")),
    (SystemSource.PERIOD.value, _("Reporting period")),
    (SystemSource.REPORTER.value, _("Reporter")),
    (SystemSource.SENT_ON.value, _("Day of sending")),
]


class SystemType(ComputedType):
    """Filled in by the server; shown while the form is filled in only if the editor wishes."""

    name = "system"
    label = _("Filled in by the portal")
    icon = "cogs"
    group = groups.PEOPLE_AND_UNITS
    description = _("Unit, period, reporter or day of sending: nobody needs to type it.")
    in_table = False
    logic_slots = frozenset({"show"})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What is filled in, and whether it is seen meanwhile."""
        return {
            "source": blocks.ChoiceBlock(choices=LABELS, default=SystemSource.UNIT.value, label=_("What is filled in")),
            "shown": blocks.BooleanBlock(required=False, label=_("Shown while the form is filled in")),
        }

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Said to the block."""
        return {"source": self.source_of(schema).value, "shown": self.is_shown(schema)}

    def source_of(self, schema: FieldSchema) -> SystemSource:
        """What is filled in."""
        source = schema.options.get("source")
        return SystemSource(source) if source in list(SystemSource) else SystemSource.UNIT

    def is_shown(self, schema: FieldSchema) -> bool:
        """Whether it is seen while the form is filled in."""
        return schema.options.get("shown") is True

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """A day as a day."""
        day = day_of(answer) if self.source_of(schema) == SystemSource.SENT_ON else None
        return day or super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """A name; a day as the reader's language writes it."""
        day = day_of(answer) if self.source_of(schema) == SystemSource.SENT_ON else None
        return day_in_words(day) if day else super().in_words(schema, answer)
