"""What a unit's name looks like: general endings of Chinese organisations, lists of names, dropped level prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.programmes.plan_import.folding import View

# How names of bodies end. General vocabulary only: no name of any place.
ENDINGS = (
    "委员会|管委会|政府|办公厅|办公室|办事处|街道办|人民法院|法院|检察院|公安|总工会|工会|妇联|团委|团市委|团县委|团区委|团省委|残联|科协|侨联|文联|"
    "工商联|红十字会|计生协|消委会|消保委|协会|学会|商会|联合会|联席会议|指挥部|领导小组|专责小组|工作组|专班|小组|集团|公司|企业|银行|支行|分行|海关|"
    "支队|大队|总队|中队|派出所|交警|消防|中心|管理站|服务站|监测站|工作站|气象台|电视台|广播台|报社|供销社|合作社|信用社|分局|总局|党校|学院|"
    "大学|学校|医院|疾控|卫生院|研究院|设计院|科学院|研究所|管理所|事务所|事务局|管理处|海事处|办事机构|各县|各区|各乡|各镇|县区|区县|县市区|市县区|"
    "街道|乡镇|镇街|镇村|园区|新区|开发区|高新区|功能区|度假区|示范区|风景区|景区|社区|村居|居委会|村委会|单位|部门|机构|机关|党工委|党委|党组|人大|"
    "政协|纪委监委|监委|纪委|网信办|编办|台办|侨办|外办|信访办|金融办|扶贫办|文明办|文旅体局|林草局|通信办|邮政|烟草|铁塔|电力|移动|联通|电信|"
    "(?<!场)所|局|委|办|部|厅|院|站|社|署|处|科|室|馆|校|队|乡|镇|县|区|市"
)
ENDING = re.compile(rf"(?:{ENDINGS})$")
AREAS = re.compile(r"\([市州县区镇乡街道村社园管委会功能新、,/]+\)")
COLLECTIVE = re.compile(r"^(?:各|全市|全县|全区|市直|县直|区直|其他|其它|有关|相关|所有|属地|本市|驻)")
LEVEL_PREFIX = re.compile(r"^(?:市(?!场监|政(?!府|协)|容|民)|县|区(?!块)|省|州|自治区|自治州|旗|盟|地区)")
# Names that stand without a level prefix: never restored.
OWN_PREFIX = re.compile(
    r"^(?:各|市|县(?!级)|区|省|州|旗|盟|国(?!资|动|土|库)|中(?!级)|驻|全|本|其|有|相|所|属|团|人行|新(?!闻)|老(?!龄|干)|镇|乡(?!村振兴)|街|村|"
    r"社区|园区|第|高新|经开|开发)"
)
DEPARTMENT = re.compile(
    r"^(?:教育|公安|民政|司法|财政|科技|科学技术|人社|人力资源|自然资源|自规|规划|资规|生态环境|环保|住建|住房|城管|城市管理|城市|综合|综合行政执法|综合执法|"
    r"行政|交通|交警|水利|水务|农业|农业农村|林业|园林|林草|商务|文旅|文化|文体|文广|卫健|卫生|退役|应急|审计|外事|国资|市场|市监|市场监管|体育|统计|医保|医疗|"
    r"信访|金融|地方金融|大数据|数据|政务|乡村|粮食|粮储|能源|发改|发展|工信|工业|经信|经济|民宗|民族|气象|税务|邮政|消防|通信|供销|残联|妇联|总工会|工会|"
    r"法院|检察|人民法院|人民检察|中级|委|融媒体|广播|科协|工商联|红十字|机关事务|市政|房管|房产|环卫|海洋|渔业|疾控|编办|网信|宣传|组织|政法|统战|"
    r"扶贫|老龄|档案|烟草|海事|地震|投资|招商|口岸|人防|国动|城建|公积金|公路|港口|航空|侨联|文联|党校|供电|营商|新闻|老干部|国土|国库|知识产权|药监|食药|安监|畜牧|农机|水文)"
)
PROSE = re.compile(
    r"[的了把将被并且需让使其着过吗呢]|对(?!外|台)|要(?!素)|在(?!线)|应(?!急)|以(?!及)|[。:?!]|年|\d月|工作(?!组|站|专|领|委|小|办|部|机|局|处|室|协|联)|落实|开展|进行|建立|完善|推进(?!中心|办|组|委|局|处)|"
    r"加强|确保|指导(?!中心|站|办|服务|委|组|处|科)|督促|组织(?!部|委|办|局|处|科|单)|作用|依法|定期|及时|完成|报送|制定"
)
ET_CETERA = re.compile(
    r"等(?:各|相关|有关|责任|成员|职能|市直|市级|\d{1,2}个|[一二三四五六七八九十]+[个家]|多[个家])*(?:单位|部门|机构|机关)?$"
)
# Endings after which a space can only separate two names (市公安 交警支队 may be one).
SURE_ENDING = re.compile(r"(?:[局委办部院会厅署所站]|中心|政府|公司|集团|[支大总]队)$")
SECOND_HALF = re.compile(r"办公[室厅]|机关|党[组委]|分局|支队|大队|[内所直]")
MAX_LENGTH = 40


@dataclass(frozen=True)
class Piece:
    """A stretch of a view between two separators of a list."""

    start: int
    end: int


def is_unit_like(name: str) -> bool:
    """Tell whether folded ``name`` reads as the name of a body, not as prose that ends like one."""
    core = AREAS.sub("", name)
    core = re.sub(r"\([^()]{1,20}\)$", "", core)
    core = ET_CETERA.sub("", core)
    if not 2 <= len(core) <= MAX_LENGTH or PROSE.search(core):
        return False
    return bool(ENDING.search(core)) or bool(COLLECTIVE.search(core) and AREAS.search(name))


# 各市、县人民政府 and 各镇、街道 are one unit each: the body behind the last area belongs to all of them.
_AREA = (
    r"(?:自治[州县旗]|设区市|县级市|地区|[市县]区|区县|县市|市县|市州|地市|乡镇|镇街|街镇|街道|行政村|社区|[市县区州盟旗镇乡村街])"
    r"(?:\([^()]{1,20}\))?"
)
AREA_LIST = re.compile(
    rf"各(?:级)?{_AREA}(?:、{_AREA})+(?=(?:人民)?政府|管委会|管理委员会|办事处|党工?委|(?:各)?(?:有关|相关)?(?:部门|单位)"
    r"|分别|共同|具体|按|负责|落实|配合|牵头|参与|协助|组织|等|和|[、,;。)|\n]|$)"
    r"|各(?:设区)?(?:市|州|地市|市州)、(?:县|区|县区)(?:\([^()]{1,20}\))?(?=[\u4e00-\u9fff]{1,12}[局委办])"
)
SEPARATORS = "、,;\n/|。"


def split_list(view: View, start: int, end: int) -> list[Piece]:
    """Return the items of a list of units; 、，； and line breaks separate, but not inside brackets.

    和, 及, 与 and white space separate only between two names, so that 发展和改革委 stays whole.
    """
    pieces: list[Piece] = []
    depth, begin = 0, start
    areas = {i for match in AREA_LIST.finditer(view.key, start, end) for i in range(*match.span())}
    for index in range(start, end):
        char = view.key[index]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in SEPARATORS and not depth and index not in areas:
            pieces.append(Piece(begin, index))
            begin = index + 1
    pieces.append(Piece(begin, end))
    return [part for piece in pieces for part in _split_words(view, piece) if part.start < part.end]


JOINING = re.compile(r"以及|会同|联合|和|及|与|并(?=[市县区省各])")
AFTER_JOINING = re.compile(r"(?:市|县|区|省|各|国|驻|团|人行|有关|相关|属地|其他|其它)")


def _split_words(view: View, piece: Piece) -> list[Piece]:
    """Split one piece at 和/及/与 and at spaces that stand between two names."""
    cuts: list[tuple[int, int]] = []
    for match in JOINING.finditer(view.key, piece.start, piece.end):
        left = view.key[cuts[-1][1] if cuts else piece.start : match.start()]
        right = view.key[match.end() : piece.end]
        sure = AFTER_JOINING.match(right) or match[0] in ("会同", "联合", "以及")
        if left and right and is_unit_like(left) and (sure or (DEPARTMENT.match(right) and len(left) >= 4)):
            cuts.append((match.start(), match.end()))
    for index in range(piece.start + 1, piece.end):
        if view.gap(index) and not any(a <= index <= b for a, b in cuts):
            begin = max((b for _a, b in cuts if b <= index), default=piece.start)
            left, right = view.key[begin:index], view.key[index : piece.end]
            if len(left) < 3 or not is_unit_like(left):
                continue
            broken = "\n" in view.text[view.offsets[index - 1] : view.offsets[index]] and not SECOND_HALF.match(right)
            if AFTER_JOINING.match(right) or (
                SURE_ENDING.search(left) and (broken or DEPARTMENT.match(right)) and is_unit_like(right)
            ):
                cuts.append((index, index))
    parts: list[Piece] = []
    begin = piece.start
    for left_end, right_start in sorted(cuts):
        parts.append(Piece(begin, left_end))
        begin = right_start
    parts.append(Piece(begin, piece.end))
    return parts


def restore_prefix(name: str, folded: str, level: str | None) -> str:
    """Return ``name`` with the level its list began with: 市民政局、公安局 means 市公安局.

    Only names of departments without a prefix of their own are touched; 各县（市、区）政府 and companies are not.
    """
    if level is None or (OWN_PREFIX.match(folded) and not folded.startswith("市场监")):
        return name
    if DEPARTMENT.match(folded) and ENDING.search(folded):
        return level + name
    return name


def level_of(name: str, folded: str) -> str | None:
    """Return the level prefix (市, 县, …) as printed that a name begins with, or None."""
    match = LEVEL_PREFIX.match(folded) or re.match(r"市(?=民政|市场监|市政)|市(?=容)", folded)
    return name[: match.end()] if match else None
