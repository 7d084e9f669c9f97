"""Word files: what Word keeps beside plain paragraphs, and shapes of task tables."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from portal.programmes.plan_import import PlanProposal, propose, read_document
from tests.unit.programmes.plan_import.docx_builder import PlanFile
from tests.unit.programmes.plan_import.reading import deadlines_of, units_of

LEAD, HELP, DUTY = "lead", "assisting", "responsible"


def proposal_of(file: PlanFile) -> PlanProposal:
    return propose(read_document(io.BytesIO(file.data()), "plan.docx"))


def text_of(file: PlanFile) -> str:
    return read_document(io.BytesIO(file.data()), "plan.docx").text


def plan_file() -> PlanFile:
    file = PlanFile()
    for text in ("丁河市2024年供水保障行动方案", "一、工作目标", "到2024年底实现目标。", "二、重点任务"):
        file.paragraph(text)
    return file


def text_box(text: str) -> Any:
    return parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def test_a_text_box_of_the_body_is_read_where_it_hangs() -> None:
    file = plan_file()
    file.paragraph("1.保护水源地。（责任单位：市水务局）").add_run()._r.append(
        text_box("2.建水厂。（责任单位：市住建局）")
    )
    file.paragraph("3.建管网。（责任单位：市财政局）")
    assert [task.title for task in proposal_of(file).tasks] == ["保护水源地", "建水厂", "建管网"]


def test_a_content_control_is_part_of_the_text_but_not_its_prompt() -> None:
    file = plan_file()
    for prompt, text in (("", "1.保护水源地。（责任单位：市水务局）"), ("<w:showingPlcHdr/>", "单击此处输入文字")):
        paragraph = file.paragraph("")
        control = f"<w:sdtPr>{prompt}</w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>"
        paragraph._p.append(parse_xml(f"<w:sdt {nsdecls('w')}>{control}</w:sdt>"))
    text = text_of(file)
    assert "保护水源地" in text
    assert "单击此处" not in text


def test_a_table_of_contents_is_left_out() -> None:
    file = PlanFile()
    file.document.styles.add_style("toc 1", 1)
    file.paragraph("丁河市2024年供水保障行动方案")
    for line in ("一、重点任务\t1", "（一）保护水源地\t1", "（二）建水厂\t2"):
        file.paragraph(line, style="toc 1")
    for line in ("一、重点任务", "（一）保护水源地。（责任单位：市水务局）", "（二）建水厂。（责任单位：市住建局）"):
        file.paragraph(line)
    assert [task.title for task in proposal_of(file).tasks] == ["保护水源地", "建水厂"]


def test_manual_line_breaks_separate_items_and_slots() -> None:
    file = plan_file()
    paragraph = file.paragraph("")
    for line in (
        "1.保护水源地。",
        "责任单位：市水\u00a0务局",
        "完成时限：2024年6月\u3000底前",
        "2.建水厂。\t（责任单位：市住建局）",
    ):
        paragraph.add_run(line).add_break()
    proposal = proposal_of(file)
    assert units_of(proposal) == {"保护水源地": [("市水务局", DUTY)], "建水厂": [("市住建局", DUTY)]}
    assert deadlines_of(proposal)["保护水源地"] == [("2024-06-30", "due")]


@pytest.mark.parametrize(
    ("number_format", "text", "printed"),
    [
        ("bullet", "\uf06c", None),
        ("chineseCounting", "任务%1：", "任务一"),
        ("decimalEnclosedCircle", "%1", "①"),
        ("decimal", "%1)", "1"),
    ],
)
def test_lists_of_any_format_give_tasks(number_format: str, text: str, printed: str | None) -> None:
    file = plan_file()
    number = file.numbering((number_format, text))
    for line in ("保护水源地。（责任单位：市水务局）", "建水厂。（责任单位：市住建局）"):
        file.paragraph(line, numbering=(number, 0))
    assert next((task.number, task.title) for task in proposal_of(file).tasks) == (printed, "保护水源地")


def test_heading_styles_alone_show_actions_and_tasks() -> None:
    file = PlanFile()
    file.paragraph("丁河市2024年供水保障行动方案")
    for level, text in ((1, "重点任务"), (2, "水源保护"), (3, "保护水源地"), (0, "划定。"), (0, "责任单位：市水务局"),
                        (3, "建水厂"), (0, "责任单位：市住建局"), (1, "保障措施"), (2, "加强领导")):  # fmt: skip
        if level:
            file.document.add_heading(text, level)
        else:
            file.paragraph(text)
    assert [(task.number, task.action, task.title) for task in proposal_of(file).tasks] == [
        (None, "水源保护", "保护水源地"),
        (None, "水源保护", "建水厂"),
    ]


def test_a_split_head_with_leaders_and_rows_that_number_groups() -> None:
    file = plan_file()
    file.table(
        [
            ["序号", "重点任务", "责任分工", "", "", "完成时限"],
            ["", "", "市级领导", "牵头单位", "配合单位", ""],
            ["一", "水源保护", "", "", "", ""],
            ["1", "保护水源地", "王某", "市水务局", "市生态环境局\n市林业局", "2024.6"],
            ["2", "改造管网", "李某", "市住建局", "各区、各乡镇（街道）", "全年"],
        ],
        merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5), (2, 1, 2, 5)],
    )
    proposal = proposal_of(file)
    assert [(task.number, task.action) for task in proposal.tasks] == [("1", "水源保护"), ("2", "水源保护")]
    assert units_of(proposal)["改造管网"] == [("市住建局", LEAD), ("各区", HELP), ("各乡镇（街道）", HELP)]
    assert deadlines_of(proposal)["保护水源地"] == [("2024-06-30", "due")]


def test_persons_beside_units_and_starting_dates_are_no_units_and_no_deadlines() -> None:
    file = plan_file()
    file.table(
        [
            ["工作项目", "责任单位及责任人", "启动时间", "完成时间"],
            ["保护水源地", "市水务局 王某某", "2024年3月", "2024年6月"],
            ["建水厂", "市住建局 李某", "2024年4月", "2024年10月底前"],
        ]
    )
    proposal = proposal_of(file)
    assert units_of(proposal) == {"保护水源地": [("市水务局", DUTY)], "建水厂": [("市住建局", DUTY)]}
    assert deadlines_of(proposal)["保护水源地"] == [("2024-06-30", "due")]


def merged_table(first: str, second: str) -> PlanFile:
    """Return a plan whose first task has one number and name beside two measures."""
    file = plan_file()
    file.table(
        [
            ["序号", "重点任务", "主要措施", "责任单位", "完成时限"],
            ["1", "水源保护", first, "市水务局", "6月底前"],
            ["", "", second, "市林业局", "7月底前"],
            ["2", "管网改造", "改造老旧管网。", "市住建局", "长期"],
        ],
        merges=[(1, 0, 2, 0), (1, 1, 2, 1)],
    )
    return file


def test_rows_without_numbers_beside_one_number_spell_out_one_task() -> None:
    proposal = proposal_of(merged_table("划定保护区。", "设置标志。"))
    assert units_of(proposal)["水源保护"] == [("市水务局", DUTY), ("市林业局", DUTY)]
    assert [task.title for task in proposal.tasks] == ["水源保护", "管网改造"]


def test_rows_with_numbers_of_their_own_are_tasks_under_the_merged_name() -> None:
    proposal = proposal_of(merged_table("1.划定保护区。", "2.设置标志。"))
    assert [(task.number, task.action, task.title) for task in proposal.tasks][:2] == [
        ("1", "水源保护", "划定保护区"),
        ("2", "水源保护", "设置标志"),
    ]


def test_a_table_of_phases_may_lack_a_column_for_their_names() -> None:
    file = plan_file()
    file.paragraph("三、进度安排")
    file.table([["时间", "工作内容"], ["2024年3月", "动员部署"], ["2024年4月至10月", "组织实施"]])
    assert [(p.title, p.start, p.end) for p in proposal_of(file).phases] == [
        ("动员部署", "2024-03-01", "2024-03-31"),
        ("组织实施", "2024-04-01", "2024-10-31"),
    ]
