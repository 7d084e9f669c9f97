"""Controls in the page editor: the grid of a list of choices, and the menu of questions that may filter it.

Both keep their value in a plain input, so that saving, autosaving and undoing are Wagtail's own; the scripts draw over
it. Without scripts the Wagtail editor itself does not work.
"""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse

from forms.builder.choice_lists.lines import MAX_CHOICES
from forms.builder.choice_lists.words import grid_words, parent_words, unit_words


class ChoicesGrid(forms.Textarea):
    """The lines as JSON in a text area, drawn as a grid by choices-grid.js."""

    class Media:
        js = [forms.Script("js/choices-grid.js", type="module")]
        css = {"all": ["css/choices-admin.css"]}

    def __init__(self, words: Callable[[], dict[str, str]] = grid_words) -> None:
        super().__init__({"rows": 2})
        self.words = words
        """What the lines are called; asked for in the language of each page."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the script needs: where to send a workbook, and its words in the editor's language."""
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-controller": "choices-grid",
            "data-choices-grid-address-value": reverse("form_choices_import"),
            "data-choices-grid-most-value": str(MAX_CHOICES),
            "data-choices-grid-words-value": json.dumps(self.words(), ensure_ascii=False),
        }


class UnitMenu(forms.TextInput):
    """A unit as JSON in a text input, drawn by unit-menu.js as a menu of the units that the page lists (panels)."""

    class Media:
        js = [forms.Script("js/unit-menu.js", type="module")]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the script needs."""
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-controller": "unit-menu",
            "data-unit-menu-words-value": json.dumps(unit_words(), ensure_ascii=False),
        }


class ParentMenu(forms.TextInput):
    """The key in a text input, drawn as a menu of the page's choice questions by choice-parent.js."""

    class Media:
        js = [forms.Script("js/choice-parent.js", type="module")]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the script needs."""
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-controller": "choice-parent",
            "data-choice-parent-words-value": json.dumps(parent_words(), ensure_ascii=False),
        }
