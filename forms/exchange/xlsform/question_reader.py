"""One row of the sheet survey as a question.

Where the portal wrote the row, the question is what its own sheet says, but for the cells that somebody has edited
since: those are read again. A cell that cannot be read is named, and the question is taken without it.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES
from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.choice_lists import ChoiceLists
from forms.exchange.xlsform.findings import Findings
from forms.exchange.xlsform.logic_reader import LogicReader
from forms.exchange.xlsform.option_reader import OptionReader
from forms.exchange.xlsform.planned import Planned, title
from forms.exchange.xlsform.row_reader import NOTES, YES, RowReader
from forms.exchange.xlsform.rule_book import RuleBook
from forms.exchange.xlsform.xpath.scope import Scope


class QuestionReader(RowReader):
    """Reads the rows of one form."""

    def __init__(self, scope: Scope, lists: ChoiceLists, rules: RuleBook, findings: Findings) -> None:
        super().__init__(scope, lists, rules, findings)
        self.logic = LogicReader(scope, lists, rules, findings)
        self.options = OptionReader(scope, lists, rules, findings)

    def read_all(self, plan: Iterable[Planned]) -> tuple[FieldSchema, ...]:
        """The questions in order, without those whose calculation cannot be read: they would have nothing to show."""
        for planned in plan:
            if planned.fault:
                values = {"name": title(planned.line), "fault": planned.fault}
                self.leave_out(planned, _("“%(name)s” was left out: %(fault)s") % values, "calculation")
        return tuple(self.read(planned) for planned in plan if not planned.fault)

    def read(self, planned: Planned) -> FieldSchema:
        """The question, a table with its columns."""
        base = planned.base or FieldSchema(planned.key, planned.type, "")
        label, help_text = self.words(planned, base)
        options = self.options.read(planned, base)
        self.logic.constrain(planned, options, label)
        return replace(
            base,
            label=label,
            help_text=help_text,
            required=self.required(planned, base),
            logic=self.logic.read(planned, base),
            options=options,
            columns=self.read_all(planned.children),
        )

    def words(self, planned: Planned, base: FieldSchema) -> tuple[str, str]:
        """Label and help. A note's words are its help; where it has no label, they stand in the column of labels."""
        if planned.label or planned.is_added:
            return planned.label, ""
        if not planned.changed("label", "hint"):
            return base.label, base.help_text
        label, hint = planned.line.get("label"), planned.line.get("hint")
        for column, text in (("label", label), ("hint", hint)):
            if "${" in text:
                sentence = _("“%(text)s” shows an answer within the wording; it was taken as it stands.")
                self.leave_out(planned, sentence % {"text": text}, column)
        if planned.type in NOTES:
            has_heading = bool(base.label) if planned.base else False
            if not has_heading:
                return "", "\n".join(part for part in (label, hint) if part)
            return (label if planned.changed("label") else base.label), (
                hint if planned.changed("hint") else base.help_text
            )
        if not label and planned.type == "page_break":
            return "", hint
        return (label or hint or planned.name) if planned.changed("label") else base.label, (
            (hint if label else "") if planned.changed("hint") else base.help_text
        )

    def required(self, planned: Planned, base: FieldSchema) -> bool:
        """Whether it must be answered always. Of a table the number of rows says it, of a matrix its statements."""
        if planned.type == "matrix":
            lines = planned.statements
            if planned.has_written_statements:
                return base.required
            return bool(lines) and all(line.get("required").casefold() in YES for line in lines)
        if planned.type == "table" or not planned.changed("required"):
            return base.required
        return planned.line.get("required").casefold() in YES and "require" in FIELD_TYPES[planned.type].logic_slots
