"""Filling in, as a browser does it: nothing typed is ever lost, nothing is sent twice."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport
from forms.submissions.filling import fill_in
from forms.submissions.models import Submission, SubmissionFile, SubmissionVersion
from forms.submissions.views import filling
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import Sides, report_in, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(user)
    return client


def address(found: Sides) -> str:
    """Where the report is filled in."""
    return reverse("submissions:fill", args=[found.expected.pk])


def page(action: str = "save", *, revision: int = 0, key: uuid.UUID | None = None, **typed: Any) -> dict[str, Any]:
    """What the page posts; an empty table."""
    tables = {"problems.-TOTAL_FORMS": "0", "problems.-INITIAL_FORMS": "0"}
    return {"action": action, "revision": revision, "key": key or uuid.uuid4(), **tables, **typed}


def photo(name: str = "现场.txt") -> SimpleUploadedFile:
    """A small text file."""
    return SimpleUploadedFile(name, "现场情况".encode())


def test_the_empty_page_carries_a_fresh_key_and_nothing_is_stored_by_looking() -> None:
    found = sides()
    client = browser(found.reporter)
    first, second = (client.get(address(found)).context["key"] for _ in range(2))
    assert first != second
    assert not Submission.objects.exists()


def test_a_draft_is_saved_and_shown_again_on_another_machine() -> None:
    found = sides()
    response = browser(found.reporter).post(address(found), page(summary="刚写了一半"))
    assert response.status_code == 302
    colleague = person(Role.UNIT_REVIEWER, found.expected.unit)
    shown = browser(colleague).get(address(found))
    assert "刚写了一半" in shown.content.decode()
    assert shown.context["revision"] == 1


def test_a_draft_may_be_incomplete_and_keeps_even_what_is_not_valid() -> None:
    found = sides()
    client = browser(found.reporter)
    assert client.post(address(found), page(people="十几个")).status_code == 302
    assert "十几个" in client.get(address(found)).content.decode()


def test_sending_leads_to_the_report_and_keeps_a_version() -> None:
    found = sides()
    response = browser(found.reporter).post(address(found), page("submit", summary="完成巡查", people="12"))
    assert response["Location"] == reverse("submissions:detail", args=[found.expected.pk])
    version = SubmissionVersion.objects.get()
    assert version.answers == {"summary": "完成巡查", "people": 12}
    assert version.sent_by == found.reporter


def test_a_retried_post_leads_to_the_same_place_and_sends_nothing_twice() -> None:
    found, key = sides(), uuid.uuid4()
    client = browser(found.reporter)
    data = page("submit", key=key, summary="完成巡查")
    first, second = (client.post(address(found), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert SubmissionVersion.objects.count() == 1


@pytest.mark.parametrize("action", ["submit", "save"])
def test_whoever_fills_in_what_was_taken_back_a_moment_ago_is_told_and_loses_nothing(
    action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = sides()

    def taken_back(**given: Any) -> object:
        ExpectedReport.objects.filter(pk=found.expected.pk).delete()
        return fill_in(**given)

    monkeypatch.setattr(filling, "fill_in", taken_back)
    response = browser(found.reporter).post(address(found), page(action, summary="刚写好的小结"))
    assert response.status_code == 409
    body = response.content.decode()
    assert "报送状态已变化" in body
    assert "刚写好的小结" in body
    assert not Submission.objects.exists()


def test_a_report_that_does_not_validate_is_not_sent_and_nothing_is_lost() -> None:
    found = sides()
    client = browser(found.reporter)
    response = client.post(address(found), page("submit", people="不是数字", evidence=photo()))
    assert response.status_code == 422
    body = response.content.decode()
    assert "不是数字" in body
    assert "现场.txt" in body
    assert found.report.state == ReportState.DRAFT
    kept = SubmissionFile.objects.get()
    again = page("submit", revision=response.context["revision"], summary="完成巡查", people="3")
    again["evidence.keep"] = str(kept.pk)
    assert client.post(address(found), again).status_code == 302
    version = SubmissionVersion.objects.get()
    assert version.answers["evidence"][0]["name"] == "现场.txt"
    assert list(version.files.all()) == [kept]


def test_a_file_in_a_row_of_a_table_is_kept_with_its_row() -> None:
    found = sides()
    data = page("submit", summary="发现隐患") | {
        "problems.-TOTAL_FORMS": "1",
        "problems.0.what": "消防通道堵塞",
        "problems.0.photo": photo(),
    }
    response = browser(found.reporter).post(address(found), data)
    assert response.status_code == 302
    (row,) = SubmissionVersion.objects.get().answers["problems"]
    assert row["what"] == "消防通道堵塞"
    assert row["photo"][0]["file"] == str(SubmissionFile.objects.get().pk)


def test_a_file_of_another_report_cannot_be_slipped_in() -> None:
    other = sides()
    browser(other.reporter).post(address(other), page(evidence=photo()))
    foreign = SubmissionFile.objects.get()
    found = sides()
    browser(found.reporter).post(address(found), page("submit", summary="x") | {"evidence.keep": str(foreign.pk)})
    assert "evidence" not in found.report.answers


def test_one_more_row_without_scripts_keeps_what_was_typed() -> None:
    found = sides()
    response = browser(found.reporter).post(address(found), page(summary="写到一半") | {".add_row": "problems"})
    assert response.status_code == 200
    assert "写到一半" in response.content.decode()
    assert found.report.answers["summary"] == "写到一半"


def test_a_conflict_shows_both_and_keeps_what_was_typed() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    mine, theirs = browser(found.reporter), browser(colleague)
    theirs.post(address(found), page(summary="同事写的"))
    response = mine.post(address(found), page(summary="我写的", evidence=photo()))
    assert response.status_code == 409
    body = response.content.decode()
    assert all(text in body for text in ("同事写的", "我写的", "陈晓芳", "现场.txt"))
    assert found.report.answers == {"summary": "同事写的"}
    kept = mine.post(address(found), page(revision=response.context["revision"], summary="两人合写的"))
    assert kept.status_code == 302
    assert found.report.answers == {"summary": "两人合写的"}


def test_what_is_typed_while_a_colleague_sends_is_shown_but_changes_nothing() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    browser(colleague).post(address(found), page("submit", summary="同事报送的"))
    response = browser(found.reporter).post(address(found), page("submit", summary="我写的"))
    assert response.status_code == 409
    assert "我写的" in response.content.decode()
    assert response.context["still_open"] is False
    assert SubmissionVersion.objects.get().answers == {"summary": "同事报送的"}


def test_the_reason_for_returning_stands_above_the_form() -> None:
    found = report_in(ReportState.RETURNED)
    assert "请补充救助人次。" in browser(found.reporter).get(address(found)).content.decode()


def test_a_sent_report_is_read_and_not_filled_in() -> None:
    found = report_in(ReportState.SUBMITTED)
    response = browser(found.reporter).get(address(found))
    assert response["Location"] == reverse("submissions:detail", args=[found.expected.pk])


def test_after_closing_nothing_is_sent_but_what_was_typed_is_kept() -> None:
    now = timezone.now()
    day = datetime.timedelta(days=1)
    period = PeriodFactory.create(opens_at=now - 9 * day, due_at=now - 2 * day, closes_at=now - day)
    found = sides(ExpectedReportFactory.create(period=period))
    response = browser(found.reporter).post(address(found), page("submit", summary="晚了"))
    assert response.status_code == 409
    assert "晚了" in response.content.decode()
    assert (found.report.state, found.report.answers) == (ReportState.DRAFT, {"summary": "晚了"})


@pytest.mark.parametrize("case", ["not open", "closed", "ended", "never published"])
def test_a_page_that_cannot_be_filled_in_says_so(case: str) -> None:
    found = sides()
    period, requirement = found.expected.period, found.expected.period.requirement
    day, now = datetime.timedelta(days=1), timezone.now()
    if case == "not open":
        period.opens_at = now + day
    if case == "closed":
        period.opens_at, period.due_at, period.closes_at = now - 9 * day, now - 2 * day, now - day
    if case == "ended":
        requirement.state = RequirementState.CLOSED
    period.save()
    requirement.save()
    if case == "never published":
        period.version = None
        period.save()
        requirement.form = requirement.form.add_sibling("right", instance=type(requirement.form)(title="空", slug="e"))
        requirement.save()
    client = browser(found.reporter)
    response = client.get(address(found))
    assert response.status_code == 200
    assert "submissions/not_open.html" in [template.name for template in response.templates]


def test_a_page_tampered_with_is_refused_and_still_shows_what_was_typed() -> None:
    found = sides()
    response = browser(found.reporter).post(address(found), page("submit", summary="写好的") | {"key": "?"})
    assert response.status_code == 409
    assert "写好的" in response.content.decode()
    assert not SubmissionVersion.objects.exists()


def test_who_sends_too_often_is_asked_to_wait_and_loses_nothing(settings: Any) -> None:
    settings.PORTAL_SUBMIT_RATE = "1/d"
    found, other, key = sides(), sides(), uuid.uuid4()
    client = browser(found.reporter)
    data = page("submit", key=key, summary="完成")
    assert client.post(address(found), data).status_code == 302
    assert client.post(address(found), data).status_code == 302, "a repeated sending is not a new one"
    second = sides(ExpectedReportFactory.create(unit=found.expected.unit))
    limited = client.post(address(second), page("submit", summary="第二份"))
    assert limited.status_code == 429
    assert "第二份" in limited.content.decode()
    assert not Submission.objects.filter(pk=second.expected.pk).exists()
    assert browser(other.reporter).post(address(other), page("submit", summary="别人")).status_code == 302


def test_forged_posts_are_refused() -> None:
    found = sides()
    client = Client(enforce_csrf_checks=True)
    client.force_login(found.reporter)
    assert client.post(address(found), page("submit", summary="x")).status_code == 403


def test_the_report_page_shows_answers_history_and_any_version() -> None:
    found = report_in(ReportState.RETURNED)
    url = reverse("submissions:detail", args=[found.expected.pk])
    client = browser(found.reporter)
    client.post(address(found), page("submit", revision=found.report.revision, summary="补充后的内容"))
    newest = client.get(url).content.decode()
    assert "补充后的内容" in newest
    assert "请补充救助人次。" in newest
    assert ANSWERS["summary"] in client.get(url, {"version": 1}).content.decode()
    assert client.get(url, {"version": 9}).status_code == 404


def test_reviewers_read_what_was_sent_not_what_is_being_mended() -> None:
    found = report_in(ReportState.RETURNED)
    browser(found.reporter).post(address(found), page(revision=found.report.revision, summary="还没改好"))
    url = reverse("submissions:detail", args=[found.expected.pk])
    assert "还没改好" in browser(found.reporter).get(url).content.decode()
    reviewer = browser(found.coordinator).get(url).content.decode()
    assert "还没改好" not in reviewer
    assert str(ANSWERS["summary"]) in reviewer


def test_a_reviewer_returns_with_a_reason_and_accepts_what_comes_back() -> None:
    found = report_in(ReportState.SUBMITTED)
    client, pk = browser(found.coordinator), found.expected.pk
    empty = client.post(reverse("submissions:return", args=[pk]), {"version": 1, "reason": " "})
    assert empty.status_code == 422
    client.post(reverse("submissions:return", args=[pk]), {"version": 1, "reason": "请补充照片。"})
    assert found.report.reason == "请补充照片。"
    browser(found.reporter).post(address(found), page("submit", revision=found.report.revision, summary="补好了"))
    client.post(reverse("submissions:accept", args=[pk]), {"version": 1})
    assert found.report.state == ReportState.SUBMITTED, "that version was not the newest any more"
    client.post(reverse("submissions:accept", args=[pk]), {"version": 2})
    assert found.report.state == ReportState.ACCEPTED


def test_a_decision_without_a_version_changes_nothing() -> None:
    found = report_in(ReportState.SUBMITTED)
    response = browser(found.coordinator).post(reverse("submissions:accept", args=[found.expected.pk]), {})
    assert response.status_code == 422
    assert found.report.state == ReportState.SUBMITTED
