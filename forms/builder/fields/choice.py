"""One of several, some of several. What is stored are codes; labels may change."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.base import (
    MAX_LABEL,
    CellValue,
    FieldType,
    LogicType,
    RawBlock,
    Sources,
    form_field_settings,
)
from forms.builder.rules import clean_line
from forms.builder.schema import FieldSchema

MAX_RADIOS = 12
"""Longer lists are a menu, whatever the editor wished."""


class OptionRadios(forms.RadioSelect):
    """Choices one below the other."""

    template_name = "builder/widgets/options.html"


class OptionCheckboxes(forms.CheckboxSelectMultiple):
    """Choices to tick."""

    template_name = "builder/widgets/options.html"


def menu() -> forms.Select:
    """A drop-down list."""
    return forms.Select({"class": "form-select"})


class CodeField(forms.ChoiceField):
    """One code of the list, None for no answer."""

    def to_python(self, value: Any) -> str | None:
        """The code."""
        return str(value) if value not in self.empty_values else None

    def validate(self, value: Any) -> None:
        """Refuse what is missing or not in the list."""
        forms.Field.validate(self, value)
        if value is not None and not self.valid_value(value):
            raise ValidationError(gettext("Please choose from the list."), code="invalid_choice")


class CodesField(forms.MultipleChoiceField):
    """Codes in the order of the list, None for no answer."""

    def to_python(self, value: Any) -> list[str] | None:  # type: ignore[override]
        """The codes."""
        if not isinstance(value, list | tuple):
            return None
        ticked = {str(code) for code in value}
        order = [str(code) for code, label in self.choices]  # type: ignore[union-attr, misc]
        return [code for code in order if code in ticked] + sorted(ticked.difference(order)) or None

    def validate(self, value: Any) -> None:
        """Refuse what is missing or not in the list."""
        forms.Field.validate(self, value)
        if value is not None and not all(self.valid_value(code) for code in value):
            raise ValidationError(gettext("Please choose from the list."), code="invalid_choice")


def choices_of(schema: FieldSchema) -> list[tuple[str, str]]:
    """Codes and labels."""
    return [(choice["code"], choice["label"]) for choice in schema.options.get("choices", [])]


def label_of(schema: FieldSchema, code: Any) -> str:
    """The label behind a code."""
    return dict(choices_of(schema)).get(code, gettext("(no longer in the list)"))


class ChoiceType(FieldType):
    """One of several."""

    name = "choice"
    column_width = 7.5
    label = _("Single choice")
    icon = "radio-full"
    group = _("Choices")
    description = _("One answer of a list.")
    logic_type: ClassVar[LogicType | None] = LogicType.CHOICE
    widens_to: ClassVar[tuple[str, ...]] = ("multiple_choice",)
    seconds = 8
    rare: ClassVar[tuple[str, ...]] = ("menu", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The choices; the number that Wagtail gives each line is its code and outlives every wording."""
        line = blocks.CharBlock(max_length=MAX_LABEL, label=_("Choice"))
        return {"choices": blocks.ListBlock(line, min_num=1, max_num=300, label=_("Choices")), **self.more_options()}

    def more_options(self) -> dict[str, blocks.Block]:
        """How the choices are shown."""
        help_text = _("Saves space where there are many choices.")
        return {"menu": blocks.BooleanBlock(required=False, label=_("As a drop-down list"), help_text=help_text)}

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """Labels must differ: two lines that read the same cannot be told apart by who answers."""
        labels = [choice["label"] for choice in self.choices(raw)]
        twice = next((label for label in labels if labels.count(label) > 1), None)
        if twice is not None:
            return {"choices": gettext("“%(label)s” stands in the list twice.") % {"label": twice}}
        return {}

    def choices(self, raw: RawBlock) -> list[dict[str, str]]:
        """The lines as codes and labels."""
        lines = raw.get("choices") or []
        return [{"code": line["id"], "label": clean_line(line["value"] or "")} for line in lines]

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Codes apart from labels."""
        shown = {"menu": True} if raw.get("menu") else {}
        return {"choices": self.choices(raw), **shown}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """The lines of the list."""
        lines = [{"type": "item", "id": code, "value": label} for code, label in choices_of(schema)]
        return {"choices": lines, **({"menu": True} if schema.options.get("menu") else {})}

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Radio buttons; a menu in a table, for long lists, or where the editor wishes."""
        choices = choices_of(schema)
        as_menu = in_table or schema.options.get("menu") or len(choices) > MAX_RADIOS
        if as_menu:
            return CodeField(
                choices=[("", gettext("Please choose")), *choices], widget=menu(), **form_field_settings(schema)
            )
        return CodeField(choices=choices, widget=OptionRadios(), **form_field_settings(schema))

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The code."""
        return answer if isinstance(answer, str) else None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The code."""
        return answer if isinstance(answer, str) else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """A code that is not in the list cannot have been typed."""
        return None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The label."""
        return label_of(schema, answer) if isinstance(answer, str) else ""


class MultipleChoiceType(ChoiceType):
    """Some of several."""

    name = "multiple_choice"
    column_width = 10
    label = _("Multiple choice")
    icon = "tasks"
    description = _("Any number of answers of a list.")
    rare = ("sensitive",)
    logic_type = LogicType.CHOICES
    widens_to = ()
    seconds = 15

    def more_options(self) -> dict[str, blocks.Block]:
        """Nothing but the choices."""
        return {}

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Boxes to tick."""
        return CodesField(choices=choices_of(schema), widget=OptionCheckboxes(), **form_field_settings(schema))

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The codes."""
        return answer if isinstance(answer, list) else None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The codes, one space apart, as XLSForm has them."""
        return " ".join(answer) if isinstance(answer, list) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The labels, 甲、乙."""
        return "、".join(label_of(schema, code) for code in answer) if isinstance(answer, list) else ""
