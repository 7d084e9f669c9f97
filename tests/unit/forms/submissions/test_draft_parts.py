"""Answers taken apart by question and put together again."""

from typing import Any

from forms.builder.answers import REASONS, SAME
from forms.builder.schema import FormSchema, RuleSchema
from forms.submissions.drafts.parts import bases_of, join, split
from tests.factories.builder import question, table_of

DOUBLE = {"value": {"*": [{"var": "row.cost"}, 2]}}
SCHEMA = FormSchema(
    "安全检查",
    fields=(
        question("text", "place", "被检查机构"),
        question("number", "people", "人数"),
        table_of(
            question("number", "cost", "经费"),
            question("calculated", "double", "两倍", logic=DOUBLE),
            key="list",
            label="清单",
        ),
        question("calculated", "all", "合计", logic={"value": {"var": "answers.people"}}),
    ),
    rules=(
        RuleSchema("full", "people", True, "人多。", "warning"),
        RuleSchema("dear", "list.cost", True, "贵。", "warning"),
    ),
)
STORED: dict[str, Any] = {
    "place": "救助站",
    "people": 3,
    "list": [{"cost": 1, "double": 2}],
    "all": 3,
    REASONS: {"full": "节前", "dear.0": "涨价"},
    SAME: {"place": False},
}


def test_to_a_question_belong_its_answer_its_explanations_and_its_mark() -> None:
    assert split(SCHEMA, STORED) == {
        "place": {"answer": "救助站", "same": False},
        "people": {"answer": 3, "reasons": {"full": "节前"}},
        "list": {"answer": [{"cost": 1}], "reasons": {"dear.0": "涨价"}},
    }


def test_what_is_put_together_again_is_what_it_was_but_for_what_is_worked_out_in_rows() -> None:
    whole = join(SCHEMA, {}, split(SCHEMA, STORED))
    assert whole == {**{key: STORED[key] for key in ("place", "people", REASONS, SAME)}, "list": [{"cost": 1}]}
    assert list(whole) == ["place", "people", "list", REASONS, SAME]


def test_one_question_takes_its_explanations_along_and_leaves_those_of_others() -> None:
    found = join(SCHEMA, STORED, {"people": {"answer": 4}})
    assert found == {**STORED, "people": 4, REASONS: {"dear.0": "涨价"}}
    assert "people" not in join(SCHEMA, STORED, {"people": {}})


def test_what_is_worked_out_makes_nobodys_page_stale() -> None:
    other = {**STORED, "all": 99, "list": [{"cost": 1, "double": 99}]}
    assert bases_of(SCHEMA, other) == bases_of(SCHEMA, STORED)
    assert bases_of(SCHEMA, {**STORED, "people": 4})["people"] != bases_of(SCHEMA, STORED)["people"]
