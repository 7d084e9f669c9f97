"""A roll-up as a coordinator makes it: compile, reword, take away, make final; on a telephone: what is affected."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.portal import RunningPortal
from tests.browser.test_walk import english_words
from tests.browser.visitor import PHONE, Visitor

MONTHLY = "各区救助管理工作月报"


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """A portal that this module may change."""
    return own_portal


def compiled(coordinator: Visitor) -> Page:
    """A new roll-up of the oldest month."""
    page = coordinator.open("/my/")
    page.get_by_role("link", name="汇总报告", exact=True).first.click()
    page.get_by_role("link", name="新建汇总报告").click()
    page.get_by_role("row").filter(has_text=MONTHLY).last.get_by_role("link", name="选择").click()
    expect(page.locator("main")).to_contain_text("本次将汇总的内容")
    page.get_by_label("主送单位").fill("市政府办公室")
    assert coordinator.has_no_sideways_scroll()
    page.get_by_role("button", name="开始汇总").click()
    expect(page.get_by_role("heading", name="一、报送情况")).to_be_visible()
    return page


def test_a_roll_up_from_compiling_to_its_final_words(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    page = compiled(coordinator)
    assert coordinator.has_no_sideways_scroll()
    coordinator.picture("document", whole=True)

    row = page.locator(".rollup-row", has_text="按方案开展街面巡查").first
    row.get_by_role("link", name="修改文字").press("Enter")
    field = page.get_by_label("第1句", exact=True)
    expect(field).to_be_focused()
    field.fill("按方案开展街面巡查和救助工作。")
    page.get_by_role("button", name="保存").click()
    reworded = page.locator(".rollup-row", has_text="按方案开展街面巡查和救助工作。")
    expect(reworded).to_contain_text("已改写，查看原文")
    reworded.get_by_role("button", name="下移").click()
    expect(page.locator(".rollup-row.is-paragraph", has_text="按方案开展").nth(1)).to_contain_text("救助工作。")
    figure = page.locator(".rollup-row.is-figure").first
    figure.get_by_role("button", name="不采用").click()
    expect(figure.get_by_role("button", name="恢复采用")).to_be_visible()
    page.reload()
    expect(figure.get_by_role("button", name="恢复采用")).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("button", name="Word 文件").click()
    assert taken.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("button", name="定稿").click()
    expect(page.locator("main dt", has_text="编号")).to_be_visible()
    assert page.get_by_role("link", name="修改文字").count() == 0


def test_on_a_telephone_the_demonstration_shows_one_affected_sentence(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator", **PHONE)
    page = coordinator.open("/rollups/")
    row = page.get_by_role("row").filter(has_text="各区救助管理工作情况报告").last
    expect(row).to_contain_text("1句")
    row.get_by_role("link", name="1句").click()
    expect(page.locator("ins")).to_have_text("本月街面巡查改为每周三次，救助情况见主要数据。")
    assert coordinator.has_no_sideways_scroll()
    assert english_words(page) == []
    coordinator.picture("phone-affected", whole=True)
    page.get_by_role("button", name="采用新版本").click()
    expect(page.locator("main")).to_contain_text("没有受影响的内容")
    page.get_by_role("link", name="返回汇总报告").click()
    expect(page.locator("main")).to_contain_text("本月街面巡查改为每周三次")
    page.locator(".rollup-row.is-paragraph").last.get_by_role("link", name="插入段落").click()
    page.get_by_label("自写段落").fill("总的看，各区工作进展顺利。")
    page.get_by_role("button", name="插入", exact=True).click()
    expect(page.locator(".rollup-row", has_text="总的看")).to_contain_text("编写人自写，无来源")
    assert coordinator.has_no_sideways_scroll()
    coordinator.picture("phone-document", whole=True)
