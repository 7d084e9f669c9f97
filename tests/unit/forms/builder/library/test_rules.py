"""Questions taken out of one form and put into another keep their meaning."""

from dataclasses import replace
from typing import Any

from hypothesis import given

from forms.builder.library.rules import (
    inserted,
    keys_named,
    locked,
    missing_keys,
    part_of,
    question_digest,
    unlocked,
    was_changed,
    with_free_keys,
)
from forms.builder.schema import FormSchema, RuleSchema
from tests.factories.builder import form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas

SHOW_B = {"show": {"===": [{"var": "answers.a"}, "c1"]}}
GROUP = FormSchema(
    title="机构",
    fields=(question("choice", "a", "类别"), question("text", "b", "说明", logic=SHOW_B)),
    rules=(RuleSchema("r", "b", {"or": [{"!": [{"var": ["answers.a", None]}]}, True]}, "请核对"),),
)


def test_what_refers_to_a_question_follows_it_to_its_new_key() -> None:
    made = with_free_keys(GROUP, ["a", "r"])
    first, second = made.fields
    assert first.key != "a"
    assert second.key == "b"
    assert second.logic == {"show": {"===": [{"var": f"answers.{first.key}"}, "c1"]}}
    assert made.rules[0].key != "r"
    assert keys_named(made.rules[0].check) == {first.key}


def test_inserting_a_group_twice_makes_two_groups_that_work_apart() -> None:
    form = inserted(inserted(form_of(question("text", "x")), GROUP, ""), GROUP, "x")
    keys = [one.key for one in form]
    assert len(set(keys)) == 5
    assert keys[0] == "x"
    assert keys[-2:] == ["a", "b"]
    assert missing_keys(form) == set()


def test_a_filter_on_another_question_of_the_group_follows_too() -> None:
    child = question("choice", "c", options={"filter_by": "a"})
    made = with_free_keys(form_of(question("choice", "a"), child), ["a"])
    assert made.fields[1].options["filter_by"] == made.fields[0].key


def test_a_part_keeps_the_checks_that_speak_of_nothing_else() -> None:
    assert part_of(GROUP, ["a", "b"]).rules == GROUP.rules
    assert part_of(GROUP, ["b"]).rules == ()
    assert missing_keys(part_of(GROUP, ["b"])) == {"a"}


def test_conditions_in_rows_name_the_questions_outside_of_the_table() -> None:
    column = question("text", "c", logic={"require": {"and": [{"var": "row.d"}, {"var": "answers.a"}]}})
    assert missing_keys(form_of(table_of(column))) == {"a"}


@given(schemas)
def test_any_change_of_a_locked_question_shows_and_moving_it_does_not(schema: FormSchema) -> None:
    for one in schema:
        kept = locked(one, "模板")
        assert not was_changed(kept)
        assert not was_changed(replace(kept, key="moved"))
        assert was_changed(replace(kept, label=kept.label + "？"))
        assert was_changed(replace(kept, options={**kept.options, "sensitive": not kept.options.get("sensitive")}))
        assert unlocked(kept) == unlocked(one)
        assert question_digest(kept) == question_digest(one)


@given(schemas)
def test_renamed_questions_of_a_template_stay_locked(schema: FormSchema) -> None:
    template = replace(schema, fields=tuple(locked(one, "模板") for one in schema))
    made: Any = with_free_keys(template, [one.key for one in schema])
    assert {one.key for one in made}.isdisjoint({one.key for one in schema})
    assert not any(was_changed(one) for one in made)
