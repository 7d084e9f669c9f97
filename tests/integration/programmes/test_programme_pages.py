"""The pages of a programme: list, ledger, task, state."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.programmes import links
from portal.programmes.enums import ProgrammeState, UnitRole
from portal.programmes.models import Phase, Programme, ReportingDuty, Task
from portal.units.enums import INSIDERS, Role
from tests.factories.programmes import (
    ActionFactory,
    MilestoneFactory,
    ProgrammeFactory,
    TaskFactory,
    TaskUnitFactory,
)
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

EVERY_STATE = tuple(ProgrammeState)
SEES_DRAFTS = {Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR}


@pytest.fixture(autouse=True)
def _english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


def detail(programme: Programme, query: str = "") -> str:
    return reverse("programmes:detail", args=[programme.pk]) + query


def page_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select('.task-ledger th[scope="row"] a')]


def said(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


# --- who sees what -------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_a_draft_is_for_those_who_prepare_it_and_the_rest_for_every_insider(client: Client, role: Role) -> None:
    programmes = {state: ProgrammeFactory(state=state) for state in EVERY_STATE}
    tasks = {state: TaskFactory(programme=programme) for state, programme in programmes.items()}
    client.force_login(person(role))
    for state in EVERY_STATE:
        expected = role in (SEES_DRAFTS if state == ProgrammeState.DRAFT else INSIDERS)
        task_page = reverse("programmes:task", args=[tasks[state].pk])
        for address in (detail(programmes[state]), task_page):
            assert (client.get(address).status_code == 200) is expected, (state, address)
    listing = client.get(reverse("programmes:list"))
    assert (listing.status_code == 200) is (role in INSIDERS)
    if role in INSIDERS:
        shown = {state for state, programme in programmes.items() if programme.title in listing.content.decode()}
        assert shown == (set(EVERY_STATE) if role in SEES_DRAFTS else {ProgrammeState.RUNNING, ProgrammeState.CLOSED})


def test_without_signing_in_nothing_is_shown(client: Client) -> None:
    task = TaskFactory()
    for address in (reverse("programmes:list"), detail(task.programme), reverse("programmes:task", args=[task.pk])):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/")


def test_an_empty_list_says_what_will_be_there(client: Client) -> None:
    client.force_login(person(Role.REPORTER))
    assert "as soon as one has been started" in client.get(reverse("programmes:list")).content.decode()


# --- the ledger -------------------------------------------------------------------------


def test_the_ledger_shows_units_by_role_and_limits_in_words(client: Client) -> None:
    task = TaskFactory(title="排查摊点", number="1")
    TaskUnitFactory(task=task, unit=UnitFactory(name="市教育局"), role=UnitRole.LEAD)
    TaskUnitFactory(task=task, unit=UnitFactory(name="市公安局"), role=UnitRole.ASSISTING)
    MilestoneFactory(task=task, date=datetime.date(2026, 5, 31), precision="month", text="2026年5月底前")
    MilestoneFactory(task=task, kind="recurring", date=None, precision="month", text="每两月一次")
    client.force_login(person(Role.STAFF))
    row = page_of(client, detail(task.programme)).select_one(".task-ledger tr:has(td)")
    words = said(row)
    assert "Lead 市教育局" in words
    assert "Assisting 市公安局" in words
    assert "end of 2026-05" in words
    assert "Repeated 每两月一次" in words


def test_words_of_the_plan_that_only_repeat_the_date_are_not_shown_twice(client: Client, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "zh-hans"
    task = TaskFactory()
    MilestoneFactory(task=task, date=datetime.date(2026, 3, 20), precision="day", text="2026年3月20日前")
    client.force_login(person(Role.STAFF))
    page = page_of(client, detail(task.programme))
    assert [said(limit) for limit in page.select(".ledger-limit")] == ["2026年3月20日"]


def test_tasks_stand_below_their_actions_in_the_plans_order(client: Client) -> None:
    programme = ProgrammeFactory()
    first, second = (
        ActionFactory(programme=programme, title="甲行动"),
        ActionFactory(programme=programme, title="乙行动"),
    )
    TaskFactory(programme=programme, action=second, title="丙", position=3)
    TaskFactory(programme=programme, action=first, title="乙", position=2)
    TaskFactory(programme=programme, action=first, title="甲", position=1)
    TaskFactory(programme=programme, action=None, title="丁", position=0)
    client.force_login(person(Role.STAFF))
    page = page_of(client, detail(programme))
    assert titles(page) == ["甲", "乙", "丙", "丁"]
    assert [said(one) for one in page.select(".ledger-action")] == ["甲行动", "乙行动", "Without an action"]


def test_my_units_tasks_come_first_and_are_marked(client: Client) -> None:
    unit, action = UnitFactory(), ActionFactory()
    TaskFactory(programme=action.programme, action=action, title="别人的", position=1)
    mine = TaskFactory(programme=action.programme, action=action, title="我的", position=2)
    TaskUnitFactory(task=mine, unit=unit)
    client.force_login(person(Role.REPORTER, unit))
    page = page_of(client, detail(action.programme))
    assert titles(page) == ["我的", "别人的"]
    assert [said(one) for one in page.select(".ledger-own")] == ["Your unit"]
    assert titles(page_of(client, detail(action.programme, "?mine=1"))) == ["我的"]


def test_the_ledger_is_filtered_by_unit_and_action(client: Client) -> None:
    task = TaskFactory(title="甲")
    other = TaskFactory(programme=task.programme, title="乙")
    unit = TaskUnitFactory(task=other).unit
    client.force_login(person(Role.STAFF))
    page = page_of(client, detail(task.programme, f"?unit={unit.pk}"))
    assert titles(page) == ["乙"]
    assert "1 of 2 tasks" in said(page.select_one(".list-head"))
    assert titles(page_of(client, detail(task.programme, f"?action={task.action_id}"))) == ["甲"]


@pytest.mark.parametrize(
    "query", ["?unit=x", "?unit=99999999999999999999", "?action=%27", "?mine=yes", "?unit=&action="]
)
def test_a_filter_that_is_none_shows_everything(client: Client, query: str) -> None:
    task = TaskFactory()
    client.force_login(person(Role.STAFF))
    assert len(titles(page_of(client, detail(task.programme, query)))) == 1


def test_a_filter_that_nothing_fits_says_so_and_leads_back(client: Client) -> None:
    task = TaskFactory()
    client.force_login(person(Role.STAFF))
    page = page_of(client, detail(task.programme, "?unit=999999"))
    assert said(page.select_one(".empty")) == "No task fits Show all tasks"


def test_phases_and_reporting_dates_are_listed(client: Client) -> None:
    programme = ProgrammeFactory()
    Phase.objects.create(programme=programme, title="动员部署阶段", end=datetime.date(2026, 2, 28))
    ReportingDuty.objects.create(programme=programme, date=datetime.date(2026, 6, 20), recipient="市教育局")
    client.force_login(person(Role.STAFF))
    page = page_of(client, detail(programme))
    assert "动员部署阶段 At once" in said(page.select_one("[aria-labelledby=phases-heading] tbody"))
    assert "市教育局" in said(page.select_one("[aria-labelledby=duties-heading] tbody"))


def test_pages_cost_the_same_queries_however_many_tasks_there_are(client: Client) -> None:
    client.force_login(person(Role.REPORTER))

    def asked(tasks: int) -> int:
        programme = ProgrammeFactory()
        for _ in range(tasks):
            task = TaskFactory(programme=programme)
            TaskUnitFactory(task=task)
            MilestoneFactory(task=task)
        client.get(detail(programme))
        with CaptureQueriesContext(connection) as captured:
            client.get(detail(programme))
            client.get(reverse("programmes:list"))
        return len(captured)

    assert asked(1) == asked(9)


# --- citations -------------------------------------------------------------------------


@pytest.fixture
def policy_pages() -> Iterator[list[Sequence[str]]]:
    """A provider that knows one number; the list tells what it was asked."""
    questions: list[Sequence[str]] = []

    def provider(numbers: Sequence[str], user: Any) -> Mapping[str, links.CitationLink]:
        questions.append(numbers)
        return {"民发〔2020〕14号": links.CitationLink("关于质量大提升的通知", "/policies/14/")}

    links.register(provider)
    links.register(provider)
    yield questions
    links.unregister(provider)


def test_a_cited_document_leads_to_its_page_where_there_is_one(
    client: Client, policy_pages: list[Sequence[str]]
) -> None:
    programme = ProgrammeFactory(citations=["民发〔2020〕14号", "琼府办〔2016〕207号"])
    client.force_login(person(Role.STAFF))
    found = page_of(client, detail(programme)).select(".citation-list li")
    assert [said(item) for item in found] == ["关于质量大提升的通知 民发〔2020〕14号", "琼府办〔2016〕207号"]
    assert [link["href"] for item in found for link in item.select("a")] == ["/policies/14/"]
    assert policy_pages == [programme.citations]


def test_nobody_is_asked_for_the_pages_of_no_documents(client: Client, policy_pages: list[Sequence[str]]) -> None:
    client.force_login(person(Role.STAFF))
    page_of(client, detail(ProgrammeFactory()))
    assert policy_pages == []


# --- a task -------------------------------------------------------------------------


def test_a_task_shows_the_plans_words_its_units_and_limits(client: Client) -> None:
    task = TaskFactory(text="1. 排查摊点。<b>2026年</b>完成。")
    one = TaskUnitFactory(task=task, measures="每周自查")
    MilestoneFactory(task=task, date=datetime.date(2026, 3, 20), text="3月20日前")
    client.force_login(person(Role.REPORTER, one.unit))
    page = page_of(client, reverse("programmes:task", args=[task.pk]))
    assert said(page.select_one(".plan-words")) == "1. 排查摊点。<b>2026年</b>完成。"
    units = said(page.select_one("[aria-labelledby=units-heading] tbody"))
    assert one.unit.name in units
    assert "Your unit" in units
    assert "每周自查" in units
    assert "3月20日前" in said(page.select_one("[aria-labelledby=limits-heading] tbody"))


def test_a_task_without_units_and_limits_says_so(client: Client) -> None:
    client.force_login(person(Role.STAFF))
    words = said(page_of(client, reverse("programmes:task", args=[TaskFactory().pk])).select_one("main"))
    assert "names no unit" in words
    assert "sets no date" in words


# --- its state -------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_only_coordinators_and_administrators_change_a_programmes_state(client: Client, role: Role) -> None:
    programme = ProgrammeFactory(state=ProgrammeState.RUNNING)
    client.force_login(person(role))
    client.post(reverse("programmes:state", args=[programme.pk]), {"state": "closed"})
    programme.refresh_from_db()
    may = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert (programme.state == ProgrammeState.CLOSED) is may
    assert AuditEvent.objects.filter(action=AuditAction.CHANGE, target_type="programmes.programme").exists() is may


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("draft", "running", "running"),
        ("draft", "closed", "draft"),
        ("running", "closed", "closed"),
        ("running", "draft", "draft"),
        ("closed", "running", "running"),
        ("closed", "draft", "closed"),
        ("running", "nonsense", "running"),
        ("running", "", "running"),
    ],
)
def test_a_state_follows_only_from_the_one_before(client: Client, before: str, wanted: str, after: str) -> None:
    programme = ProgrammeFactory(state=before)
    client.force_login(person(Role.COORDINATOR))
    assert client.post(reverse("programmes:state", args=[programme.pk]), {"state": wanted}).status_code == 302
    programme.refresh_from_db()
    assert programme.state == after


def test_a_state_is_not_changed_by_a_link(client: Client) -> None:
    programme = ProgrammeFactory()
    client.force_login(person(Role.COORDINATOR))
    assert client.get(reverse("programmes:state", args=[programme.pk]), {"state": "closed"}).status_code == 405


def test_only_who_may_press_them_sees_the_buttons(client: Client) -> None:
    programme = ProgrammeFactory()
    for role, count in ((Role.COORDINATOR, 2), (Role.LEADER, 0)):
        client.force_login(person(role))
        assert len(page_of(client, detail(programme)).select('button[name="state"]')) == count


# --- listings of the admin -------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_the_admins_listings_are_for_those_who_may_see_plans(client: Client, role: Role) -> None:
    task = TaskFactory()
    client.force_login(person(role))
    may = role in SEES_DRAFTS
    for name in ("programmes_programme_modeladmin", "programmes_task_modeladmin"):
        pk = task.pk if "task" in name else task.programme_id
        assert (client.get(reverse(f"{name}_index")).status_code == 200) is may
        assert (client.get(reverse(f"{name}_inspect", args=[pk])).status_code == 200) is may


def test_exported_tasks_hold_words_and_no_formulas(client: Client) -> None:
    task = TaskFactory(title="=HYPERLINK(1)")
    TaskUnitFactory(task=task, unit=UnitFactory(name="市教育局"), role=UnitRole.LEAD)
    client.force_login(person(Role.COORDINATOR))
    response: Any = client.get(reverse("programmes_task_modeladmin_index"), {"export": "csv"})
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "市教育局 (Lead)" in content
    assert ",=HYPERLINK" not in content
    assert AuditEvent.objects.filter(action=AuditAction.EXPORT).count() == 1


def test_the_admins_tasks_are_filtered_by_programme_and_unit(client: Client) -> None:
    task, other = TaskFactory(title="甲任务"), TaskFactory(title="乙任务")
    unit = TaskUnitFactory(task=other).unit
    client.force_login(person(Role.COORDINATOR))
    index = reverse("programmes_task_modeladmin_index")
    for query, shown, hidden in (
        ({"in_programme": task.programme_id}, "甲任务", "乙任务"),
        ({"of_unit": unit.pk}, "乙任务", "甲任务"),
    ):
        content = client.get(index, query).content.decode()
        assert shown in content
        assert hidden not in content
    assert Task.objects.count() == 2
