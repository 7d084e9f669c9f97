"""Numbers, whole or with decimals, with a unit of measure behind them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields.base import CellValue, FieldType, LogicType, RawBlock, Sources, form_field_settings
from forms.builder.rules import number_in_words, parse_number
from forms.builder.schema import FieldSchema


class NumberInput(forms.TextInput):
    """A text input, since a number input takes no full-width digits and forgets what it does not understand."""

    template_name = "builder/widgets/number.html"

    def __init__(self, unit: str = "", decimals: int = 0) -> None:
        keys = "decimal" if decimals else "numeric"
        super().__init__({"class": "form-control num", "inputmode": keys, "autocomplete": "off"})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the unit of measure beside the input."""
        return {**super().get_context(name, value, attrs), "unit": self.unit}


class NumberField(forms.CharField):
    """Reads numbers as people write them (rules.parse_number)."""

    def __init__(self, *, decimals: int, unit: str, least: float | None, greatest: float | None, **kwargs: Any) -> None:
        super().__init__(widget=NumberInput(unit, decimals), **kwargs)
        self.decimals, self.unit, self.least, self.greatest = decimals, unit, least, greatest
        self.validators = []

    def to_python(self, value: Any) -> int | float | None:  # type: ignore[override]
        """The number, None for nothing."""
        return parse_number("" if value is None else str(value), decimals=self.decimals, unit=self.unit)

    def validate(self, value: Any) -> None:
        """Refuse what is missing or out of bounds."""
        super().validate(value)
        if value is None:
            return
        if self.least is not None and value < self.least:
            least = number_in_words(self.least, self.unit)
            raise ValidationError(gettext("At least %(least)s, please."), code="min", params={"least": least})
        if self.greatest is not None and value > self.greatest:
            greatest = number_in_words(self.greatest, self.unit)
            raise ValidationError(gettext("At most %(greatest)s, please."), code="max", params={"greatest": greatest})


def plain_number(value: Any) -> int | float | None:
    """A setting (text, Decimal or number) as JSON number; None for nothing."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


class NumberType(FieldType):
    """How many, how much."""

    name = "number"
    has_total = True
    column_width = 7
    label = _("Number")
    icon = "decimal"
    group = _("Text and numbers")
    description = _("How many or how much; whole, or with decimals.")
    rare = ("minimum", "maximum", "decimals", "sensitive")
    logic_type = LogicType.NUMBER
    widens_to = ("text",)

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Unit, decimals and bounds."""
        return {
            "unit": blocks.CharBlock(
                required=False, max_length=20, label=_("Unit of measure"), help_text=_("Such as persons, days, %.")
            ),
            "minimum": blocks.DecimalBlock(required=False, label=_("Smallest value"), max_digits=15),
            "maximum": blocks.DecimalBlock(required=False, label=_("Greatest value"), max_digits=15),
            "decimals": blocks.IntegerBlock(
                required=False,
                min_value=0,
                max_value=6,
                label=_("Decimals"),
                help_text=_("Whole numbers if nothing is given."),
            ),
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """The bounds must leave room."""
        least, greatest = plain_number(raw.get("minimum")), plain_number(raw.get("maximum"))
        if least is not None and greatest is not None and least > greatest:
            return {"maximum": gettext("The greatest value lies below the smallest.")}
        return {}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Bounds as JSON numbers."""
        bounds = {name: plain_number(raw.get(name)) for name in ("minimum", "maximum")}
        found = {"unit": raw.get("unit"), "decimals": raw.get("decimals") or None, **bounds}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Bounds as the decimal block reads them: as text, exactly."""
        raw = super().raw_options(schema)
        return {name: str(value) if name in ("minimum", "maximum") else value for name, value in raw.items()}

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text input for digits."""
        options = schema.options
        return NumberField(
            decimals=options.get("decimals", 0),
            unit=options.get("unit", ""),
            least=options.get("minimum"),
            greatest=options.get("maximum"),
            **form_field_settings(schema),
        )

    def logic_value(self, schema: FieldSchema, answer: Any) -> int | float | None:
        """The number."""
        return answer if isinstance(answer, int | float) and not isinstance(answer, bool) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The number; its unit of measure stands in the heading."""
        number = self.logic_value(schema, answer)
        return number if number is not None else super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """1,234.5 人."""
        if isinstance(answer, int | float) and not isinstance(answer, bool):
            return number_in_words(answer, schema.options.get("unit", ""))
        return super().in_words(schema, answer)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Numbers stand on the right."""
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer), is_number=True)
