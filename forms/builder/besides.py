"""What a POST carries beside answers: explanations of warnings, marks of what was looked at, names nobody asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from forms.builder.answers import REASONS, SAME, Answers
from forms.builder.bound import DraftingForm
from forms.builder.rules import clean_text
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.table_rows import TableRows

LONGEST_REASON = 500
"""Characters of an explanation; what is longer is cut off: the input takes no more, so only a forged one is."""

OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "key", "revision", "action", "page"})
"""Names that the page around the form sends; those that begin with a dot are the form's own."""


def explanations(schema: FormSchema, stored: Answers, data: Any, tables: Mapping[str, TableRows]) -> dict[str, str]:
    """Explanations by the name of the finding; those of this POST, and the stored ones of what was not on the page.

    In inputs a row has its number on the page, in what is stored its number among the rows that are rows.
    """
    places = {rule.key: rule.at.partition(".")[0] for rule in schema.rules if rule.severity == "warning"}
    kept = stored.get(REASONS) or {}
    found = {name: text for name, text in kept.items() if places.get(name.partition(".")[0]) not in tables}
    numbers = {key: rows_by_number(table) for key, table in tables.items()}
    for name in data:
        if not name.startswith(f"{REASONS}."):
            continue
        rule, _dot, typed_row = name.removeprefix(f"{REASONS}.").partition(".")
        row = numbers.get(places.get(rule, ""), {}).get(typed_row, "")
        if rule not in places or (typed_row and row == ""):
            continue
        found[f"{rule}.{row}" if typed_row else rule] = clean_text(str(data.get(name)))[:LONGEST_REASON]
    return {name: text for name, text in found.items() if text}


def rows_by_number(table: TableRows) -> dict[str, int]:
    """The rows' numbers among those that are rows, by their numbers on the page."""
    live = {id(row): number for number, row in enumerate(table.live_forms)}
    return {str(number): live[id(row)] for number, row in enumerate(table.forms) if id(row) in live}


def marks(stored: Answers, here: Answers, data: Any, schemas: Iterable[FieldSchema]) -> dict[str, bool]:
    """Which answers taken over from the last report have been looked at: those ticked, and those that were changed."""
    found = dict(stored.get(SAME) or {})
    for one in schemas:
        if one.key in found and not found[one.key]:
            changed = here.get(one.key) != stored.get(one.key)
            found[one.key] = changed or f"{SAME}.{one.key}" in data
    return found


def names_ignored(data: Any, form: DraftingForm, tables: Mapping[str, TableRows], known: Iterable[str]) -> int:
    """How many names of a POST belong to nothing on the page: forged, or of a form that has changed meanwhile.

    `known` are keys of the form that stand elsewhere or are worked out; sending them changes nothing and is no news.
    """
    expected = OF_THE_PAGE | set(known)
    count = 0
    for name in data:
        head, _dot, rest = str(name).partition(".")
        if not head or name in expected or is_input(form, head, str(name)):
            continue
        if head in tables and is_in_table(tables[head], rest):
            continue
        count += 1
    return count


def is_in_table(table: TableRows, rest: str) -> bool:
    """Whether the rest of a name is one of the table's inputs."""
    number, _dot, column = rest.partition(".")
    if not column:
        return number in ("-TOTAL_FORMS", "-INITIAL_FORMS")
    return number.isdecimal() and (column == "DELETE" or is_input(table.empty_form, column.partition(".")[0], column))


def is_input(form: DraftingForm, key: str, name: str) -> bool:
    """Whether a name belongs to the input of a question; some questions have several inputs, named "key.part"."""
    if key in form.fields:
        return True
    stem, _line, part = name.rpartition("_")
    return part.isdecimal() and stem in form.fields and isinstance(form.fields[stem].widget, forms.MultiWidget)
