"""Ways of setting out a plan: how tasks are marked, where units stand, what a section is called."""

from __future__ import annotations

import pytest

from tests.unit.programmes.plan_import.reading import deadlines_of, document_of, proposal_of, units_of

LEAD, HELP, DUTY = "lead", "assisting", "responsible"
HEAD = "甲河市2024年度排水防涝攻坚实施方案\n一、工作目标\n到2024年底，实现目标。\n二、重点任务\n"
ONE = "（责任单位：市水务局；完成时限：2024年6月底前）"
TWO = "（责任单位：市住建局；完成时限：2024年9月底前）"
TAIL = "三、保障措施\n加强领导。\n"

Row = tuple[str | None, str | None, str]


def rows(text: str) -> list[Row]:
    """Return (number, action, title) of the tasks of a plan with ``text`` in its task section."""
    return [(task.number, task.action, task.title) for task in proposal_of(HEAD + text + TAIL).tasks]


@pytest.mark.parametrize("sign", ["●", "◆", "■", "★", "▲", "·", "•", "➢", "○", "- ", "\uf06c"])
def test_items_behind_a_sign_are_tasks_without_a_number(sign: str) -> None:
    text = f"（一）源头治理\n{sign}清理管网。清淤。\n责任单位：市水务局\n{sign}改造泵站。改造。\n责任单位：市住建局\n"
    assert rows(text) == [(None, "源头治理", "清理管网"), (None, "源头治理", "改造泵站")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"任务一：清理管网\n清淤。{ONE}\n任务二：改造泵站\n{TWO}\n", ["任务一", "任务二"]),
        (f"★1.清理管网。{ONE}\n2.改造泵站。{TWO}\n", ["1", "2"]),
        (f"⒈清理管网。{ONE}\n⒉改造泵站。{TWO}\n", ["⒈", "⒉"]),
        (f"⑴清理管网。{ONE}⑵改造泵站。{TWO}\n", ["⑴", "⑵"]),
        (f"㈠清理管网。{ONE}\n㈡改造泵站。{TWO}\n", ["㈠", "㈡"]),
        (f"❶清理管网。{ONE}\n❷改造泵站。{TWO}\n", ["❶", "❷"]),
        (f"甲、清理管网。{ONE}\n乙、改造泵站。{TWO}\n", ["甲", "乙"]),
        (f"第一项：清理管网。{ONE}\n第二项：改造泵站。{TWO}\n", ["第一项", "第二项"]),
    ],
)
def test_numbers_are_kept_as_printed(text: str, expected: list[str]) -> None:
    assert rows(text) == [(expected[0], None, "清理管网"), (expected[1], None, "改造泵站")]


@pytest.mark.parametrize(
    "text",
    [
        f"1.源头治理\n（1）清理管网。{ONE}\n（2）改造泵站。{TWO}\n2.末端治理\n（1）建厂。{TWO}\n",
        f"专项一　源头治理\n1.1　清理管网。{ONE}\n1.2　改造泵站。{TWO}\n专项二　末端治理\n2.1　建厂。{TWO}\n",
        f"专项一 源头治理\n第一项：清理管网。{ONE}\n第二项：改造泵站。{TWO}\n专项二 末端治理\n第一项：建厂。{TWO}\n",
        f"1.源头治理\n1-1 清理管网。{ONE}\n1-2 改造泵站。{TWO}\n2.末端治理\n2-1 建厂。{TWO}\n",
        f"（一）源头治理。一是清理管网。{ONE}二是改造泵站。{TWO}\n（二）末端治理。一是建厂。{ONE}二是改厂。{TWO}\n",
    ],
)
def test_what_stands_above_the_tasks_are_the_actions(text: str) -> None:
    assert [row[1:] for row in rows(text)][:3] == [
        ("源头治理", "清理管网"),
        ("源头治理", "改造泵站"),
        ("末端治理", "建厂"),
    ]


@pytest.mark.parametrize(
    "title", ["公共场馆免费开放", "人居环境整治", "家庭医生签约", "分类投放", "项目建设提速", "日常巡查"]
)
def test_a_title_that_begins_like_a_measure_is_no_quantity(title: str) -> None:
    assert rows(f"2.1　{title}\n{ONE}\n2.2　改造泵站\n{TWO}\n")[0] == ("2.1", None, title)


def test_paragraphs_without_numbers_that_each_name_units_are_tasks() -> None:
    assert rows(f"（一）源头治理\n清理管网。清淤。{ONE}\n改造泵站。{TWO}\n") == [
        (None, "源头治理", "清理管网"),
        (None, "源头治理", "改造泵站"),
    ]
    lines = "清理管网\n对管网清淤。\n责任单位：市水务局\n时限：6月底前\n改造泵站\n责任单位：市住建局\n时限：长期坚持\n"
    assert deadlines_of(proposal_of(HEAD + lines + TAIL)) == {
        "清理管网": [("2024-06-30", "due")],
        "改造泵站": [(None, "long-term")],
    }


def test_an_introduction_above_tasks_without_numbers_belongs_to_none_of_them() -> None:
    assert [row[2] for row in rows(f"为做好工作，重点抓好以下几项。\n清理管网。{ONE}\n改造泵站。{TWO}\n")] == [
        "清理管网",
        "改造泵站",
    ]


def test_a_plan_without_sections_has_its_main_items_as_tasks() -> None:
    head = "甲河市2024年排水方案\n为做好工作，制定本方案。\n"
    text = f"{head}一、清理管网。{ONE}\n二、改造泵站。{TWO}\n三、工作要求\n重视。\n"
    assert [task.title for task in proposal_of(text).tasks] == ["清理管网", "改造泵站"]


@pytest.mark.parametrize("title", ["工作安排", "目标任务", "整治重点", "实施内容", "主要任务和措施", "任务分工"])
def test_the_section_of_the_tasks_has_many_names(title: str) -> None:
    text = (
        f"甲河市2024年排水方案\n一、指导思想\n好。\n二、{title}\n（一）清理管网。{ONE}\n（二）改造泵站。{TWO}\n{TAIL}"
    )
    assert [task.title for task in proposal_of(text).tasks] == ["清理管网", "改造泵站"]


@pytest.mark.parametrize("signs", [("（1）", "（2）", "（3）"), ("①", "②", "③"), ("●", "●", "●")])
def test_numbered_slots_belong_to_their_task(signs: tuple[str, str, str]) -> None:
    one, two, three = signs
    slots = f"{one}工作内容：清淤。\n{two}责任单位：市水务局\n{three}完成时限：2024年6月底前\n"
    proposal = proposal_of(HEAD + f"1.清理管网。\n{slots}2.改造泵站。\n{slots}" + TAIL)
    assert units_of(proposal) == {"清理管网": [("市水务局", DUTY)], "改造泵站": [("市水务局", DUTY)]}
    assert deadlines_of(proposal)["改造泵站"] == [("2024-06-30", "due")]


def test_units_may_end_an_item_behind_a_dash() -> None:
    text = "1.清理管网。6月底前完成。——市水务局、住建局，各镇（街道）\n2.改造泵站。——市住建局\n"
    assert units_of(proposal_of(HEAD + text + TAIL)) == {
        "清理管网": [("市水务局", DUTY), ("市住建局", DUTY), ("各镇（街道）", DUTY)],
        "改造泵站": [("市住建局", DUTY)],
    }


def test_names_torn_by_a_pdf_are_mended() -> None:
    text = (
        "1.清理管网。\n责任部门：市水务局、市住房和城\n乡建设局、市公安\n局\n2.改造泵站。\n"
        "责任部门：市水务局；配合部门：市市\n场监督管理局、市总\n工会\n"
    )
    assert units_of(proposal_of(HEAD + text + TAIL)) == {
        "清理管网": [("市水务局", DUTY), ("市住房和城乡建设局", DUTY), ("市公安局", DUTY)],
        "改造泵站": [("市水务局", DUTY), ("市市场监督管理局", HELP), ("市总工会", HELP)],
    }


def test_units_that_stand_one_a_line_under_their_label_are_one_list() -> None:
    text = "1.清理管网。\n责任单位：市水务局\n市住建局\n完成时限：6月上旬\n2.改造泵站。\n责任单位：市住建局\n"
    proposal = proposal_of(HEAD + text + TAIL)
    assert units_of(proposal)["清理管网"] == [("市水务局", DUTY), ("市住建局", DUTY)]
    assert deadlines_of(proposal)["清理管网"] == [("2024-06-10", "due")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("（此件公开发布）\n\n甲河市排水防涝实施方案\n", "甲河市排水防涝实施方案"),
        ("特急\n甲河市排水防涝\n三年行动计划\n（2024—2026年）\n", "甲河市排水防涝三年行动计划（2024—2026年）"),
        ("甲河市人民政府\n关于推进排水防涝的实施意见\n", "甲河市人民政府关于推进排水防涝的实施意见"),
        (
            "甲政办发〔2024〕5号\n\n甲河市人民政府办公室\n关于开展排水隐患整治的通知\n\n各区人民政府：\n",
            "甲河市人民政府办公室关于开展排水隐患整治的通知",
        ),
        ("甲河市人民政府办公室关于印发\n甲河市排水防涝实施方案的通知\n\n各区人民政府：\n", "甲河市排水防涝实施方案"),
    ],
)
def test_the_title_is_the_plans_own_without_asides_and_covering_letter(head: str, title: str) -> None:
    text = f"{head}\n根据2024年部署，开展整治。\n一、重点任务\n1.清理管网。{ONE}\n2.改造泵站。{TWO}\n"
    proposal = proposal_of(text)
    assert proposal.title is not None
    assert proposal.title.title == title
    assert proposal.title.words == document_of(text).text[proposal.title.span.start : proposal.title.span.end]
