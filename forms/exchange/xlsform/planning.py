"""From the tree of rows to a flat form: which question, heading or table each row becomes, and under which key.

Our sections and pages reach to the next one and do not nest. A group within a group becomes a section of its own, with
the conditions of both; where questions follow behind an inner group, a heading stands above them again. A group
without a label is no heading; its condition goes to each of its questions.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.builder.fields import FIELD_TYPES, TABLE_TYPES
from forms.builder.schema import KEY, FieldSchema, SchemaError
from forms.exchange.xlsform.findings import Findings
from forms.exchange.xlsform.foreign_types import TypeCell, our_type, type_cell
from forms.exchange.xlsform.headings import Line
from forms.exchange.xlsform.mapping import PATTERNS
from forms.exchange.xlsform.names import INTRO, NAMES_OF_IMPORTS, key_of_column, key_of_name
from forms.exchange.xlsform.planned import Planned, title
from forms.exchange.xlsform.portal_sheet import Entry
from forms.exchange.xlsform.sheets import mark
from forms.exchange.xlsform.tree import Node, refusal

READ_ONLY = frozenset({"yes", "true", "true()", "1"})
COMPUTABLE = frozenset({"text", "integer", "number", "date"})


@dataclass
class Around:
    """What a row stands in."""

    table: Line | None = None
    table_key: str = ""
    heading: Line | None = None
    """The group whose heading the row belongs under."""
    page: Line | None = None
    conditions: tuple[Line, ...] = ()
    """Conditions that no heading carries."""
    section_conditions: tuple[Line, ...] = ()
    """Conditions that the heading at hand carries."""


class Planner:
    """Goes through the tree once, in order."""

    def __init__(self, entries: dict[str, Entry], findings: Findings) -> None:
        self.entries, self.findings = dict(entries), findings
        self.keys: dict[str, set[str]] = {"": set()}
        self.top: list[Planned] = []
        self.above: dict[str, Line | None] = {}
        """By table ("" outside tables): the group under whose heading the next question would stand."""
        self.page: Line | None = None
        """The group that is the page on which the next question would stand."""

    def plan(self, nodes: Sequence[Node]) -> list[Planned]:
        """The form, in order."""
        self.nodes(nodes, Around(), self.top)
        return self.top

    def nodes(self, nodes: Sequence[Node], around: Around, into: list[Planned]) -> None:
        """Several rows."""
        for node in nodes:
            if node.kind == "question":
                self.question(node, around, into)
            elif node.kind == "group":
                self.group(node, around, into)
            elif node.kind == "repeat":
                self.repeat(node, around, into)
            else:
                sentence = _("“%(name)s”: %(what)s; the portal has nothing like it.")
                words = {"name": title(node.line), "what": type_cell("loop").in_words}
                self.findings.leave_out(sentence % words, node.line.number, "type")

    # --- groups -----------------------------------------------------------------------------------------------------

    def group(self, node: Node, around: Around, into: list[Planned]) -> None:
        """A page, a section, a matrix, or nothing but a condition."""
        line = node.line
        appearance = line.get("appearance").casefold().split()
        base = self.written_before(line)
        known = TABLE_TYPES if around.table else FIELD_TYPES
        if "matrix" in known and self.is_matrix(node, base):
            self.matrix(node, around, into)
            return
        is_page = base.type == "page_break" if base else "field-list" in appearance and "page_break" in known
        if is_page and not around.table and around.heading is None:
            self.heading(self.planned(line, "page_break", around, base), around.conditions, into)
            self.page = line
            self.nodes(node.children, Around(page=line), into)
        elif (base is not None or line.get("label")) and "section" in known:
            self.leave_page(around, into, line)
            outer = (*around.section_conditions, *around.conditions)
            self.heading(self.planned(line, "section", around, base), outer, into)
            inside = replace(around, heading=line, conditions=(), section_conditions=(*outer, line))
            self.nodes(node.children, inside, into)
        else:
            self.nodes(node.children, replace(around, conditions=(*around.conditions, line)), into)

    def heading(self, planned: Planned, conditions: tuple[Line, ...], into: list[Planned]) -> None:
        """A heading with the conditions of the groups around it."""
        planned.conditions = conditions
        into.append(planned)
        self.above[planned.table] = planned.line

    def resume(self, around: Around, into: list[Planned], line: Line) -> None:
        """A heading above questions that follow behind an inner group."""
        self.leave_page(around, into, line)
        wanted = around.heading or around.page
        if self.above.get(around.table_key) is wanted:
            return
        label = _("%(heading)s (continued)") % {"heading": title(wanted)} if wanted else _("Further questions")
        heading = self.own_heading("section", label, into, line, around.table_key)
        heading.conditions = around.section_conditions if around.heading else ()
        self.above[around.table_key] = wanted
        sentence = _("a heading, “%(label)s”, was put above: in the portal a group reaches to the next heading.")
        self.findings.warn(sentence % {"label": label}, line.number)

    def leave_page(self, around: Around, into: list[Planned], line: Line) -> None:
        """A new page for what follows behind a page's group."""
        if around.table is None and around.page is None and self.page is not None:
            self.own_heading("page_break", "", into, line)
            self.page = None
            if around.heading is None:
                self.above[""] = None

    def own_heading(self, type_name: str, label: str, into: list[Planned], line: Line, table: str = "") -> Planned:
        """A heading that no row asks for."""
        key = self.unique(str(uuid.uuid5(NAMES_OF_IMPORTS, f"{type_name} above row {line.number}")), table)
        heading = Planned(Line(line.number), key, type_name, type_cell("begin group"), table, label)
        heading.is_added = True
        into.append(heading)
        return heading

    def is_matrix(self, node: Node, base: FieldSchema | None) -> bool:
        """Whether a group is a table of choices: one written by the portal, or one that asks nothing else."""
        if base is not None:
            return base.type == "matrix"
        cells = [type_cell(child.line.get("type")) for child in node.children if child.kind == "question"]
        lists = {cell.list_name for cell in cells if cell.base == "select_one" and not cell.with_other}
        is_plain = all(not child.line.get("relevant") for child in node.children)
        looks = node.line.get("appearance").casefold().split()
        whole = len(cells) == len(node.children) and all(cell.base == "select_one" for cell in cells)
        return "table-list" in looks and whole and len(lists) == 1 and is_plain and bool(node.line.get("label"))

    def matrix(self, node: Node, around: Around, into: list[Planned]) -> None:
        """One question with its statements."""
        self.resume(around, into, node.line)
        planned = self.planned(node.line, "matrix", around, self.written_before(node.line))
        planned.statements = [child.line for child in node.children if child.kind == "question"]
        lists = [type_cell(line.get("type")).list_name for line in planned.statements]
        planned.cell = replace(planned.cell, list_name=lists[0] if lists else "")
        planned.conditions = around.conditions
        into.append(planned)

    def repeat(self, node: Node, around: Around, into: list[Planned]) -> None:
        """A table; in a table there can be none."""
        if around.table is not None or "table" not in FIELD_TYPES:
            count = len(questions_in(node))
            sentence = ngettext(
                "“%(name)s” is a table within a table; it was left out with its question.",
                "“%(name)s” is a table within a table; it was left out with its %(count)d questions.",
                count,
            )
            self.findings.leave_out(sentence % {"name": title(node.line), "count": count}, node.line.number, "type")
            return
        self.resume(around, into, node.line)
        planned = self.planned(node.line, "table", around, self.written_before(node.line))
        planned.conditions = around.conditions
        self.keys[planned.key] = set()
        inside = Around(table=node.line, table_key=planned.key)
        self.nodes(node.children, inside, planned.children)
        into.append(planned)

    # --- questions --------------------------------------------------------------------------------------------------

    def question(self, node: Node, around: Around, into: list[Planned]) -> None:
        """A question of a type that we have; what we have not is named."""
        line = node.line
        if line.get("name") == INTRO:
            return
        cell = type_cell(line.get("type"))
        base = self.written_before(line)
        type_name = base.type if base else self.type_of(cell, line, around)
        if not type_name:
            self.name_missing(cell, line, around)
            return
        if not line.get("name"):
            raise refusal(line, _("the question has no name."))
        self.resume(around, into, line)
        planned = self.planned(line, type_name, around, base)
        planned.conditions = around.conditions
        into.append(planned)
        if cell.with_other and base is None:
            into.append(self.other(planned))

    def type_of(self, cell: TypeCell, line: Line, around: Around) -> str:
        """Our type. A pattern that the portal writes tells a type; what is calculated and read only is calculated."""
        in_table = around.table is not None
        known = TABLE_TYPES if in_table else FIELD_TYPES
        by_pattern = next((name for name, text in PATTERNS.items() if line.get("constraint") == text), "")
        if cell.base == "text" and by_pattern in known:
            return by_pattern
        found = our_type(cell, line.get("appearance"), line.get("parameters"), in_table=in_table)
        is_output = line.get("calculation") and line.get("read_only").casefold() in READ_ONLY
        return "calculated" if is_output and found in COMPUTABLE and "calculated" in known else found

    def name_missing(self, cell: TypeCell, line: Line, around: Around) -> None:
        """A sentence about a question that was left out."""
        values = {"name": title(line), "type": cell.given, "what": cell.in_words}
        if cell.is_recorded:
            sentence = _("“%(type)s” was left out: the portal itself keeps who sent a report and when.")
        elif cell.in_words:
            sentence = _("“%(name)s” was left out: “%(type)s” asks for %(what)s; the portal has nothing like it.")
        elif our_type(cell, line.get("appearance"), in_table=False) and around.table is not None:
            sentence = _("“%(name)s” was left out: “%(type)s” cannot stand in a table.")
        else:
            sentence = _("“%(name)s” was left out: the portal does not know the type “%(type)s”.")
        self.findings.leave_out(sentence % values, line.number, "type")

    def other(self, planned: Planned) -> Planned:
        """The question behind a choice "other": which."""
        line = Line(planned.line.number, {"type": "text", "name": f"{planned.name}_other"})
        key = f"{planned.key}_other"
        key = self.unique(key if KEY.fullmatch(key) else str(uuid.uuid5(NAMES_OF_IMPORTS, key)), planned.table)
        label = _("%(question)s: other, please specify") % {"question": title(planned.line)}
        return Planned(line, key, "text", type_cell("text"), planned.table, label, other_of=planned.key)

    # --- keys -------------------------------------------------------------------------------------------------------

    def planned(self, line: Line, type_name: str, around: Around, base: FieldSchema | None) -> Planned:
        """The row as a question of that type, with the key that it had or gets."""
        entry = self.entries.pop(line.get("name"), {}) if base else {}
        name = line.get("name") or f"row-{line.number}"
        key = base.key if base else self.key_before(name)
        if not key:
            key = key_of_column(name, around.table.get("name")) if around.table else key_of_name(name)
        key = self.unique(key, around.table_key, f"{name} {line.number}")
        base = replace(base, key=key) if base else None
        return Planned(line, key, type_name, type_cell(line.get("type")), around.table_key, base=base, entry=entry)

    def unique(self, key: str, table: str, otherwise: str = "") -> str:
        """The key, or another one if it is taken."""
        taken = self.keys[table]
        if key in taken:
            key = str(uuid.uuid5(NAMES_OF_IMPORTS, otherwise or f"{key} {len(taken)}"))
        taken.add(key)
        return key

    def key_before(self, name: str) -> str:
        """The key that a question of the name had, though its type has been changed."""
        found = self.entries.get(name, {}).get("field")
        key = found.get("key") if isinstance(found, dict) else None
        return key if isinstance(key, str) and KEY.fullmatch(key) else ""

    def written_before(self, line: Line) -> FieldSchema | None:
        """The question as the portal wrote it; None if the portal did not, or if its type has been changed since."""
        entry = self.entries.get(line.get("name"), {})
        if entry.get("written", {}).get("type") != mark([line.get("type")]):
            return None
        try:
            found = FieldSchema.from_json(entry.get("field"))
        except SchemaError:
            return None
        return found if found.type in FIELD_TYPES else None


def questions_in(node: Node) -> list[Node]:
    """Every question in a group, however deep."""
    if node.kind == "question":
        return [node]
    return [one for child in node.children for one in questions_in(child)]
