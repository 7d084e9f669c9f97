"""Figures as people use them: what is red, charts with their tables, composing without code, the past, a telephone."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.portal import RunningPortal
from tests.browser.test_walk import english_words
from tests.browser.visitor import PHONE

DRAWN = """box => {
    const canvas = box.querySelector("canvas");
    if (!canvas) return 0;
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const colours = new Set();
    for (let at = 0; at < pixels.length; at += 4) colours.add(pixels[at] << 24 | pixels[at + 1] << 16 | pixels[at + 3]);
    return colours.size;
}"""
"""How many colours a chart is made of; an empty one has one."""


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """A portal that this module may change."""
    return own_portal


def charts_are_drawn(page: Page) -> None:
    """Every chart has something in it, and a table beside it."""
    cards = page.locator(".figure-card:has([data-chart])")
    expect(cards.first.locator("canvas")).to_be_visible()
    for number in range(cards.count()):
        card = cards.nth(number)
        assert card.locator("[data-chart]").evaluate(DRAWN) > 2
        expect(card.locator("table tbody tr").first).to_be_visible()


def test_a_leader_sees_what_is_red_follows_it_and_takes_it_away(visitor: NewVisitor) -> None:
    leader = visitor("leader")
    page = leader.open("/")
    page.get_by_role("navigation").get_by_role("link", name="数据", exact=True).click()
    expect(page.get_by_role("heading", name="需要关注")).to_be_visible()
    charts_are_drawn(page)
    assert leader.has_no_sideways_scroll()
    assert english_words(page) in ([], ["Excel"])
    leader.picture("figures", whole=True)

    card = page.locator(".figure-card", has_text="每月救助人次")
    with page.expect_download() as taken:
        card.get_by_role("button", name="图片（PNG）").click()
    assert taken.value.suggested_filename == "每月救助人次.png"
    assert taken.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel 文件").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    card.get_by_role("link", name="每月救助人次").click()
    expect(page.get_by_role("heading", name="数据来源")).to_be_visible()
    page.locator("main table.is-cards tbody a").first.click()
    expect(page.locator("main")).to_contain_text("救助流浪乞讨人员")


def test_the_matrix_scrolls_in_its_own_box_and_leads_to_the_reports(visitor: NewVisitor) -> None:
    leader = visitor("leader")
    page = leader.open("/reporting/matrix/")
    box = page.get_by_role("region", name="各单位各期报送情况")
    expect(box).to_be_visible()
    assert leader.has_no_sideways_scroll()
    box.focus()
    page.keyboard.press("Tab")
    assert box.evaluate("box => box.contains(document.activeElement)"), "cells are reached by keyboard"
    box.evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(box.get_by_role("columnheader", name="单位")).to_be_in_viewport()
    leader.picture("matrix")
    accepted = box.get_by_role("link", name="按时报送，已审核通过").first
    accepted.press("Enter")
    expect(page.locator("main .state--accepted").first).to_be_visible()


def test_the_past_is_shown_as_it_was(visitor: NewVisitor) -> None:
    leader = visitor("leader")
    page = leader.open("/reporting/matrix/")
    today = page.locator(".figures-line dd").first.inner_text()
    before = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=60)
    page.get_by_label("截至").fill(before.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="查看").click()
    expect(page.locator("main")).to_contain_text("根据报送的办理记录")
    assert page.locator(".figures-line dd").first.inner_text() != today
    page.get_by_label("截至").fill("2999-01-01T10:00")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("main")).to_contain_text("该时间尚未到来")


def test_an_editor_composes_a_figure_without_code(visitor: NewVisitor) -> None:
    editor = visitor("editor")
    page = editor.open("/reporting/")
    page.get_by_role("link", name="设置指标").click()
    page.get_by_role("link", name="新建指标").click()
    page.get_by_label("指标名称").fill("完成整改的问题")
    page.get_by_label("统计哪些已采纳的报送").select_option(label="各区救助管理工作月报")
    expect(page.locator("[name=question]")).to_be_visible()
    page.locator("[name=question]").select_option("problems_solved")
    expect(page.locator("[name=aggregation]")).to_be_visible()
    expect(page.locator(".composer-preview")).to_contain_text("完成整改")
    page.locator("[name=aggregation]").select_option("average")
    page.locator("[name=split]").select_option("period")
    expect(page.locator(".composer-preview")).to_contain_text("的平均值")
    assert page.get_by_label("指标名称").input_value() == "完成整改的问题"
    assert editor.has_no_sideways_scroll()
    editor.picture("indicator", whole=True)
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has_text="完成整改的问题")
    expect(row).to_be_visible()
    row.get_by_role("button", name="上移").click()
    expect(page.get_by_role("row").nth(4)).to_contain_text("完成整改的问题")
    leader = visitor("leader")
    shown = leader.open("/reporting/")
    expect(shown.get_by_role("heading", name="完成整改的问题")).to_be_visible()
    charts_are_drawn(shown)


def test_a_telephone_lists_unit_by_unit(visitor: NewVisitor) -> None:
    reporter = visitor("reporter", **PHONE)
    page = reporter.open("/reporting/matrix/")
    expect(page.locator(".matrix-box")).to_be_hidden()
    expect(page.locator(".matrix-lists li").first).to_contain_text("市救助管理站")
    expect(page.locator(".matrix-lists > li")).to_have_count(1)
    page.locator(".matrix-lists summary").first.click()
    expect(page.locator(".matrix-lists details a").first).to_be_visible()
    assert reporter.has_no_sideways_scroll()
    reporter.picture("phone", whole=True)
    page = reporter.open("/reporting/")
    charts_are_drawn(page)
    assert reporter.has_no_sideways_scroll()
    expect(page.locator("main")).to_contain_text("仅限您有权了解的报送")


def test_whoever_wants_no_motion_gets_none(visitor: NewVisitor) -> None:
    leader = visitor("leader")
    leader.page.emulate_media(reduced_motion="reduce")
    page = leader.open("/reporting/")
    charts_are_drawn(page)
    box = page.locator("[data-chart]").first
    assert box.evaluate("box => echarts.getInstanceByDom(box).getOption().animation") is False
