"""Tables of judged questions: what they say, and what is wrong with them."""

from collections.abc import Sequence

from search.judging.rules import MOST_THINGS, Sheet, read_sheet, unknown_things

NAMED = {"question": "检索词", "relevant": "应查到的内容", "grade": "等级", "why": "说明"}


def _read(*rows: Sequence[str]) -> Sheet:
    return read_sheet(rows, NAMED, longest=20, longest_why=10)


def _faults(sheet: Sheet) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in sheet.faults]


def test_rows_of_one_question_belong_together_whatever_their_width() -> None:
    sheet = _read(
        ["检索词", "应查到的内容", "等级", "说明"],
        ["救助 热线", "policy:p001", "2", "口语"],
        ["", "", "", ""],
        ["救助　热线", "policy:p002；policy:p003", "", ""],
    )
    assert sheet.faults == []
    (entry,) = sheet.entries.values()
    assert (entry.question, entry.why) == ("救助 热线", "口语")
    assert entry.things == {"policy:p001": (2, 2), "policy:p002": (3, 4), "policy:p003": (3, 4)}


def test_the_lists_of_the_house_are_read_as_they_are() -> None:
    sheet = _read(["question", "relevant", "why"], ["救助热线", "policy:p001;policy:p002", "短词"])
    assert [list(entry.things) for entry in sheet.entries.values()] == [["policy:p001", "policy:p002"]]


def test_every_fault_is_told_by_row_and_column() -> None:
    sheet = _read(
        ["检索词", "应查到的内容", "等级", "说明"],
        ["", "policy:p001", "4", ""],
        ["救助热线", "", "1", "说明太长说明太长说明太长"],
        ["救助热线", "a；a", "", ""],
        ["很长的检索词很长的检索词很长的检索词很长的检索词", "policy:p001", "", ""],
    )
    assert _faults(sheet) == [
        (2, "检索词"),
        (2, "等级"),
        (3, "说明"),
        (3, "应查到的内容"),
        (5, "检索词"),
    ]


def test_the_same_thing_in_two_rows_of_a_question_is_a_fault() -> None:
    sheet = _read(["检索词", "应查到的内容"], ["救助热线", "policy:p001"], ["救助热线", "policy:p001"])
    assert _faults(sheet) == [(3, "应查到的内容")]


def test_columns_that_are_missing_are_named() -> None:
    assert _faults(_read(["检索词", "备注"], ["救助热线", ""])) == [(1, "应查到的内容")]
    assert _faults(_read(["检索词", "应查到的内容"])) == [(1, "")]
    assert _faults(_read()) == [(1, "检索词、应查到的内容")]


def test_more_things_than_fit_are_refused() -> None:
    many = ";".join(f"policy:{number}" for number in range(MOST_THINGS + 1))
    assert _faults(_read(["检索词", "应查到的内容"], ["救助热线", many])) == [(2, "应查到的内容")]


def test_what_nothing_here_is_called_is_told_for_its_row() -> None:
    sheet = _read(["检索词", "应查到的内容"], ["救助热线", "policy:p001"], ["救助热线", "没有的"])
    assert [(fault.row, fault.column) for fault in unknown_things(sheet, {"policy:p001"}, "应查到的内容")] == [
        (3, "应查到的内容")
    ]
