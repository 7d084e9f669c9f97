"""Who does what: lists of units with roles, in labelled slots, in brackets and in sentences.

``市民政局牵头，市公安局、市财政局按职责分工负责`` is read from left to right: names wait until a phrase says
their role; what is left at the end takes the role of the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.unit_names import (
    COLLECTIVE,
    ET_CETERA,
    SECOND_HALF,
    SURE_ENDING,
    Piece,
    is_unit_like,
    level_of,
    restore_prefix,
    split_list,
)

_BY_DUTY = (
    r"(?:等?(?:根据|依据|依照|按照?)?(?:各自)?的?(?:部门)?(?:职责|职能|分工|任务)+"
    r"(?:范围)?(?:和|及|、)?(?:任务)?(?:分工|权限)?)"
)
_MANNER = r"(?:共同|分别|具体|协同|联合|积极|密切|分头|各负其责)*"
# Role phrases that may end a group of names; the first that fits gives the role.
ROLE_PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "lead",
        re.compile(
            rf"(?:作为|为|{_MANNER})(?:总?牵头|主办|主责|牵总)(?:单位|部门)?(?:负责|组织|抓总|实施|落实|推进|抓好|开展)*$"
        ),
    ),
    (
        "assisting",
        re.compile(
            rf"{_BY_DUTY}?{_MANNER}(?:做好|给予|予以)?(?:配合|协助|协办|参与|参加|支持|协作)(?:单位|部门|落实|实施|做好|工作|支持|推进)*$"
        ),
    ),
    (
        "responsible",
        re.compile(
            rf"{_BY_DUTY}?(?:抓好|做好)?{_MANNER}(?:负责|落实|组织实施|实施|承担|承办|执行|推进|抓落实|完成|主管)(?:落实|实施|推进|到位|工作)*$"
        ),
    ),
    ("responsible", re.compile(r"(?:根据|依据|依照|按照?)?(?:各自)?(?:职责|职能)(?:分工)?$")),
)
ROLE_IN_BRACKETS = re.compile(r"\((?P<role>总?牵头|主办|主责|配合|协办|协助|参与|负责|责任|落实)(?:单位|部门|负责)?\)")
BRACKET_ROLES = {"配合": "assisting", "协办": "assisting", "协助": "assisting", "参与": "assisting",
                 "负责": "responsible", "责任": "responsible", "落实": "responsible"}  # fmt: skip
LEADING = re.compile(
    r"^(?:分别)?(?:由|请|会同|联合|以及|和|及|与|其中|并由|具体由|责任单位|牵头单位|配合单位)+(?=[\u4e00-\u9fff]{2})"
)
LEAD_IN_PROSE = re.compile(
    r"(?:^|(?<=[,。;:、(由]))由?(?P<name>[\u4e00-\u9fff]{2,16}?)牵头(?!作用|单位|部门|责任|抓总体)"
)
DUTY_IN_PROSE = re.compile(
    r"由(?P<names>[\u4e00-\u9fff、()]{3,60}?)(?:共同|分别|具体|统一)?(?P<verb>负责|牵头|承担|组织实施)"
)
LEAD_MARKS = "★☆▲△※*"
# A person behind the unit's name: "市水利局（李某）"; endings of bodies and areas are no persons.
PERSON = re.compile(
    r"(?<=[局委办院厅部站社处中心队府])\((?:[\u4e00-\u9fff]{1,3}[某×*]{0,2}|[\u4e00-\u9fff]{2,3}同志)(?<![局委办院厅部站社处科室队府区县市镇乡街道园警])\)$"
)
SAME = re.compile(r"^(?:同上|同前|[〃″]|\"|”)[。)]?$")
TIME_ONLY = re.compile(r"(?:20\d\d|\d{1,2}[月.]|今年|年底|年内|长期|持续|常态|每|按|[上下]半年|第?[一二三四]季度|即日)")
NOBODY = re.compile(r"^(?:无|-+|/|暂无|待定)$")


@dataclass(frozen=True)
class Mention:
    """A unit named in a view: ``start``–``end`` cover the name; ``name`` is cleaned and completed."""

    name: str
    role: str
    start: int
    end: int
    rule: str
    confidence: float


def read_units(view: View, start: int, end: int, *, role: str | None, rule: str, strict: bool) -> list[Mention]:
    """Return the units in ``view[start:end]``.

    ``role`` is the label's role, None where only phrases give one (then names without a phrase are dropped);
    ``strict`` accepts only what reads as a unit's name and starts afresh after anything else.
    """
    found: list[Mention] = []
    waiting: list[Mention] = []
    for piece in split_list(view, start, end):
        name, phrase_role, own_role = _take_role(view, piece)
        if name is not None:
            key = view.key[name.start : name.end]
            if SAME.match(key) or NOBODY.match(key):
                continue
            if (strict or role is None) and not is_unit_like(key):
                if role is None or not TIME_ONLY.match(key):  # "（市民政局，2024年6月底）" goes on
                    waiting = []
                continue
            if not strict and not _plausible(key):
                continue
            mention = _mention(view, name, own_role or role or "", rule)
            if own_role:
                found.append(mention)
            else:
                waiting.append(mention)
        if phrase_role:
            found.extend(replace(m, role=phrase_role, rule=f"{rule}+phrase") for m in waiting)
            waiting = []
    if role is not None:
        found.extend(waiting)
    return _complete(sorted(found, key=lambda mention: mention.start), view)


def has_role_phrase(view: View, start: int, end: int) -> bool:
    """Tell whether some piece of ``view[start:end]`` ends in a role phrase."""
    return any(_take_role(view, piece)[1] for piece in split_list(view, start, end))


def is_unit_list(view: View, start: int, end: int) -> bool:
    """Tell whether ``view[start:end]`` names units and says nothing else: "县公安局、财政局，各乡镇（街道）"."""
    names = 0
    for piece in split_list(view, start, end):
        name, phrase, _own = _take_role(view, piece)
        if name is not None:
            if not is_unit_like(view.key[name.start : name.end]) or name.end - name.start < 3:
                return False
            names += 1
        elif not phrase:
            return False
    return names > 0


def leads_in_prose(view: View) -> Iterator[Mention]:
    """Yield the units that running text says take the lead: "市民政局牵头集中开展…"."""
    for match in LEAD_IN_PROSE.finditer(view.key):
        if is_unit_like(match["name"]) and not COLLECTIVE.match(match["name"]):
            start, end = match.span("name")
            yield Mention(view.plain[start:end], "lead", start, end, "lead-in-prose", 0.7)


def duties_in_prose(view: View) -> Iterator[Mention]:
    """Yield the units of "由市民政局负责核查…": only for a task that names its units in no other way."""
    for match in DUTY_IN_PROSE.finditer(view.key):
        role = "lead" if match["verb"] == "牵头" else "responsible"
        yield from read_units(view, *match.span("names"), role=role, rule="duty-in-prose", strict=True)


def first_leads(mentions: list[Mention], others: str | None) -> list[Mention]:
    """Apply a note "the first unit is the lead one": the first leads, the others get ``others`` when given."""
    if not mentions or any(mention.role == "lead" for mention in mentions):
        return mentions
    first, rest = mentions[0], mentions[1:]
    return [replace(first, role="lead", rule=f"{first.rule}+first-leads")] + [
        replace(mention, role=others) if others else mention for mention in rest
    ]


def _take_role(view: View, piece: Piece) -> tuple[Piece | None, str | None, str | None]:
    """Return (name, role for the waiting group, role of this name alone) of one piece."""
    start, end = piece.start, piece.end
    own_role = None
    key = view.key[start:end]
    while key and key[-1] in "。)" and (key[-1] == "。" or key.count("(") < key.count(")")):
        end -= 1
        key = view.key[start:end]
    if len(key) > 2 and (key[0] in LEAD_MARKS or key[-1] in LEAD_MARKS):
        own_role = "lead"
        start, end = start + (key[0] in LEAD_MARKS), end - (key[-1] in LEAD_MARKS)
        key = view.key[start:end]
    if marked := ROLE_IN_BRACKETS.search(key):
        own_role = BRACKET_ROLES.get(marked["role"], "lead")
        if marked.end() < len(key) and not re.match(r"等|$", key[marked.end() :]):
            own_role = own_role if marked.start() else None
        end = start + marked.start()
        key = view.key[start:end]
    if person := PERSON.search(key):
        end = start + person.start()
        key = view.key[start:end]
    if lead := LEADING.match(key):
        start += lead.end()
        key = view.key[start:end]
    phrase_role = None
    if own_role is None:
        for role, pattern in ROLE_PHRASES:
            if (phrase := pattern.search(key)) and phrase[0]:
                phrase_role = role
                end = start + phrase.start()
                key = view.key[start:end]
                break
    if tail := ET_CETERA.search(key):
        end = start + tail.start()
        key = view.key[start:end]
    for index in range(max(start + 3, end - 4), end - 1):
        if view.gap(index) and _is_person(view.key[index:end]) and SURE_ENDING.search(view.key[start:index]):
            end = index
            break
    return (Piece(start, end) if end > start else None), phrase_role, own_role


def _is_person(key: str) -> bool:
    """Tell whether what follows a unit's name and a space reads as somebody's name: 市水务局 王某某."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", key)) and not is_unit_like(key) and not SECOND_HALF.match(key)


def _plausible(key: str) -> bool:
    """Tell whether an item of a labelled list can be a name at all."""
    return 2 <= len(key) <= 60 and not re.fullmatch(r"[\d\W_]+", key) and not re.search(r"\d月|\d日|年底|[。:]", key)


def _mention(view: View, name: Piece, role: str, rule: str) -> Mention:
    confidence = 0.95 if is_unit_like(view.key[name.start : name.end]) else 0.6
    return Mention(view.plain[name.start : name.end].strip("\n"), role, name.start, name.end, rule, confidence)


def _complete(mentions: list[Mention], view: View) -> list[Mention]:
    """Give names the level prefix that the list printed only once."""
    level: str | None = None
    done: list[Mention] = []
    for mention in mentions:
        key = view.key[mention.start : mention.end]
        name = restore_prefix(mention.name, key, level)
        done.append(mention if name == mention.name else replace(mention, name=name, rule=f"{mention.rule}+level"))
        level = level_of(mention.name, key) or level
    return done
