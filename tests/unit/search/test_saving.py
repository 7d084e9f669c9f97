"""Saved searches: one key for one question, and when alerts are due."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars.enums import DayKind, Source
from portal.calendars.rules import Arranged, WorkCalendar
from search.engines.base import Sort
from search.parameters import CHOSEN, Asked
from search.saving.enums import Cadence
from search.saving.rules import free_name, key_of, name_key_of, next_alert

BEIJING = ZoneInfo("Asia/Shanghai")
words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
questions = st.builds(
    Asked,
    text=st.lists(words, max_size=4).map(" ".join),
    chosen=st.dictionaries(
        st.sampled_from(CHOSEN), st.lists(words, min_size=1, max_size=4, unique=True).map(tuple), max_size=4
    ),
    sort=st.sampled_from(Sort),
    complete=st.booleans(),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    page=st.integers(1, 500),
)


def _read(address: str) -> Asked:
    return Asked.from_parameters(QueryDict(address.removeprefix("?")))


@given(asked=questions, chance=st.randoms(use_true_random=False), blanks=st.sampled_from([" ", "  ", "\u3000", "\t "]))
def test_one_question_has_one_key_however_its_address_was_written(asked: Asked, chance: object, blanks: str) -> None:
    pairs = [pair for pair in asked.address().removeprefix("?").split("&") if not pair.startswith("q=")]
    chance.shuffle(pairs)  # type: ignore[attr-defined]
    parameters = QueryDict("&".join([*pairs, *pairs[:1], "utm=1"]), mutable=True)
    parameters["q"] = f"{blanks}{asked.text.replace(' ', blanks)}{blanks}"
    assert key_of(Asked.from_parameters(parameters)) == key_of(asked)


@given(one=questions, other=questions)
def test_different_questions_have_different_keys(one: Asked, other: Asked) -> None:
    assert (key_of(one) == key_of(other)) == (one.normalised() == other.normalised())


@given(asked=questions)
def test_the_one_spelling_is_read_as_itself_and_stays_as_it_is(asked: Asked) -> None:
    spelt = asked.normalised()
    assert spelt.normalised() == spelt == _read(spelt.address())


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("cadence", "after", "due"),
    [
        (Cadence.DAILY, "2026-06-03T07:59", "2026-06-03T08:00"),
        (Cadence.DAILY, "2026-06-03T08:00", "2026-06-04T08:00"),
        (Cadence.DAILY, "2026-06-05T12:00", "2026-06-08T08:00"),  # a Friday: on Monday
        (Cadence.WEEKLY, "2026-06-03T12:00", "2026-06-08T08:00"),
        (Cadence.WEEKLY, "2026-06-08T07:00", "2026-06-08T08:00"),
        (Cadence.WEEKLY, "2026-06-08T08:00", "2026-06-16T08:00"),  # the Monday after is a holiday here: on Tuesday
    ],
)
def test_alerts_go_out_at_eight_on_working_days(cadence: Cadence, after: str, due: str) -> None:
    holiday = Arranged(DayKind.HOLIDAY, "节", Source.ENTERED)
    calendar = WorkCalendar({datetime.date(2026, 6, 15): holiday}, {2026})
    assert next_alert(cadence, _at(after), calendar, BEIJING) == _at(due)


@pytest.mark.parametrize("cadence", [Cadence.NONE, Cadence.AT_ONCE])
def test_other_cadences_have_no_next_instant(cadence: Cadence) -> None:
    assert next_alert(cadence, _at("2026-06-03T12:00"), WorkCalendar({}, set()), BEIJING) is None


@given(
    name=st.text(min_size=1, max_size=30), others=st.lists(st.text(min_size=1, max_size=30)), number=st.integers(0, 4)
)
def test_a_free_name_fits_and_is_nobody_s(name: str, others: list[str], number: int) -> None:
    taken = {name_key_of(other) for other in others}
    for _ in range(number):
        found = free_name(name, taken, 30)
        assert len(found) <= 30
        assert name_key_of(found) not in taken
        taken.add(name_key_of(found))
