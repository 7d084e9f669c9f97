"""Text as people type and paste it, without what cannot be seen."""

import re
import unicodedata

INVISIBLE = {
    *range(0x202A, 0x202F),  # bidirectional embeddings and overrides: they make 文fdp.exe look like 文exe.pdf
    *range(0x2066, 0x206A),  # bidirectional isolates
    0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB,
}  # fmt: skip
"""Characters nobody sees or types on purpose; they arrive by copying. Joiners of emoji (U+200D) stay."""

LINE_ENDS = re.compile(r"\r\n|\r|\u0085|\u2028|\u2029")


def clean_text(text: str) -> str:
    """The text without control characters, direction marks and outer space, with line feeds as its only line ends.

    Cleaned rather than refused: nobody could find and remove what cannot be seen. NUL would also not be stored by
    PostgreSQL, nor half of a surrogate pair by UTF-8.
    """
    if text.isprintable():  # no control, format or surrogate character: nearly every answer
        return text.strip()
    text = LINE_ENDS.sub("\n", text)
    kept = (
        char
        for char in text
        if char in "\n\t" or not (ord(char) in INVISIBLE or unicodedata.category(char) in ("Cc", "Cs"))
    )
    return "".join(kept).strip()


def clean_line(text: str) -> str:
    """As clean_text, on one line."""
    return re.sub(r"\s*[\n\t]\s*", " ", clean_text(text))


def half_width(text: str) -> str:
    """As clean_line, with full-width digits, letters and signs as plain ones: ５０％ is 50%."""
    return unicodedata.normalize("NFKC", clean_line(text)).strip()
