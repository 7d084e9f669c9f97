"""The page of figures: rates and indicators with their tables, what they are made of, and files of them."""

import datetime
import io
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import Requirement
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.models import Indicator
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.files.pdf import can_make_pdf
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")


def asked(user: User, way: str = "reporting:dashboard", *args: Any, **query: str) -> HttpResponseBase:
    client = Client()
    client.force_login(user)
    return client.get(reverse(way, args=args), query)


def page(user: User, way: str = "reporting:dashboard", *args: Any, **query: str) -> str:
    answer = asked(user, way, *args, **query)
    assert answer.status_code == 200
    return answer.content.decode()  # type: ignore[attr-defined]


def rescued(requirement: Requirement, **more: Any) -> Indicator:
    given = {"title": "救助人次合计", "question": "people", "aggregation": Aggregation.SUM, "split": Split.UNIT}
    return Indicator.objects.create(form=requirement.form, requirement=requirement, **{**given, **more})


@pytest.fixture
def requirement() -> Requirement:
    """Three accepted reports, one returned, one that is missing."""
    period = PeriodFactory.create()
    for number in (3, 4, 5):
        report_in(
            ReportState.ACCEPTED, ExpectedReportFactory.create(period=period), {"summary": "甲", "people": number}
        )
    report_in(ReportState.RETURNED, ExpectedReportFactory.create(period=period))
    ExpectedReportFactory.create(period=period)
    return period.requirement


def test_every_figure_stands_in_a_table_with_numerator_denominator_rule_and_time(requirement: Requirement) -> None:
    made = rescued(requirement)
    shown = page(person(Role.LEADER))
    for words in ("3 / 5 = 60 %", "12", "3 项填报之和", "3 / 3", "截至", "已采纳报送中“救助人次”的合计"):
        assert words in shown, words
    assert f'id="indicator-{made.pk}-data"' in shown
    assert shown.count('class="figure-table"') == 3


def test_what_is_hidden_or_not_mine_to_see_is_not_shown(requirement: Requirement) -> None:
    rescued(requirement)
    rescued(requirement, title="暂不展示", is_shown=False)
    assert "暂不展示" not in page(person(Role.LEADER))
    stranger = person(Role.REPORTER)
    assert "救助人次合计" not in page(stranger)
    assert asked(stranger, "reporting:indicator", Indicator.objects.earliest("pk").pk).status_code == 404
    assert asked(person(Role.SUPERVISOR)).status_code == 403


def test_what_is_red_is_named_with_its_reason(requirement: Requirement) -> None:
    shown = page(person(Role.LEADER))
    assert "需要关注：1 个单位" in shown
    assert "退回" in shown


def test_the_reports_behind_a_figure_are_listed_and_lead_to_themselves(requirement: Requirement) -> None:
    made = rescued(requirement)
    leader = person(Role.LEADER)
    shown = page(leader, "reporting:indicator", made.pk)
    assert "3 份已采纳的报送" in shown
    version = requirement.periods.get().expected.earliest("pk").submission.versions.get()
    assert f"{reverse('submissions:detail', args=[version.submission_id])}?version=1" in shown
    unit = version.submission.expected.unit
    only = page(leader, "reporting:indicator", made.pk, unit=str(unit.pk))
    assert "1 份已采纳的报送" in only
    assert "0 份" in page(leader, "reporting:indicator", made.pk, period="999999")


def test_neither_reports_nor_indicators_add_queries(requirement: Requirement) -> None:
    leader = person(Role.LEADER)
    rescued(requirement)
    client = Client()
    client.force_login(leader)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("reporting:dashboard")).status_code == 200
        return len(caught)

    queries()
    few = queries()
    period = PeriodFactory.create()
    for number in range(4):
        report_in(ReportState.ACCEPTED, ExpectedReportFactory.create(period=period), {"people": number})
        rescued(period.requirement, title=f"指标{number}", split=Split.PERIOD if number % 2 else Split.UNIT)
    assert queries() <= few + 1, "a trend asks for the names of its periods"


def test_a_workbook_has_numbers_and_says_when_and_by_which_rule(requirement: Requirement) -> None:
    rescued(requirement, title="=救助/人次")
    leader = person(Role.LEADER)
    answer = asked(leader, export="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))  # type: ignore[attr-defined]
    figures = book[book.sheetnames[2]]
    rows = list(figures.values)
    assert (rows[-1][1], *rows[-1][3:7]) == (12, 12, 3, 3, 3)
    notes = [row[0] for row in book[book.sheetnames[-1]].values]
    assert any("截至" in str(note) for note in notes)
    assert any("已采纳报送中" in str(note) for note in notes)
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.user_id, event.details["format"]) == (leader.pk, "xlsx")


def test_the_workbook_of_the_matrix_says_each_cell_in_words(requirement: Requirement) -> None:
    answer = asked(person(Role.LEADER), "reporting:matrix", export="xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)  # type: ignore[attr-defined]
    assert rows[1][:4] == ("全部单位", 5, 3, 60)
    assert {row[-1] for row in rows[2:]} == {"按时报送，已审核通过", "退回", "未到期"}


@needs_pango
@pytest.mark.parametrize("way", ["reporting:dashboard", "reporting:matrix"])
def test_a_file_to_print_holds_the_same(way: str, requirement: Requirement) -> None:
    rescued(requirement)
    answer = asked(person(Role.LEADER), way, export="pdf")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    pages = pypdfium2.PdfDocument(content)
    text = "".join(pages[number].get_textpage().get_text_range() for number in range(len(pages)))
    assert "3 / 5 = 60 %" in text
    assert "截至" in text
    assert AuditEvent.objects.get(action=AuditAction.EXPORT).details["format"] == "pdf"


def test_a_picture_taken_in_the_browser_is_noted() -> None:
    leader = person(Role.LEADER)
    client = Client()
    client.force_login(leader)
    assert client.post(reverse("reporting:picture"), {"chart": "救助人次"}).status_code == 200
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.details["format"], event.target_label) == ("png", "救助人次")


def test_the_past_says_that_it_was_worked_out_again(requirement: Requirement) -> None:
    yesterday = timezone.localtime() - datetime.timedelta(days=1)
    shown = page(person(Role.LEADER), as_of=yesterday.strftime("%Y-%m-%dT%H:%M"))
    assert "根据报送的办理记录" in shown


# --- composing ---------------------------------------------------------------------------------------------------


def sent(user: User, way: str, *args: Any, **data: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(reverse(way, args=args), data)


def test_an_indicator_is_composed_step_by_step_and_previewed(requirement: Requirement) -> None:
    coordinator = person(Role.COORDINATOR, requirement.owner)
    source = f"r{requirement.pk}"
    first = sent(coordinator, "reporting:new", choose="1", source=source).content.decode()
    assert "救助人次（" in first
    assert 'name="aggregation"' not in first
    second = sent(coordinator, "reporting:new", choose="1", source=source, question="people").content.decode()
    assert "各单位最新值" in second
    assert ">12" in second, "the sum is worked out at once"
    text = sent(coordinator, "reporting:new", choose="1", source=source, question="summary").content.decode()
    assert "填报数量" in text
    assert "平均值" not in text
    given = {"source": source, "question": "people", "aggregation": "average", "split": "period", "is_shown": "on"}
    answer = sent(coordinator, "reporting:new", title="平均救助人次", **given)
    assert answer.status_code == 302
    made = Indicator.objects.get()
    assert (made.requirement, made.aggregation, made.created_by) == (requirement, "average", coordinator)
    assert AuditEvent.objects.filter(action=AuditAction.CREATE, target_type="reporting.indicator").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"question": ""},
        {"question": "nothing"},
        {"aggregation": "share_yes"},
        {"split": "choice"},
        {"source": "r999999"},
        {"source": ""},
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(wrong: dict[str, str], requirement: Requirement) -> None:
    editor = person(Role.EDITOR)
    right = {"title": "甲", "source": f"r{requirement.pk}", "question": "people", "aggregation": "sum", "split": "unit"}
    answer = sent(editor, "reporting:new", **{**right, **wrong})
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert not Indicator.objects.exists()
    assert sent(editor, "reporting:new", **right).status_code == 302


def test_only_those_who_may_compose_do(requirement: Requirement) -> None:
    made = rescued(requirement)
    other = person(Role.COORDINATOR)
    for user in (other, person(Role.LEADER), person(Role.REPORTER)):
        assert sent(user, "reporting:change", made.pk, do="delete").status_code == 403
    for user in (person(Role.EDITOR), person(Role.COORDINATOR, requirement.owner)):
        assert asked(user, "reporting:edit", made.pk).status_code == 200
    assert asked(person(Role.LEADER), "reporting:new").status_code == 403
    assert Indicator.objects.filter(pk=made.pk).exists()


def test_editors_put_indicators_in_order_hide_and_remove_them(requirement: Requirement) -> None:
    editor = person(Role.EDITOR)
    first, second = rescued(requirement, title="甲"), rescued(requirement, title="乙")
    sent(editor, "reporting:change", second.pk, do="up")
    assert list(Indicator.objects.all()) == [second, first]
    sent(editor, "reporting:change", second.pk, do="up")
    sent(editor, "reporting:change", second.pk, do="hide")
    assert list(Indicator.objects.filter(is_shown=True)) == [first]
    sent(editor, "reporting:change", first.pk, do="delete")
    assert Indicator.objects.get() == second
    removed = AuditEvent.objects.get(action=AuditAction.DELETE, target_type="reporting.indicator")
    assert removed.target_label == "甲"


def test_titles_are_text(requirement: Requirement) -> None:
    rescued(requirement, title="</script><script>alert(1)</script>")
    assert "<script>alert(1)" not in page(person(Role.LEADER))


def test_units_without_anything_are_told_what_will_stand_here() -> None:
    assert "还没有数据" in page(person(Role.REPORTER, UnitFactory()))
