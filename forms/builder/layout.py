"""How crispy-forms lays a schema out: one layout object a question, in order."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from django.template.loader import get_template
from django.utils.translation import get_language

from forms.builder.fields import type_of
from forms.builder.fields.rich_note import RichNoteType
from forms.builder.fields.system import SystemType
from forms.builder.logic.payload import browser_payload, payload_script
from forms.builder.schema import FieldSchema
from portal.ops.inputs import Drawings

QUESTION = "builder/field.html"
PLACE = "\0input\0"
"""Where the input goes; no text of a form has these characters."""


class Piece(LayoutObject):
    """A template with the form and one question; crispy's own HTML() would run an editor's words as a template."""

    def __init__(self, template: str, schema: FieldSchema | None = None) -> None:
        self.template, self.schema = template, schema
        self.fields: list[Any] = []

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """The piece drawn."""
        shown: dict[str, Any] = {"form": form, "schema": self.schema}
        if self.schema is not None and form.is_locked(self.schema):
            answer = type_of(self.schema).display(self.schema, form.stored.get(self.schema.key))
            shown |= {"rows": [answer], "messages": form.messages.get(self.schema.key, ())}
            shown["is_hidden"] = self.schema.key in form.state.hidden
            return get_template("builder/locked.html").render(shown)
        if self.schema is not None:
            shown["remark"] = form.remarks.get(self.schema.key, "")
            shown["table"] = form.tables.get(self.schema.key)
            if shown["table"] is not None:
                shown["totals"] = form.totals(shown["table"])
                shown["messages"] = form.messages.get(self.schema.key, ())
            shown["is_unconfirmed"] = form.is_unconfirmed(self.schema.key)
            shown["is_hidden"] = self.schema.key in form.state.hidden
            kind = type_of(self.schema)
            if shown["table"] is None and kind.takes_answer:
                shown["field"] = form.drawn(self.schema)
            if isinstance(kind, RichNoteType):
                shown["html"] = kind.html(self.schema)
            if self.template == QUESTION:
                return around(shown["field"], shown)
        return get_template(self.template).render(shown)


_frames = Drawings()
"""What has been drawn around inputs; the same for everybody who is asked."""


def around(field: Any, shown: dict[str, Any]) -> str:
    """One question with its input: label, guidance and what is said of it.

    Most questions of most pages have nothing said of them; what stands around their inputs is drawn once a question.
    """
    form, schema = shown["form"], shown["schema"]
    told = shown["remark"] or shown["is_unconfirmed"] or field.messages or (form.shows_errors and field.errors)
    key = (
        get_language(),
        schema.key,
        field.auto_id,
        str(field.label),
        field.help_text,
        field.use_fieldset,
        field.id_for_label,
        field.aria_describedby,
        field.is_required_now,
        shown["is_hidden"],
    )

    def draw() -> str:
        return str(get_template(QUESTION).render({**shown, "input": PLACE}))

    frame = draw() if told else _frames.get(key, draw)
    return frame.replace(PLACE, str(field), 1)


class LogicScript(LayoutObject):
    """The form's logic for the browser, where it has any."""

    def __init__(self) -> None:
        self.fields: list[Any] = []

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        """The payload as a script of data."""
        payload = browser_payload(form.form_schema, form.typed, form.context)
        return payload_script(payload) if payload["nodes"] or payload["rules"] else ""


PIECES = {
    "section": "builder/section.html",
    "page_break": "builder/section.html",
    "note": "builder/note.html",
    "rich_note": "builder/rich_note.html",
    "table": "builder/table.html",
}
"""What is no single input."""


def template_of(schema: FieldSchema) -> str:
    """What draws a question."""
    if type_of(schema).is_computed:
        return "builder/computed.html"
    return PIECES.get(schema.type, QUESTION)


def layout_of(schemas: Iterable[FieldSchema]) -> Layout:
    """Errors on top, then every question, then what checks say of no question in particular."""
    questions = [Piece(template_of(one), one) for one in schemas if is_drawn(one)]
    return Layout(Piece("builder/error_summary.html"), *questions, LogicScript())


def is_drawn(schema: FieldSchema) -> bool:
    """Whether it is seen while the form is filled in: not what the portal fills in silently."""
    kind = type_of(schema)
    return not isinstance(kind, SystemType) or kind.is_shown(schema)
