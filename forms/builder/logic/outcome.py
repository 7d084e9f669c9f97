"""What logic says of a form with certain answers. Plain data.

A *path* names a place of the form: a question's key, or "table.row.column" with rows counted from 0.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.builder.answers import Answers
from forms.builder.schema import RuleSchema


@dataclass(frozen=True)
class LogicContext:
    """What expressions may use beside the answers."""

    today: datetime.date
    """The day in the site's zone, by the server's clock."""
    last: Answers = field(default_factory=dict)
    """Answers of the unit's last accepted report to the same requirement, by the same keys."""
    unit: int | None = None
    """Number of the reporting unit."""


@dataclass(frozen=True)
class Finding:
    """A check that does not hold."""

    rule: RuleSchema
    path: str
    """Where the message stands."""
    row: int | None = None
    """Row of the table, for a check on rows."""

    @property
    def reason_key(self) -> str:
        """Under which name the reporter's explanation of a warning is kept (forms.builder.answers.REASONS)."""
        return self.rule.key if self.row is None else f"{self.rule.key}.{self.row}"


@dataclass(frozen=True)
class FormState:
    """Everything that follows from the answers."""

    hidden: frozenset[str] = frozenset()
    """Paths that are not asked; a table's key stands for all of it."""
    disabled: frozenset[str] = frozenset()
    """Paths that are shown but take no answer."""
    required: frozenset[str] = frozenset()
    """Paths that must be answered because of their logic (what is always required is not listed)."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Calculated answers by path; None where nothing can be calculated."""
    findings: tuple[Finding, ...] = ()
    notices: Mapping[str, str] = field(default_factory=dict)
    """Why something could not be calculated (division by zero), in words, by path."""
    totals: Mapping[str, int | float] = field(default_factory=dict)
    """Sums below the columns of tables, by "table.column"; what is hidden does not count."""

    def asks(self, path: str) -> bool:
        """Whether an answer at the path is taken."""
        table = path.partition(".")[0]
        return not ({path, table} & self.hidden) and path not in self.disabled
