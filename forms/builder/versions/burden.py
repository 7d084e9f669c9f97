"""What a form costs those who fill it in: questions × units × periods ≈ person-hours. Pure.

Before anything was measured, a question takes what its type usually takes (FieldType.seconds) and a table is thought
to have five rows. Once reports were filled in, their average is used, in proportion to what the form asks more or less.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.builder.checking import is_asked
from forms.builder.fields import type_of
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.providers import Demand, FillTime
from forms.builder.versions.widening import widens

ROWS = 5
"""Rows that a table is thought to have."""

LEAST_MEASURED = 3
"""Reports that must have been measured before their average is trusted."""

HOUR = 3600


@dataclass(frozen=True)
class Size:
    """How much a form asks."""

    questions: int
    columns: int
    tables: int
    seconds: int
    """For one report, by the types of its questions."""


@dataclass(frozen=True)
class Share:
    """What one requirement asks of its units until it ends."""

    title: str
    url: str
    units: int
    periods: int
    hours: float


@dataclass(frozen=True)
class Burden:
    """The estimate."""

    size: Size
    seconds: float
    """For one report."""
    measured: FillTime | None
    """What the estimate rests on; None where it rests on the types alone."""
    shares: tuple[Share, ...]
    is_assumed: bool = False
    """Whether no requirement uses the form yet, so that units and periods are assumed."""

    @property
    def hours(self) -> float:
        """Person-hours in all."""
        return sum(share.hours for share in self.shares)

    @property
    def minutes(self) -> int:
        """For one report, at least one."""
        return max(round(self.seconds / 60), 1)


def size_of(schema: FormSchema) -> Size:
    """How much the schema asks."""
    asked = [one for one in schema if is_asked(one)]
    tables = [one for one in asked if one.columns]
    columns = [column for table in tables for column in table.columns if is_asked(column)]
    seconds = sum(type_of(one).seconds for one in asked if not one.columns)
    seconds += ROWS * sum(type_of(column).seconds for column in columns)
    return Size(len(asked), len(columns), len(tables), seconds)


def burden_of(
    new: FormSchema,
    *,
    old: FormSchema | None = None,
    measured: FillTime | None = None,
    demands: Iterable[Demand] = (),
    assumed_units: int = 0,
) -> Burden:
    """The estimate for the new schema; `measured` are reports filled in with the old one.

    Without a requirement, one report of each of the assumed units.
    """
    size = size_of(new)
    usable = measured if measured and measured.reports >= LEAST_MEASURED and old is not None else None
    seconds = float(size.seconds)
    if usable and old is not None:
        before = size_of(old).seconds
        seconds = usable.seconds * (size.seconds / before if before else 1)
    shares = tuple(
        Share(one.title, one.url, one.units, one.periods, one.units * one.periods * seconds / HOUR)
        for one in demands
        if one.units and one.periods
    )
    if not shares and assumed_units:
        return Burden(size, seconds, usable, (Share("", "", assumed_units, 1, assumed_units * seconds / HOUR),), True)
    return Burden(size, seconds, usable, shares)


@dataclass(frozen=True)
class OtherForm:
    """A live form that is asked of units now."""

    form_id: int
    title: str
    schema: FormSchema
    units: frozenset[int]


@dataclass(frozen=True)
class Twin:
    """A question that another form already asks."""

    question: FieldSchema
    form_id: int
    form_title: str
    other: FieldSchema
    units: int
    """Units that are asked both."""
    is_reused: bool
    """Whether the question already takes its answer over from there."""


NOISE = re.compile(r"[\W_]+")

NOT_REUSED = frozenset({"table", "matrix"})
"""Types whose answers name columns or statements by keys that are a form's own."""


def plain(label: str) -> str:
    """A label without spaces, punctuation and differences of width or case: 填报人（姓名） is 填报人姓名."""
    return NOISE.sub("", unicodedata.normalize("NFKC", label)).casefold()


def is_compatible(other: FieldSchema, question: FieldSchema) -> bool:
    """Whether an answer to the other question can stand as one to this."""
    takes_over = bool(type_of(question).prefills) and question.type not in NOT_REUSED
    return takes_over and widens(other.type, question.type)


def twins_of(schema: FormSchema, others: Iterable[OtherForm], *, units: frozenset[int]) -> list[Twin]:
    """Questions of the schema that other forms ask the same units, in the order of the questions.

    Where the form has no units yet, every unit that the other form is asked of counts.
    """
    known = [(other, {plain(one.label): one for one in other.schema if is_asked(one)}) for other in others]
    found = []
    for question in schema:
        name = plain(question.label)
        if not name or not is_asked(question):
            continue
        for other, asked in known:
            shared = len(other.units & units) if units else len(other.units)
            same = asked.get(name)
            if same is not None and shared and is_compatible(same, question):
                reused = taken_from(question) == (other.form_id, same.key)
                found.append(Twin(question, other.form_id, other.title, same, shared, reused))
    return found


def taken_from(question: FieldSchema) -> tuple[int, str] | None:
    """Number of the form, and key, from which the question takes its answer over; None where from none."""
    prefill: Mapping[str, object] = question.options.get("prefill") or {}
    form, key = prefill.get("form"), prefill.get("field")
    if prefill.get("from") != "form" or not isinstance(form, int) or not isinstance(key, str):
        return None
    return form, key
