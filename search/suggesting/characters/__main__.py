"""Makes the tables anew: `python -m search.suggesting.characters FONT` (a file of Noto Sans CJK)."""

import sys
from pathlib import Path

from search.suggesting.characters.known import SHAPES, SOUNDS
from search.suggesting.characters.making import shapes, sounds, written


def main() -> None:
    """Write both tables."""
    SOUNDS.write_text(written(sounds(), ["Readings without tones, from the dictionary of pypinyin (MIT)."]), "utf-8")
    said = ["Characters that look alike, measured on glyphs of Noto Sans CJK (SIL Open Font License 1.1)."]
    SHAPES.write_text(written(shapes(Path(sys.argv[1])), said), "utf-8")


if __name__ == "__main__":
    main()
