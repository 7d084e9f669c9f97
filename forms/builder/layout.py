"""How crispy-forms lays a schema out: one layout object a question, in order."""

from typing import Any

from crispy_forms.layout import Field, Layout, LayoutObject
from django.template.loader import render_to_string

from forms.builder.fields.display_only import NoteType, SectionType
from forms.builder.fields.table import TableType
from forms.builder.schema import FieldSchema, FormSchema


class Piece(LayoutObject):
    """A template with the form and one question; crispy's own HTML() would run an editor's words as a template."""

    def __init__(self, template: str, schema: FieldSchema | None = None) -> None:
        self.template, self.schema = template, schema
        self.fields: list[Any] = []

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """The piece drawn."""
        table = form.tables.get(self.schema.key) if self.schema else None
        return render_to_string(self.template, {"form": form, "schema": self.schema, "table": table})


PIECES = {
    SectionType.name: "builder/section.html",
    NoteType.name: "builder/note.html",
    TableType.name: "builder/table.html",
}
"""What is no single input."""


def layout_of(schema: FormSchema) -> Layout:
    """Errors on top, then every question."""
    questions = [
        Piece(PIECES[one.type], one) if one.type in PIECES else Field(one.key, template="builder/field.html")
        for one in schema
    ]
    return Layout(Piece("builder/error_summary.html"), *questions)
