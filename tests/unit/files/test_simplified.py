"""Traditional characters compared as simplified ones."""

import pytest

from portal.files.simplified import SIMPLIFIED

SIMPLIFIED_TOO = "乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽"
"""Of the 6,763 characters of GB 2312 those that are traditional as well; each is a rarer way to write another."""


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("救助管理站", "救助管理站"),
        ("臺灣醫療養老機構", "台湾医疗养老机构"),
        ("乾燥後發現頭髮", "干燥后发现头发"),
        ("裡裏麵麪鐘鍾", "里里面面钟钟"),
    ],
)
def test_traditional_text_becomes_simplified(traditional: str, simplified: str) -> None:
    assert traditional.translate(SIMPLIFIED) == simplified


def test_simplified_text_stays_as_it_is() -> None:
    codes = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(code.decode("gb2312", errors="ignore") for code in codes)
    assert len(characters) == 6763
    changed = {each for each in characters if each.translate(SIMPLIFIED) != each}
    assert changed == set(SIMPLIFIED_TOO)


def test_each_character_becomes_one_that_stays() -> None:
    for code, simplified in SIMPLIFIED.items():
        assert len(simplified) == 1
        assert max(code, ord(simplified)) <= 0xFFFF
        assert simplified.translate(SIMPLIFIED) == simplified
