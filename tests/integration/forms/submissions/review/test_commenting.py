"""Comments: between the two sides of a report, kept, told to the other side, deciding nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.collection.enums import ReportState
from forms.submissions.errors import ReportRefusedError
from forms.submissions.kept import KeptError
from forms.submissions.review.commenting import comment, threads_of
from forms.submissions.review.models import Comment
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.submissions import Sides, report_in
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Sides:
    """A report that has been sent."""
    return report_in(ReportState.SUBMITTED)


def told(user: User) -> int:
    return Notification.objects.filter(recipient=user, kind=Kind.REPORT_COMMENT).count()


def page(user: User, found: Sides, **query: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("submissions:detail", args=[found.expected.pk]), query)


def test_each_side_tells_the_other_and_nobody_else(found: Sides) -> None:
    leader = person(Role.LEADER)
    comment(user=found.coordinator, submission=found.report, text="这个数字是怎样统计的？", path="people")
    assert (told(found.reporter), told(found.coordinator), told(leader)) == (1, 0, 0)
    comment(user=found.reporter, submission=found.report, text="按登记表统计。", thread=Comment.objects.get())
    assert (told(found.reporter), told(found.coordinator), told(leader)) == (1, 1, 0)
    assert found.report.state == ReportState.SUBMITTED


@pytest.mark.parametrize(
    ("role", "side", "reads"),
    [
        (Role.REPORTER, "unit", True),
        (Role.STAFF, "unit", True),
        (Role.COORDINATOR, "owner", True),
        (Role.STAFF, "owner", False),
        (Role.LEADER, "elsewhere", True),
        (Role.AUDITOR, "elsewhere", True),
        (Role.COORDINATOR, "elsewhere", False),
        (Role.REPORTER, "elsewhere", False),
    ],
)
def test_who_reads(found: Sides, role: Role, side: str, *, reads: bool) -> None:
    comment(user=found.coordinator, submission=found.report, text="请说明。")
    units = {"unit": (found.expected.unit,), "owner": (found.expected.period.requirement.owner,), "elsewhere": ()}
    assert Comment.objects.visible_to(person(role, *units[side])).exists() == reads


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.COORDINATOR])
def test_who_only_reads_does_not_write(found: Sides, role: Role) -> None:
    with pytest.raises(ReportRefusedError):
        comment(user=person(role), submission=found.report, text="请说明。")


def test_a_thread_is_settled_and_opened_again_by_what_is_said(found: Sides) -> None:
    first = comment(user=found.coordinator, submission=found.report, text="请说明。")
    comment(user=found.coordinator, submission=found.report, text="", thread=first, settles=True)
    assert [thread.is_open for thread in threads_of(Comment.objects.all())] == [False]
    comment(user=found.reporter, submission=found.report, text="还有一点。", thread=first, settles=False)
    (thread,) = threads_of(Comment.objects.all())
    assert thread.is_open
    assert len(thread.all) == 3


def test_what_was_said_stays(found: Sides) -> None:
    said = comment(user=found.coordinator, submission=found.report, text="请说明。")
    with pytest.raises(KeptError):
        said.save()
    with pytest.raises(KeptError):
        Comment.objects.all().delete()


def test_a_second_click_says_nothing_twice(found: Sides) -> None:
    for _ in range(2):
        comment(user=found.coordinator, submission=found.report, text="请说明。")
    assert Comment.objects.count() == 1
    assert told(found.reporter) == 1


@pytest.mark.parametrize("wrong", [{"text": " "}, {"text": "说", "path": "gone"}, {"text": "", "settles": True}])
def test_what_cannot_be_said_is_refused(found: Sides, wrong: dict[str, Any]) -> None:
    with pytest.raises(ReportRefusedError):
        comment(user=found.coordinator, submission=found.report, **wrong)


def test_nothing_is_said_about_a_draft() -> None:
    draft = report_in(ReportState.DRAFT)
    with pytest.raises(ReportRefusedError):
        comment(user=draft.reporter, submission=draft.report, text="请说明。")


def test_the_page_takes_a_comment_at_its_place(found: Sides) -> None:
    shown = page(found.coordinator, found, comment="people")
    assert shown.context["comment_place"] == "救助人次"
    client = Client()
    client.force_login(found.coordinator)
    address = reverse("submissions:comment", args=[found.expected.pk])
    client.post(address, {"path": "people", "text": "请核对这个数字"})
    first = Comment.objects.get()
    assert first.path == "people"
    assert "请核对这个数字" in page(found.reporter, found).content.decode()
    client.post(address, {"thread": first.pk, "act": "settle", "text": ""})
    assert not page(found.reporter, found).context["threads"][0].is_open
    assert client.post(address, {"thread": 99999, "text": "说"}).status_code == 404


def test_the_page_asks_the_same_queries_however_much_is_said(found: Sides) -> None:
    counts = []
    for round_number in range(2):
        for number in range(4):
            comment(user=found.coordinator, submission=found.report, text=f"{round_number}.{number}", path="people")
        page(found.reporter, found)
        with CaptureQueriesContext(connection) as asked:
            page(found.reporter, found)
        counts.append(len(asked))
    assert counts[0] == counts[1]
