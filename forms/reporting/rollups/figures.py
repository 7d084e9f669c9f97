"""The second section: figures out of the answers, worked out as indicators are, beside those of the period before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import pgettext

from forms.builder.fields.base import LogicType
from forms.builder.fields.file import FileType
from forms.collection.models import Requirement
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.questions import Question, questions
from forms.reporting.indicators.rules import EXACTLY, Figure, shown
from forms.reporting.indicators.services import Result, worked_out
from forms.reporting.indicators.wording import basis, made_of, plain, value_in_words
from forms.reporting.matrix.services import Choice
from forms.reporting.rollups.drafting import Piece, Place, Words, heading
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.gathering import Gathered

COMPOSED = frozenset({Aggregation.SUM, Aggregation.AVERAGE, Aggregation.SHARE_YES, Aggregation.COUNT})
"""Of the indicators that people have composed, those whose value can be said in a sentence."""
SHARES = frozenset({"percentage", "rating"})
"""Types of questions of which a sum makes no sense."""
FIGURE = "figure"


@dataclass(frozen=True)
class Definition:
    """How a figure is worked out: an indicator without its row."""

    title: str
    question: str
    aggregation: str
    choice: str = ""
    filter_question: str = ""
    filter_choice: str = ""
    measure: str = ""

    @classmethod
    def of(cls, one: Indicator) -> "Definition":
        """The definition that an indicator holds."""
        return cls(**{name: getattr(one, name) for name in cls.__dataclass_fields__})

    @classmethod
    def in_facts(cls, facts: Mapping[str, Any]) -> "Definition":
        """The definition that a block's facts hold; databases keep the names in it in orders of their own."""
        return cls(**facts["definition"])

    @property
    def counted(self) -> tuple[str, ...]:
        """What makes it the same figure, whatever its title."""
        return (self.question, self.aggregation, self.choice, self.filter_question, self.filter_choice)

    def indicator_over(self, requirement: Requirement) -> Indicator:
        """The indicator over a requirement, by unit: each unit has one report for a period."""
        return Indicator(form_id=requirement.form_id, requirement=requirement, split=Split.UNIT, **asdict(self))


def definitions(found: Gathered) -> list[Definition]:
    """Every number that is asked for, in the order of the form; titles and further figures as people composed them."""
    requirement = found.period.requirement
    composed = [
        Definition.of(one)
        for one in Indicator.objects.visible_to(found.user).filter(form_id=requirement.form_id, is_shown=True)
        if one.requirement_id in {None, requirement.pk} and one.aggregation in COMPOSED
    ]
    titled = {one.counted: one for one in reversed(composed)}
    schema = found.schemas.latest(requirement.form_id)
    own = [_default(one) for one in questions(schema) if _is_number(one)] if schema else []
    named = [titled.get(one.counted, one) for one in own]
    known = {one.counted for one in named}
    return [*named, *(one for one in {one.counted: one for one in composed}.values() if one.counted not in known)]


def _is_number(one: Question) -> bool:
    """Files are numbers to a condition (how many), and no figure to a reader."""
    is_file = isinstance(one.kind, FileType)
    return one.logic_type == LogicType.NUMBER and not is_file and Aggregation.SUM in one.aggregations


def _default(one: Question) -> Definition:
    is_share = one.schema.type in SHARES or one.unit in {"%", "％", "‰"}
    return Definition(one.label[:100], one.path, Aggregation.AVERAGE if is_share else Aggregation.SUM)


def section(found: Gathered) -> list[Piece]:
    """The heading and a sentence for each figure; nothing where no report answers a number."""
    told = pieces(found, definitions(found))
    return [heading(Part.FIGURES, pgettext("roll-up", "Figures")), *told] if told else []


def pieces(found: Gathered, wanted: Sequence[Definition]) -> list[Piece]:
    """The figures that any report answers; twice four queries, whatever their number."""
    now = _worked_out(found, wanted, found.choice)
    before: list[Result | None] = [None] * len(now)
    if found.before:
        before = list(_worked_out(found, wanted, Choice.of_period(found.before)))
    told = zip(wanted, now, before, strict=True)
    return [_piece(found, one, result, last) for one, result, last in told if result.total.answered]


def _worked_out(found: Gathered, wanted: Sequence[Definition], choice: Choice) -> list[Result]:
    results = worked_out(
        [one.indicator_over(found.period.requirement) for one in wanted], user=found.user, choice=choice
    )
    return [one if not one.is_broken else Result(one.indicator, one.question, [], Figure(None), []) for one in results]


def _piece(found: Gathered, one: Definition, result: Result, last: Result | None) -> Piece:
    figure = result.total
    facts = {
        "value": _number(figure.value),
        "numerator": made_of(result, figure),
        "basis": basis(figure),
        "before": _number(last.total.value) if last else None,
    }
    words = Words(_said(found, one, result, last), Origin.COMPUTED, list(_places(found, result)), FIGURE, facts)
    told = {
        "definition": asdict(one),
        "rule": rule_in_words(found, one, result),
        "made_of": made_of(result, figure),
        "basis": basis(figure),
        "value": value_in_words(result, figure),
        "as_of": found.now.isoformat(),
    }
    return Piece(BlockKind.FIGURE, Part.FIGURES, question=one.question, facts=told, words=[words])


def _places(found: Gathered, result: Result) -> Iterator[Place]:
    """The reports that answer, with what each contributes."""
    lines: Mapping[Any, Figure] = {line.way.get("unit"): line.figure for line in result.lines}
    label = result.question.label if result.question else ""
    for report in found.reports:
        figure = lines.get(report.unit.pk)
        if figure is not None and figure.answered:
            yield Place(report, result.indicator.question, label, text=value_in_words(result, figure))


def rule_in_words(found: Gathered, one: Definition, result: Result) -> str:
    """By which rule, over which reports."""
    words = pgettext("roll-up", "%(how)s of “%(question)s” over the accepted reports on “%(asked)s”, %(period)s") % {
        "how": result.aggregation.label,
        "question": result.question.label if result.question else one.question,
        "asked": found.period.requirement.title,
        "period": found.period.name,
    }
    if one.filter_question and result.filtered_by is not None:
        choice = dict(result.filtered_by.choices).get(one.filter_choice, one.filter_choice)
        words += pgettext("roll-up", "; only where “%(question)s” is “%(choice)s”") % {
            "question": result.filtered_by.label,
            "choice": choice,
        }
    return words + pgettext("roll-up", ".")


def _said(found: Gathered, one: Definition, result: Result, last: Result | None) -> str:
    figure = result.total
    names = {
        "title": one.title,
        "value": _with_measure(figure.value, result.measure),
        "answered": figure.answered,
        "accepted": figure.accepted,
    }
    match result.aggregation:
        case Aggregation.SUM:
            said = pgettext("roll-up", "%(title)s: %(value)s in all, reported by %(answered)s units")
        case Aggregation.AVERAGE:
            said = pgettext("roll-up", "%(title)s: %(value)s on average, reported by %(answered)s units")
        case _:
            said = pgettext("roll-up", "%(title)s: %(value)s, reported by %(answered)s units")
    return said % names + _trend(found, result, last) + pgettext("roll-up", ".")


def _trend(found: Gathered, result: Result, last: Result | None) -> str:
    """Against the period before; nothing where there is none, or nobody answered then."""
    now, before = result.total.value, last.total.value if last else None
    if now is None or before is None or found.before is None:
        return ""
    difference = EXACTLY.subtract(now, before)
    points = result.measure == "%"
    amount = abs(difference)
    names = {
        "period": found.before.name,
        "before": _with_measure(before, result.measure),
        "amount": pgettext("roll-up", "%(n)s points") % {"n": plain(amount)}
        if points
        else _with_measure(amount, result.measure),
    }
    if not shown(amount):
        return pgettext("roll-up", "; the same as in %(period)s") % names
    said = (
        pgettext("roll-up", "; in %(period)s it was %(before)s, an increase of %(amount)s")
        if difference > 0
        else pgettext("roll-up", "; in %(period)s it was %(before)s, a decrease of %(amount)s")
    ) % names
    if points or before <= 0 or result.aggregation != Aggregation.SUM:
        return said
    share = shown(EXACTLY.divide(EXACTLY.multiply(Decimal(100), amount), before).quantize(Decimal("0.1")))
    return said + pgettext("roll-up", " (%(share)s %%)") % {"share": share}


def _with_measure(value: Decimal | None, measure: str) -> str:
    return "—" if value is None else f"{plain(value)}{measure}"


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(shown(value))
