"""Changes in words, as an editor would tell them to a colleague. Pure but for the reader's language."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail import blocks

from forms.builder.blocks import RuleBlock
from forms.builder.fields import FIELD_TYPES
from forms.builder.rules import number_in_words
from forms.builder.schema import FieldSchema
from forms.builder.versions.comparing import Aspect, Change, Comparison, Line, Mark

LONGEST = 60
"""Characters of a text that are quoted; the whole of it stands in the columns beside."""


CONTEXT = 12
"""Characters before a difference that are quoted with it."""


def quoted(text: Any) -> str:
    """“The text”, cut where it is long; a dash for nothing."""
    words = str(text or "").strip().replace("\n", " ")
    if not words:
        return "—"
    short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return _("“%(words)s”") % {"words": short}


def cut(old: str, new: str) -> tuple[str, str]:
    """Two texts without the long beginning that they share, so that what differs is seen."""
    shared = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(min(old, new, key=len))
    )
    start = shared - CONTEXT
    if start <= CONTEXT or max(len(old), len(new)) <= LONGEST:
        return old, new
    return "…" + old[start:], "…" + new[start:]


def title_of(field: FieldSchema) -> str:
    """The question as lists name it; its type where it has no words."""
    return field.label or type_name(field.type)


def type_name(name: str) -> str:
    """The type as editors know it."""
    return str(FIELD_TYPES[name].label) if name in FIELD_TYPES else name


@cache
def setting_blocks(kind: str) -> dict[str, blocks.Block]:
    """The settings of a type, for their names."""
    return {**FIELD_TYPES[kind].shared_blocks(), **FIELD_TYPES[kind].option_blocks()} if kind in FIELD_TYPES else {}


def setting_name(kind: str, name: str) -> str:
    """A setting as the editor shows it."""
    block = setting_blocks(kind).get(name)
    return str(block.label) if block is not None and block.label else other_settings().get(name, _("Settings"))


def other_settings() -> dict[str, str]:
    """Settings that are no block of their own."""
    return {"prefill": _("Filled in beforehand"), "filter_by": _("Choices depend on"), "totals": _("Totals")}


def value_in_words(kind: str, name: str, value: Any) -> str:
    """A setting's value; empty where it would say nothing to an editor."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return number_in_words(value)
    block = setting_blocks(kind).get(name)
    if isinstance(block, blocks.ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    if isinstance(value, dict):
        return quoted(value["name"]) if "name" in value else ""
    return quoted(value) if isinstance(value, str) else ""


def slot_name(slot: str) -> str:
    """What a slot of logic decides."""
    return {
        "show": _("When it is asked"),
        "require": _("When it must be answered"),
        "enable": _("When it may be answered"),
        "value": _("Calculation"),
    }.get(slot, slot)


def mark_name(mark: Mark) -> str:
    """The mark in a word."""
    return {
        Mark.ADDED: pgettext("version", "Added"),
        Mark.REMOVED: pgettext("version", "Removed"),
        Mark.MOVED: pgettext("version", "Moved"),
        Mark.CHANGED: pgettext("version", "Changed"),
    }[mark]


MARK_ICONS = {Mark.ADDED: "plus", Mark.REMOVED: "minus", Mark.MOVED: "order", Mark.CHANGED: "edit"}
"""Wagtail's icons: a mark is never told by its colour alone."""


def from_to(what: str, old: str, new: str) -> str:
    """What was … and is now …."""
    if not old or not new:
        return _("%(what)s changed") % {"what": what}
    return _("%(what)s: %(old)s → %(new)s") % {"what": what, "old": old, "new": new}


def change_in_words(change: Change, kind: str = "") -> str:
    """One change of a question (of a type), a check or the form's heading."""
    match change.aspect:
        case Aspect.TYPE:
            return from_to(_("Question type"), type_name(change.old), type_name(change.new))
        case Aspect.REQUIRED:
            return _("Must be answered now") if change.new else _("Need not be answered any more")
        case Aspect.OPTION:
            values = [value_in_words(kind, change.name, one) for one in (change.old, change.new)]
            return from_to(setting_name(kind, change.name), *values)
        case Aspect.LOGIC:
            return logic_in_words(change)
        case Aspect.SEVERITY:
            return from_to(_("How strict"), severity_name(change.old), severity_name(change.new))
        case aspect if aspect in CHOICES:
            return choice_in_words(change)
        case _other:
            return text_in_words(change)


def text_in_words(change: Change) -> str:
    """A change of words, or of something that has none."""
    names = {
        Aspect.TITLE: _("Title"),
        Aspect.INTRO: _("Filling instructions"),
        Aspect.LABEL: _("Wording"),
        Aspect.HELP: _("Guidance"),
        Aspect.MESSAGE: _("Message"),
    }
    if change.aspect in names:
        old, new = cut(str(change.old or ""), str(change.new or ""))
        return from_to(names[change.aspect], quoted(old), quoted(new))
    return {Aspect.CHECK: _("What must hold changed"), Aspect.PLACE: _("The message stands elsewhere")}[change.aspect]


CHOICES = frozenset(
    {
        Aspect.CHOICE_ADDED,
        Aspect.CHOICE_REMOVED,
        Aspect.CHOICE_RETIRED,
        Aspect.CHOICE_REVIVED,
        Aspect.CHOICE_RENAMED,
        Aspect.CHOICE_NARROWED,
        Aspect.CHOICES_ORDERED,
    }
)


def choice_in_words(change: Change) -> str:
    """A change in a list of choices."""
    old, new = quoted(change.old), quoted(change.new)
    return {
        Aspect.CHOICE_ADDED: _("Choice added: %(new)s"),
        Aspect.CHOICE_REMOVED: _("Choice removed: %(old)s"),
        Aspect.CHOICE_RETIRED: _("Choice retired: %(old)s"),
        Aspect.CHOICE_REVIVED: _("Choice offered again: %(new)s"),
        Aspect.CHOICE_RENAMED: _("Choice reworded: %(old)s → %(new)s"),
        Aspect.CHOICE_NARROWED: _("Choice %(new)s is offered for other answers"),
        Aspect.CHOICES_ORDERED: _("Choices in another order"),
    }[change.aspect] % {"old": old, "new": new}


def logic_in_words(change: Change) -> str:
    """A condition or calculation that came, went or changed."""
    what = slot_name(change.name)
    if change.old is None:
        return _("%(what)s: condition added") % {"what": what} if change.name != "value" else _("Calculation added")
    if change.new is None:
        return _("%(what)s: condition removed") % {"what": what} if change.name != "value" else _("Calculation removed")
    return _("%(what)s: condition changed") % {"what": what} if change.name != "value" else _("Calculation changed")


def severity_name(value: str) -> str:
    """How strict a check is, as the editor shows it."""
    return str(dict(RuleBlock().child_blocks["severity"].field.choices).get(value, value))


def changes_of(line: Line) -> list[str]:
    """What happened to a question or a check, its columns aside."""
    kind = line.now.type if isinstance(line.now, FieldSchema) else ""
    words = [change_in_words(change, kind) for change in line.changes]
    if Mark.MOVED in line.marks:
        places = {"old": line.old_place, "new": line.new_place}
        words.insert(0, _("Moved from place %(old)d to place %(new)d") % places)
    return words


def told(line: Line) -> Iterator[str]:
    """What happened to a question, its columns with it, each in a sentence that stands alone."""
    yield from changes_of(line)
    for column in line.columns:
        if column.differs:
            marks = "、".join(mark_name(mark) for mark in sorted(column.marks))
            words = "；".join(changes_of(column))
            yield _("Column %(column)s: %(words)s") % {
                "column": quoted(title_of(column.now)),
                "words": words or marks,
            }


def in_one_line(comparison: Comparison) -> str:
    """The difference in numbers: 2 added, 1 removed, 3 changed; empty where there is none."""
    marks = [mark for line in comparison.questions for mark in line.marks]
    counted = (
        (marks.count(Mark.ADDED), lambda n: ngettext("%(n)d question added", "%(n)d questions added", n)),
        (marks.count(Mark.REMOVED), lambda n: ngettext("%(n)d removed", "%(n)d removed", n)),
        (marks.count(Mark.CHANGED), lambda n: ngettext("%(n)d changed", "%(n)d changed", n)),
        (marks.count(Mark.MOVED), lambda n: ngettext("%(n)d moved", "%(n)d moved", n)),
        (
            sum(line.differs for line in comparison.checks),
            lambda n: ngettext("%(n)d check changed", "%(n)d checks changed", n),
        ),
        (len(comparison.heading), lambda n: _("title or instructions changed")),
    )
    return listed(words(n) % {"n": n} for n, words in counted if n)


def listed(parts: Iterable[str]) -> str:
    """Some words in a row, with the comma of the reader's language."""
    return pgettext("between items of a list", ", ").join(parts)
