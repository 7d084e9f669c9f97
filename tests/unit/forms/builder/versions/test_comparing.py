"""What differs between two schemas is found whole, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from forms.builder.versions.comparing import Aspect, Mark, compare, kept_in_order
from tests.factories.builder import form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas

A, B, C = (question("text", key, label) for key, label in (("a", "甲"), ("b", "乙"), ("c", "丙")))
LIST = question("choice", "q", options={"choices": [{"code": "x", "label": "一般"}, {"code": "y", "label": "重大"}]})


def aspects(old: FieldSchema, new: FieldSchema) -> list[Aspect]:
    """In what respects the only question of two forms differs."""
    (line,) = compare(form_of(old), form_of(new)).questions
    return [change.aspect for change in line.changes]


@given(schemas)
def test_a_form_does_not_differ_from_itself(schema: FormSchema) -> None:
    comparison = compare(schema, FormSchema.from_json(schema.to_json()))
    assert not comparison.differs
    assert comparison.only_texts


@given(schemas, schemas)
def test_two_forms_differ_if_and_only_if_they_are_not_equal(old: FormSchema, new: FormSchema) -> None:
    assert compare(old, new).differs == (old != new)


@given(schemas, schemas)
def test_every_question_of_both_stands_in_the_comparison_once(old: FormSchema, new: FormSchema) -> None:
    lines = compare(old, new).questions
    assert len({line.key for line in lines}) == len(lines)
    assert {line.key for line in lines if line.old} == {one.key for one in old}
    assert [line.key for line in lines if line.new] == [one.key for one in new]


@given(schemas, schemas)
def test_what_was_added_one_way_was_removed_the_other_way(old: FormSchema, new: FormSchema) -> None:
    there, back = compare(old, new), compare(new, old)
    assert {line.key for line in there.marked(Mark.ADDED)} == {line.key for line in back.marked(Mark.REMOVED)}


@given(st.permutations([question("text", key) for key in "abcdef"]))
def test_moving_alone_changes_no_question(shuffled: list[FieldSchema]) -> None:
    ordered = sorted(shuffled, key=lambda one: one.key)
    comparison = compare(form_of(*ordered), form_of(*shuffled))
    assert comparison.marked(Mark.CHANGED) == []
    assert bool(comparison.marked(Mark.MOVED)) == (shuffled != ordered)
    assert len(comparison.marked(Mark.MOVED)) < len(ordered)


@given(st.permutations(range(7)))
def test_as_few_questions_as_possible_count_as_moved(places: list[int]) -> None:
    kept = kept_in_order(places)
    run = [place for place in places if place in kept]
    assert run == sorted(run)
    longest = [1] * len(places)
    for one, place in enumerate(places):
        longest[one] = 1 + max((longest[other] for other in range(one) if places[other] < place), default=0)
    assert len(kept) == max(longest)


def test_one_question_that_changes_places_is_moved_and_the_others_are_not() -> None:
    comparison = compare(form_of(A, B, C), form_of(C, A, B))
    (moved,) = comparison.marked(Mark.MOVED)
    assert (moved.key, moved.old_place, moved.new_place) == ("c", 3, 1)


def test_a_removed_question_is_shown_where_it_stood() -> None:
    assert [line.key for line in compare(form_of(A, B, C), form_of(A, C)).questions] == ["a", "b", "c"]
    assert [line.key for line in compare(form_of(A, B), form_of(B)).questions] == ["a", "b"]


@pytest.mark.parametrize(
    ("new", "aspect"),
    [
        (replace(A, label="甲方"), Aspect.LABEL),
        (replace(A, help_text="写全称"), Aspect.HELP),
        (replace(A, required=True), Aspect.REQUIRED),
        (replace(A, type="long_text"), Aspect.TYPE),
        (replace(A, options={"max_length": 5}), Aspect.OPTION),
        (replace(A, logic={"show": {"var": "answers.b"}}), Aspect.LOGIC),
    ],
)
def test_each_respect_in_which_a_question_differs_is_named(new: FieldSchema, aspect: Aspect) -> None:
    assert aspects(A, new) == [aspect]
    assert aspects(new, A) == [aspect]


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ([("x", "一般"), ("y", "重大"), ("z", "特大")], [Aspect.CHOICE_ADDED]),
        ([("x", "一般")], [Aspect.CHOICE_REMOVED]),
        ([("x", "普通"), ("y", "重大")], [Aspect.CHOICE_RENAMED]),
        ([("y", "重大"), ("x", "一般")], [Aspect.CHOICES_ORDERED]),
        ([("y", "重大"), ("z", "特大"), ("x", "一般")], [Aspect.CHOICE_ADDED, Aspect.CHOICES_ORDERED]),
    ],
)
def test_choices_are_told_apart_by_their_codes(choices: list[tuple[str, str]], found: list[Aspect]) -> None:
    listed = [{"code": code, "label": label} for code, label in choices]
    assert aspects(LIST, replace(LIST, options={"choices": listed})) == found


def test_a_choice_is_retired_and_offered_again() -> None:
    retired = [{"code": "x", "label": "一般"}, {"code": "y", "label": "重大", "retired": True}]
    without = replace(LIST, options={"choices": retired})
    assert aspects(LIST, without) == [Aspect.CHOICE_RETIRED]
    assert aspects(without, LIST) == [Aspect.CHOICE_REVIVED]


def test_a_retired_choice_at_the_end_of_the_list_is_no_other_order() -> None:
    moved = [{"code": "y", "label": "重大"}, {"code": "x", "label": "一般", "retired": True}]
    assert aspects(LIST, replace(LIST, options={"choices": moved})) == [Aspect.CHOICE_RETIRED]


def test_columns_of_a_table_are_compared_like_questions() -> None:
    old, new = form_of(table_of(A, B)), form_of(table_of(replace(A, label="甲方"), C))
    (line,) = compare(old, new).questions
    assert line.marks == {Mark.CHANGED}
    assert {column.key: set(column.marks) for column in line.columns} == {
        "a": {Mark.CHANGED},
        "b": {Mark.REMOVED},
        "c": {Mark.ADDED},
    }
    assert [path for path, one, _table in compare(old, new).everywhere() if Mark.ADDED in one.marks] == ["rows.c"]


def test_checks_are_compared_too() -> None:
    rule = RuleSchema("r", "a", {">": [{"var": "answers.a"}, 0]}, "应大于零")
    old = replace(form_of(A), rules=(rule,))
    new = replace(form_of(A), rules=(replace(rule, severity="warning", message="请核对"),))
    (line,) = compare(old, new).checks
    assert {change.aspect for change in line.changes} == {Aspect.SEVERITY, Aspect.MESSAGE}
    assert compare(form_of(A), old).checks[0].marks == {Mark.ADDED}


@pytest.mark.parametrize(
    ("new", "only_texts"),
    [
        (form_of(replace(A, label="甲方", help_text="写全称"), title="新名", intro="说明"), True),
        (form_of(replace(A, required=True)), False),
        (form_of(A, B), False),
        (form_of(), False),
    ],
)
def test_changes_of_words_alone_are_told_from_others(new: FormSchema, only_texts: bool) -> None:
    assert compare(form_of(A), new).only_texts is only_texts
