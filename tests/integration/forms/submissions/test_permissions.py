"""Who may open which page of which report: every address as every kind of person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms.collection.enums import SENT, ReportState
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.submissions import Sides, report_in, send_with_file, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db

OK, MOVED, FORBIDDEN, NOT_FOUND = 200, 302, 403, 404


VISITORS: dict[str, Callable[[Sides], User]] = {
    "own reporter": lambda found: found.reporter,
    "own unit reviewer": lambda found: person(Role.UNIT_REVIEWER, found.expected.unit),
    "own staff": lambda found: person(Role.STAFF, found.expected.unit),
    "collecting coordinator": lambda found: found.coordinator,
    "collecting staff": lambda found: person(Role.STAFF, found.expected.period.requirement.owner),
    "leader": lambda found: person(Role.LEADER),
    "auditor": lambda found: person(Role.AUDITOR),
    "administrator": lambda found: person(Role.ADMINISTRATOR),
    "other reporter": lambda found: person(Role.REPORTER),
    "other coordinator": lambda found: person(Role.COORDINATOR),
    "editor": lambda found: person(Role.EDITOR),
    "supervisor of the unit": lambda found: person(Role.SUPERVISOR, found.expected.unit),
}
UNIT = {"own reporter", "own unit reviewer", "own staff"}
WRITERS = {"own reporter", "own unit reviewer"}
OVERSEERS = {"collecting coordinator", "leader", "auditor", "administrator"}
OUTSIDERS = {"supervisor of the unit"}


def visit(found: Sides, who: str, address: str, *, post: bool = False, **data: object) -> int:
    """The status that the person is answered with."""
    client = Client()
    client.force_login(VISITORS[who](found))
    url = reverse(f"submissions:{address}", args=[found.expected.pk])
    return (client.post(url, data) if post else client.get(url)).status_code


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("state", list(ReportState))
def test_reading_a_report(who: str, state: ReportState) -> None:
    readers = UNIT | (OVERSEERS if state in SENT else set())
    readers |= {"collecting staff"} if state == ReportState.ACCEPTED else set()
    expected = OK if who in readers else FORBIDDEN if who in OUTSIDERS else NOT_FOUND
    assert visit(report_in(state), who, "detail") == expected


@pytest.mark.parametrize("who", VISITORS)
def test_filling_in_a_report_that_nobody_has_begun(who: str) -> None:
    knows = UNIT | OVERSEERS
    expected = OK if who in WRITERS else FORBIDDEN if who in knows | OUTSIDERS else NOT_FOUND
    assert visit(sides(), who, "fill") == expected


@pytest.mark.parametrize("who", VISITORS)
def test_the_page_of_a_report_that_nobody_has_begun_leads_writers_to_the_form(who: str) -> None:
    expected = MOVED if who in WRITERS else FORBIDDEN if who in OUTSIDERS else NOT_FOUND
    assert visit(sides(), who, "detail") == expected


@pytest.mark.parametrize("who", VISITORS)
@pytest.mark.parametrize("address", ["accept", "return"])
def test_deciding_on_a_report(who: str, address: str) -> None:
    found = report_in(ReportState.SUBMITTED)
    status = visit(found, who, address, post=True, version=1, reason="请补充。")
    readers = UNIT | OVERSEERS | OUTSIDERS
    decides = who == "collecting coordinator"
    assert status == (MOVED if decides else FORBIDDEN if who in readers else NOT_FOUND)
    assert (found.report.state != ReportState.SUBMITTED) == decides


@pytest.mark.parametrize("who", VISITORS)
def test_fetching_a_file_of_a_sent_report(who: str) -> None:
    found = sides()
    kept = send_with_file(found)
    client = Client()
    client.force_login(VISITORS[who](found))
    status = client.get(reverse("submissions:file", args=[kept.pk])).status_code
    assert status == (OK if who in UNIT | OVERSEERS else FORBIDDEN if who in OUTSIDERS else NOT_FOUND)


@pytest.mark.parametrize("who", VISITORS)
def test_the_lists(who: str) -> None:
    found, client = report_in(ReportState.SUBMITTED), Client()
    client.force_login(VISITORS[who](found))
    todo, queue = (client.get(reverse(f"submissions:{name}")).status_code for name in ("todo", "queue"))
    assert todo == (FORBIDDEN if who in OUTSIDERS else OK)
    assert queue == (OK if who in OVERSEERS | {"other coordinator"} else FORBIDDEN)


def test_whoever_has_not_signed_in_is_sent_to_sign_in() -> None:
    found = sides()
    kept = send_with_file(found)
    pk, client = found.expected.pk, Client()
    visits: list[tuple[str, list[Any], Callable[..., Any]]] = [
        ("todo", [], client.get),
        ("queue", [], client.get),
        ("detail", [pk], client.get),
        ("fill", [pk], client.get),
        ("fill", [pk], client.post),
        ("accept", [pk], client.post),
        ("return", [pk], client.post),
        ("file", [kept.pk], client.get),
    ]
    for name, arguments, method in visits:
        response = method(reverse(f"submissions:{name}", args=arguments))
        assert response.status_code == MOVED
        assert response["Location"].startswith("/sign-in/")
