"""Laws from a file become pages that are read article by article."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from home.policies.enums import DocumentKind, Validity
from home.policies.models import PolicyPage
from search.models import OutboxEntry
from tests.factories.home import PolicyPageFactory
from tests.factories.laws import law, written
from tests.factories.units import UnitFactory
from tests.killing import copied_database, run_module

pytestmark = pytest.mark.django_db


def imported(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_laws", str(path), "--json", *options, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def page(number: str) -> PolicyPage:
    return PolicyPage.objects.get(import_key=f"law:{number}")


def test_a_law_becomes_a_page_with_its_particulars(tmp_path: Path) -> None:
    congress = UnitFactory.create(name="上海市人民代表大会常务委员会")
    done = imported(written(tmp_path / "laws.jsonl", [law("L1", doc_no="沪人发[2011]3号")]))
    assert (done["created"], done["present"], done["failed"]) == (1, 0, [])
    found = page("L1")
    assert (found.live, found.kind, found.validity) == (True, DocumentKind.LOCAL_REGULATION, Validity.IN_FORCE)
    assert (str(found.topic), found.region, found.doc_number) == ("地方性法规 / 上海", "上海", "沪人发〔2011〕3号")
    assert (str(found.published_on), str(found.effective_on), found.year) == ("2011-11-17", "2012-01-01", 2011)
    assert [(one.name, one.unit) for one in found.issuers.all()] == [("上海市人民代表大会常务委员会", congress)]
    assert OutboxEntry.objects.filter(source="policy", object_pk=str(found.pk)).exists()


def test_its_articles_have_anchors_citations_and_a_table_of_contents(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path / "laws.jsonl", [law("L1")]))
    text = client.get(page("L1").get_url()).content.decode()
    for part in (
        '<a href="#part-2">第二章 救助</a> <span class="small-print">第二条</span>',
        '<section class="article" id="art-2"',
        'data-cite="《救助条例》第二条"',
        'id="art-2-k1-x2"',
        'data-cite="《救助条例》第二条第一款第二项"',
        'data-cite="《救助条例》第二条第二款"',
    ):
        assert part in text
    assert text.count("为了救助，制定本条例。") == 1


def test_a_law_in_traditional_characters_is_read_by_articles_and_keeps_its_characters(
    tmp_path: Path, client: Client
) -> None:
    lines = ("# 街友關懷辦法", "## 第一章  總則", "第一條 為規範街友關懷，制定本辦法。", "## 第二章  關懷")
    text = "\n\n".join((*lines, "第二條 關懷站應當：", "（一）供應熱食；", "（二）安排住宿。", "無力支付者免費。"))
    done = imported(written(tmp_path / "laws.jsonl", [law("L1", title="街友關懷辦法", text=text)]))
    assert done["created"] == 1
    shown = client.get(page("L1").get_url()).content.decode()
    for part in (
        '<a href="#part-2">第二章 關懷</a> <span class="small-print">第二條</span>',
        '<section class="article" id="art-2"',
        'data-cite="《街友關懷辦法》第二條"',
        'id="art-2-k1-x2"',
        'data-cite="《街友關懷辦法》第二條第一款第二項"',
        'data-cite="《街友關懷辦法》第二條第二款"',
        "為規範街友關懷，制定本辦法。",
    ):
        assert part in shown


def test_what_an_editor_writes_by_hand_is_read_by_articles_too(client: Client) -> None:
    words = "<p><b>第一条</b> 甲 &lt;b&gt; <a href='/x/'>乙</a></p><ul><li>丙</li></ul>"
    body = json.dumps([{"type": "paragraph", "value": words}])
    text = client.get(PolicyPageFactory(title="《办法》", body=body).get_url()).content.decode()
    assert '<b>第一条</b> 甲 &lt;b&gt; <a href="/x/">乙</a>' in text
    assert "<ul><li>丙</li></ul>" in text
    assert 'data-cite="《办法》第一条"' in text


def test_the_same_file_again_makes_nothing_new_and_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "laws.jsonl", [law("L1"), law("L2", title="乙法")])
    assert imported(path, "--limit", "1")["created"] == 1
    before = list(PolicyPage.objects.filter(import_key="law:L1").values())
    again = imported(path)
    assert (again["created"], again["present"]) == (1, 1)
    assert list(PolicyPage.objects.filter(import_key="law:L1").values()) == before


def test_older_versions_say_what_replaced_them(tmp_path: Path, client: Client) -> None:
    rows = [
        law("OLD", status="superseded"),
        law("NEW", published="2020-05-14"),
        law("GONE", title="旧法", status="repealed"),
    ]
    imported(written(tmp_path / "laws.jsonl", rows))
    assert (page("OLD").replaced_by, page("OLD").validity) == (page("NEW"), Validity.AMENDED)
    assert (page("NEW").replaced_by, page("GONE").validity) == (None, Validity.REPEALED)
    assert page("NEW").get_url() in client.get(page("OLD").get_url()).content.decode()


def test_the_newest_is_what_the_file_calls_so_whatever_comes_last_and_however_often_it_is_begun(tmp_path: Path) -> None:
    new = law("NEW", is_latest=True)
    repealed = law("GONE", is_latest=False, status="repealed")
    superseded = law("OLD", is_latest=False, status="superseded")
    assert imported(written(tmp_path / "laws.jsonl", [repealed, superseded, new]), "--limit", "2")["created"] == 2
    PolicyPage.objects.get(import_key="law:OLD").delete()
    assert imported(tmp_path / "laws.jsonl")["created"] == 2
    assert (page("OLD").replaced_by, page("NEW").replaced_by) == (page("NEW"), None)
    assert page("GONE").replaced_by is None  # what is there stays as it is
    page("GONE").delete()
    imported(tmp_path / "laws.jsonl")
    assert (page("GONE").replaced_by, page("GONE").validity) == (page("NEW"), Validity.REPEALED)


def test_what_cannot_be_taken_is_listed_and_keeps_nothing_back(tmp_path: Path) -> None:
    rows: list[Any] = ["{", law("L1", published="2020-02-30"), law("L2", title=""), law("L3"), law("L3", title="同号")]
    done = imported(written(tmp_path / "laws.jsonl", rows))
    assert (done["created"], done["present"]) == (1, 1)
    assert [(one["line"], one["key"]) for one in done["failed"]] == [(1, ""), (2, "L1"), (3, "L2")]
    assert "2020-02-30" in done["failed"][1]["error"]


def test_an_address_that_is_taken_is_the_fault_of_one_document(tmp_path: Path) -> None:
    done = imported(written(tmp_path / "laws.jsonl", [law("L1"), law("l1", title="乙法"), law("L2", title="丙法")]))
    assert done["created"] == 2
    assert [one["key"] for one in done["failed"]] == ["l1"]
    assert PolicyPage.objects.filter(import_key__startswith="law:").count() == 2


@pytest.mark.parametrize("content", [None, b"\x1f\x8b\x08 broken"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "laws.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_laws", str(path))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_and_begun_again_every_law_is_there_once(tmp_path: Path) -> None:
    with copied_database(tmp_path) as database:
        module = "tests.integration.home.policies.killing"
        found = run_module(module, str(tmp_path), database=database, folder=tmp_path / "data")
    assert found["killed"] == found["steps"] > 10
    counts = ("pages", "different", "live", "with issuer", "noted", "paths")
    assert {name: found[name] for name in counts} == dict.fromkeys(counts, found["made"])
    assert found["children"]
