"""Accepted reports are found through the rows of their tables, and their workbooks through sheets."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from forms.collection.enums import ReportState
from forms.submissions.files import reference
from forms.submissions.review.services import accept
from portal.accounts.models import User
from portal.units.enums import Role
from search.checking import check
from search.engines.registry import engine_names
from search.rebuilding import rebuild
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, attach, report_in, send, sides
from tests.factories.units import person
from tests.integration.search.asking import ask_as, found_by, settle
from tests.unit.media.filing import excel

pytestmark = pytest.mark.django_db

ROWS = ("站区照明不足", "消防通道堵塞杂物", "食品留样不全", "消防通道指示灯损坏")


def _reported(*rows: str) -> Sides:
    period = PeriodFactory(requirement=RequirementFactory(title="隐患排查结果"))
    answers = ANSWERS | {"problems": [{"what": row} for row in rows]}
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period), answers)
    settle()
    return done


def _client(user: User) -> Client:
    found = Client()
    found.force_login(user)
    return found


def _row(user: User, text: str) -> Any:
    (row,) = _client(user).get("/search/", {"q": text}).context["rows"]
    return row


def test_the_best_row_is_named_and_shown() -> None:
    done = _reported(*ROWS)
    with translation.override("zh-hans"):
        row = _row(done.reporter, "通道堵塞杂物")
    assert row.label == "第2行 · 问题清单"
    assert [piece.text for piece in row.passage if piece.matched] == ["通道堵塞杂物"]
    assert [place.label for place in _row(done.reporter, "消防通道").others] == ["第4行 · 问题清单"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.COORDINATOR])
def test_the_result_leads_to_the_row_on_the_page_of_the_report(role: Role) -> None:
    done = _reported(*ROWS)
    reader = person(role, done.expected.period.requirement.owner)
    address, _, anchor = _row(reader, "通道堵塞杂物").url.partition("#")
    page = _client(reader).get(address).content.decode()
    (line,) = re.findall(rf'<tr[^>]* id="{re.escape(anchor)}".*?</tr>|<tr id="{re.escape(anchor)}".*?</tr>', page, re.S)
    assert "消防通道堵塞杂物" in line


def test_what_is_answered_outside_tables_finds_the_report_itself() -> None:
    done = _reported(*ROWS)
    row = _row(done.reporter, "街面巡查")
    assert (row.label, "#" in row.url) == ("", False)


def test_words_of_several_rows_find_the_report_once() -> None:
    done = _reported(*ROWS)
    results = ask_as(done.reporter, "“照明不足” “留样不全”", facets=("kind",))
    assert [(hit.kind, hit.label) for hit in results.hits] == [("report", "")]
    assert [(item.value, item.count) for item in results.facets["kind"]] == [("report", 1)]


def test_whoever_may_not_read_the_report_finds_no_row() -> None:
    _reported(*ROWS)
    for stranger in (person(Role.REPORTER), person(Role.COORDINATOR), person(Role.SUPERVISOR)):
        assert ask_as(stranger, "通道堵塞杂物").total == 0


def test_only_the_rows_of_the_accepted_version_are_found() -> None:
    done = report_in(ReportState.RETURNED, answers=ANSWERS | {"problems": [{"what": "写错的一行"}]})
    accept(user=done.coordinator, submission=send(done, ANSWERS | {"problems": [{"what": "改好的一行"}]}), version=2)
    settle()
    assert ask_as(done.reporter, "“写错的一行”").total == 0
    assert ask_as(done.reporter, "“改好的一行”").hits[0].label == "1 · 问题清单"


def test_an_index_made_anew_and_checked_holds_the_rows() -> None:
    done = _reported(*ROWS)
    for name in engine_names():
        rebuild(name)
    assert [checked.is_right for checked in check(engine_names(), repair=False)] == [True] * len(engine_names())
    assert ask_as(done.reporter, "通道堵塞杂物").hits[0].label == "2 · 问题清单"


def test_a_workbook_that_came_with_the_report_is_found_by_sheet() -> None:
    done = sides(ExpectedReportFactory())
    book = attach(done, "排查台账.xlsx", excel(说明=[["填报说明"]], 隐患台账=[["问题"], ["配电箱裸露"]]))
    accept(user=done.coordinator, submission=send(done, ANSWERS | {"evidence": [reference(book)]}), version=1)
    settle()
    with translation.override("zh-hans"):
        row = _row(done.reporter, "“配电箱裸露”")
    assert (row.kind, row.label) == ("attachment", "工作表：隐患台账")
    assert row.url.endswith("#sheet=2")
    assert found_by(person(Role.REPORTER), "“配电箱裸露”") == []
