"""What lies around the tasks: reporting dates, phases, document numbers, sections that hold no tasks."""

from __future__ import annotations

import pytest

from portal.programmes.plan_import.markers import find_marker, inline_markers, ordinal
from portal.programmes.plan_import.section_kinds import SectionKind, section_kind
from tests.unit.programmes.plan_import.reading import proposal_of

TASK = "一、重点任务\n1.清理河道。2022年5月底前完成。（责任单位：市水利局）\n二、工作要求\n"


def reporting(text: str) -> list[tuple[str | None, str | None]]:
    return [(duty.date, duty.to) for duty in proposal_of(TASK + text + "\n").reporting]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各单位于6月20日前将方案报市河长办。", [("2022-06-20", "市河长办")]),
        ("各单位于6月20日前报送小结至市水利局。", [("2022-06-20", "市水利局")]),
        ("6月20日前，向市水利局书面报告进展。", [("2022-06-20", "市水利局")]),
        ("6月20日、12月10日前将总结报送市水利局。", [("2022-06-20", "市水利局"), ("2022-12-10", "市水利局")]),
        ("4月起，每月25日前报送进展，12月10日前将总结报市河长办。", [(None, "市河长办"), ("2022-12-10", "市河长办")]),
        ("各单位每季度末月25日前，向市河长办报送进展。", [(None, "市河长办")]),
        ("每年12月15日前将情况报市水利局办公室。", [(None, "市水利局办公室")]),
        ("重大情况及时上报市河长办。", []),
        ("12月底前完成年报统计，做好举报受理。", []),
        ("5月底前完成自查，6月10日前将结果报市水利局汇总。", [("2022-06-10", "市水利局")]),
        ("每月25日前将进展报送至市河长办（邮箱：a@b.cn）。", [(None, "市河长办")]),
        (
            "6月20日前将名单反馈至市水利局办公室，6月30日前将方案提交市水利局。",
            [("2022-06-20", "市水利局办公室"), ("2022-06-30", "市水利局")],
        ),
        ("12月5日前形成总结报告，报市人民政府。", [("2022-12-05", "市人民政府")]),
        ("每周五下午下班前报市河长办。", [(None, "市河长办")]),
    ],
)
def test_dated_duties_to_report_to_a_named_body(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert reporting(text) == expected


def test_a_report_inside_a_task_stays_the_tasks_deadline() -> None:
    text = (
        "一、重点任务\n1.制定方案。2022年5月底前报送市水利局。（责任单位：市水利局）\n2.实施。（责任单位：市水利局）\n"
    )
    proposal = proposal_of(text)
    assert proposal.reporting == ()
    assert proposal.tasks[0].deadlines[0].date == "2022-05-31"


def phases(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(p.title, p.start, p.end) for p in proposal_of("2022年度方案\n" + text).phases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三、实施步骤\n（一）部署阶段（2022年4月）。动员。\n", ("部署阶段", "2022-04-01", "2022-04-30")),
        ("三、实施步骤\n（一）部署阶段（即日起至4月10日）。\n", ("部署阶段", None, "2022-04-10")),
        ("三、实施步骤\n（一）部署阶段（4月1日至4月10日）。\n", ("部署阶段", "2022-04-01", "2022-04-10")),
        ("三、实施步骤\n第一阶段：部署动员（7月至9月）。\n", ("部署动员", "2022-07-01", "2022-09-30")),
        ("三、实施步骤\n（一）动员部署（3月）。广泛动员。\n", ("动员部署", "2022-03-01", "2022-03-31")),
        ("三、实施步骤\n1.部署阶段。4月1日至5月31日，召开会议。\n", ("部署阶段", "2022-04-01", "2022-05-31")),
        ("三、实施步骤\n3.1 部署阶段（2022年4月—2022年6月）\n", ("部署阶段", "2022-04-01", "2022-06-30")),
        ("三、时间安排\n第一阶段（动员部署，3月1日—3月15日）：动员。\n", ("动员部署", "2022-03-01", "2022-03-15")),
        ("三、推进步骤\n第一步：启动部署（3月20日至4月10日）。\n", ("启动部署", "2022-03-20", "2022-04-10")),
        ("三、阶段安排\n动员阶段（2022.3.1—2022.3.31）：动员。\n", ("动员阶段", "2022-03-01", "2022-03-31")),
        ("三、实施进度\n2022年3月：动员部署。\n", ("动员部署", "2022-03-01", "2022-03-31")),
        ("三、步骤安排\n（一）3月1日至3月31日，动员部署阶段。\n", ("动员部署阶段", "2022-03-01", "2022-03-31")),
        ("三、实施步骤\n（一）部署阶段（3月上旬至中旬）\n", ("部署阶段", "2022-03-01", "2022-03-20")),
        ("三、实施步骤\n（一）巩固阶段（7月至长期）\n", ("巩固阶段", "2022-07-01", None)),
        ("行动分三步，4月1日至5月31日为动员部署阶段。\n", ("动员部署阶段", "2022-04-01", "2022-05-31")),
    ],
)
def test_phases_with_first_and_last_day(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert phases(text) == [expected]


def test_phases_listed_in_one_sentence() -> None:
    text = "三、工作步骤\n工作分为动员部署（3月）、集中整治（4月—10月）、总结验收（11月—12月）三个阶段推进。\n"
    assert phases(text) == [
        ("动员部署", "2022-03-01", "2022-03-31"),
        ("集中整治", "2022-04-01", "2022-10-31"),
        ("总结验收", "2022-11-01", "2022-12-31"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "安办{2020}14号",
        "安办<2020>14号",
        "安办 〔 2020 〕 14 号",
        "安办〔2020〕14号",
        "安办[2020]14号",
        "安办【2020】14 号",
        "安办（2020）14号",
        "安办﹝2020﹞14號",
        "安办〔２０２０〕１４号",
        "安办〔2020〕第14号",
    ],
)
def test_document_numbers_are_normalised(printed: str) -> None:
    proposal = proposal_of(f"根据《通知》（{printed}）制定本方案。\n一、目标\n按照{printed}执行。\n")
    assert [citation.number for citation in proposal.citations] == ["安办〔2020〕14号"]


def test_issuers_that_begin_like_a_joining_word_and_several_numbers_of_one_issuer() -> None:
    text = (
        "根据《通知》（如政发〔2020〕5号）和《意见》（经信办〔2021〕6号、7号）、第12号令制定。\n"
        "一、目标\n按如政发〔2020〕5号执行。\n"
    )
    numbers = [citation.number for citation in proposal_of(text).citations]
    assert numbers == ["如政发〔2020〕5号", "经信办〔2021〕6号", "经信办〔2021〕7号"]


def test_the_plans_own_number_is_kept_apart() -> None:
    proposal = proposal_of("安平市河道整治方案\n\n安政办发〔2022〕18号\n\n根据（安办〔2020〕14号）制定本方案。\n")
    assert proposal.as_json()["citations"] == ["安办〔2020〕14号"]
    assert [citation.number for citation in proposal.citations if citation.own] == ["安政办发〔2022〕18号"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("主要任务", SectionKind.TASKS),
        ("重点工作及分工", SectionKind.TASKS),
        ("整治内容", SectionKind.TASKS),
        ("工作措施", SectionKind.TASKS),
        ("保障措施", SectionKind.SUPPORT),
        ("工作要求", SectionKind.SUPPORT),
        ("总则", SectionKind.SUPPORT),
        ("加强组织领导", SectionKind.SUPPORT),
        ("实施步骤", SectionKind.PHASES),
        ("行动安排", SectionKind.PHASES),
        ("时间安排", SectionKind.PHASES),
        ("校园食品安全守护行动", SectionKind.OTHER),
    ],
)
def test_a_sections_title_tells_what_it_holds(title: str, kind: SectionKind) -> None:
    assert section_kind(title) is kind


@pytest.mark.parametrize(
    ("text", "style", "printed", "number"),
    [
        ("第三章 重点任务", "chapter", "第三章", 3),
        ("第十二条 普查", "article", "第十二条", 12),
        ("二、主要任务", "cn", "二", 2),
        ("(三)提升", "cn-paren", "(三)", 3),
        ("4.清理", "arabic", "4", 4),
        ("5、清理", "arabic", "5", 5),
        ("2.1.3 清理", "decimal-3", "2.1.3", 3),
        ("2.1 清理", "decimal-2", "2.1", 1),
        ("(6)清理", "arabic-paren", "(6)", 6),
        ("③清理", "circled", "③", 3),
        ("一是清理", "is", "一是", 1),
        ("附件2", "annex", "附件2", 2),
    ],
)
def test_printed_numbers(text: str, style: str, printed: str, number: int) -> None:
    marker = find_marker(text)
    assert marker is not None
    assert (marker.style, marker.printed, ordinal(marker.printed)) == (style, printed, number)


@pytest.mark.parametrize(
    "text", ["2021年底前完成", "1.5万元", "30 日前", "10个工作日", "一般隐患", "三季度末", "2.5公里"]
)
def test_measures_and_dates_are_no_numbers_of_items(text: str) -> None:
    marker = find_marker(text)
    assert marker is None or (marker.style == "arabic" and text[0].isdigit() and "." in text)


def test_items_inside_a_paragraph_must_count_from_one_without_a_gap() -> None:
    assert [m.printed for _at, m in inline_markers("做到:一是清理。二是疏通;三是管护。")] == ["一是", "二是", "三是"]
    assert inline_markers("按照第(3)项和第(5)项执行。") == []
    assert inline_markers("内容:①甲。③丙。") == []
