"""A file of laws and regulations: one JSON object a line, gzipped or not, the text in Markdown.

Required: id, title, text (chapters are headings, articles begin a line with 第…条). Optional: level, category, region,
published, effective (ISO dates), doc_no, history (lines on adoption and amendment), status (current_in_snapshot,
superseded, repealed), is_latest, source_path.
"""

import datetime
import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from home.policies.articles import Line
from home.policies.enums import DocumentKind, Validity

KINDS = {
    "宪法": DocumentKind.CONSTITUTION,
    "法律": DocumentKind.LAW,
    "行政法规": DocumentKind.ADMINISTRATIVE_REGULATION,
    "地方性法规": DocumentKind.LOCAL_REGULATION,
    "部门规章": DocumentKind.DEPARTMENTAL_RULE,
    "司法解释": DocumentKind.JUDICIAL_INTERPRETATION,
    "案例": DocumentKind.CASE,
}
SUPERSEDED = "superseded"
VALIDITIES = {
    "current_in_snapshot": Validity.IN_FORCE,
    SUPERSEDED: Validity.AMENDED,
    "repealed": Validity.REPEALED,
}
NATIONAL = "全国"
_CONGRESS = re.compile(r"第[^届]{1,4}届(全国)?人民代表大会(常务委员会)?")
_COURTS = ("最高人民法院", "最高人民检察院")
_DATED = re.compile(r"^\S*[年月日]\s*")
_HEADING = re.compile(r"^(#+)\s*(.*)$")
LONGEST = {"title": 255, "doc_number": 80, "heading": 200, "region": 40}


class LawError(ValueError):
    """What is wrong with one document."""


@dataclass(frozen=True)
class Law:
    """One document of the file, checked."""

    key: str
    title: str
    kind: DocumentKind
    validity: Validity
    topic: tuple[str, ...]
    issuers: tuple[str, ...]
    region: str
    doc_number: str
    published_on: datetime.date | None
    effective_on: datetime.date | None
    lines: tuple[Line, ...]
    source: str
    is_older: bool = False
    """Whether the file has a newer version of it."""


@dataclass(frozen=True)
class Failed:
    """A document that cannot be taken."""

    line: int
    key: str
    title: str
    error: str


def read_laws(path: Path) -> Iterator[tuple[int, Law | Failed]]:
    """The documents of a file with their line numbers; one that is wrong does not keep the others back.

    Raises:
        OSError: the file cannot be opened or read to its end.
    """
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _read(number, line)


def opened(path: Path) -> IO[bytes]:
    """A file to be read, gzipped or not."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _read(number: int, line: bytes) -> Law | Failed:
    values: Any = {}
    try:
        values = json.loads(line)
        return law_of(values)
    except KeyError as missing:
        return _failed(number, values, f"{missing} is missing")
    except (ValueError, TypeError, AttributeError) as wrong:
        return _failed(number, values, str(wrong))


def _failed(number: int, values: Any, error: str) -> Failed:
    known = values if isinstance(values, dict) else {}
    return Failed(number, str(known.get("id", "")), str(known.get("title", ""))[:80], error)


def law_of(values: dict[str, Any]) -> Law:
    """One object of the file.

    Raises:
        KeyError: a required value is missing.
        LawError: a value that cannot be taken; it says which.
    """
    key, title, text = str(values["id"]).strip(), _line(values["title"]), str(values["text"])
    if not key or not title:
        raise LawError("id or title is empty")
    if "\x00" in text:
        raise LawError("the text contains a character that no database takes (U+0000)")
    level, category, region = (str(values.get(name) or "") for name in ("level", "category", "region"))
    law = Law(
        key=key,
        title=title,
        kind=KINDS.get(level, DocumentKind.OTHER),
        validity=VALIDITIES.get(str(values.get("status") or ""), Validity.UNKNOWN),
        topic=_topic(level, category, region),
        issuers=_issuers(level, category, title, [_line(one) for one in values.get("history") or ()]),
        region=region or (NATIONAL if level in KINDS else ""),
        doc_number=_line(values.get("doc_no") or ""),
        published_on=_day(values, "published"),
        effective_on=_day(values, "effective"),
        lines=tuple(_lines(text, title)),
        source=str(values.get("source_path") or ""),
        is_older=values.get("is_latest") is False or values.get("status") == SUPERSEDED,
    )
    for name in ("title", "doc_number", "region"):
        if len(getattr(law, name)) > LONGEST[name]:
            raise LawError(f"{name} is longer than {LONGEST[name]} characters")
    if not law.lines:
        raise LawError("text is empty")
    return law


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise LawError(f"{value!r} is no text")
    return " ".join(unicodedata.normalize("NFC", value).split())


def _day(values: dict[str, Any], name: str) -> datetime.date | None:
    written = values.get(name)
    if not written:
        return None
    try:
        return datetime.date.fromisoformat(unicodedata.normalize("NFKC", str(written)).strip())
    except ValueError as wrong:
        raise LawError(f"{name}: {written!r} is no date") from wrong


def _lines(text: str, title: str) -> Iterator[Line]:
    """The text without the title over it."""
    for written in text.splitlines():
        line = " ".join(written.split())
        if not line:
            continue
        heading = _HEADING.match(line)
        if heading is None:
            yield Line(line)
        elif len(heading[1]) > 1 or heading[2].strip() != title:
            words = heading[2].strip()
            if len(words) > LONGEST["heading"]:
                yield Line(words)
            elif words:
                yield Line(words, level=2 if len(heading[1]) <= 2 else 3)


def _topic(level: str, category: str, region: str) -> tuple[str, ...]:
    below = region or category.partition("/")[2] or category
    return tuple(one for one in (level, below if below != level else "") if one)


def _issuers(level: str, category: str, title: str, history: list[str]) -> tuple[str, ...]:
    """Who adopted it: as the history says, else as its level does."""
    if level == "行政法规":
        return ("国务院",)
    if level == "部门规章":
        return tuple(one for one in (category.partition("/")[2],) if one)
    if level == "司法解释":
        said = f"{title.partition('关于')[0]} {' '.join(history)}"
        return tuple(court for court in _COURTS if court in said)
    for line in history:
        if found := _CONGRESS.search(line):
            place = NATIONAL if found[1] else _DATED.sub("", line[: found.start()]).strip()
            if place and len(place) <= 12:
                return (f"{place}人民代表大会{found[2] or ''}",)
    return ("全国人民代表大会",) if level in ("宪法", "法律") else ()
