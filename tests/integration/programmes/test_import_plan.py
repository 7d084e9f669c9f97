"""The command ``import_plan``: what it prints, where, and how it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

PLAN = """安平市河道整治方案
2022年度
一、重点任务
1.清理河道。2022年5月底前完成。（责任单位：市水利局）
2.疏通管网。（责任单位：市住建局；完成时限：长期坚持）
二、工作要求
各单位于2022年4月20日前将方案报市河长办。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_plan", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_is_one_document_on_standard_output_and_nothing_else(plan: Path) -> None:
    out, err = run(str(plan), "--json")
    data = json.loads(out)
    assert err == ""
    assert set(data) == {"title", "phases", "actions", "tasks", "reporting", "citations"}
    assert data["title"] == "安平市河道整治方案"
    assert data["tasks"][0] == {
        "number": "1",
        "action": None,
        "title": "清理河道",
        "units": [{"name": "市水利局", "role": "responsible"}],
        "deadlines": [{"date": "2022-05-31", "precision": "month", "kind": "due", "text": "2022年5月底前"}],
    }
    assert data["reporting"] == [{"date": "2022-04-20", "to": "市河长办"}]


def test_shift_to_moves_all_dates_by_the_same_number_of_days(plan: Path) -> None:
    data = json.loads(run(str(plan), "--json", "--shift-to", "2030-04-21")[0])
    assert data["reporting"][0]["date"] == "2030-04-21"
    assert data["tasks"][0]["deadlines"][0]["date"] == "2030-06-01"


def test_without_options_a_person_reads_a_summary(plan: Path) -> None:
    out, _err = run(str(plan))
    assert "安平市河道整治方案" in out
    assert "清理河道" in out
    assert "市水利局" in out


@pytest.mark.parametrize("name", ["nowhere.txt", "plan.pdf"])
def test_a_file_that_cannot_be_read_ends_the_command_with_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    with translation.override("en"), pytest.raises(CommandError, match=r"\w+ \w+ \w+"):
        run(str(tmp_path / name), "--json")


def test_a_wrong_date_and_a_plan_without_dates_are_explained(plan: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(str(plan), "--shift-to", "tomorrow")
    (tmp_path / "undated.txt").write_text("一、重点任务\n1.清理。（责任单位：市水利局）\n", encoding="utf-8")
    with pytest.raises(CommandError):
        run(str(tmp_path / "undated.txt"), "--json", "--shift-to", "2030-01-01")
