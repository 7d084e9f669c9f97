"""Conditions and calculations in words, for forms whose questions are called the same or are gone."""

import json
from typing import Any

from tests.unit.forms.builder.editor.scripts import run


def block(kind: str, key: str, label: str, **settings: Any) -> dict[str, Any]:
    return {"type": kind, "id": key, "value": {"label": label, **settings}}


LINES = [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大", "retired": True}]
FORM = [
    block("section", "s", "基本情况"),
    block("choice", "a", "等级", choices=json.dumps(LINES)),
    block("text", "b", "检查"),
    block("text", "d", "检查"),
    block("date", "e", "期限"),
    block("yes_no", "y", "是否发现问题"),
    block("number", "n", ""),
    block(
        "table",
        "t",
        "清单",
        columns=[block("number", "c", "金额"), block("choice", "k", "类别", choices=[{"id": "x", "value": "消防"}])],
    ),
]


def said(*pairs: tuple[str, Any], table: str = "") -> list[Any]:
    return run([("said", pair) for pair in pairs], stream=FORM, table=table)


def var(path: str) -> dict[str, str]:
    return {"var": path}


def test_conditions_are_said_with_labels_of_questions_and_choices() -> None:
    rule = {
        "and": [
            {"===": [var("answers.a"), "c1"]},
            {"or": [{"===": [var("answers.y"), True]}, {"blank": [var("answers.e")]}]},
        ]
    }
    assert said(("show", rule)) == [
        "Shown when “等级” is “一般” and (“是否发现问题” is “Yes” or “期限” is not answered)"
    ]


def test_in_chinese_no_space_stands_between_words() -> None:
    rule = {
        "or": [
            {"blank": [var("answers.e")]},
            {"<=": [var("answers.e"), var("context.today")]},
            {">": [var("answers.n"), 3]},
        ]
    }
    sentence = run([("said", ("show", rule))], stream=FORM, language="zh-hans")[0]
    assert "“期限”未填写或“期限”不晚于今天或“6. （未命名）”大于 3" in sentence


def test_dates_come_before_and_after() -> None:
    rule = {"<": [var("answers.e"), {"add_days": [var("context.today"), -30]}]}
    assert said(("require", rule)) == ["Must be answered when “期限” is before today − 30 days"]


def test_questions_called_the_same_are_told_apart_by_their_number() -> None:
    assert said(("show", {"blank": [var("answers.d")]})) == ["Shown when “3. 检查” is not answered"]
    assert said(("show", {"blank": [var("answers.n")]})) == ["Shown when “6. (without a name)” is not answered"]


def test_menus_number_the_questions_that_are_answered() -> None:
    titles = run([("titles", None)], stream=FORM)[0]
    assert titles == [
        "基本情况",
        "1. 等级",
        "2. 检查",
        "3. 检查",
        "4. 期限",
        "5. 是否发现问题",
        "6. (without a name)",
        "7. 清单",
    ]


def test_retired_and_deleted_choices_are_said_to_be_so() -> None:
    rules = [("show", {"===": [var("answers.a"), code]}) for code in ("c2", "c9")]
    assert said(*rules) == [
        "Shown when “等级” is “重大 (retired)”",
        "Shown when “等级” is “(a choice that was deleted)”",
    ]


def test_a_question_that_is_gone_is_named_as_such_and_no_code_is_shown() -> None:
    rule = {"===": [var("answers.gone"), "c1"]}
    assert said(("show", rule)) == ["Shown when (a question that was deleted) is …"]
    assert run([("broken", rule), ("broken", {"some": [var("answers.t"), {"===": [var("c"), 1]}]})], stream=FORM) == [
        ["gone"],
        [],
    ]


def test_columns_of_the_same_row_are_gone_outside_of_their_table() -> None:
    rule = {">": [var("row.c"), 5]}
    assert said(("show", rule), table="t") == ["Shown when “金额” is greater than 5"]
    assert run([("broken", rule)], stream=FORM) == [["c"]]
    assert run([("broken", rule)], stream=FORM, table="t") == [[]]


def test_calculations_are_said() -> None:
    rows = {"filter": [var("answers.t"), {"===": [var("k"), "x"]}]}
    rules = [
        {"sum": [{"map": [rows, var("c")]}]},
        {"*": [{"+": [var("answers.n"), 1]}, 2]},
        {"-": [var("answers.n"), var("last.n")]},
        {"if": [{">": [var("answers.n"), 3]}, "多", "少"]},
        {"days_between": [var("answers.e"), var("context.today")]},
    ]
    assert said(*[("value", rule) for rule in rules]) == [
        "= the sum of “清单 › 金额” (only rows where “类别” is “消防”)",
        "= (“6. (without a name)” + 1) × 2",
        "= “6. (without a name)” − last period’s “6. (without a name)”",
        "= “多” if “6. (without a name)” is greater than 3, otherwise “少”",
        "= days from “期限” to today",
    ]


def test_what_cannot_be_shown_is_said_to_be_nothing() -> None:
    assert said(("show", {"some": [var("answers.t"), True]}), ("value", {"%": [var("answers.n"), 2]})) == [None, None]


def test_choices_are_read_from_lines_and_from_json() -> None:
    choices = run([("choices", None)], stream=FORM)[0]
    assert [one["code"] for one in choices[1]] == ["c1", "c2"]
    assert [one["code"] for one in choices[5]] == [True, False]
