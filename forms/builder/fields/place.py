"""A place: latitude and longitude, typed or from the device."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, FieldType, form_field_settings
from forms.builder.fields.sources import Sources
from forms.builder.places import DECIMALS, MOST_METRES, is_place, parse_place, place_in_words
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

BETWEEN = ", "
"""Between the two texts of a place that a draft keeps as typed."""


@dataclass(frozen=True)
class TypedPlace:
    """What a POST says about one place."""

    latitude: str = ""
    longitude: str = ""
    measured: str = ""
    """What the device said: metres, and the place that they belong to ("12;18.252800,109.512000"). Whoever then types
    another place, with scripts or without, does not pass the accuracy on to it."""

    def __bool__(self) -> bool:
        return bool(self.latitude.strip() or self.longitude.strip())

    @property
    def as_text(self) -> str:
        """Both texts in one."""
        return BETWEEN.join([self.latitude, self.longitude]) if self.longitude else self.latitude

    @classmethod
    def of_text(cls, text: str) -> "TypedPlace":
        """The way back."""
        latitude, _between, longitude = text.partition(BETWEEN)
        return cls(latitude, longitude)

    @classmethod
    def of_place(cls, place: dict[str, Any]) -> "TypedPlace":
        """A stored place."""
        latitude, longitude = degrees(place["lat"]), degrees(place["lng"])
        metres = place.get("accuracy")
        return cls(latitude, longitude, f"{metres};{latitude},{longitude}" if metres else "")


def degrees(number: float) -> str:
    """18.2528, never 1.8e1."""
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


class PlaceWidget(forms.Widget):
    """Two inputs, and a button that a script shows where the device knows where it is."""

    template_name = "builder/widgets/place.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedPlace:
        """What was typed, as typed."""
        texts = (data.get(f"{name}.{part}") or "" for part in ("latitude", "longitude", "measured"))
        return TypedPlace(*(text if isinstance(text, str) else "" for text in texts))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither."""
        return not self.value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> Any:
        """The texts of the inputs."""
        return value if isinstance(value, TypedPlace) else TypedPlace()

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first input."""
        return f"{id_}_0" if id_ else id_


class PlaceField(forms.Field):
    """Reads degrees as people write them (places.parse_place)."""

    widget = PlaceWidget

    def clean(self, value: Any) -> dict[str, Any] | None:
        """{"lat": 18.2528, "lng": 109.512, "accuracy": 12}, None for no answer; a text is both numbers in one."""
        typed = value if isinstance(value, TypedPlace) else TypedPlace(latitude=str(value or ""))
        if not typed:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        place = parse_place(typed.latitude, typed.longitude)
        metres = accuracy_of(typed.measured, place) if place else None
        return {**place, "accuracy": metres} if place and metres else place

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether anything was typed."""
        return bool(data)


def accuracy_of(measured: str, place: dict[str, float]) -> int | None:
    """How exact the device said it was, if it said so of this place."""
    match = re.fullmatch(r"(\d{1,9});([^;]{1,60})", measured)
    if match is None:
        return None
    latitude, _comma, longitude = match[2].partition(",")
    try:
        same = parse_place(latitude, longitude) == place
    except ValidationError:
        return None
    metres = int(match[1])
    return metres if same and 0 < metres <= MOST_METRES else None


class PlaceType(FieldType):
    """Where something is."""

    name = "place"
    column_width = 12
    label = _("Place")
    icon = "site"
    group = _("Files and photos")
    description = _("Latitude and longitude, typed or from the device.")
    logic_type = None
    seconds = 20

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Two inputs; what the numbers mean stands in the help."""
        shared = form_field_settings(schema)
        if not in_table:
            system = gettext("Degrees of WGS-84, as satellite positioning gives them.")
            shared["help_text"] = " ".join(part for part in (schema.help_text, system) if part)
        return PlaceField(**shared)

    def initial(self, schema: FieldSchema, answer: Any) -> TypedPlace | None:
        """The texts of the inputs."""
        if is_place(answer):
            return TypedPlace.of_place(answer)
        return TypedPlace.of_text(answer) if isinstance(answer, str) else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """What was typed, in one text."""
        return clean_line(raw.as_text) or None if isinstance(raw, TypedPlace) else super().kept(schema, raw)

    def logic_value(self, schema: FieldSchema, answer: Any) -> None:
        """Expressions do not reckon with places."""

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """18.2528,109.512: as other programs read it, and as it can be pasted into the field again."""
        if is_place(answer):
            return f"{degrees(answer['lat'])},{degrees(answer['lng'])}"
        return super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """北纬18.252800°，东经109.512000°."""
        if is_place(answer):
            return place_in_words(answer)
        return answer if isinstance(answer, str) else ""
