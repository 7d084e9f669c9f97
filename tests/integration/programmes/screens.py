"""What the tests of the plan import's screens share."""

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse

from portal.programmes.correction import initial_rows
from portal.programmes.ledger_forms import LedgerForms
from portal.programmes.models import PlanProposal
from portal.programmes.plan_import import PlanProposal as Proposed
from tests.factories.programmes import as_posted


def address(name: str, plan: PlanProposal | None = None) -> str:
    return reverse(f"programme_plans:{name}", args=[plan.pk] if plan else [])


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser", preserve_whitespace_tags={"div", "textarea"})


def untouched(plan: PlanProposal, **changes: Any) -> dict[str, str]:
    """What a browser sends of the plan's page."""
    ledger = LedgerForms(text=plan.text, initial=initial_rows(Proposed.from_dict(plan.proposal)))
    return as_posted(ledger, **{"revision": plan.revision, **changes})
