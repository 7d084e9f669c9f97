"""A workbook of the portal edited in Excel: what was edited is taken, and nothing else changes."""

from dataclasses import replace

from forms.builder.schema import FormSchema, RuleSchema
from tests.factories.builder import every_type, form_of, question, table_of
from tests.unit.forms.exchange.workbooks import field, put, read, remove, saved, written

KIND = {
    "choices": [
        {"code": "a", "label": "甲"},
        {"code": "b", "label": "乙"},
        {"code": "z", "label": "旧", "retired": True},
    ]
}
FORM = FormSchema(
    "检查表",
    "请填报。",
    (
        question("section", "s", "基本情况"),
        question("text", "name", "机构", help_text="写全称。", required=True, options={"sensitive": True}),
        question("choice", "kind", "类别", options={**KIND, "menu": True}),
        question("yes_no", "ok", "是否合格"),
        question("number", "n", "人数", options={"unit": "人", "minimum": 0, "maximum": 9}),
        question("text", "why", "原因", logic={"show": {"===": [{"var": "answers.ok"}, False]}}),
        question("note", "hint", "", help_text="一行一个问题。"),
        table_of(question("text", "name", "姓名"), question("date", "day", "日期"), key="rows", max_rows=5),
    ),
    (
        RuleSchema("r1", "n", {"!==": [{"var": "answers.n"}, 5]}, "不能是 5。"),
        RuleSchema("r2", "why", {"blank": [{"var": "answers.n"}]}, "请说明。", "warning"),
    ),
)


def test_a_label_and_a_hint_are_changed_and_all_else_stays() -> None:
    book = written(FORM)
    put(book, "name", label="被检查机构", hint=None)
    found = read(saved(book))
    assert found.schema.fields[1] == replace(FORM.fields[1], label="被检查机构", help_text="")
    assert [one for one in found.schema if one.key != "name"] == [one for one in FORM if one.key != "name"]
    assert found.schema.rules == FORM.rules
    assert not found.warnings
    assert not found.unsupported


def test_the_words_of_a_note_are_its_label_where_it_has_no_heading() -> None:
    book = written(FORM)
    put(book, "hint", label="每行一个问题。")
    assert field(read(saved(book)), "hint").help_text == "每行一个问题。"
    assert field(read(saved(book)), "hint").label == ""


def test_required_is_switched_off_and_made_conditional() -> None:
    book = written(FORM)
    put(book, "name", required=None)
    put(book, "why", required="${n} > 3")
    found = read(saved(book))
    assert not field(found, "name").required
    assert field(found, "why").logic["require"] == {">": [{"var": "answers.n"}, 3]}


def test_a_condition_is_changed_taken_away_and_added() -> None:
    book = written(FORM)
    put(book, "why", relevant="${ok} = 'yes' and ${n} >= 2")
    put(book, "rows", relevant="${kind} = 'b'")
    found = read(saved(book))
    assert field(found, "why").logic["show"] == {
        "and": [{"===": [{"var": "answers.ok"}, True]}, {">=": [{"var": "answers.n"}, 2]}]
    }
    assert field(found, "rows").logic["show"] == {"===": [{"var": "answers.kind"}, "b"]}
    put(book, "why", relevant=None)
    assert not field(read(saved(book)), "why").logic


def test_a_condition_that_cannot_be_read_is_named_and_the_question_stays() -> None:
    book = written(FORM)
    put(book, "why", relevant="regex(${name}, '^a')")
    found = read(saved(book))
    assert not field(found, "why").logic
    assert len(found.unsupported) == 1
    assert "regex" in found.unsupported[0]
    assert "8" in found.unsupported[0]


def test_choices_are_renamed_added_moved_and_removed_and_old_ones_stay_readable() -> None:
    book = written(FORM)
    put(book, "a", "choices", label="甲级")
    remove(book, "b", "choices")
    book["choices"].append(["kind", "c", "丙"])
    found = field(read(saved(book)), "kind")
    assert found.options["choices"] == [
        {"code": "a", "label": "甲级"},
        {"code": "c", "label": "丙"},
        {"code": "z", "label": "旧", "retired": True},
    ]
    assert found.options["menu"] is True


def test_bounds_are_changed_and_the_check_beside_them_stays() -> None:
    book = written(FORM)
    put(book, "n", constraint=". >= 1 and . <= 99 and . != 5")
    found = read(saved(book))
    assert field(found, "n").options == {"unit": "人", "minimum": 1, "maximum": 99}
    assert found.schema.rules == FORM.rules


def test_a_check_is_changed_and_its_message_apart() -> None:
    book = written(FORM)
    put(book, "n", constraint=". >= 0 and . <= 9 and . != 7", constraint_message="不能是 7。")
    found = read(saved(book))
    first = found.schema.rules[0]
    assert first == RuleSchema("r1", "n", {"!==": [{"var": "answers.n"}, 7]}, "不能是 7。")
    book = written(FORM)
    put(book, "n", constraint_message="五不行。")
    assert read(saved(book)).schema.rules[0] == replace(FORM.rules[0], message="五不行。")


def test_a_constraint_taken_away_takes_bounds_and_check_with_it() -> None:
    book = written(FORM)
    put(book, "n", constraint=None, constraint_message=None)
    found = read(saved(book))
    assert field(found, "n").options == {"unit": "人"}
    assert [rule.key for rule in found.schema.rules] == ["r2"]


def test_a_new_constraint_becomes_a_check() -> None:
    book = written(FORM)
    put(book, "rows.name", constraint="contains(., '先生')", constraint_message="请写称呼。")
    rule = read(saved(book)).schema.rules[-1]
    assert (rule.at, rule.severity, rule.message) == ("rows.name", "error", "请写称呼。")
    assert rule.check == {"contains": [{"var": "row.name"}, "先生"]}


def test_a_question_is_removed_with_its_checks() -> None:
    book = written(FORM)
    remove(book, "n")
    put(book, "why", relevant=None)
    found = read(saved(book))
    assert "n" not in [one.key for one in found.schema]
    assert [rule.key for rule in found.schema.rules] == ["r2"]
    assert "不能是 5。" in found.warnings[0]


def test_a_question_is_added_with_its_name_as_key() -> None:
    book = written(FORM)
    survey = book["survey"]
    headings = [cell.value for cell in survey[1]]
    survey.insert_rows(4)
    for name, value in {"type": "date", "name": "day_of_visit", "label": "日期"}.items():
        survey.cell(4, headings.index(name) + 1, value)
    found = read(saved(book))
    assert [one.key for one in found.schema][:4] == ["s", "day_of_visit", "name", "kind"] or [
        one.key for one in found.schema
    ][:4] == ["s", "name", "day_of_visit", "kind"]
    assert field(found, "day_of_visit").type == "date"


def test_a_question_that_becomes_another_type_keeps_its_key() -> None:
    book = written(FORM)
    put(book, "rows.name", type="integer")
    column = read(saved(book)).schema.fields[-1].columns[0]
    assert column.key == "name"
    assert column.type in ("integer", "number")
    assert column.label == "姓名"


def test_title_and_introduction_are_changed() -> None:
    book = written(FORM)
    book["settings"]["A2"].value = "检查表（新）"
    put(book, "_intro", label="请如实填报。")
    found = read(saved(book))
    assert found.schema == replace(FORM, title="检查表（新）", intro="请如实填报。")


def test_without_the_portals_own_sheet_the_standard_ones_speak_for_the_form() -> None:
    book = written(every_type())
    del book["portal"]
    found = read(saved(book))
    assert not [sentence for sentence in found.unsupported if "hidden" not in sentence]
    assert {one.key for one in found.schema} >= {"k-text", "k-choice", "k-yes_no", "rows"}


def test_a_damaged_sheet_of_the_portal_does_no_harm() -> None:
    book = written(FORM)
    for row in book["portal"].iter_rows(min_row=2):
        row[2].value = str(row[2].value)[:-3]
    found = read(saved(book))
    assert found.schema.title == "检查表"
    assert [one.key for one in found.schema if one.type != "note"][:3] == ["s", "name", "kind"]


def test_sections_keep_their_places_where_rows_are_moved_out_of_them() -> None:
    form = form_of(question("section", "s", "基本情况"), question("text", "a", "甲"), question("text", "b", "乙"))
    book = written(form)
    survey = book["survey"]
    values = [cell.value for cell in survey[4]]
    survey.delete_rows(4)
    survey.append(values)
    found = read(saved(book))
    assert [one.key for one in found.schema][:2] == ["s", "a"]
    assert found.schema.fields[2].type == "section"
    assert found.schema.fields[3].key == "b"
    assert len(found.warnings) == 1
