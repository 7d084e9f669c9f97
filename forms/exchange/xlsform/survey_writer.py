"""A form as the rows of an XLSForm workbook.

Sections and pages are groups, tables repeats, matrices groups with a question for each statement. What XLSForm cannot
say goes to the sheet `portal` alone (portal_sheet.py).
"""

from typing import Any

from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from forms.exchange.xlsform.cell_values import bounds, constant, list_lines, statements
from forms.exchange.xlsform.mapping import (
    GROUP,
    PATTERNS,
    REPEAT,
    Written,
    offered,
    written,
)
from forms.exchange.xlsform.names import INTRO, names_of
from forms.exchange.xlsform.portal_sheet import PortalSheet
from forms.exchange.xlsform.sheets import Cells, Sheets, cells, plain
from forms.exchange.xlsform.xpath.scope import Question, Scope, kind_of
from forms.exchange.xlsform.xpath.texts import InexpressibleError
from forms.exchange.xlsform.xpath.writer import to_xpath, to_xpath_condition

WITH_CHOICES = frozenset({"choice", "multiple_choice", "yes_no", "matrix"})


def scope_of(schema: FormSchema) -> Scope:
    """The names of all questions that expressions may use."""
    names = names_of(schema)
    found = [Question(names["", one.key], one.key, kind_of(one)) for one in schema if one.type != "matrix"]
    for table in schema:
        found += [
            Question(names[table.key, one.key], one.key, kind_of(one), table.key)
            for one in table.columns
            if one.type != "matrix"
        ]
    return Scope(tuple(found))


def sheets_of(schema: FormSchema, *, slug: str) -> Sheets:
    """The rows of all sheets."""
    return SurveyWriter(schema, slug).write()


class SurveyWriter:
    """Writes one form."""

    def __init__(self, schema: FormSchema, slug: str) -> None:
        self.schema, self.slug = schema, slug
        self.names = names_of(schema)
        self.scope = scope_of(schema)
        self.sheets = Sheets()
        self.portal = PortalSheet()
        self.shared_lists: set[str] = set()

    def write(self) -> Sheets:
        """All sheets."""
        self.intro()
        self.fields(self.schema.fields)
        has_pages = any(one.type == "page_break" for one in self.schema)
        self.sheets.settings = cells(
            form_title=plain(self.schema.title), form_id=self.slug, style="pages" if has_pages else ""
        )
        self.portal.form(self.schema, self.slug, self.sheets.settings)
        self.sheets.portal = self.portal.rows()
        return self.sheets

    def intro(self) -> None:
        """The introduction as a first note. A form without questions needs a row, too."""
        if self.schema.intro or not self.schema.fields:
            text = plain(self.schema.intro) or plain(self.schema.title) or INTRO
            row = cells(type="note", name=INTRO, label=text)
            self.sheets.survey.append(row)
            self.portal.intro(row)

    def fields(self, fields: tuple[FieldSchema, ...], table: FieldSchema | None = None) -> None:
        """Questions in order, each in the group of the heading before it."""
        open_page = open_section = False
        for field in fields:
            if field.type == "page_break":
                self.close(open_section + open_page)
                open_page, open_section = True, False
            elif field.type == "section":
                self.close(int(open_section))
                open_section = True
            self.field(field, table)
        self.close(open_section + open_page)

    def close(self, groups: int) -> None:
        """End so many groups."""
        self.sheets.survey += [{"type": "end_group"}] * groups

    def field(self, field: FieldSchema, table: FieldSchema | None) -> None:
        """The row or rows of one question."""
        name = self.names[table.key if table else "", field.key]
        own = self.scope.by_key(field.key, table.key if table else "")
        scope = self.scope.at(table=table.key if table else "", own=own)
        rules = self.rules_in_cell(field, table, scope)
        row = self.row(field, name, scope, rules)
        lines, inner = self.choices(field, name), list(statements(field, name))
        self.sheets.survey += [row, *inner]
        self.sheets.choices += lines
        self.portal.field(name, field, row, [] if field.type == "yes_no" else lines, inner, rules)
        if field.type == "matrix":
            self.close(1)
        elif field.type == "table":
            self.fields(field.columns, field)
            self.sheets.survey.append({"type": "end_repeat"})

    def row(self, field: FieldSchema, name: str, scope: Scope, rules: list[RuleSchema]) -> Cells:
        """The cells of the question's own row."""
        label, hint = self.words(field, name)
        look = self.look(field, name, scope)
        in_group = look.type in (GROUP, REPEAT)
        outside = scope.at(table="" if field.type == "table" else scope.table)
        constraint, message = self.constraint(field, scope, rules)
        return cells(
            type=look.type,
            name=name,
            label=label,
            hint=hint,
            required="" if in_group or look.type in ("note", "calculate", "hidden") else self.required(field, outside),
            relevant=self.condition(field.logic.get("show"), outside) if "show" in field.logic else "",
            read_only=self.read_only(field, outside, look),
            constraint="" if in_group else constraint,
            constraint_message="" if in_group else message,
            calculation=self.calculation(field, scope) if look.type == "calculate" else "",
            choice_filter=self.choice_filter(field, scope),
            repeat_count=self.repeat_count(field),
            appearance=look.appearance,
            parameters=look.parameters,
            default=self.default(field, scope, look),
        )

    def words(self, field: FieldSchema, name: str) -> tuple[str, str]:
        """Label and hint; every row needs a label."""
        label, hint = plain(field.label), plain(field.help_text)
        return (label, hint) if label else (hint or name, "")

    def look(self, field: FieldSchema, name: str, scope: Scope) -> Written:
        """The cells that tell the type; what cannot be asked or calculated elsewhere is a text."""
        look = written(field)
        if look.type == "calculate" and not self.calculation(field, scope):
            return Written("text")
        if look.type in ("select_one", "select_multiple"):
            lines = list(list_lines(field, name))
            return Written(f"{look.type} {lines[0]['list_name']}", look.appearance) if lines else Written("text")
        if field.type == "matrix" and not (offered(field) and field.options.get("statements")):
            return Written(look.type)
        return look

    # --- logic ------------------------------------------------------------------------------------------------------

    def condition(self, rule: Any, scope: Scope) -> str:
        """The condition; empty where XPath cannot say it."""
        try:
            return to_xpath_condition(rule, scope.at(table=scope.table))
        except InexpressibleError:
            return ""

    def required(self, field: FieldSchema, scope: Scope) -> str:
        """`yes`, or when."""
        if field.required:
            return "yes"
        return self.condition(field.logic["require"], scope) if "require" in field.logic else ""

    def read_only(self, field: FieldSchema, scope: Scope, look: Written) -> str:
        """When no answer is taken."""
        if field.type == "calculated" and look.type == "text":
            return "yes"
        condition = self.condition(field.logic["enable"], scope) if "enable" in field.logic else ""
        return f"not({condition})" if condition else ""

    def calculation(self, field: FieldSchema, scope: Scope) -> str:
        """What the answer is calculated of."""
        try:
            return to_xpath(field.logic.get("value"), scope.at(table=scope.table))
        except InexpressibleError:
            return ""

    def rules_in_cell(self, field: FieldSchema, table: FieldSchema | None, scope: Scope) -> list[RuleSchema]:
        """The checks that the question's constraint can say: errors that stand at the question."""
        path = f"{table.key}.{field.key}" if table else field.key
        if written(field).type in (GROUP, REPEAT, "note", "calculate", "hidden"):
            return []
        return [
            rule
            for rule in self.schema.rules
            if rule.at == path and rule.severity == "error" and self.condition_of_rule(rule, scope)
        ]

    def condition_of_rule(self, rule: RuleSchema, scope: Scope) -> str:
        """The check as XPath, seen from its question."""
        try:
            return to_xpath_condition(rule.check, scope)
        except InexpressibleError:
            return ""

    def constraint(self, field: FieldSchema, scope: Scope, rules: list[RuleSchema]) -> tuple[str, str]:
        """Bounds, length, pattern and checks in one condition; the message of the checks."""
        parts = list(bounds(field))
        if field.type in PATTERNS:
            parts.append(PATTERNS[field.type])
        checks = [self.condition_of_rule(rule, scope) for rule in rules]
        if len(parts) + len(checks) > 1:
            checks = [f"({check})" if " or " in check else check for check in checks]
        message = "；".join(plain(rule.message) for rule in rules if rule.message)
        return " and ".join([*parts, *checks]), message

    def choice_filter(self, field: FieldSchema, scope: Scope) -> str:
        """Only the choices that belong to the answer of another question."""
        key = field.options.get("filter_by")
        parent = (scope.by_key(key, scope.table) or scope.by_key(key)) if isinstance(key, str) else None
        if parent is None or not any(line.get("within") for line in offered(field)):
            return ""
        return f"within = '' or selected(within, ${{{parent.name}}})"

    def repeat_count(self, field: FieldSchema) -> str:
        """A fixed number of rows; the standard knows no other limits."""
        least, most = field.options.get("min_rows"), field.options.get("max_rows")
        return str(least) if field.type == "table" and least and least == most else ""

    def default(self, field: FieldSchema, scope: Scope, look: Written) -> str:
        """A constant, or the answer of the last time."""
        prefill = field.options.get("prefill")
        if not isinstance(prefill, dict) or look.type in (GROUP, REPEAT, "note", "calculate", "image", "file"):
            return ""
        if prefill.get("from") == "last" and scope.own is not None and not scope.table:
            return f"${{last-saved#{scope.own.name}}}"
        return constant(field, prefill.get("value")) if prefill.get("from") == "constant" else ""

    def choices(self, field: FieldSchema, name: str) -> list[Cells]:
        """The rows of the question's list, unless it has been written for another question."""
        lines = list(list_lines(field, name)) if field.type in WITH_CHOICES else []
        if not lines or lines[0]["list_name"] in self.shared_lists:
            return []
        self.shared_lists.add(lines[0]["list_name"])
        return lines
