"""Rates in templates."""

from django import template
from django.utils.safestring import SafeString

from forms.collection.rules import Rate
from forms.reporting.matrix.drawing import column_cell as drawn_for_column
from forms.reporting.matrix.drawing import rate_cell as drawn
from forms.reporting.matrix.rules import Count
from forms.reporting.matrix.services import Column
from forms.reporting.matrix.wording import worked_out as words

register = template.Library()


@register.filter
def worked_out(rate: Rate) -> str:
    """12 / 15 = 80 %."""
    return words(rate)


@register.filter
def rate_cell(count: Count) -> SafeString:
    """A cell of the matrix with the share and what it is made of."""
    return drawn(count)


@register.filter
def column_cell(column: Column) -> SafeString:
    """The cell over a column: how far all units are with the period."""
    return drawn_for_column(column)
