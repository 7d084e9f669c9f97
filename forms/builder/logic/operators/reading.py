"""Reading a value by its path."""

from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext
from jsonlogic.core import JSONLogicSyntaxError

from forms.builder.logic.kinds import ANY, UNUSABLE, Kind
from forms.builder.logic.operators.base import SPACES, Checking, LogicOperator, Scope


@dataclass
class Var(LogicOperator):
    """{"var": "answers.key"}: null where there is nothing, or the second part if there is one."""

    path: tuple[str, ...] = ()
    names_space: bool = field(default=False)

    least, most = 0, 2

    @classmethod
    def from_expression(cls, operator: str, arguments: list[Any]) -> Self:
        """The path must be written, not calculated: what an expression depends on is known before it is evaluated."""
        found = super().from_expression(operator, arguments)
        path = arguments[0] if arguments else ""
        if not isinstance(path, str):
            raise JSONLogicSyntaxError("var: the path must be a text")
        found.path = tuple(path.split(".")) if path else ()
        found.names_space = len(found.path) > 1 and found.path[0] in SPACES
        return found

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The value at the path."""
        found = context.items[-1] if context.items and not self.names_space else context.data
        for name in self.path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is None and len(self.parts) > 1:
            return self.parts[1].evaluate(context)
        return found

    def typecheck(self, context: Checking) -> Kind:  # type: ignore[override]
        """The kind of the question."""
        found = self.found(context)
        if found.name == UNUSABLE:
            message = gettext("answers to “%(label)s” cannot be used in conditions and calculations.")
            self.object(context, message % {"label": found.label})
            return Kind()
        return found | self.parts[1].typecheck(context) if len(self.parts) > 1 else found

    def found(self, context: Checking) -> Kind:
        """What stands at the path."""
        if context.items and not self.names_space:
            return self.of_item(context, context.items[-1])
        match self.path:
            case (space, key) if space in SPACES:
                return self.of_space(context, space, key)
            case ("answers" | "last" as space, table, _column) if table in context.spaces[space]:
                name = context.spaces[space][table].label
                self.object(
                    context,
                    gettext("a column of “%(table)s” must be summed up, since there are many rows.") % {"table": name},
                )
                return Kind()
        return self.missing(context)

    def of_space(self, context: Checking, space: str, key: str) -> Kind:
        """What the answers, the row, the last report or the context hold."""
        if space == "row" and not context.spaces["row"]:
            self.object(context, gettext("a column is named outside of its table; it must be summed up there."))
            return Kind()
        found = context.spaces[space].get(key)
        return found if found is not None else self.missing(context)

    def of_item(self, context: Checking, kind: Kind) -> Kind:
        """What the row at hand holds, or the value at hand itself."""
        for name in self.path:
            if kind.name == ANY:
                return Kind()
            if name not in kind.parts:
                return self.missing(context)
            kind = kind.parts[name]
        return kind

    def missing(self, context: Checking) -> Kind:
        """Note that there is no such question."""
        context.add_diagnostic(
            gettext("it names a question that is not in the form; it may have been deleted."),
            "unresolvable_variable",
            self,
        )
        return Kind()
