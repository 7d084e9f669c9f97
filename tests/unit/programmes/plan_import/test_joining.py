"""Lines torn by a fixed width, by a page's end, or by a converter are put together again."""

from __future__ import annotations

import unicodedata

import pytest

from portal.programmes.plan_import.document import Paragraph
from tests.unit.programmes.plan_import.reading import PLANS, document_of, proposal_of

CLOSING = "，。、；：）》”"


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(paragraphs: list[str], width: int, *, indent: bool, pages: bool) -> str:
    """Return the paragraphs set at ``width`` characters, as a converter from PDF would print them."""
    lines: list[str] = []
    for paragraph in paragraphs:
        rest = ("　　" if indent else "") + paragraph
        while rest:
            cut = 1
            while cut < len(rest) and columns(rest[: cut + 1]) <= width * 2:
                cut += 1
            while cut < len(rest) and rest[cut] in CLOSING:
                cut += 1
            lines.append(rest[:cut])
            rest = rest[cut:]
            if pages and len(lines) % 20 == 0:
                lines += ["", f"— {len(lines) // 20} —", ""]
    return "\n".join(lines)


def paragraphs_of(name: str) -> list[str]:
    document = document_of((PLANS / name).read_text(encoding="utf-8"))
    spans = [block.span for block in document.blocks if isinstance(block, Paragraph)]
    return ["".join(document.text[span.start : span.end].split("\n")) for span in spans]


@pytest.mark.parametrize(
    "name", ["shelter.txt", "market.txt", "zero-waste.txt", "eldercare-articles.txt", "wrapped.txt"]
)
@pytest.mark.parametrize(("width", "indent", "pages"), [(28, True, False), (28, False, False), (36, True, True)])
def test_a_plan_means_the_same_at_any_width(name: str, width: int, indent: bool, pages: bool) -> None:
    paragraphs = paragraphs_of(name)
    expected = proposal_of("\n".join(paragraphs)).as_json()
    assert proposal_of(wrapped(paragraphs, width, indent=indent, pages=pages)).as_json() == expected


def lines_of(text: str) -> list[str]:
    document = document_of(text)
    return [
        "".join(document.text[block.span.start : block.span.end].split())
        for block in document.blocks
        if isinstance(block, Paragraph)
    ]


def test_a_page_break_inside_a_sentence_is_mended() -> None:
    text = "1.开展检查，对食品\n\n— 2 —\n\n药品安全逐一排查。（责任单位：市市场监督管理\n局）\n2.整改问题。\n"
    proposal = proposal_of("一、重点任务\n" + text)
    assert [task.number for task in proposal.tasks] == ["1", "2"]
    assert proposal.tasks[0].units[0].name == "市市场监督管理局"


def test_headings_slots_and_numbered_lines_begin_paragraphs() -> None:
    text = "二、主要任务\n（一）清理河道\n责任单位：市水利局\n完成时限：9月底前\n1.排查。\n"
    assert lines_of(text) == ["二、主要任务", "（一）清理河道", "责任单位：市水利局", "完成时限：9月底前", "1.排查。"]


def test_lines_of_a_table_of_contents_are_left_out() -> None:
    text = "目录\n一、总体要求........1\n二、主要任务……………………3\n一、总体要求\n略。\n"
    assert lines_of(text) == ["目录", "一、总体要求", "略。"]


def test_rows_of_fields_make_a_table() -> None:
    text = "序号\t任务\t责任单位\t完成时限\n1\t清理河道\t市水利局、财政局\t2024年5月底前\n2\t修复管网\t同上\t同上\n"
    proposal = proposal_of(text)
    assert [task.title for task in proposal.tasks] == ["清理河道", "修复管网"]
    assert [unit.name for unit in proposal.tasks[1].units] == ["市水利局", "市财政局"]
    assert proposal.tasks[1].deadlines[0].date == "2024-05-31"


def test_items_inside_a_paragraph_go_on_counting_after_a_line_break() -> None:
    text = (
        "一、重点任务\n（一）清理整治。①清理河道。（责任单位：市水利局）②清理管网。（责任单位：市住建局）\n"
        "③清理沟渠。（责任单位：市农业农村局）④清理池塘。（责任单位：市水利局）\n"
    )
    assert [task.number for task in proposal_of(text).tasks] == ["①", "②", "③", "④"]
