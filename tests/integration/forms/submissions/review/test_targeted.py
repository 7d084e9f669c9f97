"""A return with marks: only what is marked can be mended, whichever way answers come, and the clock stood still."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.progress import tallies
from forms.submissions.bin.services import bin_report, restore
from forms.submissions.errors import LockedAnswersError, ReasonMissingError, ReportRefusedError
from forms.submissions.filling import Outcome, Posted, fill_in
from forms.submissions.models import SubmissionEvent
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.commenting import comment
from forms.submissions.review.models import Comment, Mark, Return
from forms.submissions.review.remarks import returned_context
from forms.submissions.review.returning import writable_now
from forms.submissions.review.services import return_report, widen
from forms.submissions.services import save_draft, submit
from forms.submissions.todo import todo_list
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for, report_in, send, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db

FORM = FormSchema(
    "进展",
    fields=(
        question("long_text", "summary", "工作情况", required=True),
        question("integer", "people", "救助人次"),
        table_of(question("text", "what", "问题"), question("integer", "n", "数量"), key="list", label="问题清单"),
    ),
)
ANSWERS: dict[str, Any] = {
    "summary": "已部署。",
    "people": 12,
    "list": [{"what": "占道", "n": 1}, {"what": "照明", "n": 2}],
}
MARKS = {"people": "与上期相差太大", "list.1.n": "请核对"}


@pytest.fixture
def found() -> Sides:
    """A report that came back with two marks."""
    back = asked_for(FORM)
    send(back, ANSWERS)
    return_report(user=back.coordinator, submission=back.report, version=1, marks=MARKS)
    return back


def fill(found: Sides, **typed: Any) -> Any:
    """Post the page as a browser that knows of no restriction."""
    rows = {f"list.{number}.{key}": cell for number, row in enumerate(ANSWERS["list"]) for key, cell in row.items()}
    usual = {"summary": "已部署。", "people": "12", "list.-TOTAL_FORMS": "2", "list.-INITIAL_FORMS": "0", **rows}
    data = {**usual, **typed}
    posted = Posted(data, None, found.report.revision, uuid.uuid4(), sending=True)
    return fill_in(user=found.reporter, expected=found.expected, posted=posted, now=timezone.now())


def test_the_marks_stay_on_record_with_who_and_why(found: Sides) -> None:
    returned = Return.objects.get()
    assert returned.version.number == 1
    assert dict(returned.marks.values_list("path", "reason")) == MARKS
    assert set(returned.marks.values_list("by", flat=True)) == {found.coordinator.pk}
    assert (
        found.report.reason == "救助人次: 与上期相差太大\n问题清单, row 2, 数量: 请核对"
        or "救助人次" in found.report.reason
    )


def test_what_is_marked_can_be_mended_and_sent(found: Sides) -> None:
    filled = fill(found, people="21", **{"list.1.n": "3"})
    assert filled.outcome == Outcome.SENT
    sent = found.report.versions.first()
    assert sent is not None
    assert sent.answers == {**ANSWERS, "people": 21, "list": [ANSWERS["list"][0], {"what": "照明", "n": 3}]}


def test_what_is_not_marked_is_refused_and_the_rest_is_kept(found: Sides) -> None:
    filled = fill(found, people="21", summary="改写", **{"list.0.n": "9"})
    assert filled.outcome == Outcome.REFUSED
    assert [(one.label, one.row, one.typed) for one in filled.form.attempts] == [
        ("工作情况", 0, "改写"),
        ("数量", 1, "9"),
    ]
    assert found.report.answers == {**ANSWERS, "people": 21}
    assert found.report.versions.count() == 1


def test_further_rows_are_asked_for_added_and_shown_to_the_reviewer() -> None:
    back = asked_for(FORM)
    send(back, ANSWERS)
    client = Client()
    client.force_login(back.coordinator)
    address = reverse("submissions:detail", args=[back.expected.pk])
    assert 'name="mark.list.+"' in client.get(address).content.decode()
    client.post(
        reverse("submissions:return", args=[back.expected.pk]),
        {"version": 1, "reason": "", "mark.list.+": "漏报夜间巡查发现的问题"},
    )
    told = returned_context(back.report, timezone.now())["remarks"]
    assert [(one.place, one.reason) for one in told] == [("问题清单，补充行", "漏报夜间巡查发现的问题")]
    refused = fill(back, people="21")
    assert refused.outcome == Outcome.REFUSED
    assert fill(back, **{"list.-TOTAL_FORMS": "3", "list.2.what": "夜间", "list.2.n": "4"}).outcome == Outcome.SENT
    sent = back.report.versions.first()
    assert sent is not None
    assert sent.answers == {**ANSWERS, "list": [*ANSWERS["list"], {"what": "夜间", "n": 4}]}
    page = client.get(address).content.decode()
    assert "漏报夜间巡查发现的问题" in page
    assert "新增" in page


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "改写"},
        {"list": ANSWERS["list"][:1]},
        {"list": [*ANSWERS["list"], {"what": "新", "n": 1}]},
        {"list": [{"what": "占道", "n": 5}, ANSWERS["list"][1]]},
    ],
)
def test_no_service_writes_what_is_not_marked(found: Sides, change: dict[str, Any]) -> None:
    given: dict[str, Any] = {"user": found.reporter, "expected": found.expected, "revision": found.report.revision}
    with pytest.raises(LockedAnswersError):
        save_draft(answers={**ANSWERS, **change}, **given)
    with pytest.raises(LockedAnswersError):
        submit(answers={**ANSWERS, **change}, key=uuid.uuid4(), **given)
    assert found.report.answers == ANSWERS


def test_a_nil_report_cannot_take_the_place_of_what_was_marked(found: Sides) -> None:
    with pytest.raises(LockedAnswersError):
        submit(
            user=found.reporter,
            expected=found.expected,
            answers=ANSWERS,
            revision=found.report.revision,
            key=uuid.uuid4(),
            nil_note="本期无",
        )


def test_a_return_without_marks_opens_everything() -> None:
    back = report_in(ReportState.RETURNED)
    assert writable_now(back.report).is_everything


def test_the_reviewer_may_open_more_and_everything(found: Sides) -> None:
    widen(user=found.coordinator, submission=found.report, marks={"summary": "也请补充"})
    assert writable_now(found.report).allows("summary")
    assert Notification.objects.filter(recipient=found.reporter).count() == 2
    widen(user=found.coordinator, submission=found.report, marks={}, everything=True)
    assert writable_now(found.report).is_everything
    assert set(Mark.objects.values_list("path", flat=True)) == {*MARKS, "summary", ""}


def test_only_the_reviewer_opens_more(found: Sides) -> None:
    for user in (found.reporter, person(Role.LEADER, found.expected.unit)):
        with pytest.raises(ReportRefusedError):
            widen(user=user, submission=found.report, marks={"summary": "想改"})


@pytest.mark.parametrize("path", ["gone", "list.7", "list.0.gone", "list.0.n.x", "list.-1", "summary.0"])
def test_a_place_that_is_not_in_the_report_is_refused(path: str) -> None:
    sent = asked_for(FORM)
    send(sent, ANSWERS)
    with pytest.raises(ReportRefusedError):
        return_report(user=sent.coordinator, submission=sent.report, version=1, marks={path: "改"})
    assert sent.report.state == ReportState.SUBMITTED


def test_a_mark_needs_a_reason() -> None:
    sent = asked_for(FORM)
    send(sent, ANSWERS)
    with pytest.raises(ReasonMissingError):
        return_report(user=sent.coordinator, submission=sent.report, version=1, marks={"people": "  "})


def test_the_unit_reads_the_marks_with_the_way_to_each(found: Sides) -> None:
    client = Client()
    client.force_login(found.reporter)
    page = client.get(reverse("submissions:fill", args=[found.expected.pk])).content.decode()
    for reason in MARKS.values():
        assert page.count(reason) == 2  # in the list above and at the answer
    assert "#id_people" in page
    assert "#id_list.1.n" in page
    assert 'name="summary"' not in page
    assert 'name="people"' in page


def test_the_time_with_the_reviewer_is_given_again() -> None:
    late = sides()
    now = timezone.now()
    ExpectedReport.objects.filter(pk=late.expected.pk).update(due_override=now - datetime.timedelta(hours=1))
    late.expected.refresh_from_db()
    send(late)
    return_report(user=late.coordinator, submission=late.report, version=1, reason="补充")
    returned = Return.objects.get()
    assert returned.is_least
    assert returned.due_at > now
    rows = ExpectedReport.objects.filter(pk=late.expected.pk)
    period = late.expected.period_id
    assert tallies(rows, now=now)[period].overdue == 0
    assert tallies(rows, now=returned.due_at)[period].overdue == 0
    assert tallies(rows, now=returned.due_at + datetime.timedelta(seconds=1))[period].overdue == 1
    (todo,) = todo_list(user=late.reporter, now=now).returned
    assert todo.due_at == returned.due_at
    assert not todo.is_overdue


def test_a_second_return_counts_on_from_the_first(found: Sides) -> None:
    fill(found, people="21")
    return_report(user=found.coordinator, submission=found.report, version=2, reason="再改")
    first, second = Return.objects.order_by("pk")
    assert second.due_before == first.due_at
    assert second.due_at >= first.due_at
    assert writable_now(found.report).is_everything


def test_a_reopened_report_gets_time_too() -> None:
    done = report_in(ReportState.ACCEPTED)
    petition = ask_to_reopen(user=done.coordinator, expected=done.expected, reason="数字有误")
    owner = done.expected.period.requirement.owner
    decide(user=person(Role.COORDINATOR, owner), petition=petition, approve=True)
    returned = Return.objects.get()
    assert returned.version.number == 1
    assert returned.event == SubmissionEvent.objects.filter(step="reopened").get()


def test_the_resubmission_shows_the_differences_first(found: Sides) -> None:
    fill(found, people="21")
    client = Client()
    client.force_login(found.coordinator)
    address = reverse("submissions:detail", args=[found.expected.pk])
    sheet = client.get(address).context["sheet"]
    assert [(item.key, item.is_changed) for item in sheet.items] == [("people", True), ("list", False)]
    assert [cell.path for line in sheet.items[1].lines for cell in line.cells if cell.marked] == ["list.1.n"]
    whole = client.get(address, {"show": "all"}).context["sheet"]
    assert [item.key for item in whole.items] == ["summary", "people", "list"]


def test_marks_typed_on_the_review_page_return_the_report() -> None:
    sent = asked_for(FORM)
    send(sent, ANSWERS)
    client = Client()
    client.force_login(sent.coordinator)
    address = reverse("submissions:return", args=[sent.expected.pk])
    refused = client.post(address, {"version": 1, "reason": ""})
    assert refused.status_code == 422
    client.post(
        address, {"version": 1, "reason": "", "mark.people": "请核对", "mark.summary": " ", "mark.list.0": "重复"}
    )
    assert sent.report.state == ReportState.RETURNED
    assert set(Mark.objects.values_list("path", flat=True)) == {"people", "list.0"}
    page = client.get(reverse("submissions:detail", args=[sent.expected.pk])).content.decode()
    assert 'form="widen-form"' in page


def test_the_page_asks_the_same_number_of_queries_however_much_is_compared(
    found: Sides, django_assert_max_num_queries: Any
) -> None:
    fill(found, people="21")
    client = Client()
    client.force_login(found.coordinator)
    address = reverse("submissions:detail", args=[found.expected.pk])
    client.get(address)
    with django_assert_max_num_queries(32):
        client.get(address, {"show": "all"})


def test_what_was_marked_and_said_comes_back_whole_from_the_bin(found: Sides) -> None:
    said = comment(user=found.coordinator, submission=found.report, text="请说明。", path="people")
    comment(user=found.reporter, submission=found.report, text="好。", thread=said)
    before = [list(model.objects.order_by("pk").values()) for model in (Return, Mark, Comment)]
    binned = bin_report(user=found.coordinator, submission=found.report, version=1, reason="错报")
    assert not Return.objects.exists()
    assert not Comment.objects.exists()
    restore(user=found.coordinator, binned=binned)
    assert [list(model.objects.order_by("pk").values()) for model in (Return, Mark, Comment)] == before
    assert not writable_now(found.report).allows("summary")
