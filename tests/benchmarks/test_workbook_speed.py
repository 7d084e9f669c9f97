"""What the workbook of a very large report takes: five tables of 1,000 rows, six columns each, all filled in.

``python -m pytest tests/benchmarks/test_workbook_speed.py -s`` prints seconds of processor time of each step.
"""

import io
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from forms.builder.schema import FieldSchema, FormSchema
from forms.exchange.workbook.layout import FIRST_ROW
from forms.exchange.workbook.services import check, receive, take, with_comments, workbook
from forms.submissions.services import save_draft
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLES, ROWS = 5, 1000
MOST_SECONDS = 2.0
"""No request takes longer on a quiet machine."""
LEVELS = {"choices": [{"code": f"c{number}", "label": f"第{number}类情形"} for number in range(6)]}
SCHEMA = FormSchema(
    "隐患排查",
    fields=tuple(
        table_of(
            question("text", "what", "问题", required=True),
            FieldSchema("level", "choice", "等级", options=LEVELS),
            question("date", "by", "整改时限"),
            question("money", "cost", "费用"),
            question("integer", "n", "数量"),
            question("long_text", "note", "说明"),
            key=f"list{number}",
            label=f"问题清单{number}",
            max_rows=ROWS,
        )
        for number in range(TABLES)
    ),
)
Made = TypeVar("Made")


def answers() -> dict[str, Any]:
    """Every row of every table."""
    return {
        f"list{table}": [
            {
                "what": f"第{row}处占道经营",
                "level": f"c{row % 6}",
                "by": "2026-11-28",
                "cost": row,
                "n": row,
                "note": "已通知责任单位限期整改，整改后由街道复核并拍照留存。",
            }
            for row in range(ROWS)
        ]
        for table in range(TABLES)
    }


def timed(name: str, work: Callable[[], Made], spent: dict[str, float]) -> Made:
    begun, cpu = time.perf_counter(), time.process_time()
    made = work()
    spent[name] = time.process_time() - cpu
    print(f"{name}: {time.perf_counter() - begun:.2f} s, {spent[name]:.2f} s of CPU here")
    return made


def test_no_step_of_the_round_trip_takes_long() -> None:
    found: Sides = asked_for(SCHEMA)
    save_draft(user=found.reporter, expected=found.expected, answers=answers(), revision=0)
    version, now = found.report.form_version, timezone.now()
    expected = found.report.expected
    about: dict[str, Any] = {"user": found.reporter, "version": version, "now": now}
    spent: dict[str, float] = {}
    data = timed("write", lambda: workbook(expected=expected, **about), spent)
    print(f"{len(data) / 2**20:.2f} MiB")
    received = timed("read", lambda: receive(expected=expected, name="a.xlsx", data=data, **about), spent)
    result = timed("check", lambda: check(returned=received, **about), spent)
    assert not result.problems
    timed("take", lambda: take(returned=received, only_good=False, **about), spent)
    assert found.report.answers == answers()
    book = load_workbook(io.BytesIO(data))
    for page in book.worksheets[2 : 2 + TABLES]:
        for row in range(FIRST_ROW, FIRST_ROW + 100):
            page.cell(row, 5).value = "很多"
    stream = io.BytesIO()
    book.save(stream)
    wrong = receive(expected=expected, name="b.xlsx", data=stream.getvalue(), **about)
    timed("comments", lambda: with_comments(returned=wrong, **about), spent)
    assert max(spent.values()) <= MOST_SECONDS, spent
