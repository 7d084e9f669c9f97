"""Days, times, moments and months."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.schema import FieldSchema
from tests.factories.builder import question

BOUNDED = ["date", "datetime", "year_month"]


def read(schema: FieldSchema, typed: Any) -> Any:
    return type_of(schema).form_field(schema, Sources()).clean(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("date", "２０２６年２月３日", "2026-02-03"),
        ("date", datetime.date(2026, 2, 3), "2026-02-03"),
        ("date", datetime.datetime(2026, 2, 3), "2026-02-03"),
        ("time", "9:05", "09:05"),
        ("time", "９：０５", "09:05"),
        ("time", "9时5分", "09:05"),
        ("time", "9点", "09:00"),
        ("time", "00:00", "00:00"),
        ("time", "09:05:00", "09:05"),
        ("time", datetime.time(9, 5), "09:05"),
        ("datetime", "2026-02-03T09:05", "2026-02-03T09:05"),
        ("datetime", "2026/2/3 9:05", "2026-02-03T09:05"),
        ("datetime", "2026年2月3日9时5分", "2026-02-03T09:05"),
        ("datetime", "2026年2月3日 9:05", "2026-02-03T09:05"),
        ("datetime", datetime.datetime(2026, 2, 3, 9, 5), "2026-02-03T09:05"),
        ("year_month", "2026年2月", "2026-02"),
        ("year_month", "２０２６－２", "2026-02"),
        ("year_month", "202602", "2026-02"),
        ("year_month", datetime.date(2026, 2, 1), "2026-02"),
        ("year_month", datetime.datetime(2026, 2, 1), "2026-02"),
    ],
)
def test_the_calendar_is_understood_as_people_and_workbooks_write_it(kind: str, typed: Any, answer: str) -> None:
    assert read(question(kind), typed) == answer


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        ("date", "2026-02-30", "no_such_day"),
        ("date", datetime.datetime(2026, 2, 3, 9, 5), "invalid"),
        ("time", "24:00", "no_such_time"),
        ("time", "9:60", "no_such_time"),
        ("time", "09:05:30", "invalid"),
        ("time", "下午三点", "invalid"),
        ("datetime", "2026-02-30 09:05", "no_such_day"),
        ("datetime", "2026-02-03 24:00", "no_such_time"),
        ("datetime", "2026-02-03", "invalid"),
        ("datetime", "2026-02-03T09:05+08:00", "invalid"),
        ("datetime", "2026-02-03T09:05Z", "invalid"),
        ("year_month", "2026-13", "no_such_month"),
        ("year_month", "1899-12", "year"),
        ("year_month", "去年", "invalid"),
    ],
)
def test_what_is_not_on_the_calendar_is_refused_with_the_reason(kind: str, typed: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question(kind), typed)
    assert refusal.value.code == reason


@pytest.mark.parametrize(
    ("kind", "answer", "words", "cell"),
    [
        ("date", "2026-02-03", "2026年2月3日", datetime.date(2026, 2, 3)),
        ("time", "09:05", "09:05", datetime.time(9, 5)),
        ("datetime", "2026-02-03T09:05", "2026年2月3日 09:05", datetime.datetime(2026, 2, 3, 9, 5)),
        ("year_month", "2026-02", "2026年2月", "2026年2月"),
    ],
)
def test_answers_are_read_in_words_and_stay_days_in_workbooks(kind: str, answer: str, words: str, cell: Any) -> None:
    schema = question(kind)
    with translation.override("zh-hans"):
        assert type_of(schema).in_words(schema, answer) == words
        assert type_of(schema).cell(schema, answer) == cell


@pytest.mark.parametrize(
    ("kind", "picker", "answer", "typed"),
    [
        ("date", "date", "2026-02-03", "2026-02-30"),
        ("time", "time", "09:05", "25:00"),
        ("datetime", "datetime-local", "2026-02-03T09:05", "2026-02-30 09:05"),
        ("year_month", "month", "2026-02", "2026-13"),
    ],
)
def test_the_picker_gives_way_to_what_it_could_not_show(kind: str, picker: str, answer: str, typed: str) -> None:
    widget = type_of(question(kind)).form_field(question(kind), Sources()).widget
    assert f'type="{picker}"' in widget.render("q", answer)
    assert f'type="{picker}"' in widget.render("q", None)
    assert 'type="text"' in widget.render("q", typed)
    assert f'value="{typed}"' in widget.render("q", typed)


@pytest.mark.parametrize(
    ("kind", "past", "now", "future"),
    [
        ("date", "2026-11-24", "2026-11-25", "2026-11-26"),
        ("datetime", "2026-11-24 23:59", "2026-11-25 23:59", "2026-11-26 00:00"),
        ("year_month", "2026-10", "2026-11", "2026-12"),
    ],
)
@time_machine.travel("2026-11-25T10:00:00+08:00", tick=False)
def test_what_lies_in_the_future_or_the_past_is_refused_where_the_editor_says_so(
    kind: str, past: str, now: str, future: str
) -> None:
    not_future, not_past = question(kind, options={"latest": "today"}), question(kind, options={"earliest": "today"})
    assert read(not_future, past)
    assert read(not_future, now)
    assert read(not_past, now)
    assert read(not_past, future)
    for schema, typed, reason in ((not_future, future, "future"), (not_past, past, "past")):
        with pytest.raises(ValidationError) as refusal:
            read(schema, typed)
        assert refusal.value.code == reason


@time_machine.travel("2026-11-24T17:00:00+00:00", tick=False)
def test_today_is_the_day_of_the_site_and_not_of_the_server_clock() -> None:
    assert read(question("date", options={"latest": "today"}), "2026-11-25") == "2026-11-25"


@time_machine.travel("2026-11-25T10:00:00+08:00", tick=False)
def test_an_old_report_stays_valid_though_what_lay_ahead_has_passed() -> None:
    schema = question("date", options={"earliest": "today"})
    type_of(schema).validate(schema, "2026-11-01", Sources())


@pytest.mark.parametrize("kind", BOUNDED)
def test_fixed_bounds_are_kept_and_named(kind: str) -> None:
    schema = question(kind, options={"earliest": "2026-02-01", "latest": "2026-03-31"})
    suffix = {"date": "-15", "datetime": "-15 09:00", "year_month": ""}[kind]
    assert read(schema, f"2026-02{suffix}")
    assert read(schema, f"2026-03{suffix}")
    with translation.override("zh-hans"):
        for month, reason, bound in (("01", "earliest", "2026年2月"), ("04", "latest", "2026年3月")):
            with pytest.raises(ValidationError) as refusal:
                read(schema, f"2026-{month}{suffix}")
            assert refusal.value.code == reason
            assert bound in refusal.value.messages[0]


def test_the_picker_offers_only_what_is_within_the_bounds() -> None:
    schema = question("date", options={"earliest": "2026-02-01", "latest": "2026-03-31"})
    drawn = type_of(schema).form_field(schema, Sources()).widget.render("q", None)
    assert 'min="2026-02-01"' in drawn
    assert 'max="2026-03-31"' in drawn


@pytest.mark.parametrize("kind", BOUNDED)
def test_bounds_that_contradict_each_other_are_told_to_the_editor(kind: str) -> None:
    check = FIELD_TYPES[kind].check
    assert check({"earliest": datetime.date(2026, 2, 1), "latest": datetime.date(2026, 3, 1)}) == {}
    assert "latest" in check({"earliest": datetime.date(2026, 3, 1), "latest": datetime.date(2026, 2, 1)})
    assert "latest" in check({"not_future": True, "latest": datetime.date(2026, 2, 1)})
    assert "earliest" in check({"not_past": True, "earliest": datetime.date(2026, 2, 1)})


@pytest.mark.parametrize("kind", BOUNDED)
@pytest.mark.parametrize("odd", ["soon", "2026-02-30", 5, [], {}])
def test_odd_bounds_of_an_import_are_none(kind: str, odd: Any) -> None:
    schema = question(kind, options={"earliest": odd, "latest": odd})
    type_of(schema).form_field(schema, Sources()).widget.render("q", None)
    FIELD_TYPES[kind].block().to_python(type_of(schema).raw(schema))
