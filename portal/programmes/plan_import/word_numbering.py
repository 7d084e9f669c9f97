"""Word's automatic numbering, printed as Word prints it (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from portal.programmes.plan_import.docx_text import W
from portal.programmes.plan_import.number_formats import format_number

PLACEHOLDER = re.compile(r"%([1-9])")
HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
CONTENTS_STYLE = re.compile(r"^(?:toc|目录)\s*[1-9]$", re.IGNORECASE)
MAX_STYLE_DEPTH = 12
BULLET = "● "  # Word keeps bullets as private codes of symbol fonts; any of them is shown as this one


@dataclass
class Level:
    """One level of a list."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    suffix: str = "tab"
    paragraph_style: str | None = None


@dataclass
class List:
    """One ``w:num``: the levels of its abstract list with its own overrides; lists of one kind share counters."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts list paragraphs in reading order; ask once per paragraph."""

    def __init__(self, numbering: Any | None, styles: Any) -> None:
        self.styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.lists = _lists(numbering, self.styles) if numbering is not None else {}
        self.counters: dict[str, dict[int, int]] = {}
        self.started: set[str] = set()

    def printed(self, paragraph: Any) -> str:
        """Return the number Word prints before ``paragraph`` ("（一）"), or "" when it prints none."""
        number, depth = self._reference(paragraph)
        chosen = self.lists.get(number or "")
        if chosen is None or number is None or depth not in chosen.levels:
            return ""
        counters = self.counters.setdefault(chosen.abstract, {})
        if number not in self.started:
            self.started.add(number)
            counters.update({start_depth: start - 1 for start_depth, start in chosen.starts.items()})
        level = chosen.levels[depth]
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            restart = chosen.levels[deeper].restart if deeper in chosen.levels else None
            if restart is None or 0 < depth + 1 <= restart:
                del counters[deeper]
        if level.number_format == "bullet":
            return BULLET
        if level.number_format == "none":
            return ""
        text = PLACEHOLDER.sub(lambda match: self._value(chosen, counters, level, int(match[1]) - 1), level.text)
        if not text:
            return ""
        return text if level.suffix == "nothing" else text + " "

    def outline_level(self, paragraph: Any) -> int | None:
        """Return the heading level (0 is the highest) of ``paragraph`` from itself or its style, else None."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is None:
            for style in self._styles_of(paragraph):
                name = style.find(f"{W}name")
                heading = HEADING_STYLE.match(name.get(f"{W}val", "")) if name is not None else None
                if heading:
                    return int(heading[1]) - 1
                own = style.find(f"{W}pPr/{W}outlineLvl")
                if own is not None:
                    break
        level = int(own.get(f"{W}val", "9")) if own is not None else 9
        return level if level < 9 else None

    def is_contents_line(self, paragraph: Any) -> bool:
        """Tell whether ``paragraph`` is a line of a table of contents, by its style."""
        names = (style.find(f"{W}name") for style in self._styles_of(paragraph))
        return any(name is not None and CONTENTS_STYLE.match(name.get(f"{W}val", "")) for name in names)

    def _value(self, chosen: List, counters: dict[int, int], current: Level, depth: int) -> str:
        level = chosen.levels.get(depth, Level())
        number_format = "decimal" if current.legal else level.number_format
        return format_number(counters.get(depth, level.start), number_format)

    def _reference(self, paragraph: Any) -> tuple[str | None, int]:
        """Return the list and level of a paragraph: its own, or the ones its style gives."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = _number_of(own)
        if number is not None:
            return (None, 0) if number == "0" else (number, depth or 0)
        for style in self._styles_of(paragraph):
            number, styled_depth = _number_of(style.find(f"{W}pPr/{W}numPr"))
            if number is None:
                continue
            if number == "0":
                return None, 0
            levels = self.lists[number].levels if number in self.lists else {}
            name = style.get(f"{W}styleId")
            linked = next((d for d, level in levels.items() if level.paragraph_style == name), None)
            chosen = depth if depth is not None else linked if linked is not None else styled_depth
            return number, chosen or 0
        return None, 0

    def _styles_of(self, paragraph: Any) -> list[Any]:
        reference = paragraph.find(f"{W}pPr/{W}pStyle")
        name = reference.get(f"{W}val") if reference is not None else None
        found: list[Any] = []
        while name in self.styles and len(found) < MAX_STYLE_DEPTH:
            style = self.styles[name]
            found.append(style)
            base = style.find(f"{W}basedOn")
            name = base.get(f"{W}val") if base is not None else None
        return found


def _number_of(properties: Any | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, depth = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number.get(f"{W}val") if number is not None else None,
        int(depth.get(f"{W}val", "0")) if depth is not None else None,
    )


def _lists(numbering: Any, styles: dict[str, Any]) -> dict[str, List]:
    abstracts: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for abstract in numbering.iter(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        abstracts[name] = {int(lvl.get(f"{W}ilvl", "0")): _level(lvl) for lvl in abstract.iter(f"{W}lvl")}
        link = abstract.find(f"{W}numStyleLink")
        if link is not None and not abstracts[name]:
            linked[name] = link.get(f"{W}val", "")
    lists: dict[str, List] = {}
    for num in numbering.iter(f"{W}num"):
        reference = num.find(f"{W}abstractNumId")
        abstract_name = reference.get(f"{W}val", "") if reference is not None else ""
        made = List(abstract_name, dict(abstracts.get(abstract_name, {})))
        for override in num.iter(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl", "0"))
            if (level := override.find(f"{W}lvl")) is not None:
                made.levels[depth] = _level(level)
            if (start := override.find(f"{W}startOverride")) is not None:
                made.starts[depth] = int(start.get(f"{W}val", "1"))
        lists[num.get(f"{W}numId", "")] = made
    for made in lists.values():  # a list that borrows its levels from a numbering style
        if made.abstract in linked:
            style = styles.get(linked[made.abstract])
            number, _depth = _number_of(style.find(f"{W}pPr/{W}numPr") if style is not None else None)
            if number in lists:
                made.levels = {**lists[number].levels, **made.levels}
    return lists


def _level(element: Any) -> Level:
    def value(name: str) -> str | None:
        child = element.find(f"{W}{name}")
        return child.get(f"{W}val", "") if child is not None else None

    restart = value("lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        start=int(value("start") or 1),
        number_format=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false"),
        restart=int(restart) if restart else None,
        suffix=value("suff") or "tab",
        paragraph_style=value("pStyle"),
    )
