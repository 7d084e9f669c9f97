"""Lines of Chinese set to both edges.

WeasyPrint widens the spaces between words, and Chinese has none: its lines would end raggedly wherever a figure or a
stop leaves half a square free. Here what is left over is shared out between the characters (CSS Text 3, 7.3:
inter-character), as Word and WPS do. WeasyPrint has no place of its own for that, so one function of its layout is
changed for as long as a page is made; a test measures the lines, should another version work differently.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SQUARES_LEFT_OVER = 3
"""A line with more to share, as one before a long address, is left as it is."""


@contextmanager
def spread_lines() -> Iterator[None]:
    """Within it, justified lines that are mostly Chinese reach both edges. Not for several threads at once."""
    from weasyprint.layout import inline

    words = inline.justify_line

    def justify(context: Any, line: Any, extra: float) -> None:
        boxes = list(_texts(line, inline.boxes))
        length = sum(len(box.text) for box in boxes)
        if 2 * sum(_wide(box.text) for box in boxes) < length or length < 2:
            words(context, line, extra)
        elif extra <= SQUARES_LEFT_OVER * line.style["font_size"]:
            _spread(context, line, extra / (length - 1), inline)

    inline.justify_line = justify
    try:
        yield
    finally:
        inline.justify_line = words


def _texts(box: Any, kinds: Any) -> Iterator[Any]:
    if isinstance(box, kinds.TextBox):
        yield box
    elif isinstance(box, kinds.LineBox | kinds.InlineBox):
        for child in box.children:
            yield from _texts(child, kinds)


def _wide(text: str) -> int:
    return sum(unicodedata.east_asian_width(character) in "WFA" for character in text)


def _spread(context: Any, box: Any, gap: float, inline: Any, advance: float = 0) -> float:
    """Widen the box by a gap for each of its characters; gives how far what follows is moved."""
    box.position_x += advance
    begun = advance
    if isinstance(box, inline.boxes.TextBox):
        style = box.style.copy()
        spacing = style["letter_spacing"]
        style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
        layout = inline.create_layout(box.text, style, context, None, box.justification_spacing)
        layout.deactivate()
        box.style, box.pango_layout = style, layout
        advance += gap * len(box.text)
    elif isinstance(box, inline.boxes.LineBox | inline.boxes.InlineBox):
        # The first one is the line itself: it stands where it stood.
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(context, child, gap, inline, advance)
    else:
        box.position_x -= advance
        box.translate(advance, 0)
    box.width += advance - begun
    return advance
