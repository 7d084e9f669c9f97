"""Notes that speak of all tasks at once: who leads, what a missing date means, units left out of the lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from portal.programmes.plan_import.assignments import Mention, read_units
from portal.programmes.plan_import.deadlines import find_deadlines
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.drafts import DraftTask, proposed_unit
from portal.programmes.plan_import.folding import View, view
from portal.programmes.plan_import.intervals import Intervals
from portal.programmes.plan_import.proposal import ProposedDeadline, ProposedUnit
from portal.programmes.plan_import.years import Years

MAX_NOTES = 20
SENTENCE = re.compile(r"[^。!?;]+[。!?;]?")
_FIRST = r"(?:(?:列|排|位|居|名列|排名|排序)?(?:在)?(?:第一个|第一位|第一名|第一|首个|首位|最前|最前面|首)(?:位)?)"
FIRST_LEADS = re.compile(
    rf"(?:{_FIRST}[^。;]{{0,14}}?(?:为|是|作为|即|系|担任|负责)[^。;,]{{0,4}}?牵头|牵头(?:单位|部门)[^。;]{{0,8}}?(?:为|是|由|取|即){_FIRST})"
)
OTHERS = re.compile(
    r"(?:其他|其余|其它|后面|之后|后续|余者)[^。;,]{0,8}?(?:为|是|作为|负责)[^。;,]{0,3}?(?P<role>配合|协助|协办|参与|责任|落实)"
)
NO_DATE = re.compile(
    r"(?:未|没有|无|凡未|不)(?:具体|明确|单独|特别|另行|逐项|再)*(?:注明|明确|标注|列明|写明|载明|规定|标明|设定|确定|限定|列出)?[^。;,]{0,10}?"
    r"(?:时限|时间|期限|时间节点|日期)[^。;,]{0,10}?(?:的|任务|事项|工作|,|均|一律|按)"
)
ALL_TASKS = re.compile(
    r"(?:各项|所有|全部|上述|以上|下列|以下|每项|本表|表中|表内|本方案|前述|本清单|清单)[^。;]{0,12}?(?:任务|工作|事项|措施|举措|项目)|任务[^。;]{0,10}均|均[^。;]{0,8}任务"
)
NOT_LISTED = re.compile(
    r"(?:不再|不另|不)(?:逐一|逐项|一一|单独|重复|分别|另行)?(?:列出|列入|列示|列|标注|注明|重复|赘列)"
)
APPLIES = re.compile(r"均|都|一律|负责|落实|配合|为[^。;]{0,12}?(?:责任|配合|牵头|落实|参与)(?:单位|部门)?|参与|纳入")
RANGE = re.compile(r"第?(?P<a>\d{1,2})(?:项|条)?(?:-|至|到)第?(?P<b>\d{1,2})(?:项|条)")
ROLE_WORDS = (("assisting", re.compile(r"配合|协助|参与|协办")), ("lead", re.compile(r"牵头")))
UNITS_PHRASE = re.compile(
    r"(?:由|需|需要|要求|为|请|涉及|和)?(?P<units>(?:各|市|县|区|省|全|属地|有关)[^。;:]{1,60}?)(?=(?:均|都|负责|贯彻|具体|按|落实|配合|为|作为|组织|共同|要|应|须|不再|同时|参与|承担|抓好|结合|,|$))"
)
OTHERS_ROLES = {"责任": "responsible", "落实": "responsible"}


@dataclass
class Note:
    """A unit or deadline that a note gives to every task, or to those numbered in ``numbers``."""

    units: list[ProposedUnit] = field(default_factory=list)
    deadlines: list[ProposedDeadline] = field(default_factory=list)
    numbers: range | None = None


@dataclass
class Notes:
    """All notes of a document."""

    first_leads: Span | None = None
    others_role: str | None = None
    default_deadlines: list[ProposedDeadline] = field(default_factory=list)
    added: list[Note] = field(default_factory=list)
    places: Intervals = field(default_factory=Intervals)

    def first_leads_at(self, _offset: int) -> bool:
        """Tell whether the first unit of a list leads."""
        return self.first_leads is not None

    def covers(self, piece: View) -> bool:
        """Tell whether ``piece`` is nothing but a note."""
        start, end = piece.offsets[0], piece.offsets[-1]
        free = sum(right - left for left, right in self.places.gaps(start, end))
        return free * 10 < (end - start) * 3


def read_notes(views: list[View], years: Years) -> Notes:
    """Return the notes found anywhere in the document, sentence by sentence."""
    notes = Notes()
    for piece in views:
        for sentence in SENTENCE.finditer(piece.key):
            _read_sentence(notes, piece, sentence.start(), sentence.end(), years)
    return notes


def apply_notes(notes: Notes, drafts: list[DraftTask]) -> None:
    """Give the drafts what the notes say; what a task states itself stays."""
    for index, draft in enumerate(drafts, 1):
        if not draft.deadlines and draft.same_deadlines is None:
            draft.deadlines.extend(notes.default_deadlines)
        for note in notes.added:
            number = _plain_number(draft.number) or index
            if note.numbers is not None and number not in note.numbers:
                continue
            known = {unit.name for unit in draft.units}
            draft.units.extend(unit for unit in note.units if unit.name not in known)


def _read_sentence(notes: Notes, piece: View, start: int, end: int, years: Years) -> None:
    sentence = piece.key[start:end]
    if len(sentence) > 200:
        return
    if FIRST_LEADS.search(sentence):
        notes.first_leads = piece.span(start, end)
        others = OTHERS.search(piece.key, start, min(len(piece.key), end + 40))
        if others:
            notes.others_role = OTHERS_ROLES.get(others["role"], "assisting")
        notes.places.add(*piece.span(start, end))
        return
    if missing := NO_DATE.search(sentence):
        part = view(piece.text, piece.span(start + missing.end() - 1, end))
        found = find_deadlines(part, years, slot=True)
        if found:
            notes.default_deadlines = [replace(d, rule=f"{d.rule}+note", implicit=True) for d in found[:1]]
            notes.places.add(*piece.span(start, end))
        return
    numbered = RANGE.search(sentence)
    everywhere = ALL_TASKS.search(sentence)
    if not (everywhere or numbered) or not (
        NOT_LISTED.search(sentence) or re.search(r"均|都|所有|全部|各项|每项", sentence)
    ):
        return
    if not APPLIES.search(sentence):
        return
    units = _units_of(piece, start, end)
    if units and len(notes.added) < MAX_NOTES:
        numbers = range(int(numbered["a"]), int(numbered["b"]) + 1) if numbered else None
        notes.added.append(Note(units=[proposed_unit(piece, unit, implicit=True) for unit in units], numbers=numbers))
        notes.places.add(*piece.span(start, end))


def _units_of(piece: View, start: int, end: int) -> list[Mention]:
    """Return the units a note names, with the role its verb gives."""
    sentence = piece.key[start:end]
    role = next((name for name, pattern in ROLE_WORDS if pattern.search(sentence)), "responsible")
    for match in UNITS_PHRASE.finditer(sentence):
        left, right = match.span("units")
        units = read_units(piece, start + left, start + right, role=role, rule="note", strict=True)
        units = [replace(u, role=role, confidence=0.75) for u in units if not re.search(r"任务|单位$", u.name)]
        if units:
            return units
    return []


def _plain_number(printed: str | None) -> int | None:
    from portal.programmes.plan_import.markers import ordinal

    return ordinal(printed.replace("（", "(").replace("）", ")")) if printed else None
