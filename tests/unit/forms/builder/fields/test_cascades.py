"""Choices that depend on another answer."""

from typing import Any

import pytest

from forms.builder.fields.cascades import cascade_faults, cascade_problems
from forms.builder.rendering import build_form
from forms.builder.schema import FieldSchema, FormSchema
from tests.factories.builder import form_of, posted, question, table_of

CITIES = {"choices": [{"code": "hk", "label": "海口市"}, {"code": "sy", "label": "三亚市"}]}
DISTRICTS = {
    "filter_by": "city",
    "choices": [
        {"code": "lh", "label": "龙华区", "within": ["hk"]},
        {"code": "jy", "label": "吉阳区", "within": ["sy"]},
        {"code": "other", "label": "其他"},
    ],
}


def city(kind: str = "choice") -> FieldSchema:
    return question(kind, "city", "市", options=CITIES)


def district(kind: str = "choice", **options: Any) -> FieldSchema:
    return question(kind, "district", "区", options={**DISTRICTS, **options})


FORM = form_of(city(), district())
IN_ROWS = form_of(table_of(city(), district()))
ACROSS = form_of(city(), table_of(district()))


@pytest.mark.parametrize(
    ("schema", "answers", "paths"),
    [
        (FORM, {"city": "hk", "district": "lh"}, []),
        (FORM, {"city": "hk", "district": "other"}, []),
        (FORM, {"district": "other"}, []),
        (FORM, {"city": "hk"}, []),
        (FORM, {"city": "hk", "district": "jy"}, ["district"]),
        (FORM, {"district": "jy"}, ["district"]),
        (FORM, {"city": "hk", "district": "as typed"}, []),
        (form_of(city("multiple_choice"), district()), {"city": ["hk", "sy"], "district": "jy"}, []),
        (form_of(city(), district("multiple_choice")), {"city": "hk", "district": ["lh", "jy"]}, ["district"]),
        (IN_ROWS, {"rows": [{"city": "hk", "district": "lh"}, {"city": "hk", "district": "jy"}]}, ["rows.1.district"]),
        (ACROSS, {"city": "sy", "rows": [{"district": "lh"}, {"district": "jy"}]}, ["rows.0.district"]),
        (ACROSS, {"city": "sy", "rows": "not rows"}, []),
    ],
)
def test_a_choice_must_belong_to_the_answer_that_decides(
    schema: FormSchema, answers: dict[str, Any], paths: list[str]
) -> None:
    assert [path for path, _message in cascade_faults(schema, answers)] == paths


def test_the_message_names_both() -> None:
    ((_path, message),) = cascade_faults(FORM, {"city": "hk", "district": "jy"})
    assert "吉阳区" in message
    assert "海口市" in message
    ((_path, message),) = cascade_faults(FORM, {"district": "jy"})
    assert "市" in message


@pytest.mark.parametrize("hidden", [{"city"}, {"district"}])
def test_what_is_not_asked_decides_nothing_and_is_not_checked(hidden: set[str]) -> None:
    assert cascade_faults(FORM, {"city": "hk", "district": "jy"}, frozenset(hidden)) == []


def test_the_row_comes_before_the_form() -> None:
    schema = form_of(city(), table_of(city(), district()))
    answers = {"city": "hk", "rows": [{"city": "sy", "district": "jy"}]}
    assert cascade_faults(schema, answers) == []


def test_the_form_says_it_beside_the_question_and_keeps_what_was_chosen() -> None:
    form = build_form(FORM, data=posted(city="hk", district="jy"))
    assert not form.is_valid()
    assert list(form.errors) == ["district"]
    assert form.draft_answers() == {"city": "hk", "district": "jy"}


def test_a_row_says_it_beside_its_cell() -> None:
    data = {"rows.-TOTAL_FORMS": "1", "rows.-INITIAL_FORMS": "0", "rows.0.city": "hk", "rows.0.district": "jy"}
    form = build_form(IN_ROWS, data=posted(**data))
    assert not form.is_valid()
    assert [fault.path for fault in form.faults_listed()] == ["rows.0.district"]


def test_the_page_tells_the_script_what_belongs_where() -> None:
    drawn = str(build_form(FORM)["district"])
    assert 'data-filter-by="city"' in drawn
    assert "&quot;jy&quot;: [&quot;sy&quot;]" in drawn


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        (FORM, []),
        (IN_ROWS, []),
        (ACROSS, []),
        (form_of(district()), ["district"]),
        (form_of(table_of(city()), district()), ["district"]),
        (form_of(question("text", "city"), district()), ["district"]),
        (form_of(question("choice", "city", options={"filter_by": "district"}), district()), ["city", "district"]),
        (form_of(question("choice", "city", options={"filter_by": "city"})), ["city"]),
        (form_of(city(), table_of(question("text"), district(filter_by="gone"))), ["rows.district"]),
        (form_of(question("choice", "city"), district()), ["district"]),
    ],
)
def test_what_cannot_decide_is_named_before_publishing(schema: FormSchema, paths: list[str]) -> None:
    assert [path for path, _problem in cascade_problems(schema)] == paths
