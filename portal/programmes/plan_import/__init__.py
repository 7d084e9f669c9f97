"""Reading a city's plan out of a file: ``propose(read_document(path))``.

Pure rules: nothing here touches the database. The rules are tables of patterns, one concern a file; every proposed item
says its words, its rule and its confidence.
"""

from portal.programmes.plan_import.document import SourceDocument, Span
from portal.programmes.plan_import.errors import Fault, PlanFileError
from portal.programmes.plan_import.files import read_document
from portal.programmes.plan_import.proposal import (
    PlanProposal,
    ProposedAction,
    ProposedCitation,
    ProposedDeadline,
    ProposedPhase,
    ProposedReporting,
    ProposedTask,
    ProposedTitle,
    ProposedUnit,
)
from portal.programmes.plan_import.propose import propose
from portal.programmes.plan_import.shifting import days_to, first_reporting_date, shift_proposal

__all__ = [
    "Fault",
    "PlanFileError",
    "PlanProposal",
    "ProposedAction",
    "ProposedCitation",
    "ProposedDeadline",
    "ProposedPhase",
    "ProposedReporting",
    "ProposedTask",
    "ProposedTitle",
    "ProposedUnit",
    "SourceDocument",
    "Span",
    "days_to",
    "first_reporting_date",
    "propose",
    "read_document",
    "shift_proposal",
]
