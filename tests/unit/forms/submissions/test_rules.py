"""The state machine, the history's notes, hashes and references to files."""

import datetime
import itertools
import json
import uuid
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.collection.enums import ARRIVED, OWED, SENT, WITH_UNIT, PeriodStatus, ReportState
from forms.submissions.enums import Party, Step
from forms.submissions.rules import (
    NOTED_AGAIN_AFTER,
    TRANSITIONS,
    canonical,
    content_hash,
    file_ids,
    is_worth_noting,
    steps_from,
    taken_now,
    transition,
)

NOON = datetime.datetime(2026, 11, 24, 4, tzinfo=datetime.UTC)
steps = st.sampled_from(list(Step))
words = st.text("报送abc 0.", max_size=6)
leaves = st.none() | st.booleans() | st.integers(-999, 999) | words
rows = st.dictionaries(st.sampled_from("abcdef"), leaves, max_size=3)
answers = st.dictionaries(st.sampled_from("0123456789"), leaves | st.lists(leaves | rows, max_size=3), max_size=5)


def walk(path: list[Step]) -> list[ReportState | None]:
    """States passed through; a step that does not start where the report stands is not taken."""
    return [state for _step, state in taken(path)]


def taken(path: list[Step]) -> list[tuple[Step | None, ReportState | None]]:
    """The steps that were taken, each with the state that it led to."""
    passed: list[tuple[Step | None, ReportState | None]] = [(None, None)]
    for step in path:
        row = transition(passed[-1][1], step)
        if row is not None:
            passed.append((step, row.leads_to(was_sent=any(state in SENT for _step, state in passed))))
    return passed


@given(st.lists(steps, max_size=30))
def test_a_report_begins_as_a_draft_whatever_is_tried(path: list[Step]) -> None:
    passed = walk(path)
    assert passed[1:2] in ([], [ReportState.DRAFT])


@given(st.lists(steps, max_size=30))
def test_nothing_is_accepted_or_returned_that_was_not_sent_just_before(path: list[Step]) -> None:
    passed = taken(path)
    for (_before, before), (step, after) in itertools.pairwise(passed):
        if after == ReportState.ACCEPTED:
            assert before == ReportState.SUBMITTED
        if after == ReportState.RETURNED and step == Step.REOPEN:
            assert before == ReportState.ACCEPTED
        elif after == ReportState.RETURNED and before != ReportState.SIGN_OFF:
            assert before in {ReportState.SUBMITTED, ReportState.RETURNED}


def test_what_came_back_and_is_sent_back_inside_has_still_come_back() -> None:
    path = [Step.CREATE, Step.SUBMIT, Step.RETURN, Step.ASK]
    assert walk([*path, Step.SEND_BACK])[-1] == walk([*path, Step.RECALL])[-1] == ReportState.RETURNED
    assert walk([Step.CREATE, Step.ASK, Step.SEND_BACK])[-1] == ReportState.DRAFT


@given(st.lists(steps, max_size=30))
def test_a_report_that_was_sent_never_becomes_a_draft_again(path: list[Step]) -> None:
    passed = walk(path)
    first_sent = next((place for place, state in enumerate(passed) if state in SENT), len(passed))
    assert ReportState.DRAFT not in passed[first_sent:]


def test_an_accepted_report_can_only_be_reopened() -> None:
    assert {step for party in Party for step in steps_from(ReportState.ACCEPTED, party)} == {Step.REOPEN}


def test_a_step_from_a_state_belongs_to_one_party_and_leads_to_one_state() -> None:
    starts = [(row.origin, row.step) for row in TRANSITIONS]
    assert len(starts) == len(set(starts))


def test_the_unit_writes_only_while_the_report_lies_with_it() -> None:
    for state in ReportState:
        assert (Step.SAVE in steps_from(state, Party.UNIT)) == (state in WITH_UNIT)


def test_whoever_stops_a_report_says_why_and_nobody_else_must() -> None:
    stopping = {Step.RETURN, Step.SEND_BACK, Step.WITHDRAW, Step.REOPEN}
    assert {row.step for row in TRANSITIONS if row.needs_reason} == stopping


def test_the_groups_of_states_cover_all_of_them() -> None:
    assert set(ReportState) == SENT | OWED
    assert {ReportState.SIGN_OFF} == OWED - WITH_UNIT
    assert ARRIVED < SENT


def test_reports_are_taken_in_time_and_late_but_not_before_or_after() -> None:
    assert [status for status in PeriodStatus if taken_now(status)] == [PeriodStatus.OPEN, PeriodStatus.LATE]


@given(st.timedeltas(datetime.timedelta(0), datetime.timedelta(hours=3)), st.booleans(), st.sampled_from(list(Step)))
def test_saving_on_and_on_makes_one_note_in_half_an_hour(passed: datetime.timedelta, same: bool, last: Step) -> None:
    noted = is_worth_noting([(last, 1, NOON)], user_id=1 if same else 2, now=NOON + passed)
    went_on = same and last in {Step.CREATE, Step.SAVE} and passed < NOTED_AGAIN_AFTER
    assert noted != went_on


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(1, 60)), max_size=80))
def test_people_who_save_in_turn_make_one_note_each_in_half_an_hour(savings: list[tuple[int, int]]) -> None:
    history: list[tuple[Step, int, datetime.datetime]] = []
    now = NOON
    for who, seconds in savings:
        now += datetime.timedelta(seconds=seconds)
        if is_worth_noting(reversed(history), user_id=who, now=now):
            history.append((Step.SAVE, who, now))
    noted = [(who, at) for _step, who, at in history]
    assert len(noted) <= 3 * (1 + (now - NOON) // NOTED_AGAIN_AFTER)
    assert {who for who, _at in noted} == {who for who, _seconds in savings}


@given(answers)
def test_equal_answers_have_equal_hashes_in_whatever_order_they_are_stored(content: dict[str, Any]) -> None:
    shuffled = dict(reversed(list(json.loads(json.dumps(content)).items())))
    assert canonical(content) == canonical(shuffled)
    assert content_hash(report_id=1, schema_digest="d", answers=content) == content_hash(
        report_id=1, schema_digest="d", answers=shuffled
    )


@given(answers, answers)
def test_a_hash_changes_with_the_report_the_form_and_the_answers(one: dict[str, Any], other: dict[str, Any]) -> None:
    def hashed(**changes: Any) -> str:
        told: dict[str, Any] = {"report_id": 1, "schema_digest": "d", "answers": one}
        return content_hash(**(told | changes))

    assert hashed() != hashed(report_id=2)
    assert hashed() != hashed(schema_digest="e")
    assert (hashed() == hashed(answers=other)) == (canonical(one) == canonical(other))


@given(st.lists(st.uuids(), max_size=4), answers)
def test_files_are_found_at_any_depth(numbers: list[uuid.UUID], rest: dict[str, Any]) -> None:
    references = [{"file": str(number), "name": "照片.jpg", "size": 3} for number in numbers]
    nested = {"table": [{"photos": references}], "single": references[:1], "rest": [rest]}
    assert list(file_ids(nested)) == numbers + numbers[:1]
    assert list(file_ids({"typed": "file", "text": str(numbers)})) == []


def test_what_only_looks_like_a_file_is_not_one() -> None:
    assert list(file_ids({"a": {"file": "no number"}, "b": {"file": 3}})) == []
