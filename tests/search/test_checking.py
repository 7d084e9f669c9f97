"""The index on a real cluster is compared with the database and mended."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.registry import engine
from search.finding import breaker
from search.models import IndexRebuild
from search.nightly import check_by_night
from search.node import LocalNode
from search.state.reading import engine_states
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle
from tests.integration.search.drifting import all_is_told_and_mended, invented, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def searching(
    settings: Settings, elasticsearch_node: LocalNode, index_name: str, tmp_path: Path
) -> ElasticsearchEngine:
    """The portal's engine on the node of all tests, with an index of its own."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH_URL = elasticsearch_node.url
    settings.PORTAL_ELASTICSEARCH_PREFIX = index_name
    breaker.cache_clear()
    found_engine = engine("elasticsearch")
    assert isinstance(found_engine, ElasticsearchEngine)
    return found_engine


def test_whatever_differs_is_told_and_mended(
    searching: ElasticsearchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    all_is_told_and_mended(searching, capsys)


def test_documents_that_somebody_else_wrote_are_removed_or_written_over(
    searching: ElasticsearchEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    monkeypatch.setattr("search.engines.elasticsearch.keeping.PAGE", 2)
    client = searching._writer
    client.index(index=searching.alias, id=f"policy:{page.pk}", document={"title": "别人写的"})
    for number in range(4):
        client.index(index=searching.alias, id=f"foreign-{number}", document={"title": "别人写的"})
    result = told(capsys, "--engine", "elasticsearch", right=True)
    assert (result["missing"], result["extra"], result["left"], result["documents"]) == (1, 5, 0, 1)
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_an_index_that_is_no_more_is_made_and_filled(
    searching: ElasticsearchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    searching._writer.indices.delete(index=",".join(searching._behind_alias()))
    result = told(capsys, right=True)
    assert (result["missing"], result["repaired"], result["documents"]) == (1, 1, 1)
    breaker.cache_clear()
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_an_index_of_a_former_definition_is_said_to_be(
    searching: ElasticsearchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    settle()
    searching._writer.indices.put_mapping(index=searching.alias, meta={"definition": "former"})
    assert told(capsys, "--engine", "elasticsearch", right=False)["outdated"] is True


def test_a_cluster_that_is_away_is_said_to_be(
    settings: Settings, searching: ElasticsearchEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PORTAL_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    result = told(capsys, "--engine", "elasticsearch", right=False)
    assert "ConnectionError" in result["fault"]


def test_by_night_both_indexes_are_mended_and_shown(searching: ElasticsearchEngine, settings: Settings) -> None:
    settings.PORTAL_SEARCH_CHECK_NIGHTLY = True
    page = PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    for name in ("elasticsearch", "embedded"):
        engine(name).replace([f"policy:{page.pk}"], [])
    moment = (timezone.localtime() + datetime.timedelta(days=1)).replace(hour=3)
    with time_machine.travel(moment, tick=False):
        list(check_by_night())
        assert list(check_by_night()) == []
    for state in engine_states():
        assert state.feed.checked_at == moment
        assert (state.check["missing"], state.check["repaired"], state.check["left"]) == (1, 1, 0)
        assert (state.health.fault, state.health.documents) == ("", 1)
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_how_far_a_rebuild_is_and_that_the_cluster_is_away_are_shown(
    searching: ElasticsearchEngine, settings: Settings
) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    new = searching.begin_rebuild()
    IndexRebuild.objects.create(engine="elasticsearch", target=new.target)
    new.load([invented("policy:77", "新索引里的办法")])
    searching._writer.indices.refresh(index=new.target)
    main, standby = engine_states()
    assert (main.is_main, main.health.documents, main.rebuilt) == (True, 1, 1)
    assert (standby.is_main, standby.rebuild) == (False, None)
    settings.PORTAL_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    main, standby = engine_states()
    assert "ConnectionError" in main.health.fault
    assert (main.rebuilt, standby.health.fault) == (None, "")


def test_every_document_is_met_page_by_page(searching: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.keeping.PAGE", 3)
    searching.ensure()
    names = {f"policy:{number}" for number in range(10)}
    searching.replace([], [invented(name, "办法") for name in names])
    assert {one.id for one in searching.held()} == names
    assert {one.id for one in searching.held_of(names)} == names
