"""Drawings by hand: strokes of points with whole coordinates. Pure.

What comes from a browser is not believed: `drawing_of` gives a drawing within its bounds, or says that there is none.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeGuard

MAX_BYTES = 60_000
MAX_STROKES = 200
MAX_POINTS = 5_000
LEAST_POINTS = 5
"""Fewer are a slip of the finger."""
MAX_SIDE = 4_000


class NoDrawingError(ValueError):
    """The data describe no drawing."""


class SlightDrawingError(NoDrawingError):
    """There is a drawing, but hardly anything on it."""


@dataclass(frozen=True)
class Drawing:
    """Strokes as SVG's polylines take them, in a field of width × height."""

    width: int
    height: int
    strokes: tuple[str, ...]


def parse_drawing(text: str) -> dict[str, Any]:
    """{"strokes": [[x, y, x, y, …], …], "width": 600, "height": 200} of JSON; NoDrawingError for anything else."""
    if len(text) > MAX_BYTES:
        raise NoDrawingError
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoDrawingError from error
    return checked(data)


def checked(data: Any) -> dict[str, Any]:
    """The drawing with nothing else in it; NoDrawingError if a part is missing, odd or out of bounds."""
    if not isinstance(data, dict):
        raise NoDrawingError
    width, height, strokes = data.get("width"), data.get("height"), data.get("strokes")
    if not is_whole(width, 1, MAX_SIDE) or not is_whole(height, 1, MAX_SIDE):
        raise NoDrawingError
    if not isinstance(strokes, list) or not 0 < len(strokes) <= MAX_STROKES:
        raise NoDrawingError
    points = 0
    for stroke in strokes:
        if not isinstance(stroke, list) or not stroke or len(stroke) % 2:
            raise NoDrawingError
        points += len(stroke) // 2
        if points > MAX_POINTS:
            raise NoDrawingError
        if not all(is_whole(one, 0, width) for one in stroke[::2]):
            raise NoDrawingError
        if not all(is_whole(one, 0, height) for one in stroke[1::2]):
            raise NoDrawingError
    if points < LEAST_POINTS:
        raise SlightDrawingError
    return {"strokes": strokes, "width": width, "height": height}


def is_whole(value: Any, least: int, most: int) -> TypeGuard[int]:
    """Whether it is a whole number within bounds; in Python, true is one too."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def drawing_of(data: Any) -> Drawing | None:
    """The stored drawing for showing; None where there is none."""
    try:
        found = checked(data)
    except NoDrawingError:
        return None
    return Drawing(found["width"], found["height"], tuple(polyline(stroke) for stroke in found["strokes"]))


def polyline(stroke: list[int]) -> str:
    """x,y x,y …; a dot is drawn as a line to itself, since a single point would not be drawn at all."""
    points = [f"{x},{y}" for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    return " ".join(points if len(points) > 1 else points * 2)
