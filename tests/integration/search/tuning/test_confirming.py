"""Nothing goes live before it was named and confirmed, with what its previews said."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.accounts.models import User
from search.judging.models import Judgement, JudgementList
from search.previewing import running
from search.previewing.enums import PreviewState
from search.previewing.models import Preview
from search.tuning.models import LiveTuning, StopPhrase, SynonymGroup
from search.tuning.reading import draft
from search.tuning.rules import digest
from search.tuning.services import put_live
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle

pytestmark = pytest.mark.django_db

DRAFT, CONFIRM, ASK = "/admin/search/tuning/", "/admin/search/tuning/confirm/", "/admin/search/previews/"


@pytest.fixture
def judgements() -> JudgementList:
    """托养 should find what is called otherwise."""
    PolicyPageFactory(slug="care", title="站外照料机构检查办法")
    kept = JudgementList.objects.create(name="常问的")
    Judgement.objects.create(belongs_to=kept, question="托养", key="托养", relevant={"policy:care": 3})
    settle()
    SynonymGroup.objects.create(words="托养\n站外照料")
    return kept


def _page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def _text(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def _press(desk: Client, page: BeautifulSoup, name: str) -> Any:
    """Press a button as a browser without scripts does."""
    button = next(button for button in page.select("form button") if button.get_text(strip=True) == name)
    form = button.find_parent("form")
    assert form is not None
    values = {str(field["name"]): str(field["value"]) for field in form.select("input[name]")}
    send = desk.post if form["method"] == "post" else desk.get
    return send(str(form.get("action") or DRAFT), values)


def _is_live() -> bool:
    return LiveTuning.objects.filter(number__gt=0).exists()


def test_what_changes_is_named_and_goes_live_when_confirmed(desk: Client, judgements: JudgementList) -> None:
    asked = _page(_press(desk, _page(desk.get(DRAFT)), "生效"))
    assert "托养 → 站外照料" in _text(asked)
    assert "2 处改动" in _text(asked)
    assert not _is_live()
    done = _press(desk, asked, "确认生效")
    assert done.status_code == 302
    assert found("托养") == ["站外照料机构检查办法"]


def test_cancelling_leaves_everything_as_it_was(desk: Client, judgements: JudgementList) -> None:
    asked = _page(_press(desk, _page(desk.get(DRAFT)), "生效"))
    back = next(link for link in asked.select("a.button") if "取消" in link.get_text())
    assert "托养 → 站外照料" in _text(_page(desk.get(str(back["href"]))))
    assert not _is_live()
    assert found("托养") == []


def test_that_nothing_was_previewed_is_said_with_the_way_there(desk: Client, judgements: JudgementList) -> None:
    asked = _page(desk.get(CONFIRM))
    assert "您还没有预览" in _text(asked)
    assert asked.select_one(f"a[href='{DRAFT}#preview']") is not None
    assert _page(desk.get(DRAFT)).select_one("#preview") is not None
    assert asked.select_one(".tuning-measures") is None


def test_the_last_preview_of_each_list_is_shown_and_only_of_this_draft(
    desk: Client, judgements: JudgementList, administrator: User
) -> None:
    other = JudgementList.objects.create(name="少问的")
    for kept in (judgements, judgements, other):
        running.ask(user=administrator, judgements=kept)
    last = Preview.objects.filter(judgements=judgements).first()
    assert last is not None
    asked = _page(desk.get(CONFIRM))
    assert len(asked.select(".tuning-measures")) == 1
    assert "0.000 1.000 +1.000 变好" in _text(asked)
    assert asked.select_one(f"a[href='{ASK}{last.pk}/']") is not None
    assert "少问的" in _text(asked)
    assert "没有可以评测的检索词" in _text(asked)
    StopPhrase.objects.create(phrase="请问", key="请问")
    asked = _page(desk.get(CONFIRM))
    assert "您还没有预览" in _text(asked)
    assert asked.select_one(".tuning-measures") is None


@pytest.mark.parametrize("state", [PreviewState.RUNNING, PreviewState.FAILED])
def test_a_preview_that_is_not_ready_shows_no_figures(
    desk: Client, judgements: JudgementList, administrator: User, state: PreviewState
) -> None:
    running.ask(user=administrator, judgements=judgements)
    Preview.objects.update(state=state)
    asked = _page(desk.get(CONFIRM))
    assert f"预览尚未完成： {state.label}" in _text(asked)
    assert asked.select_one(".tuning-measures") is None


def test_a_preview_from_which_one_goes_on_asks_too(desk: Client, judgements: JudgementList) -> None:
    page = _page(desk.post(ASK, {"judgements": judgements.pk}, follow=True))
    asked = _page(_press(desk, page, "生效"))
    assert not _is_live()
    assert len(asked.select(".tuning-measures")) == 1
    _press(desk, asked, "确认生效")
    assert _is_live()


def test_what_changed_before_or_while_it_was_asked_is_a_conflict(desk: Client, judgements: JudgementList) -> None:
    page = _page(desk.get(DRAFT))
    StopPhrase.objects.create(phrase="请问", key="请问")
    late = _press(desk, page, "生效")
    assert late.status_code == 409
    assert "请问" in _text(_page(late))
    asked = _page(_press(desk, _page(late), "生效"))
    StopPhrase.objects.create(phrase="怎么办", key="怎么办")
    late = _press(desk, asked, "确认生效")
    assert late.status_code == 409
    assert "本次未生效" in _text(_page(late))
    assert "怎么办" in _text(_page(late))
    assert not _is_live()


def test_what_somebody_else_put_live_meanwhile_is_a_conflict(
    desk: Client, judgements: JudgementList, administrator: User
) -> None:
    asked = _page(desk.get(CONFIRM))
    put_live(user=administrator, seen=digest({}, draft()))
    assert _press(desk, asked, "确认生效").status_code == 409
    assert LiveTuning.objects.get().number == 1


def test_nothing_to_confirm_leads_back_to_the_lists(desk: Client) -> None:
    assert desk.get(CONFIRM).headers["Location"] == DRAFT
