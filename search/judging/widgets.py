"""What should be found for a question, in the form: a line a thing with its grade, and a field to add more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from search.evaluation.naming import NAMED, recognised, things_called
from search.judging.models import Grade
from search.judging.rules import SHOWN_OF_A_CELL, TOP
from search.kinds import KINDS
from search.tuning.rules import lines_of

LONGEST_THING = 300


@dataclass(frozen=True)
class Entered:
    """What the form sent: names with grades as text (none: to be taken out), and what is to be added, line by line."""

    lines: tuple[tuple[str, str], ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Line:
    """A thing as the form shows it; `title` is empty where it is not here any more."""

    name: str
    grade: str
    title: str
    kind: str


def shown(pairs: "tuple[tuple[str, str], ...]") -> list[Line]:
    """Names and grades with titles, as lines of the form; a query a kind."""
    things = things_called(name for name, _grade in pairs)
    return [
        Line(
            name,
            grade,
            title=things[name].title if name in things else "",
            kind=str(KINDS.get(name.partition(":")[0], "")),
        )
        for name, grade in pairs
    ]


class ThingsWidget(forms.Widget):
    """Lines of things; judged-things.js looks more of them up while somebody writes."""

    class Media:
        js = [forms.Script("js/judged-things.js", type="module")]
        css = {"all": ["css/judging-admin.css"]}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Entered:
        """Names and grades stand side by side in the form."""
        names, grades = data.getlist(f"{name}-name"), data.getlist(f"{name}-grade")
        return Entered(tuple(zip(names, grades, strict=False)), data.get(f"{name}-more", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A form without lines says that there are none."""
        return False

    def use_required_attribute(self, initial: Any) -> bool:
        """The field that adds may stay empty: lines name things as well."""
        return False

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Lines, and the field that adds."""
        entered = value if isinstance(value, Entered) else Entered(_pairs(value))
        context = {
            "name": name,
            "lines": shown(entered.lines),
            "more": entered.more,
            "grades": Grade.choices,
            # Of the field that adds: the label stands for it, and errors are told of it.
            "attrs": flatatt({**(attrs or {}), "rows": "2"}),
            "address": reverse("search_judging:things"),
        }
        return render_to_string("search/judging/things.html", context)


class ThingsField(forms.Field):
    """Name → grade."""

    widget = ThingsWidget

    def clean(self, value: Any) -> dict[str, int]:
        """What was sent, with what is to be added looked up; ValidationError names what nothing here is called."""
        entered = value if isinstance(value, Entered) else Entered()
        found = {
            name: int(grade)
            for name, grade in entered.lines
            if grade in {str(one) for one in Grade.values} and _is_name(name)
        }
        lines = list(dict.fromkeys(lines_of(entered.more)))
        known = recognised(lines)
        if strangers := [line for line in lines if line not in known]:
            message = _(
                "Nothing here is called “%(thing)s”. Look for it and choose it, or write an address of this portal or "
                "a document number."
            )
            raise ValidationError([message % {"thing": line[:SHOWN_OF_A_CELL]} for line in strangers])
        for name in known.values():
            found.setdefault(name, TOP)
        if not found:
            raise ValidationError(_("Please name at least one thing that should be found."))
        return found


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(grade)) for name, grade in value.items()) if isinstance(value, Mapping) else ()


def _is_name(name: str) -> bool:
    kind, _colon, word = name.partition(":")
    return kind in NAMED and bool(word) and len(name) <= LONGEST_THING
