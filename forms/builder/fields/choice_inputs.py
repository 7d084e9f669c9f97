"""How choices are shown and read: buttons, boxes, menus, and an input with suggestions where a table offers many."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from forms.builder.assets import DeferredScript
from forms.builder.fields.offers import Offer
from forms.builder.rules import clean_line

MAX_RADIOS = 12
"""Longer lists are a menu, whatever the editor wished."""

MAX_MENU = 50
"""Longer lists can be searched; in a table they are typed with suggestions, since every row would repeat the menu."""


class Scripted(forms.Widget):
    """A widget that form-cascade.js narrows down; it works without."""

    class Media:
        js = [DeferredScript(path) for path in ("js/choice-offers.js", "js/form-cascade.js")]


class OptionRadios(Scripted, forms.RadioSelect):
    """Choices one below the other."""

    template_name = "builder/widgets/options.html"


class OptionCheckboxes(Scripted, forms.CheckboxSelectMultiple):
    """Choices to tick."""

    template_name = "builder/widgets/options.html"


class Menu(Scripted, forms.Select):
    """A drop-down list."""


def menu() -> forms.Select:
    """A drop-down list as Bootstrap draws it."""
    return Menu({"class": "form-select"})


class SuggestingInput(Scripted, forms.TextInput):
    """A label to type, with the labels as suggestions; all rows of a table share one list (TableRows.lists)."""

    template_name = "builder/widgets/suggesting.html"

    def __init__(self, offer: Offer) -> None:
        super().__init__({"class": "form-control", "autocomplete": "off"})
        self.offer = offer
        self.shared_list = ""
        """Id of the list where it is drawn elsewhere."""
        self.within = ""
        """What belongs to which answer of another question, where the list says so for all rows."""

    def share(self, name: str) -> None:
        """Let all rows of a table have one list: two thousand choices in each would be too much for any page."""
        self.shared_list, self.within = name, self.attrs.pop("data-within", "")

    def format_value(self, value: Any) -> str | None:
        """The label behind the code; what is no code stays as typed."""
        return self.offer.labels.get(str(value), str(value)) if value not in (None, "") else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name the list, and bring it along where nobody else does."""
        context = super().get_context(name, value, attrs)
        made = context["widget"]["attrs"]
        made["list"] = self.shared_list or f"{made.get('id', name)}_list"
        context["labels"] = () if self.shared_list else self.offer.labels.items()
        return context


class CodeField(forms.ChoiceField):
    """One code of the list, None for no answer. The label is understood as well, as workbooks bring it."""

    def __init__(self, *, offer: Offer | None = None, choices: Any = (), blank: str = "", **kwargs: Any) -> None:
        if offer is not None:
            choices = [*([("", blank)] if blank else []), *offer.labels.items()]
        super().__init__(choices=choices, **kwargs)
        self.offer = offer or Offer(lambda: list(choices))

    def __deepcopy__(self, memo: dict[int, Any]) -> "CodeField":
        """A copy for a row of a table; all rows share one list."""
        return forms.Field.__deepcopy__(self, memo)

    def to_python(self, value: Any) -> str | None:
        """The code."""
        if value in self.empty_values:
            return None
        typed = clean_line(str(value))
        return self.offer.code_of(typed) or typed or None

    def valid_value(self, value: Any) -> bool:
        """Whether it is in the list."""
        return str(value) in self.offer.labels

    def validate(self, value: Any) -> None:
        """Refuse what is missing or not in the list."""
        forms.Field.validate(self, value)
        if value is not None and not self.valid_value(value):
            raise ValidationError(gettext("Please choose from the list."), code="invalid_choice")


class CodesField(forms.MultipleChoiceField):
    """Codes in the order of the list, None for no answer."""

    def __init__(self, *, offer: Offer | None = None, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(choices=list(offer.labels.items()) if offer else choices, **kwargs)
        self.offer = offer or Offer(lambda: list(choices))

    def to_python(self, value: Any) -> list[str] | None:  # type: ignore[override]
        """The codes."""
        if not isinstance(value, list | tuple):
            return None
        ticked = {self.offer.code_of(str(one)) or str(one) for one in value}
        order = list(self.offer.labels)
        return [code for code in order if code in ticked] + sorted(ticked.difference(order)) or None

    def valid_value(self, value: Any) -> bool:
        """Whether it is in the list."""
        return str(value) in self.offer.labels

    def validate(self, value: Any) -> None:
        """Refuse what is missing or not in the list."""
        forms.Field.validate(self, value)
        if value is not None and not all(self.valid_value(code) for code in value):
            raise ValidationError(gettext("Please choose from the list."), code="invalid_choice")


def filtered(widget: forms.Widget, parent: str, within: Mapping[str, Sequence[str]]) -> None:
    """Let form-cascade.js show only what belongs to the parent question's answer; the server checks it anyway."""
    words = {
        "first": gettext("Please answer “%(question)s” first."),
        "wrong": gettext("“%(choice)s” does not belong to “%(parent)s”. Please choose again."),
    }
    widget.attrs |= {
        "data-filter-by": parent,
        "data-within": json.dumps(within, ensure_ascii=False),
        "data-filter-words": json.dumps(words, ensure_ascii=False),
    }


def searched(widget: forms.Widget) -> None:
    """Let form-cascade.js put an input above a long list that narrows it down."""
    words = {"find": gettext("Find in the list"), "found": gettext("%(count)s of %(all)s")}
    widget.attrs["data-searched"] = json.dumps(words, ensure_ascii=False)
