"""The ladder of reminders: which rung, when, to whom."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.collection.enums import ReportState
from forms.collection.reminders.enums import Rung
from forms.collection.reminders.rules import LADDER, Due, Owed, audience, due_now, ladder, may_go_out
from forms.collection.rules import Window
from portal.calendars.hours import BEGINS, is_working_time, next_working_time
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import WorkCalendar
from portal.units.enums import Role

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(published_days(), published_years())
DAY = datetime.timedelta(days=1)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def owed(opens: str, due: str, *, closes: str = "", returned: str = "", state: ReportState | None = None) -> Owed:
    window = Window(at(opens), at(due), at(closes) if closes else None)
    return Owed(window, state, at(returned) if returned else None)


def now_due(report: Owed, now: str, done: tuple[str, ...] = ()) -> Due:
    return due_now(report, done, now=at(now), calendar=CALENDAR, zone=ZONE)


def sent(report: Owed, now: str, *done: str) -> Rung | None:
    found = now_due(report, now, done).send
    return found.rung if found else None


ORDINARY = owed("2020-08-03 09:00", "2020-08-21 17:30")  # a Monday, a Friday


def test_an_ordinary_report_has_every_rung_at_its_time() -> None:
    assert [(one.rung, one.at) for one in ladder(ORDINARY, CALENDAR, ZONE)] == [
        (Rung.OPENING, at("2020-08-03 09:00")),
        (Rung.DAYS_BEFORE, at("2020-08-18 09:00")),
        (Rung.WORKDAY_BEFORE, at("2020-08-20 09:00")),
        (Rung.DUE, at("2020-08-21 09:00")),
        (Rung.OVERDUE_1, at("2020-08-22 09:00")),
        (Rung.OVERDUE_3, at("2020-08-24 09:00")),
        (Rung.OVERDUE_7, at("2020-08-28 09:00")),
    ]


def test_the_working_day_before_is_counted_by_the_calendar() -> None:
    after_the_holiday = owed("2020-09-01 09:00", "2020-10-09 17:30")
    planned = {one.rung: one.at for one in ladder(after_the_holiday, CALENDAR, ZONE)}
    assert planned[Rung.WORKDAY_BEFORE] == at("2020-09-30 09:00")


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        ("2020-08-03 08:59", None),
        ("2020-08-03 09:00", Rung.OPENING),
        ("2020-08-21 09:00", Rung.DUE),
        ("2020-08-22 09:00", None),  # a Saturday
        ("2020-08-23 23:00", None),
        ("2020-08-24 09:00", Rung.OVERDUE_3),  # Monday: the day's own rung, not Saturday's as well
    ],
)
def test_what_goes_out_is_the_latest_rung_and_in_working_time(now: str, rung: Rung | None) -> None:
    assert sent(ORDINARY, now) == rung


def test_after_a_weeks_pause_one_reminder_goes_out_and_the_others_are_noted() -> None:
    due = now_due(ORDINARY, "2020-08-25 10:00", (Rung.OPENING,))
    assert due.send is not None
    assert due.send.rung == Rung.OVERDUE_3
    assert [one.rung for one in due.skip] == [Rung.DAYS_BEFORE, Rung.WORKDAY_BEFORE, Rung.DUE, Rung.OVERDUE_1]


def test_what_is_due_before_the_next_working_morning_is_reminded_of_on_a_day_off_by_day() -> None:
    sunday = owed("2020-08-03 09:00", "2020-08-23 17:00")
    done = (Rung.OPENING, Rung.DAYS_BEFORE, Rung.WORKDAY_BEFORE)
    assert sent(sunday, "2020-08-23 07:00", *done) is None
    assert sent(sunday, "2020-08-23 09:00", *done) == Rung.DUE


def test_what_is_due_before_breakfast_is_reminded_of_at_night() -> None:
    early = owed("2020-08-22 02:00", "2020-08-22 08:00")
    assert sent(early, "2020-08-22 02:00") == Rung.OPENING


def test_nothing_is_said_of_a_period_that_takes_no_reports_any_more() -> None:
    closed = owed("2020-08-03 09:00", "2020-08-21 17:30", closes="2020-08-23 17:30")
    assert sent(closed, "2020-08-24 09:00", Rung.OPENING) is None


def test_a_returned_report_is_reminded_of_after_its_return_and_not_of_what_was_before() -> None:
    report = owed("2020-08-03 09:00", "2020-08-21 17:30", returned="2020-08-26 10:00", state=ReportState.RETURNED)
    assert sent(report, "2020-08-26 10:05", Rung.OPENING) is None
    assert sent(report, "2020-08-27 09:00", Rung.OPENING) == Rung.OVERDUE_1
    assert sent(report, "2020-09-02 09:00", Rung.OPENING) == Rung.OVERDUE_7


def test_a_second_return_begins_anew() -> None:
    first = owed("2020-08-03 09:00", "2020-08-21 17:30", returned="2020-08-26 10:00", state=ReportState.RETURNED)
    second = owed("2020-08-03 09:00", "2020-08-21 17:30", returned="2020-09-07 10:00", state=ReportState.RETURNED)
    done = {one.key for one in ladder(first, CALENDAR, ZONE)}
    found = due_now(second, done, now=at("2020-09-08 09:00"), calendar=CALENDAR, zone=ZONE)
    assert found.send is not None
    assert found.send.rung == Rung.OVERDUE_1


def test_a_report_returned_before_it_is_due_keeps_its_days() -> None:
    report = owed("2020-08-03 09:00", "2020-08-21 17:30", returned="2020-08-19 10:00", state=ReportState.RETURNED)
    assert [one.rung for one in ladder(report, CALENDAR, ZONE)][:2] == [Rung.WORKDAY_BEFORE, Rung.DUE]


def test_a_returned_report_may_be_sent_after_closing_and_is_reminded_of() -> None:
    report = owed("2020-08-03 09:00", "2020-08-21 17:30", closes="2020-08-21 18:00", returned="2020-08-26 10:00")
    assert sent(report, "2020-08-27 09:00") == Rung.OVERDUE_1


PEOPLE = {Role.REPORTER: [1, 2], Role.UNIT_REVIEWER: [3], Role.LEADER: [4], Role.COORDINATOR: [9]}


@pytest.mark.parametrize(
    ("rung", "told"),
    [
        (Rung.OPENING, (1, 2)),
        (Rung.WORKDAY_BEFORE, (1, 2)),
        (Rung.DUE, (1, 2, 3)),
        (Rung.OVERDUE_1, (1, 2, 3)),
        (Rung.OVERDUE_3, (1, 2, 3, 4)),
        (Rung.OVERDUE_7, (1, 2, 3, 4)),
    ],
)
def test_the_later_the_further_up(rung: Rung, told: tuple[int, ...]) -> None:
    assert audience(rung, None, PEOPLE) == told


def test_what_waits_to_be_signed_off_waits_for_the_reviewer() -> None:
    assert audience(Rung.DAYS_BEFORE, ReportState.SIGN_OFF, PEOPLE) == (3,)
    assert audience(Rung.OVERDUE_3, ReportState.SIGN_OFF, PEOPLE) == (3, 4)


def test_where_nobody_has_the_role_the_next_one_up_is_told_once() -> None:
    assert audience(Rung.OPENING, None, {Role.UNIT_REVIEWER: [3]}) == (3,)
    assert audience(Rung.DUE, None, {Role.LEADER: [4]}) == (4,)
    assert audience(Rung.OPENING, None, {Role.COORDINATOR: [9]}) == ()


# --- Properties -----------------------------------------------------------------------------------------------------

instants = st.datetimes(datetime.datetime(2019, 11, 1), datetime.datetime(2021, 3, 1), timezones=st.just(ZONE))
lengths = st.timedeltas(datetime.timedelta(minutes=1), datetime.timedelta(days=60))


@st.composite
def reports(draw: st.DrawFn) -> Owed:
    opens = draw(instants)
    due = opens + draw(lengths)
    closes = draw(st.none() | lengths.map(lambda length: due + length))
    returned = draw(st.none() | lengths.map(lambda length: opens + length))
    return Owed(Window(opens, due, closes), ReportState.RETURNED if returned else None, returned)


@given(reports(), st.lists(lengths, max_size=12))
def test_whenever_the_job_runs_no_rung_goes_out_twice_none_after_a_later_one_and_none_at_night(
    report: Owed, pauses: list[datetime.timedelta]
) -> None:
    now, done, rungs = report.window.opens_at - DAY, set[str](), list[Rung]()
    for pause in pauses:
        now += pause
        due = due_now(report, done, now=now, calendar=CALENDAR, zone=ZONE)
        for one in (*due.skip, *((due.send,) if due.send else ())):
            assert one.key not in done
            assert one.at <= now
            done.add(one.key)
        if due.send:
            rungs.append(due.send.rung)
            quiet = not is_working_time(now, CALENDAR, ZONE)
            assert not quiet or now < report.window.due_at < next_working_time(now, CALENDAR, ZONE)
        assert due_now(report, done, now=now, calendar=CALENDAR, zone=ZONE) == Due()
    order = [step.rung for step in LADDER]
    if report.returned_at is None:
        assert rungs == sorted(rungs, key=order.index)


@given(reports())
def test_a_job_that_always_runs_sends_or_leaves_out_every_rung(report: Owed) -> None:
    planned = ladder(report, CALENDAR, ZONE)
    done = set[str]()
    for one in planned:
        now = next_working_time(one.at, CALENDAR, ZONE)
        due = due_now(report, done, now=now, calendar=CALENDAR, zone=ZONE)
        done.update(found.key for found in (*due.skip, *((due.send,) if due.send else ())))
    ends = report.may_still_be_sent_until
    reachable = {one.key for one in planned if ends is None or next_working_time(one.at, CALENDAR, ZONE) <= ends}
    assert reachable <= done


@given(instants, lengths)
def test_only_what_could_not_wait_goes_out_outside_working_time_and_that_always_does(
    now: datetime.datetime, left: datetime.timedelta
) -> None:
    due, morning = now + left, next_working_time(now, CALENDAR, ZONE)
    if may_go_out(now, due, CALENDAR, ZONE):
        assert morning == now or due < morning
    if now < due < morning:
        nines = (datetime.datetime.combine(now.date() + DAY * n, BEGINS, ZONE) for n in range((due - now).days + 2))
        chances = [now, *(nine for nine in nines if now <= nine < due)]
        assert any(may_go_out(chance, due, CALENDAR, ZONE) for chance in chances)
