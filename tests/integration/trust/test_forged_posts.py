"""Requests that another site made a browser send, or that somebody typed by hand."""

import uuid

import pytest
from django.urls import reverse

from forms.collection.enums import ReportState
from forms.submissions.models import Submission, SubmissionVersion
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.submissions import Sides, report_in, send, sides
from tests.factories.units import person
from tests.integration.access.routes import Route, routes
from tests.integration.access.samples import Samples
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.once
def test_no_address_takes_a_post_without_the_token_of_its_page() -> None:
    from home.demo.loading import load

    load()
    samples = Samples()
    client = browser(User.objects.get(username="admin"), enforce_csrf_checks=True)
    taken = {route.pattern for route in routes() if _is_taken(client.post(samples.address(route)).status_code, route)}
    assert taken == set()


def _is_taken(status: int, route: Route) -> bool:
    """Whether a post came through: 403 is the missing token; 404 and 405 take no posts.

    Redirects are Wagtail's and Django's own that forward any method and write nothing.
    """
    forwards = {"wagtailadmin_login", "wagtailcore_login", "wagtailadmin_error_test", ""}
    return status not in (403, 404, 405) and route.name not in forwards


def fill(found: Sides) -> str:
    return reverse("submissions:fill", args=[found.expected.pk])


def page(**typed: object) -> dict[str, object]:
    """What the page posts."""
    tables = {"problems.-TOTAL_FORMS": "0", "problems.-INITIAL_FORMS": "0"}
    return {"action": "submit", "revision": "0", "key": str(uuid.uuid4()), "summary": "街面巡查", **tables, **typed}


@pytest.mark.parametrize(
    "typed",
    [
        {"summary": "a\x00b\ud800c".encode("utf-8", "surrogatepass")},
        {"summary": "长" * 200_000},
        {"people": "9" * 5000},
        {"people": "1e999999999"},
        {"people": "NaN"},
        {"evidence.keep": ["x", "\x00", "../../etc/passwd", "0" * 5000]},
        {"problems.-TOTAL_FORMS": "999999999"},
        {"problems.-TOTAL_FORMS": "-5"},
        {"problems.-TOTAL_FORMS": "x" * 1000},
        {"problems.-TOTAL_FORMS": "2", "problems.0.what": "\x00", "problems.1.photo.keep": "\x00"},
        {"revision": "9" * 400},
        {"revision": "-1"},
        {"key": "\x00"},
        {"action": "\x00"},
        {".add_row": "\x00"},
        {"state": "accepted", "unit": "1", "answers": "{}", "form_version": "1", "is_superuser": "1"},
    ],
    ids="+".join,
)
def test_no_hand_made_post_breaks_the_page_or_writes_what_the_form_does_not_ask(typed: dict[str, object]) -> None:
    found = sides()
    response = browser(found.reporter).post(fill(found), page(**typed))
    assert response.status_code in (200, 302, 409, 422)
    report = Submission.objects.filter(pk=found.expected.pk).first()
    if report is not None:
        assert set(report.answers) <= {"summary", "people", "evidence", "problems"}
        assert report.report_state in (ReportState.DRAFT, ReportState.SUBMITTED)
        assert report.expected.unit_id == found.expected.unit_id


@pytest.mark.once
def test_a_table_of_ten_thousand_rows_is_refused_and_kept_from_growing() -> None:
    found = sides()
    rows = {f"problems.{number}.what": "x" for number in range(10_000)}
    response = browser(found.reporter).post(fill(found), page(**{"problems.-TOTAL_FORMS": "10000", **rows}))
    assert response.status_code in (400, 422)
    assert not SubmissionVersion.objects.exists()


@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 4400, "-1", "٣", "1.0", "\x00", "1 OR 1=1"])
def test_no_number_of_a_version_breaks_the_page(number: str) -> None:
    found = report_in(ReportState.SUBMITTED)
    address = reverse("submissions:detail", args=[found.expected.pk])
    assert browser(found.coordinator).get(address, {"version": number}).status_code in (200, 404)


@pytest.mark.parametrize("address", ["/reports/{}/", "/reports/{}/fill/", "/requirements/{}/", "/programmes/{}/"])
def test_no_number_in_an_address_breaks_the_page(address: str) -> None:
    client = browser(person(Role.ADMINISTRATOR))
    assert client.get(address.format("9" * 30)).status_code in (403, 404)
    assert client.get(address.format("9" * 4400)).status_code in (403, 404)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a\x00b"},
        {"q": "长" * 5000},
        {"q": '"'},
        {"q": "NEAR(a b) OR * AND ( ^"},
        {"q": "救助", "page": "9" * 4400},
        {"q": "救助", "kind": "\x00", "unit": "'", "year": "9" * 400, "sort": "\x00"},
    ],
    ids=str,
)
def test_no_question_breaks_the_search(query: dict[str, str]) -> None:
    assert browser().get("/search/", query).status_code == 200


@pytest.mark.parametrize(
    "query", [{"page": "9" * 4400}, {"state": "\x00"}, {"unit": "9" * 30}, {"requirement": "\x00"}, {"period": "\x00"}]
)
@pytest.mark.parametrize(
    "address", ["/reports/review/", "/reports/", "/requirements/", "/programmes/", "/admin/units/unit/"]
)
def test_no_filter_breaks_a_list(address: str, query: dict[str, str]) -> None:
    assert browser(person(Role.COORDINATOR)).get(address, query).status_code in (200, 302)


def test_a_decision_by_hand_needs_the_version_that_is_there() -> None:
    found = report_in(ReportState.SUBMITTED)
    client = browser(found.coordinator)
    for version in ("2", "0", "-1", "9" * 400, "\x00", ""):
        for step in ("accept", "return"):
            address = reverse(f"submissions:{step}", args=[found.expected.pk])
            assert client.post(address, {"version": version, "reason": "x"}).status_code in (302, 422)
    assert found.report.report_state == ReportState.SUBMITTED


def test_a_reason_with_signs_no_database_stores_is_refused_in_words() -> None:
    found = report_in(ReportState.SUBMITTED)
    address = reverse("submissions:return", args=[found.expected.pk])
    assert browser(found.coordinator).post(address, {"version": "1", "reason": "a\x00"}).status_code == 422
    assert found.report.report_state == ReportState.SUBMITTED


def test_the_key_of_another_report_tells_nothing_of_it() -> None:
    other, found = sides(), sides()
    key = uuid.uuid4()
    send(other, key=key)
    response = browser(found.reporter).post(fill(found), page(key=str(key)))
    assert response.status_code == 409
    assert str(other.expected.unit) not in response.content.decode()
    assert not SubmissionVersion.objects.filter(submission_id=found.expected.pk).exists()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_a_foreign_host_name_is_not_answered(settings: object, host: str) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]
    assert browser().get("/sign-in/", headers={"host": host}).status_code == 400
