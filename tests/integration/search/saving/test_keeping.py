"""Saving a search, changing it, letting it rest, removing it: as its owner sees it, and nobody else."""

from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.units.enums import Role
from search.saving.enums import Cadence
from search.saving.errors import AlreadySavedError, StaleSearchError, TooManySearchesError
from search.saving.models import SavedSearch
from search.saving.rules import MOST
from search.saving.services import change, remove, set_paused
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.search.asking import settle
from tests.integration.search.saving.library import MINE, as_, asked, kept

pytestmark = pytest.mark.django_db

NEW = "/search/saved/new/"


def _soup(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


@pytest.fixture
def staff() -> User:
    """A member of staff."""
    return person(Role.STAFF)


def test_a_search_is_saved_from_the_results_with_all_its_filters(staff: User) -> None:
    PolicyPageFactory(title="救助办法", issuers=["民政部"])
    settle()
    client = as_(staff)
    link = _soup(client, "/search/?q=救助&kind=policy&issuer=民政部&sort=date").select_one(f"a[href^='{NEW}']")
    assert link is not None
    form = _soup(client, str(link["href"]))
    assert form.select_one("[name=name]")["value"] == "救助 · 政策法规 · 民政部"  # type: ignore[index]
    response = client.post(str(link["href"]), {"name": "部里的办法", "cadence": "weekly"}, follow=True)
    row = BeautifulSoup(response.content, "html.parser").select_one(".saved-search")
    assert row is not None
    assert "部里的办法" in row.get_text()
    assert "每周一次" in row.get_text()
    assert "发文机关：民政部" in row.get_text()
    opened = _soup(client, str(row.select_one("h2 a")["href"]))  # type: ignore[index]
    everything = next(link for link in opened.select("main a") if link.get_text() == "全部结果")
    assert asked(str(everything["href"]).partition("?")[2]) == asked("q=救助&kind=policy&issuer=民政部&sort=date")


def test_the_results_say_that_the_search_is_kept_however_it_was_typed(staff: User) -> None:
    PolicyPageFactory(title="救助办法")
    settle()
    kept(staff, "q=救助 办法&year=2020&year=2019", name="两年的办法")
    shown = _soup(as_(staff), "/search/?year=2019&q=　救助　办法&year=2020")
    assert "已收藏为“两年的办法”" in shown.get_text()
    assert not shown.select(f"a[href^='{NEW}']")
    assert not _soup(Client(), "/search/?q=救助").select(f"a[href^='{NEW}']")


def test_saving_the_same_twice_is_told_and_nothing_typed_is_lost(staff: User) -> None:
    kept(staff, name="原来的")
    response = as_(staff).post(f"{NEW}?q=救助&page=2", {"name": "再来一个", "cadence": "none"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "您已收藏过这项检索，名称是“原来的”" in page.get_text()
    assert page.select_one("[name=name]")["value"] == "再来一个"  # type: ignore[index]
    assert SavedSearch.objects.count() == 1
    with pytest.raises(AlreadySavedError):
        kept(staff, " q=1&q=救助 ")


def test_no_more_than_fifty_are_kept(staff: User) -> None:
    for number in range(MOST):
        kept(staff, f"q=救助{number}")
    with pytest.raises(TooManySearchesError):
        kept(staff, "q=托养")
    assert "达到上限" in _soup(as_(staff), MINE).get_text()
    assert "请先删除一项" in as_(staff).post(f"{NEW}?q=托养", {"name": "x", "cadence": "none"}).content.decode()
    kept(person(Role.STAFF), "q=托养")


def test_what_is_wrong_stands_beside_its_field(staff: User) -> None:
    for name in ("", " 　", "\x01", "长" * 101):
        response = as_(staff).post(f"{NEW}?q=救助", {"name": name, "cadence": "hourly"})
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        assert page.select_one("[name=name]")["aria-invalid"] == "true"  # type: ignore[index]
        assert page.select_one("#div_id_cadence .invalid-feedback")
    assert not SavedSearch.objects.exists()


def test_nothing_asked_for_cannot_be_saved(staff: User) -> None:
    response = as_(staff).get(f"{NEW}?page=3", follow=True)
    assert response.redirect_chain[-1][0] == "/search/"
    assert "请先检索，再收藏" in response.content.decode()


def test_others_find_nothing_under_its_addresses(staff: User) -> None:
    search = kept(staff, name="私事")
    for other in (as_(person(Role.ADMINISTRATOR)), as_(person(Role.STAFF))):
        assert "私事" not in other.get(MINE).content.decode()
        assert other.get(f"{MINE}{search.pk}/edit/").status_code == 404
        for act in ("edit", "pause", "delete"):
            assert other.post(f"{MINE}{search.pk}/{act}/", {"paused": "1", "name": "x"}).status_code == 404
    search.refresh_from_db()
    assert (search.name, search.is_paused) == ("私事", False)
    assert Client().get(MINE).status_code == 302


def test_a_change_on_a_stale_page_is_shown_what_stands_now_and_can_be_saved_then(staff: User) -> None:
    search, client = kept(staff, name="原名"), as_(staff)
    change(search=search, revision=search.revision, name="另一窗口", cadence=Cadence.WEEKLY)
    with pytest.raises(StaleSearchError):
        change(search=search, revision=1, name="旧的", cadence=Cadence.NONE)
    response = client.post(f"{MINE}{search.pk}/edit/", {"name": "我的", "cadence": "none", "revision": "1"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 409
    assert "另一窗口" in page.select_one(".alert").get_text()  # type: ignore[union-attr]
    again = {field["name"]: field.get("value", "") for field in page.select(".saved-form input:not([type=radio])")}
    assert again["name"] == "我的"
    client.post(f"{MINE}{search.pk}/edit/", {**again, "cadence": "none"})
    search.refresh_from_db()
    assert (search.name, search.cadence) == ("我的", Cadence.NONE)


def test_resting_and_going_on(staff: User) -> None:
    search, client = kept(staff), as_(staff)
    assert search.due_at is not None
    page = client.post(f"{MINE}{search.pk}/pause/", {"paused": "1"}, follow=True).content.decode()
    assert "已暂停" in page
    assert not SavedSearch.objects.running().exists()
    set_paused(search=search, is_paused=True)
    client.post(f"{MINE}{search.pk}/pause/", {"paused": "0"})
    search.refresh_from_db()
    assert search.due_at is not None
    assert not search.is_paused


def test_what_was_deleted_meanwhile_cannot_rest_and_says_so(staff: User) -> None:
    search = kept(staff)
    remove(search=search)
    for act in ("pause", "edit"):
        given = {"name": "x", "cadence": "none", "revision": "1", "paused": "1"}
        # The page had been asked for before the other window deleted it.
        with patch("search.saving.views._own", return_value=search):
            page = as_(staff).post(f"{MINE}{search.pk}/{act}/", given, follow=True).content.decode()
        assert "这项检索已被删除" in page


def test_it_is_deleted(staff: User) -> None:
    search = kept(staff)
    page = as_(staff).post(f"{MINE}{search.pk}/delete/", follow=True).content.decode()
    assert "还没有收藏的检索" in page
    assert as_(staff).get(f"{MINE}{search.pk}/edit/").status_code == 404


def test_the_list_asks_the_database_no_more_often_for_more_searches(staff: User) -> None:
    client = as_(staff)
    kept(staff)
    client.get(MINE)
    with CaptureQueriesContext(connection) as few:
        client.get(MINE)
    for number in range(20):
        kept(staff, f"q=救助{number}&kind=policy")
    with CaptureQueriesContext(connection) as many:
        client.get(MINE)
    assert len(many) == len(few)
