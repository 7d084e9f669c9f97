"""Which year a date without a year means: the nearest one printed earlier in the running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from portal.files.numerals import VALUES
from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.intervals import Intervals

YEAR = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?=年(?!第?\d+号)|[-至到](?:20\d\d|\d{1,2}[-./月])|[./]\d{1,2}(?!\d)|[-/]\d{1,2}[-/])"
    r"|(?P<c>二[〇Oo][〇一二三四五六七八九]{2})(?=年)"
)
BOOK_TITLE = re.compile(r"《[^》]{0,200}》")
OUTDATED = 3
FAR_AHEAD = 6


def year_number(printed: str) -> int:
    """Return 2021 for ``2021`` and for ``二〇二一`` (folded)."""
    if printed.isdigit() and printed.isascii():
        return int(printed)
    return int("".join(str(VALUES.get(char, 0)) for char in printed))


class Years:
    """All years of a document by position.

    Years of document numbers (〔2020〕14号) never count; a year inside 《》, and one far from the plan's own time (小区
    of 2000, targets of 2035), counts only when there is no other.
    """

    def __init__(self, views: Iterable[View]) -> None:
        strong: list[tuple[int, int]] = []
        weak: list[tuple[int, int]] = []
        for view in views:
            titles = Intervals(match.span() for match in BOOK_TITLE.finditer(view.key))
            for match in YEAR.finditer(view.key):
                quoted = titles.contains(match.start())
                found = (view.offsets[match.start()], year_number(match["y"] or match["c"]))
                (weak if quoted else strong).append(found)
        usual = Counter(year for _offset, year in strong).most_common(1)
        if usual:
            centre = usual[0][0]
            weak += [item for item in strong if not centre - OUTDATED < item[1] < centre + FAR_AHEAD]
            strong = [item for item in strong if centre - OUTDATED < item[1] < centre + FAR_AHEAD]
        self._found = sorted(strong) or sorted(weak)
        self._offsets = [offset for offset, _year in self._found]

    def before(self, offset: int) -> int | None:
        """Return the nearest year printed before ``offset``; without one the first year of the document, or None."""
        if not self._found:
            return None
        index = bisect_left(self._offsets, offset)
        return self._found[max(index - 1, 0)][1]
