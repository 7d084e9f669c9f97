"""Exporting: asked for on the page of a requirement, watched, downloaded, opened; another one cancelled under way."""

import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.portal import RunningPortal
from tests.browser.test_walk import english_words
from tests.browser.visitor import PHONE

UNDER_WAY = """
import datetime
from django.utils import timezone
from forms.collection.models import Requirement
from forms.exchange.exports.models import Export
from forms.exchange.exports.rules import Selection
from portal.accounts.models import User
until = timezone.now() + datetime.timedelta(days=1)
Export.objects.create(
    owner=User.objects.get(username="coordinator"), requirement=Requirement.objects.earliest("pk"),
    selection=Selection().to_json(), format="xlsx", values="labels", language="zh-hans", state="running", done=1200,
    total=5000, asked_at=timezone.now(), not_before=until, lease_until=until,
)
"""


def ask(page: Page) -> str:
    """From the list of requirements to the form; gives the requirement's title."""
    title = page.locator("main tbody a").first.inner_text()
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name="导出", exact=True).click()
    return title


def test_a_coordinator_exports_a_workbook_and_opens_it(visitor: NewVisitor, tmp_path: Path) -> None:
    coordinator = visitor("coordinator")
    page = coordinator.open("/requirements/")
    title = ask(page)
    page.locator("summary", has_text="限定报送期").click()
    page.get_by_label("未报、免报的也各列一行").check()
    assert coordinator.has_no_sideways_scroll()
    assert english_words(page) == []
    coordinator.picture("ask", whole=True)
    page.get_by_role("button", name="开始导出").click()
    link = page.get_by_role("link", name="下载").first
    expect(link).to_be_visible(timeout=40_000)  # the list renews itself
    expect(page.locator("tbody")).to_contain_text(title)
    coordinator.picture("ready", whole=True)
    assert coordinator.has_no_sideways_scroll()
    assert english_words(page) == []
    with page.expect_download() as coming:
        link.click()
    path = tmp_path / "export.xlsx"
    coming.value.save_as(path)
    assert re.fullmatch(rf"{re.escape(title)}-\d{{8}}-\d{{4}}\.xlsx", coming.value.suggested_filename)
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["说明", "报送"]
    about: dict[Any, Any] = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["报送要求"] == title
    assert book["报送"].max_row == about["行数"] + 1 > 1


def test_an_export_under_way_shows_how_far_it_is_and_is_cancelled(visitor: NewVisitor, portal: RunningPortal) -> None:
    portal.manage("shell", "-v", "0", "-c", UNDER_WAY)
    coordinator = visitor("coordinator", **PHONE)
    page = coordinator.open("/exports/")
    row = page.locator("tbody tr", has=page.locator("progress"))
    expect(row).to_contain_text("1200 / 5000")
    assert coordinator.has_no_sideways_scroll()
    coordinator.picture("under-way", whole=True)
    row.get_by_role("button", name="取消").click()
    expect(page.locator("progress")).to_have_count(0)
    expect(page.locator("tbody")).to_contain_text("已取消")
    assert english_words(page) == []
