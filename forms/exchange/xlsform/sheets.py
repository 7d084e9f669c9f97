"""What the sheets of an XLSForm workbook hold: rows of cells by column. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from forms.builder.rules import clean_text

LONGEST_CELL = 32_000
"""Excel takes 32,767 characters."""

SURVEY_COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "read_only",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "repeat_count",
    "appearance",
    "parameters",
    "default",
)
CHOICE_COLUMNS = ("list_name", "name", "label", "within")
SETTING_COLUMNS = ("form_title", "form_id", "style", "default_language")
PORTAL_COLUMNS = ("name", "part", "json")

Cells = dict[str, str]
"""Column → text; empty cells are absent."""


@dataclass
class Sheets:
    """The rows of a workbook."""

    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    settings: Cells = field(default_factory=dict)
    portal: list[Cells] = field(default_factory=list)


def plain(text: str) -> str:
    """A person's words as a cell takes them. `${` would be taken for the name of a question."""
    return clean_text(text)[:LONGEST_CELL].replace("${", "＄{")


def cells(**values: str) -> Cells:
    """The cells that hold something."""
    return {name: value for name, value in values.items() if value}


def mark(values: Iterable[str]) -> str:
    """A short mark by which a change of these cells is noticed."""
    joined = "\x1f".join(value.replace("\xa0", " ").strip() for value in values)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]
