"""The labels under which plans print units and time limits: 牵头单位：, 【责任部门】, 完成时限：…"""

from __future__ import annotations

import re

# The verb of a label and the role it gives; the longer verb is tried first.
ROLE_VERBS: dict[str, str] = {
    "牵头责任": "lead",
    "主要责任": "lead",
    "第一责任": "lead",
    "牵头": "lead",
    "主办": "lead",
    "主责": "lead",
    "主牵头": "lead",
    "总牵头": "lead",
    "配合责任": "assisting",
    "配合": "assisting",
    "协办": "assisting",
    "协助": "assisting",
    "协同": "assisting",
    "协作": "assisting",
    "参与": "assisting",
    "参加": "assisting",
    "支持": "assisting",
    "责任": "responsible",
    "落实责任": "responsible",
    "落实": "responsible",
    "负责": "responsible",
    "承办": "responsible",
    "承担": "responsible",
    "实施": "responsible",
    "完成": "responsible",
    "执行": "responsible",
    "主管": "responsible",
    "具体责任": "responsible",
}
BODIES = r"(?:责任)?(?:单位|部门|处室|科室|主体|机关|机构|股室|方)"
_VERBS = "|".join(sorted(ROLE_VERBS, key=len, reverse=True))
_BARE = "牵头|责任|配合|主办|主责|承办|协办|协助|参与|落实|负责|责任分工|分工|任务分工|职责分工|工作分工"
_UNTIL = r"(?:完成|办结|整改|工作)?(?:时限|时间|期限)"
# 牵头（责任）单位, 责任单位和完成时限, 市级责任部门
_BEFORE_VERB = r"(?:[省市县区镇]级|[省市县区]直|属地|共同|具体|相关|主要|直接|业务)?"
_MORE_VERBS = rf"(?:\((?:{_VERBS})\)|(?:和|及|、|/|或)(?:{_VERBS}))?"
_UNIT_WORDS = rf"{_MORE_VERBS}{BODIES}(?:\(.{{1,8}}\))?(?:(?:和|及|、|/|与)(?:责任人|负责人|联系人|分工))?"
UNIT_KEY = rf"{_BEFORE_VERB}(?P<verb>{_VERBS}){_UNIT_WORDS}(?P<until>(?:和|及|、|/|与)?{_UNTIL})?|(?P<bare>{_BARE})"
TIME_KEY = (
    r"(?:完成|办结|整改|工作|落实|推进|实施|任务|目标|达标|截止|销号|进度|计划完成)?"
    r"(?:时限|时间|期限|节点|日期)(?:要求|节点|安排|进度|表)?|进度(?:安排|要求)?|完成(?:时限|时间)(?:及要求)?"
)
OTHER_KEY = (
    r"责任(?:领导|人)|分管(?:领导|市领导|负责人)?|挂(?:牌|点|钩)领导|牵头领导|包保领导|联系(?:人|领导|电话)|"
    r"工作(?:目标|措施|要求|内容|标准)|目标(?:任务|要求)?|主要(?:目标|措施|内容)|具体(?:措施|内容|举措)|任务(?:目标|内容)|"
    r"完成(?:标准|目标)|成果形式|考核(?:标准|指标)|预期(?:成效|目标)|监督单位|督导单位|备注|任务来源|资金来源|保障措施|验收标准"
)
_OPEN, _CLOSE = r"\[", r"\]"
_KEYS = rf"(?P<boxed>{_OPEN})?(?:(?P<units>{UNIT_KEY})|(?P<time>{TIME_KEY})|(?P<other>{OTHER_KEY}))"
SLOT = re.compile(rf"{_KEYS}(?(boxed)(?:{_CLOSE}:?|:)|:)")
# A label with neither colon nor box; it is one only where white space sets it off.
SPACED_SLOT = re.compile(
    rf"(?P<units>{_BEFORE_VERB}(?P<verb>{_VERBS}){_UNIT_WORDS}(?P<until>(?!))?(?P<bare>(?!))?)"
    r"|(?P<time>(?:完成|办结|整改|工作|落实|推进|实施)(?:时限|时间|期限))"
    r"|(?P<other>(?:责任|牵头|分管|包保|挂牌)领导|责任人|联系人|联系电话|备注)"
)
# "责任单位为市水务局、市住建局。" at the start of a clause; the list's own rules ("…为牵头单位") are none.
WORDED_SLOT = re.compile(
    rf"(?:^|(?<=[。;,(]))(?:其中)?(?P<units>{_BEFORE_VERB}(?P<verb>{_VERBS}){_UNIT_WORDS}(?P<until>(?!))?(?P<bare>(?!))?)"
    rf"(?P<time>(?!))?(?P<other>(?!))?(?:分别)?(?:为|是)(?!{_VERBS}|首|第|排)"
)
_ANY_UNIT_KEY = rf"{_BEFORE_VERB}(?:{_VERBS}){_UNIT_WORDS}(?:(?:和|及|、|/|与)?{_UNTIL})?|(?:{_BARE})"
SLOT_AT_START = re.compile(
    rf"[(\[]?\s*(?:{_ANY_UNIT_KEY}|{TIME_KEY}|{OTHER_KEY})\s*[\]]?\s*:|\[(?:{_ANY_UNIT_KEY}|{TIME_KEY})\]"
    rf"|(?:{_BEFORE_VERB}(?:{_VERBS}){BODIES}|(?:完成|办结|整改|工作)(?:时限|时间|期限))\s+\S"
)


def role_of(match: re.Match[str]) -> str:
    """Return the role a matched unit label gives."""
    verb = match["verb"] or match["bare"] or ""
    if verb.endswith("分工"):
        return "responsible"
    return ROLE_VERBS[verb]
