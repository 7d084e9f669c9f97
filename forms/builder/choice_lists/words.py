"""Every word that the scripts of the page editor show, in the editor's language."""

from django.utils.translation import gettext, pgettext


def grid_words() -> dict[str, str]:
    """The grid's words; %(…)s is filled in by the script."""
    return {
        "label": gettext("Choice"),
        "code": gettext("Code"),
        "codes": gettext("Show codes"),
        "within": gettext("Belongs to"),
        "withinHelp": gettext("Several are separated by “、”. Left blank, the choice is always offered."),
        "retired": gettext("No longer offered"),
        "row": gettext("Choice %(number)s"),
        "add": gettext("Add a choice"),
        "remove": pgettext("line", "Remove"),
        "up": gettext("Move up"),
        "down": gettext("Move down"),
        "import": gettext("Import from a workbook"),
        "undo": gettext("Undo"),
        "more": gettext("Show %(count)s more"),
        "hint": gettext("A column copied from Excel can be pasted into any line; so can code and choice side by side."),
        "count": gettext("%(count)s choices, %(retired)s of them no longer offered"),
        "added": gettext("%(count)s choices added."),
        "known": gettext("%(count)s stood in the list already."),
        "removed": gettext("“%(label)s” removed."),
        "kept": gettext("“%(label)s” has been published: it stays readable in reports and is no longer offered."),
        "undone": gettext("Taken back."),
        "reading": gettext("Reading the table …"),
        "failed": gettext("The table could not be sent. Please try again."),
        "most": gettext("At most %(most)s choices fit; the rest was left out."),
        "twice": gettext("“%(label)s” stands in the list twice."),
        "badCode": gettext("A code has 1–64 letters, digits, - and _, and stands in the list once."),
        "noParent": gettext("“%(label)s” is no choice of the question that decides."),
    }


def statement_words() -> dict[str, str]:
    """The grid's words where its lines are the statements of a matrix, which nobody chooses."""
    return {
        **grid_words(),
        "label": gettext("Statement"),
        "retired": gettext("No longer asked"),
        "row": gettext("Statement %(number)s"),
        "add": gettext("Add a statement"),
        "hint": gettext(
            "A column copied from Excel can be pasted into any line; so can code and statement side by side."
        ),
        "count": gettext("%(count)s statements, %(retired)s of them no longer asked"),
        "added": gettext("%(count)s statements added."),
        "kept": gettext("“%(label)s” has been published: it stays readable in reports and is no longer asked."),
        "most": gettext("At most %(most)s statements fit; the rest was left out."),
    }


def parent_words() -> dict[str, str]:
    """Words of the menu of questions."""
    return {
        "none": gettext("All choices are always offered"),
        "gone": gettext("(a question that is no longer in the form)"),
        "same": gettext("in the same row"),
        "unnamed": gettext("(without a name)"),
    }


def unit_words() -> dict[str, str]:
    """Words of the menu of units."""
    return {"none": gettext("All units"), "gone": gettext("%(name)s (no longer among the units)")}
