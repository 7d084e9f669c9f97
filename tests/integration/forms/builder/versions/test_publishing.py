"""Publishing: what was seen is what is published; drafts move or keep; nothing is half done."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.builder.models import FormPage
from forms.builder.rendering import build_form
from forms.builder.schema import FormSchema
from forms.builder.versions.obstacles import CannotPublishError
from forms.builder.versions.services import VersionRefusedError, publish_form
from forms.collection.enums import ReportState, RequirementState
from forms.collection.services import close_requirement
from forms.submissions.enums import Step
from forms.submissions.errors import StaleRevisionError
from forms.submissions.files import KEEP_UNSENT, reference, remove_unsent
from forms.submissions.models import Submission, SubmissionEvent, SubmissionFile
from forms.submissions.services import begin, save_draft
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.builder import current, question
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import attach, report_in
from tests.factories.units import person
from tests.integration.forms.builder.versions.drafts import ANSWERS, FORM, NEXT, drafted, in_state, published, seen

pytestmark = pytest.mark.django_db


def test_a_version_is_made_with_its_note_and_who_published_it(page: FormPage, editor: User) -> None:
    done = published(drafted(page), editor)
    assert done.version is not None
    assert (done.version.number, done.version.note, done.version.published_by) == (2, "增加责任人", editor)
    assert done.version.form_schema == NEXT
    page = FormPage.objects.get(pk=page.pk)
    assert page.schema_now == NEXT
    assert not page.has_unpublished_changes


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED])
def test_drafts_and_returned_reports_move_and_keep_their_answers_by_key(
    page: FormPage, editor: User, state: ReportState
) -> None:
    before = in_state(page, state).report
    done = published(drafted(page), editor)
    assert (done.moved, done.periods) == (1, 1)
    after = Submission.objects.get(pk=before.pk)
    assert after.form_version == done.version
    assert after.answers == {"what": "漏电", "level": ["c1"], "rows": [{"c": "鸿港市场"}]}
    assert after.state == state
    assert after.revision == before.revision + 1
    assert (after.updated_by, after.updated_at) == (before.updated_by, before.updated_at)


def test_what_is_not_asked_any_more_stays_readable_in_the_history_of_the_unit(page: FormPage, editor: User) -> None:
    found = in_state(page, ReportState.DRAFT)
    published(drafted(page), editor)
    event = SubmissionEvent.objects.get(step=Step.MOVE)
    assert event.answers == ANSWERS
    assert event.form_version == page.versions.get(number=1)
    client = Client()
    client.force_login(found.reporter)
    text = client.get(f"/reports/{found.expected.pk}/").content.decode()
    assert "夜间" in text
    client.force_login(found.coordinator)
    assert client.get(f"/reports/{found.expected.pk}/").status_code == 404


def test_whoever_opens_a_moved_draft_is_told_until_it_is_saved(page: FormPage, editor: User) -> None:
    found = in_state(page, ReportState.DRAFT)
    client = Client()
    client.force_login(found.reporter)
    address, told = f"/reports/{found.expected.pk}/fill/", "改用第 2 版"
    assert told not in client.get(address).content.decode()
    published(drafted(page), editor)
    text = client.get(address).content.decode()
    assert told in text
    assert f'<a href="/reports/{found.expected.pk}/">办理记录</a>' in text
    report = Submission.objects.get(pk=found.expected.pk)
    answers = {**report.answers, "what": "换了"}
    save_draft(user=found.reporter, expected=found.expected, answers=answers, revision=report.revision)
    assert told not in client.get(address).content.decode()


def test_a_file_that_only_the_history_names_is_not_cleared_away(page: FormPage, editor: User) -> None:
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=page))
    found = report_in(ReportState.DRAFT, ExpectedReportFactory.create(period=period), ANSWERS)
    kept = attach(found)
    answers = {**ANSWERS, "photo": [reference(kept)]}
    save_draft(user=found.reporter, expected=found.expected, answers=answers, revision=1)
    published(drafted(page), editor)
    assert "photo" not in found.report.answers
    remove_unsent(timezone.now() + KEEP_UNSENT + datetime.timedelta(days=1))
    assert SubmissionFile.objects.filter(pk=kept.pk).exists()


def test_a_page_opened_before_the_move_ends_in_the_known_conflict(page: FormPage, editor: User) -> None:
    found = in_state(page, ReportState.DRAFT)
    revision = found.report.revision
    published(drafted(page), editor)
    with pytest.raises(StaleRevisionError):
        save_draft(user=found.reporter, expected=found.expected, answers={"what": "改"}, revision=revision)


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
def test_what_was_sent_keeps_its_version(page: FormPage, editor: User, state: ReportState) -> None:
    before = in_state(page, state).report
    done = published(drafted(page), editor)
    after = Submission.objects.get(pk=before.pk)
    assert done.moved == 0
    assert (after.form_version, after.answers, after.revision) == (before.form_version, ANSWERS, before.revision)


def test_reports_not_begun_are_begun_with_the_new_version_and_moved_ones_can_be_filled_in(
    page: FormPage, editor: User
) -> None:
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=page))
    expected = ExpectedReportFactory.create(period=period)
    done = published(drafted(page), editor)
    begun = begin(user=person(Role.REPORTER, expected.unit), expected=expected)
    assert begun.form_version == done.version
    assert build_form(begun.form_version.form_schema, answers=begun.answers)


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED])
def test_keeping_changes_nothing_for_reports_and_open_periods(page: FormPage, editor: User, state: ReportState) -> None:
    before = in_state(page, state).report
    done = published(drafted(page), editor, move=False)
    after = Submission.objects.get(pk=before.pk)
    assert (done.moved, done.periods) == (0, 0)
    assert (after.form_version, after.answers, after.revision) == (before.form_version, before.answers, before.revision)
    assert before.expected.period.version == after.expected.period.version == page.versions.get(number=1)
    assert not SubmissionEvent.objects.filter(step=Step.MOVE).exists()


def test_ended_requirements_and_closed_periods_are_left_alone(page: FormPage, editor: User) -> None:
    ended = in_state(page, ReportState.DRAFT)
    requirement = ended.expected.period.requirement
    close_requirement(user=ended.coordinator, requirement=requirement)
    assert requirement.state == RequirementState.CLOSED
    now = timezone.now()
    long_ago = {"opens_at": now - datetime.timedelta(days=9), "due_at": now - datetime.timedelta(days=5)}
    closed = PeriodFactory.create(
        requirement=RequirementFactory.create(form=page), closes_at=now - datetime.timedelta(days=1), **long_ago
    )
    done = published(drafted(page), editor)
    assert (done.moved, done.periods) == (0, 0)
    closed.refresh_from_db()
    assert closed.version == page.versions.get(number=1)


def test_moving_is_written_in_the_log_with_numbers_and_without_answers(page: FormPage, editor: User) -> None:
    in_state(page, ReportState.DRAFT)
    published(drafted(page), editor)
    event = AuditEvent.objects.get(summary="form.drafts_moved")
    assert event.user == editor
    assert event.details == {"version": 2, "moved": 1, "periods": 1}


def test_queries_of_moving_do_not_grow_with_the_number_of_drafts(page: FormPage, editor: User) -> None:
    def queries(schema: FormSchema, drafts: int) -> int:
        for _number in range(drafts):
            in_state(page, ReportState.DRAFT)
        stands = seen(drafted(page, schema))
        with CaptureQueriesContext(connection) as found:
            done = publish_form(page=page, user=editor, seen=stands, move=True)
        assert done.moved >= drafts
        return len(found)

    few = queries(NEXT, 1)
    assert queries(replace(NEXT, intro="请据实填写。"), 6) <= few


def test_a_draft_changed_meanwhile_is_not_published_unseen(page: FormPage, editor: User) -> None:
    stands = seen(drafted(page))
    drafted(page, replace(NEXT, title="另一张表"))
    with pytest.raises(VersionRefusedError):
        publish_form(page=page, user=editor, seen=stands)
    assert page.versions.count() == 1


def test_of_two_editors_who_publish_at_once_the_second_is_told_by_whom_it_was_done(
    page: FormPage, editor: User
) -> None:
    stands = seen(drafted(page))
    other = person(Role.EDITOR)
    publish_form(page=page, user=other, seen=stands)
    with pytest.raises(VersionRefusedError, match=other.name):
        publish_form(page=page, user=editor, seen=stands)
    assert page.versions.count() == 2


def test_nothing_is_published_where_moving_fails(page: FormPage, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    in_state(page, ReportState.DRAFT)
    page = drafted(page)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("forms.submissions.moving.carried", fail)
    with pytest.raises(RuntimeError):
        published(page, editor)
    page = FormPage.objects.get(pk=page.pk)
    assert page.versions.count() == 1
    assert page.schema_now == FORM
    assert Submission.objects.get().form_version == current(page)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER, Role.AUDITOR, Role.STAFF])
def test_whoever_may_not_publish_in_wagtail_may_not_here(page: FormPage, role: Role) -> None:
    page = drafted(page)
    with pytest.raises(VersionRefusedError):
        published(page, person(role))


def test_a_form_locked_by_somebody_else_is_not_published(page: FormPage, editor: User) -> None:
    page = drafted(page)
    FormPage.objects.filter(pk=page.pk).update(locked=True, locked_by=person(Role.EDITOR), locked_at=timezone.now())
    with pytest.raises(VersionRefusedError):
        published(page, editor)


def test_a_type_that_would_make_answers_unreadable_is_refused_in_words_and_nothing_is_written(
    page: FormPage, editor: User
) -> None:
    in_state(page, ReportState.ACCEPTED)
    page = drafted(page, replace(FORM, fields=(question("number", "what", "问题"), *FORM.fields[1:])))
    with pytest.raises(CannotPublishError) as refusal:
        published(page, editor)
    assert "问题" in refusal.value.messages[0]
    assert page.versions.count() == 1
