"""The body of the matrix as HTML. A page may hold fourteen thousand cells: a template would take seconds for them."""

from collections.abc import Iterator
from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from forms.reporting.matrix.rules import Count, Verdict
from forms.reporting.matrix.services import Cell, Column, Matrix, Row
from forms.reporting.matrix.wording import percent, words_of, worked_out


def body(found: Matrix) -> SafeString:
    """The rows of the table, one for each unit."""
    draw = _Drawing()
    return mark_safe("\n".join(draw.row(row) for row in found.rows))  # noqa: S308 - every part is escaped below


def rate_cell(count: Count) -> SafeString:
    """A narrow cell: the share over what it is made of; the sentence for whoever points at it or has it read aloud."""
    rate = count.completeness
    if rate.percent is None:
        return format_html('<td class="rate">—</td>')
    said = _("Completeness %(rate)s; timeliness %(timely)s") % {
        "rate": worked_out(rate),
        "timely": worked_out(count.timeliness),
    }
    return format_html(
        '<td class="rate{}" title="{}"><b>{}</b><br><span aria-hidden="true">{}/{}</span>'
        '<span class="visually-hidden">{}</span></td>',
        " rate--overdue" if count.overdue else "",
        said,
        percent(rate),
        rate.part,
        rate.whole,
        said,
    )


def column_cell(column: Column) -> SafeString:
    """The same for a period; one that has not opened has no share yet."""
    if not column.is_upcoming:
        return rate_cell(column.count)
    said = _("Not open yet")
    return format_html('<td class="rate" title="{}">—<span class="visually-hidden">{}</span></td>', said, said)


class _Drawing:
    """Draws what is the same once."""

    def __init__(self) -> None:
        self.address = reverse("submissions:detail", args=[0]).replace("0", "%d")
        self.inside = lru_cache(maxsize=None)(self._inside)

    def row(self, row: Row) -> str:
        ended = row.unit.valid_until if row.has_ended else None
        mark = format_html(' <span class="ended">{}</span>', _("ended %(day)s") % {"day": ended}) if ended else ""
        name = format_html("{}{}", row.unit, mark)
        cells = "".join(self._cells(row.cells))
        return f'<tr><th scope="row">{name}</th>{rate_cell(row.count)}{cells}</tr>'

    def _cells(self, cells: list[Cell]) -> Iterator[str]:
        for cell in cells:
            opening, closing = self.inside(cell.verdict, cell.report is not None)
            yield f"{opening}{self.address % cell.report}{closing}" if cell.report is not None else opening

    def _inside(self, found: Verdict, is_link: bool) -> tuple[str, str]:
        """The cell up to the address and after it; the whole cell and nothing where there is no link."""
        kind, words, mark = found.kind, escape(words_of(found)), escape(found.kind.mark)
        overdue = " is-overdue" if found.overdue else ""
        begin = f'<td class="mx mx--{kind.value}{overdue}">'
        if is_link:
            return f'{begin}<a href="', f'" title="{words}" aria-label="{words}">{mark}</a></td>'
        return f'{begin}<span role="img" title="{words}" aria-label="{words}">{mark}</span></td>', ""
