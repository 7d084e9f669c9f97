"""Yes or no."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import FieldType, LogicType, Sources, form_field_settings
from forms.builder.fields.choice import CodeField, OptionRadios, menu
from forms.builder.schema import FieldSchema


class YesNoField(CodeField):
    """True, False or None for no answer."""

    def clean(self, value: Any) -> bool | None:
        """The answer as JSON."""
        code = super().clean(value)
        return None if code is None else code == "yes"


class YesNoType(FieldType):
    """Yes or no; not answered is neither."""

    name = "yes_no"
    column_width = 7
    label = _("Yes or no")
    icon = "check"
    group = _("Choices")
    description = _("Yes, no, or not yet answered.")
    logic_type = LogicType.BOOLEAN
    seconds = 5

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Two radio buttons; a menu in a table."""
        choices = [("yes", gettext("Yes")), ("no", gettext("No"))]
        if in_table:
            return YesNoField(choices=[("", "—"), *choices], widget=menu(), **form_field_settings(schema))
        return YesNoField(
            choices=choices, widget=OptionRadios({"class": "options-inline"}), **form_field_settings(schema)
        )

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The radio button's code."""
        return {True: "yes", False: "no"}.get(answer) if isinstance(answer, bool) else None

    def logic_value(self, schema: FieldSchema, answer: Any) -> bool | None:
        """True or False."""
        return answer if isinstance(answer, bool) else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing else can have been typed."""
        return None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """Yes or No."""
        return (gettext("Yes") if answer else gettext("No")) if isinstance(answer, bool) else ""
