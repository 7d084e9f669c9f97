"""What an import says about a table."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class RowError:
    """What is wrong with one cell, by the number of its row in the sheet, and how to mend it."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class RowOutcome:
    """What a good row does: `outcome` is created, changed or unchanged."""

    row: int
    outcome: str
    title: str
    changes: tuple[str, ...] = ()


@dataclass
class ImportResult:
    """The report on a whole table. `applied` says whether anything was written."""

    outcomes: list[RowOutcome] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    ignored_columns: tuple[str, ...] = ()
    applied: bool = False

    def count(self, outcome: str) -> int:
        """How many rows have that outcome."""
        return sum(1 for row in self.outcomes if row.outcome == outcome)

    @property
    def created(self) -> int:
        """Rows that bring something new."""
        return self.count("created")

    @property
    def changed(self) -> int:
        """Rows that change what is there."""
        return self.count("changed")

    @property
    def unchanged(self) -> int:
        """Rows that say what is already so."""
        return self.count("unchanged")

    @property
    def failed(self) -> int:
        """Rows with at least one error."""
        return len({error.row for error in self.errors})

    def counts(self) -> dict[str, int]:
        """The numbers, for the log and the reader."""
        return {name: getattr(self, name) for name in ("created", "changed", "unchanged", "failed")}

    def as_json(self) -> dict[str, Any]:
        """The whole report as plain JSON."""
        return {
            **self.counts(),
            "applied": self.applied,
            "ignored_columns": list(self.ignored_columns),
            "errors": [asdict(error) for error in sorted(self.errors)],
        }
