"""Regulations are found through their articles on the search page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.home import PolicyPageFactory, paragraph
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db


def _law(**values: str) -> None:
    articles = (
        "第一条 为了规范救助行为，制定本办法。",
        "第二条 受助人员应当遵守救助站的制度。",
        "第三条 救助站不得向受助人员收取费用。",
    )
    body = paragraph("</p><p>".join(articles))
    PolicyPageFactory(title="救助管理办法", body=body, **values)
    settle()


def test_the_result_names_the_article_and_leads_to_it(client: Client) -> None:
    _law()
    page = client.get("/search/", {"q": "受助人员 收取费用"}).content.decode()
    assert 'art-3"' in page
    assert "第三条" in page
    assert page.count('<li class="search-result">') == 1


def test_a_law_that_is_found_by_its_title_shows_its_best_article_with_a_way_to_it(client: Client) -> None:
    PolicyPageFactory(title="慈善法", body=paragraph("第一条 本法所称慈善，不是救助管理办法所说的救助。"))
    _law(summary="2003年6月18日国务院第12次常务会议通过")
    page = BeautifulSoup(client.get("/search/", {"q": "救助管理办法"}).content, "html.parser")
    title, quoted = page.select_one(".search-result h2 a"), page.select_one(".search-quoted")
    assert title is not None
    assert quoted is not None
    assert "#" not in str(title["href"])
    assert str(quoted["href"]).startswith(f"{title['href']}#art-")
    assert quoted.parent is not None
    assert quoted.parent.select_one("mark") is not None


def test_what_has_all_the_words_can_be_asked_for(client: Client) -> None:
    _law()
    PolicyPageFactory(title="收取档案费用的通知")
    settle()
    some = client.get("/search/", {"q": "受助人员 收取费用"})
    assert (some.context["total"], some.context["complete"]) == (2, 1)
    every = client.get("/search/" + some.context["with_all_words"])
    assert [row.label for row in every.context["rows"]] == ["第三条"]
