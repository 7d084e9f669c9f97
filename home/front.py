"""What stands on the front page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from home.campaigns.models import CampaignIndexPage, CampaignPage
from home.policies.models import PolicyIndexPage, PolicyPage
from home.training.models import TrainingIndexPage, TrainingPage
from home.waiting import Waiting, what_waits_for
from portal.units.access import access_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

POLICIES_SHOWN = 6
EVENTS_SHOWN = 4


@dataclass(frozen=True)
class FrontPage:
    """The parts of the front page."""

    policies: Sequence[PolicyPage]
    training: Sequence[TrainingPage]
    campaigns: Sequence[CampaignPage]
    sections: dict[str, str]
    """Addresses of the list pages, as far as the person may see them."""
    waiting: list[Waiting] = field(default_factory=list)
    works_here: bool = False


def section_addresses(user: "User | AnonymousUser") -> dict[str, str]:
    """Where "all policies" and so on lead."""
    lists = {"policies": PolicyIndexPage, "training": TrainingIndexPage, "campaigns": CampaignIndexPage}
    found = {name: model.objects.visible_to(user).first() for name, model in lists.items()}
    return {name: page.get_url() for name, page in found.items() if page}


def front_page(user: "User | AnonymousUser") -> FrontPage:
    """What is new, as the person may see it, and what waits for the person."""
    now = timezone.now()
    works_here = bool(access_for(user).roles)
    return FrontPage(
        policies=PolicyPage.objects.visible_to(user).newest_published().with_issuers()[:POLICIES_SHOWN],
        training=TrainingPage.objects.visible_to(user).upcoming_first(now)[:EVENTS_SHOWN],
        campaigns=CampaignPage.objects.visible_to(user).current_first(timezone.localdate(now))[:EVENTS_SHOWN],
        sections=section_addresses(user),
        waiting=what_waits_for(user) if works_here and user.is_authenticated else [],
        works_here=works_here,
    )
