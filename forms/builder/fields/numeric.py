"""What all numbers have in common: how they are typed, bounded, shown and written into workbooks."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.rules.numbers import is_number, number_in_words, parse_number, plain_figures
from forms.builder.schema import FieldSchema

MOST_DECIMALS = 6

Bounds = tuple[float | None, float | None]
"""The smallest and the greatest value."""


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
    """Reads numbers as people write them (rules.numbers.parse_number)."""

    def __init__(
        self,
        *,
        decimals: int,
        unit: str,
        bounds: Bounds,
        in_words: Callable[[float], str],
        sign: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=NumberInput(unit, decimals), **kwargs)
        self.decimals, self.unit, self.bounds, self.in_words, self.sign = decimals, unit, bounds, in_words, sign
        self.validators = []

    def to_python(self, value: Any) -> int | float | None:  # type: ignore[override]
        """The number, None for nothing."""
        typed = plain_figures(value) if is_number(value) else "" if value is None else str(value)
        return parse_number(typed, decimals=self.decimals, unit=self.unit, sign=self.sign)

    def validate(self, value: Any) -> None:
        """Refuse what is missing or out of bounds."""
        super().validate(value)
        if value is None:
            return
        least, greatest = self.bounds
        if least is not None and value < least:
            words = {"least": self.in_words(least)}
            raise ValidationError(gettext("At least %(least)s, please."), code="min", params=words)
        if greatest is not None and value > greatest:
            words = {"greatest": self.in_words(greatest)}
            raise ValidationError(gettext("At most %(greatest)s, please."), code="max", params=words)


def plain_number(value: Any) -> int | float | None:
    """A setting (text, Decimal or number) as JSON number; None for nothing."""
    try:
        number = Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else float(number)


class NumericType(FieldType):
    """A number. What is stored is a JSON number; its unit of measure belongs to the question."""

    column_width: ClassVar[float] = 7
    has_total: ClassVar[bool] = True
    group: ClassVar[Promise] = groups.TEXT_AND_NUMBERS
    rare: ClassVar[tuple[str, ...]] = ("minimum", "maximum", "sensitive")
    logic_type: ClassVar[LogicType | None] = LogicType.NUMBER
    seconds = 12
    places: ClassVar[int] = 0
    """Places behind the point that are shown even where they are noughts."""

    def unit_of(self, schema: FieldSchema) -> str:
        """The unit of measure that stands behind the number."""
        return str(schema.options.get("unit") or "")

    def sign_of(self, schema: FieldSchema) -> str:
        """The sign that may stand before the number."""
        return ""

    def decimals_of(self, schema: FieldSchema) -> int:
        """How many places behind the point are taken."""
        return 0

    def bounds_of(self, schema: FieldSchema) -> Bounds:
        """The smallest and the greatest value."""
        return self.bound(schema, "minimum"), self.bound(schema, "maximum")

    def bound(self, schema: FieldSchema, name: str) -> int | float | None:
        """A bound as set; None for none, and for what an import left there instead."""
        value = schema.options.get(name)
        return value if is_number(value) else None

    def decimals_or(self, schema: FieldSchema, usual: int) -> int:
        """Decimals as set, else as usual."""
        value = schema.options.get("decimals")
        return value if type(value) is int and 0 <= value <= MOST_DECIMALS else usual

    def number_in_words(self, schema: FieldSchema, number: float) -> str:
        """1,234.5 人."""
        return number_in_words(number, self.unit_of(schema), places=self.places)

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """What the browser must know to read an input as `NumberField` does (static/js/logic-reading.js)."""
        least, greatest = self.bounds_of(schema)
        found = {"decimals": self.decimals_of(schema) or None, "unit": self.unit_of(schema) or None}
        found |= {"sign": self.sign_of(schema) or None}
        shown = {"least": least, "greatest": greatest, "places": self.places or None}
        return {name: value for name, value in {**found, **shown}.items() if value is not None}

    def wider_options(self, schema: FieldSchema) -> dict[str, Any]:
        """What goes without saying here (元, two decimals, 0 to 100 %) is said to the other type."""
        least, greatest = self.bounds_of(schema)
        said = {"unit": self.unit_of(schema), "decimals": self.decimals_of(schema)}
        found = {**schema.options, **said, "minimum": least, "maximum": greatest}
        return {name: value for name, value in found.items() if value not in (None, "")}

    # --- in the builder -----------------------------------------------------------------------------------------

    def unit_block(self) -> dict[str, blocks.Block]:
        """Any unit of measure."""
        help_text = _("Such as persons, days, km.")
        return {
            "unit": blocks.CharBlock(required=False, max_length=10, label=_("Unit of measure"), help_text=help_text)
        }

    def decimals_block(self, help_text: Promise, new: int | None = None) -> dict[str, blocks.Block]:
        """How many places; a new question starts with `new`."""
        block = blocks.IntegerBlock(
            required=False,
            min_value=0,
            max_value=MOST_DECIMALS,
            default=new,
            label=_("Decimals"),
            help_text=help_text,
        )
        return {"decimals": block}

    def bound_blocks(self, usual: tuple[Promise | str, Promise | str] = ("", "")) -> dict[str, blocks.Block]:
        """The smallest and the greatest value; what holds if nothing is given."""
        bounds = zip(("minimum", "maximum"), (_("Smallest value"), _("Greatest value")), usual, strict=True)
        return {
            name: blocks.DecimalBlock(required=False, max_digits=15, label=label, help_text=help_text)
            for name, label, help_text in bounds
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """The bounds must leave room."""
        least, greatest = self.bounds_of(self.schema("check", {**raw, "logic": None}))
        if least is not None and greatest is not None and least > greatest:
            return {"maximum": gettext("The greatest value lies below the smallest.")}
        return {}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Bounds as JSON numbers."""
        found = {name: raw.get(name) for name in self.option_blocks()}
        found |= {name: plain_number(found[name]) for name in ("minimum", "maximum") if name in found}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Bounds as the decimal block reads them: as text, exactly. Nothing is said too, or a default stood in."""
        raw: RawBlock = {name: schema.options.get(name) for name in self.option_blocks()}
        for name in ("minimum", "maximum"):
            raw[name] = plain_figures(raw[name]) if is_number(raw.get(name)) else None
        return raw

    # --- in the form ----------------------------------------------------------------------------------------------

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text input for digits."""
        return NumberField(
            decimals=self.decimals_of(schema),
            unit=self.unit_of(schema),
            bounds=self.bounds_of(schema),
            in_words=lambda number: self.number_in_words(schema, number),
            sign=self.sign_of(schema),
            **form_field_settings(schema),
        )

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """Its figures."""
        return plain_figures(answer) if is_number(answer) else answer

    # --- read again -----------------------------------------------------------------------------------------------

    def logic_value(self, schema: FieldSchema, answer: Any) -> int | float | None:
        """The number."""
        return answer if is_number(answer) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The number; its unit of measure stands in the heading."""
        return answer if is_number(answer) else super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The number with its unit."""
        return self.number_in_words(schema, answer) if is_number(answer) else super().in_words(schema, answer)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Numbers stand on the right."""
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer), is_number=True)
