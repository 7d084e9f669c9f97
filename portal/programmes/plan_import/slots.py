"""Slots of a task: "（牵头单位：A；配合单位：B；完成时限：C）", lines "责任单位：A", brackets without labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from portal.programmes.plan_import.assignments import TIME_ONLY, Mention, has_role_phrase, is_unit_list, read_units
from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.intervals import Intervals
from portal.programmes.plan_import.slot_keys import SLOT, SPACED_SLOT, WORDED_SLOT, role_of
from portal.programmes.plan_import.unit_names import is_unit_like, split_list

BRACKET = re.compile(r"[(\[](?P<inner>[^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*)[)\]]")
ROLE_WORD = re.compile(r"牵头|负责|配合|落实|分工|主办|协办|参与|承办|协助")
SAME_AS_ABOVE = re.compile(r"同上|同前")
STARTS_A_LIST = re.compile(r"(?:[省市县区州旗盟]|各|自治|团)[\u4e00-\u9fff]")
DATED = re.compile(r"\d月|\d日|\d{4}年|年底|年内|季度|半年|长期|持续|常态")
MAX_ENDING = 300
SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")


@dataclass
class SlotReading:
    """What the slots of one stretch say; ``time_values`` are stretches of the view, ``taken`` all that slots cover."""

    units: list[Mention] = field(default_factory=list)
    time_values: list[tuple[int, int]] = field(default_factory=list)
    taken: Intervals = field(default_factory=Intervals)
    same_units: list[tuple[int, int, str]] = field(default_factory=list)
    """Where units are "the same as above", and the label's role."""
    same_time: tuple[int, int] | None = None
    labelled: bool = False


def read_slots(view: View) -> SlotReading:
    """Return the labelled slots of ``view``, and its brackets that hold nothing but an assignment."""
    reading = SlotReading()
    matches = _labels(view)
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(view.key)
        end = _value_end(view.key, match.end(), limit)
        start = match.start()
        if start and view.key[start - 1] in "([":
            start -= 1
        closed = view.key[end : end + 1] in (")", "]")
        reading.taken.add(start, end + 1 if closed else end)
        if match["units"]:
            _take_units(reading, view, match, end)
        elif match["time"]:
            if SAME_AS_ABOVE.match(view.key, match.end(), end):
                reading.same_time = (match.end(), end)
            else:
                reading.time_values.append((match.end(), end))
    _read_brackets(reading, view)
    if not reading.units and not reading.labelled:
        _read_ending(reading, view)
    reading.units.sort(key=lambda mention: mention.start)
    return reading


def _labels(view: View) -> list[re.Match[str]]:
    """Return the labels of slots in order: with a colon, in a box, or set off by white space."""
    key = view.key
    found = [
        match
        for match in SLOT.finditer(key)
        if match.start() == 0 or not _is_han(key[match.start() - 1]) or view.gap(match.start())
    ]
    known = Intervals(match.span() for match in found)
    for match in SPACED_SLOT.finditer(key):
        start, end = match.span()
        set_off = start == 0 or key[start - 1] in "。;,([" or view.gap(start)
        if view.gap(end) and set_off and not known.overlaps(start, end):
            found.append(match)
    found.extend(match for match in WORDED_SLOT.finditer(key) if not known.overlaps(*match.span()))
    return sorted(found, key=lambda match: match.start())


def read_sentences(view: View) -> list[Mention]:
    """Return assignments that make up a clause, for tasks without slots: "由市民政局牵头，市公安局配合。"."""
    found: list[Mention] = []
    for sentence in SENTENCE.finditer(view.key):
        if ROLE_WORD.search(sentence[0]):
            found.extend(read_units(view, sentence.start(), sentence.end(), role=None, rule="sentence", strict=True))
    return found


def _take_units(reading: SlotReading, view: View, match: re.Match[str], end: int) -> None:
    reading.labelled = True
    if SAME_AS_ABOVE.match(view.key, match.end(), end):
        reading.same_units.append((match.end(), end, role_of(match)))
        return
    rule = "slot-" + (match["verb"] or match["bare"] or "")
    worded = match.re is WORDED_SLOT
    units = read_units(view, match.end(), end, role=role_of(match), rule=rule, strict=worded)
    reading.units.extend(units)
    last = max((unit.end for unit in units), default=match.end())
    if DATED.search(view.key, last, end):  # "责任单位：市水务局，2024年6月底前完成"
        reading.time_values.append((last, end))


def _value_end(key: str, start: int, limit: int) -> int:
    """Return where a slot's value ends: at the next label, an unmatched bracket, a full stop."""
    depth = 0
    for index in range(start, limit):
        char = key[index]
        if char in "([":
            depth += 1
        elif char in ")]":
            if not depth:
                return index
            depth -= 1
        elif char in "。!?" and not depth:
            return index
    while limit > start and key[limit - 1] in "([;,、":
        limit -= 1
    return limit


def _read_brackets(reading: SlotReading, view: View) -> None:
    """Read brackets such as "（市民政局牵头，市公安局按职责分工负责，2021年底前完成）"."""
    for match in BRACKET.finditer(view.key):
        if not reading.taken.overlaps(*match.span("inner")):
            _read_bracket(reading, view, match, *match.span("inner"))
        elif ROLE_WORD.search(match["inner"]):  # "（市民政局牵头，市公安局配合；完成时限：9月底前）"
            for start, end in list(reading.taken.gaps(*match.span("inner"))):
                _read_bracket(reading, view, match, start, end)


def _read_bracket(reading: SlotReading, view: View, match: re.Match[str], start: int, end: int) -> None:
    """Read what a bracket says between ``start`` and ``end``, its labelled slots left out."""
    whole = (start, end) == match.span("inner")
    if has_role_phrase(view, start, end):
        units = read_units(view, start, end, role=None, rule="bracket", strict=True)
    elif whole and not ROLE_WORD.search(match["inner"]) and _closing_list(view, match):
        units = read_units(view, start, end, role="responsible", rule="bracket-list", strict=True)
    else:
        return
    if units:
        reading.units.extend(units)
        reading.taken.add(*(match.span() if whole else (start, end)))
        reading.time_values.append((max(unit.end for unit in units), end))
        first = min(unit.start for unit in units)
        if first > start + 3:
            reading.time_values.append((start, first))


def _read_ending(reading: SlotReading, view: View) -> None:
    """Read units that end an item without a label: "…完成。——县公安局、各乡镇（街道）", or a line of its own."""
    key = view.key
    stop = len(key.rstrip("。;"))
    while stop and key[stop - 1] in ")]" and _is_open(key, stop):
        stop -= 1
    for sign, least in (("--", 1), ("。", 2), ("", 2)):
        found = key.rfind(sign, max(0, stop - MAX_ENDING), stop) if sign else 0
        if found < 0 or stop - found > MAX_ENDING:
            continue
        start = found + len(sign)
        if not is_unit_list(view, start, stop):
            continue
        units = read_units(view, start, stop, role="responsible", rule="ending", strict=True)
        if len(units) >= least and (sign == "--" or STARTS_A_LIST.match(key, start)):
            reading.units.extend(units)
            reading.taken.add(found, len(key))
            return


def _is_open(key: str, stop: int) -> bool:
    """Tell whether the bracket that ends ``key[:stop]`` closes nothing within the reach of an ending."""
    tail = key[max(0, stop - MAX_ENDING) : stop]
    return tail.count("(") + tail.count("[") < tail.count(")") + tail.count("]")


def _closing_list(view: View, match: re.Match[str]) -> bool:
    """Tell whether a bracket at a sentence's end lists units, perhaps a time, and no more: "（市民政局、市公安局）"."""
    at_end = match.end() >= len(view.key) - 1 or view.key[match.start() - 1 : match.start()] == "。"
    keys = [view.key[piece.start : piece.end] for piece in split_list(view, *match.span("inner"))]
    names = [key for key in keys if not TIME_ONLY.match(key)]
    return at_end and bool(names) and all(is_unit_like(key) and len(key) >= 3 for key in names)


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
