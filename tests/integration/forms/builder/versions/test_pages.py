"""The pages of versions: who opens them, what they show, and what their buttons do."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forms.builder.answers import SAME
from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.submissions.services import begin
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.builder import confirm_publishing, current, form_of, form_page, publish, question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

ONE = form_of(question("text", "a", "检查内容"), question("choice", "l", "等级"), title="检查表")
TWO = form_of(
    question("choice", "l", "等级"),
    question("text", "a", "检查情况", required=True),
    table_of(question("text", "c", "地点"), label="问题清单"),
    title="检查表",
)
THREE = form_of(*TWO.fields, question("text", "new", "责任人", required=True), title="检查表")


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


@pytest.fixture
def page(editor: User) -> FormPage:
    return publish(form_page(ONE, user=editor), TWO, user=editor)


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def drafted(page: FormPage, schema: FormSchema = THREE) -> FormPage:
    page = FormPage.objects.get(pk=page.pk)
    page.ask(schema)
    page.save_revision(clean=False)
    return FormPage.objects.get(pk=page.pk)


def at(page: FormPage, name: str, query: str = "") -> str:
    return f"/admin/form-pages/{page.pk}/{name}/{query}"


def test_the_list_tells_of_each_version_what_changed_and_how_many_reports_use_it(
    browser: Client, page: FormPage
) -> None:
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=page))
    report_in(ReportState.DRAFT, ExpectedReportFactory.create(period=period), {"a": "一"})
    rows = browser.get(at(page, "versions")).context["rows"]
    assert [(row.version.number, row.size.questions, row.reports, row.previous) for row in rows] == [
        (2, 3, 1, 1),
        (1, 2, 0, 0),
    ]
    assert rows[0].changes
    assert rows[1].changes == ""


def test_two_versions_stand_side_by_side(browser: Client, page: FormPage) -> None:
    answer = browser.get(at(page, "compare", "?old=1&new=2"))
    text = answer.content.decode()
    for words in ("检查内容", "检查情况", "问题清单", "version-mark--added", "version-mark--changed"):
        assert words in text
    assert answer.context["comparison"].differs


def test_the_draft_is_compared_with_the_current_version_unless_others_are_asked_for(
    browser: Client, page: FormPage
) -> None:
    page = drafted(page)
    comparison = browser.get(at(page, "compare")).context["comparison"]
    assert (comparison.old, comparison.new) == (TWO, THREE)
    back = browser.get(at(page, "compare", "?old=2&new=1")).context["comparison"]
    assert (back.old, back.new) == (TWO, ONE)


def test_the_same_version_twice_is_said_to_be_the_same(browser: Client, page: FormPage) -> None:
    answer = browser.get(at(page, "compare", "?old=2&new=2"))
    assert not answer.context["comparison"].differs
    assert "version-same" in answer.content.decode()


@pytest.mark.parametrize("query", ["?old=9&new=1", "?old=x", "?old=1&new=%00", "?old=-1&new=2", "?old=1e99"])
def test_versions_that_do_not_exist_are_not_found(browser: Client, page: FormPage, query: str) -> None:
    assert browser.get(at(page, "compare", query)).status_code == 404


def test_a_form_with_one_version_has_nothing_to_compare_for_a_reader(client: Client, editor: User) -> None:
    page = form_page(ONE, slug="single", user=editor)
    client.force_login(person(Role.AUDITOR))
    answer = client.get(at(page, "compare"))
    assert answer.status_code == 200
    assert answer.context["comparison"] is None


def test_a_draft_is_shown_only_to_those_who_may_edit_the_form(client: Client, page: FormPage) -> None:
    page = drafted(page)
    client.force_login(person(Role.AUDITOR))
    assert client.get(at(page, "compare", "?old=2&new=draft")).status_code == 404
    text = client.get(at(page, "versions")).content.decode()
    assert "责任人" not in text
    assert at(page, "publish") not in text


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_whoever_may_not_publish_opens_no_page_before_publishing(client: Client, page: FormPage, role: Role) -> None:
    page = drafted(page)
    client.force_login(person(role))
    assert client.get(at(page, "versions")).status_code == 200
    assert client.get(at(page, "publish")).headers.get("Location") in ("/admin/", None)
    assert confirm_publishing(client, page).status_code in (302, 403)
    assert page.versions.count() == 2


def test_words_of_editors_are_words_and_never_markup(browser: Client, page: FormPage) -> None:
    evil = '<script>alert(1)</script>{{ request.user }}"><b>'
    page = drafted(
        page, form_of(question("text", "a", evil, help_text=evil), question("choice", "x", evil), title="检查表")
    )
    for name in ("compare", "publish"):
        assert "<script>alert" not in browser.get(at(page, name)).content.decode()


def test_a_publishing_overtaken_by_another_shows_the_new_state_and_keeps_the_note(
    browser: Client, page: FormPage, editor: User
) -> None:
    page = drafted(page)
    stale = {"revision": page.latest_revision_id, "version": 2, "note": "我的说明", "drafts": "keep"}
    other = Client()
    other.force_login(person(Role.EDITOR))
    confirm_publishing(other, page)
    answer = browser.post(at(page, "publish"), stale)
    assert answer.status_code == 409
    assert answer.context["form"].initial["note"] == "我的说明"
    assert answer.context["form"].initial["version"] == 3
    assert page.versions.count() == 3


def test_too_long_a_note_is_said_where_it_stands_and_nothing_typed_is_lost(browser: Client, page: FormPage) -> None:
    page = drafted(page)
    answer = confirm_publishing(browser, page, note="长" * 256)
    assert answer.status_code == 422
    assert "长" * 256 in answer.content.decode()
    assert "note" in answer.context["form"].errors
    assert page.versions.count() == 2


@pytest.mark.parametrize("data", [{}, {"revision": "x", "version": "2"}, {"revision": "-1", "version": "9" * 30}])
def test_a_forged_or_torn_page_publishes_nothing(browser: Client, page: FormPage, data: dict[str, str]) -> None:
    page = drafted(page)
    assert browser.post(at(page, "publish"), data).status_code in (409, 422)
    assert page.versions.count() == 2


def test_a_question_is_widened_in_the_draft_and_published_from_there(browser: Client, page: FormPage) -> None:
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=page))
    found = report_in(ReportState.DRAFT, ExpectedReportFactory.create(period=period), {"a": "一", "l": "c2"})
    browser.post(at(page, "widen"), {"path": "l", "type": "multiple_choice"})
    browser.post(at(page, "widen"), {"path": "rows.c", "type": "long_text"})
    draft = FormPage.objects.get(pk=page.pk).get_latest_revision_as_object().schema_now
    assert [one.type for one in draft] == ["multiple_choice", "text", "table"]
    assert draft.fields[2].columns[0].type == "long_text"
    assert current(page).form_schema == TWO
    assert confirm_publishing(browser, page).status_code == 302
    assert current(page).number == 3
    assert found.report.answers == {"l": ["c2"], "a": "一"}
    assert AuditEvent.objects.filter(summary="form.widened").count() == 2


@pytest.mark.parametrize(
    ("path", "kind"), [("a", "number"), ("gone", "long_text"), ("rows.gone", "long_text"), ("l", "nonsense")]
)
def test_no_other_change_of_type_is_taken(browser: Client, page: FormPage, path: str, kind: str) -> None:
    revisions = page.revisions.count()
    assert browser.post(at(page, "widen"), {"path": path, "type": kind}).status_code == 302
    assert page.revisions.count() == revisions


def expected_of(form: FormPage, unit: Unit | None = None) -> ExpectedReport:
    """What the form's unit owes."""
    period = ReportingPeriod.objects.get(requirement__form=form)
    return ExpectedReportFactory.create(period=period, unit=unit or period.requirement.units.get())


@pytest.fixture
def ledger(page: FormPage) -> FormPage:
    """Another form, asked of the same unit as the first."""
    other = form_page(form_of(question("text", "z", "检查情况："), title="台账"), slug="ledger")
    unit = UnitFactory.create()
    for form in (page, other):
        PeriodFactory.create(requirement=RequirementFactory.create(form=form, units=[unit]))
    return other


def test_a_question_asked_elsewhere_is_offered_for_reuse(browser: Client, page: FormPage, ledger: FormPage) -> None:
    (twin,) = browser.get(at(drafted(page), "publish")).context["impact"].twins
    assert (twin.question.key, twin.form_id, twin.other.key) == ("a", ledger.pk, "z")


def test_one_click_lets_the_units_last_answer_stand_in_its_next_report(
    browser: Client, page: FormPage, ledger: FormPage
) -> None:
    accepted = report_in(ReportState.ACCEPTED, expected_of(ledger), {"z": "已检查三处"})
    browser.post(at(page, "reuse"), {"key": "a", "form": str(ledger.pk), "field": "z"})
    (twin,) = browser.get(at(page, "publish")).context["impact"].twins
    assert twin.is_reused
    assert confirm_publishing(browser, page).status_code == 302
    begun = begin(user=accepted.reporter, expected=expected_of(page, accepted.expected.unit))
    assert begun.answers == {"a": "已检查三处", SAME: {"a": False}}
    assert AuditEvent.objects.filter(summary="form.reused").count() == 1


@pytest.mark.parametrize(
    "wanted",
    [
        {"key": "gone", "field": "z"},
        {"key": "a", "field": "gone"},
        {"key": "l", "field": "z"},
        {"key": "a", "field": "z", "form": "999999"},
    ],
)
def test_what_does_not_fit_is_not_reused(
    browser: Client, page: FormPage, ledger: FormPage, wanted: dict[str, str]
) -> None:
    revisions = page.revisions.count()
    assert browser.post(at(page, "reuse"), {"form": str(ledger.pk), **wanted}).status_code == 302
    assert page.revisions.count() == revisions


@pytest.mark.parametrize("name", ["widen", "reuse"])
def test_buttons_of_the_draft_are_for_those_who_may_edit_it(client: Client, page: FormPage, name: str) -> None:
    client.force_login(person(Role.AUDITOR))
    revisions = page.revisions.count()
    data = {"path": "a", "type": "long_text", "key": "a", "form": "1", "field": "z"}
    assert client.post(at(page, name), data).status_code in (302, 403)
    assert page.revisions.count() == revisions
    assert client.get(at(page, name)).status_code == 405


@pytest.mark.parametrize("data", [{}, {"path": "a"}, {"path": "a", "type": "x y"}, {"key": "a", "form": "0"}])
def test_a_torn_button_is_not_found(browser: Client, page: FormPage, data: dict[str, Any]) -> None:
    assert browser.post(at(page, "widen"), data).status_code == 404
    assert browser.post(at(page, "reuse"), data).status_code == 404


def test_the_list_of_many_versions_takes_few_queries(
    browser: Client, page: FormPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        page = publish(page, replace(TWO, intro=str(number)))
    with django_assert_max_num_queries(40):
        browser.get(at(page, "versions"))
