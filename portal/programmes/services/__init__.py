"""Writes of this room: uploaded plans on their way, and the programmes made of them."""

from portal.programmes.services.plans import (
    PlanNotOpenError,
    StaleProposalError,
    confirm,
    discard,
    restore,
    save_proposal,
    upload_plan,
)
from portal.programmes.services.programmes import change_state, create_programme, unknown_units

__all__ = [
    "PlanNotOpenError",
    "StaleProposalError",
    "change_state",
    "confirm",
    "create_programme",
    "discard",
    "restore",
    "save_proposal",
    "unknown_units",
    "upload_plan",
]
