"""How fast a large report is drawn and checked, beside a plain Django form of the same size in the same run."""

import datetime
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from forms.builder.answer_form import AnswerForm
from forms.builder.fields import Sources
from forms.builder.logic.outcome import LogicContext
from forms.builder.rendering import build_form, check_answers
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from tests.factories.builder import post_data, question, table_of

FIELDS, TABLES, ROWS, COLUMNS = 60, 3, 50, 8
ROUNDS = 9
DRAWN_MOST, CHECKED_MOST = 1.5, 2.0

KINDS = ("text", "number", "date", "choice", "text", "number", "date", "choice")
VALUES: dict[str, Any] = {"text": "街面巡查情况", "number": 12, "date": "2026-02-03", "choice": "c2"}
CHOICES = [("", "请选择"), ("c1", "一般"), ("c2", "重大")]


def schema() -> FormSchema:
    """60 questions and three tables of eight columns, with conditions, totals and checks as a real form has them."""
    simple = [
        question(
            KINDS[n % COLUMNS],
            f"q{n}",
            f"填报项{n}",
            options={"menu": True} if n % 4 == 3 else {},
            logic={"show": {"!==": [{"var": "answers.q0"}, "无"]}} if n % 6 == 5 else {},
        )
        for n in range(FIELDS)
    ]
    tables = [
        table_of(*columns(), key=f"t{n}", label=f"清单{n}", max_rows=ROWS, totals=["c1", "c5"]) for n in range(TABLES)
    ]
    total = {"sum": [{"map": [{"var": "answers.t0"}, {"var": "c1"}]}]}
    rules = (
        RuleSchema("few", "t0.c1", {"<=": [{"var": "row.c1"}, 100]}, "超过一百。", "warning"),
        RuleSchema("sum", "q1", {"<=": [{"var": "answers.q1"}, total]}, "大于清单合计。"),
    )
    return FormSchema("大表", fields=(*simple, *tables), rules=rules)


def columns() -> list[FieldSchema]:
    """The columns of one table; two of them are asked for in some rows only."""
    asked = {"show": {"!==": [{"var": "row.c0"}, "无"]}}
    return [question(kind, f"c{n}", f"列{n}", logic=asked if n in (2, 5) else {}) for n, kind in enumerate(KINDS)]


def answers() -> dict[str, Any]:
    """Everything answered."""
    row = {f"c{n}": VALUES[kind] for n, kind in enumerate(KINDS)}
    simple = {f"q{n}": VALUES[KINDS[n % COLUMNS]] for n in range(FIELDS)}
    return {**simple, **{f"t{n}": [row] * ROWS for n in range(TABLES)}}


def plain_field(kind: str, label: str) -> forms.Field:
    """Django's own field of a kind."""
    match kind:
        case "number":
            return forms.IntegerField(label=label, required=False)
        case "date":
            return forms.DateField(label=label, required=False)
        case "choice":
            return forms.ChoiceField(label=label, required=False, choices=CHOICES)
    return forms.CharField(label=label, required=False)


PlainForm = type(
    "PlainForm", (forms.Form,), {f"q{n}": plain_field(KINDS[n % COLUMNS], f"填报项{n}") for n in range(FIELDS)}
)
PlainRow = type("PlainRow", (forms.Form,), {f"c{n}": plain_field(kind, f"列{n}") for n, kind in enumerate(KINDS)})
PlainRows: Any = forms.formset_factory(PlainRow, extra=0, can_delete=True, max_num=ROWS)


class Plain:
    """A plain form with three formsets."""

    def __init__(self, data: QueryDict | None, stored: dict[str, Any] | None) -> None:
        rows = [stored[f"t{n}"] if stored else None for n in range(TABLES)]
        self.form = PlainForm(data, initial=stored)
        self.tables = [PlainRows(data, prefix=f"t{n}", initial=rows[n]) for n in range(TABLES)]

    def draw(self) -> str:
        """As Django draws them by itself."""
        return "".join([self.form.as_div(), *(table.as_table() for table in self.tables)])

    def check(self) -> bool:
        """Whether all is valid."""
        return all([self.form.is_valid(), *(table.is_valid() for table in self.tables)])


def plain_data() -> QueryDict:
    """What a browser posts to the plain form."""
    data = QueryDict(mutable=True)
    for name, value in answers().items():
        if not isinstance(value, list):
            data[name] = str(value)
            continue
        data[f"{name}-TOTAL_FORMS"], data[f"{name}-INITIAL_FORMS"] = str(ROWS), "0"
        for number, row in enumerate(value):
            for column, cell in row.items():
                data[f"{name}-{number}-{column}"] = str(cell)
    return data


CRISPY = Template("{% load crispy_forms_tags %}{% crispy form %}")


def draw(form: AnswerForm) -> str:
    """As the page draws it."""
    return CRISPY.render(Context({"form": form}))


def ratio(ours: Callable[[], Any], theirs: Callable[[], Any]) -> float:
    """How much longer ours takes: the median of the ratios of neighbouring runs, the order changing each time."""
    seconds: list[float] = []
    ours(), theirs()
    for number in range(ROUNDS):
        pair = (ours, theirs) if number % 2 else (theirs, ours)
        times = {run: timed(run) for run in pair}
        seconds.append(times[ours] / times[theirs])
    return statistics.median(seconds)


def timed(run: Callable[[], Any]) -> float:
    """Seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


@pytest.mark.django_db
def test_a_large_report_is_drawn_almost_as_fast_as_a_plain_form() -> None:
    asked, stored = schema(), answers()
    drawn = draw(build_form(asked, answers=stored))
    assert drawn.count("<input") + drawn.count("<select") >= FIELDS + TABLES * ROWS * COLUMNS
    found = ratio(lambda: draw(build_form(asked, answers=stored)), lambda: Plain(None, stored).draw())
    print(f"\ndrawing: {found:.2f} of a plain form")
    assert found <= DRAWN_MOST


@pytest.mark.django_db
def test_a_large_report_is_checked_in_at_most_twice_the_time_of_a_plain_form() -> None:
    asked, stored = schema(), answers()
    data, other = post_data(asked, stored), plain_data()
    assert build_form(asked, data=data).is_valid()
    assert Plain(other, None).check()
    found = ratio(lambda: build_form(asked, data=data).is_valid(), lambda: Plain(other, None).check())
    print(f"\nchecking: {found:.2f} of a plain form")
    assert found <= CHECKED_MOST


@pytest.mark.django_db
def test_stored_answers_are_checked_much_faster_than_a_form_is_built() -> None:
    """The preview of what publishing does checks many reports."""
    asked, stored, sources = schema(), answers(), Sources()
    context = LogicContext(today=datetime.date(2026, 11, 25))
    data = post_data(asked, stored)
    found = ratio(
        lambda: check_answers(asked, stored, sources, context), lambda: build_form(asked, data=data).is_valid()
    )
    print(f"\nchecking stored answers: {found:.2f} of building the form")
    assert found <= 0.5
