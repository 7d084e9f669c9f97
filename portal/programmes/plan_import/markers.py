"""How a paragraph can be numbered: a table of printed forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.files.numerals import number_of

CN = "[一二三四五六七八九十百]"


@dataclass(frozen=True)
class MarkerStyle:
    """One printed form. ``inline`` forms also number items inside a paragraph."""

    name: str
    pattern: re.Pattern[str]
    inline: bool = False


@dataclass(frozen=True)
class Marker:
    """A number found at the start of a paragraph: ``end`` is where the numbered text begins."""

    style: str
    printed: str
    end: int


def _style(name: str, pattern: str, *, inline: bool = False) -> MarkerStyle:
    return MarkerStyle(name, re.compile(pattern), inline)


# Words that follow a figure and make it a quantity ("2.5 公里"), and what makes them begin a title ("2.1 公共场馆").
_MEASURES: tuple[tuple[str, str], ...] = (
    ("小时|亿|%|吨|平方(?:米|公里|千米)|立方|月(?!度|报|季)|日(?!常|间|照|报|用)|公(?:里|斤|顷|升|尺|分)", ""),
    ("万", "企|村|家|人|众|名|物"),
    ("元", "旦|素|宵"),
    ("年", "度|检|审|货|轻|报|龄"),
    ("天", "然|气|网|际"),
    ("个", "体|人|性|案"),
    ("米", "粉|袋"),
    ("倍", "增"),
    ("人", "居|才|民|员|口|力|大|社|工|身|防|文|事|行|机|群|均|畜"),
    ("家", "庭|电|具|长|畜|风|政|园|禽|校"),
    ("户", "外|籍|厕|口|用|均"),
    ("处", "置|理|罚|方"),
    ("套", "餐|路|牌|种"),
    ("项", "目"),
    ("次", "序|生|要|品"),
    ("分", "类|级|层|区|步|期|析|项|批|工|解|别|阶|布|配|散|享|流|局|头|片|段|时"),
    ("号", "召|码|牌|角|贩"),
    ("件", ""),
    ("届", ""),
    ("岁", ""),
    ("台", "账|风|站|阶|湾|胞"),
    ("座", "谈"),
    ("株", ""),
)
NOT_A_MEASURE = rf"(?!\s*(?:{'|'.join(rf'(?:{unit})(?!{other})' if other else unit for unit, other in _MEASURES)}))"
# Signs before an item that has no number of its own, or before its number ("★1.").
BULLETS = "■□●◆◇★☆▲△▶►▷▪▫◎※➢➤➔→✓✔√◈❖♦•·∙‣⁃⚫⬤❑❒▣◼◾\uf020-\uf0ff"
_HAN = r"[\u4e00-\u9fff“《]"
BULLET = re.compile(rf"(?P<sign>[{BULLETS}]|〇(?![一二三四五六七八九〇年])|-{{2,}}(?=\s*{_HAN})|-(?=\s+{_HAN}))\s*")

_COUNT = rf"(?:{CN}{{1,3}}|\d{{1,2}})"
_KIND = "任务|行动|专项|工程|举措|措施|工作|内容|事项|领域|板块|方面|攻坚|计划"
_NAMED = rf"(?:(?:重点|主要|专项|攻坚|整治|治理|提升)?(?:{_KIND})|项目|实事|清单)"
# Order matters: the first form that fits wins. The number as printed is the group ``n``.
STYLES: tuple[MarkerStyle, ...] = (
    _style("annex", rf"(?P<n>附(?:件|表|录)\s*(?:\d{{1,2}}|{CN}{{1,3}})?)(?:\s*[:.、]|\s+|$)"),
    _style("chapter", rf"(?P<n>第\s*(?:{CN}{{1,4}}|\d{{1,2}})\s*[章篇编])"),
    _style("part", rf"(?P<n>第\s*{CN}{{1,3}}\s*部分)\s*[:、,.]?"),
    _style("section", rf"(?P<n>第\s*(?:{CN}{{1,4}}|\d{{1,2}})\s*节)"),
    _style("article", rf"(?P<n>第\s*(?:{CN}{{1,4}}|\d{{1,3}})\s*条)[:、]?"),
    _style("stage", rf"(?P<n>第\s*(?:{CN}{{1,2}}|\d)\s*(?:阶段|步|环节|时段)(?!骤))\s*[:、,.]?(?!的|工作)"),
    _style("named", rf"(?P<n>{_NAMED}\s*(?:之|第)?(?:{_COUNT}|\({_COUNT}\)))\s*[:.、,\s-]"),
    _style("named", rf"\[(?P<n>{_NAMED}\s*(?:{CN}{{1,3}}|\d{{1,2}}))\]"),
    _style("nth", rf"(?P<n>第\s*(?:{CN}{{1,3}}|\d{{1,2}})\s*[项类](?:重点|专项)?(?:任务|工作|行动|措施)?)\s*[:.、,\s]"),
    _style("is", rf"(?P<n>{CN}{{1,2}}是)(?!否)[:,]?", inline=True),
    _style("cn", rf"(?P<n>{CN}{{1,3}})\s*[、.](?![二三四五六七八九]级)"),
    _style("cn-paren", rf"(?P<n>\(\s*{CN}{{1,3}}\s*\))[、.:]?"),
    _style("cn-paren", r"(?P<n>[㈠-㈩])[、.]?"),
    _style("cn-half", rf"(?P<n>{CN}{{1,3}})\)"),
    _style("decimal-4", r"(?P<n>\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2})(?!\d)\.?"),
    _style("decimal-3", r"(?P<n>\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.])[.、]?"),
    _style("decimal-2", rf"(?P<n>\d{{1,2}}\.[1-9]\d?)(?![\d.%]){NOT_A_MEASURE}[、]?(?=\s|[^\d\s])"),
    _style("arabic-paren", r"(?P<n>\(\s*\d{1,3}\s*\))[、.]?", inline=True),
    _style("arabic-paren", r"(?P<n>[⑴-⒇])[、.]?", inline=True),
    _style("decimal-2", r"(?P<n>\d{1,2}-\d{1,2})(?=[\s、.]+[\u4e00-\u9fff“《])[、.]?"),
    _style("arabic-half", r"(?P<n>\d{1,3})\)"),
    _style("arabic", rf"(?P<n>\d{{1,3}})(?:\s?[、.]|(?=\s+[\u4e00-\u9fff《“]){NOT_A_MEASURE})"),
    _style("arabic", r"(?P<n>[⒈-⒛])", inline=False),
    _style("circled", r"(?P<n>[①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⓵-⓾])[、.]?", inline=True),
    _style("circled-cn", r"(?P<n>[㊀-㊉])[、.]?", inline=True),
    _style("roman", r"(?P<n>[Ⅰ-Ⅻ]|[IVX]{1,4}(?=[.、]))[、.]?(?![A-Za-z])"),
    _style("stem", r"(?P<n>[甲乙丙丁戊己庚辛壬癸])[、.]"),
    _style("legal", r"(?P<n>[壹贰叁肆伍陆柒捌玖拾]{1,3})[、.]"),
    _style("legal-paren", r"(?P<n>\([壹贰叁肆伍陆柒捌玖拾]{1,3}\))[、.]?"),
    _style("letter-paren", r"(?P<n>\([A-Za-z]\)|[A-Za-z]\))[、.]?"),
    _style("letter", r"(?P<n>[A-Z])[.、](?![A-Za-z])"),
)
NUMERALS = re.compile(rf"[\s()之第\d]|{CN}")
INLINE = re.compile(
    rf"(?:(?<=[。；;:,，）)])|(?<=[：]))(?:(?P<is>{CN}{{1,2}}是)(?!否)|(?P<circled>[①-⑳❶-❿])"
    r"|(?P<paren>\(\d{1,2}\)|[⑴-⒇])(?![、，,])|(?P<arabic>(?<=[。;:])\d{1,2}(?=[.、]\D)))"
)
INLINE_STYLES = {"is": "is", "circled": "circled", "paren": "arabic-paren", "arabic": "arabic"}
CIRCLED = {
    chr(ord(first) + index): index + 1 for first in "①⑴⒈❶➀➊⓵㈠㊀" for index in range(20 if first in "①⑴⒈" else 10)
}


def find_marker(folded: str) -> Marker | None:
    """Return the number at the start of ``folded`` text (white space kept), or None."""
    lead = len(folded) - len(folded.lstrip())
    bullet = BULLET.match(folded, lead)
    first = bullet.end() if bullet else lead
    for style in STYLES:
        match = style.pattern.match(folded, first)
        if match:
            name = f"named-{NUMERALS.sub('', match['n'])}" if style.name == "named" else style.name
            return Marker(name, match["n"], match.end())
    return Marker(f"bullet-{bullet['sign'][:2]}", "", bullet.end()) if bullet else None


def inline_markers(folded: str, open_numbers: Mapping[str, int] | None = None) -> list[tuple[int, Marker]]:
    """Return the items numbered inside a paragraph that count without a gap, with their positions.

    A form is taken when it counts from one and reaches two, or when it goes on counting from the number at the
    paragraph's start or from ``open_numbers``, the last numbers of the items before (by form).
    """
    first: dict[str, int] = dict(open_numbers or {})
    start = find_marker(folded)
    if start is not None and (number := ordinal(start.printed)):
        first[start.style] = number
    found: dict[str, list[tuple[int, Marker]]] = {}
    last: dict[str, int] = {}
    for match in INLINE.finditer(folded):
        kind = match.lastgroup or ""
        style = INLINE_STYLES[kind]
        number = ordinal(match[kind]) or 0
        expected = last[style] + 1 if style in last else None
        if number == expected or (expected is None and number in (1, first.get(style, 0) + 1)):
            last[style] = number
            end = match.end() + (1 if kind == "arabic" else 0)
            found.setdefault(style, []).append((match.start(), Marker(style, match[kind], end)))
    runs = [run for run in found.values() if len(run) >= 2 or ordinal(run[0][1].printed) != 1]
    return sorted((item for run in runs for item in run), key=lambda item: item[0])


def ordinal(printed: str) -> int | None:
    """Return the number a printed marker stands for, the last part of a decimal one; None when it is none."""
    if printed in CIRCLED:
        return CIRCLED[printed]
    core = re.sub(r"^第|[条章节是、.,:()]|部分|阶段|步|环节|时段|附件|附表|\s", "", printed.rsplit(".", 1)[-1])
    if core.isdigit():
        return int(core)
    return number_of(core)
