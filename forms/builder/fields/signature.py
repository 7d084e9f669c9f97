"""A signature: drawn by hand, or a name typed in its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.answers import DisplayRow
from forms.builder.drawings import (
    MAX_POINTS,
    MAX_STROKES,
    NoDrawingError,
    SlightDrawingError,
    drawing_of,
    parse_drawing,
)
from forms.builder.fields.base import FieldType, LogicType, form_field_settings
from forms.builder.fields.sources import Sources
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

MAX_NAME = 50
PAD = (600, 200)
"""Width and height of the pad's own coordinates, however large it is drawn."""


@dataclass(frozen=True)
class Signed:
    """What a POST says about one signature; a drawing counts for more than a name."""

    typed: str = ""
    drawn: str = ""

    def __bool__(self) -> bool:
        return bool(self.drawn or self.typed.strip())


class SignatureWidget(forms.Widget):
    """A pad that a script makes, and an input for those who cannot draw or have no script."""

    template_name = "builder/widgets/signature.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Signed:
        """What was drawn, unless it was to be dropped, and what was typed."""
        typed, drawn = (data.get(key) or "" for key in (f"{name}.typed", f"{name}.drawn"))
        dropped = bool(data.get(f"{name}.drop"))
        return Signed(typed if isinstance(typed, str) else "", drawn if isinstance(drawn, str) and not dropped else "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither."""
        return not self.value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> Any:
        """What was drawn and typed."""
        return value if isinstance(value, Signed) else Signed()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The drawing too, for those without scripts; one that would be refused is not shown again."""
        context = super().get_context(name, value, attrs)
        try:
            drawing = drawing_of(parse_drawing(self.format_value(value).drawn))
        except NoDrawingError:
            drawing = None
        context["widget"]["drawn"] = self.format_value(value).drawn if drawing else ""
        width, height = PAD
        context.update(drawing=drawing, width=width, height=height, max_points=MAX_POINTS, max_strokes=MAX_STROKES)
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The input for the name: the pad cannot be reached by keys."""
        return f"{id_}_0" if id_ else id_


class SignatureField(forms.Field):
    """{"strokes": …, "width": …, "height": …} or {"typed": "张三"}."""

    widget = SignatureWidget

    def clean(self, value: Any) -> dict[str, Any] | None:
        """The signature, None for none; a text is a typed name."""
        signed = value if isinstance(value, Signed) else Signed(typed=str(value or ""))
        if not signed:
            if self.required:
                raise ValidationError(gettext("Please sign."), code="required")
            return None
        if signed.drawn:
            return self.clean_drawing(signed.drawn)
        typed = clean_line(signed.typed)
        if len(typed) > MAX_NAME:
            message = gettext("At most %(limit)d characters, please; there are %(count)d.")
            raise ValidationError(message, "max_length", {"limit": MAX_NAME, "count": len(typed)})
        if not any(char.isalpha() for char in typed):
            raise ValidationError(gettext("Please write your name."), code="invalid")
        return {"typed": typed}

    def clean_drawing(self, text: str) -> dict[str, Any]:
        """The drawing; ValidationError for whatever is none."""
        try:
            return parse_drawing(text)
        except SlightDrawingError:
            raise ValidationError(
                gettext("That is hardly a signature. Please clear the pad and sign once more."), code="slight"
            ) from None
        except NoDrawingError:
            raise ValidationError(
                gettext("The signature did not arrive as a whole. Please sign once more."), code="invalid"
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether there is a signature."""
        return bool(data)


class SignatureType(FieldType):
    """Who vouches for the report."""

    name = "signature"
    prefills = ()
    label = _("Signature")
    icon = "edit"
    group = _("Files and photos")
    description = _("Signed by hand on the screen, or with a typed name.")
    in_table = False
    logic_type = LogicType.TEXT
    seconds = 15

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A pad and an input."""
        return SignatureField(**form_field_settings(schema))

    def initial(self, schema: FieldSchema, answer: Any) -> Signed | None:
        """What the pad and the input show."""
        if drawing_of(answer):
            return Signed(drawn=json.dumps(answer, separators=(",", ":")))
        return Signed(typed=self.typed(answer)) if self.typed(answer) else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """The name as typed; a drawing that is refused cannot be shown again."""
        typed = clean_line(raw.typed) if isinstance(raw, Signed) else ""
        return {"typed": typed} if typed else None

    def typed(self, answer: Any) -> str:
        """The typed name of an answer."""
        typed = answer.get("typed") if isinstance(answer, Mapping) else None
        return typed if isinstance(typed, str) else ""

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """Only whether somebody has signed."""
        return "signed" if drawing_of(answer) or self.typed(answer) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The typed name, or that there is a drawing."""
        return gettext("Signed by hand") if drawing_of(answer) else self.typed(answer)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """The drawing; a typed name is text."""
        drawing = drawing_of(answer)
        kind = "drawing" if drawing else "text"
        return DisplayRow(schema.label, kind, text=self.in_words(schema, answer), drawing=drawing)

    def searchable(self, schema: FieldSchema, answer: Any) -> str:
        """Nobody looks for signatures."""
        return ""
