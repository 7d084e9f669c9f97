"""Weights: edited as a draft, previewed, put live, held to at once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.policies.enums import Validity
from portal.accounts.models import User
from search.judging.models import Judgement, JudgementList
from search.tuning.models import Boost
from search.tuning.reading import draft
from search.tuning.rules import digest
from search.tuning.services import put_live
from tests.factories.home import PolicyPageFactory, TrainingPageFactory
from tests.integration.search.asking import found, settle

pytestmark = pytest.mark.django_db

NEW, DRAFT = "/admin/search/weights/new/", "/admin/search/tuning/"


def _soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def _sent(**values: Any) -> dict[str, Any]:
    return {"what": "kind:training", "years": "", "factor": "2", "is_active": "on", **values}


def test_a_weight_is_entered_shown_in_the_draft_put_live_and_held_to(desk: Client) -> None:
    PolicyPageFactory(title="救助管理", validity=Validity.IN_FORCE)
    TrainingPageFactory(title="救助管理业务培训")
    settle()
    assert found("救助管理") == ["救助管理", "救助管理业务培训"]
    assert desk.post(NEW, _sent(factor="4")).status_code == 302
    assert found("救助管理") == ["救助管理", "救助管理业务培训"]
    page = _soup(desk.get(DRAFT))
    assert "类型：培训 × 4" in page.get_text()
    seen = page.select_one("input[name=seen]")["value"]  # type: ignore[index]
    assert desk.post(DRAFT, {"seen": seen}).status_code == 302
    assert found("救助管理") == ["救助管理业务培训", "救助管理"]


def test_a_weight_is_previewed(desk: Client) -> None:
    PolicyPageFactory(title="救助管理", slug="rules")
    TrainingPageFactory(title="救助管理业务培训", slug="class")
    kept = JudgementList.objects.create(name="常问的")
    Judgement.objects.create(belongs_to=kept, question="救助管理", key="救助管理", relevant={"training:class": 3})
    settle()
    desk.post(NEW, _sent(factor="4"))
    response = desk.post("/admin/search/previews/", {"judgements": kept.pk}, follow=True)
    text = " ".join(_soup(response).get_text(" ").split())
    assert "1 个检索词中有 1 个：1 个变好，0 个变差" in text


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"factor": "5"}, "factor", "4"),
        ({"factor": "0.2"}, "factor", "0.25"),
        ({"factor": "很多"}, "factor", "数字"),
        ({"what": "newer"}, "years", "请填写年数"),
        ({"what": "newer", "years": "0"}, "years", "1"),
        ({"what": "kind:policy"}, "what", "已有权重"),
        ({"what": "kind:none"}, "what", "kind:none"),
    ],
)
def test_bad_weights_are_refused_beside_the_field(desk: Client, values: dict[str, str], field: str, said: str) -> None:
    Boost.objects.create(what="kind:policy", factor=2)
    page = _soup(desk.post(NEW, _sent(**values)))
    wrong = page.select_one(f"#panel-child-{field}-errors")
    assert wrong is not None
    assert said in wrong.get_text()
    assert Boost.objects.count() == 1


def test_years_count_only_for_an_age(desk: Client) -> None:
    desk.post(NEW, _sent(years="5"))
    desk.post(NEW, _sent(what="newer", years="5", factor="1.5"))
    assert [(row.what, row.years) for row in Boost.objects.all()] == [("kind:training", None), ("newer", 5)]
    assert "最近 5 年的文件" in _soup(desk.get("/admin/search/weights/")).get_text()


def test_what_was_put_live_before_there_were_weights_has_none(administrator: User) -> None:
    row = put_live(user=administrator, seen=digest({}, draft()))
    del row.content["boosts"]
    row.save()
    PolicyPageFactory(title="救助管理")
    settle()
    assert found("救助管理") == ["救助管理"]


def test_whether_a_row_is_active_is_said_in_the_reader_s_words(desk: Client) -> None:
    Boost.objects.create(what="kind:policy", factor=2)
    page = _soup(desk.get("/admin/search/weights/")).select_one("table.listing")
    assert page is not None
    assert "是" in page.get_text()
    assert "True" not in page.get_text()
