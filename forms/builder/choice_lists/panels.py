"""The panel of a form's questions, with what the grids of choices must know of the published version."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldPanel

from forms.builder.schema import FieldSchema
from forms.builder.streams import LISTS


def published_codes(fields: Iterable[FieldSchema]) -> dict[str, list[str]]:
    """Codes of the choices that have been published, by the key of their question or column."""
    found: dict[str, list[str]] = {}
    for one in fields:
        if lines := [line for name in LISTS for line in one.options.get(name, ())]:
            found[one.key] = [line["code"] for line in lines]
        found |= published_codes(one.columns)
    return found


class QuestionsPanel(FieldPanel):
    """The stream of questions."""

    class BoundPanel(FieldPanel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            """The stream, and beside it the published codes."""
            latest = self.instance.current_version if self.instance.pk else None
            codes = published_codes(latest.form_schema.fields if latest else ())
            stream = super().render_html(parent_context)
            return mark_safe(f"{stream}{json_script(codes, 'published-choices')}")  # noqa: S308 - both are safe
