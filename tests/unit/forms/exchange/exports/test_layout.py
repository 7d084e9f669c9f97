"""Columns of a file: what all versions of a form asked, each once."""

import datetime
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema
from forms.exchange.exports.enums import Values
from forms.exchange.exports.layout import REPORT_COLUMNS, Layout, layout_of
from portal.audit.spreadsheets import cell_value

CHOICES = {"choices": [{"code": "a", "label": "已完成"}, {"code": "b", "label": "未完成"}]}


def field(key: str, kind: str, label: str, **more: object) -> FieldSchema:
    return FieldSchema(key=key, type=kind, label=label, **more)  # type: ignore[arg-type]


OLD = FormSchema(
    title="小结",
    fields=(
        field("gone", "text", "旧问题"),
        field("people", "number", "救助人数", options={"unit": "人"}),
        field("list", "table", "清单", columns=(field("what", "text", "问题"), field("old", "text", "旧列"))),
    ),
)
NEW = FormSchema(
    title="小结",
    fields=(
        field("head", "section", "一、情况"),
        field("people", "number", "救助人次", options={"unit": "人次"}),
        field("done", "choice", "是否完成", options=CHOICES),
        field("day", "date", "日期"),
        field("id", "id_number", "身份证号", options={"sensitive": True}),
        field("list", "table", "问题清单", columns=(field("what", "text", "问题"), field("new", "number", "数量"))),
    ),
)
VERSIONS = {10: (1, OLD), 20: (2, NEW)}


def line(layout: Layout, version: int, answers: dict[str, Any]) -> list[Any]:
    """Cells of one report."""
    (found,) = layout.readers[version].lines([answers])
    return list(found)


def test_columns_are_the_newest_versions_then_what_only_older_ones_asked() -> None:
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=False)
    assert [column.heading for column in layout.columns] == ["救助人次 (人次)", "是否完成", "日期", "旧问题"]
    assert [column.key for column in layout.tables[0].columns] == ["what", "new", "old"]
    assert layout.tables[0].heading == "问题清单"


def test_sensitive_questions_have_a_column_only_when_asked_for() -> None:
    assert layout_of(VERSIONS, Values.LABELS, sensitive=False).left_out == 1
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=True)
    assert "id" in [column.key for column in layout.columns]
    assert layout.left_out == 0


def test_each_version_is_read_with_its_own_questions() -> None:
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=False)
    assert line(layout, 10, {"people": 3, "gone": "甲", "done": "a"}) == [3, None, None, "甲"]
    new = line(layout, 20, {"people": 4, "done": "b", "day": "2026-05-01", "gone": "乙"})
    assert new == [4, "未完成", datetime.date(2026, 5, 1), None]
    assert layout.readers[10].rows("list", {"list": [{"what": "垃圾", "old": "旧"}]}) == [["垃圾", None, "旧"]]


def test_codes_stand_under_keys_and_labels_under_labels() -> None:
    layout = layout_of(VERSIONS, Values.CODES, sensitive=False)
    assert line(layout, 20, {"done": "b"})[1] == "b"
    headings = layout.headings(REPORT_COLUMNS, layout.columns)
    assert headings[:2] == ["id", "period"]
    assert headings[-4:] == ["people", "done", "day", "gone"]
    assert layout.columns[1].codes == "a=已完成; b=未完成"


def test_what_a_draft_kept_as_typed_is_shown_as_typed() -> None:
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=False)
    assert line(layout, 20, {"people": "三人"})[0] == "三人"
    assert layout.readers[20].rows("list", {"list": "不是表格"}) == []


def test_reports_of_several_versions_and_without_one_come_in_their_order() -> None:
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=False)
    many: list[tuple[int | None, dict[str, Any]]] = [
        (20, {"people": 4, "done": "b"}),
        (None, {}),
        (10, {"people": 3, "gone": "甲"}),
        (20, {"people": "三人", "done": ["b"]}),
    ]
    found = layout.cells(many)
    assert [list(one) for one in found] == [
        line(layout, version, answers) if version else [None] * 4 for version, answers in many
    ]
    assert layout.cells([]) == []


def test_what_a_file_may_not_take_as_it_is_goes_through_its_own_hands() -> None:
    layout = layout_of(VERSIONS, Values.LABELS, sensitive=False, finish=cell_value)
    column = [line(layout, 10, {"gone": text})[3] for text in ("=1+1", "平安", "a\x00b", "", "－1")]
    assert column == ["'=1+1", "平安", "ab", "", "'－1"]
