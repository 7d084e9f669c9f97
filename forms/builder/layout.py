"""How crispy-forms lays a schema out: one layout object a question, in order."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from django.template.loader import get_template

from forms.builder.fields import type_of
from forms.builder.schema import FieldSchema


class Piece(LayoutObject):
    """A template with the form and one question; crispy's own HTML() would run an editor's words as a template."""

    def __init__(self, template: str, schema: FieldSchema | None = None) -> None:
        self.template, self.schema = template, schema
        self.fields: list[Any] = []

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """The piece drawn."""
        shown: dict[str, Any] = {"form": form, "schema": self.schema}
        if self.schema is not None:
            shown["table"] = form.tables.get(self.schema.key)
            if shown["table"] is not None:
                shown["totals"] = form.totals(shown["table"])
                shown["messages"] = form.messages.get(self.schema.key, ())
            shown["is_hidden"] = self.schema.key in form.state.hidden
            if shown["table"] is None and type_of(self.schema).takes_answer:
                shown["field"] = form.drawn(self.schema)
        return get_template(self.template).render(shown)


PIECES = {
    "section": "builder/section.html",
    "page_break": "builder/section.html",
    "note": "builder/note.html",
    "rich_note": "builder/note.html",
    "table": "builder/table.html",
}
"""What is no single input."""


def template_of(schema: FieldSchema) -> str:
    """What draws a question."""
    if type_of(schema).is_computed:
        return "builder/computed.html"
    return PIECES.get(schema.type, "builder/field.html")


def layout_of(schemas: Iterable[FieldSchema]) -> Layout:
    """Errors on top, then every question, then what checks say of no question in particular."""
    questions = [Piece(template_of(one), one) for one in schemas]
    return Layout(Piece("builder/error_summary.html"), *questions)
