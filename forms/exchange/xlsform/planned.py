"""A question of the form to be, and the row of the workbook it comes from."""

from dataclasses import dataclass, field

from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.foreign_types import TypeCell
from forms.exchange.xlsform.headings import Line
from forms.exchange.xlsform.portal_sheet import Entry, mark_of_lines
from forms.exchange.xlsform.sheets import mark


@dataclass
class Planned:
    """A question of the form to be, and the row it comes from."""

    line: Line
    key: str
    type: str
    cell: TypeCell
    table: str = ""
    """Key of the table whose column it is."""
    label: str = ""
    """Stands instead of the row's own label."""
    conditions: tuple[Line, ...] = ()
    """Groups around it whose conditions it carries."""
    base: FieldSchema | None = None
    """The question as the portal wrote it, if the row is still of the same type."""
    entry: Entry = field(default_factory=dict)
    children: list["Planned"] = field(default_factory=list)
    """Columns of a table."""
    statements: list[Line] = field(default_factory=list)
    """Of a matrix."""
    other_of: str = ""
    """Key of the choice to which this is "other, please specify"."""
    is_added: bool = False
    """Whether no row asks for it."""
    fault: str = ""
    """Why its calculation cannot be read; such a question is left out."""

    @property
    def name(self) -> str:
        """Its name in the workbook."""
        return self.line.get("name")

    def changed(self, *columns: str) -> bool:
        """Whether one of the cells is not as the portal wrote it; always for what the portal did not write."""
        written = self.entry.get("written", {})
        return self.base is None or any(
            (mark([self.line.get(column)]) if self.line.get(column) else "") != written.get(column, "")
            for column in columns
        )

    @property
    def has_written_statements(self) -> bool:
        """Whether the statements of a matrix are as the portal wrote them."""
        written = self.entry.get("written", {}).get("statements", "")
        return self.base is not None and mark_of_lines(line.cells for line in self.statements) == written


def title(line: Line) -> str:
    """What a reader calls the row."""
    return line.get("label") or line.get("name") or line.get("type")
