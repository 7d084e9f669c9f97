"""A list of choices out of a table: one column, two, three, with headings or without."""

import pytest

from forms.builder.choice_lists.importing import MAX_FAULTS, read_lines
from forms.builder.choice_lists.lines import MAX_CHOICES

CITIES = {"hk": "海口市", "sy": "三亚市"}


def labels(cells: list[list[str]], parents: dict[str, str] | None = None) -> list[str]:
    return [line["label"] for line in read_lines(cells, parents or {}).lines]


def test_one_column_is_the_choice() -> None:
    found = read_lines([["救助管理站"], [""], ["托养机构"]], {})
    assert found.lines == [{"code": "", "label": "救助管理站"}, {"code": "", "label": "托养机构"}]
    assert found.faults == []


def test_two_columns_are_code_and_choice() -> None:
    found = read_lines([["01", "救助管理站"], ["02", "托养机构"]], {})
    assert found.lines == [{"code": "01", "label": "救助管理站"}, {"code": "02", "label": "托养机构"}]


def test_two_columns_are_choice_and_where_it_belongs_if_the_second_mostly_names_parents() -> None:
    found = read_lines([["龙华区", "海口市"], ["吉阳区", "三亚市"], ["文城镇", "文昌市"]], CITIES)
    assert found.lines == [
        {"code": "", "label": "龙华区", "within": ["hk"]},
        {"code": "", "label": "吉阳区", "within": ["sy"]},
    ]
    assert len(found.faults) == 1
    assert "文昌市" in found.faults[0]


def test_three_columns_are_code_choice_and_where_it_belongs() -> None:
    found = read_lines([["460106", "龙华区", "海口市、三亚市"], ["460203", "吉阳区", "sy"]], CITIES)
    assert [line.get("within") for line in found.lines] == [["hk", "sy"], ["sy"]]


@pytest.mark.parametrize("heading", [["编码", "选项", "属于"], ["Code", "Label", "Belongs to"]])
def test_headings_name_the_columns(heading: list[str]) -> None:
    assert read_lines([heading, ["a", "龙华区", "海口市"]], CITIES).lines == [
        {"code": "a", "label": "龙华区", "within": ["hk"]}
    ]


def test_headings_may_stand_in_any_order() -> None:
    found = read_lines([["上级", "名称", "编码"], ["海口市", "龙华区", "a"]], CITIES)
    assert found.lines == [{"code": "a", "label": "龙华区", "within": ["hk"]}]


def test_a_choice_called_like_a_heading_is_none_without_company() -> None:
    assert labels([["姓名"], ["单位"]]) == ["姓名", "单位"]


def test_what_cannot_be_taken_is_said_with_its_row_and_the_rest_is_taken() -> None:
    cells = [["a", "甲"], ["a", "乙"], ["b.c", "丙"], ["d", ""], ["e", "甲"], ["f", "长" * 201], ["g", "庚"]]
    found = read_lines(cells, {})
    assert [line["label"] for line in found.lines] == ["甲", "庚"]
    assert [fault.split()[1].rstrip(":") for fault in found.faults] == ["2", "3", "4", "5", "6"]


def test_an_unknown_parent_is_named() -> None:
    found = read_lines([["a", "龙华区", "海口市"], ["b", "某区", "文昌市"]], CITIES)
    assert len(found.lines) == 1
    assert "文昌市" in found.faults[0]


def test_cells_lose_what_cannot_be_seen() -> None:
    assert labels([["\u202e 甲\u200b\n乙 "]]) == ["甲 乙"]


def test_more_choices_than_fit_are_said_and_not_taken() -> None:
    found = read_lines([[f"选项{number}"] for number in range(MAX_CHOICES + 200)], {})
    assert len(found.lines) == MAX_CHOICES
    told = found.to_json()["faults"]
    assert len(told) == MAX_FAULTS + 1
    assert "150" in told[-1]


@pytest.mark.parametrize("cells", [[], [[""]], [["选项"]]])
def test_an_empty_table_is_said_to_be_empty(cells: list[list[str]]) -> None:
    found = read_lines(cells, {})
    assert found.lines == []
    assert found.faults
