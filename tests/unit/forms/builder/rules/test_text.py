"""What cannot be seen goes, what can be seen stays."""

from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rules.text import clean_line, clean_text, half_width


def test_what_cannot_be_seen_is_removed() -> None:
    assert clean_text("a\0b\x07c") == "abc"
    assert clean_text("附件\u202efdp.exe") == "附件fdp.exe"
    assert clean_text("\ufeff检\u200b查\u200e") == "检查"
    assert clean_text("half \ud83d pair") == "half  pair"


def test_what_can_be_seen_stays() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean_text(family) == family
    assert clean_text("䶮㙓𠀀") == "䶮㙓𠀀"
    assert clean_text("a\tb") == "a\tb"


def test_lines_end_alike_and_one_line_is_one_line() -> None:
    assert clean_text("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    assert clean_line("一\r\n  二\t三") == "一 二 三"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\0" not in once
    once.encode("utf-8")


def test_full_width_letters_and_digits_become_plain_ones() -> None:
    assert half_width(" １３８ＡＢ％\u200b") == "138AB%"
