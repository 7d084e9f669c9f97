"""An index that differs from the database in every way, told and mended: the same for every engine."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from home.policies.models import PolicyPage
from search.documents import SearchDocument
from search.engines.base import SearchEngine
from search.sources.pages import PolicySource
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle, waiting

EVERYBODY = frozenset({"public"})


def told(capsys: pytest.CaptureFixture[str], *options: str, right: bool) -> dict[str, Any]:
    """What the command says of the first engine, and whether it ends as it should."""
    capsys.readouterr()
    if right:
        call_command("check_index", "--json", *options)
    else:
        with pytest.raises(CommandError) as error:
            call_command("check_index", "--json", *options)
        assert error.value.returncode == 1
    result: dict[str, Any] = json.loads(capsys.readouterr().out)[0]
    return result


def invented(name: str, title: str) -> SearchDocument:
    """A public document that nobody has written."""
    return SearchDocument(name, "policy", title, f"/{name}/", EVERYBODY)


def drift(engine: SearchEngine) -> None:
    """One document removed, one older than its page, three invented, one part too much, and one page changed."""
    lost, old, kept, changed = (
        PolicyPageFactory(title=title) for title in ("遗失的办法", "陈旧的办法", "完好的办法", "悄改的办法")
    )
    settle()
    engine.replace([f"policy:{lost.pk}"], [])
    engine.replace([], [invented(f"policy:{old.pk}", "从前的题目")])
    (own,) = PolicySource().documents([str(kept.pk)])
    part = SearchDocument(own.object_id, "policy", "多余的部分", own.url, EVERYBODY, part="art-9")
    engine.replace([], [own, part])
    engine.replace([], [invented("policy:99999", "凭空的办法"), invented("gone:1", "无源的办法")])
    engine.replace([], [invented("policy:x", "乱码的办法")])
    PolicyPage.objects.filter(pk=changed.pk).update(title="绕过信号的办法")


def all_is_told_and_mended(engine: SearchEngine, capsys: pytest.CaptureFixture[str]) -> None:
    """First told only, then mended, then right."""
    drift(engine)
    for _ in range(2):
        result = told(capsys, "--no-repair", right=False)
        assert result["engine"] == engine.name
        assert (result["missing"], result["stale"], result["extra"]) == (1, 2, 4)
        assert (result["left"], result["repaired"], result["waiting"]) == (7, 0, 0)
        assert (result["documents"], result["expected"]) == (7, 4)
    # In quotes: of several words a few are enough to be found.
    assert found('"遗失的办法"') == []
    assert "凭空的办法" in found("凭空的办法")

    result = told(capsys, right=True)
    assert (result["missing"], result["stale"], result["extra"]) == (1, 2, 4)
    assert (result["left"], result["repaired"], result["waiting"], result["set_aside"]) == (0, 7, 0, [])
    assert (result["documents"], result["expected"]) == (4, 4)
    assert set(found("办法")) == {"遗失的办法", "陈旧的办法", "完好的办法", "绕过信号的办法"}
    for gone in ("从前的题目", "多余的部分", "凭空", "无源", "乱码", "悄改"):
        assert found(f'"{gone}"') == []
    assert waiting() == 0
    result = told(capsys, right=True)
    assert (result["missing"], result["stale"], result["extra"], result["repaired"]) == (0, 0, 0, 0)
