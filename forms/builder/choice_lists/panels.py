"""The panel of a form's questions, with what its controls must know: published codes, and units."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldPanel

from forms.builder.fields.directory import units_now
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


def units_to_choose() -> list[tuple[int, str, int]]:
    """Number, name and depth of every unit of today, in the order of the tree."""
    units = units_now()
    depths = {unit.path: len(unit.path) for unit in units}
    shallow = min(depths.values(), default=0)
    step = max(min((depth for depth in depths.values() if depth > shallow), default=shallow + 1) - shallow, 1)
    return [(int(unit.code), unit.name, (depths[unit.path] - shallow) // step) for unit in units]


class QuestionsPanel(FieldPanel):
    """The stream of questions, with what its controls choose from."""

    class BoundPanel(FieldPanel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            """The stream, and beside it the published codes."""
            latest = self.instance.current_version if self.instance.pk else None
            codes = published_codes(latest.form_schema.fields if latest else ())
            lists = json_script(codes, "published-choices") + json_script(units_to_choose(), "units-to-choose")
            return mark_safe(f"{super().render_html(parent_context)}{lists}")  # noqa: S308 - both are safe
