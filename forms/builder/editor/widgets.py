"""Controls of the editor that scripts draw: conditions and calculations, and the place of a check's message.

The scripts are modules: static/js/form-editor.js brings the others along.
"""

from functools import cache
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from forms.builder.editor.words import shared


@cache
def shared_once() -> dict[str, Any]:
    """One object, so that it is sent once however many controls refer to it."""
    return shared()


class LogicInput(forms.Textarea):
    """JsonLogic by slot, made by clicking."""

    def __init__(self, slots: list[str]) -> None:
        super().__init__({"hidden": True})
        self.slots = slots


class PlaceInput(forms.TextInput):
    """Which question: a menu of labels that keeps the key."""


class ScriptedAdapter(WidgetAdapter):
    """What all of them need."""

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's widgets, then ours."""
        return forms.Media(
            js=[versioned_static("wagtailadmin/js/telepath/widgets.js"), Script("js/form-editor.js", type="module")],  # type: ignore[list-item]
            css={"all": ["css/form-editor.css"]},
        )


class LogicAdapter(ScriptedAdapter):
    """Draws a LogicInput."""

    js_constructor = "portal.forms.LogicInput"

    def js_args(self, widget: LogicInput) -> list[Any]:
        """The slots and the words."""
        return [widget.slots, shared_once()]


class PlaceAdapter(ScriptedAdapter):
    """Draws a PlaceInput."""

    js_constructor = "portal.forms.PlaceInput"

    def js_args(self, widget: PlaceInput) -> list[Any]:
        """The words."""
        return [shared_once()]


register(LogicAdapter(), LogicInput)
register(PlaceAdapter(), PlaceInput)
