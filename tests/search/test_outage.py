"""Stop Elasticsearch, go on working, start it: everything is found, nothing is lost, pages are answered meanwhile."""

import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pytest_django.fixtures import Settings

from forms.collection.enums import ReportState
from forms.submissions.review.services import accept
from search import draining
from search.draining import drain, drain_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.engine import ElasticsearchRebuild
from search.engines.registry import engine
from search.finding import breaker
from search.models import EngineFeed, OutboxEntry
from search.node import LocalNode
from search.rebuilding import rebuild
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory
from tests.factories.submissions import report_in
from tests.integration.search.asking import ask_as, found, found_by, settle, waiting
from tests.search.slow import SlowProxy

pytestmark = pytest.mark.django_db

ANSWERED_WITHIN = 3.0
"""Seconds for a page while Elasticsearch is away: its time limit of one second, and the standby index."""

SLOW_WITHIN, SLOW_NEXT_WITHIN = 1.6, 0.8
"""The first waits out that second, the next are not asked to."""


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    breaker.cache_clear()


@pytest.fixture
def own_node(settings: Settings) -> Iterator[LocalNode]:
    """A node that the portal searches with, to be stopped and started."""
    with LocalNode() as running:
        settings.PORTAL_ELASTICSEARCH_URL = running.url
        yield running


@pytest.fixture
def searching(settings: Settings, elasticsearch_node: LocalNode, index_name: str) -> ElasticsearchEngine:
    """The portal's engine on the node of all tests, with an index of its own."""
    settings.PORTAL_ELASTICSEARCH_URL = elasticsearch_node.url
    settings.PORTAL_ELASTICSEARCH_PREFIX = index_name
    found_engine = engine("elasticsearch")
    assert isinstance(found_engine, ElasticsearchEngine)
    return found_engine


def _search(client: Client, text: str) -> str:
    begun = time.monotonic()
    response = client.get("/search/", {"q": text})
    assert response.status_code == 200
    assert time.monotonic() - begun < ANSWERED_WITHIN
    return response.content.decode()


def _forget_pauses() -> None:
    """Do not wait until the engine would be asked again."""
    EngineFeed.objects.update(retry_at=None)
    breaker.cache_clear()


def test_what_happens_while_it_is_away_is_found_when_it_is_back(own_node: LocalNode) -> None:
    before = PolicyPageFactory(title="停机之前发布的办法")
    period = PeriodFactory(requirement=RequirementFactory(title="安全隐患排查结果"))
    report = report_in(ReportState.SUBMITTED, ExpectedReportFactory(period=period))
    settle()
    assert found("停机之前") == ["停机之前发布的办法"]

    own_node.stop()
    client = Client()
    page = _search(client, "停机之前")
    assert "停机之前" in page
    assert "备用索引" in page
    PolicyPageFactory(title="停机期间发布的办法")
    accept(user=report.coordinator, submission=report.report, version=1)
    before.unpublish()
    settle()
    assert OutboxEntry.objects.filter(destination="elasticsearch").exists()
    # The standby index knows already.
    assert "停机期间发布" in _search(client, "停机期间").replace("<mark>", "").replace("</mark>", "")
    assert "0 条结果" in _search(client, '"停机之前"')
    assert len(found_by(report.reporter, "隐患排查")) == 1
    assert client.get("/").status_code == 200

    own_node.start()
    _forget_pauses()
    settle()
    assert waiting() == 0
    page = _search(client, "停机期间")
    assert "备用索引" not in page
    assert found("停机期间") == ["停机期间发布的办法"]
    assert found('"停机之前"') == []
    assert len(found_by(report.reporter, "隐患排查")) == 1
    assert ask_as(AnonymousUser(), "隐患排查").total == 0
    assert engine("elasticsearch").health().fault == ""


def test_an_index_lost_with_its_disk_is_written_anew(searching: ElasticsearchEngine) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    searching._writer.indices.delete(index=",".join(searching._behind_alias()))
    settle()
    breaker.cache_clear()
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_an_index_that_takes_no_writes_loses_nothing(
    searching: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    client = searching._writer
    client.indices.put_settings(index=searching.alias, settings={"index.blocks.read_only_allow_delete": True})
    PolicyPageFactory(title="只读期间发布的办法")
    settle()
    assert OutboxEntry.objects.filter(destination="elasticsearch", attempts=0, set_aside=False).exists()
    client.indices.put_settings(index=searching.alias, settings={"index.blocks.read_only_allow_delete": None})
    moment = draining.timezone.now() + datetime.timedelta(minutes=2)
    monkeypatch.setattr(draining.timezone, "now", lambda: moment)
    drain()
    assert found("只读期间") == ["只读期间发布的办法"]
    assert waiting() == 0


def test_a_cluster_that_answers_slowly_holds_up_one_reader_and_catches_up(
    settings: Settings, searching: ElasticsearchEngine, elasticsearch_node: LocalNode
) -> None:
    with SlowProxy(elasticsearch_node.port, seconds=3.0).running() as proxy:
        settings.PORTAL_ELASTICSEARCH_URL = proxy.url
        PolicyPageFactory(title="变慢之前发布的办法")
        settle()
        assert "备用索引" not in _search(Client(), '"变慢之前"')

        proxy.quick.clear()
        for within in (SLOW_WITHIN, SLOW_NEXT_WITHIN):
            begun = time.monotonic()
            page = _search(Client(), '"变慢之前"')
            assert time.monotonic() - begun < within
            assert "备用索引" in page
            assert "1 条结果" in page
        PolicyPageFactory(title="变慢期间发布的办法")
        drain_engine("embedded")
        assert "1 条结果" in _search(Client(), '"变慢期间"')

        proxy.quick.set()
        _forget_pauses()
        settle()
        assert waiting() == 0
        page = _search(Client(), '"变慢期间"')
        assert "备用索引" not in page
        assert "1 条结果" in page


def test_an_index_whose_shards_no_node_has_is_told_and_caught_up_with(
    settings: Settings, searching: ElasticsearchEngine
) -> None:
    """The cluster is red, and answers all the same."""
    nowhere = "index.routing.allocation.require._name"
    settings.PORTAL_ELASTICSEARCH_INDEX_SETTINGS = {nowhere: "nowhere", "write.wait_for_active_shards": "0"}
    before = PolicyPageFactory(title="分片缺失之初的办法")
    begun = time.monotonic()
    settle()
    assert time.monotonic() - begun < ANSWERED_WITHIN
    assert OutboxEntry.objects.filter(destination="elasticsearch", attempts=0, set_aside=False).exists()
    assert "red" in searching.health().fault
    page = _search(Client(), '"分片缺失"')
    assert "备用索引" in page
    assert "1 条结果" in page
    before.unpublish()
    PolicyPageFactory(title="分片缺失期间的办法")
    settle()
    assert found('"分片缺失"') == ["分片缺失期间的办法"]

    client = searching._writer
    client.indices.put_settings(index=searching.alias, settings={nowhere: None})
    client.cluster.health(index=searching.alias, wait_for_status="yellow", timeout="30s")
    _forget_pauses()
    settle()
    assert waiting() == 0
    page = _search(Client(), '"分片缺失"')
    assert "备用索引" not in page
    assert "1 条结果" in page
    assert searching.health().fault == ""


def test_rebuilding_swaps_the_alias_and_keeps_what_happened_meanwhile(
    searching: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        PolicyPageFactory(title=f"救助管理办法之{number}")
    settle()
    original = ElasticsearchRebuild.load
    former = searching._behind_alias()

    def busy(self: ElasticsearchRebuild, documents: list[object]) -> list[object]:
        PolicyPageFactory(title="重建期间发布的办法")
        monkeypatch.setattr(ElasticsearchRebuild, "load", original)
        drain()
        assert found("重建期间") == ["重建期间发布的办法"]
        return original(self, documents)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(ElasticsearchRebuild, "load", busy)
    result = rebuild("elasticsearch")
    assert result.documents == 6
    assert searching._behind_alias() == [result.target]
    assert result.target not in former
    assert list(searching._writer.indices.get(index=f"{searching.alias}-*")) == [result.target]
    assert len(found("办法")) == 6
    drain()
    assert waiting() == 0
