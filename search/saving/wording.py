"""A question in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.engines.base import Sort
from search.parameters import Asked
from search.presentation import chips, value_label
from search.saving.models import LONGEST_NAME

JOINT = " · "
CUT = "…"


def default_name(asked: Asked) -> str:
    """A name made of what is asked for: the words, then the chosen values and dates."""
    values = [value_label(name, value) for name, chosen in asked.chosen.items() for value in chosen]
    dates = [
        words % {"day": date_format(day, "DATE_FORMAT")}
        for words, day in ((_("from %(day)s"), asked.since), (_("until %(day)s"), asked.until))
        if day
    ]
    name = JOINT.join(part for part in [asked.text, *values, *dates] if part)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(CUT)] + CUT


def described(asked: Asked) -> list[str]:
    """Everything that the question says, part by part: the words, each filter, and what else was chosen."""
    parts = [asked.text] if asked.text else []
    parts += [chip.label for chip in chips(asked)]
    if asked.complete:
        parts.append(_("with all the words"))
    if asked.sort is Sort.DATE:
        parts.append(pgettext("search order", "newest first"))
    return parts
