"""Making the tables: sounds from pypinyin's dictionary, shapes by laying drawn characters over one another.

Nobody's list of confusable characters is copied: two characters look alike where the strokes of each lie on those of
the other, drawn in a font of the SIL Open Font License (Noto Sans CJK), which says nothing of what is measured.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from search.text import fold

FIRST, LAST = 0x4E00, 0x9FA5
READINGS = 3
"""So many readings of a character are kept: the rest is literature."""

SIDE, DRAWN = 48, 120
"""Pixels of a character as it is compared, and as it is drawn."""

ALIKE, MOST = 0.77, 6
"""How alike two must be, from 0 (as any two are that have as many strokes) to 1, and how many are kept for one."""


def common() -> list[str]:
    """The 6,763 characters of GB 2312-80, which are all that anybody types by mistake."""
    return [chr(point) for point in range(FIRST, LAST + 1) if _is_common(chr(point))]


def sounds() -> dict[str, str]:
    """Syllable → characters."""
    from pypinyin import Style, pinyin

    found: dict[str, list[str]] = defaultdict(list)
    for character in filter(_is_folded, map(chr, range(FIRST, LAST + 1))):
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0][:READINGS]:
            if syllable.isascii():
                found[syllable].append(character)
    return {syllable: "".join(found[syllable]) for syllable in sorted(found)}


def shapes(font: Path) -> dict[str, str]:
    """Character → characters that look like it, the most alike first."""
    drawn = {character: _Drawn(character, font) for character in common()}
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one, other, share in _pairs(drawn):
        found[one].append((share, other))
        found[other].append((share, one))
    return {one: "".join(other for _share, other in sorted(found[one], reverse=True)[:MOST]) for one in sorted(found)}


class _Drawn:
    """A character as a number of SIDE x SIDE bits: its strokes, and its strokes with a little around them."""

    def __init__(self, character: str, font: Path) -> None:
        image = Image.new("L", (DRAWN, DRAWN))
        type_face = ImageFont.truetype(font, DRAWN * 5 // 6)
        ImageDraw.Draw(image).text((DRAWN / 2, DRAWN / 2), character, fill=255, font=type_face, anchor="mm")
        small = image.resize((SIDE, SIDE), Image.Resampling.BOX).point(lambda shade: 255 if shade > 96 else 0)
        self.strokes = _bits(small)
        self.around = _bits(ImageChops.lighter(small, small.filter(ImageFilter.MaxFilter(3))))
        self.size = self.strokes.bit_count()
        self.dark = self.around.bit_count() / SIDE**2

    def covered_by(self, other: "_Drawn") -> float:
        """How much of these strokes lies on or beside the other's, beyond what would by chance (as Cohen's kappa)."""
        return ((self.strokes & other.around).bit_count() / self.size - other.dark) / (1 - other.dark)


def _bits(image: Image.Image) -> int:
    return int.from_bytes(image.convert("1").tobytes(), "big")


def _pairs(drawn: dict[str, _Drawn]) -> Iterator[tuple[str, str, float]]:
    """Pairs that are alike enough."""
    rows = sorted(drawn.items(), key=lambda item: item[1].size)
    for place, (one, first) in enumerate(rows):
        for other, second in rows[place + 1 :]:
            if second.size * ALIKE > first.size / ALIKE:
                break
            share = min(first.covered_by(second), second.covered_by(first))
            if share >= ALIKE:
                yield one, other, share


def _is_folded(character: str) -> bool:
    """Whether it is compared as it is: traditional characters are not."""
    return fold(character) == character


def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def written(table: dict[str, str], says: Iterable[str]) -> str:
    """A table as a file: what it is, then a line for each entry."""
    return "".join(
        [*(f"# {line}\n" for line in says), *(f"{about}\t{characters}\n" for about, characters in table.items())]
    )
