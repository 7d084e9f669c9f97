"""An editor builds forms in the Wagtail admin by clicking, and what is published is what was meant."""

import json
from typing import Any

import pytest
from playwright.sync_api import Response, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.form_builder import PUBLISHING, FormBuilder
from tests.browser.form_dialogue import Dialogue
from tests.browser.portal import RunningPortal

pytestmark = pytest.mark.slow

LINES = ["消防安全", "用电安全", "食品安全"]


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """None of this is searched for."""
    return own_portal


@pytest.fixture
def builder(visitor: NewVisitor) -> FormBuilder:
    return FormBuilder(visitor("editor"))


def published(portal: RunningPortal, pk: int) -> dict[str, Any]:
    """The schema that publishing froze."""
    return asked(portal, f"FormPage.objects.get(pk={pk}).current_version.form_schema")


def drafted(portal: RunningPortal, pk: int) -> dict[str, Any]:
    """What the newest revision asks."""
    return asked(portal, f"FormPage.objects.get(pk={pk}).get_latest_revision_as_object().schema_now")


def asked(portal: RunningPortal, schema: str) -> dict[str, Any]:
    """A schema of the running portal's data."""
    imports = "import json; from forms.builder.models import FormPage"
    found: dict[str, Any] = json.loads(portal.run(f"{imports}; print(json.dumps({schema}.to_json()))"))
    return found


def named(schema: dict[str, Any]) -> dict[str, Any]:
    """Questions and columns by label."""
    fields = schema["fields"]
    return {one["label"]: one for one in [*fields, *(column for each in fields for column in each.get("columns", []))]}


def test_a_form_of_two_pages_with_table_conditions_calculation_and_checks(
    builder: FormBuilder, portal: RunningPortal
) -> None:
    form = builder.new("检查情况汇总", "请如实填写。")
    form.question("section", "基本情况")
    form.question("text", "检查单位", required=True, help_text="写全称")
    form.question("date", "检查日期", required=True)
    form.question("yes_no", "是否发现问题", required=True)
    form.question("choice", "检查类别", choices=LINES)
    form.question("page_break", "问题清单")
    table = form.question("table", "发现的问题")
    table.column("text", "问题描述", required=True)
    deadline = table.column("date", "整改期限")
    table.column("number", "整改费用", unit="元", minimum=0)
    reason = form.question("long_text", "未发现问题的说明")
    total = form.question("calculated", "费用合计")

    table.when("show", ("是否发现问题", "is", "是"))
    deadline.when("require", ("整改费用", "more", 1000), ("检查类别", "one_of", ["消防安全", "用电安全"]), join="or")
    reason.when(
        "show", ("是否发现问题", "is", "否"), ("or", [("检查日期", "less", "=today"), ("检查单位", "contains", "站")])
    )
    total.calculate("column", how="sum", of="发现的问题 › 整改费用", where=[("问题描述", "given")])
    form.check("发现的问题 › 整改期限", ("整改期限", "at_least", "=检查日期"), message="整改期限不能早于检查日期")
    form.check("检查日期", ("检查日期", "at_most", "=today"), message="检查日期在今天之后", severity="warning")
    builder.visitor.picture("built")
    pk = form.note("第一版").publish()

    schema = published(portal, pk)
    by = named(schema)
    key = {label: {"var": f"answers.{one['key']}"} for label, one in by.items()}
    row = {label: {"var": f"row.{one['key']}"} for label, one in by.items()}
    codes = {one["label"]: one["code"] for one in by["检查类别"]["options"]["choices"]}
    assert list(codes) == LINES
    assert [one["label"] for one in schema["fields"]] == [
        *("基本情况", "检查单位", "检查日期", "是否发现问题", "检查类别"),
        *("问题清单", "发现的问题", "未发现问题的说明", "费用合计"),
    ]
    assert by["整改费用"]["options"].items() >= {"unit": "元", "minimum": 0}.items()
    assert by["发现的问题"]["logic"] == {"show": {"===": [key["是否发现问题"], True]}}
    assert by["整改期限"]["logic"] == {
        "require": {
            "or": [
                {">": [row["整改费用"], 1000]},
                {"in": [key["检查类别"], [codes["消防安全"], codes["用电安全"]]]},
            ]
        }
    }
    today = {"var": "context.today"}
    assert by["未发现问题的说明"]["logic"]["show"] == {
        "and": [
            {"===": [key["是否发现问题"], False]},
            {"or": [{"<": [key["检查日期"], today]}, {"in": ["站", key["检查单位"]]}]},
        ]
    }
    filled = {"!": [{"blank": [{"var": by["问题描述"]["key"]}]}]}
    rows = {"filter": [key["发现的问题"], filled]}
    assert by["费用合计"]["logic"]["value"] == {"sum": [{"map": [rows, {"var": by["整改费用"]["key"]}]}]}
    assert [(one["at"], one["check"], one["severity"]) for one in schema["rules"]] == [
        (
            f"{by['发现的问题']['key']}.{by['整改期限']['key']}",
            {">=": [row["整改期限"], key["检查日期"]]},
            "error",
        ),
        (by["检查日期"]["key"], {"<=": [key["检查日期"], today]}, "warning"),
    ]


CALCULATIONS: dict[str, dict[str, Any]] = {
    "chain": {"first": "=收入", "then": [("+", "=补助"), ("*", 2)]},
    "total": {"of": ["收入", "补助"]},
    "percent": {"first": "=收入", "second": "=补助"},
    "last": {"of": "收入"},
    "between": {"start": "=开始日期", "end": "=today"},
    "shift": {"date": "开始日期", "count": 30},
    "if": {"cases": [([("收入", "more", 10)], 1), ([("收入", "more", 5)], 2)], "otherwise": 3},
    "text": {"parts": ["第", "=收入", "期"]},
    "take": {"of": "补助"},
}


def test_each_calculation_opens_again_as_it_was_set(builder: FormBuilder) -> None:
    form = builder.new("计算试验")
    for kind, label in (("number", "收入"), ("number", "补助"), ("date", "开始日期")):
        form.question(kind, label)
    result = form.question("calculated", "结果")
    for pattern, parts in CALCULATIONS.items():
        dialogue = result.logic("value")
        dialogue.calculation(pattern, **parts)
        said = dialogue.sentence
        dialogue.apply()
        again = result.logic("value")
        assert again.element.locator("select").first.input_value() == pattern
        assert again.sentence == said
        builder.visitor.picture(f"calculation-{pattern}")
        builder.page.keyboard.press("Escape")
        expect(again.element).to_have_count(0)


@pytest.mark.parametrize(("result", "offered"), [("text", {"问题数", "检查日期", "说明"}), ("number", {"问题数"})])
def test_only_what_the_calculation_may_give_is_offered(builder: FormBuilder, result: str, offered: set[str]) -> None:
    form = builder.new(f"可选试验 {result}")
    asked = {"number": "问题数", "date": "检查日期", "text": "说明", "yes_no": "是否整改", "choice": "类别"}
    for kind, label in asked.items():
        form.question(kind, label)
    dialogue = form.question("calculated", "结果", result=result).logic("value")
    dialogue.element.locator(".logic-editor__calculation select").first.select_option("take")
    said = " ".join(dialogue.element.locator(".logic-editor__parts select").first.locator("option").all_inner_texts())
    assert {label for label in asked.values() if label in said} == offered


def test_a_condition_on_a_deleted_question_says_so_at_once_and_can_be_mended(builder: FormBuilder) -> None:
    form = builder.new("删除试验")
    form.question("yes_no", "是否发现问题")
    form.question("number", "问题数")
    reason = form.question("text", "说明").when("show", ("是否发现问题", "is", "是"))
    builder.page.locator('[data-streamfield-action="DELETE"]').first.click()
    notice = builder.page.locator(".logic-notice")
    expect(notice).to_contain_text("说明")
    expect(reason.element.locator(".logic-summary__broken")).to_be_visible()
    builder.visitor.picture("deleted")
    notice.get_by_role("button").click()
    builder.page.keyboard.press("Enter")
    dialogue = Dialogue(builder.page)
    expect(dialogue.element.locator("[aria-invalid=true]")).to_have_count(1)
    dialogue.button("apply").click()
    expect(dialogue.element).to_be_visible()
    dialogue.row(dialogue.element.locator(".logic-editor__row"), "问题数", "more", 3)
    dialogue.apply()
    expect(notice).to_be_empty()


def test_an_expression_that_cannot_be_shown_by_clicking_is_kept(builder: FormBuilder) -> None:
    form = builder.new("高级表达式试验")
    form.question("number", "问题数")
    other = form.question("text", "说明")
    rule = {"show": {"===": [{"%": [{"var": "answers.x"}, 2]}, 0]}}
    other.setting("logic").evaluate("(input, text) => { input.value = text; }", json.dumps(rule))
    other.when("require", ("问题数", "more", 3))
    kept = json.loads(other.setting("logic").input_value())
    assert kept["show"] == rule["show"]
    assert set(kept) == {"show", "require"}
    summary = other.element.locator(".logic-summary")
    expect(summary.locator("details")).to_have_count(1)
    dialogue = other.logic("show")
    expect(dialogue.element.locator("pre")).to_contain_text('"%"')
    builder.page.keyboard.press("Escape")
    assert json.loads(other.setting("logic").input_value()) == kept


def test_the_dialogue_is_used_by_keyboard_and_nothing_is_thrown_away_unasked(builder: FormBuilder) -> None:
    form = builder.new("键盘试验")
    form.question("number", "问题数")
    other = form.question("text", "说明")
    dialogue = other.logic("show")
    page = builder.page
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    dialogue.row(dialogue.element.locator(".logic-editor__row"), "问题数", "more", 3)
    page.keyboard.press("Escape")
    expect(dialogue.element).to_contain_text(dialogue.word("unsaved"))
    dialogue.button("goOn").click()
    dialogue.apply()
    assert page.evaluate("document.activeElement.dataset.setLogic") == "show"


def test_questions_called_the_same_are_told_apart_in_menus(builder: FormBuilder) -> None:
    form = builder.new("同名试验")
    for label in ("检查", "监察", "检查"):
        form.question("text", label)
    form.question("text", "长" * 200)
    dialogue = form.question("text", "说明").logic("show")
    options = dialogue.element.locator("select").first.locator("option").all_inner_texts()
    assert options[1:5] == ["1. 检查", "2. 监察", "3. 检查", "4. " + "长" * 200]
    builder.visitor.picture("long-label")


def test_a_question_is_moved_duplicated_and_opened_without_a_reload(builder: FormBuilder) -> None:
    form = builder.new("移动试验")
    first = form.question("choice", "类别", choices=LINES)
    second = form.question("text", "说明").when("show", ("类别", "is", "消防安全"))
    second.element.locator('[data-streamfield-action="MOVE_UP"]').first.click()
    second.element.locator('[data-streamfield-action="DUPLICATE"]').first.click()
    labels = builder.page.evaluate(
        "document.getElementById('form_fields-root').rootBlock.getState().map(one => [one.value.label, one.id])"
    )
    assert [label for label, _key in labels] == ["说明", "说明", "类别"]
    assert len({key for _label, key in labels}) == 3
    assert labels[2][1] == first.key


def saved_big_form(portal: RunningPortal) -> int:
    """A form of 40 questions and 3 tables of 7 columns."""
    code = "from tests.factories.builder import big_form_page; print(big_form_page().pk)"
    return int(portal.run(code))


def test_a_form_of_forty_questions_and_three_tables_draws_only_what_is_open(
    builder: FormBuilder, portal: RunningPortal
) -> None:
    builder.open(saved_big_form(portal))
    assert builder.page.locator("input, select, textarea").count() < 600


def test_looking_at_a_question_saves_nothing_and_what_was_not_opened_is_kept(
    builder: FormBuilder, portal: RunningPortal
) -> None:
    pk = saved_big_form(portal)
    builder.open(pk)
    page = builder.page
    posts: list[str] = []
    page.on(
        "request",
        lambda request: posts.append(request.url) if request.method == "POST" and "/edit/" in request.url else None,
    )
    page.locator("#form_fields-root [data-panel-toggle]").first.click()
    expect(page.locator('[name="form_fields-0-value-label"]')).to_be_visible()
    page.wait_for_timeout(4000)  # until Wagtail has begun to look for changes, and saved what it finds
    assert posts == []
    before = drafted(portal, pk)
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        page.fill('[name="form_fields-0-value-label"]', "改了名称")
    after = drafted(portal, pk)
    assert after["fields"][0]["label"] == "改了名称"
    assert after["fields"][1:] == before["fields"][1:]


@pytest.mark.parametrize("size", ["375", "1280"])
def test_the_preview_shows_the_form_at_both_widths_while_it_is_written(builder: FormBuilder, size: str) -> None:
    form = builder.new(f"预览试验 {size}")
    form.question("text", "检查单位")
    page = builder.page
    page.locator('[data-side-panel-toggle="preview"]').click()
    # The panel slides in: its label is pressed when it has come to rest, a forced press may miss it.
    width_button = page.locator(f'input[type=radio][data-device-width="{size}"]')
    page.locator("label", has=width_button).click()
    expect(width_button).to_be_checked()
    frame = page.frame_locator("iframe[id*=preview]").last
    expect(frame.locator("body")).to_contain_text("检查单位")
    form.question("text", "检查人员")
    expect(frame.locator("body")).to_contain_text("检查人员")
    width = frame.locator("html").evaluate("page => [page.scrollWidth, page.clientWidth, innerWidth]")
    assert width[0] <= width[1]
    builder.visitor.picture(f"preview-{size}")


def test_the_second_of_two_editors_is_told_what_the_first_changed(visitor: NewVisitor, portal: RunningPortal) -> None:
    first = FormBuilder(visitor("editor")).new("两人编辑")
    first.question("text", "检查单位")
    pk = first.publish()
    first.open(pk)
    second = FormBuilder(visitor("admin")).open(pk)
    first.question("date", "检查日期")
    first.save()
    second.question("number", "问题数")
    second.save(expecting="检查日期")
    second.visitor.picture("second-editor")
    state = second.page.evaluate("JSON.stringify(document.getElementById('form_fields-root').rootBlock.getState())")
    assert "问题数" in state
    assert [one["label"] for one in drafted(portal, pk)["fields"]] == ["检查单位", "检查日期"]
    second.save()
    assert [one["label"] for one in drafted(portal, pk)["fields"]] == ["检查单位", "问题数"]


def test_publishing_waits_for_the_automatic_saving_under_way(builder: FormBuilder, portal: RunningPortal) -> None:
    form = builder.new("边写边发布")
    page = builder.page
    held: list[Route] = []
    page.route(
        lambda address: "/admin/pages/" in address,
        lambda route: (
            held.append(route)
            if "application/json" in route.request.headers.get("accept", "") and route.request.method == "POST"
            else route.continue_()
        ),
    )
    with page.expect_request(lambda sent: "/admin/pages/add/" in sent.url and sent.method == "POST"):
        form.question("text", "检查单位")
    form.question("date", "检查日期")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.locator("footer button[name=action-publish]").click()
    assert "/admin/pages/add/" in page.url
    held[0].continue_()
    expect(page).to_have_url(PUBLISHING)
    pk = int(page.url.rstrip("/").split("/")[-2])
    assert [one["label"] for one in drafted(portal, pk)["fields"]] == ["检查单位", "检查日期"]
    page.goto(f"{portal.url}/admin/form-pages/?q=边写边发布")
    expect(page.get_by_role("link", name="边写边发布", exact=True)).to_have_count(1)


TYPED_MEANWHILE = """() => document.addEventListener("w-autosave:success", () => {
    const label = document.querySelector('[name="form_fields-0-value-label"]');
    label.value = "保存时接着填的";
    label.dispatchEvent(new Event("input", { bubbles: true }));
}, { capture: true, once: true })"""


def test_what_is_typed_while_the_page_saves_itself_is_saved_and_shown_too(
    builder: FormBuilder, portal: RunningPortal
) -> None:
    builder.open(saved_big_form(portal))
    page = builder.page
    page.locator("#form_fields-root [data-panel-toggle]").first.click()
    page.locator('[data-side-panel-toggle="preview"]').click()
    page.evaluate(TYPED_MEANWHILE)
    saved: list[str] = []
    page.on("response", lambda answer: saved.append(answer.url) if _saves(answer) else None)
    page.fill('[name="form_fields-0-value-label"]', "先填的")
    frame = page.frame_locator("iframe[id*=preview]").last
    expect(frame.locator("body")).to_contain_text("保存时接着填的")
    page.wait_for_timeout(2000)  # nothing else is typed, so nothing else is saved
    assert len(saved) == 2
    pk = int(page.url.rstrip("/").split("/")[-2])
    assert drafted(portal, pk)["fields"][0]["label"] == "保存时接着填的"


def _saves(answer: Response) -> bool:
    return answer.request.method == "POST" and "/edit/" in answer.url and "/preview/" not in answer.url
