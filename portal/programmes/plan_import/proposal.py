"""What the rules propose. Every item says which words it came from, by which rule, and how sure the rule is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from portal.programmes.plan_import.document import Span

ROLES = ("lead", "assisting", "responsible")
KINDS = ("due", "recurring", "long-term")


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """The origin of a proposed item: ``words == document.text[span.start:span.end]``; confidence from 0 to 1."""

    span: Span
    words: str
    rule: str
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values, spans as ``[start, end]``."""
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the item that :meth:`to_dict` described; KeyError or TypeError when the data are of another shape."""
        return cls(**{**data, "span": Span(*data["span"])})


@dataclass(frozen=True, kw_only=True)
class ProposedTitle(Proposed):
    """The plan's title without line breaks."""

    title: str


@dataclass(frozen=True, kw_only=True)
class ProposedPhase(Proposed):
    """A phase with its first and last day (ISO); None where the plan leaves the day open (即日起)."""

    title: str
    start: str | None
    end: str | None


@dataclass(frozen=True, kw_only=True)
class ProposedAction(Proposed):
    """A group of tasks."""

    title: str


@dataclass(frozen=True, kw_only=True)
class ProposedUnit(Proposed):
    """A unit on a task; ``implicit`` when a note or 同上 put it there."""

    name: str
    role: str
    implicit: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposedDeadline(Proposed):
    """A deadline of a task: ``date`` is ISO or None, ``precision`` day, month, quarter, year or None."""

    date: str | None
    precision: str | None
    kind: str
    text: str
    implicit: bool = False


@dataclass(frozen=True, kw_only=True)
class ProposedTask(Proposed):
    """A task; ``span`` covers its whole text, ``title_span`` the words of its title, ``number`` is as printed."""

    number: str | None
    action: str | None
    title: str
    title_span: Span
    units: tuple[ProposedUnit, ...] = ()
    deadlines: tuple[ProposedDeadline, ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the task with its units and deadlines."""
        return cls(
            **{
                **data,
                "span": Span(*data["span"]),
                "title_span": Span(*data["title_span"]),
                "units": tuple(ProposedUnit.from_dict(unit) for unit in data["units"]),
                "deadlines": tuple(ProposedDeadline.from_dict(deadline) for deadline in data["deadlines"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class ProposedReporting(Proposed):
    """A dated duty to report to ``to``; ``date`` is None for a recurring one, then ``text`` says how often."""

    date: str | None
    to: str | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ProposedCitation(Proposed):
    """Another document's number, normalised to 〔〕 and half-width digits; ``own`` marks the plan's own number."""

    number: str
    own: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanProposal:
    """Everything proposed for one document, in reading order."""

    title: ProposedTitle | None
    phases: tuple[ProposedPhase, ...] = ()
    actions: tuple[ProposedAction, ...] = ()
    tasks: tuple[ProposedTask, ...] = ()
    reporting: tuple[ProposedReporting, ...] = ()
    citations: tuple[ProposedCitation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the public form that ``import_plan --json`` prints; dates ISO, recurring reporting with its words."""
        return {
            "title": self.title.title if self.title else "",
            "phases": [{"title": p.title, "start": p.start, "end": p.end} for p in self.phases],
            "actions": [{"title": action.title} for action in self.actions],
            "tasks": [
                {
                    "number": task.number,
                    "action": task.action,
                    "title": task.title,
                    "units": [{"name": unit.name, "role": unit.role} for unit in task.units],
                    "deadlines": [
                        {"date": d.date, "precision": d.precision, "kind": d.kind, "text": d.text}
                        for d in task.deadlines
                    ],
                }
                for task in self.tasks
            ],
            "reporting": [
                {"date": r.date, "to": r.to} if r.date else {"date": None, "to": r.to, "text": r.text}
                for r in self.reporting
            ],
            "citations": [citation.number for citation in self.citations if not citation.own],
        }

    def to_dict(self) -> dict[str, Any]:
        """Return everything, spans included, as plain JSON values."""
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the proposal that :meth:`to_dict` described."""
        return cls(
            title=ProposedTitle.from_dict(data["title"]) if data["title"] else None,
            phases=tuple(ProposedPhase.from_dict(item) for item in data["phases"]),
            actions=tuple(ProposedAction.from_dict(item) for item in data["actions"]),
            tasks=tuple(ProposedTask.from_dict(item) for item in data["tasks"]),
            reporting=tuple(ProposedReporting.from_dict(item) for item in data["reporting"]),
            citations=tuple(ProposedCitation.from_dict(item) for item in data["citations"]),
        )


def _plain(value: Any) -> Any:
    """Return ``value`` with tuples as lists, as JSON keeps them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
