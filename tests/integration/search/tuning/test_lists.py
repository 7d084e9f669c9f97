"""Synonyms, promoted results and stop phrases: edited as a draft, put live, held to at once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from search.tuning.models import LiveTuning, Promotion, StopPhrase, SynonymGroup
from search.tuning.reading import draft
from search.tuning.rules import digest
from search.tuning.services import DraftMovedError, put_live
from tests.factories.home import PolicyPageFactory, paragraph
from tests.integration.search.asking import found, found_by, settle

pytestmark = pytest.mark.django_db

NEW_GROUP, DRAFT = "/admin/search/synonyms/new/", "/admin/search/tuning/"


def _put_live(user: User) -> None:
    row = LiveTuning.objects.first()
    put_live(user=user, seen=digest(row.content if row else {}, draft()))


def _soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_synonym_is_entered_put_live_and_found_without_reindexing(administrator: User, desk: Client) -> None:
    PolicyPageFactory(title="站外照料机构检查办法")
    settle()
    assert found("托养") == []
    response = desk.post(NEW_GROUP, {"words": "托养\n站外照料", "is_active": "on"})
    assert response.status_code == 302
    group = SynonymGroup.objects.get()
    assert group.changed_by == administrator
    assert found("托养") == []
    page = _soup(desk.get(DRAFT))
    assert "托养 → 站外照料" in page.get_text()
    seen = page.select_one("input[name=seen]")["value"]  # type: ignore[index]
    assert desk.post(DRAFT, {"seen": seen}).status_code == 302
    assert found("托养") == ["站外照料机构检查办法"]
    assert AuditEvent.objects.filter(action="create", target_type="tuning.synonymgroup").exists()
    assert AuditEvent.objects.filter(
        action="publish", target_type="tuning.livetuning", user_id=administrator.pk
    ).exists()


def test_what_is_switched_off_or_deleted_counts_no_more(administrator: User) -> None:
    PolicyPageFactory(title="站外照料机构检查办法")
    settle()
    group = SynonymGroup.objects.create(words="托养\n站外照料")
    _put_live(administrator)
    assert found("托养") != []
    group.is_active = False
    group.save()
    _put_live(administrator)
    assert found("托养") == []


@pytest.mark.parametrize("words", ["托养", "托养\n托养", "托养\n照", ""])
def test_bad_groups_are_refused_beside_the_field_and_kept_as_typed(desk: Client, words: str) -> None:
    page = _soup(desk.post(NEW_GROUP, {"words": words, "is_active": "on"}))
    assert page.select_one("#panel-child-words-errors, [id$=words-errors], .error-message") is not None
    assert page.select_one("textarea[name=words]").get_text().strip() == words  # type: ignore[union-attr]
    assert not SynonymGroup.objects.exists()


def test_nobody_overwrites_what_somebody_else_saved(desk: Client) -> None:
    group = SynonymGroup.objects.create(words="托养\n站外照料")
    address = f"/admin/search/synonyms/edit/{group.pk}/"
    seen = _soup(desk.get(address)).select_one("input[name=seen]")["value"]  # type: ignore[index]
    SynonymGroup.objects.update(words="托养\n寄养", version=2)
    mine = {"words": "托养\n代养", "is_active": "on", "seen": seen}
    response = desk.post(address, mine)
    page = _soup(response)
    assert "托养 = 寄养" in page.get_text()
    assert page.select_one("textarea[name=words]").get_text().strip() == "托养\n代养"  # type: ignore[union-attr]
    again = page.select_one("input[name=seen]")["value"]  # type: ignore[index]
    assert desk.post(address, {**mine, "seen": again}).status_code == 302
    group.refresh_from_db()
    assert (group.words, group.version) == ("托养\n代养", 3)


def test_a_draft_that_changed_meanwhile_is_not_put_live(administrator: User, desk: Client) -> None:
    StopPhrase.objects.create(phrase="请问", key="请问")
    seen = digest({}, draft())
    StopPhrase.objects.create(phrase="怎么办", key="怎么办")
    with pytest.raises(DraftMovedError):
        put_live(user=administrator, seen=seen)
    assert desk.post(DRAFT, {"seen": seen}).status_code == 409
    assert LiveTuning.objects.filter(number__gt=0).count() == 0


def test_a_promoted_page_comes_first_with_its_badge_for_those_who_may_open_it(administrator: User) -> None:
    PolicyPageFactory(title="救助热线管理", body=paragraph("救助热线"))
    promoted = PolicyPageFactory(title="全市求助电话一览")
    inside = PolicyPageFactory(title="内部值班表")
    PageViewRestriction.objects.create(page=inside, restriction_type=PageViewRestriction.LOGIN)
    Promotion.objects.create(question="救助热线", match="contains", first=inside, second=promoted)
    settle()
    _put_live(administrator)
    assert found("救助热线") == ["全市求助电话一览", "救助热线管理"]
    assert found_by(administrator, "救助热线")[0] == "内部值班表"
    page = _soup(Client().get("/search/", {"q": "救助热线"}))
    assert [row.select_one(".search-promoted") is not None for row in page.select(".search-result")] == [True, False]
    assert "推荐" in page.select(".search-result")[0].get_text()
    assert found_by(AnonymousUser(), "热线") == ["救助热线管理"]


def test_a_promotion_refuses_the_same_page_twice_and_days_in_the_wrong_order(desk: Client) -> None:
    page = PolicyPageFactory(title="全市求助电话一览")
    sent = {
        "question": "热线",
        "match": "exact",
        "first": page.pk,
        "second": page.pk,
        "begins_on": "2026-05-02",
        "ends_on": "2026-05-01",
        "is_active": "on",
    }
    text = _soup(desk.post("/admin/search/promotions/new/", sent)).get_text()
    assert "重复" in text
    assert "早于" in text
    assert not Promotion.objects.exists()


def test_a_question_costs_one_query_more_however_much_is_live(administrator: User) -> None:
    settle()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found("托养")
        return len(asked)

    before = queries()
    SynonymGroup.objects.create(words="托养\n站外照料")
    StopPhrase.objects.create(phrase="请问", key="请问")
    _put_live(administrator)
    assert queries() == before
