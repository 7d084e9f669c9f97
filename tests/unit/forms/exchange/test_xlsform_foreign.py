"""Workbooks made for ODK and KoboToolbox: what the portal has is taken, the rest is listed in plain words."""

from typing import Any

import pytest

from forms.exchange.imported import ImportedForm
from tests.unit.forms.exchange.sample import SAMPLE
from tests.unit.forms.exchange.workbooks import field, lists, read, workbook

Row = dict[str, Any]


def row(kind: str, name: str = "", label: str = "", **cells: Any) -> Row:
    """A row of the sheet survey."""
    return {"type": kind, "name": name, "label": label or name, **cells}


def taken(*rows: Row, choices: list[dict[str, str]] | None = None, **others: Any) -> ImportedForm:
    """The form of these rows."""
    return read(
        workbook(rows, choices or lists(yn="yes Yes, no No", fruit="apple Apple, pear Pear, plum Plum"), **others)
    )


def test_everything_that_the_portal_has_is_taken_from_the_sample() -> None:
    form = read(SAMPLE)
    assert form.schema.title == "家访"
    assert form.slug == "home-visit"
    expected = {
        "welcome": "note",
        "name": "text",
        "born": "date",
        "likes": "choice",
        "which": "multiple_choice",
        "best": "choice",
        "best_other": "text",
        "paper": "file",
        "person": "page_break",
        "age": "integer",
        "weight": "number",
        "at": "time",
        "moment": "datetime",
        "sweet": "rating",
        "picture": "photo",
        "sign": "signature",
        "where": "place",
        "months": "calculated",
        "agree": "multiple_choice",
        "children": "table",
        "child_name": "text",
        "thanks": "note",
    }
    assert {key: field(form, key).type for key in expected} == expected
    assert field(form, "name").label == "姓名"
    assert field(form, "name").help_text == "全名"
    assert field(form, "name").required
    assert field(form, "best").options["menu"] is True
    assert [line["label"] for line in field(form, "best").options["choices"]][:2] == ["苹果", "梨"]


@pytest.mark.parametrize(
    "word",
    [
        "start",
        "deviceid",
        "username",
        "audit",
        "background-audio",
        "rank",
        "audio",
        "video",
        "barcode",
        "geotrace",
        "geoshape",
        "osm",
        "hidden",
        "select_one_from_file",
        "select_one_external",
        "xml-external",
        "csv-external",
        "external_choices",
        "media::image",
        "guidance_hint",
        "id",
        "today()",
        "English (en)",
        "玩具",
        "谢谢",
    ],
)
def test_everything_that_the_portal_lacks_is_listed(word: str) -> None:
    assert [sentence for sentence in read(SAMPLE).unsupported if word in sentence]


def test_a_group_in_a_group_carries_both_conditions() -> None:
    form = read(SAMPLE)
    assert field(form, "fruits").logic["show"] == {"===": [{"var": "answers.likes"}, "yes"]}
    assert field(form, "inner").logic["show"] == {
        "and": [
            {"===": [{"var": "answers.likes"}, "yes"]},
            {"contains": [{"var": "answers.which"}, "apple"]},
        ]
    }


def test_a_question_behind_an_inner_group_gets_a_heading_with_the_outer_condition() -> None:
    form = read(SAMPLE)
    place = [one.key for one in form.schema].index("more")
    above = form.schema.fields[place - 1]
    assert above.type == "section"
    assert "水果" in above.label
    assert above.logic["show"] == {"===": [{"var": "answers.likes"}, "yes"]}
    assert [sentence for sentence in form.warnings if above.label in sentence]


def test_what_follows_a_page_stands_on_a_page_of_its_own() -> None:
    form = read(SAMPLE)
    kinds = [
        (one.key if one.type not in ("page_break", "section") or one.label in ("个人", "水果") else "", one.type)
        for one in form.schema
    ]
    place = [one.key for one in form.schema].index("likes")
    assert form.schema.fields[place - 1].type == "page_break"
    assert not form.schema.fields[place - 1].label
    assert kinds.count(("", "page_break")) == 1


def test_a_section_behind_a_page_is_no_part_of_it() -> None:
    form = taken(
        row("select_one yn", "ok"),
        {"type": "begin group", "name": "p", "label": "P", "appearance": "field-list", "relevant": "${ok} = 'yes'"},
        row("text", "a"),
        {"type": "end group"},
        {"type": "begin group", "name": "s", "label": "S"},
        row("text", "b"),
        {"type": "end group"},
        row("text", "c"),
    )
    assert [(one.type, one.label) for one in form.schema if one.type in ("page_break", "section")] == [
        ("page_break", "P"),
        ("page_break", ""),
        ("section", "S"),
        ("section", form.schema.fields[-2].label),
    ]


def test_calculations_and_checks_are_taken() -> None:
    form = read(SAMPLE)
    checks = {rule.at: rule for rule in form.schema.rules}
    assert checks["age"].message == "年龄为 0–120。"
    assert checks["which"].check == {"<=": [{"count": [{"var": "answers.which"}]}, 2]}
    assert checks["children.child_age"].check == {"<": [{"var": "row.child_age"}, {"var": "answers.age"}]}
    assert checks["children"].check == {"===": [{"count": [{"var": "answers.children"}]}, {"var": "answers.age"}]}
    assert checks["born"].check == {"<=": [{"var": "answers.born"}, {"var": "context.today"}]}


def test_a_calculation_is_a_calculated_answer() -> None:
    form = read(SAMPLE)
    assert field(form, "months").logic["value"] == {"*": [{"var": "answers.age"}, 12]}
    column = {"map": [{"var": "answers.children"}, {"var": "child_age"}]}
    assert field(form, "years").logic["value"] == {"sum": [column]}
    text = taken(row("text", "a"), row("text", "b", calculation="concat(${a}, '号')", read_only="yes"))
    assert field(text, "b").type == "calculated"
    assert field(text, "b").options["result"] == "text"


def test_a_calculation_that_cannot_be_read_is_left_out_with_all_that_need_it() -> None:
    form = taken(
        row("integer", "n"),
        row("calculate", "later", calculation="${n} + ${first}"),
        row("calculate", "first", calculation="random()"),
        row("calculate", "fine", calculation="${n} + 1"),
        row("text", "t", relevant="${first} > 1"),
    )
    assert [one.key for one in form.schema] == ["n", "fine", "t"]
    assert not field(form, "t").logic
    assert len(form.unsupported) == 3


def test_groups_in_a_repeat_are_headings_among_the_columns() -> None:
    form = taken(
        row("select_one yn", "ok"),
        row("begin repeat", "r"),
        {"type": "begin group", "name": "g", "label": "G", "relevant": "${ok} = 'yes'"},
        row("text", "a"),
        {"type": "end group"},
        row("text", "b"),
        {"type": "end repeat"},
        row("text", "c"),
    )
    table = field(form, "r")
    assert [column.type for column in table.columns] == ["section", "text", "section", "text"]
    assert table.columns[0].logic == {"show": {"===": [{"var": "answers.ok"}, "yes"]}}
    assert not table.columns[2].logic
    assert [one.key for one in form.schema] == ["ok", "r", "c"]


def test_other_please_specify_is_asked_when_other_is_chosen() -> None:
    form = read(SAMPLE)
    assert field(form, "best").options["choices"][-1]["code"] == "other"
    assert field(form, "best_other").logic["show"] == {"===": [{"var": "answers.best"}, "other"]}
    many = taken(row("select_multiple fruit or_other", "which"))
    assert field(many, "which_other").logic["show"] == {"contains": [{"var": "answers.which"}, "other"]}


def test_bounds_without_words_are_settings_of_the_question() -> None:
    form = taken(
        row("integer", "a", constraint=". > 0 and 10 > ."),
        row("decimal", "b", constraint="(. >= 0.5)"),
        row("text", "c", constraint="string-length(.) < 5"),
        row("integer", "d", constraint=". >= -5 and . != ${a}"),
    )
    assert {name: field(form, "a").options.get(name) for name in ("minimum", "maximum")} == {"minimum": 1, "maximum": 9}
    assert field(form, "b").options["minimum"] == 0.5
    assert field(form, "c").options["max_length"] == 4
    assert field(form, "d").options["minimum"] == -5
    assert [rule.check for rule in form.schema.rules] == [{"!==": [{"var": "answers.d"}, {"var": "answers.a"}]}]


def test_cascading_choices_keep_belonging_to_each_other() -> None:
    places = [
        {"list_name": "state", "name": "tx", "label": "Texas"},
        {"list_name": "state", "name": "wa", "label": "Washington"},
        {"list_name": "county", "name": "king", "label": "King", "state": "wa"},
        {"list_name": "county", "name": "cameron", "label": "Cameron", "state": "tx"},
        {"list_name": "city", "name": "seattle", "label": "Seattle", "county": "king", "state": "wa"},
        {"list_name": "city", "name": "redmond", "label": "Redmond", "county": "king", "state": "wa"},
        {"list_name": "city", "name": "brownsville", "label": "Brownsville", "county": "cameron", "state": "tx"},
    ]
    form = taken(
        row("select_one state", "state"),
        row("select_one county", "county", choice_filter="state=${state}"),
        row("select_one city", "city", choice_filter="state=${state} and county=${county}"),
        choices=places,
    )
    assert field(form, "county").options["filter_by"] == "state"
    assert field(form, "county").options["choices"][0]["within"] == ["wa"]
    assert field(form, "city").options["filter_by"] == "county"
    assert [line["within"] for line in field(form, "city").options["choices"]] == [["king"], ["king"], ["cameron"]]
    assert not form.unsupported


@pytest.mark.parametrize("choice_filter", ["true()", "state = 'x'", "starts-with(name, ${state})"])
def test_a_filter_that_says_more_is_named(choice_filter: str) -> None:
    form = taken(row("select_one fruit", "state"), row("select_one yn", "b", choice_filter=choice_filter))
    assert "filter_by" not in field(form, "b").options
    assert choice_filter in form.unsupported[0]


def test_names_and_codes_that_cannot_be_keys_get_new_ones_and_conditions_follow() -> None:
    form = taken(
        row("select_one l", "类别", "类别"),
        row("text", "a", relevant="${类别} = '1.5'"),
        choices=[{"list_name": "l", "name": "1.5", "label": "一点五"}, {"list_name": "l", "name": "2", "label": "二"}],
    )
    first = form.schema.fields[0]
    code = first.options["choices"][0]["code"]
    assert field(form, "a").logic["show"] == {"===": [{"var": f"answers.{first.key}"}, code]}
    assert form.schema.fields[0].options["choices"][1]["code"] == "2"


def test_a_group_without_a_label_gives_its_condition_to_its_questions() -> None:
    form = taken(
        row("select_one yn", "ok"),
        {"type": "begin group", "name": "g", "relevant": "${ok} = 'yes'"},
        row("text", "a"),
        row("text", "b", relevant="${a} = '1'"),
        {"type": "end group"},
        row("text", "c"),
    )
    assert [one.key for one in form.schema] == ["ok", "a", "b", "c"]
    shown = {"===": [{"var": "answers.ok"}, "yes"]}
    assert field(form, "a").logic["show"] == shown
    assert field(form, "b").logic["show"] == {"and": [shown, {"===": [{"var": "answers.a"}, "1"]}]}
    assert not field(form, "c").logic
    assert not form.warnings


def test_a_table_of_choices_is_a_matrix() -> None:
    form = taken(
        {"type": "begin_group", "name": "m", "label": "评价", "appearance": "table-list"},
        row("select_one yn", "m1", "服务", required="yes"),
        row("select_one yn", "m2", "卫生", required="yes"),
        {"type": "end_group"},
    )
    (one,) = form.schema.fields
    assert one.type == "matrix"
    assert one.required
    assert one.options["statements"] == [{"code": "m1", "label": "服务"}, {"code": "m2", "label": "卫生"}]


@pytest.mark.parametrize("heading", ["relevance", "Relevant", "bind::relevant", " relevant "])
def test_other_spellings_of_a_column_are_the_same_column(heading: str) -> None:
    form = taken(row("text", "a"), row("text", "b", **{heading: "${a} = '1'"}))
    assert field(form, "b").logic["show"] == {"===": [{"var": "answers.a"}, "1"]}


@pytest.mark.parametrize("kind", ["select one fruit", "select1 fruit", "select one from fruit", "select_one  fruit"])
def test_other_spellings_of_a_type_are_the_same_type(kind: str) -> None:
    assert field(taken(row(kind, "a")), "a").type == "choice"


def test_rows_without_a_type_and_switched_off_rows_are_passed_over() -> None:
    form = taken(row("text", "a"), {"note to self": "ask Li"}, row("text", "b", disabled="yes"))
    assert [one.key for one in form.schema] == ["a"]
    assert "note to self" in form.warnings[0]


def test_read_only_is_the_contrary_of_enabled() -> None:
    form = taken(
        row("select_one yn", "ok"),
        row("text", "a", read_only="not(${ok} = 'yes')"),
        row("text", "b", read_only="${ok} = 'no'"),
        row("text", "c", read_only="yes"),
    )
    assert field(form, "a").logic["enable"] == {"===": [{"var": "answers.ok"}, "yes"]}
    assert field(form, "b").logic["enable"] == {"!": [{"===": [{"var": "answers.ok"}, "no"]}]}
    assert "c" in form.unsupported[0]


def test_a_default_is_what_an_editor_would_have_typed() -> None:
    form = taken(
        row("text", "a", default="三亚市"),
        row("integer", "b", default="3"),
        row("select_one fruit", "c", default="pear"),
        row("select_multiple fruit", "d", default="apple pear"),
        row("text", "e", default="${last-saved#e}"),
        row("text", "f", default="${a}"),
        row("select_one fruit", "g", default="melon"),
    )
    assert {one.key: one.options["prefill"] for one in form.schema if "prefill" in one.options} == {
        "a": {"from": "constant", "value": "三亚市"},
        "b": {"from": "constant", "value": "3"},
        "c": {"from": "constant", "value": "Pear"},
        "d": {"from": "constant", "value": "Apple、Pear"},
        "e": {"from": "last"},
    }
    assert len(form.unsupported) == 2


def test_a_fixed_number_of_rows_is_taken() -> None:
    form = taken(row("begin repeat", "r", repeat_count="3"), row("text", "a"), {"type": "end repeat"})
    assert field(form, "r").options == {"min_rows": 3, "max_rows": 3}


def test_two_columns_of_one_key_in_different_tables_stay_apart() -> None:
    form = taken(
        row("begin repeat", "r"),
        row("text", "a"),
        {"type": "end repeat"},
        row("begin repeat", "s"),
        row("text", "a"),
        {"type": "end repeat"},
    )
    assert [[column.key for column in one.columns] for one in form.schema] == [["a"], ["a"]]
    twice = taken(
        {"type": "begin group", "name": "g", "label": "G"},
        row("text", "a"),
        {"type": "end group"},
        {"type": "begin group", "name": "h", "label": "H"},
        row("text", "a"),
        {"type": "end group"},
    )
    assert len({one.key for one in twice.schema}) == 4


def test_a_label_that_shows_an_answer_is_taken_as_it_stands_and_named() -> None:
    form = taken(row("text", "a"), row("text", "b", "你好 ${a}"))
    assert "你好 ${a}" in form.unsupported[0]


def test_settings_that_the_portal_lacks_are_named() -> None:
    form = taken(row("text", "a"), settings=[{"form_title": "x", "instance_name": "concat('a', ${a})", "version": "3"}])
    assert "instance_name" in form.unsupported[0]
    assert len(form.unsupported) == 1
