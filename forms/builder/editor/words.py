"""What the page's scripts say, and what they must know of field types. Sent once with the questions."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = dict[str, "str | Promise"]

SLOTS: Words = {
    "show": pgettext_lazy("logic", "Condition for showing"),
    "require": pgettext_lazy("logic", "Condition for requiring an answer"),
    "enable": pgettext_lazy("logic", "Condition for allowing an answer"),
    "value": pgettext_lazy("logic", "Calculation"),
    "check": pgettext_lazy("logic", "What must hold"),
}

SET: Words = {
    "show": pgettext_lazy("logic", "Set when it is shown"),
    "require": pgettext_lazy("logic", "Set when it must be answered"),
    "enable": pgettext_lazy("logic", "Set when it may be answered"),
    "value": pgettext_lazy("logic", "Set the calculation"),
    "check": pgettext_lazy("logic", "Set what must hold"),
}

SENTENCES: Words = {
    "show": pgettext_lazy("logic", "Shown when %(condition)s"),
    "require": pgettext_lazy("logic", "Must be answered when %(condition)s"),
    "enable": pgettext_lazy("logic", "May be answered when %(condition)s"),
    "value": pgettext_lazy("logic", "= %(condition)s"),
    "check": pgettext_lazy("logic", "Must hold: %(condition)s"),
}

HINTS: Words = {
    "show": pgettext_lazy("logic", "The question is asked only where this holds. What is not asked takes no answer."),
    "require": pgettext_lazy("logic", "The question must be answered where this holds."),
    "enable": pgettext_lazy("logic", "The question is always seen, but takes an answer only where this holds."),
    "value": pgettext_lazy("logic", "The answer is worked out from others and cannot be typed."),
    "check": pgettext_lazy(
        "logic", "The message is shown where this does not hold. What is not answered yet is let pass."
    ),
}

OPERATORS: Words = {
    "is": pgettext_lazy("logic", "is"),
    "is_not": pgettext_lazy("logic", "is not"),
    "less": pgettext_lazy("logic", "is less than"),
    "at_most": pgettext_lazy("logic", "is at most"),
    "more": pgettext_lazy("logic", "is greater than"),
    "at_least": pgettext_lazy("logic", "is at least"),
    "date.less": pgettext_lazy("logic", "is before"),
    "date.at_most": pgettext_lazy("logic", "is not after"),
    "date.more": pgettext_lazy("logic", "is after"),
    "date.at_least": pgettext_lazy("logic", "is not before"),
    "blank": pgettext_lazy("logic", "is not answered"),
    "given": pgettext_lazy("logic", "is answered"),
    "contains": pgettext_lazy("logic", "contains"),
    "contains_not": pgettext_lazy("logic", "does not contain"),
    "one_of": pgettext_lazy("logic", "is one of"),
    "none_of": pgettext_lazy("logic", "is none of"),
}

HOW: Words = {
    "sum": pgettext_lazy("logic", "sum"),
    "average": pgettext_lazy("logic", "average"),
    "least": pgettext_lazy("logic", "least"),
    "greatest": pgettext_lazy("logic", "greatest"),
    "count": pgettext_lazy("logic", "number of rows"),
}

PATTERNS: Words = {
    "chain": pgettext_lazy("logic", "Arithmetic: A + B − C × D ÷ E"),
    "total": pgettext_lazy("logic", "Sum of several questions"),
    "column": pgettext_lazy("logic", "Sum, average … of a table’s column"),
    "percent": pgettext_lazy("logic", "Percentage: A ÷ B × 100"),
    "last": pgettext_lazy("logic", "Difference to the last period"),
    "between": pgettext_lazy("logic", "Days between two dates"),
    "shift": pgettext_lazy("logic", "A date so many days later"),
    "if": pgettext_lazy("logic", "If … then … otherwise"),
    "text": pgettext_lazy("logic", "Joined text"),
    "take": pgettext_lazy("logic", "Take over another answer"),
}

WORDS: Words = {
    "and": pgettext_lazy("logic", "and"),
    "or": pgettext_lazy("logic", "or"),
    "all": pgettext_lazy("logic", "all of these hold"),
    "any": pgettext_lazy("logic", "one of these holds"),
    "joined": pgettext_lazy("logic", "Holds where"),
    "group": pgettext_lazy("logic", "Conditions in brackets"),
    "addRow": pgettext_lazy("logic", "Add a condition"),
    "addGroup": pgettext_lazy("logic", "Add brackets"),
    "removeRow": pgettext_lazy("logic", "Remove this condition"),
    "removeGroup": pgettext_lazy("logic", "Remove these brackets"),
    "question": pgettext_lazy("logic", "Question"),
    "operator": pgettext_lazy("logic", "Comparison"),
    "value": pgettext_lazy("logic", "Value"),
    "source": pgettext_lazy("logic", "where it comes from"),
    "choose": pgettext_lazy("logic", "Please choose"),
    "fixed": pgettext_lazy("logic", "a fixed value"),
    "today": pgettext_lazy("logic", "today"),
    "todayShift": pgettext_lazy("logic", "days from today"),
    "daysFromToday": pgettext_lazy("logic", "Days from today; before today with a minus"),
    "todayPlus": pgettext_lazy("logic", "today + %(count)s days"),
    "todayMinus": pgettext_lazy("logic", "today − %(count)s days"),
    "lastOf": pgettext_lazy("logic", "last period’s %(label)s"),
    "lastGroup": pgettext_lazy("logic", "Last accepted report"),
    "rowGroup": pgettext_lazy("logic", "In the same row"),
    "tableGroup": pgettext_lazy("logic", "%(label)s (all rows)"),
    "totalOf": pgettext_lazy("logic", "the sum of %(parts)s"),
    "columnOf": pgettext_lazy("logic", "the %(how)s of %(label)s"),
    "rowsOf": pgettext_lazy("logic", "the number of rows of %(label)s"),
    "columnWhere": pgettext_lazy("logic", "%(column)s (only rows where %(condition)s)"),
    "chainBlank": pgettext_lazy(
        "logic",
        "Blank as soon as one of these is not answered. “Sum of several questions” counts what is not answered as 0.",
    ),
    "untitled": pgettext_lazy("logic", "(without a name)"),
    "deleted": pgettext_lazy("logic", "(a question that was deleted)"),
    "deletedChoice": pgettext_lazy("logic", "(a choice that was deleted)"),
    "retired": pgettext_lazy("logic", "%(label)s (retired)"),
    "yes": pgettext_lazy("logic", "Yes"),
    "no": pgettext_lazy("logic", "No"),
    "na": pgettext_lazy("logic", "Not applicable"),
    "nothing": pgettext_lazy("logic", "nothing"),
    "cases": pgettext_lazy("logic", "; "),
    "listed": pgettext_lazy("logic", ", "),
    "quote": pgettext_lazy("logic", "“%(text)s”"),
    "apply": pgettext_lazy("logic", "Apply"),
    "cancel": pgettext_lazy("logic", "Cancel"),
    "clear": pgettext_lazy("logic", "Remove it"),
    "discard": pgettext_lazy("logic", "Discard"),
    "goOn": pgettext_lazy("logic", "Go on editing"),
    "unsaved": pgettext_lazy("logic", "What you changed here has not been applied yet."),
    "close": pgettext_lazy("logic", "Close"),
    "inWords": pgettext_lazy("logic", "In words"),
    "incomplete": pgettext_lazy("logic", "Please complete what is marked."),
    "empty": pgettext_lazy("logic", "Add at least one condition, or remove the whole of it."),
    "dialogTitle": pgettext_lazy("logic", "%(slot)s: %(label)s"),
    "advanced": pgettext_lazy("logic", "Advanced expression"),
    "advancedHelp": pgettext_lazy(
        "logic", "It came with an import and cannot be shown row by row. It is kept as it is until it is replaced."
    ),
    "advancedShow": pgettext_lazy("logic", "Show the expression"),
    "replace": pgettext_lazy("logic", "Replace by a new one"),
    "edit": pgettext_lazy("logic", "Change"),
    "none": pgettext_lazy("logic", "None yet"),
    "noQuestions": pgettext_lazy("logic", "There is no other question that could be used here."),
    "broken": pgettext_lazy("logic", "A question that this refers to was deleted. Please choose another."),
    "pattern": pgettext_lazy("logic", "Kind of calculation"),
    "patternNone": pgettext_lazy("logic", "Choose a kind of calculation"),
    "how": pgettext_lazy("logic", "What to work out"),
    "column": pgettext_lazy("logic", "Column"),
    "onlyRows": pgettext_lazy("logic", "Only rows for which a condition holds"),
    "rowsWhere": pgettext_lazy("logic", "Rows that count"),
    "term": pgettext_lazy("logic", "Part"),
    "number": pgettext_lazy("logic", "Number"),
    "text": pgettext_lazy("logic", "Text"),
    "addTerm": pgettext_lazy("logic", "Add a part"),
    "removeTerm": pgettext_lazy("logic", "Remove this part"),
    "first": pgettext_lazy("logic", "A (the part)"),
    "second": pgettext_lazy("logic", "B (the whole)"),
    "from": pgettext_lazy("logic", "From"),
    "to": pgettext_lazy("logic", "To"),
    "date": pgettext_lazy("logic", "Date"),
    "plusDays": pgettext_lazy("logic", "Later by"),
    "unit": pgettext_lazy("logic", "Unit"),
    "days": pgettext_lazy("logic", "days"),
    "months": pgettext_lazy("logic", "months"),
    "this": pgettext_lazy("logic", "This period"),
    "last": pgettext_lazy("logic", "Last period"),
    "case": pgettext_lazy("logic", "If"),
    "then": pgettext_lazy("logic", "Then"),
    "otherwise": pgettext_lazy("logic", "Otherwise"),
    "addCase": pgettext_lazy("logic", "Add another case"),
    "removeCase": pgettext_lazy("logic", "Remove this case"),
    "questions": pgettext_lazy("logic", "Questions"),
    "betweenOf": pgettext_lazy("logic", "days from %(from)s to %(to)s"),
    "shiftDays": pgettext_lazy("logic", "%(date)s + %(count)s days"),
    "shiftMonths": pgettext_lazy("logic", "%(date)s + %(count)s months"),
    "percentOf": pgettext_lazy("logic", "%(first)s ÷ %(second)s × 100"),
    "ifOf": pgettext_lazy("logic", "%(then)s if %(condition)s"),
    "otherwiseOf": pgettext_lazy("logic", "%(cases)s, otherwise %(value)s"),
    "placeGroup": pgettext_lazy("logic", "Table: %(label)s"),
    "wholeTable": pgettext_lazy("logic", "%(label)s (whole table)"),
    "calculated": pgettext_lazy("logic", "calculated"),
    "section": pgettext_lazy("logic", "Before the first section"),
    "required": pgettext_lazy("logic", "required"),
    "conditional": pgettext_lazy("logic", "conditional"),
    "brokenList": pgettext_lazy("logic", "Questions were deleted that these still refer to:"),
    "brokenOne": pgettext_lazy("logic", "“%(label)s”: %(slot)s"),
    "marks": pgettext_lazy("logic", "%(label)s (%(marks)s)"),
    "pageGroup": pgettext_lazy("logic", "Page %(page)s %(section)s"),
}


def facts() -> dict[str, dict[str, Any]]:
    """What scripts must know of each field type: its kind in expressions, and whether it is numbered."""
    from forms.builder.fields import FIELD_TYPES

    return {
        name: {"kind": one.logic_type.value if one.logic_type else None, "answers": one.takes_answer}
        for name, one in FIELD_TYPES.items()
    }


def shared() -> dict[str, Any]:
    """Everything of it."""
    return {
        "slots": SLOTS,
        "set": SET,
        "sentences": SENTENCES,
        "hints": HINTS,
        "operators": OPERATORS,
        "how": HOW,
        "patterns": PATTERNS,
        "words": WORDS,
        "types": facts(),
    }
