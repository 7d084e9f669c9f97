"""Two saved searches for the demonstration, one of which has found something."""

from collections.abc import Mapping

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from search.documents import object_id
from search.kinds import POLICY
from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.looking import survey_everything
from search.saving.models import SavedSearch
from search.saving.results import add_results
from search.saving.services import save

SEARCHES = (
    ("staff", "q=救助管理&kind=policy", "救助管理的政策", Cadence.WEEKLY),
    ("reporter", "q=街面巡查 OR 街面救助", "街面巡查", Cadence.DAILY),
)
FOUND = 2


@transaction.atomic
def load_saved_searches(people: Mapping[str, User]) -> None:
    """What two people keep asking; nothing where anybody keeps anything."""
    if SavedSearch.objects.exists():
        return
    now = timezone.now()
    first, *_others = [
        save(user=people[who], asked=Asked.from_parameters(QueryDict(address)), name=name, cadence=cadence, now=now)
        for who, address, name, cadence in SEARCHES
    ]
    # What the demonstration brings along is no news, although no index has heard of it yet.
    survey_everything(now=now)
    latest = PolicyPage.objects.live().filter(title__contains="救助管理").order_by("-pk").values_list("pk", flat=True)
    add_results({first.pk: {object_id(POLICY, pk) for pk in latest[:FOUND]}}, now=now)
