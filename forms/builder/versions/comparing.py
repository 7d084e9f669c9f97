"""What differs between two schemas of one form. Pure: schemas in, changes out; words are made in `wording`.

Questions are the same where their keys are, whatever they are called or wherever they stand.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, TypeVar

from forms.builder.schema import LOGIC_SLOTS, FieldSchema, FormSchema, RuleSchema


class Mark(StrEnum):
    """What happened to a question or a check."""

    ADDED = auto()
    REMOVED = auto()
    MOVED = auto()
    CHANGED = auto()


class Aspect(StrEnum):
    """In what respect something changed."""

    TITLE = auto()
    INTRO = auto()
    LABEL = auto()
    HELP = auto()
    TYPE = auto()
    REQUIRED = auto()
    OPTION = auto()
    CHOICE_ADDED = auto()
    CHOICE_REMOVED = auto()
    CHOICE_RETIRED = auto()
    CHOICE_REVIVED = auto()
    CHOICE_RENAMED = auto()
    CHOICES_ORDERED = auto()
    CHOICE_NARROWED = auto()
    LOGIC = auto()
    PLACE = auto()
    CHECK = auto()
    MESSAGE = auto()
    SEVERITY = auto()


TEXTS = frozenset({Aspect.TITLE, Aspect.INTRO, Aspect.LABEL, Aspect.HELP, Aspect.CHOICE_RENAMED, Aspect.MESSAGE})
"""Changes of words alone: every answer stays what it was."""

CHOICE_LISTS = ("choices", "statements")
"""Options that are lists of codes and labels."""


@dataclass(frozen=True)
class Change:
    """One respect in which a question, a check or the form itself differs."""

    aspect: Aspect
    old: Any = None
    new: Any = None
    name: str = ""
    """Of an option or a slot of logic: which one. Of a choice: its code."""


Part = TypeVar("Part", FieldSchema, RuleSchema)


@dataclass(frozen=True)
class Line:
    """A question or a check beside what it was before."""

    key: str
    marks: frozenset[Mark]
    old: Any
    """FieldSchema or RuleSchema; None where it was added."""
    new: Any
    """None where it was removed."""
    changes: tuple[Change, ...] = ()
    columns: tuple["Line", ...] = ()
    """Of a table: the same for its columns."""
    old_place: int = 0
    """Counted from 1; 0 where it was added."""
    new_place: int = 0

    @property
    def now(self) -> Any:
        """The newer of the two that exist."""
        return self.new or self.old

    @property
    def differs(self) -> bool:
        """Whether anything happened to it."""
        return bool(self.marks)

    @property
    def only_texts(self) -> bool:
        """Whether nothing but words changed, if anything."""
        plain = self.marks <= {Mark.CHANGED} and all(change.aspect in TEXTS for change in self.changes)
        return plain and all(column.only_texts for column in self.columns)

    def of(self, aspect: Aspect) -> Iterator[Change]:
        """The changes in one respect."""
        return (change for change in self.changes if change.aspect == aspect)


@dataclass(frozen=True)
class Comparison:
    """Two schemas side by side."""

    old: FormSchema
    new: FormSchema
    heading: tuple[Change, ...]
    """Changes of title and introduction."""
    questions: tuple[Line, ...]
    """All of them, in the new order; those removed where they stood."""
    checks: tuple[Line, ...]

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return bool(self.heading) or any(line.differs for line in (*self.questions, *self.checks))

    @property
    def only_texts(self) -> bool:
        """Whether nothing but words changed, if anything: every answer given is still what it was."""
        return all(line.only_texts for line in (*self.questions, *self.checks))

    def marked(self, mark: Mark) -> list[Line]:
        """The questions with a mark."""
        return [line for line in self.questions if mark in line.marks]

    def everywhere(self) -> Iterator[tuple[str, Line, Line | None]]:
        """Every question and column with its path ("key" or "table.column") and, of a column, its table."""
        for line in self.questions:
            yield line.key, line, None
            for column in line.columns:
                yield f"{line.key}.{column.key}", column, line


def compare(old: FormSchema, new: FormSchema) -> Comparison:
    """What the new schema asks otherwise than the old one."""
    heading = [
        Change(aspect, before, after)
        for aspect, before, after in ((Aspect.TITLE, old.title, new.title), (Aspect.INTRO, old.intro, new.intro))
        if before != after
    ]
    return Comparison(old, new, tuple(heading), lines(old.fields, new.fields), lines(old.rules, new.rules))


def lines(old: Sequence[Part], new: Sequence[Part]) -> tuple[Line, ...]:
    """The parts of both, in the new order, with those removed behind the part that they followed."""
    before = {one.key: place for place, one in enumerate(old)}
    after = {one.key: place for place, one in enumerate(new)}
    stayed = kept_in_order([before[one.key] for one in new if one.key in before])
    found = [
        line_of(
            old[before[one.key]] if one.key in before else None,
            one,
            old_place=before.get(one.key, -1) + 1,
            new_place=place,
            moved=one.key in before and before[one.key] not in stayed,
        )
        for place, one in enumerate(new, start=1)
    ]
    for place, one in enumerate(old):
        if one.key not in after:
            found.insert(place_of_removed(found, old[:place]), line_of(one, None, old_place=place + 1))
    return tuple(found)


def place_of_removed(found: list[Line], earlier: Sequence[Part]) -> int:
    """Where a removed part is shown: behind the nearest of its old predecessors."""
    keys = [line.key for line in found]
    return next((keys.index(one.key) + 1 for one in reversed(earlier) if one.key in keys), 0)


def kept_in_order(places: list[int]) -> set[int]:
    """The longest rising run of places (longest increasing subsequence): what is outside of it was moved."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else None)
        if length == len(ends):
            ends.append(place)
            at.append(index)
        else:
            ends[length], at[length] = place, index
    found: set[int] = set()
    step = at[-1] if at else None
    while step is not None:
        found.add(places[step])
        step = before[step]
    return found


def line_of(old: Part | None, new: Part | None, *, old_place: int = 0, new_place: int = 0, moved: bool = False) -> Line:
    """One part beside what it was."""
    now = new or old
    assert now is not None  # noqa: S101 - one of the two is there
    if old is None or new is None:
        mark = Mark.ADDED if old is None else Mark.REMOVED
        return Line(now.key, frozenset({mark}), old, new, old_place=old_place, new_place=new_place)
    if isinstance(old, FieldSchema) and isinstance(new, FieldSchema):
        changes, columns = tuple(field_changes(old, new)), lines(old.columns, new.columns)
    else:
        changes, columns = tuple(rule_changes(old, new)), ()
    marks = {Mark.MOVED} if moved else set()
    if changes or any(column.differs for column in columns):
        marks.add(Mark.CHANGED)
    return Line(now.key, frozenset(marks), old, new, changes, columns, old_place, new_place)


def field_changes(old: FieldSchema, new: FieldSchema) -> Iterator[Change]:
    """In what respects a question differs, its columns aside."""
    pairs = (
        (Aspect.LABEL, old.label, new.label),
        (Aspect.TYPE, old.type, new.type),
        (Aspect.HELP, old.help_text, new.help_text),
        (Aspect.REQUIRED, old.required, new.required),
    )
    yield from (Change(aspect, before, after) for aspect, before, after in pairs if before != after)
    for name in sorted(old.options.keys() | new.options.keys()):
        before, after = old.options.get(name), new.options.get(name)
        if name in CHOICE_LISTS:
            yield from choice_changes(before or [], after or [], name)
        elif before != after:
            yield Change(Aspect.OPTION, before, after, name)
    for slot in sorted(LOGIC_SLOTS):
        if old.logic.get(slot) != new.logic.get(slot):
            yield Change(Aspect.LOGIC, old.logic.get(slot), new.logic.get(slot), slot)


def choice_changes(old: list[dict[str, Any]], new: list[dict[str, Any]], name: str) -> Iterator[Change]:
    """In what respects a list of choices differs."""
    before, after = {one["code"]: one for one in old}, {one["code"]: one for one in new}
    for code, choice in after.items():
        if code not in before:
            yield Change(Aspect.CHOICE_ADDED, None, choice["label"], code)
            continue
        was = before[code]
        if was["label"] != choice["label"]:
            yield Change(Aspect.CHOICE_RENAMED, was["label"], choice["label"], code)
        if bool(was.get("retired")) != bool(choice.get("retired")):
            aspect = Aspect.CHOICE_RETIRED if choice.get("retired") else Aspect.CHOICE_REVIVED
            yield Change(aspect, was["label"], choice["label"], code)
        rest = [{key: value for key, value in one.items() if key not in SEEN} for one in (was, choice)]
        if rest[0] != rest[1]:
            yield Change(Aspect.CHOICE_NARROWED, was["label"], choice["label"], code)
    yield from (
        Change(Aspect.CHOICE_REMOVED, one["label"], None, code) for code, one in before.items() if code not in after
    )
    offered = {code for code in before.keys() & after.keys() if not after[code].get("retired")}
    common = [[code for code in codes if code in offered] for codes in (before, after)]
    if common[0] != common[1]:
        yield Change(Aspect.CHOICES_ORDERED, None, None, name)


SEEN = frozenset({"code", "label", "retired"})
"""What choice_changes tells of a choice by name; anything else limits where it can be chosen."""


def rule_changes(old: RuleSchema, new: RuleSchema) -> Iterator[Change]:
    """In what respects a check differs."""
    pairs = (
        (Aspect.MESSAGE, old.message, new.message),
        (Aspect.CHECK, old.check, new.check),
        (Aspect.PLACE, old.at, new.at),
        (Aspect.SEVERITY, old.severity, new.severity),
    )
    yield from (Change(aspect, before, after) for aspect, before, after in pairs if before != after)
