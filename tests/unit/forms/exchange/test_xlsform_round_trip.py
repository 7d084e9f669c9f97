"""Forms as XLSForm: pyxform accepts what is written, and the very same form comes back."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

import forms.builder
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from forms.exchange.formats import read_form
from forms.exchange.json_format import read_json, write_json
from forms.exchange.xlsform.mapping import TYPES
from forms.exchange.xlsform.portal_sheet import PART
from forms.exchange.xlsform.workbook import write_xlsform
from tests.factories.builder import every_type, form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas
from tests.unit.forms.exchange.workbooks import read, saved

PLAN = sorted((Path(forms.builder.__file__).parent / "data").glob("*.json"))


def there_and_back(schema: FormSchema) -> None:
    """The form goes out, is taken by pyxform (or reading would refuse it), and comes back the same to the byte."""
    found = read(write_xlsform(schema, slug="form"))
    assert found.schema == schema
    assert found.slug == "form"
    assert not found.unsupported
    assert not found.warnings
    assert write_json(found.schema, slug="form") == write_json(schema, slug="form")


def cells(schema: FormSchema, sheet: str = "survey") -> list[dict[str, Any]]:
    """The rows of a sheet."""
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform(schema, slug="form")))
    headings, *rows = book[sheet].iter_rows(values_only=True)
    return [{str(name): cell for name, cell in zip(headings, row, strict=True) if cell} for row in rows]


def column(schema: FormSchema, name: str) -> dict[str, Any]:
    """The cells of one column by the rows' names."""
    return {row["name"]: row[name] for row in cells(schema) if "name" in row and name in row}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schemas)
def test_a_form_of_any_shape_comes_back_as_it_went(schema: FormSchema) -> None:
    there_and_back(schema)


def test_the_unit_that_limits_a_question_comes_back_by_number_and_name() -> None:
    root = {"unit": 12, "name": "三亚市吉阳区"}
    there_and_back(form_of(question("unit", options={"root": root, "kind": "street"})))


@pytest.mark.parametrize("path", PLAN, ids=lambda path: path.stem)
def test_a_form_of_the_plan_comes_back_as_it_went(path: Path) -> None:
    schema = read_json(path.read_bytes()).schema
    there_and_back(schema)
    assert convert(io.BytesIO(write_xlsform(schema, slug="form")), validate=False).xform


def test_every_type_of_question_comes_back() -> None:
    there_and_back(every_type())


def test_every_type_has_a_counterpart() -> None:
    assert {one.type for one in every_type()} <= TYPES.keys()


def test_the_way_through_a_process_with_limits_is_the_same() -> None:
    assert read_form(write_xlsform(every_type(), slug="form")).schema == every_type()


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write_xlsform(every_type(), slug="form") == write_xlsform(every_type(), slug="form")


def test_saving_it_in_a_spreadsheet_program_changes_nothing() -> None:
    data = write_xlsform(every_type(), slug="form")
    assert read(saved(openpyxl.load_workbook(io.BytesIO(data)))).schema == every_type()


def test_a_form_without_questions_comes_back() -> None:
    there_and_back(form_of())
    there_and_back(form_of(intro="只有说明。\n第二行。"))


@pytest.mark.parametrize(
    "label",
    ["=1+1", "+86", "@甲", "_x0041_", "'引号", "${a}", "${", "甲\u00a0乙", "<b>&\"'", "😀", "*粗*", "a" * 200],
)
def test_labels_that_look_like_something_else_stay_what_they_are(label: str) -> None:
    choices = [{"code": "c", "label": label}]
    form = form_of(
        question("text", label=label, help_text=label),
        question("choice", "c", label, options={"choices": choices}),
        title=label,
        intro=label,
    )
    there_and_back(form)


def test_settings_longer_than_a_cell_come_back() -> None:
    choices = [{"code": f"c{number}", "label": f"选择 {number} " + "很长" * 90} for number in range(300)]
    assert len(str(choices)) > PART
    there_and_back(form_of(question("choice", options={"choices": choices})))


def test_keys_that_xml_does_not_take_come_back() -> None:
    form = form_of(
        question("text", "1-2"),
        question("text", "-"),
        question("text", "_"),
        question("text", "__1"),
        question("text", "meta"),
        question("text", "Meta"),
        table_of(question("text", "1-2"), question("text", "meta"), key="9"),
    )
    there_and_back(form)


def test_headings_become_groups_and_tables_repeats() -> None:
    form = form_of(
        question("text", "a"),
        question("section", "s", "检查情况"),
        question("text", "b"),
        table_of(question("text", "c")),
        question("section", "s2", "其他"),
    )
    assert [row["type"] for row in cells(form)] == [
        "text",
        "begin_group",
        "text",
        "begin_repeat",
        "text",
        "end_repeat",
        "end_group",
        "begin_group",
        "end_group",
    ]


def test_headings_among_columns_are_groups_in_the_repeat() -> None:
    form = form_of(
        table_of(question("text", "a"), question("section", "s", "接回安排"), question("text", "b")),
        question("text", "c"),
    )
    types = [row["type"] for row in cells(form)]
    assert types == ["begin_repeat", "text", "begin_group", "text", "end_group", "end_repeat", "text"]
    there_and_back(form)


def var(path: str) -> dict[str, str]:
    return {"var": path}


LOGIC = form_of(
    question("number", "a", "人数", options={"minimum": 0, "maximum": 99}),
    question("yes_no", "ok", "是否"),
    question("text", "why", "原因", logic={"show": {"===": [var("answers.ok"), False]}, "require": True}),
    question("text", "when", "何时", logic={"require": {">": [var("answers.a"), 5]}, "enable": var("answers.ok")}),
    question("text", "odd", "怪", logic={"show": {"some": [var("answers.rows"), {">": [var("n"), 1]}]}}),
    table_of(question("number", "n", "数", logic={"show": {"===": [var("answers.ok"), True]}}), min_rows=2, max_rows=2),
)
RULED = FormSchema(
    LOGIC.title,
    fields=LOGIC.fields,
    rules=(
        RuleSchema("r1", "a", {"!==": [var("answers.a"), 13]}, "不能是 13。"),
        RuleSchema("r2", "a", {"<": [var("answers.a"), 50]}, "偏多，请说明。", "warning"),
        RuleSchema("r3", "rows.n", {"<=": [var("row.n"), var("answers.a")]}, "超过总数。"),
        RuleSchema("r4", "rows", {">": [{"count": [var("answers.rows")]}, 0]}, "至少一行。"),
    ),
)


def test_conditions_stand_in_the_columns_of_the_standard() -> None:
    assert column(LOGIC, "relevant") == {"why": "${ok} = 'no'", "n": "${ok} = 'yes'"}
    assert column(LOGIC, "required") == {"why": "true()", "when": "${a} > 5"}
    assert column(LOGIC, "read_only") == {"when": "not(${ok} = 'yes')"}
    assert column(LOGIC, "repeat_count") == {"rows": "2"}
    there_and_back(LOGIC)


def test_checks_that_are_errors_stand_in_the_constraint_with_the_bounds() -> None:
    assert column(RULED, "constraint") == {"a": ". >= 0 and . <= 99 and . != 13", "n": ". <= ${a}"}
    assert column(RULED, "constraint_message") == {"a": "不能是 13。", "n": "超过总数。"}
    there_and_back(RULED)


def test_choices_that_are_no_longer_offered_stay_in_the_portal_alone() -> None:
    choices = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙", "retired": True}]
    form = form_of(question("choice", options={"choices": choices}))
    assert [row["name"] for row in cells(form, "choices")] == ["a"]
    there_and_back(form)


def test_choices_that_belong_to_another_answer_have_a_filter() -> None:
    towns = [{"code": "t", "label": "镇", "within": ["c1", "c2"]}, {"code": "u", "label": "街道"}]
    form = form_of(
        question("choice", "city"), question("choice", "town", options={"choices": towns, "filter_by": "city"})
    )
    assert column(form, "choice_filter") == {"town": "within = '' or selected(within, ${city})"}
    assert [row.get("within") for row in cells(form, "choices")] == [None, None, "c1 c2", None]
    there_and_back(form)


CONSTANT = "constant"


@pytest.mark.parametrize(
    ("kind", "prefill", "cell"),
    [
        ("text", {"from": CONSTANT, "value": "三亚市"}, "三亚市"),
        ("text", {"from": "last"}, "${last-saved#q}"),
        ("text", {"from": "unit"}, None),
        ("number", {"from": CONSTANT, "value": "1,234"}, "1234"),
        ("date", {"from": CONSTANT, "value": "2026年2月3日"}, "2026-02-03"),
        ("choice", {"from": CONSTANT, "value": "重大"}, "c2"),
        ("multiple_choice", {"from": CONSTANT, "value": "一般、重大"}, "c1 c2"),
        ("yes_no", {"from": CONSTANT, "value": "否"}, "no"),
        ("number", {"from": CONSTANT, "value": "不是数字"}, None),
    ],
)
def test_what_stands_there_beforehand_is_the_default(kind: str, prefill: dict[str, str], cell: str | None) -> None:
    form = form_of(question(kind, options={"prefill": prefill}))
    assert column(form, "default").get("q") == cell
    there_and_back(form)


def test_no_cell_is_a_formula() -> None:
    form = form_of(question("text", label="=cmd|'/c calc'!A0"))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform(form, slug="form")))
    kinds: Iterable[str] = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert set(kinds) == {"s"}


def test_a_type_that_this_portal_does_not_have_is_still_written() -> None:
    """Forms of a portal with more types keep their exports readable."""
    form = FormSchema("x", fields=(FieldSchema("h", "hologram", "全息影像"),))
    assert cells(form)[0]["type"] == "text"
    convert(io.BytesIO(write_xlsform(form, slug="form")), validate=False)
