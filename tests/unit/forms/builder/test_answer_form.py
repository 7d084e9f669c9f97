"""Filling in: answers under keys, drafts that lose nothing, and nothing that was not asked."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.builder.answer_form import ADD_ROW, AnswerForm
from forms.builder.rendering import build_form
from forms.builder.schema import FormSchema
from tests.factories.builder import PDF, PNG, form_of, post_data, posted, question, table_of, upload

FORM = form_of(
    question("section", "s", "基本情况"),
    question("text", "place", "被检查机构", required=True),
    question("number", "people", "在站人数", options={"unit": "人"}),
    question("date", "day", "检查日期"),
    question("choice", "level", "等级"),
    question("multiple_choice", "areas", "环节"),
    question("yes_no", "found", "是否发现问题"),
    question("file", "record", "检查记录", options={"max_files": 2}),
    table_of(
        question("text", "what", "问题", required=True),
        question("date", "by", "整改时限"),
        question("file", "photo", "照片"),
        key="problems",
        label="问题清单",
        max_rows=3,
    ),
)

OLD = {"file": "f-old", "name": "旧.pdf", "size": 5}
OTHER = {"file": "f-other", "name": "别处.pdf", "size": 5}

ANSWERS: dict[str, Any] = {
    "place": "救助管理站",
    "people": 50,
    "day": "2026-02-03",
    "level": "c2",
    "areas": ["c1", "c2"],
    "found": False,
    "record": [OLD],
    "problems": [{"what": "通道堵塞", "by": "2026-03-01"}, {"what": "留样不全"}],
}


def rows(count: int, **cells: str) -> dict[str, str]:
    """What a browser posts for the table; p0_what stands for problems.0.what."""
    named = {f"problems.{name[1:].replace('_', '.', 1)}": value for name, value in cells.items()}
    return {"problems.-TOTAL_FORMS": str(count), "problems.-INITIAL_FORMS": "0", **named}


def form(data: dict[str, Any], files: dict[str, Any] | None = None, **kwargs: Any) -> AnswerForm:
    """The form with what was posted."""
    sent = MultiValueDict({name: list(value) for name, value in (files or {}).items()})
    return build_form(FORM, data=posted(**{**rows(0), **data}), files=sent, **kwargs)


def messages(built: AnswerForm) -> list[tuple[str, str]]:
    """Place and way of each fault."""
    return [(fault.place, fault.anchor) for fault in built.faults()]


def test_answers_come_back_as_they_were_given() -> None:
    built = build_form(FORM, data=post_data(FORM, ANSWERS), answers=ANSWERS)
    assert built.is_valid(), messages(built)
    assert built.answers() == ANSWERS
    assert built.draft_answers() == ANSWERS


def test_what_was_not_answered_is_absent() -> None:
    built = form({"place": "站"})
    assert built.is_valid()
    assert built.answers() == {"place": "站"}


def test_keys_that_the_form_does_not_have_are_not_read() -> None:
    data = {"place": "站", "is_admin": "1", "s": "标题", "problems": "x", "unknown.0.what": "x", **rows(1, p0_hack="x")}
    built = form(data)
    assert built.is_valid()
    assert built.answers() == {"place": "站"}
    assert built.draft_answers() == {"place": "站"}


def test_every_fault_is_listed_with_its_place_and_the_way_there() -> None:
    built = form({"day": "2026-02-30", "level": "c9", **rows(2, p0_what="漏电", p1_by="二月底")})
    assert not built.is_valid()
    assert messages(built) == [
        ("被检查机构", "id_place"),
        ("检查日期", "id_day"),
        ("等级", "id_level_0"),
        ("问题清单，第 2 行，问题", "id_problems.1.what"),
        ("问题清单，第 2 行，整改时限", "id_problems.1.by"),
    ]


def test_a_draft_needs_nothing_and_keeps_what_cannot_be_read() -> None:
    built = form({"people": "一百", "day": "2026-02-30", **rows(3, p0_by="二月底", p2_what="漏电")})
    assert not built.is_valid()
    draft = built.draft_answers()
    assert draft == {"people": "一百", "day": "2026-02-30", "problems": [{"by": "二月底"}, {"what": "漏电"}]}


def test_a_draft_shown_again_posts_the_same_draft() -> None:
    draft = form({"people": "一百", "day": "2026-02-30", **rows(2, p0_by="二月底", p1_what="漏电")}).draft_answers()
    again = build_form(FORM, data=post_data(FORM, draft), answers=draft)
    assert again.draft_answers() == draft


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["place", "people", "day", "level", "found"]), st.text(max_size=30)))
def test_no_typed_text_breaks_the_form_or_a_draft(data: dict[str, str]) -> None:
    built = form(data)
    built.is_valid()
    draft = built.draft_answers()
    again = build_form(FORM, data=post_data(FORM, draft), answers=draft)
    assert again.draft_answers() == draft
    assert "\0" not in repr(draft)


def test_blank_and_removed_rows_are_no_rows() -> None:
    built = form({"place": "站", **rows(4, p0_what=" ", p1_what="甲", p2_what="乙", p2_DELETE="on", p3_what="丙")})
    assert built.is_valid()
    assert built.answers()["problems"] == [{"what": "甲"}, {"what": "丙"}]


def test_a_removed_row_is_not_checked() -> None:
    assert form({"place": "站", **rows(1, p0_by="二月底", p0_DELETE="on")}).is_valid()


def test_too_many_rows_are_refused_and_kept() -> None:
    built = form({"place": "站", **rows(5, **{f"p{n}_what": f"问题{n}" for n in range(5)})})
    assert not built.is_valid()
    assert messages(built) == [("问题清单", "id_problems")]
    assert len(built.draft_answers()["problems"]) == 5


def test_too_few_rows_are_refused() -> None:
    schema = form_of(table_of(question("text", "a"), min_rows=2))
    data = posted(**{"rows.-TOTAL_FORMS": "2", "rows.-INITIAL_FORMS": "0", "rows.0.a": "一"})
    built = build_form(schema, data=data)
    assert not built.is_valid()
    assert [fault.anchor for fault in built.faults()] == ["id_rows"]


@pytest.mark.parametrize("count", ["", "x"])
def test_a_table_that_did_not_arrive_whole_is_told(count: str) -> None:
    built = form({"place": "站", **rows(0), "problems.-TOTAL_FORMS": count})
    assert not built.is_valid()
    assert "id_problems" in [fault.anchor for fault in built.faults()]


def test_a_pretended_million_of_rows_is_not_built() -> None:
    built = form({"place": "站", **rows(0), "problems.-TOTAL_FORMS": "1000000"})
    assert not built.is_valid()
    assert len(built.tables["problems"].forms) <= 2000


def test_asking_for_one_more_row_complains_about_nothing_and_loses_nothing() -> None:
    built = form({"day": "2026-02-30", **rows(1, p0_by="二月底"), ADD_ROW: "problems"})
    assert not built.is_valid()
    assert not built.shows_errors
    assert len(built.tables["problems"].forms) == 2
    assert built.draft_answers() == {"day": "2026-02-30", "problems": [{"by": "二月底"}]}


def test_new_files_are_found_by_their_path_and_counted_without_blank_rows() -> None:
    photo, record = upload("现场.png", PNG), upload("记录.pdf", PDF)
    built = form(
        {"place": "站", **rows(2, p1_what="漏电")}, {"record": [record], "problems.1.photo": [photo]}, stored_files={}
    )
    assert built.is_valid()
    assert built.uploads() == {"record": [record], "problems.0.photo": [photo]}
    assert built.answers() == {"place": "站", "problems": [{"what": "漏电"}]}


def test_stored_files_take_the_place_of_uploads() -> None:
    built = form(
        {"place": "站", "record.keep": "f-old", **rows(1, p0_what="漏电")},
        {"record": [upload("记录.pdf", PDF)], "problems.0.photo": [upload("现场.png", PNG)]},
        stored_files={"f-old": OLD},
    )
    assert built.is_valid()
    new = {"file": "f-new", "name": "记录.pdf", "size": 9}
    built.store({"record": [new], "problems.0.photo": [{**new, "name": "现场.png"}]})
    answers = built.answers()
    assert answers["record"] == [OLD, new]
    assert answers["problems"] == [{"what": "漏电", "photo": [{**new, "name": "现场.png"}]}]
    assert built.uploads() == {}
    assert built.draft_answers() == answers


def test_files_stored_before_an_error_are_kept_when_the_form_comes_back() -> None:
    built = form({**rows(0)}, {"record": [upload("记录.pdf", PDF)]}, stored_files={})
    assert not built.is_valid()
    assert list(built.uploads()) == ["record"]
    built.store({"record": [OLD]})
    assert built.draft_answers() == {"record": [OLD]}
    assert 'value="f-old"' in str(built["record"])


def test_a_file_of_another_report_cannot_be_kept() -> None:
    built = form({"place": "站", "record.keep": ["f-other", "f-old"]}, stored_files={"f-old": OLD})
    assert built.is_valid()
    assert built.answers()["record"] == [OLD]


def test_a_kept_file_can_be_dropped() -> None:
    built = form({"place": "站", "record.keep": "f-old", "record.drop": "f-old"}, stored_files={"f-old": OLD})
    assert built.is_valid()
    assert "record" not in built.answers()


def test_in_a_question_for_one_file_the_new_one_replaces_the_old() -> None:
    data = {"place": "站", **rows(1, p0_what="漏电"), "problems.0.photo.keep": "f-old"}
    built = form(data, {"problems.0.photo": [upload("新.png", PNG)]}, stored_files={"f-old": OLD})
    assert built.is_valid()
    new = {"file": "f-new", "name": "新.png", "size": 9}
    built.store({"problems.0.photo": [new]})
    assert built.answers()["problems"] == [{"what": "漏电", "photo": [new]}]


def test_a_false_file_is_refused_and_the_good_one_beside_it_is_not_lost() -> None:
    good = upload("记录.pdf", PDF)
    built = form({"place": "站"}, {"record": [upload("假.pdf", b"MZ"), good]}, stored_files={})
    assert not built.is_valid()
    assert built.uploads() == {"record": [good]}


def test_too_many_files_are_refused_and_as_many_as_fit_are_kept() -> None:
    files = [upload(f"记录{n}.pdf", PDF) for n in range(3)]
    built = form({"place": "站", "record.keep": "f-old"}, {"record": files}, stored_files={"f-old": OLD})
    assert not built.is_valid()
    assert built.uploads() == {"record": files[:1]}


def test_a_required_file_may_be_a_kept_one() -> None:
    schema = form_of(question("file", "f", required=True))
    assert not build_form(schema, data=posted()).is_valid()
    assert build_form(schema, data=posted(**{"f.keep": "f-old"}), stored_files={"f-old": OLD}).is_valid()
    assert build_form(schema, data=posted(), files=MultiValueDict({"f": [upload("a.pdf", PDF)]})).is_valid()


def test_names_of_files_lose_what_disguises_them() -> None:
    built = form({"place": "站"}, {"record": [upload("记录\u202efdp.exe.pdf", PDF)]}, stored_files={})
    assert built.uploads()["record"][0].name == "记录fdp.exe.pdf"


def test_an_empty_table_offers_spare_rows_up_to_its_limit() -> None:
    assert len(build_form(FORM).tables["problems"].forms) == 2
    full = {"problems": [{"what": str(n)} for n in range(3)]}
    assert len(build_form(FORM, answers=full).tables["problems"].forms) == 3
    small = FormSchema("", fields=(table_of(question("text", "a"), max_rows=1),))
    assert len(build_form(small).tables["rows"].forms) == 1


def test_names_of_columns_do_not_disturb_the_row() -> None:
    columns = [question("text", key) for key in ("schemas", "answers", "prefix", "fields", "cells", "data")]
    schema = form_of(table_of(*columns))
    answers = {"rows": [{column.key: f"值{column.key}" for column in columns}]}
    built = build_form(schema, data=post_data(schema, answers))
    assert built.is_valid()
    assert built.answers() == answers
