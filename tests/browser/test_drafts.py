"""Nothing that was typed is lost: the network goes, the session ends, the tab is closed, somebody else types too."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, Route, expect

from forms.builder.schema import FormSchema
from forms.submissions.models import Submission, SubmissionFile, SubmissionVersion
from portal.accounts.models import User
from portal.units.enums import Role
from tests.browser.filling import Open, paste, signed_in
from tests.browser.visitor import PHONE
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for
from tests.factories.units import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]

SCHEMA = FormSchema(
    "安全检查",
    fields=(
        question("text", "place", "被检查机构", required=True),
        question("number", "people", "在站人数"),
        question("long_text", "view", "意见"),
        question("file", "paper", "材料", options={"max_files": 3}),
        table_of(question("text", "what", "问题内容"), question("date", "by", "整改时限"), key="list", label="清单"),
    ),
)


KEPT = """async (text) => {
    for (let turn = 0; turn < 400; turn += 1) {
        const mine = await window.draftStore.of(draft.words.user, draft.words.report);
        if (JSON.stringify(mine).includes(text)) return;
        await new Promise((after) => setTimeout(after, 50));
    }
    throw new Error(`the browser does not hold ${text}`);
}"""


@pytest.fixture
def found() -> Sides:
    """A report that nobody has begun."""
    return asked_for(SCHEMA)


@pytest.fixture
def colleague(found: Sides) -> User:
    """A second reporter of the same unit."""
    return person(Role.REPORTER, found.expected.unit, name="陈晓芳")


def state(page: Page) -> Locator:
    """What is said of the saving, beside the buttons."""
    return page.locator("[data-saved-state]")


def notice(page: Page) -> Locator:
    """What is said when something is in the way."""
    return page.locator("[data-draft-notice]")


def offer(page: Page) -> Locator:
    """What the browser offers back."""
    return page.locator("[data-draft-offer]")


def kept_here(page: Page) -> bool:
    """Whether the browser holds something that the server has not."""
    return bool(
        page.evaluate("async () => (await window.draftStore.of(draft.words.user, draft.words.report)).length > 0")
    )


def type_and_wait_until_kept_here(page: Page, name: str, text: str) -> None:
    """Type, and wait until the browser has it on its disk."""
    page.locator(f'[name="{name}"]').fill(text)
    page.evaluate(KEPT, text)


def answers(found: Sides) -> dict[str, Any]:
    """What the server has."""
    report = Submission.objects.filter(pk=found.expected.pk).first()
    return dict(report.answers) if report else {}


def test_what_is_typed_is_saved_by_itself_and_goes_on_at_another_machine(fill: Open, found: Sides) -> None:
    page = fill()
    page.locator("[name=place]").fill("救助管理站")
    paste(page.locator('[name="list.0.what"]'), "通道堵塞\t2026-12-05\n留样不全\t2026-12-06")
    expect(state(page)).to_contain_text("已自动保存")
    assert answers(found)["place"] == "救助管理站"
    assert [row["what"] for row in answers(found)["list"]] == ["通道堵塞", "留样不全"]
    assert not kept_here(page)
    other = fill()
    expect(other.locator("[name=place]")).to_have_value("救助管理站")
    expect(other.locator('[name="list.1.what"]')).to_have_value("留样不全")
    page.click("button[value=submit]")
    expect(page.locator(".answers").first).to_contain_text("救助管理站")


@pytest.mark.parametrize("width", [None, PHONE], ids=["desk", "telephone"])
def test_the_network_goes_in_the_middle_comes_back_and_the_report_is_sent(
    fill: Open, found: Sides, width: dict[str, int] | None
) -> None:
    page = fill(**({"viewport": width} if width else {}))
    expect(notice(page)).to_be_hidden()
    send = page.locator("button[value=submit]")
    page.locator("[name=place]").focus()
    place = send.bounding_box()
    page.context.set_offline(True)
    type_and_wait_until_kept_here(page, "place", "断网时填的")
    expect(notice(page)).to_contain_text("网络已断开")
    assert send.bounding_box() == place  # whatever is said, the button stays under the finger
    page.click("button[value=submit]")
    expect(notice(page)).to_contain_text("未能提交")
    expect(page.locator("[name=place]")).to_have_value("断网时填的")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("已自动保存")
    expect(notice(page)).not_to_contain_text("网络已断开")
    page.click("button[value=submit]")
    expect(page.locator(".answers").first).to_contain_text("断网时填的")
    assert SubmissionVersion.objects.get().answers == {"place": "断网时填的"}


def test_a_tab_that_was_closed_without_network_is_offered_back_and_never_put_in_unasked(
    fill: Open, found: Sides
) -> None:
    page = fill()
    page.context.set_offline(True)
    type_and_wait_until_kept_here(page, "place", "关掉的页面")
    expect(notice(page)).to_contain_text("网络已断开")  # else the page would send it as it goes, perhaps with success
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    expect(offer(again)).to_contain_text("关掉的页面")
    expect(again.locator("[name=place]")).to_have_value("")
    assert "place" not in answers(found)
    offer(again).get_by_role("button", name="恢复").click()
    expect(again.locator("[name=place]")).to_have_value("关掉的页面")
    expect(offer(again)).to_be_hidden()
    assert answers(found)["place"] == "关掉的页面"
    assert not kept_here(again)


def test_what_is_discarded_is_not_offered_again(fill: Open) -> None:
    page = fill()
    page.context.set_offline(True)
    type_and_wait_until_kept_here(page, "place", "不要的")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    offer(again).get_by_role("button", name="丢弃").click()
    again.reload()
    expect(again.locator("[data-draft-present]")).to_be_attached()
    assert not kept_here(again)


def test_a_session_that_ends_keeps_what_was_typed_until_its_person_is_back(
    fill: Open, found: Sides, live_server: Any
) -> None:
    page = fill()
    page.locator("[name=people]").fill("3")
    expect(state(page)).to_contain_text("已自动保存")
    Session.objects.all().delete()
    type_and_wait_until_kept_here(page, "place", "登录失效时填的")
    expect(notice(page)).to_contain_text("登录已失效")
    expect(notice(page).get_by_role("link", name="在新标签页登录")).to_be_visible()
    assert answers(found) == {"people": 3}
    signed_in(page.context, found.reporter, live_server.url)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(page)).to_contain_text("已自动保存")
    expect(notice(page)).to_be_hidden()
    assert answers(found) == {"place": "登录失效时填的", "people": 3}


def test_another_person_at_the_same_machine_sees_nothing_and_saves_nothing(
    fill: Open, found: Sides, colleague: User, live_server: Any
) -> None:
    page = fill()
    Session.objects.all().delete()
    type_and_wait_until_kept_here(page, "place", "张三填的")
    expect(notice(page)).to_contain_text("登录已失效")
    signed_in(page.context, colleague, live_server.url)
    other = page.context.new_page()
    with other.expect_response(lambda answer: "/present/" in answer.url):
        other.goto(page.url)
    assert not kept_here(other)
    expect(offer(other)).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice(page)).to_contain_text("另一位用户")
    assert "place" not in answers(found)
    signed_in(page.context, found.reporter, live_server.url)
    other.reload()
    expect(offer(other)).to_contain_text("张三填的")


def test_two_people_in_one_draft_see_one_another_and_lose_nothing(fill: Open, found: Sides, colleague: User) -> None:
    first = fill(user=colleague)
    expect(first.locator("[data-draft-present]")).to_be_hidden()
    second = fill()
    expect(second.locator("[data-draft-present]")).to_contain_text("陈晓芳")
    first.locator("[name=people]").fill("5")
    expect(state(first)).to_contain_text("已自动保存")
    second.locator("[name=view]").fill("同意")
    expect(state(second)).to_contain_text("已自动保存")
    expect(notice(second)).to_contain_text("在站人数")
    assert answers(found) == {"people": 5, "view": "同意"}
    second.locator("[name=people]").fill("6")
    conflict = second.locator("[data-draft-conflict=people]")
    expect(conflict).to_contain_text("5")
    expect(conflict).to_contain_text("6")
    conflict.get_by_role("button", name="保留我的").click()
    expect(conflict).to_be_hidden()
    expect(state(second)).to_contain_text("已自动保存")
    assert answers(found)["people"] == 6
    first.close()
    second.evaluate("draft.beat()")
    expect(second.locator("[data-draft-present]")).to_be_hidden()


def test_taking_what_is_saved_shows_it_and_keeps_the_rest(fill: Open, found: Sides, colleague: User) -> None:
    first, second = fill(user=colleague), fill()
    first.locator("[name=place]").fill("同事写的")
    expect(state(first)).to_contain_text("已自动保存")
    second.locator("[name=view]").fill("我的意见")
    second.locator("[name=place]").fill("我写的")
    conflict = second.locator("[data-draft-conflict=place]")
    expect(conflict).to_contain_text("同事写的")
    conflict.get_by_role("button", name="采用已保存的").click()
    expect(second.locator("[name=place]")).to_have_value("同事写的")
    expect(second.locator("[name=view]")).to_have_value("我的意见")
    assert answers(found) == {"place": "同事写的", "view": "我的意见"}


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file that travels in several pieces."""
    path = tmp_path / "情况.txt"
    path.write_text("街面巡查情况\n" * 150_000, encoding="utf-8")
    return path


class Line:
    """What travels to the server; the line can be cut."""

    def __init__(self, page: Page) -> None:
        self.offsets: list[int] = []
        self.cut_after: int | None = None
        page.route("**/reports/uploads/*/", self.travel)

    def travel(self, route: Route) -> None:
        """Let it pass, or not."""
        if route.request.method == "PATCH":
            offset = int(route.request.headers["upload-offset"])
            if self.cut_after is not None and offset >= self.cut_after:
                route.abort()
                return
            self.offsets.append(offset)
        route.continue_()


def kept_files(page: Page) -> Locator:
    """Files that have arrived, below the question."""
    return page.locator(".file-answer-kept li")


def test_a_file_that_is_interrupted_goes_on_where_it_stopped_and_is_sent(fill: Open, found: Sides, large: Path) -> None:
    page = fill()
    line = Line(page)
    line.cut_after = 2 * 1024 * 1024
    page.locator("[name=place]").fill("站")
    page.set_input_files("[name=paper]", large)
    expect(page.locator(".upload progress")).to_be_visible()
    expect(page.locator(".upload [role=status]")).to_contain_text("中断", timeout=40_000)
    assert not SubmissionFile.objects.exists()
    line.cut_after = None
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(kept_files(page)).to_contain_text("情况.txt")
    expect(page.locator(".upload")).to_have_count(0)
    assert line.offsets == sorted(set(line.offsets))  # no byte travelled twice
    assert SubmissionFile.objects.get().file.read() == large.read_bytes()
    page.click("button[value=submit]")
    expect(page.locator(".answers").first).to_contain_text("情况.txt")
    assert [ref["name"] for ref in SubmissionVersion.objects.get().answers["paper"]] == ["情况.txt"]
    assert SubmissionFile.objects.count() == 1


def test_the_same_file_chosen_again_after_the_page_was_closed_goes_on_where_it_stopped(
    fill: Open, found: Sides, large: Path
) -> None:
    page = fill(viewport=PHONE)
    line = Line(page)
    line.cut_after = 1024 * 1024
    with page.expect_event("requestfailed", lambda asked: asked.method == "PATCH"):
        page.set_input_files("[name=paper]", large)
    page.close()
    again = page.context.new_page()
    again.goto(page.url)
    line = Line(again)
    again.set_input_files("[name=paper]", large)
    expect(kept_files(again)).to_contain_text("情况.txt")
    expect(state(again)).to_contain_text("已自动保存")
    assert line.offsets[0] == 1024 * 1024
    assert [ref["name"] for ref in answers(found)["paper"]] == ["情况.txt"]
    assert again.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_file_that_is_not_what_it_says_is_refused_in_words_and_may_be_given_up(
    fill: Open, found: Sides, tmp_path: Path
) -> None:
    page = fill()
    false = tmp_path / "假的.pdf"
    false.write_bytes(b"no document")
    page.set_input_files("[name=paper]", false)
    expect(page.locator(".upload .question-error")).to_contain_text("假的.pdf")
    assert page.evaluate("document.querySelector('[name=paper]').files.length") == 0
    page.locator(".upload").get_by_role("button").click()
    expect(page.locator(".upload")).to_have_count(0)
    assert not SubmissionFile.objects.exists()
