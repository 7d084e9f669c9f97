"""Documents of a file of laws, one by one."""

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from home.policies.enums import DocumentKind, Validity
from home.policies.lawfile import Failed, Law, law_of, read_laws

LAW = {
    "id": "L1",
    "title": "上海口岸服务条例",
    "level": "地方性法规",
    "category": "地方性法规",
    "region": "上海",
    "published": "2020-05-14",
    "effective": "２０２０-05-15",
    "history": ["2011年11月17日 上海市第十三届人民代表大会常务委员会第三十次会议通过"],
    "status": "current_in_snapshot",
    "text": "# 上海口岸服务条例\n\n2011年11月17日通过\n\n## 第一章  总则\n\n第一条 为了规范口岸开放\n\n### 第一节 甲\n",
}


def law(**other: Any) -> Law:
    return law_of(LAW | other)


def test_a_document_as_the_library_takes_it() -> None:
    found = law()
    assert (found.kind, found.validity, found.topic) == (
        *(DocumentKind.LOCAL_REGULATION, Validity.IN_FORCE, ("地方性法规", "上海")),
    )
    assert (found.published_on, found.effective_on) == (datetime.date(2020, 5, 14), datetime.date(2020, 5, 15))
    assert [(line.level, line.text) for line in found.lines] == [
        (0, "2011年11月17日通过"),
        (2, "第一章 总则"),
        (0, "第一条 为了规范口岸开放"),
        (3, "第一节 甲"),
    ]


@pytest.mark.parametrize(
    ("level", "category", "title", "history", "issuers"),
    [
        ("地方性法规", "地方性法规", "条例", LAW["history"], ("上海市人民代表大会常务委员会",)),
        ("法律", "刑法", "刑法", ["1979年7月1日 第五届全国人民代表大会第二次会议通过"], ("全国人民代表大会",)),
        ("法律", "刑法", "刑法", [], ("全国人民代表大会",)),
        ("行政法规", "行政法规", "条例", [], ("国务院",)),
        ("部门规章", "部门规章/公安部", "规定", [], ("公安部",)),
        (
            *("司法解释", "司法解释", "最高人民法院、最高人民检察院关于办理案件的解释", []),
            ("最高人民法院", "最高人民检察院"),
        ),
        ("案例", "案例/劳动人事", "加班费", [], ()),
    ],
)
def test_who_adopted_it(level: str, category: str, title: str, history: list[str], issuers: tuple[str, ...]) -> None:
    assert law(level=level, category=category, title=title, history=history).issuers == issuers


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "title"),
        ({"title": "甲" * 256}, "title"),
        ({"doc_no": "甲" * 81}, "doc_number"),
        ({"published": "2020-13-01"}, "published"),
        ({"text": "\n\n"}, "text"),
        ({"text": "甲\x00"}, "U+0000"),
        ({"history": [7]}, "7"),
    ],
)
def test_what_cannot_be_taken_says_why(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("+", r"\+")):
        law(**wrong)


@pytest.mark.parametrize("name", ["laws.jsonl", "laws.jsonl.gz"])
def test_a_wrong_line_does_not_keep_the_others_back(tmp_path: Path, name: str) -> None:
    rows = [
        json.dumps(LAW, ensure_ascii=False),
        "",
        "{",
        "[]",
        json.dumps({"id": "L2", "title": "无正文"}),
        json.dumps(LAW),
    ]
    written = "\n".join(rows).encode()
    (tmp_path / name).write_bytes(gzip.compress(written) if name.endswith("gz") else written)
    found = dict(read_laws(tmp_path / name))
    assert [number for number, one in found.items() if isinstance(one, Law)] == [1, 6]
    assert {number: one.key for number, one in found.items() if isinstance(one, Failed)} == {3: "", 4: "", 5: "L2"}
    assert "text" in found[5].error  # type: ignore[union-attr]
