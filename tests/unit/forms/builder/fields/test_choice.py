"""Choices as they are shown, typed, and read out of workbooks."""

from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.core.exceptions import ValidationError

from forms.builder.fields import Sources, type_of
from forms.builder.fields.choice_inputs import MAX_MENU, MAX_RADIOS
from forms.builder.rendering import build_form
from forms.builder.schema import FieldSchema
from tests.factories.builder import form_of, post_data, posted, question, table_of

RETIRED = {"choices": [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大", "retired": True}]}


def choices(count: int) -> dict[str, Any]:
    return {"choices": [{"code": f"c{number}", "label": f"选项 {number}"} for number in range(count)]}


def drawn(schema: FieldSchema, *, in_table: bool = False) -> str:
    return str(
        type_of(schema).form_field(schema, Sources(), in_table=in_table).widget.render("q", None, {"id": "id_q"})
    )


def test_a_few_are_buttons_many_a_menu_and_very_many_can_be_searched() -> None:
    assert 'type="radio"' in drawn(question("choice", options=choices(MAX_RADIOS)))
    some = drawn(question("choice", options=choices(MAX_RADIOS + 1)))
    assert "<select" in some
    assert "data-searched" not in some
    many = drawn(question("choice", options=choices(MAX_MENU + 1)))
    assert "<select" in many
    assert "data-searched" in many


def test_a_table_draws_a_long_list_once_for_all_rows() -> None:
    schema = form_of(table_of(question("choice", "c", options=choices(2000))))
    form = build_form(schema, answers={"rows": [{"c": "c7"}] * 30})
    form.helper.form_tag = False
    row = str(form.tables["rows"].forms[0]["c"])
    assert 'list="list.rows.c"' in row
    assert 'value="选项 7"' in row
    assert "<option" not in row
    assert [one.shared_list for one in form.tables["rows"].lists] == ["list.rows.c"]


def test_what_belongs_to_which_answer_stands_beside_a_long_list_once() -> None:
    lines = [{"code": f"c{n}", "label": f"选项 {n}", "within": ["a"]} for n in range(60)]
    parent = question("choice", "p", options={"choices": [{"code": "a", "label": "甲"}]})
    child = question("choice", "c", options={"choices": lines, "filter_by": "p"})
    schema = form_of(table_of(parent, child))
    form = build_form(schema, answers={"rows": [{"p": "a", "c": "c7"}] * 30})
    page = render_crispy_form(form)
    assert page.count("data-within") == 1
    assert page.count('data-filter-by="p"') > 30
    assert '<datalist id="list.rows.c" data-within="{&quot;c0&quot;: [&quot;a&quot;]' in page


def test_a_label_typed_with_suggestions_is_the_choice_and_another_word_is_kept_and_refused() -> None:
    schema = form_of(table_of(question("choice", "c", options=choices(60))))
    data = {"rows.-TOTAL_FORMS": "2", "rows.-INITIAL_FORMS": "0", "rows.0.c": "选项7", "rows.1.c": "没有的选项"}
    form = build_form(schema, data=posted(**data))
    assert not form.is_valid()
    assert form.draft_answers() == {"rows": [{"c": "c7"}, {"c": "没有的选项"}]}
    again = build_form(schema, answers=form.draft_answers())
    assert 'value="没有的选项"' in str(again.tables["rows"].forms[1]["c"])


def test_a_retired_choice_is_neither_offered_nor_taken_anew() -> None:
    schema = question("choice", options=RETIRED)
    assert "重大" not in drawn(schema)
    with pytest.raises(ValidationError):
        type_of(schema).decode(schema, "c2", Sources())


def test_a_stored_retired_choice_stays_valid_and_readable() -> None:
    schema = question("choice", options=RETIRED)
    kind = type_of(schema)
    kind.validate(schema, "c2", Sources())
    assert kind.in_words(schema, "c2") == "重大"
    field = kind.form_field(schema, Sources(answers={"q": "c2"}))
    assert field.clean("c2") == "c2"
    assert "重大" in field.widget.render("q", "c2")


def test_a_code_that_never_was_stays_invalid() -> None:
    schema = question("choice", options=RETIRED)
    with pytest.raises(ValidationError):
        type_of(schema).validate(schema, "c9", Sources())


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("一般、重大", ["c1", "c2"]),
        ("重大；一般", ["c1", "c2"]),
        ("一般\n重大", ["c1", "c2"]),
        ("c1 c2", ["c1", "c2"]),
        ("衣、食、住", ["c3"]),
        ("一般、衣、食、住、重大", ["c1", "c2", "c3"]),
        (["c2"], ["c2"]),
        ("", None),
    ],
)
def test_a_cell_of_a_workbook_may_hold_several_labels_or_codes(typed: Any, codes: Any) -> None:
    lines = [("c1", "一般"), ("c2", "重大"), ("c3", "衣、食、住")]
    options = {"choices": [{"code": code, "label": label} for code, label in lines]}
    schema = question("multiple_choice", options=options)
    kind = type_of(schema)
    assert kind.decode(schema, typed, Sources()) == codes
    assert kind.decode(schema, kind.cell(schema, codes), Sources()) == codes
    assert kind.decode(schema, kind.code_cell(schema, codes), Sources()) == codes


def test_an_unknown_label_in_a_cell_is_refused() -> None:
    schema = question("multiple_choice")
    with pytest.raises(ValidationError):
        type_of(schema).decode(schema, "一般、没有", Sources())


def test_a_single_choice_may_become_a_multiple_one() -> None:
    schema = question("multiple_choice")
    kind = type_of(schema)
    kind.validate(schema, "c2", Sources())
    assert kind.in_words(schema, "c2") == "重大"
    assert kind.logic_value(schema, "c2") == ["c2"]
    form = build_form(form_of(schema), data=post_data(form_of(schema), {"q": "c2"}))
    assert form.is_valid()
    assert form.answers() == {"q": ["c2"]}


@pytest.mark.parametrize(
    ("lines", "is_wrong"),
    [
        ([], True),
        ([{"code": "a", "label": "甲", "retired": True}], True),
        ([{"code": "a", "label": "甲"}, {"code": "b", "label": "甲"}], True),
        ([{"code": "a", "label": "甲"}, {"code": "b", "label": "甲", "retired": True}], False),
        ([{"code": "a", "label": "长" * 201}], True),
        (choices(2000)["choices"], False),
        (choices(2001)["choices"], True),
    ],
)
def test_a_list_that_cannot_be_published_is_refused_in_words(lines: list[Any], is_wrong: bool) -> None:
    assert list(type_of(question("choice")).check({"choices": lines})) == (["choices"] if is_wrong else [])


def test_the_page_loads_what_its_questions_and_its_tables_need() -> None:
    plain = str(build_form(form_of(question("text"))).media)
    assert "form-table.js" in plain
    assert "forms.css" in plain
    assert "form-region.js" not in plain
    for schema in (form_of(question("region")), form_of(table_of(question("region"), question("choice", "c")))):
        media = str(build_form(schema).media)
        assert "form-table.js" in media
        assert "form-region.js" in media
