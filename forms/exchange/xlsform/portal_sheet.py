"""The sheet `portal`: what the standard cannot say, and what the standard sheets said when they were written.

One JSON document a question, cut into parts that fit a cell, beside the question's name. `written` has a mark for each
cell, by which the reader finds out what somebody has edited since.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from forms.exchange.xlsform.names import INTRO
from forms.exchange.xlsform.sheets import Cells, mark

FORM = "-form"
"""Name of the entry about the form itself. No question's name begins with a hyphen."""

VERSION = 1
PART = 30_000

Entry = dict[str, Any]


class PortalSheet:
    """Collects the entries of one form."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def form(self, schema: FormSchema, slug: str, settings: Cells) -> None:
        """The form itself with its checks."""
        self.entries[FORM] = {
            "version": VERSION,
            "slug": slug,
            "title": schema.title,
            "intro": schema.intro,
            "rules": [rule.to_json() for rule in schema.rules],
            "written": marks(settings),
        }

    def intro(self, row: Cells) -> None:
        """The note that carries the introduction."""
        self.entries[INTRO] = {"written": marks(row)}

    def field(
        self,
        name: str,
        field: FieldSchema,
        row: Cells,
        choices: Iterable[Cells],
        statements: Iterable[Cells],
        rules: Iterable[RuleSchema],
    ) -> None:
        """A question with its choices and statements; a table's columns have entries of their own."""
        own = {key: value for key, value in field.to_json().items() if key != "columns"}
        in_cell = [rule.key for rule in rules]
        lists = {"choices": mark_of_lines(choices), "statements": mark_of_lines(statements)}
        self.entries[name] = {
            "field": own,
            "written": {**marks(row), **{part: found for part, found in lists.items() if found}},
            **({"rules": in_cell} if in_cell else {}),
        }

    def rows(self) -> list[Cells]:
        """The rows of the sheet, the form first."""
        found: list[Cells] = []
        for name, entry in sorted(self.entries.items(), key=lambda pair: pair[0] != FORM):
            parts = parts_of(as_cell(entry))
            found += [{"name": name, "part": str(number), "json": part} for number, part in enumerate(parts, start=1)]
        return found


def parts_of(text: str) -> Iterator[str]:
    """The text in parts that fit a cell, none of them beginning or ending with a space: readers strip cells."""
    while len(text) > PART:
        cuts = (cut for cut in range(PART, 0, -1) if not (text[cut - 1].isspace() or text[cut].isspace()))
        cut = next(cuts, PART)
        yield text[:cut]
        text = text[cut:]
    yield text


def marks(row: Cells) -> dict[str, str]:
    """A mark for each cell."""
    return {column: mark([value]) for column, value in row.items()}


def mark_of_lines(lines: Iterable[Cells]) -> str:
    """A mark of a list of choices; empty for none."""
    values = [value for line in lines for value in (line["name"], line.get("label", ""), line.get("within", ""))]
    return mark(values) if values else ""


def as_cell(entry: Entry) -> str:
    """The document as text. Spreadsheet programs read _x0041_ as A, and XML has no place for some characters."""
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).replace("_x", "\\u005fx")
    return "".join(char if char.isprintable() or char == " " else escaped(char) for char in text)


def escaped(char: str) -> str:
    """The character as JSON escapes it."""
    return json.dumps(char)[1:-1]


def entries_of(rows: Iterable[Cells]) -> dict[str, Entry]:
    """The entries by name; what cannot be read is left out, and the standard sheets speak for it."""
    parts: dict[str, dict[int, str]] = defaultdict(dict)
    for row in rows:
        number = row.get("part", "")
        if row.get("name") and number.isascii() and number.isdigit():
            parts[row["name"]][int(number)] = row.get("json", "")
    found: dict[str, Entry] = {}
    for name, texts in parts.items():
        try:
            entry = json.loads("".join(texts[number] for number in sorted(texts)))
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and all(isinstance(entry.get(part, {}), dict) for part in ("written", "field")):
            found[name] = entry
    return found
