"""Official documents to draw, and PDF files read as they lie on the table."""

import datetime
from dataclasses import dataclass
from typing import Any

import pypdfium2

from portal.files.official.document import Heading, OfficialDocument, Paragraph, Sentence, Source, Table

MILLIMETRE = 72 / 25.4
WORDS = (
    "全市各级各部门认真贯彻落实专项行动部署要求坚持问题导向目标导向结果导向细化工作举措压实工作责任推动各项任务落地见效"
)
"""Characters that are all of one width, without stops."""


def said(text: str, *notes: int) -> Paragraph:
    """A paragraph of one sentence."""
    return Paragraph((Sentence(text, notes),))


def official(**changed: Any) -> OfficialDocument:
    """A short roll-up with everything in it that a document may have, but the red head."""
    blocks = (
        said("现将第三季度工作情况汇总如下。"),
        Heading(1, "报送情况"),
        Paragraph((Sentence("应报60家，已报57家。", (1, 2, 3)), Sentence("完整率95.0%。", (5,)))),
        Table("各单位报送情况", ("单位", "应报"), (("一大队", "3"), ("二大队", "12")), frozenset({1}), (4,)),
        Heading(1, "主要做法"),
        Heading(2, "加强领导"),
        Heading(3, "成立专班"),
        Heading(4, "明确分工"),
        said("各单位主要负责人亲自抓。"),
        Heading(2, "突出重点"),
        Heading(3, "突出重点领域"),
        said("第一行。\n第二行。"),
    )
    sources = tuple(Source(n, f"第{n}大队", "第三季度小结", f"R-{n}", "2020-10-09", "主要做法") for n in range(1, 6))
    plain: dict[str, Any] = {
        "title": "关于第三季度工作的汇总报告",
        "blocks": blocks,
        "addressee": "市专项行动领导小组",
        "signature": "市专项办",
        "date": datetime.date(2020, 10, 12),
        "attachments": ("任务清单",),
        "sources": sources,
    }
    return OfficialDocument(**plain | changed)


def only(*blocks: Any, **more: Any) -> OfficialDocument:
    """A document of a title and these blocks."""
    return OfficialDocument("汇总报告", blocks, date=None, **more)


@dataclass(frozen=True)
class Printed:
    """A line on a page: its words, and in millimetres from the page's left and upper edge where it lies."""

    text: str
    left: float
    right: float
    foot: float
    size: float


def pages_of(content: bytes) -> list[list[Printed]]:
    """The printed lines of each page from top to bottom; raised numbers are lines of their own."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_lines(page) for page in document]
    finally:
        document.close()


def texts_of(content: bytes) -> list[str]:
    """The words of each page without spaces and line ends."""
    return ["".join("".join(line.text for line in lines).split()) for lines in pages_of(content)]


def page_sizes(content: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in millimetres."""
    document = pypdfium2.PdfDocument(content)
    try:
        return {(round(width / MILLIMETRE), round(height / MILLIMETRE)) for width, height in _sizes(document)}
    finally:
        document.close()


def _sizes(document: Any) -> list[tuple[float, float]]:
    return [page.get_size() for page in document]


def _lines(page: Any) -> list[Printed]:
    """Characters that stand on one base line, in the order of the file."""
    height = page.get_size()[1]
    text = page.get_textpage()
    found: dict[tuple[float, float], list[tuple[str, float, float]]] = {}
    for place in range(text.count_chars()):
        letter = text.get_text_range(place, 1)
        if not letter.strip():
            continue
        left, _, right, _ = text.get_charbox(place, loose=True)
        found.setdefault((_base(text, place, height), _size(text, place)), []).append((letter, left, right))
    lines = [
        Printed(
            "".join(letter for letter, _, _ in letters),
            letters[0][1] / MILLIMETRE,
            max(right for _, _, right in letters) / MILLIMETRE,
            base,
            size,
        )
        for (base, size), letters in found.items()
    ]
    return sorted(lines, key=lambda line: line.foot)


def _size(text: Any, place: int) -> float:
    """The size of a character's type in points, as the page is drawn."""
    matrix = pypdfium2.raw.FS_MATRIX()
    pypdfium2.raw.FPDFText_GetMatrix(text, place, matrix)
    size: float = pypdfium2.raw.FPDFText_GetFontSize(text, place)
    return round(size * matrix.a, 1)


def _base(text: Any, place: int, height: float) -> float:
    """How far the base line of a character lies below the upper edge, to a tenth of a millimetre."""
    across, up = pypdfium2.raw.c_double(), pypdfium2.raw.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, place, across, up)
    return round((height - up.value) / MILLIMETRE, 1)
