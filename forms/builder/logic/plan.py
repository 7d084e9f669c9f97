"""The order in which the parts of a form are worked out: what depends on what, and what goes round in circles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from forms.builder.fields import FIELD_TYPES, FieldType
from forms.builder.logic.expressions import ExpressionError, Reference, compiled, references
from forms.builder.logic.operators import LogicOperator
from forms.builder.schema import FieldSchema, FormSchema

TABLE, SECTION, PAGE_BREAK, CALCULATED = "table", "section", "page_break", "calculated"


@dataclass(frozen=True)
class Node:
    """A question, a heading or a column, with its logic ready to be evaluated."""

    schema: FieldSchema
    table: str = ""
    """Key of the table, of a column."""
    guards: tuple[str, ...] = ()
    """Names of the section and the page break above it: where they are hidden, so is this."""
    logic: Mapping[str, LogicOperator] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its key; of a column "table.column"."""
        return f"{self.table}.{self.schema.key}" if self.table else self.schema.key

    @property
    def kind(self) -> FieldType | None:
        """Its field type; None for one that this portal does not know."""
        return FIELD_TYPES.get(self.schema.type)

    @property
    def is_calculated(self) -> bool:
        """Whether its value follows from others and is never typed."""
        return self.schema.type == CALCULATED or "value" in self.schema.logic

    @cached_property
    def reads(self) -> frozenset[Reference]:
        """What its logic reads."""
        return frozenset(one for operator in self.logic.values() for one in references(operator))


@dataclass(frozen=True)
class Plan:
    """All nodes of a form, by name, in the order of the form."""

    nodes: Mapping[str, Node]

    def needs(self, node: Node) -> Iterator[str]:
        """Names of the nodes that must be known before this one."""
        if node.table:
            yield node.table
        yield from node.guards
        for one in node.reads:
            yield from self.named(one, node.table)

    def named(self, reference: Reference, table: str = "") -> Iterator[str]:
        """Names of the nodes that a reference means; none for what is not in the form."""
        if reference.space == "row":
            wanted: Iterable[str] = [f"{table}.{reference.key}"]
        elif reference.space != "answers":
            return
        elif reference.column == "*":
            parent = self.nodes.get(reference.key)
            columns = parent.schema.columns if parent else ()
            wanted = [reference.key, *(f"{reference.key}.{column.key}" for column in columns)]
        else:
            wanted = [reference.key, *([f"{reference.key}.{reference.column}"] if reference.column else [])]
        yield from (name for name in wanted if name in self.nodes)

    @cached_property
    def sorted(self) -> tuple[tuple[Node, ...], tuple[tuple[str, ...], ...]]:
        """The nodes, each after all it needs; and the circles, each as the names along it, first and last the same."""
        order: list[Node] = []
        circles: list[tuple[str, ...]] = []
        done: set[str] = set()
        for start in self.nodes:
            trail: list[tuple[str, Iterator[str]]] = []
            on_trail: dict[str, int] = {}
            if start not in done:
                self.enter(start, trail, on_trail)
            while trail:
                name, rest = trail[-1]
                following = next(rest, None)
                if following is None:
                    trail.pop()
                    del on_trail[name]
                    done.add(name)
                    order.append(self.nodes[name])
                elif following in on_trail:
                    circles.append((*(one for one, _rest in trail[on_trail[following] :]), following))
                elif following not in done:
                    self.enter(following, trail, on_trail)
        return tuple(order), tuple(circles)

    def enter(self, name: str, trail: list[tuple[str, Iterator[str]]], on_trail: dict[str, int]) -> None:
        """Go on to a node, remembering the way."""
        on_trail[name] = len(trail)
        place = {known: number for number, known in enumerate(self.nodes)}
        trail.append((name, iter(sorted(set(self.needs(self.nodes[name])), key=place.__getitem__))))

    @property
    def order(self) -> tuple[Node, ...]:
        """The nodes, each after all it needs."""
        return self.sorted[0]

    @property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """What depends on itself."""
        return self.sorted[1]


def plan_of(schema: FormSchema) -> Plan:
    """The plan of a form. Logic that is no expression is left out: `problems_of` names it before it is published."""
    nodes: dict[str, Node] = {}
    for node in nodes_among(schema.fields):
        nodes[node.name] = node
        for column in nodes_among(node.schema.columns, table=node.schema.key):
            nodes[column.name] = column
    return Plan(nodes)


def nodes_among(fields: Iterable[FieldSchema], table: str = "") -> Iterator[Node]:
    """A node for each field, with the headings above it."""
    prefix = f"{table}." if table else ""
    page = section = ""
    for one in fields:
        if one.type == PAGE_BREAK:
            guards: tuple[str, ...] = ()
        elif one.type == SECTION:
            guards = (page,)
        else:
            guards = (page, section)
        yield Node(one, table, tuple(filter(None, guards)), logic_of(one))
        if one.type == PAGE_BREAK:
            page, section = prefix + one.key, ""
        elif one.type == SECTION:
            section = prefix + one.key


def logic_of(schema: FieldSchema) -> dict[str, LogicOperator]:
    """The expressions of a field by slot."""
    found = {}
    for slot, rule in schema.logic.items():
        try:
            found[slot] = compiled(rule)
        except ExpressionError:
            continue
    return found
