"""Units of tasks: lists, roles, dropped prefixes, collective names."""

from __future__ import annotations

import pytest

from portal.programmes.plan_import.slots import read_sentences, read_slots
from portal.programmes.plan_import.unit_names import is_unit_like
from tests.unit.programmes.plan_import.reading import proposal_of, whole

LEAD, HELP, DUTY = "lead", "assisting", "responsible"


def slot_units(text: str) -> list[tuple[str, str]]:
    return [(mention.name, mention.role) for mention in read_slots(whole(text)).units]


def sentence_units(text: str) -> list[tuple[str, str]]:
    return [(mention.name, mention.role) for mention in read_sentences(whole(text))]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("（责任单位：市民政局、市公安局）", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("(牵头单位:市商务局;配合单位:市教育局)", [("市商务局", LEAD), ("市教育局", HELP)]),
        ("【责任单位】市民政局，市公安局", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("牵头单位：市民政局；责任单位：公安局、财政局", [("市民政局", LEAD), ("公安局", DUTY), ("财政局", DUTY)]),
        ("责任单位：市民政局（牵头）、市公安局", [("市民政局", LEAD), ("市公安局", DUTY)]),
        ("责任单位：市民政局牵头，市公安局配合", [("市民政局", LEAD), ("市公安局", HELP)]),
        (
            "（市民政局牵头，公安局、财政局按职责分工负责）",
            [("市民政局", LEAD), ("市公安局", DUTY), ("市财政局", DUTY)],
        ),
        ("（市民政局、市公安局负责）", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("［市民政局负责］", [("市民政局", DUTY)]),
        ("（市教育局牵头负责，市体育局参与）", [("市教育局", LEAD), ("市体育局", HELP)]),
        ("责任单位：各县（市、区）人民政府", [("各县（市、区）人民政府", DUTY)]),
        ("责任单位：市直有关部门、各镇（街道）", [("市直有关部门", DUTY), ("各镇（街道）", DUTY)]),
        ("责任单位：市民政局等部门", [("市民政局", DUTY)]),
        ("责任单位：市发展和改革委、市住房和城乡建设局", [("市发展和改革委", DUTY), ("市住房和城乡建设局", DUTY)]),
        ("责任单位：市民政局和市公安局", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("责任单位：无", []),
        ("责任单位：市民政局（李某）、市公安局", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("责任单位：★市民政局、市公安局", [("市民政局", LEAD), ("市公安局", DUTY)]),
        ("责任领导：王某；责任单位：市民政局；", [("市民政局", DUTY)]),
        (
            "牵头部门：市民政局    配合部门：市公安局  市财政局",
            [("市民政局", LEAD), ("市公安局", HELP), ("市财政局", HELP)],
        ),
        ("（市民政局牵头，市公安局配合；完成时限：9月底前）", [("市民政局", LEAD), ("市公安局", HELP)]),
        ("责任单位 市民政局 公安局", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("责任单位为市民政局、市公安局。", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("（责任：市民政局）", [("市民政局", DUTY)]),
        ("（市民政局，2024年6月底）", [("市民政局", DUTY)]),
        ("（责任单位：市民政局，2024年6月底前完成）", [("市民政局", DUTY)]),
        (
            "牵头（责任）单位：市民政局；协办单位：市公安局｜市财政局",
            [("市民政局", LEAD), ("市公安局", HELP), ("市财政局", HELP)],
        ),
        (
            "市级牵头单位：市民政局；县级责任单位：各县（市、区）政府",
            [("市民政局", LEAD), ("各县（市、区）政府", DUTY)],
        ),
        (
            "主责单位：市民政局；承办单位：市救助站；参与单位：市公安局",
            [("市民政局", LEAD), ("市救助站", DUTY), ("市公安局", HELP)],
        ),
        (
            "牵头领导：王某；牵头单位：市民政局；责任人：李某；落实单位：各区政府",
            [("市民政局", LEAD), ("各区政府", DUTY)],
        ),
        ("责任单位及责任人：市民政局 王某某、市公安局 李某", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("（由市民政局负责，市公安局参加）", [("市民政局", DUTY), ("市公安局", HELP)]),
        (
            "（市民政局、市公安局分别牵头负责，市财政局等部门配合）",
            [("市民政局", LEAD), ("市公安局", LEAD), ("市财政局", HELP)],
        ),
        ("（市民政局会同市公安局、财政局负责）", [("市民政局", DUTY), ("市公安局", DUTY), ("市财政局", DUTY)]),
        ("……完成整改。——县民政局、公安局", [("县民政局", DUTY), ("县公安局", DUTY)]),
        ("县民政局、国资委、乡村振兴局", [("县民政局", DUTY), ("县国资委", DUTY), ("县乡村振兴局", DUTY)]),
    ],
)
def test_slots_and_brackets_name_units_with_roles(text: str, units: list[tuple[str, str]]) -> None:
    assert slot_units(text) == units


@pytest.mark.parametrize(
    "name",
    [
        "各市、县人民政府",
        "各市、县（市、区）政府",
        "各镇、街道",
        "各乡镇、街道办事处",
        "各县、区有关部门",
        "各市、县教育局",
        "各乡镇（街道）",
        "各相关部门",
        "有关单位",
    ],
)
def test_a_body_of_several_areas_stays_one_unit(name: str) -> None:
    assert slot_units(f"（责任单位：省教育厅，{name}）") == [("省教育厅", DUTY), (name, DUTY)]


@pytest.mark.parametrize("second", ["市直有关部门", "各开发区管委会", "县公安局"])
def test_areas_and_another_body_are_two_units(second: str) -> None:
    assert slot_units(f"（责任单位：各镇、{second}）") == [("各镇", DUTY), (second, DUTY)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("由市民政局负责。", [("市民政局", DUTY)]),
        ("由市民政局负责，市公安局配合。", [("市民政局", DUTY), ("市公安局", HELP)]),
        ("由市民政局牵头，市公安局、财政局配合。", [("市民政局", LEAD), ("市公安局", HELP), ("市财政局", HELP)]),
        ("市民政局、市公安局按职责分工负责。", [("市民政局", DUTY), ("市公安局", DUTY)]),
        ("由市民政局牵头，会同市公安局落实。", [("市民政局", LEAD), ("市公安局", DUTY)]),
        ("充分发挥牵头作用，落实主体责任。", []),
        ("各级各部门要高度重视，抓好落实。", []),
    ],
)
def test_sentences_of_assignment_are_told_from_prose(text: str, units: list[tuple[str, str]]) -> None:
    assert sentence_units(text) == units


@pytest.mark.parametrize(
    "name",
    [
        "市民政局",
        "国网安平供电公司",
        "各区政府",
        "市委政法委",
        "市应急管理局",
        "市委外办",
        "团市委",
        "人民银行安平市分行",
    ],
)
def test_names_of_bodies_are_recognised(name: str) -> None:
    assert is_unit_like(name)


@pytest.mark.parametrize(
    "words", ["建立完善的工作机制", "对有问题的单位", "局", "在办事机构", "加强组织领导", "2021年底"]
)
def test_prose_is_no_name(words: str) -> None:
    assert not is_unit_like(words)


PLAN = """一、重点任务
1.清理河道。{body}（责任单位：市水利局、市财政局）
2.疏通管网。（责任单位：市住建局）
{note}
"""


def roles(text: str) -> list[list[tuple[str, str]]]:
    return [[(unit.name, unit.role) for unit in task.units] for task in proposal_of(text).tasks]


def test_running_text_that_says_who_leads_outweighs_the_slot() -> None:
    text = PLAN.format(body="5月底前，市财政局牵头开展检查。", note="")
    assert roles(text)[0] == [("市水利局", DUTY), ("市财政局", LEAD)]


def test_a_leading_unit_that_only_the_text_names_is_added() -> None:
    text = PLAN.format(body="5月底前，市生态环境局牵头开展检查。", note="")
    assert roles(text)[0] == [("市生态环境局", LEAD), ("市水利局", DUTY), ("市财政局", DUTY)]


def test_nobody_in_particular_cannot_lead() -> None:
    text = PLAN.format(body="各有关部门牵头抓好落实，发挥牵头作用。", note="")
    assert roles(text)[0] == [("市水利局", DUTY), ("市财政局", DUTY)]


def test_duties_told_in_sentences_count_when_a_task_names_its_units_in_no_other_way() -> None:
    text = "一、重点任务\n1.清理河道。由市水利局负责排查河段。\n2.疏通管网。（责任单位：市住建局）\n"
    assert roles(text)[0] == [("市水利局", DUTY)]


def test_other_mentions_in_running_text_add_nobody() -> None:
    text = PLAN.format(body="市公安局应当协助做好工作，由市教育局通报。", note="")
    assert roles(text)[0] == [("市水利局", DUTY), ("市财政局", DUTY)]


@pytest.mark.parametrize(
    ("note", "second"),
    [
        ("注：责任单位中，排在第一位的为牵头单位。", DUTY),
        ("说明：首个单位为牵头单位，其他为责任单位。", DUTY),
        ("备注：列首位的单位为牵头单位，其余为配合单位。", HELP),
    ],
)
def test_a_note_may_make_the_first_unit_the_leading_one(note: str, second: str) -> None:
    assert roles(PLAN.format(body="", note=note)) == [
        [("市水利局", LEAD), ("市财政局", second)],
        [("市住建局", LEAD)],
    ]


def test_a_note_may_add_units_to_every_task() -> None:
    note = "注：各镇（街道）为以上各项任务的责任单位，不再逐项列出。"
    proposal = proposal_of(PLAN.format(body="", note=note))
    added = [task.units[-1] for task in proposal.tasks]
    assert [(unit.name, unit.role, unit.implicit) for unit in added] == [("各镇（街道）", DUTY, True)] * 2


def test_a_note_may_say_what_a_missing_date_means() -> None:
    proposal = proposal_of(PLAN.format(body="2024年5月底前完成。", note="注：未注明完成时限的，均为长期坚持。"))
    assert [[d.kind for d in task.deadlines] for task in proposal.tasks] == [["due"], ["long-term"]]
