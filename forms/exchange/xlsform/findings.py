"""What the reader of a workbook has to say: each sentence with its sheet, row and column."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


def place(row: int | None = None, column: str = "", sheet: str = "survey") -> str:
    """Where, in words: 工作表 survey 第 5 行（relevant）."""
    if row is None and not column:
        return _("Sheet %(sheet)s") % {"sheet": sheet}
    if row is None:
        return _("Sheet %(sheet)s (%(column)s)") % {"sheet": sheet, "column": column}
    if not column:
        return _("Sheet %(sheet)s, row %(row)d") % {"sheet": sheet, "row": row}
    return _("Sheet %(sheet)s, row %(row)d (%(column)s)") % {"sheet": sheet, "row": row, "column": column}


@dataclass
class Findings:
    """Sentences collected while reading."""

    unsupported: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def leave_out(self, sentence: str, row: int | None = None, column: str = "", sheet: str = "survey") -> None:
        """Something that could not be taken over."""
        self._add(self.unsupported, sentence, place(row, column, sheet))

    def warn(self, sentence: str, row: int | None = None, column: str = "", sheet: str = "survey") -> None:
        """Something that was taken over otherwise than it stands there."""
        self._add(self.warnings, sentence, place(row, column, sheet))

    def _add(self, sentences: list[str], sentence: str, where: str) -> None:
        whole = _("%(place)s: %(fault)s") % {"place": where, "fault": sentence}
        if whole not in sentences:
            sentences.append(whole)
