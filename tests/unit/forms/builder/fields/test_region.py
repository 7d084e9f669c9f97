"""A question for a region: how exact, and where."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from forms.builder.fields import Sources, type_of
from forms.builder.rendering import build_form
from tests.factories.builder import form_of, post_data, posted, question, table_of

JIYANG = {"region": "460203", "name": "海南省三亚市吉阳区"}
DISSOLVED = {"region": "110103", "name": "北京市崇文区"}


def read(typed: str, **options: Any) -> Any:
    schema = question("region", options=options)
    return type_of(schema).decode(schema, typed, Sources())


@pytest.mark.parametrize("typed", ["460203", "海南省三亚市吉阳区", " 海南省 三亚市 吉阳区 "])
def test_number_and_name_give_the_same_answer(typed: str) -> None:
    assert read(typed) == JIYANG


def test_nothing_typed_is_no_answer() -> None:
    assert read("") is None


@pytest.mark.parametrize(
    ("typed", "options", "reason"),
    [
        ("月球", {}, "no_region"),
        ("海南省三亚市", {}, "not_deep_enough"),
        ("海南省", {"level": "city"}, "not_deep_enough"),
        ("朝阳区", {}, "ambiguous"),
        ("北京市东城区", {"root": "460000"}, "no_region"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(typed: str, options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(typed, **options)
    assert refusal.value.code == reason


@pytest.mark.parametrize(
    ("typed", "level", "name"),
    [
        ("海南省", "province", "海南省"),
        ("海南省三亚市吉阳区", "province", "海南省"),
        ("三亚市", "city", "海南省三亚市"),
        ("三亚市吉阳区", "city", "海南省三亚市"),
        ("五指山市", "county", "海南省五指山市"),
    ],
)
def test_the_answer_is_as_exact_as_was_asked(typed: str, level: str, name: str) -> None:
    assert read(typed, level=level)["name"] == name


def test_a_region_that_has_been_dissolved_stays_as_it_was_answered() -> None:
    schema = form_of(question("region"))
    answers = {"q": DISSOLVED}
    assert not build_form(schema, data=post_data(schema, answers)).is_valid()
    again = build_form(schema, data=post_data(schema, answers), answers=answers)
    assert again.is_valid()
    assert again.answers() == answers
    kind = type_of(schema.fields[0])
    kind.validate(schema.fields[0], DISSOLVED, Sources())
    assert kind.in_words(schema.fields[0], DISSOLVED) == "北京市崇文区"


def test_what_is_no_region_is_kept_as_typed_in_a_draft() -> None:
    form = build_form(form_of(question("region")), data=posted(q="月球背面"))
    assert not form.is_valid()
    assert form.draft_answers() == {"q": "月球背面"}
    assert 'value="月球背面"' in str(form["q"])


def test_a_stored_region_is_shown_by_its_name() -> None:
    assert 'value="海南省三亚市吉阳区"' in str(build_form(form_of(question("region")), answers={"q": JIYANG})["q"])


def test_conditions_and_machines_see_the_number() -> None:
    schema = question("region")
    assert type_of(schema).logic_value(schema, JIYANG) == "460203"
    assert type_of(schema).code_cell(schema, JIYANG) == "460203"
    assert type_of(schema).cell(schema, JIYANG) == "海南省三亚市吉阳区"
    assert type_of(schema).logic_value(schema, "月球") is None


def test_the_editor_names_the_limit_and_the_schema_keeps_its_number() -> None:
    kind = type_of(question("region"))
    schema = kind.schema("q", {"label": "地点", "level": "county", "root": "海南省 三亚市"})
    assert schema.options == {"root": "460200"}
    assert kind.raw(schema)["root"] == "海南省三亚市"


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"root": "月球"}, ["root"]),
        ({"root": "朝阳区"}, ["root"]),
        ({"root": "海南省三亚市", "level": "city"}, ["root"]),
        ({"root": "海南省三亚市"}, []),
        ({"root": ""}, []),
    ],
)
def test_a_limit_that_leaves_nothing_is_refused(raw: dict[str, Any], wrong: list[str]) -> None:
    assert list(type_of(question("region")).check(raw)) == wrong


@pytest.mark.parametrize("answer", [JIYANG, DISSOLVED])
def test_a_row_shows_its_region_and_tells_the_browser_its_number(answer: dict[str, Any]) -> None:
    schema = form_of(table_of(question("region", "r")))
    drawn = str(build_form(schema, answers={"rows": [{"r": answer}]}).tables["rows"].forms[0]["r"])
    assert f'value="{answer["name"]}"' in drawn
    assert f'data-code="{answer["region"]}"' in drawn
    unread = str(build_form(schema, answers={"rows": [{"r": "朝阳区"}]}).tables["rows"].forms[0]["r"])
    assert 'value="朝阳区"' in unread
    assert 'data-code=""' in unread
