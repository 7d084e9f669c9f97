"""Results as a file."""

import csv
import datetime
import io
from unittest.mock import patch

import pytest
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import Site

from forms.collection.enums import ReportState
from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from search.engines.base import EngineUnavailableError
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, StandardPageFactory, TrainingPageFactory, restrict
from tests.factories.submissions import report_in
from tests.factories.units import person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

EXPORT = "/search/export/"


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _csv(client: Client, **parameters: str) -> list[dict[str, str]]:
    response = client.get(EXPORT, {**parameters, "format": "csv"})
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_what_is_shown_stands_in_the_file_with_its_particulars() -> None:
    policy = PolicyPageFactory(
        title="救助管理办法",
        doc_number="民发〔2020〕14号",
        issuers=["民政部"],
        signed_on=datetime.date(2020, 2, 3),
        validity="repealed",
    )
    PolicyPageFactory(title="培训通知")
    settle()
    (row,) = _csv(_as(person(Role.STAFF)), q="救助管理")
    assert row == {
        "标题": "救助管理办法",
        "类型": "政策法规",
        "发文字号": "民发〔2020〕14号",
        "发文机关": "民政部",
        "日期": "2020-02-03",
        "有效性": "废止",
        "单位": "",
        "报送期": "",
        "地址": f"http://testserver{policy.get_url()}",
    }


def test_the_workbook_says_the_same_and_runs_no_formula() -> None:
    PolicyPageFactory(title="=救助办法", signed_on=datetime.date(2020, 2, 3))
    settle()
    response = _as(person(Role.STAFF)).get(EXPORT, {"q": "救助办法"})
    assert ".xlsx" in response["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    _headings, row = sheet.iter_rows(values_only=True)
    assert row[0] == "'=救助办法"
    assert row[4] == datetime.datetime(2020, 2, 3)
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["E"].width
    assert _csv(_as(person(Role.STAFF)), q="救助办法")[0]["标题"] == "'=救助办法"


def test_everybody_exports_what_they_may_see_and_nothing_else(client: Client) -> None:
    PolicyPageFactory(title="救助办法")
    restrict(PolicyPageFactory(title="救助内部通知"), Role.EDITOR)
    period = PeriodFactory(requirement=RequirementFactory(title="救助小结"), name="六月")
    expected = ExpectedReportFactory(period=period)
    report_in(ReportState.ACCEPTED, expected)
    settle()
    titles = {
        role: {row["标题"].partition(" · ")[0] for row in _csv(_as(person(role)), q="救助")}
        for role in (Role.STAFF, Role.EDITOR, Role.LEADER)
    }
    assert titles == {
        Role.STAFF: {"救助办法"},
        Role.EDITOR: {"救助办法", "救助内部通知"},
        Role.LEADER: {"救助办法", "救助小结"},
    }
    (report,) = (row for row in _csv(_as(person(Role.LEADER)), q="救助") if row["报送期"])
    assert (report["单位"], report["报送期"]) == (str(expected.unit), "六月")
    assert client.get(EXPORT, {"q": "救助"}).status_code == 302


def test_filters_and_order_hold_and_further_pages_are_in_it() -> None:
    for number in range(7):
        PolicyPageFactory(title=f"救助办法{number}", signed_on=datetime.date(2020, 1, 1 + number))
    TrainingPageFactory(title="救助培训")
    settle()
    staff = _as(person(Role.STAFF))
    with patch("search.exporting.AT_ONCE", 3):
        rows = _csv(staff, q="救助", kind="policy", sort="date", page="9")
    assert [row["标题"] for row in rows] == [f"救助办法{number}" for number in reversed(range(7))]
    with patch("search.exporting.AT_ONCE", 3), patch("search.exporting.MOST_ROWS", 6):
        assert len(_csv(staff, q="救助")) == 6


def test_the_log_says_who_took_how_many_away_but_not_what_was_asked() -> None:
    PolicyPageFactory(title="救助办法")
    settle()
    user = person(Role.STAFF)
    _csv(_as(user), q="救助")
    event = AuditEvent.objects.get(summary="search.exported")
    assert (event.user_id, event.details) == (user.pk, {"format": "csv", "rows": 1})


def test_an_address_of_another_site_stays_as_it_is() -> None:
    PolicyPageFactory(title="救助办法")
    elsewhere = StandardPageFactory()
    Site.objects.create(hostname="other.example.org", root_page=elsewhere)
    settle()
    (row,) = _csv(_as(person(Role.STAFF)), q="救助")
    assert row["地址"] == PolicyPage.objects.get().get_url()
    assert row["地址"].count("http") == 1


def test_nothing_asked_for_and_no_engine_lead_back_to_the_page() -> None:
    staff = _as(person(Role.STAFF))
    assert staff.get(EXPORT)["Location"].startswith("/search/")
    with patch("search.exporting.find", side_effect=EngineUnavailableError):
        response = staff.get(EXPORT, {"q": "救助"}, follow=True)
    assert "请稍后再试" in response.content.decode()
