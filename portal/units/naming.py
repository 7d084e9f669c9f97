"""Which unit a written name means: 市卫健委, 市卫生健康委 and 三亚市卫生健康委员会 are one.

Names are tried as full name, short name, alias, and last in their canonical form; what fits two units fits none,
because a report asked of the wrong bureau is worse than a question to the person who imports. Units that exist today
come before units that have ended, so that a plan of last year still finds its units.
"""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from django.utils import timezone

from portal.units.abbreviations import ANYWHERE, DEPARTMENTS, NOT_A_LEVEL
from portal.units.models import Unit

SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
LEVELS = "市县区省州旗盟"
PLACE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<level>(?<![城都])市(?![场容]|监局|监管局)|(?<![社园景小校片辖市县])区(?![块域])|县(?!域)|省|自治州|州(?!际)|旗(?!舰)|盟)"
)
JOINERS = re.compile(r"(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])")
LONG_FORM = {JOINERS.sub("", short): row[0] for row in DEPARTMENTS for short in row}
COMMISSION = re.compile(r"(?<=[\u4e00-\u9fff]{2})委$")


def tidy(name: str) -> str:
    """The name in one width and without spaces; what two people see as the same text becomes the same text."""
    # Twice, because two characters may become one when the space between them is gone.
    return unicodedata.normalize("NFKC", SPACES.sub("", unicodedata.normalize("NFKC", name)))


@dataclass(frozen=True)
class Canonical:
    """A name taken apart: 三亚市卫健委 is the place 三亚, the level 市 and the department 卫生健康委员会."""

    place: str
    level: str
    department: str

    def may_be(self, other: "Canonical") -> bool:
        """Whether two names may mean one unit: same department, and neither place nor level contradict."""
        if self.department != other.department:
            return False
        if self.department in ANYWHERE and self.level != other.level:
            return False
        return _agree(self.level, other.level) and _agree(self.place, other.place)

    def within(self, full: "Canonical") -> "Canonical":
        """A unit's short form with the place of its full name, so that 市民政局 of one city is not that of another."""
        if self.place or self.level not in ("", full.level):
            return self
        return Canonical(full.place, full.level, self.department)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


@lru_cache(maxsize=20_000)
def canonical(name: str) -> Canonical:
    """Take a name apart. A district named without any office (天涯区) stands for its government."""
    rest, place, level = tidy(name), "", ""
    while rest and (found := _prefix(rest)) is not None:
        place, level, rest = found
    return Canonical(place, level, _department(rest) or ("人民政府" if level else ""))


def _prefix(text: str) -> tuple[str, str, str] | None:
    """Place, level and the rest; nothing where the name has no such beginning."""
    if text.startswith(NOT_A_LEVEL) or text in LONG_FORM:
        return None
    if text[0] in LEVELS:
        return "", text[0], text[1:]
    found = PLACE.match(text)
    return (found["place"], found["level"], text[found.end() :]) if found else None


def _department(text: str) -> str:
    plain = JOINERS.sub("", text)
    if plain in LONG_FORM:
        return LONG_FORM[plain]
    full = COMMISSION.sub("委员会", plain)
    return LONG_FORM.get(full, full)


class Named(Protocol):
    """What has the names of a unit."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def short_name(self) -> str:
        """The short name, or nothing."""


Row = TypeVar("Row", bound=Named)


class NameIndex(Generic[Row]):
    """Finds the one unit that a name means; no database."""

    def __init__(self, rows: Iterable[tuple[Row, Sequence[str]]]) -> None:
        """Take units with their aliases."""
        self._stages: list[dict[str, list[Row]]] = [defaultdict(list), defaultdict(list), defaultdict(list)]
        self._departments: dict[str, list[tuple[Canonical, Row]]] = defaultdict(list)
        for row, aliases in rows:
            names = [[row.name], [row.short_name] if row.short_name else [], list(aliases)]
            for stage, stage_names in zip(self._stages, names, strict=True):
                for name in stage_names:
                    _add_once(stage[tidy(name)], row)
            full = canonical(row.name)
            for form in {canonical(name).within(full) for stage_names in names for name in stage_names}:
                self._departments[form.department].append((form, row))

    def knows(self, name: str) -> bool:
        """Whether the name fits at least one unit, be it too many."""
        return bool(self.candidates(name))

    def find(self, name: str) -> Row | None:
        """The one unit of that name; None where there is none, or more than one."""
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str) -> list[Row]:
        """Every unit that the name fits at the first stage at which it fits any."""
        key = tidy(name)
        if not key:
            return []
        for stage in self._stages:
            if key in stage:
                return stage[key]
        wanted = canonical(name)
        fitting = [(form, row) for form, row in self._departments.get(wanted.department, []) if form.may_be(wanted)]
        for closeness in (
            lambda form: form == wanted,
            lambda form: form.level == wanted.level,
            lambda form: True,
        ):
            rows: list[Row] = []
            for form, row in fitting:
                if closeness(form):
                    _add_once(rows, row)
            if rows:
                return rows
        return []


def _add_once(rows: list[Row], row: Row) -> None:
    if not any(one is row for one in rows):
        rows.append(row)


def unit_indexes(on: datetime.date | None = None) -> tuple[NameIndex[Unit], NameIndex[Unit]]:
    """Indexes of the units that exist on a day (today unless said otherwise) and of those that do not (two queries)."""
    day = on or timezone.localdate()
    existing: list[tuple[Unit, Sequence[str]]] = []
    others: list[tuple[Unit, Sequence[str]]] = []
    for unit in Unit.objects.prefetch_related("aliases"):
        (existing if unit.exists_on(day) else others).append((unit, [alias.name for alias in unit.aliases.all()]))
    return NameIndex(existing), NameIndex(others)


def resolve(names: Iterable[str], on: datetime.date | None = None) -> dict[str, Unit | None]:
    """The unit that each name means, None where it means none or is ambiguous. Two queries for any number of names."""
    existing, others = unit_indexes(on)
    return {name: existing.find(name) if existing.knows(name) else others.find(name) for name in names}
