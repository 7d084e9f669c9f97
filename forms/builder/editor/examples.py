"""What the picker of question types shows: each type as units will see it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.builder.schema import FieldSchema, FormSchema

if TYPE_CHECKING:
    from forms.builder.answer_form import AnswerForm
    from forms.builder.fields import FieldType

KEY = "example"


def example_of(field_type: "FieldType") -> "AnswerForm":
    """A form of one such question."""
    from forms.builder.rendering import build_form

    schema = FieldSchema(
        key=KEY, type=field_type.name, label=str(field_type.label), **settings_of(field_type.name), logic={}
    )
    return build_form(FormSchema(title="", fields=(schema,)))


def settings_of(name: str) -> dict[str, Any]:
    """What a type needs to be seen."""
    choices = [{"code": code, "label": _("Choice %(letter)s") % {"letter": code.upper()}} for code in "abc"]
    match name:
        case "choice" | "multiple_choice":
            return {"options": {"choices": choices}}
        case "matrix":
            statements = [
                {"code": code, "label": _("Statement %(letter)s") % {"letter": code.upper()}} for code in "ab"
            ]
            return {"options": {"choices": choices, "statements": statements}}
        case "rating":
            return {"options": {"most": 5}}
        case "section" | "page_break" | "note" | "rich_note":
            return {"help_text": _("An explanation for whoever fills the form in.")}
        case "table":
            columns = (FieldSchema("a", "text", _("Column 1")), FieldSchema("b", "date", _("Column 2")))
            return {"columns": columns}
    return {}
