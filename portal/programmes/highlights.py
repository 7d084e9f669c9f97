"""The plan's text with its marks, ready for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.programmes.rules import Mark, segments

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: dict[str, StrOrPromise] = {
    "title": _("Title"),
    "action": _("Plan action"),
    "task": _("Task"),
    "unit": _("Unit"),
    "deadline": _("Time limit"),
    "phase": _("Phase"),
    "reporting": _("Reporting date"),
    "citation": _("Cited document"),
}
"""Kinds of marks in the order of the legend; `body`, the whole text of a task, is a ground and no mark of its own."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text: the rows that came from it, the row it leads to, and the rows whose words begin here."""

    text: str
    start: int
    keys: str
    kinds: str
    target: str
    label: str
    begins: tuple[str, ...]


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Cut the text by its marks; together the pieces are the text, character by character."""
    found = []
    for segment in segments(len(text), marks):
        inner = segment.marks[-1] if segment.marks and segment.marks[-1].kind in KINDS else None
        # A file often begins with empty lines; they stay in the text, so that places are right, but are not shown.
        gap = "plan-gap" if segment.start == 0 and not text[: segment.end].strip() else ""
        found.append(
            Piece(
                text=text[segment.start : segment.end],
                start=segment.start,
                keys=" ".join(dict.fromkeys(mark.key for mark in segment.marks)),
                kinds=" ".join(dict.fromkeys(f"mark--{mark.kind}" for mark in segment.marks)) or gap,
                target=inner.key if inner else "",
                label=f"{KINDS[inner.kind]}: {inner.label}" if inner else "",
                begins=tuple(dict.fromkeys(mark.key for mark in segment.begins)),
            )
        )
    return found
