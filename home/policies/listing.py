"""The list of policies as a page shows it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from home.paging import page_of
from home.policies.forms import PolicyFilterForm

if TYPE_CHECKING:
    from home.policies.querysets import PolicyQuerySet


def policy_list(policies: "PolicyQuerySet", parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters, one page of rows, and how many there are as of now."""
    now = timezone.now()
    form = PolicyFilterForm(parameters, policies=policies)
    found = form.narrow(policies, timezone.localdate(now)).newest_first().with_issuers()
    return {"filters": form, "page_of_rows": page_of(found, parameters), "as_of": now}
