"""The calendar that holds, and the screens on which administrators set it."""

import datetime

import pytest
from django.test import Client

from portal.audit.models import AuditEvent
from portal.calendars.enums import DayKind, LengthUnit, Source
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.rules import Limit
from portal.calendars.services import arrange_day, enter_notice, release_day, work_calendar
from portal.units.enums import Role
from tests.factories.units import person
from tests.unit.calendars.test_notices import NOTICE_2026

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime.date(2027, 1, 1)
ADDRESS = "/admin/working-days/"
NOTICE_2027 = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。"
)


def signed_in(role: Role) -> Client:
    """A browser of somebody with this role, in Chinese."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person(role))
    return client


def test_without_any_row_the_notices_since_2004_hold() -> None:
    assert work_calendar().is_worked(datetime.date(2020, 10, 10))
    assert not work_calendar().is_worked(datetime.date(2020, 10, 8))


def test_a_notice_makes_a_year_certain_and_is_entered_as_a_whole() -> None:
    user = person(Role.ADMINISTRATOR)
    enter_notice(user=user, year=2027, notice="甲号", days={NEW_YEAR: (DayKind.HOLIDAY, "元旦")})
    assert work_calendar().fact(NEW_YEAR).source == Source.ENTERED
    enter_notice(user=user, year=2027, notice="乙号", days={NEW_YEAR.replace(day=4): (DayKind.HOLIDAY, "元旦")})
    known = work_calendar()
    assert known.is_worked(NEW_YEAR)
    assert not known.reckon(datetime.date(2026, 12, 31), Limit(2, LengthUnit.WORKING_DAYS)).is_estimate
    assert CalendarYear.objects.get().notice == "乙号"
    assert AuditEvent.objects.filter(summary="calendar.notice").count() == 2


def test_a_day_that_the_city_sets_outlives_the_notice_and_can_be_taken_back() -> None:
    user = person(Role.ADMINISTRATOR)
    own = arrange_day(user=user, day=NEW_YEAR, kind=DayKind.WORKED, name="值班")
    enter_notice(user=user, year=2027, notice="甲号", days={NEW_YEAR: (DayKind.HOLIDAY, "元旦")})
    assert work_calendar().is_worked(NEW_YEAR)
    release_day(user=user, arranged=own)
    assert not CalendarDay.objects.filter(is_of_notice=False).exists()


def test_the_calendar_takes_two_queries(django_assert_num_queries: object) -> None:
    arrange_day(user=person(Role.ADMINISTRATOR), day=NEW_YEAR, kind=DayKind.WORKED, name="值班")
    with django_assert_num_queries(2):  # type: ignore[operator]
        work_calendar()


def test_an_administrator_pastes_a_notice_sees_its_days_and_stores_them() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert "估算" in client.get(f"{ADDRESS}2027/").content.decode()
    typed = {"year": 2027, "notice": "国办发明电〔2026〕9号", "text": NOTICE_2027}
    looked = client.post(f"{ADDRESS}notice/", typed)
    assert "2027-05-08 星期六" in looked.content.decode()
    assert not CalendarYear.objects.exists()  # so far it was only read
    assert client.post(f"{ADDRESS}notice/", typed | {"store": "1"})["Location"] == f"{ADDRESS}2027/"
    assert CalendarDay.objects.count() == 9
    assert "国办发明电〔2026〕9号" in client.get(f"{ADDRESS}2027/").content.decode()


@pytest.mark.parametrize("text", [NOTICE_2026, "没有任何日子的文字", "一、元旦：1月1日（周五）放假，共3天。"])
def test_a_text_that_cannot_be_right_is_said_beside_it_and_kept(text: str) -> None:
    answer = signed_in(Role.ADMINISTRATOR).post(
        f"{ADDRESS}notice/", {"year": 2027, "notice": "甲号", "text": text, "store": "1"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]
    assert text.splitlines()[0] in answer.content.decode()
    assert not CalendarYear.objects.exists()


def test_single_days_are_arranged_and_taken_back_on_the_page() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    wrong = client.post(f"{ADDRESS}2027/arrange/", {"day": "2027-02-30", "kind": "holiday", "name": "市庆"})
    assert wrong.status_code == 422
    assert "2027-02-30" in wrong.content.decode()
    client.post(f"{ADDRESS}2027/arrange/", {"day": "2027-03-03", "kind": "holiday", "name": "市庆"})
    assert "市庆" in client.get(f"{ADDRESS}2027/").content.decode()
    client.post(f"{ADDRESS}days/{CalendarDay.objects.get().pk}/release/")
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("address", ["notice/", "2027/arrange/"])
def test_only_administrators_change_it(address: str) -> None:
    answer = signed_in(Role.COORDINATOR).post(ADDRESS + address, {"day": "2027-03-03", "kind": "holiday", "name": "x"})
    assert answer.status_code in (302, 403)
    assert not CalendarDay.objects.exists()
    assert signed_in(Role.COORDINATOR).get(ADDRESS).status_code == 200


@pytest.mark.parametrize("year", [2003, 2101])
def test_years_that_nobody_counts_in_are_not_found(year: int) -> None:
    assert signed_in(Role.ADMINISTRATOR).get(f"{ADDRESS}{year}/").status_code == 404
