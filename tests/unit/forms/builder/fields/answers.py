"""Questions and valid answers of each type, as hypothesis makes them."""

import datetime
from typing import Any

from hypothesis import strategies as st
from stdnum.cn import ric

from forms.builder.schema import FieldSchema
from tests.factories.builder import question

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
times = st.times().map(lambda time: time.strftime("%H:%M"))
visible = st.text(st.characters(categories=["L", "N"], codec="utf-8"), min_size=1, max_size=30)
fen = st.integers(-(10**12), 10**12).map(lambda figures: whole(figures / 100))


def whole(value: float) -> int | float:
    """As JSON has it: no point where there is nothing behind it."""
    return int(value) if value.is_integer() else value


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Numbers that could stand on a card; nobody's."""
    born = draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2020, 12, 31)))
    body = f"{draw(st.integers(110000, 659999))}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + ric.calc_check_digit(f"{body}0")


VALID: dict[str, tuple[FieldSchema, st.SearchStrategy[Any]]] = {
    "text": (question("text"), visible),
    "long_text": (question("long_text"), st.lists(visible, min_size=1, max_size=3).map("\n".join)),
    "integer": (question("integer", options={"unit": "人"}), st.integers(-(10**15) + 1, 10**15 - 1)),
    "number": (question("number", options={"unit": "公里", "decimals": 2}), fen),
    "money": (question("money"), fen),
    "money in ten thousands": (
        question("money", options={"unit": "ten_thousand_yuan"}),
        st.integers(0, 10**12).map(lambda figures: whole(figures / 10**6)),
    ),
    "percentage": (question("percentage"), st.integers(0, 10_000).map(lambda figures: whole(figures / 100))),
    "date": (question("date"), days.map(datetime.date.isoformat)),
    "time": (question("time"), times),
    "datetime": (question("datetime"), st.tuples(days, times).map(lambda both: f"{both[0].isoformat()}T{both[1]}")),
    "year_month": (question("year_month"), days.map(lambda day: day.isoformat()[:7])),
    "yes_no": (question("yes_no", options={"na": True}), st.sampled_from([True, False, "na"])),
    "rating": (question("rating"), st.integers(1, 5)),
    "matrix": (
        question("matrix"),
        st.dictionaries(st.sampled_from(["s1", "s2"]), st.sampled_from(["c1", "c2"]), min_size=1),
    ),
    "id_number": (question("id_number"), id_numbers()),
    "phone": (
        question("phone"),
        st.sampled_from(
            ["13800138000", "19912345678", "0898-88276666", "0898-88276666转123", "010-65811234", "4001234567"]
        ),
    ),
    "email": (question("email"), st.sampled_from(["name@example.cn", "a.b+c@mca.gov.cn"])),
    "url": (
        question("url"),
        st.sampled_from(["https://www.example.cn/news?id=1", "http://example.cn:8080/路径", "https://a.cn"]),
    ),
}
