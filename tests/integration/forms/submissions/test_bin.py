"""Deleting: who may, what goes, and that it comes back whole."""

import datetime
import uuid
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.submissions.bin.models import Binned
from forms.submissions.bin.services import InTheWayError, bin_report, bin_requirement, empty_bin, restore
from forms.submissions.errors import NotAllowedError, ReasonMissingError, StaleRevisionError, WrongStateError
from forms.submissions.models import Submission, SubmissionFile, SubmissionVersion
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from search.models import OutboxEntry
from tests.factories.collection import ANSWERS, ExpectedReportFactory
from tests.factories.submissions import Sides, send_with_file, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of the rooms of reports, to the microsecond."""
    models = [
        model
        for label in ("collection", "submissions", "reminders")
        for model in apps.get_app_config(label).get_models(True)
    ]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def rich() -> tuple[Sides, Submission]:
    """A report that was sent with a file, returned, sent again and accepted."""
    found = sides()
    send_with_file(found)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充")
    submit(
        user=found.reporter, expected=found.expected, answers=ANSWERS, revision=found.report.revision, key=uuid.uuid4()
    )
    accept(user=found.coordinator, submission=found.report, version=2)
    return found, found.report


def binned(found: Sides, *, now: datetime.datetime | None = None) -> Binned:
    newest = found.report.versions.first()
    assert newest is not None
    return bin_report(
        user=found.coordinator, submission=found.report, version=newest.number, reason="报错单位", now=now
    )


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def test_a_report_comes_back_whole_to_the_last_digit() -> None:
    found, _report = rich()
    before = everything()
    kept = binned(found)
    assert not Submission.objects.exists()
    assert not SubmissionVersion.objects.exists()
    assert not SubmissionFile.objects.exists()
    restore(user=found.coordinator, binned=kept)
    assert everything() == before
    assert not Binned.objects.exists()
    with SubmissionFile.objects.earliest("pk").file.open("rb") as content:
        assert content.read()


def test_the_unit_owes_it_again_and_what_it_then_sends_stands_in_the_way_of_the_old_one() -> None:
    found, _report = rich()
    kept = binned(found)
    assert f"/reports/{found.expected.pk}/fill/" in browser(found.reporter).get("/reports/").text
    save_draft(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0)
    with pytest.raises(InTheWayError):
        restore(user=found.coordinator, binned=kept)
    assert Binned.objects.filter(pk=kept.pk).exists()
    assert found.report.versions.count() == 0


def test_a_requirement_that_nobody_has_answered_goes_with_all_of_it_and_comes_back() -> None:
    found = sides()
    save_draft(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0)
    requirement = found.expected.period.requirement
    before = everything()
    kept = bin_requirement(user=found.coordinator, requirement=requirement, reason="重复下发")
    assert not Requirement.objects.exists()
    assert not ReportingPeriod.objects.exists()
    assert not ExpectedReport.objects.exists()
    restore(user=found.coordinator, binned=kept)
    assert everything() == before


def test_a_requirement_with_a_sent_report_is_refused_and_says_what_to_do() -> None:
    found, _report = rich()
    with pytest.raises(WrongStateError):
        bin_requirement(user=found.coordinator, requirement=found.expected.period.requirement, reason="重复")
    page = browser(found.coordinator).post(
        reverse("bin:requirement", args=[found.expected.period.requirement_id]), {"reason": "重复"}
    )
    assert page.status_code == 422
    assert "已收到 1 份报送" in page.text
    assert "重复" in page.text
    assert Requirement.objects.exists()


def test_a_report_whose_requirement_was_deleted_waits_for_it() -> None:
    found, _report = rich()
    kept = binned(found)
    whole = bin_requirement(user=found.coordinator, requirement=found.expected.period.requirement, reason="重复")
    with pytest.raises(InTheWayError):
        restore(user=found.coordinator, binned=kept)
    restore(user=found.coordinator, binned=whole)
    restore(user=found.coordinator, binned=kept)
    assert Submission.objects.get().accepted_version is not None


@pytest.mark.parametrize("role", [Role.REPORTER, Role.STAFF, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_deleting_is_for_coordinators_of_the_collecting_unit(role: Role) -> None:
    found, report = rich()
    requirement = found.expected.period.requirement
    for somebody in (person(role), person(role, requirement.owner), person(Role.COORDINATOR)):
        with pytest.raises(NotAllowedError):
            bin_report(user=somebody, submission=report, version=2, reason="试试")
        with pytest.raises(NotAllowedError):
            bin_requirement(user=somebody, requirement=requirement, reason="试试")
    kept = binned(found)
    for somebody in (person(role), person(role, requirement.owner), person(Role.COORDINATOR)):
        assert not Binned.objects.visible_to(somebody).exists()
        assert browser(somebody).post(reverse("bin:restore", args=[kept.pk])).status_code in {403, 404}
    assert Binned.objects.filter(pk=kept.pk).exists()


def test_what_was_seen_is_what_is_deleted_and_a_draft_is_not() -> None:
    found, report = rich()
    with pytest.raises(StaleRevisionError):
        bin_report(user=found.coordinator, submission=report, version=1, reason="旧页面")
    with pytest.raises(ReasonMissingError):
        bin_report(user=found.coordinator, submission=report, version=2, reason="  ")
    draft = sides(ExpectedReportFactory.create())
    save_draft(user=draft.reporter, expected=draft.expected, answers=ANSWERS, revision=0)
    with pytest.raises(WrongStateError):
        bin_report(user=draft.coordinator, submission=draft.report, version=1, reason="草稿")


def test_after_thirty_days_it_is_gone_with_its_files(django_capture_on_commit_callbacks: Any) -> None:
    found, _report = rich()
    stored = SubmissionFile.objects.earliest("pk").file
    now = timezone.now()
    binned(found, now=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert empty_bin(now=now + datetime.timedelta(days=29)) == 0
    assert stored.storage.exists(stored.name or "")
    with django_capture_on_commit_callbacks(execute=True):
        assert empty_bin(now=now + datetime.timedelta(days=30)) == 1
        assert empty_bin(now=now + datetime.timedelta(days=30)) == 0
    assert not stored.storage.exists(stored.name or "")
    assert not Binned.objects.exists()


def test_the_index_is_told_and_the_log_keeps_who_and_why() -> None:
    found, report = rich()
    OutboxEntry.objects.all().delete()
    kept = binned(found)
    assert OutboxEntry.objects.filter(object_pk=str(report.pk)).exists()
    logged = AuditEvent.objects.filter(action=AuditAction.DELETE).latest("pk")
    assert (logged.user, logged.details["reason"]) == (found.coordinator, "报错单位")
    OutboxEntry.objects.all().delete()
    restore(user=found.coordinator, binned=kept)
    assert OutboxEntry.objects.filter(object_pk=str(report.pk)).exists()


def test_from_the_report_to_the_bin_and_back_by_clicking() -> None:
    found, _report = rich()
    window = browser(found.coordinator)
    address = reverse("bin:report", args=[found.expected.pk])
    assert address in window.get(f"/reports/{found.expected.pk}/").text
    assert "reason" in window.post(address, {"reason": "", "version": 2}).context["form"].errors
    assert window.post(address, {"reason": "报错单位", "version": 2}).status_code == 302
    page = window.get(reverse("bin:list")).text
    assert "报错单位" in page
    assert "还保留 29 天" in page
    answer = window.post(reverse("bin:restore", args=[Binned.objects.get().pk]))
    assert answer.headers["location"] == f"/reports/{found.expected.pk}/"
    assert address not in browser(found.reporter).get(f"/reports/{found.expected.pk}/").text
