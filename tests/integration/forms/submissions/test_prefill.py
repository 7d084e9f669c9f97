"""What a new report begins with, and what the reporter must look at before sending it."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms.builder.answers import SAME
from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.surroundings import uses_last
from tests.factories.builder import question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, report_in, sides

pytestmark = pytest.mark.django_db


def prefilled(source: str, **more: Any) -> dict[str, Any]:
    """The option of a question."""
    return {"prefill": {"from": source, **more}}


FORM = FormSchema(
    "月度督查",
    fields=(
        question("text", "name", "填报单位", options=prefilled("unit")),
        question("text", "who", "填报人", options=prefilled("person")),
        question("choice", "level", "等级", options=prefilled("constant", value="重大")),
        question("number", "beds", "床位数", options=prefilled("last")),
        question("number", "guests", "在站人数", options=prefilled("constant", value="不是数字")),
        table_of(question("text", "what", "设施"), question("file", "photo", "照片"), key="rooms", label="设施清单"),
    ),
)
FORM = FormSchema(
    FORM.title,
    fields=(
        *FORM.fields[:-1],
        question("table", "rooms", "设施清单", columns=FORM.fields[-1].columns, options=prefilled("last")),
    ),
)
OLD: dict[str, Any] = {"name": "站", "beds": 40, "rooms": [{"what": "食堂"}, {"what": "宿舍"}]}


def two_periods() -> Sides:
    """A report of this month after one of last month was accepted."""
    requirement = RequirementFactory.create(form=published_form(FORM))
    earlier = PeriodFactory.create(requirement=requirement)
    later = PeriodFactory.create(
        requirement=requirement, name="下月", due_at=earlier.due_at + datetime.timedelta(days=30)
    )
    accepted = report_in(ReportState.ACCEPTED, ExpectedReportFactory.create(period=earlier), OLD)
    return sides(ExpectedReportFactory.create(period=later, unit=accepted.expected.unit))


def browser(found: Sides) -> Client:
    """The reporter's browser."""
    client = Client()
    client.force_login(found.reporter)
    return client


def page(action: str, revision: int = 0, **typed: str) -> dict[str, Any]:
    """What the page posts, the two rows of last time in its table."""
    rows = {"rooms.-TOTAL_FORMS": "2", "rooms.-INITIAL_FORMS": "0", "rooms.0.what": "食堂", "rooms.1.what": "宿舍"}
    shown = {"name": "单位", "who": "张三", "level": "c2", "beds": "40"}
    return {"action": action, "revision": revision, "key": uuid.uuid4(), **rows, **shown, **typed}


def test_a_new_report_begins_with_the_unit_the_person_constants_and_last_times_answers() -> None:
    found = two_periods()
    client = browser(found)
    client.post(reverse("submissions:fill", args=[found.expected.pk]), page("save"))
    shown = browser(found).get(reverse("submissions:fill", args=[found.expected.pk])).content.decode()
    assert 'value="40"' in shown
    assert shown.count(f"{SAME}.") == 2


def test_looking_shows_it_and_stores_nothing() -> None:
    found = two_periods()
    before = Submission.objects.count()
    shown = browser(found).get(reverse("submissions:fill", args=[found.expected.pk])).content.decode()
    assert found.expected.unit.name in shown
    assert str(found.reporter) in shown
    assert 'value="食堂"' in shown
    assert Submission.objects.count() == before


def test_what_is_no_answer_today_is_left_out() -> None:
    found = two_periods()
    shown = browser(found).get(reverse("submissions:fill", args=[found.expected.pk]))
    assert "guests" not in shown.context["form"].typed


def test_answers_of_last_time_are_not_sent_before_somebody_has_looked_at_them() -> None:
    found = two_periods()
    client, url = browser(found), reverse("submissions:fill", args=[found.expected.pk])
    refused = client.post(url, page("submit"))
    assert refused.status_code == 422
    assert [fault.path for fault in refused.context["form"].faults()] == ["beds", "rooms"]
    confirmed = {f"{SAME}.rooms": "1", "beds": "41"}
    sent = client.post(url, page("submit", refused.context["revision"], **confirmed))
    assert sent.status_code == 302
    version = SubmissionVersion.objects.filter(submission=found.expected.pk).get()
    assert version.answers["beds"] == 41
    assert version.answers["rooms"] == [{"what": "食堂"}, {"what": "宿舍"}]
    assert SAME not in version.answers


def test_another_unit_and_another_requirement_have_no_last_time() -> None:
    found = two_periods()
    other = sides(ExpectedReportFactory.create(period=found.expected.period))
    shown = browser(other).get(reverse("submissions:fill", args=[other.expected.pk]))
    assert "beds" not in shown.context["form"].typed


def test_the_last_report_is_asked_for_only_where_the_form_needs_it() -> None:
    assert uses_last(FORM)
    assert not uses_last(FormSchema("", fields=FORM.fields[:3]))
    rising = question("number", "n", logic={"show": {">": [{"var": "answers.n"}, {"var": "last.n"}]}})
    assert uses_last(FormSchema("", fields=(rising,)))
    row = table_of(question("number", "n", logic={"show": {">": [{"var": ["last.n", 0]}, 1]}}))
    assert uses_last(FormSchema("", fields=(row,)))
