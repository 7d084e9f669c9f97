"""Whole plans in different styles, read end to end."""

from __future__ import annotations

from tests.unit.programmes.plan_import.reading import deadlines_of, plan, units_of

LEAD, HELP, DUTY = "lead", "assisting", "responsible"


def test_a_plan_with_torn_lines_gives_its_tasks_units_and_dates() -> None:
    proposal = plan("shelter.txt")
    assert proposal.title is not None
    assert proposal.title.title == "云溪市流动务工人员夜间求助服务质量提升行动实施方案"
    assert [(task.number, task.action) for task in proposal.tasks] == [
        ("1", "开展场所安全行动"),
        ("2", "开展场所安全行动"),
        ("3", "开展返乡帮扶行动"),
    ]
    assert units_of(proposal) == {
        "开展安全隐患排查": [("市民政局", LEAD), ("市卫生健康委员会", DUTY), ("市应急管理局", DUTY)],
        "完善定点联系制度": [("市民政局", DUTY), ("市救助管理站", DUTY)],
        "做好回访工作": [
            ("市民政局", DUTY),
            ("各区政府", DUTY),
            ("云溪新区管委会", DUTY),
            ("市救助管理站", DUTY),
        ],
    }
    assert deadlines_of(proposal) == {
        "开展安全隐患排查": [("2021-06-25", "due")],
        "完善定点联系制度": [("2021-08-25", "due"), (None, "recurring")],
        "做好回访工作": [(None, "recurring"), ("2021-05-31", "due")],
    }
    assert [(phase.title, phase.start, phase.end) for phase in proposal.phases] == [
        ("动员部署阶段", "2021-04-01", "2021-05-31"),
        ("组织实施阶段", "2021-06-01", "2022-04-30"),
    ]
    assert [(duty.date, duty.to) for duty in proposal.reporting] == [
        ("2021-05-28", "市民政局社会事务科"),
        ("2021-08-10", "市民政局"),
        ("2021-12-10", "市民政局"),
        ("2022-04-10", "市民政局"),
    ]
    assert proposal.as_json()["citations"] == ["云民函〔2021〕6号"]


def test_assignments_written_as_sentences_are_read_and_sections_may_be_the_actions() -> None:
    proposal = plan("market.txt")
    assert [action.title for action in proposal.actions] == ["开展环境卫生整治行动", "开展经营秩序整治行动"]
    units = units_of(proposal)
    assert units["清理卫生死角"] == [
        ("市城管局", LEAD),
        ("市商务局", DUTY),
        ("市卫生健康委", DUTY),
        ("市市场监管局", DUTY),
        ("各区政府", DUTY),
    ]
    assert units["改造公厕"] == [("市住房和城乡建设局", DUTY), ("市财政局", HELP)]
    assert units["推进智慧监管"] == [("市大数据局", DUTY), ("市商务局", HELP), ("移动公司", HELP), ("联通公司", HELP)]
    deadlines = deadlines_of(proposal)
    assert deadlines["改造公厕"] == [("2023-09-30", "due")]
    assert deadlines["建立保洁制度"] == [(None, "recurring"), (None, "long-term")]
    assert deadlines["清退活禽交易"] == [("2023-12-31", "due")]
    assert [(phase.title, phase.start, phase.end) for phase in proposal.phases] == [
        ("宣传发动", "2023-03-01", "2023-03-31"),
        ("集中整治", "2023-04-01", "2024-02-29"),
        ("总结验收", "2024-03-01", "2024-03-31"),
    ]
    assert [(duty.date, duty.to) for duty in proposal.reporting] == [
        ("2023-03-20", "市商务局"),
        (None, "市商务局"),
        ("2024-03-15", "市政府办公室"),
    ]
    assert proposal.as_json()["citations"] == ["岳商务〔2023〕4号"]


def test_slots_on_their_own_lines_same_as_above_and_notes_for_all_tasks() -> None:
    proposal = plan("straw.txt")
    assert proposal.title is not None
    assert proposal.title.title == "安河县秸秆综合利用和禁烧工作实施方案"
    towns = [("各乡镇人民政府", DUTY), ("街道办事处", DUTY)]
    units = units_of(proposal)
    assert units["推进秸秆离田利用"] == [("县农业农村局", DUTY), *towns]
    assert units["强化网格巡查"][:4] == [
        ("县生态环境局", LEAD),
        ("县公安局", HELP),
        ("县应急局", HELP),
        ("县消防救援大队", HELP),
    ]
    assert units["加强执法查处"] == [("县生态环境局", LEAD), ("县公安局", HELP), *towns]
    assert deadlines_of(proposal) == {
        "推进秸秆离田利用": [("2022-06-30", "due")],
        "推广秸秆还田": [(None, "recurring")],
        "强化网格巡查": [(None, "recurring")],
        "加强执法查处": [(None, "long-term")],
        "建立考核机制": [(None, "due")],
    }
    assert [duty.to for duty in proposal.reporting] == ["县秸秆禁烧办", "县秸秆禁烧办"]
    assert proposal.phases[-1].end == "2022-12-31"


def test_a_plan_in_articles_takes_tasks_only_from_its_task_chapter() -> None:
    proposal = plan("eldercare-articles.txt")
    assert [task.number for task in proposal.tasks] == ["第三条", "第四条", "第五条", "第六条"]
    units = units_of(proposal)
    assert units["推进医养结合"] == [("区卫健局", LEAD), ("区民政局", HELP), ("区医保局", HELP), ("区财政局", HELP)]
    assert units["开展护理员培训"] == [("区人社局", DUTY), ("区民政局", DUTY)]
    assert [(duty.date, duty.to, duty.text) for duty in proposal.reporting] == [
        (None, "区民政局", "每年12月15日前"),
        ("2023-11-30", "区民政局", "2023年11月30日前"),
    ]


def test_a_plan_wrapped_at_a_fixed_width_is_joined_even_inside_names() -> None:
    proposal = plan("wrapped.txt")
    assert proposal.title is not None
    assert proposal.title.title == "桂阳市创建全国文明典范城市2022年重点攻坚实施方案"
    units = units_of(proposal)
    assert units["完善基础设施"][1:] == [
        ("市城市管理局", DUTY),
        ("各区人民政府", DUTY),
        ("桂阳经济技术开发区管委会", DUTY),
    ]
    assert ("人民银行桂阳市中心支行", DUTY) in units["开展文明服务示范窗口创建"]
    assert deadlines_of(proposal)["规范停车秩序"] == [("2022-06-30", "due"), (None, "long-term")]


def test_brackets_without_labels_name_units_and_time_and_support_sections_are_no_tasks() -> None:
    proposal = plan("zero-waste.txt")
    assert [task.number for task in proposal.tasks] == ["1", "2", "3", "4"]
    assert units_of(proposal)["健全分类体系"] == [
        ("市城管局", LEAD),
        ("市住建局", LEAD),
        ("各区政府", HELP),
        ("市教育局", HELP),
        ("市商务局", HELP),
    ]
    assert deadlines_of(proposal)["建设绿色矿山"] == [("2024-06-30", "due")]
    assert [duty.to for duty in proposal.reporting] == ["市“无废办”"]


def test_headings_without_numbers_and_named_tasks_are_understood() -> None:
    proposal = plan("named-tasks.txt")
    assert [(task.number, task.title) for task in proposal.tasks] == [
        ("任务一", "路面病害处治"),
        ("任务二", "桥梁隐患整治"),
        ("任务三", "建设智慧养护平台"),
    ]
    assert deadlines_of(proposal)["建设智慧养护平台"] == [("2024-12-31", "due")]
    assert [(duty.date, duty.text) for duty in proposal.reporting] == [(None, "每月底前")]


def test_traditional_characters_are_read_and_kept_as_printed() -> None:
    proposal = plan("traditional-inline.txt")
    assert [(task.number, task.title) for task in proposal.tasks][:2] == [("①", "開展全面普查"), ("②", "建立電子檔案")]
    assert units_of(proposal)["開展全面普查"] == [("縣林業局", LEAD), ("縣自然資源局", DUTY), ("各鄉鎮人民政府", DUTY)]
    assert deadlines_of(proposal)["救治瀕危古樹"] == [("2022-12-31", "due"), ("2023-06-30", "due")]
    assert proposal.phases[0].start is None
    assert proposal.phases[0].end == "2022-09-30"
