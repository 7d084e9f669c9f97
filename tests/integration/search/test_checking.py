"""The index is compared with the database and mended, while work goes on."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from home.policies.models import PolicyPage
from search import checking
from search.checking import check
from search.draining import drain
from search.engines.base import EngineUnavailableError, Held
from search.engines.embedded import EmbeddedEngine
from search.models import EngineFeed, OutboxEntry
from search.rules import SET_ASIDE_AFTER
from search.sources.pages import PolicySource
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle, waiting
from tests.integration.search.drifting import all_is_told_and_mended, invented, told

pytestmark = pytest.mark.django_db


def _engine() -> EmbeddedEngine:
    return EmbeddedEngine(Path(settings.PORTAL_SEARCH_EMBEDDED_PATH))


def test_whatever_differs_is_told_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    all_is_told_and_mended(_engine(), capsys)


def test_what_waits_in_the_outbox_is_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    settle()
    PolicyPageFactory(title="还在等待的办法")
    result = told(capsys, "--no-repair", right=True)
    assert (result["missing"], result["waiting"], result["left"]) == (0, 1, 0)
    settle()
    assert found("还在等待") == ["还在等待的办法"]


def test_what_changes_while_it_is_compared_is_no_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [PolicyPageFactory(title=f"原有办法{number}") for number in range(3)]
    settle()
    original = EmbeddedEngine.held

    def busy(self: EmbeddedEngine) -> Iterator[Held]:
        page = PolicyPage.objects.get(pk=pages[0].pk)
        page.title = "其间修改的办法"
        page.save_revision().publish()
        pages[1].unpublish()
        drain()
        PolicyPageFactory(title="其间新发的办法")
        drain()
        PolicyPageFactory(title="其间新发而未到的办法")
        return original(self)

    monkeypatch.setattr(EmbeddedEngine, "held", busy)
    (result,) = check(["embedded"], repair=False)
    assert (result.missing, result.stale, result.extra, result.waiting) == (0, 0, 0, 1)
    assert result.is_right


def test_what_was_set_aside_is_named_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    page = PolicyPageFactory(title="出错的办法")
    settle()
    _engine().replace([f"policy:{page.pk}"], [])
    OutboxEntry.objects.create(
        destination="embedded",
        source="policy",
        object_pk=str(page.pk),
        attempts=SET_ASIDE_AFTER,
        set_aside=True,
        error="ValueError: 坏了",
    )
    result = told(capsys, right=False)
    assert result["set_aside"] == [{"object_id": f"policy:{page.pk}", "reason": "ValueError: 坏了"}]
    assert (result["missing"], result["left"]) == (0, 0)


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_mended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = PolicyPageFactory(title="出错的办法"), PolicyPageFactory(title="正常的办法")
    settle()
    _engine().replace([f"policy:{bad.pk}", f"policy:{good.pk}"], [])
    original = PolicySource.particulars
    monkeypatch.setattr(
        PolicySource, "particulars", lambda self, page: original(self, page) if page.pk != bad.pk else 1 / 0
    )
    result = told(capsys, right=False)
    assert result["set_aside"] == [
        {"object_id": f"policy:{bad.pk}", "reason": "ZeroDivisionError: division by zero"},
    ]
    assert (result["repaired"], result["left"]) == (1, 0)
    assert found("办法") == ["正常的办法"]


def test_what_should_not_be_found_is_withheld_until_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    _engine().replace([], [invented("policy:99999", "凭空的办法")])
    monkeypatch.setattr(checking._Check, "_apply", lambda self: iter(()))
    (result,) = check(["embedded"], repair=True)
    assert (result.extra, result.left) == (1, 0)
    assert result.waiting == 1
    assert _engine().count() == 1
    assert found("凭空") == []


def test_an_index_that_is_no_more_is_made_and_filled(capsys: pytest.CaptureFixture[str]) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    _engine().path.unlink()
    assert told(capsys, "--no-repair", right=False)["missing"] == 1
    result = told(capsys, right=True)
    assert (result["missing"], result["repaired"], result["documents"]) == (1, 1, 1)
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_an_engine_that_is_away_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away(self: EmbeddedEngine) -> bool:
        raise EngineUnavailableError("the disk is gone")

    monkeypatch.setattr(EmbeddedEngine, "exists", away)
    assert told(capsys, right=False)["fault"] == "the disk is gone"
    with pytest.raises(CommandError, match="wrong with the index of embedded"):
        call_command("check_index")
    assert "the disk is gone" in capsys.readouterr().out


def test_an_engine_that_is_back_is_not_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    _engine().replace([], [invented("policy:99999", "凭空的办法")])
    later = timezone.now() + datetime.timedelta(minutes=1)
    EngineFeed.objects.filter(pk="embedded").update(failures=6, retry_at=later)
    assert told(capsys, right=True)["repaired"] == 1


def test_memory_does_not_grow_with_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """More documents than a page, read page by page."""
    settle()
    monkeypatch.setattr("search.engines.embedded.keeping.PAGE", 2)
    monkeypatch.setattr(checking, "PAGE", 2)
    _engine().replace([], [invented(f"policy:{99990 + number}", "凭空的办法") for number in range(5)])
    (result,) = check(["embedded"], repair=True)
    assert (result.extra, result.repaired, _engine().count()) == (5, 5, 0)


def test_in_the_worker_others_have_their_turn_between_steps() -> None:
    for number in range(3):
        PolicyPageFactory(title=f"办法{number}")
    settle()
    steps: Any = checking.checking(["embedded"], repair=True)
    for _ in steps:
        PolicyPageFactory(title="其间发布的办法")
        drain()
        if PolicyPage.objects.count() > 6:
            break
    for _ in steps:
        drain()
    drain()
    assert waiting() == 0
    assert _engine().count() == PolicyPage.objects.live().count()
