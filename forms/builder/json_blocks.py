"""Blocks whose value is plain JSON, edited by a control of their own instead of many small inputs.

Conditions and calculations are built by clicking, lists of choices in a small grid; what is stored, and what a version
freezes, is the JSON itself.
"""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.editor.widgets import LogicInput, PlaceInput


class JsonField(forms.CharField):
    """Reads JSON; what is none is refused and shown again as it came."""

    def __init__(self, *, empty: type = dict, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.empty = empty

    def prepare_value(self, value: Any) -> Any:
        """The JSON as text; what could not be read stays as it is."""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""

    def clean(self, value: Any) -> Any:
        """The JSON; nothing typed is the empty mapping or list."""
        if isinstance(value, self.empty):
            return value
        if value in self.empty_values:
            return self.empty()
        try:
            found = json.loads(value)
        except (TypeError, ValueError, RecursionError):
            found = None
        if not isinstance(found, self.empty):
            raise ValidationError(gettext("This setting did not arrive as a whole. Please set it once more."))
        return found


class JsonBlock(blocks.FieldBlock):
    """A mapping or a list."""

    empty: type = dict

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = JsonField(empty=self.empty, help_text=help_text, widget=self.widget())

    def widget(self) -> forms.Widget:
        """The control."""
        return forms.Textarea({"rows": 2})

    def get_default(self) -> Any:
        """Empty."""
        return self.empty()

    def value_from_form(self, value: Any) -> Any:
        """What the field read; a draft may hold what it could not read."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Plain JSON already."""
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing a person would search for."""
        return []


class LogicBlock(JsonBlock):
    """Conditions and a calculation: JsonLogic by slot (forms.builder.schema.LOGIC_SLOTS)."""

    def __init__(self, *, slots: "frozenset[str] | list[str]" = frozenset(), **kwargs: Any) -> None:
        self.slots = [slot for slot in ("value", "show", "require", "enable") if slot in slots]
        super().__init__(**{"label": _("Conditions and calculation"), **kwargs})

    def widget(self) -> forms.Widget:
        """What is set, in words, and the way to the dialogue that sets it."""
        return LogicInput(self.slots)


class LockBlock(JsonBlock):
    """From which template the question came, if it must stay as it is there (forms.builder.library.rules)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("From a template"), **kwargs})

    def widget(self) -> forms.Widget:
        """Shown as a badge by static/js/question-locks.js; nothing to type."""
        return LockInput()


class LockInput(forms.HiddenInput):
    """Carries the lock; the script around it makes the question's other settings read-only."""

    def __init__(self) -> None:
        words = _("Locked by the template “{template}”: it may be moved or removed, but not changed.")
        super().__init__({"data-question-lock": "", "data-words": words})


class CheckBlock(JsonBlock):
    """One check across questions: {"logic": JsonLogic that holds where all is well}."""

    def widget(self) -> forms.Widget:
        """As for a question."""
        return LogicInput(["check"])


class PlaceBlock(blocks.CharBlock):
    """Which question: its key, or "table.column"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = PlaceInput()


PREFILL_SOURCES = {
    "last": _("Last accepted report; the reporter must confirm it"),
    "unit": _("Name of the reporting unit"),
    "person": _("Name of the person who fills it in"),
    "constant": _("Always the same"),
}
"""What a new report may begin with. Another form's answer ("form") is set where a form takes over questions."""


class PrefillInput(forms.TextInput):
    """A menu of sources, and the words where they are always the same; prefill-admin.js keeps both in the JSON."""

    template_name = "builder/admin/prefill.html"

    class Media:
        js = ["js/prefill-admin.js"]

    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__()
        self.sources = sources

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The sources in words."""
        choices = [(source, PREFILL_SOURCES[source]) for source in self.sources]
        return {**super().get_context(name, value, attrs), "choices": choices}


class PrefillBlock(JsonBlock):
    """Where a new report's answer comes from: {"from": a source, "value"?: the constant as it would be typed}."""

    def __init__(self, *, sources: Sequence[str] = (), **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(**{"label": _("A new report begins with"), **kwargs})

    def widget(self) -> forms.Widget:
        """A menu."""
        return PrefillInput(self.sources)
