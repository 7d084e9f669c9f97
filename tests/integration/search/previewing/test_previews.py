"""The draft is asked beside what is live before it goes live; nothing that others find changes by that."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.accounts.models import User
from portal.units.enums import Role
from search.engines.base import EngineUnavailableError, Query
from search.engines.embedded import EmbeddedEngine
from search.judging.models import Judgement, JudgementList
from search.previewing import running
from search.previewing.models import Preview
from search.tuning.models import LiveTuning, StopPhrase, SynonymGroup
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.queue import run_queued
from tests.integration.search.asking import found, settle

pytestmark = pytest.mark.django_db

DRAFT, ASK = "/admin/search/tuning/", "/admin/search/previews/"


@pytest.fixture
def judgements() -> JudgementList:
    """托养 should find what is called otherwise; 热线 finds it already."""
    PolicyPageFactory(slug="care", title="站外照料机构检查办法")
    PolicyPageFactory(slug="line", title="救助热线通知")
    kept = JudgementList.objects.create(name="常问的")
    for question, relevant in (("“托养”", "policy:care"), ("托养", "policy:care"), ("救助热线", "policy:line")):
        Judgement.objects.create(belongs_to=kept, question=question, key=question, relevant={relevant: 3})
    settle()
    return kept


def _soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def _text(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


def _preview(desk: Client, judgements: JudgementList) -> tuple[str, BeautifulSoup]:
    response = desk.post(ASK, {"judgements": judgements.pk})
    assert response.status_code == 302
    address = response.headers["Location"]
    return address, _soup(desk.get(address))


def _measures(page: BeautifulSoup) -> list[list[str]]:
    rows = page.select(".tuning-measures tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in rows]


def test_a_synonym_is_previewed_and_put_live_from_there(
    desk: Client, administrator: User, judgements: JudgementList
) -> None:
    SynonymGroup.objects.create(words="托养\n站外照料")
    assert "常问的" in _text(_soup(desk.get(DRAFT)))
    address, page = _preview(desk, judgements)
    text = _text(page)
    assert _measures(page) == [["0.333", "0.667", "+0.333 变好"], ["0.333", "0.667", "+0.333 变好"]]
    assert "3 个检索词中有 1 个：1 个变好，0 个变差" in text
    assert f"按 {administrator} 的权限" in text
    assert "没有指标下降" in text
    assert found("托养") == []
    assert _soup(desk.get(DRAFT)).select_one(f"a[href='{address}']") is not None
    link = page.select_one(".listing td.title a")
    assert link is not None
    assert link.get_text() == "托养"
    side = _text(_soup(desk.get(str(link["href"]))))
    assert "站外照料机构检查办法 直接解答 · 新进前十条" in side
    seen = page.select_one("input[name=seen]")["value"]  # type: ignore[index]
    assert desk.post(DRAFT, {"seen": seen}).status_code == 302
    assert found("托养") == ["站外照料机构检查办法"]
    assert "预览之后列表又有修改" in _text(_soup(desk.get(address)))


def test_a_measure_that_falls_is_said_and_the_decision_is_left(desk: Client, judgements: JudgementList) -> None:
    StopPhrase.objects.create(phrase="热线", key="热线")
    PolicyPageFactory(title="救助", slug="other")
    settle()
    _, page = _preview(desk, judgements)
    text = _text(page)
    assert "指标" in text
    assert "下降" in text
    assert "由您决定" in text
    assert page.select_one("input[name=seen]") is not None
    assert LiveTuning.objects.filter(number__gt=0).count() == 0


def test_who_asks_finds_what_they_may_find(judgements: JudgementList) -> None:
    hidden = PolicyPageFactory(slug="hidden", title="密室操作细则")
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.PASSWORD)
    Judgement.objects.create(belongs_to=judgements, question="密室操作", key="密室操作", relevant={"policy:hidden": 3})
    settle()
    made = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    row = next(row for row in made.outcome["questions"] if row["question"] == "密室操作")
    assert f"policy:{hidden.pk}" not in row["before"]
    restriction.delete()
    hidden.save_revision().publish()
    settle()
    made = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    row = next(row for row in made.outcome["questions"] if row["question"] == "密室操作")
    assert f"policy:{hidden.pk}" in row["before"]


def test_what_is_not_here_any_more_is_named_and_not_counted(desk: Client, judgements: JudgementList) -> None:
    Judgement.objects.create(
        belongs_to=judgements, question="热线", key="热线", relevant={"policy:fort": 3, "policy:line": 3}
    )
    Judgement.objects.create(belongs_to=judgements, question="无", key="无", relevant={"policy:fort": 3})
    _, page = _preview(desk, judgements)
    assert "policy:fort" in _text(page)
    assert Preview.objects.get().total == 4


def test_a_longer_list_is_worked_out_by_a_worker_with_progress(
    desk: Client, judgements: JudgementList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "QUICK", 2)
    SynonymGroup.objects.create(words="托养\n站外照料")
    address, page = _preview(desk, judgements)
    progress = page.select_one("#preview-progress")
    assert progress is not None
    assert progress["hx-get"] == address
    piece = desk.get(address, headers={"HX-Request": "true"})
    assert "0／3" in piece.content.decode()
    run_queued()
    ready = desk.get(address, headers={"HX-Request": "true"})
    assert ready.headers["HX-Refresh"] == "true"
    assert _measures(_soup(desk.get(address)))[0][:2] == ["0.333", "0.667"]


def test_what_takes_longer_than_one_waits_is_gone_on_with_where_it_stopped(
    judgements: JudgementList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = EmbeddedEngine.search

    def counted(self: EmbeddedEngine, query: Query) -> Any:
        asked.append(query.text)
        return search(self, query)

    monkeypatch.setattr(EmbeddedEngine, "search", counted)
    monkeypatch.setattr(running, "QUICK", 0)
    made = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    spent = iter([False, True])
    assert running.run(made.pk, is_spent=lambda: next(spent)) == "queued"
    assert len(asked) == 1
    run_queued()
    made.refresh_from_db()
    assert (made.state, made.done) == ("done", 3)
    assert sorted(asked) == sorted(row["question"] for row in made.outcome["questions"])


def test_a_dead_worker_s_preview_is_taken_over_and_old_ones_go(judgements: JudgementList) -> None:
    now = timezone.now()
    made = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    past = now - datetime.timedelta(minutes=1)
    Preview.objects.filter(pk=made.pk).update(state="running", lease_until=past, not_before=past, outcome={}, done=0)
    old = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    Preview.objects.filter(pk=old.pk).update(asked_at=now - datetime.timedelta(days=8))
    assert running.look_after() == 1
    run_queued()
    made.refresh_from_db()
    assert made.state == "done"
    assert not Preview.objects.filter(pk=old.pk).exists()


def test_no_engine_that_answers_is_said(
    desk: Client, judgements: JudgementList, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmbeddedEngine, query: Query) -> Any:
        raise EngineUnavailableError("away")

    monkeypatch.setattr(EmbeddedEngine, "search", away)
    _, page = _preview(desk, judgements)
    assert "检索引擎没有响应" in _text(page)


def test_a_preview_is_its_owner_s_alone(desk: Client, judgements: JudgementList) -> None:
    made = running.ask(user=person(Role.ADMINISTRATOR), judgements=judgements)
    assert desk.get(f"{ASK}{made.pk}/").status_code == 404
    assert desk.get(f"{ASK}{made.pk}/1/").status_code == 404
    other = Client()
    other.force_login(person(Role.EDITOR))
    assert other.post(ASK, {"judgements": judgements.pk}).status_code in {302, 403}
    assert Preview.objects.count() == 1


@pytest.mark.parametrize("wanted", ["", "x", "99999999999999999999999999", "0"])
def test_no_list_is_said_and_nothing_is_asked(desk: Client, wanted: str) -> None:
    response = desk.post(ASK, {"judgements": wanted}, follow=True)
    assert "请选择一份评测清单" in response.content.decode()
    assert not Preview.objects.exists()


def test_a_draft_that_is_live_changes_nothing(desk: Client, judgements: JudgementList) -> None:
    _, page = _preview(desk, judgements)
    assert "不会有变化" in _text(page)
    assert "3 个检索词中有 0 个" in _text(page)
