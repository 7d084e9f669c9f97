"""The read API: who reads what by token, page by page."""

from typing import Any

import pytest
from django.test import Client

from forms.collection.enums import ReportState
from forms.exchange.hooks.enums import HookEvent
from forms.submissions.models import SubmissionVersion
from forms.submissions.review.services import return_report
from portal.accounts.models import User
from portal.tokens.enums import Scope
from portal.tokens.services import create_token
from portal.units.enums import Role
from portal.units.models import Membership
from tests.factories.collection import ExpectedReportFactory
from tests.factories.exports import FLAT, Collected, collected
from tests.factories.submissions import send
from tests.factories.units import person

pytestmark = pytest.mark.django_db
EVERYTHING = tuple(scope for scope in Scope if scope != Scope.SENSITIVE)
ADDRESSES = ("units", "requirements", "periods", "expected", "submissions")


class Program:
    """A program with a token."""

    def __init__(self, user: User, *scopes: Scope) -> None:
        self.token, self.secret = create_token(user=user, name="程序", scopes=scopes or EVERYTHING, days=1)

    def answer(self, address: str, *, speaks: str = "", **asked: Any) -> Any:
        """The whole response."""
        headers = {"Authorization": f"Bearer {self.secret}"} | ({"Accept-Language": speaks} if speaks else {})
        return Client().get(f"/api/v1/{address}", asked, headers=headers)

    def get(self, address: str, **asked: Any) -> Any:
        """Status and JSON."""
        answer = self.answer(address, **asked)
        return answer.status_code, answer.json()

    def results(self, address: str, **asked: Any) -> list[dict[str, Any]]:
        """The rows of a page."""
        status, found = self.get(address, **asked)
        assert status == 200, found
        rows: list[dict[str, Any]] = found["results"]
        return rows

    def all_pages(self, address: str, **asked: Any) -> list[int]:
        """Numbers of the rows of all pages."""
        found, cursor = [], None
        while True:
            _status, page = self.get(address, **asked, **({"cursor": cursor} if cursor else {}))
            found += [row.get("id", row.get("report")) for row in page["results"]]
            cursor = page["next"]
            if cursor is None:
                return found


@pytest.fixture
def found() -> Collected:
    return collected(ReportState.DRAFT, ReportState.SUBMITTED, ReportState.ACCEPTED, schema=FLAT)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token_nothing_is_read_whoever_is_signed_in(found: Collected, address: str) -> None:
    client = Client()
    client.force_login(found.coordinator)
    assert client.get(f"/api/v1/{address}").status_code == 401
    wrong = {"Authorization": "Bearer ap_wrong"}
    assert client.get(f"/api/v1/{address}", headers=wrong).status_code == 401
    assert client.post(f"/api/v1/{address}").status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_needs_its_scope(found: Collected, address: str) -> None:
    status, said = Program(found.coordinator, Scope.SENSITIVE).get(address)
    assert status == 403
    assert said["code"] == "scope_missing"
    assert said["scope"] in said["detail"]


def test_a_program_reads_what_its_owner_reads_today(found: Collected) -> None:
    user = found.coordinator
    program = Program(user)
    (row,) = program.results("submissions")
    assert row["answers"] == {"summary": "accepted 情况", "people": 5}
    assert (row["state"], row["accepted"], row["version"]) == ("accepted", True, 1)
    assert row["report"] == found.reports["accepted"].expected.pk
    assert len(program.results("submissions", sent="true")) == 2
    assert len(program.results("expected", requirement=found.requirement.pk)) == 4
    assert [one["id"] for one in program.results("requirements")] == [found.requirement.pk]
    assert [one["id"] for one in program.results("periods")] == [found.period.pk]
    Membership.objects.filter(user=user).delete()
    for address in ADDRESSES:
        assert program.results(address) == []


def test_every_actor_reads_the_same_as_on_the_pages(found: Collected) -> None:
    staff = person(Role.STAFF, found.requirement.owner)
    people = [staff, person(Role.LEADER), person(Role.SUPERVISOR), *(one.reporter for one in found.reports.values())]
    for user in people:
        seen = set(SubmissionVersion.objects.visible_to(user).values_list("submission_id", flat=True))
        assert {row["report"] for row in Program(user).results("submissions", sent="true")} == seen


def test_personal_answers_need_their_own_scope(found: Collected) -> None:
    user = found.coordinator
    assert "secret" not in Program(user).results("submissions")[0]["answers"]
    program = Program(user, Scope.REPORTS, Scope.SENSITIVE)
    assert program.results("submissions")[0]["answers"]["secret"] == "13800000000"


def test_pages_follow_one_another_whatever_is_added_meanwhile(found: Collected) -> None:
    program = Program(found.coordinator)
    whole = program.all_pages("expected", limit=1)
    assert whole == sorted(whole)
    assert len(whole) == len(set(whole)) == 4
    _status, first = program.get("expected", limit=2)
    ExpectedReportFactory.create(period=found.period)
    _status, second = program.get("expected", limit=2, cursor=first["next"])
    assert [row["id"] for row in first["results"] + second["results"]] == whole


def test_a_report_sent_again_has_a_new_row_at_the_end(found: Collected) -> None:
    sides = found.reports["submitted"]
    program = Program(sides.coordinator)
    before = [(row["report"], row["version"]) for row in program.results("submissions", sent="true")]
    kept = program.get("submissions", sent="true")[1]["resume"]
    return_report(user=sides.coordinator, submission=sides.report, version=1, reason="请补充")
    send(sides, {"summary": "已补充"})
    after = [(row["report"], row["version"]) for row in program.results("submissions", sent="true")]
    assert after == [*before, (sides.expected.pk, 2)]
    _status, page = program.get("submissions", sent="true", cursor=kept)
    assert [(row["report"], row["version"]) for row in page["results"]] == [(sides.expected.pk, 2)]
    _status, page = program.get("submissions", sent="true", cursor=page["resume"])
    assert (page["results"], page["next"]) == ([], None)


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ:1abc:zzz", "长" * 600])
def test_a_cursor_that_is_none_is_refused_in_clear_words(found: Collected, cursor: str) -> None:
    status, said = Program(found.coordinator).get("expected", cursor=cursor)
    assert status == 422
    assert said["detail"] == "该游标不是本接口发出的。"


def test_a_cursor_of_another_question_is_refused(found: Collected) -> None:
    program = Program(found.coordinator)
    _status, page = program.get("expected", limit=1)
    status, said = program.get("expected", limit=1, cursor=page["next"], unit=found.reports["draft"].expected.unit_id)
    assert status == 422
    assert "筛选条件" in said["detail"]


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 201}, {"unit": 0}, {"unit": 2**63}, {"period": "x"}])
def test_what_cannot_be_asked_is_refused(found: Collected, asked: dict[str, Any]) -> None:
    assert Program(found.coordinator).get("expected", **asked)[0] == 422


def test_too_many_requests_are_told_to_wait(found: Collected, settings: Any) -> None:
    settings.PORTAL_API_RATE = "3/m"
    program, other = Program(found.coordinator), Program(found.coordinator)
    statuses = [program.get("units")[0] for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert other.get("units")[0] == 200
    answer = program.answer("units")
    assert answer.json()["code"] == "too_many_requests"
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["Retry-After"] in answer.json()["detail"]


def test_the_questions_behind_the_keys_can_be_read(found: Collected) -> None:
    program = Program(found.coordinator)
    number = program.results("submissions")[0]["form_version_id"]
    status, version = program.get(f"form-versions/{number}")
    assert status == 200
    assert [one["key"] for one in version["questions"]["fields"]] == ["summary", "people", "secret"]
    assert program.get(f"form-versions/{number + 999}")[0] == 404


def test_the_interface_describes_itself_and_says_how_one_signs_in() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert {f"/api/v1/{address}" for address in ADDRESSES} <= set(document["paths"])
    assert document["components"]["securitySchemes"]["TokenAuth"]["scheme"] == "bearer"
    assert set(document["webhooks"]) == set(HookEvent.values)


def test_a_page_costs_the_same_for_few_and_many(found: Collected, django_assert_max_num_queries: Any) -> None:
    program = Program(found.coordinator)
    program.results("submissions", sent="true")
    with django_assert_max_num_queries(8):
        assert len(program.results("submissions", sent="true")) == 2
