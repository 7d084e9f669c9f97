"""Word files: numbers that Word prints, tables, merged cells, footnotes, tracked changes."""

from __future__ import annotations

import io

import pytest

from portal.programmes.plan_import import PlanProposal, SourceDocument, propose, read_document
from portal.programmes.plan_import.number_formats import format_number
from tests.unit.programmes.plan_import.docx_builder import PlanFile
from tests.unit.programmes.plan_import.reading import deadlines_of, units_of

HEAD = ["序号", "重点任务", "具体举措", "责任单位", "完成时限"]


def read(file: PlanFile) -> SourceDocument:
    return read_document(io.BytesIO(file.data()), "plan.docx")


def proposal_of(file: PlanFile) -> PlanProposal:
    return propose(read(file))


def numbered_plan() -> PlanFile:
    file = PlanFile()
    file.paragraph("丰河市校车安全整治方案")
    number = file.numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    for text, level in (
        ("工作目标", 0),
        ("重点任务", 0),
        ("源头管控", 1),
        ("核查车辆资质。2023年9月底前完成。由市公安局牵头，市教育局配合。", 2),
        ("核查驾驶人。由市公安局牵头，市交通运输局配合。", 2),
        ("路面管控", 1),
        ("开展联合执法。由市公安局负责。", 2),
        ("工作要求", 0),
    ):
        file.paragraph(text, numbering=(number, level))
    return file


def test_automatic_numbers_stand_in_the_text_as_word_prints_them() -> None:
    text = read(numbered_plan()).text
    for printed in (
        "一、 工作目标",
        "二、 重点任务",
        "（一） 源头管控",
        "1. 核查车辆",
        "2. 核查驾驶人",
        "（二） 路面",
        "三、 工作要求",
    ):
        assert printed in text


def test_automatic_numbers_give_tasks_and_actions() -> None:
    proposal = proposal_of(numbered_plan())
    assert [(task.number, task.action, task.title) for task in proposal.tasks] == [
        ("1", "源头管控", "核查车辆资质"),
        ("2", "源头管控", "核查驾驶人"),
        ("1", "路面管控", "开展联合执法"),
    ]


@pytest.mark.parametrize(
    ("name", "number", "printed"),
    [
        ("chineseCounting", 12, "十二"),
        ("chineseCountingThousand", 103, "一百零三"),
        ("japaneseCounting", 20, "二十"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalFullWidth", 15, "１５"),
        ("upperRoman", 4, "IV"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
        ("chineseLegalSimplified", 3, "叁"),
        ("decimalZero", 7, "07"),
        ("a format of the future", 5, "5"),
    ],
)
def test_words_number_formats(name: str, number: int, printed: str) -> None:
    assert format_number(number, name) == printed


def test_a_merged_column_groups_tasks_and_the_first_unit_leads_when_a_note_says_so() -> None:
    file = PlanFile()
    file.paragraph("丰河市2024年绿化提质行动方案")
    file.paragraph("二、重点任务")
    file.paragraph("责任单位栏中列首位的为牵头单位，其余为配合单位。")
    file.table(
        [
            HEAD,
            ["1", "公园建设", "新建口袋公园30处。", "市园林局、市财政局", "2024年10月底前"],
            ["2", "", "改造公园厕所20座。", "市园林局\n市住建局", "2024年底前"],
            ["3", "道路绿化", "提升12条道路。", "同上", "同上"],
        ],
        merges=[(1, 1, 2, 1)],
    )
    proposal = proposal_of(file)
    assert [(task.number, task.action, task.title) for task in proposal.tasks] == [
        ("1", "公园建设", "新建口袋公园30处"),
        ("2", "公园建设", "改造公园厕所20座"),
        ("3", "道路绿化", "提升12条道路"),
    ]
    assert units_of(proposal)["改造公园厕所20座"] == [("市园林局", "lead"), ("市住建局", "assisting")]
    assert units_of(proposal)["提升12条道路"] == [("市园林局", "lead"), ("市住建局", "assisting")]
    assert all(unit.implicit for unit in proposal.tasks[2].units)
    assert deadlines_of(proposal)["提升12条道路"] == [("2024-12-31", "due")]


def test_a_head_of_two_rows_and_rows_that_name_actions() -> None:
    file = PlanFile()
    file.paragraph("丰河市防汛能力提升任务分工表")
    file.table(
        [
            ["序号", "工作任务", "分工", "", "完成时间"],
            ["", "", "牵头单位", "配合单位", ""],
            ["一、工程建设", "", "", "", ""],
            ["1", "加固堤防18公里", "市水利局", "市财政局、沿河各乡镇", "2024年5月31日"],
            ["2", "疏浚河道，汛期（6月1日至9月30日）每日巡查", "市水利局", "市住建局", "2024年4月底前"],
        ],
        merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (2, 0, 2, 4)],
    )
    proposal = proposal_of(file)
    assert [task.action for task in proposal.tasks] == ["工程建设", "工程建设"]
    assert units_of(proposal)["加固堤防18公里"] == [
        ("市水利局", "lead"),
        ("市财政局", "assisting"),
        ("沿河各乡镇", "assisting"),
    ]
    assert [item.kind for item in proposal.tasks[1].deadlines] == ["recurring", "due"]


def test_an_annex_that_repeats_the_bodys_tasks_does_not_double_them() -> None:
    file = numbered_plan()
    file.paragraph("附件")
    file.paragraph("任务分工表")
    file.table(
        [
            ["序号", "任务", "牵头单位", "配合单位", "时限"],
            ["1", "核查车辆资质", "市公安局", "市教育局", "2023年9月底前"],
            ["2", "核查驾驶人", "市公安局", "市交通运输局", "2023年10月15日前"],
            ["3", "开展联合执法", "市公安局", "市教育局", "持续推进"],
        ]
    )
    proposal = proposal_of(file)
    assert [task.title for task in proposal.tasks] == ["核查车辆资质", "核查驾驶人", "开展联合执法"]
    assert deadlines_of(proposal)["核查驾驶人"] == [("2023-10-15", "due")]


def test_a_table_may_be_the_card_of_one_task() -> None:
    file = PlanFile()
    file.paragraph("丰河市民生实事任务书（2024年度）")
    file.table(
        [
            ["任务编号", "1"],
            ["任务名称", "老旧小区改造"],
            ["主要内容", "改造老旧小区60个，每月通报进度。"],
            ["牵头单位", "市住建局"],
            ["责任单位", "各区政府"],
            ["完成时限", "2024年11月底前"],
        ]
    )
    proposal = proposal_of(file)
    assert [(task.number, task.title) for task in proposal.tasks] == [("1", "老旧小区改造")]
    assert units_of(proposal) == {"老旧小区改造": [("市住建局", "lead"), ("各区政府", "responsible")]}
    assert deadlines_of(proposal) == {"老旧小区改造": [(None, "recurring"), ("2024-11-30", "due")]}


def test_a_list_of_members_is_no_task_table() -> None:
    file = PlanFile()
    file.paragraph("附件1")
    file.paragraph("领导小组成员名单")
    file.table(
        [["序号", "姓名", "单位", "职务"], ["1", "王某", "市水利局", "局长"], ["2", "李某", "市财政局", "副局长"]]
    )
    assert proposal_of(file).tasks == ()


def test_phases_in_a_table_are_no_tasks() -> None:
    file = PlanFile()
    file.document.add_heading("工作任务", 1)
    file.paragraph("1．规范采购。（责任单位：市教育局、市场监管局；完成时限：2023年3—6月）")
    file.paragraph("2．改造后厨。（责任单位：市教育局；完成时限：2023年8月31日）")
    file.document.add_heading("实施步骤", 1)
    file.table(
        [["阶段", "时间", "工作内容"], ["部署阶段", "2023年2月", "动员"], ["攻坚阶段", "2023年3月至11月", "整治"]]
    )
    proposal = proposal_of(file)
    assert deadlines_of(proposal) == {"规范采购": [("2023-06-30", "due")], "改造后厨": [("2023-08-31", "due")]}
    assert [(p.title, p.start, p.end) for p in proposal.phases] == [
        ("部署阶段", "2023-02-01", "2023-02-28"),
        ("攻坚阶段", "2023-03-01", "2023-11-30"),
    ]


def test_deleted_words_are_gone_inserted_words_count_and_footnotes_are_cited() -> None:
    file = PlanFile()
    paragraph = file.paragraph("一、重点任务")
    paragraph = file.paragraph("1.核查车辆，")
    file.tracked(paragraph, "2022年", deleted=True)
    file.tracked(paragraph, "2023年", deleted=False)
    paragraph.add_run("9月底前完成。（责任单位：市公安局）")
    file.footnote(paragraph, "见《校车安全管理办法》（丰教规〔2020〕3号）。")
    document = read(file)
    assert "2022年" not in document.text
    proposal = propose(document)
    assert proposal.tasks[0].deadlines[0].date == "2023-09-30"
    assert proposal.as_json()["citations"] == ["丰教规〔2020〕3号"]


def test_headers_and_text_boxes_are_not_part_of_the_text() -> None:
    file = numbered_plan()
    file.document.sections[0].header.paragraphs[0].text = "内部资料"
    assert "内部资料" not in read(file).text
