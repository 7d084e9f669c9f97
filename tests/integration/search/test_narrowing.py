"""Narrowing on the search page: kinds, dates, validity, what a question names; parts of files."""

import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from forms.collection.enums import ReportState
from home.policies.enums import Validity
from portal.media.models import PortalDocument
from portal.units.enums import Role
from search.outbox import note
from search.turning import turn
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, TrainingPageFactory, paragraph, restrict
from tests.factories.programmes import ActionFactory, TaskFactory
from tests.factories.submissions import report_in
from tests.integration.search.asking import ask_as, found, settle, waiting

pytestmark = pytest.mark.django_db

ARTICLES = paragraph("第十一条 救助站提供食物。</p><p>第十二条 受助人员应当守法。")


def test_kinds_stand_above_the_results_with_their_counts(client: Client) -> None:
    PolicyPageFactory(title="救助管理办法")
    PolicyPageFactory(title="救助站规程")
    TrainingPageFactory(title="救助业务培训")
    settle()
    every = client.get("/search/", {"q": "救助"}).context
    assert [(tab.count, tab.is_current) for tab in every["tabs"]] == [(3, True), (2, False), (1, False)]
    training = client.get("/search/" + every["tabs"][2].url).context
    assert [row.kind for row in training["rows"]] == ["training"]
    assert [tab.count for tab in training["tabs"]] == [3, 2, 1]


def test_dates_narrow_and_stay_in_the_address(client: Client) -> None:
    for year in (2018, 2019, 2020):
        PolicyPageFactory(title=f"救助通知{year}", signed_on=datetime.date(year, 6, 1))
    settle()
    page = client.get("/search/", {"q": "救助", "since": "2019-06-01", "until": "2019-12-31"})
    assert page.context["total"] == 1
    assert 'value="2019-06-01"' in page.content.decode()
    since, until = page.context["chips"]
    assert client.get("/search/" + until.url).context["total"] == 2
    assert client.get("/search/" + since.url).context["total"] == 2


def test_what_was_repealed_stands_below_and_names_what_replaced_it(client: Client) -> None:
    new = PolicyPageFactory(title="救助管理办法（新）", validity=Validity.IN_FORCE)
    PolicyPageFactory(title="救助管理办法", validity=Validity.REPEALED, replaced_by=new)
    settle()
    rows = client.get("/search/", {"q": "救助管理办法"}).context["rows"]
    assert [row.validity for row in rows] == [Validity.IN_FORCE, Validity.REPEALED]
    assert (rows[1].newer, rows[1].newer_url) == (new.title, new.get_url())


def test_a_newer_regulation_that_not_everybody_may_open_is_not_named(client: Client) -> None:
    new = PolicyPageFactory(title="内部新办法")
    PolicyPageFactory(title="救助管理办法", validity=Validity.REPEALED, replaced_by=new)
    restrict(new, Role.EDITOR)
    settle()
    (row,) = client.get("/search/", {"q": "救助管理办法"}).context["rows"]
    assert row.newer == ""


def test_a_newer_regulation_that_goes_is_not_named_any_more(client: Client) -> None:
    new = PolicyPageFactory(title="新办法")
    PolicyPageFactory(title="救助管理条例", validity=Validity.REPEALED, replaced_by=new)
    settle()
    new.unpublish()
    settle()
    (row,) = client.get("/search/", {"q": "救助管理条例"}).context["rows"]
    assert row.newer == ""


def test_validity_turns_when_its_day_has_come(client: Client) -> None:
    page = PolicyPageFactory(
        title="救助管理办法", validity=Validity.NOT_YET, effective_on=timezone.localdate() + datetime.timedelta(days=1)
    )
    settle()
    assert client.get("/search/", {"q": "救助", "validity": "in-force"}).context["total"] == 0
    type(page).objects.filter(pk=page.pk).update(effective_on=timezone.localdate())
    turn()
    assert waiting() == 1
    settle()
    assert client.get("/search/", {"q": "救助", "validity": "in-force"}).context["total"] == 1


def test_years_and_articles_that_are_named_are_offered_and_not_forced(client: Client) -> None:
    PolicyPageFactory(title="救助办法", body=ARTICLES, signed_on=datetime.date(2020, 1, 1))
    PolicyPageFactory(title="救助通知", body=paragraph("第十二条 另行通知。"), signed_on=datetime.date(2019, 1, 1))
    PolicyPageFactory(title="救助规划", signed_on=datetime.date(2018, 1, 1))
    settle()
    page = client.get("/search/", {"q": "2020年救助第12条"}).context
    assert page["total"] == 3
    year, article = page["offers"]
    assert page["rows"][0].label == "第十二条"
    assert client.get("/search/" + year.url).context["total"] == 1
    assert client.get("/search/" + article.url).context["total"] == 2


def test_an_article_alone_is_offered_in_every_regulation_that_has_one(client: Client) -> None:
    PolicyPageFactory(title="救助办法", body=ARTICLES)
    PolicyPageFactory(title="救助通知", body=paragraph("第十二条 另行通知。"))
    PolicyPageFactory(title="救助规划", body=paragraph("第一条 大会第十二次会议通过条例。"))
    settle()
    (article,) = client.get("/search/", {"q": "第12条"}).context["offers"]
    assert client.get("/search/" + article.url).context["total"] == 2


def test_a_range_of_dates_the_wrong_way_round_is_said(client: Client) -> None:
    PolicyPageFactory(title="救助办法", signed_on=datetime.date(2020, 1, 1))
    settle()
    wrong = client.get("/search/", {"q": "救助", "since": "2021-01-01", "until": "2019-01-01"})
    assert "起始日期晚于截止日期" in wrong.content.decode()
    right = client.get("/search/", {"q": "救助", "since": "2021-01-01", "until": "2022-01-01"})
    assert "起始日期晚于截止日期" not in right.content.decode()


def test_a_name_is_offered_only_to_whom_it_is_shown(client: Client) -> None:
    secret = PolicyPageFactory(title="内部救助规程", issuers=["秘密工作组"])
    PolicyPageFactory(title="救助办法", issuers=["民政部"])
    restrict(secret, Role.EDITOR)
    settle()
    offered = client.get("/search/", {"q": "秘密工作组 民政部 救助"}).context["offers"]
    assert ["民政部" in offer.label for offer in offered] == [True]


@pytest.mark.parametrize("asked", ["台湾省民政厅 救助 第12条", "臺灣省民政廳 救助 第十二條"])
def test_what_is_named_is_offered_in_traditional_characters_too(client: Client, asked: str) -> None:
    PolicyPageFactory(title="救助辦法", body=ARTICLES, issuers=["臺灣省民政廳"])
    PolicyPageFactory(title="救助办法", issuers=["民政部"])
    settle()
    page = client.get("/search/", {"q": asked}).context
    article, issuer = page["offers"]
    assert "第十二条" in article.label
    assert "臺灣省民政廳" in issuer.label
    assert client.get("/search/" + issuer.url).context["total"] == 1
    assert page["rows"][0].label == "第十二条"


@pytest.mark.parametrize("article", ["第十二條", "第十二条", "第12条"])
def test_an_article_is_named_alike_in_traditional_and_in_simplified_characters(client: Client, article: str) -> None:
    body = paragraph("第十一條 關懷站供應熱食。</p><p>第十二條 街友應當守法。")
    PolicyPageFactory(title="街友關懷辦法", body=body)
    PolicyPageFactory(title="街友关怀通知", body=paragraph("第十二条 另行通知。"))
    settle()
    page = client.get("/search/", {"q": f"街友关怀办法{article}"}).context
    first = page["rows"][0]
    assert (first.label, first.url.partition("#")[2]) == ("第十二條", "art-12")
    (offer,) = page["offers"]
    assert client.get("/search/" + offer.url).context["total"] == 2
    alone = client.get("/search/", {"q": article}).context["rows"]
    assert {row.label for row in alone} == {"第十二條", "第十二条"}


def test_the_article_that_is_named_comes_first() -> None:
    PolicyPageFactory(title="救助站规程", body=paragraph("第十二条 站内安全。"))
    PolicyPageFactory(title="救助办法", body=ARTICLES)
    settle()
    assert found("救助办法第十二条")[0] == "救助办法"


def test_a_file_is_found_through_its_page(client: Client) -> None:
    file = PortalDocument.objects.create(title="年度手册", file=ContentFile(b"%PDF-1.4", name="handbook.pdf"))
    PolicyPageFactory(title="通知", body=json.dumps([{"type": "attachments", "value": [file.pk]}]))
    settle()
    PortalDocument.objects.filter(pk=file.pk).update(extracted_text="目录\f第二页写着防寒物资\f附表")
    note("document", [file.pk])
    settle()
    (row,) = client.get("/search/", {"q": "防寒物资"}).context["rows"]
    assert row.url.endswith("handbook.pdf#page=2")
    assert "2" in row.label


def test_reports_go_by_the_action_their_task_belongs_to_now() -> None:
    task = TaskFactory(action__title="照料服务行动")
    period = PeriodFactory(requirement=RequirementFactory(title="照料服务小结", task=task))
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period))
    settle()

    def actions() -> list[str]:
        found = ask_as(done.reporter, "照料服务小结", facets=("action",), filters={"kind": frozenset({"report"})})
        return [item.value for item in found.facets["action"]]

    assert actions() == [str(task.action)]
    task.action.title = "寻亲服务行动"
    task.action.save()
    settle()
    assert actions() == [str(task.action)]
    task.action = ActionFactory(programme=task.programme, title="落户安置行动")
    task.save()
    settle()
    assert actions() == [str(task.action)]
