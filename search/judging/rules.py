"""What may stand in a table of judged questions, and what it says. Nothing here asks the database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.units.importing.results import RowError
from search.wording import wording_key

MOST_THINGS = 50
MOST_QUESTIONS = 2_000
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "question": ("检索词", "问题", "检索内容", "提问", "question", "query"),
    "relevant": ("应查到的内容", "应查到", "相关内容", "relevant", "things"),
    "grade": ("等级", "相关程度", "grade"),
    "why": ("说明", "备注", "理由", "why", "note"),
}
REQUIRED = ("question", "relevant")
TOP = 3
GRADES = {"3": 3, "2": 2, "1": 1, "": TOP}
SEPARATORS = re.compile(r"[;；\n]")
SHOWN_OF_A_CELL = 60


@dataclass
class Entry:
    """A question of a table, and what was written of it."""

    question: str
    things: dict[str, tuple[int, int]] = field(default_factory=dict)
    """As written → grade and row."""
    why: str = ""


@dataclass
class Sheet:
    """What a table says, and what is wrong with it."""

    entries: dict[str, Entry] = field(default_factory=dict)
    """By `wording_key` of the question."""
    faults: list[RowError] = field(default_factory=list)

    def written(self) -> set[str]:
        """Everything that was written as a thing."""
        return {text for entry in self.entries.values() for text in entry.things}


def read_sheet(cells: Sequence[Sequence[str]], headings: Mapping[str, str], *, longest: int, longest_why: int) -> Sheet:
    """The questions of a table with one thing a row or several in a cell; rows of one question belong together.

    `headings` are the names of the columns as they are said to the reader. A grade that is missing is the highest.
    """
    found = Sheet()
    places = columns_of(cells[0]) if cells else {}
    missing = [headings[name] for name in REQUIRED if name not in places]
    if missing:
        found.faults.append(RowError(1, "、".join(missing), _("This column is missing. The first row must name it.")))
        return found
    for number, line in enumerate(cells[1:], start=2):
        values = {name: line[place].strip() if place < len(line) else "" for name, place in places.items()}
        if any(values.values()):
            _take(found, number, values, headings, (longest, longest_why))
    if not found.entries and not found.faults:
        found.faults.append(RowError(1, "", _("The table has headings and no rows. Fill it in and upload it again.")))
    if len(found.entries) > MOST_QUESTIONS:
        found.faults.append(RowError(len(cells), "", _("The table has more than 2,000 questions. Split it up.")))
    return found


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Column → place."""
    plain = [unicodedata.normalize("NFKC", cell).strip().rstrip("*").casefold() for cell in heading]
    return {
        name: next(place for place, cell in enumerate(plain) if cell in words)
        for name, words in HEADINGS.items()
        if any(cell in words for cell in plain)
    }


def _take(
    found: Sheet, number: int, values: Mapping[str, str], headings: Mapping[str, str], limits: tuple[int, int]
) -> None:
    """One row; what is wrong is noted with its column, and the rest of the row is looked at all the same."""

    def fault(column: str, message: str) -> None:
        found.faults.append(RowError(number, headings[column], message))

    question, why = " ".join(values["question"].split()), values.get("why", "")
    key = wording_key(question)
    if len(key) < 2:
        fault("question", _("Please write at least two characters."))
    elif len(question) > limits[0]:
        fault("question", _("At most %(most)d characters fit.") % {"most": limits[0]})
    if len(why) > limits[1]:
        fault("why", _("At most %(most)d characters fit.") % {"most": limits[1]})
    grade = GRADES.get(unicodedata.normalize("NFKC", values.get("grade", "")).strip())
    if grade is None:
        fault("grade", _("A grade is 3, 2 or 1."))
    things = list(dict.fromkeys(filter(None, map(str.strip, SEPARATORS.split(values["relevant"])))))
    if not things:
        fault("relevant", _("Please name what should be found: its address, its document number or its name."))
    entry = found.entries.setdefault(key, Entry(question))
    entry.why = entry.why or why
    for text in things:
        if text in entry.things:
            fault("relevant", _("“%(thing)s” stands here twice.") % {"thing": text[:SHOWN_OF_A_CELL]})
        entry.things[text] = (grade or TOP, number)
    if len(entry.things) > MOST_THINGS:
        fault("relevant", _("At most fifty things can be named for one question."))


def unknown_things(sheet: Sheet, known: Iterable[str], column: str) -> list[RowError]:
    """A fault for each cell that names nothing here."""
    here = set(known)
    message = _("Nothing here is called “%(thing)s”. Write an address of this portal, a document number or a name.")
    return [
        RowError(number, column, message % {"thing": text[:SHOWN_OF_A_CELL]})
        for entry in sheet.entries.values()
        for text, (_grade, number) in entry.things.items()
        if text not in here
    ]


def named_twice(sheet: Sheet, known: Mapping[str, str], column: str) -> list[RowError]:
    """A fault for each cell that names, in other words, what its question names already: which grade would count?"""
    message = _("“%(thing)s” stands here twice.")
    found: list[RowError] = []
    for entry in sheet.entries.values():
        seen: set[str] = set()
        for text, (_grade, number) in entry.things.items():
            if known.get(text) in seen:
                found.append(RowError(number, column, message % {"thing": text[:SHOWN_OF_A_CELL]}))
            elif text in known:
                seen.add(known[text])
    return found
