"""Nil reports: nothing to report is a report."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.progress import tallies
from forms.submissions.errors import KeyTakenError, ReasonMissingError, ReportRefusedError, WrongStateError
from forms.submissions.models import SubmissionVersion
from forms.submissions.nil import report_nothing
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft
from forms.submissions.signing import sign_off
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory
from tests.factories.submissions import Sides, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def nil_allowed(**fields: bool) -> Sides:
    """A report that may be a nil report."""
    asked = {f"period__requirement__{name}": value for name, value in {"allows_nil": True, **fields}.items()}
    return sides(ExpectedReportFactory.create(**asked))


def nothing(found: Sides, note: str = "本周无巡查发现", revision: int = 0, key: uuid.UUID | None = None) -> None:
    """The reporter sends a nil report."""
    report_nothing(user=found.reporter, expected=found.expected, note=note, revision=revision, key=key or uuid.uuid4())


def test_a_nil_report_arrives_and_counts_like_any_other() -> None:
    found = nil_allowed()
    nothing(found)
    version = SubmissionVersion.objects.get()
    assert (version.answers, version.nil_note) == ({}, "本周无巡查发现")
    tally = tallies(ExpectedReport.objects.all(), now=timezone.now())[found.expected.period_id]
    assert (tally.completeness.part, tally.timeliness.part, tally.expected) == (1, 1, 1)
    accept(user=found.coordinator, submission=found.report, version=1)


def test_the_same_key_sends_one_nil_report() -> None:
    found, key = nil_allowed(), uuid.uuid4()
    nothing(found, key=key)
    nothing(found, key=key)
    assert SubmissionVersion.objects.count() == 1
    other = nil_allowed()
    with pytest.raises(KeyTakenError):
        nothing(other, key=key)


def test_a_nil_report_needs_a_few_words_and_a_requirement_that_takes_it() -> None:
    with pytest.raises(ReasonMissingError):
        nothing(nil_allowed(), note="  ")
    with pytest.raises(WrongStateError):
        nothing(nil_allowed(allows_nil=False))


def test_a_draft_is_there_again_when_a_nil_report_comes_back() -> None:
    found = nil_allowed()
    save_draft(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0)
    nothing(found, revision=1)
    assert SubmissionVersion.objects.get().answers == {}
    return_report(user=found.coordinator, submission=found.report, version=1, reason="应有数据")
    assert found.report.answers == ANSWERS
    save_draft(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=found.report.revision)
    assert found.report.nil_note == ""


def test_a_nil_report_is_signed_off_where_reports_are() -> None:
    found = nil_allowed(needs_sign_off=True)
    nothing(found)
    assert found.report.report_state == ReportState.SIGN_OFF
    reviewer = person(Role.UNIT_REVIEWER, found.expected.unit)
    sign_off(user=reviewer, submission=found.report, revision=found.report.revision)
    assert SubmissionVersion.objects.get().nil_note


def test_the_hash_of_a_nil_report_depends_on_what_it_says() -> None:
    one, other = nil_allowed(), nil_allowed()
    nothing(one, note="甲")
    nothing(other, note="乙")
    assert len(set(SubmissionVersion.objects.values_list("content_hash", flat=True))) == 2


def test_on_the_page_it_takes_one_line_and_is_read_as_such() -> None:
    found = nil_allowed()
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(found.reporter)
    number = found.expected.pk
    page = client.get(f"/reports/{number}/fill/")
    assert "无事项报送" in page.content.decode()
    typed = {"key": str(page.context["key"]), "revision": "0", "note": ""}
    refused = client.post(f"/reports/{number}/nil/", typed, follow=True)
    assert [str(one) for one in refused.context["messages"]]
    sent = client.post(f"/reports/{number}/nil/", typed | {"note": "本周无巡查发现"}, follow=True)
    assert "本周无巡查发现" in sent.content.decode()
    assert found.report.report_state == ReportState.SUBMITTED


def test_a_stranger_sends_no_nil_report() -> None:
    found = nil_allowed()
    with pytest.raises(ReportRefusedError):
        report_nothing(user=person(Role.REPORTER), expected=found.expected, note="无", revision=0, key=uuid.uuid4())
