"""The columns of a sheet by their names in the standard: other spellings, and one language out of several."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forms.exchange.xlsform.findings import Findings
from forms.exchange.xlsform.sheets import CHOICE_COLUMNS, SURVEY_COLUMNS

SPELLINGS = {
    "relevance": "relevant",
    "readonly": "read_only",
    "caption": "label",
    "constraining_message": "constraint_message",
    "calculate": "calculation",
    "command": "type",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "bind::jr:constraintmsg": "constraint_message",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
}
MEDIA = ("media", "image", "audio", "video", "big-image")
ELSEWHERE = frozenset(
    (*MEDIA, "guidance_hint", "required_message", "requiredmsg", "trigger", "save_to", "autoplay", "noapperrorstring")
)
"""Columns of the standard that the portal has nothing for."""
ELSEWHERE_WITH = ("bind::", "body::", "control::", "instance::", "media::", "sms_")
CHINESE = ("zh", "中文", "汉语", "chinese", "简体")
SHOWN_ROWS = 10


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its number as Excel shows it, and its cells by column."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """Cells of further columns, as they are headed: the standard lets choices have any."""

    def get(self, column: str) -> str:
        """The cell, empty where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Heading:
    """What a column is."""

    given: str
    column: str
    language: str = ""


def heading(given: str) -> Heading:
    """The column that a heading means."""
    tidy = " ".join(given.split())
    lowered = tidy.casefold()
    if lowered in SPELLINGS:
        return Heading(tidy, SPELLINGS[lowered])
    first, _sep, rest = tidy.partition("::")
    name = first.strip().casefold()
    name = SPELLINGS.get(name, name.replace(" ", "_"))
    if rest and name in ("label", "hint", "constraint_message"):
        return Heading(tidy, name, rest.strip())
    return Heading(tidy, lowered if rest else name)


class SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, rows: Sequence[Sequence[str]], sheet: str, findings: Findings) -> None:
        self.rows, self.sheet, self.findings = rows, sheet, findings
        self.headings = [heading(cell) for cell in rows[0]] if rows else []
        self.known = SURVEY_COLUMNS if sheet == "survey" else CHOICE_COLUMNS[:3]

    @property
    def columns(self) -> set[str]:
        """The columns that the sheet has."""
        return {one.column for one in self.headings}

    def languages(self) -> list[str]:
        """Languages of labels, in the order of the columns; "" is the language that is not named."""
        found = [one.language for one in self.headings if one.column == "label"]
        return list(dict.fromkeys(found))

    def lines(self, language: str) -> list[Line]:
        """The rows that hold something; of translations the language's, or else the first that is filled in."""
        self.name_strange_columns()
        order = [language, *(one for one in ["", *self.languages()] if one != language)]
        found = []
        for number, row in enumerate(self.rows[1:], start=2):
            line = self.line(number, row, order)
            if line.cells or line.others:
                found.append(line)
        return found

    def line(self, number: int, row: Sequence[str], order: list[str]) -> Line:
        """One row."""
        cells: dict[str, str] = {}
        others: dict[str, str] = {}
        ranks: dict[str, int] = {}
        for one, cell in zip(self.headings, row, strict=False):
            cell = cell.strip()
            if not cell or not one.given:
                continue
            if one.column not in self.known:
                others[one.given] = cell
                continue
            rank = order.index(one.language) if one.language in order else len(order)
            if rank < ranks.get(one.column, len(order) + 1):
                cells[one.column], ranks[one.column] = cell, rank
        return Line(number, cells, others)

    def name_strange_columns(self) -> None:
        """Say once for each column what nobody reads. Further columns of choices are for filters."""
        for place, one in enumerate(self.headings):
            if not one.given or one.column in self.known:
                continue
            rows = [number for number, row in enumerate(self.rows[1:], start=2) if place < len(row) and row[place]]
            if not rows:
                continue
            of_standard = one.column.split("::")[0] in ELSEWHERE or one.column.startswith(ELSEWHERE_WITH)
            numbers = "、".join(str(number) for number in rows[:SHOWN_ROWS]) + ("…" if len(rows) > SHOWN_ROWS else "")
            if of_standard:
                sentence = _("the portal has nothing for this column; it was left out (rows %(rows)s).")
                self.findings.leave_out(sentence % {"rows": numbers}, column=one.given, sheet=self.sheet)
            elif self.sheet == "survey":
                self.findings.warn(_("the standard does not know this column."), column=one.given, sheet=self.sheet)


def chosen_language(languages: Sequence[str], default: str) -> str:
    """Chinese if there is some, else the form's own default, else the first."""
    for language in languages:
        name = language.casefold()
        if any(sign in name for sign in CHINESE):
            return language
    if default in languages or not languages:
        return default if default in languages else ""
    return languages[0]
