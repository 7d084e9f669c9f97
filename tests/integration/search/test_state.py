"""The state of the search: shown to administrators, fast with an engine away, and mended from there."""

import datetime
import threading
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import PageViewRestriction

from forms.collection.enums import ReportState
from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from search.checking import check
from search.draining import drain
from search.engines.base import Health
from search.engines.embedded import EmbeddedEngine
from search.engines.registry import engine
from search.models import EngineFeed, IndexRebuild, OutboxEntry
from search.nightly import keep
from search.rules import SET_ASIDE_AFTER
from search.sources.pages import PolicySource
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.submissions import report_in
from tests.factories.units import person
from tests.integration.search.asking import found, settle

pytestmark = pytest.mark.django_db

STATE, RETRY = "/admin/search/state/", "/admin/search/state/retry/"


def _read(desk: Client, address: str = STATE) -> str:
    response = desk.get(address)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ", strip=True).split())


def _put_aside(source: str, pk: Any, error: str = "ValueError: 坏了", **values: Any) -> OutboxEntry:
    fixed = {"destination": "embedded", "attempts": SET_ASIDE_AFTER, "set_aside": True}
    return OutboxEntry.objects.create(source=source, object_pk=str(pk), error=error, **{**fixed, **values})


def test_an_index_in_order_is_said_to_be(desk: Client) -> None:
    PolicyPageFactory(title="某办法")
    settle()
    keep(check(["embedded"], repair=True), repair=True)
    text = _read(desk)
    assert "内置索引 主引擎：平时检索由它应答。 应答正常" in text
    assert "索引条数 1" in text
    assert "等待编入的变动 无" in text
    assert "1 条全部一致" in text
    assert "没有搁置的内容" in text


def test_what_waits_is_counted_since_when(desk: Client) -> None:
    settle()
    PolicyPageFactory(title="某办法")
    oldest = timezone.localtime(OutboxEntry.objects.earliest("created_at").created_at)
    waits = OutboxEntry.objects.count()
    assert f"{waits} 项，最早的从 {oldest:%Y-%m-%d %H:%M} 起等待" in _read(desk)


def test_what_a_check_found_is_told(desk: Client) -> None:
    page = PolicyPageFactory(title="遗失的办法")
    settle()
    engine("embedded").replace([f"policy:{page.pk}"], [])
    keep(check(["embedded"], repair=False), repair=False)
    text = _read(desk)
    assert "缺少 1 条，过时 0 条，多余 0 条；已修复 0 条" in text
    assert "剩余 1 条 （只核对，未修复）" in text
    keep(check(["embedded"], repair=True), repair=True)
    assert "已修复 1 条，无遗留" in _read(desk)


def test_an_index_of_a_former_definition_is_said_to_need_a_rebuild(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedEngine, "health", lambda self: Health("embedded", 3, outdated=True))
    assert "python manage.py rebuild_index --engine embedded" in _read(desk)


def test_a_rebuild_is_shown_with_how_far_it_is(desk: Client) -> None:
    PolicyPageFactory(title="某办法")
    settle()
    new = engine("embedded").begin_rebuild()
    row = IndexRebuild.objects.create(engine="embedded", target=new.target)
    text = _read(desk)
    assert "已有 0 条，现用索引 1 条" in text
    assert "已停顿" not in text
    row.alive_at = timezone.now() - datetime.timedelta(minutes=6)
    row.save()
    assert "已停顿数分钟" in _read(desk)


RELEASED = threading.Event()
PATIENCE = 30.0


def _slow(self: Any) -> Health:
    """An engine that answers when the page has long been shown."""
    RELEASED.wait(PATIENCE)
    return Health("elasticsearch", 1)


@pytest.mark.parametrize("is_slow", [False, True])
def test_an_engine_that_is_away_or_slow_is_told_and_keeps_nobody_waiting(
    desk: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, is_slow: bool
) -> None:
    settle()
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    RELEASED.clear()
    if is_slow:
        monkeypatch.setattr("search.state.reading.SECONDS", 0.1)
        monkeypatch.setattr(type(engine("elasticsearch")), "health", _slow)
    drain()
    begun = time.monotonic()
    text = _read(desk)
    RELEASED.set()
    assert time.monotonic() - begun < PATIENCE
    assert "Elasticsearch 主引擎：平时检索由它应答。 没有应答" in text
    assert "检索暂由备用索引应答" in text
    assert "停止接收变动" in text
    assert "内置索引 备用：另一个不可用时由它应答。 应答正常" in text


def test_what_could_not_be_indexed_is_listed_with_the_reason(desk: Client) -> None:
    page = PolicyPageFactory(title="出错的办法")
    settle()
    _put_aside("policy", page.pk)
    soup = BeautifulSoup(desk.get(STATE).content, "html.parser")
    link = soup.find("a", string="出错的办法")
    assert link is not None
    assert link["href"] == page.get_url()
    text = _read(desk)
    assert "政策" in text
    assert "整理它的内容时出错" in text
    assert f"试了 {SET_ASIDE_AFTER} 次后搁置" in text
    (technical,) = [one for one in soup.find_all("details") if "坏了" in one.get_text()]
    assert not technical.has_attr("open")


def test_what_the_looker_may_not_see_is_another_thing(desk: Client) -> None:
    page = PolicyPageFactory(title="机密的办法")
    restrict(page, kind=PageViewRestriction.PASSWORD)
    settle()
    _put_aside("policy", page.pk, error="ValueError: 机密的办法")
    text = _read(desk)
    assert f"另一条内容（policy:{page.pk}）" in text
    assert "机密" not in text
    assert "ValueError" in text


def test_of_a_report_only_is_told_what_was_raised(desk: Client) -> None:
    period = PeriodFactory(requirement=RequirementFactory(title="安全隐患排查结果"), name="第一期")
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period))
    settle()
    _put_aside("report", done.report.pk, error="ValueError: 张三的身份证号")
    _put_aside("report", 999_999, error="failed to parse '张三的身份证号'")
    _put_aside("gone", "7", error="ValueError: 张三的身份证号")
    text = _read(desk)
    assert f"安全隐患排查结果 · {done.expected.unit}" in text
    assert "另一条内容（report:999999）" in text
    assert "另一条内容（gone:7）" in text
    assert "张三" not in text


def _faulty(monkeypatch: pytest.MonkeyPatch, bad: PolicyPage) -> None:
    original = PolicySource.particulars

    def particulars(self: PolicySource, page: PolicyPage) -> dict[str, Any]:
        if page.pk == bad.pk:
            raise RuntimeError("broken")
        return original(self, page)

    monkeypatch.setattr(PolicySource, "particulars", particulars)


def _drain_until_set_aside() -> None:
    for _attempt in range(SET_ASIDE_AFTER + 1):
        OutboxEntry.objects.update(next_attempt_at=timezone.now())
        drain()


def test_one_is_tried_again_and_comes_back_with_the_reason_or_is_gone(
    desk: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    bad = PolicyPageFactory(title="出错的办法")
    other = _put_aside("policy", 999_999)
    with monkeypatch.context() as broken:
        _faulty(broken, bad)
        settle()
        _drain_until_set_aside()
        response = desk.post(RETRY, {"thing": f"policy:{bad.pk}"}, follow=True)
        assert "1 项内容将再试一次" in response.content.decode()
        entries = OutboxEntry.objects.filter(object_pk=str(bad.pk))
        assert {(entry.set_aside, entry.attempts) for entry in entries} == {(False, 0)}
        assert "正在重试，已试 0 次" in _read(desk)
        other.refresh_from_db()
        assert other.set_aside
        event = AuditEvent.objects.latest("pk")
        assert (event.action, event.user, event.target_id) == ("change", administrator, f"policy:{bad.pk}")
        _drain_until_set_aside()
        assert "出错的办法" in _read(desk)
        assert entries.filter(set_aside=True).exists()
    desk.post(RETRY, {"thing": f"policy:{bad.pk}"})
    drain()
    assert "出错的办法" not in _read(desk)
    assert found('"出错的办法"') == ["出错的办法"]


def test_all_are_tried_again(desk: Client) -> None:
    settle()
    pages = [PolicyPageFactory(title=f"第{number}号办法") for number in range(3)]
    settle()
    for page in pages:
        _put_aside("policy", page.pk)
    assert "全部再试一次" in _read(desk)
    response = desk.post(RETRY, {"all": "1"}, follow=True)
    assert "3 项内容将再试一次" in response.content.decode()
    assert AuditEvent.objects.latest("pk").details == {"tried_again": 3}
    drain()
    assert "没有搁置的内容" in _read(desk)
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize("data", [{}, {"thing": ""}, {"thing": "policy:1"}, {"thing": "\0"}, {"thing": "x" * 5000}])
def test_where_nothing_is_set_aside_nothing_is_tried(desk: Client, data: dict[str, str]) -> None:
    settle()
    events = AuditEvent.objects.count()
    response = desk.post(RETRY, data, follow=True)
    assert "没有需要再试的内容" in response.content.decode()
    assert AuditEvent.objects.count() == events


def test_only_administrators_look_and_try_again() -> None:
    entry = _put_aside("policy", 1)
    for role in (Role.EDITOR, Role.COORDINATOR, Role.AUDITOR):
        client = Client()
        client.force_login(person(role))
        assert client.get(STATE).status_code in (302, 403)
        assert client.post(RETRY, {"all": "1"}).status_code in (302, 403)
        assert STATE not in client.get("/admin/").content.decode()
    entry.refresh_from_db()
    assert entry.set_aside


def test_trying_again_needs_the_page(administrator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    _put_aside("policy", 1)
    assert client.post(RETRY, {"all": "1"}).status_code == 403
    assert client.get(RETRY).status_code == 405
    assert OutboxEntry.objects.filter(set_aside=True).exists()


def test_the_menu_leads_there(desk: Client) -> None:
    assert STATE in desk.get("/admin/").content.decode()


def test_a_long_list_has_pages_and_takes_no_more_queries(desk: Client) -> None:
    pages = [PolicyPageFactory(title=f"第{number}号办法") for number in range(30)]
    settle()
    _put_aside("policy", pages[0].pk)
    _read(desk)
    with CaptureQueriesContext(connection) as few:
        _read(desk)
    for page in pages[1:]:
        _put_aside("policy", page.pk)
    with CaptureQueriesContext(connection) as many:
        text = _read(desk)
    assert len(many) == len(few)
    assert "第 1 页，共 2 页" in text
    assert "第29号办法" in _read(desk, f"{STATE}?page=2")
    assert "第29号办法" in _read(desk, f"{STATE}?page=99")
    assert EngineFeed.objects.count() == 1
