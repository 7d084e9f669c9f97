"""What a section is about, told from its title: tasks, phases, or neither."""

from __future__ import annotations

import re
from enum import StrEnum


class SectionKind(StrEnum):
    """What the rules expect inside a section."""

    TASKS = "tasks"
    PHASES = "phases"
    SUPPORT = "support"
    OTHER = "other"


# The first pattern that is found in the folded title wins; SUPPORT stands before TASKS because 任务 is in both.
TITLES: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        SectionKind.PHASES,
        re.compile(
            r"(?:实施|工作|行动|推进|方法|整治|活动|创建|治理|任务)?(?:步骤|阶段)(?:安排|划分|和方法|及要求|和要求)?$"
            r"|^(?:时间|进度|行动|工作|实施|阶段|总体|步骤|活动|整治|推进)(?:进度|时间|步骤|阶段)?(?:安排|节点|计划|划分)$|^(?:实施|整治|活动)?(?:步骤|阶段|时间)"
            r"|(?:步骤|时间|进度)(?:与|和|及)?(?:安排|节点)|^(?:实施|工作|推进|行动|整治)?进度$"
        ),
    ),
    (
        SectionKind.SUPPORT,
        re.compile(
            r"^(?:总则|附则|总体要求|总体思路|总体目标|指导思想|基本原则|工作原则|工作目标|目标任务$|行动目标|创建目标|整治目标|主要目标|发展目标|目标要求|工作思路"
            r"|(?:工作)?背景|(?:当前)?形势|基本情况|现状|编制依据|适用范围|整治范围|实施范围|整治对象|范围(?:和|与|及)?对象|有关定义|名词解释"
            r"|(?:工作|组织|实施|政策|要素|服务|制度|资金|支撑|有关|相关|几点|主要|具体|推进)?(?:保障|要求)(?:措施|机制|体系)?$"
            r"|组织(?:领导|保障|实施|机构|架构|推进|与|和|管理|体系)|(?:加强|强化|健全|切实|完善).{0,6}(?:组织领导|领导|保障|组织实施)$"
            r"|工作机制|推进机制|保障机制|职责分工|部门职责|工作职责|责任分工$|(?:督导|督查|监督|考核|评估|检查|验收|奖惩|责任追究|宣传)"
            r"|(?:工作|行动|纪律|有关|整治)要求$|^(?:工作)?组织$|^成立.{0,8}(?:小组|机构|专班)|^法律责任|措施保障$"
            r"|^(?:加强|强化|严格|严肃|压实|落实|切实|注重|健全|完善|狠抓|抓好).{0,4}(?:组织|领导|保障|督导|督查|督办|问责|考核|追责|责任|责任落实|宣传|引导|调度)$"
            r"|信息报送|联系方式|其他(?:事项|要求)?$|有关事项|注意事项|附则|资金安排|经费)"
        ),
    ),
    (
        SectionKind.TASKS,
        re.compile(
            r"任务|(?:重点|主要|工作)(?:工作|内容|措施|举措|事项|项目|行动|工程)|整治(?:内容|重点|措施|任务)|工作(?:措施|举措|内容|重点|安排及分工)|具体(?:措施|举措|任务|工作|内容)"
            r"|(?:主要|重点|工作|实施|治理|行动)(?:措施|举措|内容|清单)|行动(?:内容|任务|措施|清单)|措施$|举措$"
        ),
    ),
)
# Titles that some offices give to the section of the tasks and others to something else.
AMBIGUOUS = re.compile(
    r"^(?:工作|行动|推进|整治|总体|任务|具体|主要)?(?:安排|部署|计划|目标)$|目标任务$|^(?:工作|任务)目标"
)
NAMES_AN_ACTION = re.compile(r"(?<!专项)(?<!重点)(?<!主要)(?:行动|工程|攻坚战|专项整治)$")
ANNEX_TASKS = re.compile(r"任务|分工|清单|台账|责任(?:分解|落实)|项目表|重点工作|措施表|计划表|安排表|一览表")
ANNEX_NOT_TASKS = re.compile(r"名单|通讯录|联系(?:人|表)|统计表|登记表|汇总表|申报表|样表|报表|情况表|评分|流程图|成员")
GENERIC = re.compile(
    r"^(?:主要|重点|工作|具体|行动|整治|目标|总体|年度|专项)*(?:任务|工作|措施|举措|内容|事项|重点|项目|行动|清单|分工|安排|及|和|与)+$"
)
BARE_HEADING = re.compile(
    r"^\[?(?:工作|总体|主要|重点|目标|实施|保障|组织|行动|整治|时间|进度|具体)(?:目标|任务|要求|措施|步骤|安排|内容|领导|保障|举措|原则|阶段)(?:及分工|和分工)?\]?$"
    r"|^\[?(?:指导思想|基本原则|保障措施)\]?$"
)
NOTE = re.compile(r"^[(\[]?(?:注|备注|说明|附注)[:：\]]")


def section_kind(folded_title: str) -> SectionKind:
    """Return the kind of a section with this folded title."""
    if NAMES_AN_ACTION.search(folded_title):
        return SectionKind.OTHER
    for kind, pattern in TITLES:
        if pattern.search(folded_title):
            return kind
    return SectionKind.OTHER


def is_generic(folded_title: str) -> bool:
    """Tell whether a task section's title names no action of its own (主要任务)."""
    return bool(GENERIC.match(folded_title))


def may_hold_tasks(folded_title: str) -> bool:
    """Tell whether a section with this title holds the tasks when no other section says it does."""
    return bool(AMBIGUOUS.search(folded_title))


def annex_may_hold_tasks(folded_title: str) -> bool:
    """Tell whether an annex with this title may be a list of tasks."""
    return bool(ANNEX_TASKS.search(folded_title)) and not ANNEX_NOT_TASKS.search(folded_title)
