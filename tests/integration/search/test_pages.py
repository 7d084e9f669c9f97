"""Pages are found while they can be read, by those who can read them."""

import datetime
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home.policies.models import PolicyIndexPage, PolicyPage
from portal.units.enums import Role
from search.sources.pages import PolicySource
from tests.factories.home import (
    CampaignPageFactory,
    PolicyPageFactory,
    PolicyTopicFactory,
    StandardPageFactory,
    TrainingPageFactory,
    paragraph,
    restrict,
)
from tests.factories.units import person
from tests.integration.search.asking import ask_as, found, found_by, settle, waiting

pytestmark = pytest.mark.django_db


def test_a_published_policy_is_found_by_title_text_number_and_issuer() -> None:
    PolicyPageFactory(
        title="流浪乞讨人员救助管理办法",
        doc_number="民发[2020]14号",
        issuers=["民政部", "公安部"],
        body=paragraph("各地应当公开救助标准。"),
        signed_on=datetime.date(2020, 3, 24),
    )
    settle()
    for question in ("救助管理", "公开救助标准", "民发（2020）14号", "公安部"):
        assert found(question) == ["流浪乞讨人员救助管理办法"], question


def test_training_and_campaigns_are_found() -> None:
    TrainingPageFactory(title="救助业务培训班", place="市民政局三楼会议室")
    CampaignPageFactory(title="夏季送清凉", theme="高温天气街面救助")
    settle()
    assert found("三楼会议室") == ["救助业务培训班"]
    assert found("高温天气") == ["夏季送清凉"]


def test_a_draft_is_not_found() -> None:
    PolicyPageFactory(title="未公布的办法", live=False)
    settle()
    assert found("未公布") == []


def test_the_draft_of_a_published_page_is_not_found_until_it_is_published() -> None:
    page = PolicyPageFactory(title="原有标题文字")
    settle()
    page.title = "修改以后标题"
    revision = page.save_revision()
    settle()
    assert (found("“原有标题”"), found("“修改以后”")) == (["原有标题文字"], [])
    revision.publish()
    settle()
    assert (found("“原有标题”"), found("“修改以后”")) == ([], ["修改以后标题"])


def test_a_page_taken_offline_is_gone_at_once_even_while_the_index_does_not_know() -> None:
    page = PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    page.unpublish()
    assert waiting()
    results = ask_as(AnonymousUser(), "救助管理", facets=("kind",))
    assert (results.total, results.facets["kind"]) == (0, ())
    settle()
    assert found("救助管理") == []


def test_a_deleted_section_takes_its_pages_along() -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    PolicyIndexPage.objects.get().delete()
    assert found("救助管理") == []
    settle()
    assert found("救助管理") == []


def test_a_page_for_some_roles_is_found_by_them_only_and_from_the_moment_it_is_closed() -> None:
    page = PolicyPageFactory(title="内部工作规程")
    settle()
    restriction = restrict(page, Role.LEADER)
    leader, reporter = person(Role.LEADER), person(Role.REPORTER)
    assert found_by(reporter, "内部工作") == []
    settle()
    assert found_by(leader, "内部工作") == ["内部工作规程"]
    assert found_by(reporter, "内部工作") == found("内部工作") == []
    restriction.delete()
    settle()
    assert found("内部工作") == ["内部工作规程"]


def test_closing_a_section_closes_the_pages_below_it() -> None:
    PolicyPageFactory(title="内部工作规程")
    settle()
    restrict(PolicyIndexPage.objects.get(), kind="login")
    settle()
    assert found("内部工作") == []
    assert found_by(person(Role.REPORTER), "内部工作") == ["内部工作规程"]


def test_closing_a_section_writes_no_more_often_for_more_pages() -> None:
    counts = []
    for number in range(8):
        PolicyPageFactory(title=f"救助办法{number}")
        if number in (0, 7):
            with CaptureQueriesContext(connection) as asked:
                restrict(PolicyIndexPage.objects.get(), Role.LEADER)
            counts.append(sum(query["sql"].startswith("INSERT") for query in asked))
            PageViewRestriction.objects.all().delete()
    assert counts[0] == counts[1]


def test_reading_pages_asks_no_more_questions_for_more_of_them() -> None:
    counts = []
    for batch in (1, 10):
        for _page in range(batch):
            PolicyPageFactory(issuers=["民政部"])
        pks = [str(pk) for pk in PolicyPage.objects.values_list("pk", flat=True)]
        with CaptureQueriesContext(connection) as asked:
            assert len(list(PolicySource().documents(pks))) == len(pks)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_more_withdrawn_than_a_question_can_leave_out_is_not_answered_from_that_index(client: Client) -> None:
    for number in range(3):
        PolicyPageFactory(title=f"救助办法{number}")
    settle()
    restrict(PolicyIndexPage.objects.get(), Role.LEADER)
    with patch("search.outbox.MAX_WITHHELD", 2):
        for address in ("/search/?q=救助", "/search/suggest/?q=救助"):
            response = client.get(address)
            assert response.status_code == 200
            assert "救助办法" not in response.content.decode()
    settle()
    assert found("救助") == []


def test_a_page_with_a_password_is_found_by_nobody() -> None:
    restrict(PolicyPageFactory(title="内部工作规程"), kind="password")
    settle()
    assert found_by(person(Role.ADMINISTRATOR), "内部工作") == []


def test_a_page_is_found_under_its_new_address_after_a_move() -> None:
    section = StandardPageFactory(title="另一栏目", slug="elsewhere")
    page = PolicyPageFactory(title="内部工作规程")
    settle()
    page.move(section, pos="last-child")
    settle()
    assert "/elsewhere/" in ask_as(AnonymousUser(), "内部工作").hits[0].url


def test_a_renamed_topic_is_counted_under_its_new_name() -> None:
    topic = PolicyTopicFactory(name="社会救助")
    PolicyPageFactory(title="流浪乞讨人员救助管理办法", topic=topic)
    settle()
    topic.name = "社会服务"
    topic.save()
    settle()
    results = ask_as(AnonymousUser(), "救助管理", facets=("topic",))
    assert [item.value for item in results.facets["topic"]] == ["社会服务"]


def test_what_is_rolled_back_leaves_nothing_to_be_indexed() -> None:
    settle()
    with transaction.atomic():
        PolicyPageFactory(title="流浪乞讨人员救助管理办法")
        assert waiting()
        transaction.set_rollback(True)
    assert waiting() == 0
