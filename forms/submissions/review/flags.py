"""What is worth a second look in a report: computed, never decided. Pure: answers in, flags out.

| flag        | is raised where                                                                                  |
|-------------|--------------------------------------------------------------------------------------------------|
| warning     | a check of the form does not hold, and the reporter has explained why                            |
| own history | a number lies far from what the unit reported in its last accepted periods                       |
| peers       | a number lies far from what the other units reported for the same period                         |
|             | both also for the sum of a table's column, where its numbers can be summed                       |
| copied      | a text is (almost) the same as the unit's last accepted one, or as another unit's in this period |

“Far” is robust: more than `FAR` times the usual deviation from the median (median absolute deviation, scaled to a
standard deviation), so that one odd period hides no other. Fewer than `FEWEST` others say nothing.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from statistics import median
from typing import Any

from forms.builder.answers import REASONS, Answers, is_table
from forms.builder.fields import type_of
from forms.builder.fields.base import LogicType
from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.state import logic_value, state_of
from forms.builder.schema import FieldSchema, FormSchema

FAR = 3.5
"""Iglewicz and Hoaglin's limit for the modified z-score."""
TO_SIGMA = 1.4826
"""A median absolute deviation of a normal distribution times this is its standard deviation."""
LEAST_SHARE = 0.05
"""Deviations below five per cent of the median are nobody's news, however steady the history was."""
FEWEST = 5

SHORTEST = 40
"""Letters and digits of a text that is compared: shorter ones are often the same for good reasons."""
SHINGLE = 4
SAME_FROM = 0.8
"""Share of common shingles (Jaccard) from which two texts count as the same."""

COMPARED_TEXTS = frozenset({"text", "long_text"})


class FlagKind(StrEnum):
    """Why an answer is worth a second look. Stands in stored flags."""

    WARNING = "warning"
    OWN_HISTORY = "own_history"
    PEERS = "peers"
    COPIED_LAST = "copied_last"
    COPIED_PEER = "copied_peer"


@dataclass(frozen=True)
class Flag:
    """One flag, with the numbers and names that say why."""

    kind: FlagKind
    path: str
    why: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; `Flag(**json)` reads it back."""
        return asdict(self)


@dataclass(frozen=True)
class Other:
    """Another filling of the form: a period of the same unit, or another unit in the same period."""

    name: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Outlier:
    """How far a number lies from others."""

    median: float
    spread: float
    count: int


def outlier(value: float, others: Sequence[float]) -> Outlier | None:
    """How far the number lies from the others, where it is far; None where it is not or too few are known."""
    if len(others) < FEWEST:
        return None
    middle = median(others)
    usual = TO_SIGMA * median(abs(one - middle) for one in others)
    whole = all(float(one).is_integer() for one in (value, *others))
    spread = max(usual, LEAST_SHARE * abs(middle), 0.5 if whole else 0.0)
    if not abs(value - middle) > FAR * spread:
        return None
    return Outlier(middle, spread, len(others))


def normalised(text: str) -> str:
    """The letters and digits of a text: width, case, spaces and punctuation make no other text of it."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def shingles(plain: str) -> frozenset[str]:
    """All runs of `SHINGLE` characters of a normalised text."""
    return frozenset(plain[start : start + SHINGLE] for start in range(len(plain) - SHINGLE + 1))


def likeness(one: str, other: str) -> float:
    """Share of shingles that two normalised texts have in common: 1 where they are the same, 0 where nothing is."""
    if one == other:
        return 1.0
    mine, theirs = shingles(one), shingles(other)
    together = mine | theirs
    return len(mine & theirs) / len(together) if together else 0.0


def flags_of(
    schema: FormSchema,
    answers: Answers,
    *,
    context: LogicContext,
    history: Sequence[Other] = (),
    peers: Sequence[Other] = (),
) -> list[Flag]:
    """All flags of a report, in the order of the questions; `history` newest first."""
    found = [*_warnings(schema, answers, context)]
    for one in schema:
        answer = answers.get(one.key)
        if is_number(one):
            found += _far(one.key, _numbers(one, answers, history), FlagKind.OWN_HISTORY)
            found += _far(one.key, _numbers(one, answers, peers), FlagKind.PEERS)
        elif one.columns:
            for column in one.columns:
                if type_of(column).has_total:
                    named = {"column": column.label}
                    found += _far(one.key, _sums(one, column, answers, history), FlagKind.OWN_HISTORY, named)
                    found += _far(one.key, _sums(one, column, answers, peers), FlagKind.PEERS, named)
        elif one.type in COMPARED_TEXTS and isinstance(answer, str):
            found += _copied(one, answer, history[:1], FlagKind.COPIED_LAST)
            found += _copied(one, answer, peers, FlagKind.COPIED_PEER)
    return found


def is_number(one: FieldSchema) -> bool:
    """Whether the question is answered, or worked out, with a number."""
    return type_of(one).logic_type_of(one) == LogicType.NUMBER


def _warnings(schema: FormSchema, answers: Answers, context: LogicContext) -> Iterable[Flag]:
    reasons = answers.get(REASONS) or {}
    for one in state_of(schema, answers, context).findings:
        if one.rule.severity == "warning":
            said = {"warning": one.rule.message, "reason": reasons.get(one.reason_key, "")}
            yield Flag(FlagKind.WARNING, one.path, said)


_Beside = tuple[float | None, list[float]]
"""A number, and those of others as far as they are known."""


def _far(path: str, beside: _Beside, kind: FlagKind, more: Mapping[str, Any] | None = None) -> Iterable[Flag]:
    value, known = beside
    if value is not None and (far := outlier(value, known)):
        why = {"value": value, "median": far.median, "spread": far.spread, "count": far.count}
        yield Flag(kind, path, {**why, **(more or {})})


def _numbers(one: FieldSchema, answers: Answers, others: Sequence[Other]) -> _Beside:
    known = [found for other in others if (found := _number(one, other.answers.get(one.key))) is not None]
    return _number(one, answers.get(one.key)), known


def _sums(table: FieldSchema, column: FieldSchema, answers: Answers, others: Sequence[Other]) -> _Beside:
    known = [found for other in others if (found := _sum(table, column, other.answers)) is not None]
    return _sum(table, column, answers), known


def _sum(table: FieldSchema, column: FieldSchema, answers: Mapping[str, Any]) -> float | None:
    """The sum of a column; None where no row has a number in it."""
    rows: Any = answers.get(table.key)
    if not is_table(rows):
        return None
    found = [number for row in rows if (number := _number(column, row.get(column.key))) is not None]
    return sum(found) if found else None


def _number(one: FieldSchema, answer: Any) -> float | None:
    value = logic_value(one, answer) if answer is not None else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _copied(one: FieldSchema, answer: str, others: Sequence[Other], kind: FlagKind) -> Iterable[Flag]:
    mine = normalised(answer)
    if len(mine) < SHORTEST:
        return
    best, name = 0.0, ""
    for other in others:
        theirs = other.answers.get(one.key)
        share = likeness(mine, normalised(theirs)) if isinstance(theirs, str) else 0.0
        if share > best:
            best, name = share, other.name
    if best >= SAME_FROM:
        yield Flag(kind, one.key, {"share": round(best, 3), "name": name})
