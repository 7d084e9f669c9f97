"""What everything that reads a row of the sheet survey needs."""

from typing import Any

from django.utils.translation import gettext as _

from forms.exchange.xlsform.choice_lists import ChoiceLists
from forms.exchange.xlsform.findings import Findings
from forms.exchange.xlsform.headings import Line
from forms.exchange.xlsform.planned import Planned, title
from forms.exchange.xlsform.rule_book import RuleBook
from forms.exchange.xlsform.xpath.reader import from_xpath
from forms.exchange.xlsform.xpath.scope import Scope
from forms.exchange.xlsform.xpath.tokens import XPathError

YES = frozenset({"yes", "true", "true()"})
NO = frozenset({"", "no", "false", "false()"})
NOTES = frozenset({"note", "rich_note"})


class RowReader:
    """Reads a part of each row."""

    def __init__(self, scope: Scope, lists: ChoiceLists, rules: RuleBook, findings: Findings) -> None:
        self.scope, self.lists, self.rules, self.findings = scope, lists, rules, findings

    def leave_out(self, planned: Planned, sentence: str, column: str) -> None:
        """Name a cell that was not taken."""
        self.findings.leave_out(sentence, planned.line.number, column)

    def here(self, planned: Planned, *, own: bool = False) -> Scope:
        """The scope of the row's expressions."""
        mine = self.scope.by_key(planned.key, planned.table)
        return self.scope.at(table=planned.table, own=mine if own else None)

    def expression(self, planned: Planned, text: str, column: str, line: Line | None = None) -> Any:
        """The JsonLogic of a cell; None where it cannot be read, which is named."""
        try:
            return from_xpath(text, self.here(planned, own=column == "constraint"))
        except XPathError as error:
            row = (line or planned.line).number
            values = {"name": title(line or planned.line), "expression": text, "fault": error}
            sentence = _("“%(name)s”: “%(expression)s” was left out: %(fault)s")
            self.findings.leave_out(sentence % values, row, column)
            return None
