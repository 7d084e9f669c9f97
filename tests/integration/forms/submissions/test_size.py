"""Large reports, and more than any report may hold: few queries, clear answers, nothing lost."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from tests.factories.builder import question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, report_in, sides

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
KINDS = ("text", "number", "date", "choice", "yes_no", "unit", "long_text", "multiple_choice")


def large(rows: int) -> tuple[FormSchema, dict[str, Any]]:
    """60 questions and three tables, with the answers; the units' names come from the register."""
    simple = [question(KINDS[n % 8], f"q{n}", f"填报项{n}") for n in range(60)]
    tables = [
        table_of(*(question(kind, f"c{n}") for n, kind in enumerate(KINDS)), key=f"t{number}", max_rows=200)
        for number in range(3)
    ]
    cells = {"c0": "街面巡查", "c1": 12, "c2": "2026-02-03", "c3": "c2", "c4": True, "c6": "说明", "c7": ["c1"]}
    answers: dict[str, Any] = {f"t{number}": [cells] * rows for number in range(3)}
    return FormSchema("大表", fields=(*simple, *tables)), {"q0": "三亚", "q1": 5, **answers}


def draft(rows: int) -> Sides:
    """The draft of such a report."""
    schema, answers = large(rows)
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=published_form(schema)))
    return report_in(ReportState.DRAFT, ExpectedReportFactory.create(period=period), answers)


def browser(found: Sides) -> Client:
    """The reporter's browser."""
    client = Client()
    client.force_login(found.reporter)
    return client


def address(found: Sides) -> str:
    """Where the report is filled in."""
    return reverse("submissions:fill", args=[found.expected.pk])


def queries_to_open(found: Sides) -> int:
    """How many queries opening the draft takes."""
    client = browser(found)
    client.get(address(found))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(found)).status_code == 200
    return len(captured)


def test_opening_a_large_draft_takes_few_queries_however_many_rows_it_has() -> None:
    few, many = queries_to_open(draft(2)), queries_to_open(draft(50))
    assert many <= MOST_QUERIES
    assert many == few


def typed(**values: str) -> dict[str, Any]:
    """What the page posts for the small form of the factories."""
    tables = {"problems.-TOTAL_FORMS": "0", "problems.-INITIAL_FORMS": "0"}
    return {"action": "submit", "revision": "0", "key": uuid.uuid4(), "summary": "开展巡查", **tables, **values}


@pytest.mark.once
def test_ten_thousand_rows_are_told_with_both_numbers_and_as_many_as_can_be_read_are_kept() -> None:
    found = sides()
    rows = {f"problems.{n}.what": f"问题{n}" for n in range(10_000)}
    response = browser(found).post(address(found), typed(**rows, **{"problems.-TOTAL_FORMS": "10000"}))
    assert response.status_code == 422
    text = response.content.decode()
    assert "100" in text
    assert len(Submission.objects.get(pk=found.expected.pk).answers["problems"]) >= 1000


@pytest.mark.once
def test_more_inputs_than_the_server_reads_are_refused_in_words() -> None:
    found = sides()
    client = browser(found)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    too_many = {f"problems.{n}.what": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    response = client.post(address(found), typed(**too_many))
    assert response.status_code == 413
    assert "Too much at once" in response.content.decode()
    assert not Submission.objects.exists()


def test_more_text_than_the_server_reads_is_refused_in_words() -> None:
    found = sides()
    response = browser(found).post(
        address(found), typed(summary="长" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3 + 1))
    )
    assert response.status_code == 413
    assert not Submission.objects.exists()


def test_a_megabyte_in_a_short_answer_is_told_with_its_length_and_shown_again() -> None:
    found = sides()
    text = "巡" * 350_000
    response = browser(found).post(address(found), typed(summary=text))
    assert response.status_code == 422
    assert "350000" in response.content.decode().replace(",", "")
    assert Submission.objects.get(pk=found.expected.pk).answers["summary"] == text


@pytest.mark.parametrize(
    ("typed_in", "kept"),
    [
        ("整改完成👍👨‍👩‍👧", "整改完成👍👨‍👩‍👧"),
        ("\0整改\0完成", "整改完成"),
        ("\u202e成完改整\u202c", "成完改整"),
        ("\u200f整改\ufeff", "整改"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_strange_characters_are_kept_or_cleaned_and_never_break_the_page(typed_in: str, kept: str) -> None:
    found = sides()
    client = browser(found)
    response = client.post(address(found), typed(summary=typed_in))
    assert response.status_code == 302
    assert found.report.answers["summary"] == kept
    shown = client.get(reverse("submissions:detail", args=[found.expected.pk])).content.decode()
    assert "<script>alert" not in shown


@pytest.mark.parametrize(("typed_in", "read"), [("１２", 12), ("1,234", 1234), (" 50 ", 50)])
def test_numbers_are_read_as_people_write_them(typed_in: str, read: int) -> None:
    found = sides()
    browser(found).post(address(found), typed(people=typed_in))
    assert found.report.answers["people"] == read


@pytest.mark.parametrize("typed_in", ["一百", "５０％", "1.5", "1e9", "NaN"])
def test_what_is_no_number_here_is_refused_beside_the_question_and_shown_again(typed_in: str) -> None:
    found = sides()
    response = browser(found).post(address(found), typed(people=typed_in))
    assert response.status_code == 422
    assert [fault.path for fault in response.context["form"].faults()] == ["people"]
    assert typed_in in response.content.decode()


def test_names_that_the_form_does_not_have_are_ignored_and_said() -> None:
    found = sides()
    forged = {"is_admin": "1", "problems.0.hack": "x", "state": "accepted"}
    response = browser(found).post(address(found), typed(**forged), follow=True)
    assert found.report.answers == {"summary": "开展巡查"}
    assert found.report.state == ReportState.SUBMITTED
    assert any("3" in str(message) for message in response.context["messages"])
