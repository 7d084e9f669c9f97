"""The list of policies: filters, order, paging, cost."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.policies.enums import Validity
from home.policies.models import PolicyPage
from home.policies.rules import shown_validity
from tests.factories.home import PolicyPageFactory, PolicyTopicFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 1)


def listed(client: Client, **filters: str | int) -> set[str]:
    answer = client.get("/policies/", filters)
    assert answer.status_code == 200
    return {policy.title for policy in answer.context["page_of_rows"]}


def test_the_topic_of_the_first_level_finds_what_lies_below_it(client: Client) -> None:
    top = PolicyTopicFactory(name="救助管理")
    below = PolicyTopicFactory(name="医疗救治", parent=top)
    PolicyPageFactory(title="甲", topic=top)
    PolicyPageFactory(title="乙", topic=below)
    PolicyPageFactory(title="丙")
    assert listed(client, topic=top.pk) == {"甲", "乙"}
    assert listed(client, topic=below.pk) == {"乙"}


def test_one_of_several_issuing_bodies_is_enough_and_a_document_is_listed_once(client: Client) -> None:
    PolicyPageFactory(title="联合发文", issuers=["民政部", "公安部"])
    PolicyPageFactory(title="单独发文", issuers=["民政部"])
    assert listed(client, issuer="公安部") == {"联合发文"}
    answer = client.get("/policies/", {"issuer": "民政部"})
    assert answer.context["page_of_rows"].paginator.count == 2


def test_the_year_is_taken_from_the_number_where_no_date_is_known(client: Client) -> None:
    PolicyPageFactory(title="有日期", signed_on=datetime.date(2019, 5, 1), doc_number="测发〔2018〕1号")
    PolicyPageFactory(title="有文号", doc_number="测发(2020) 2号")
    PolicyPageFactory(title="都没有")
    assert listed(client, year=2019) == {"有日期"}
    assert listed(client, year=2020) == {"有文号"}


@pytest.mark.parametrize("typed", ["测民发〔2020〕14号", "测民发[2020]14", "测民发（２０２０） 14 号"])
def test_a_number_is_found_however_it_is_typed(client: Client, typed: str) -> None:
    PolicyPageFactory(title="甲", doc_number="测民发〔2020〕14号")
    PolicyPageFactory(title="乙", doc_number="测民发〔2021〕14号")
    assert listed(client, q=typed) == {"甲"}


def test_all_words_must_be_in_the_title(client: Client) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    PolicyPageFactory(title="临时救助办法")
    assert listed(client, q="救助 管理") == {"流浪乞讨人员救助管理办法"}


def test_a_filter_that_does_not_exist_narrows_nothing(client: Client) -> None:
    PolicyPageFactory(title="甲")
    assert listed(client, topic="999", year="abc", validity="x", page="-1") == {"甲"}


def test_the_newest_document_stands_first_and_undated_ones_last(client: Client) -> None:
    PolicyPageFactory(title="无日期")
    PolicyPageFactory(title="旧", signed_on=datetime.date(2003, 7, 21))
    PolicyPageFactory(title="新", published_on=datetime.date(2024, 1, 1))
    rows = client.get("/policies/").context["page_of_rows"]
    assert [policy.title for policy in rows] == ["新", "旧", "无日期"]


def test_the_database_and_the_rule_agree_on_what_is_shown() -> None:
    days = [None, TODAY - datetime.timedelta(days=1), TODAY, TODAY + datetime.timedelta(days=1)]
    for stated in Validity:
        for effective in days:
            for expires in days:
                if not (effective and expires and expires <= effective):
                    PolicyPageFactory(validity=stated, effective_on=effective, expires_on=expires)
    pages = list(PolicyPage.objects.all())
    for shown in Validity:
        by_rule = {
            page.pk
            for page in pages
            if shown_validity(Validity(page.validity), page.effective_on, page.expires_on, TODAY) == shown
        }
        assert set(PolicyPage.objects.with_validity(shown, TODAY).values_list("pk", flat=True)) == by_rule


def test_what_is_shown_is_what_is_filtered(client: Client) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    page = PolicyPageFactory(title="未施行", validity=Validity.IN_FORCE, effective_on=tomorrow)
    assert page.shown_validity == Validity.NOT_YET
    assert listed(client, validity=Validity.NOT_YET) == {"未施行"}
    assert listed(client, validity=Validity.IN_FORCE) == set()


def test_long_lists_are_paged_and_keep_their_filters(client: Client) -> None:
    for number in range(25):
        PolicyPageFactory(title=f"测试文件{number}")
    first = client.get("/policies/", {"q": "测试"})
    assert len(first.context["page_of_rows"]) == 20
    assert "?q=%E6%B5%8B%E8%AF%95&amp;page=2" in first.content.decode()
    assert len(client.get("/policies/", {"q": "测试", "page": "2"}).context["page_of_rows"]) == 5
    assert client.get("/policies/", {"page": 99}).context["page_of_rows"].number == 2


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/policies/", {"validity": "in-force"})
        return len(queries)

    topic = PolicyTopicFactory(parent=PolicyTopicFactory())
    fields = {"topic": topic, "validity": Validity.IN_FORCE, "issuers": ["民政部", "公安部"]}
    PolicyPageFactory(**fields)
    cost()
    one = cost()
    for _number in range(12):
        PolicyPageFactory(**fields)
    assert cost() == one
    assert one <= 16


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    client.cookies.load({"django_language": "en"})
    assert "No policy has been published yet" in client.get("/policies/").content.decode()
    PolicyPageFactory()
    assert "No document meets these filters" in client.get("/policies/?q=zzz").content.decode()
