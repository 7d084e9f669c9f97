"""The data file of policies."""

import datetime
import json
from pathlib import Path

import pytest

from home.policies.datafile import PolicyFileError, read_policies
from home.policies.enums import DocumentKind
from home.policies.rules import canonical_doc_number
from home.policies.services import DATA_FILE


def write(folder: Path, *rows: object) -> Path:
    path = folder / "policies.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_row_is_read_with_its_dates_and_issuers_in_order(tmp_path: Path) -> None:
    row = {
        "key": "A1",
        "title": "关于测试的通知",
        "kind": "notice",
        "issuers": ["乙局", "甲局"],
        "signed_on": "2020-03-01",
    }
    read = next(read_policies(write(tmp_path, row)))
    assert read.kind == DocumentKind.NOTICE
    assert read.issuers == ("乙局", "甲局")
    assert read.dates == {"signed_on": datetime.date(2020, 3, 1)}


@pytest.mark.parametrize(
    "broken",
    [
        "not json",
        "[]",
        {"title": "无键", "kind": "notice"},
        {"key": "A", "title": "文种不对", "kind": "poem"},
        {"key": "A", "title": "日期不对", "kind": "notice", "signed_on": "2020-13-01"},
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, broken: object) -> None:
    path = write(tmp_path, {"key": "A0", "title": "好", "kind": "notice"}, "", broken)
    with pytest.raises(PolicyFileError, match="line 3"):
        list(read_policies(path))


def test_every_policy_of_the_project_names_its_source_and_has_a_key_of_its_own() -> None:
    rows = list(read_policies(DATA_FILE))
    assert len(rows) == 60
    assert len({row.key for row in rows}) == 60
    assert all(row.words["source_name"] and row.words["source_url"] for row in rows)
    assert all(row.issuers and len(row.topic) == 2 for row in rows)


def test_the_numbers_in_the_data_file_are_canonical() -> None:
    numbers = [row.words["doc_number"] for row in read_policies(DATA_FILE) if "doc_number" in row.words]
    assert numbers == [canonical_doc_number(number) for number in numbers]
    assert "民发〔2020〕14号" in numbers
