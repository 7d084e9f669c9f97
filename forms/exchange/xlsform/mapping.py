"""Which type of XLSForm stands for which of ours."""

from dataclasses import dataclass

from forms.builder.schema import FieldSchema

YES_NO_LIST = "_yes_no"
YES_NO_NA_LIST = "_yes_no_na"
"""Lists of choices shared by all yes-or-no questions. No question's list has such a name (names.name_of_key)."""


@dataclass(frozen=True)
class Written:
    """The cells that tell a type."""

    type: str
    appearance: str = ""
    parameters: str = ""


GROUP, REPEAT = "begin_group", "begin_repeat"

TYPES: dict[str, Written] = {
    "text": Written("text"),
    "long_text": Written("text", "multiline"),
    "rich_note": Written("note"),
    "note": Written("note"),
    "section": Written(GROUP),
    "page_break": Written(GROUP, "field-list"),
    "integer": Written("integer"),
    "number": Written("decimal"),
    "money": Written("decimal"),
    "percentage": Written("decimal"),
    "date": Written("date"),
    "time": Written("time"),
    "datetime": Written("dateTime"),
    "year_month": Written("date", "month-year"),
    "choice": Written("select_one"),
    "multiple_choice": Written("select_multiple"),
    "yes_no": Written("select_one"),
    "rating": Written("range", "rating"),
    "matrix": Written(GROUP, "table-list"),
    "unit": Written("text"),
    "task": Written("text"),
    "person": Written("text"),
    "region": Written("text"),
    "id_number": Written("text"),
    "phone": Written("text", "numbers"),
    "email": Written("text"),
    "url": Written("text", "url"),
    "file": Written("file"),
    "photo": Written("image"),
    "signature": Written("image", "signature"),
    "place": Written("geopoint"),
    "calculated": Written("calculate"),
    "system": Written("hidden"),
    "table": Written(REPEAT),
}
"""What the portal fills from its own data (units, tasks, persons, regions) is a text elsewhere."""

PATTERNS = {"id_number": "regex(., '^[0-9]{17}[0-9Xx]$')", "email": "regex(., '^[^@ ]+@[^@ ]+$')"}
"""What a device can check of an answer by itself; the portal checks more when the answer arrives."""

MOST_MARKS = 5
"""Of a rating that says nothing else."""


def written(field: FieldSchema) -> Written:
    """The cells that tell the question's type; a type unknown here is a text."""
    found = TYPES.get(field.type, Written("text"))
    if field.type == "number" and not field.options.get("decimals"):
        return Written("integer")
    if field.type == "choice" and field.options.get("menu"):
        return Written(found.type, "minimal")
    if field.type == "rating":
        most = field.options.get("most", MOST_MARKS)
        return Written(found.type, found.appearance, f"start=1 end={most} step=1")
    return found


def offered(field: FieldSchema) -> list[dict[str, object]]:
    """The choices that may still be chosen, with a label each."""
    lines = field.options.get("choices") or []
    return [{**line, "label": line["label"] or line["code"]} for line in lines if not line.get("retired")]
