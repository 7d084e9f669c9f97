"""The policy library tells the plan's pages where a cited document can be read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from home.policies.models import PolicyPage
from home.policies.rules import canonical_doc_number
from portal.programmes.links import CitationLink

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def policy_links(numbers: Sequence[str], user: "User | AnonymousUser") -> Mapping[str, CitationLink]:
    """Policies that the person may read, by the number as cited; brackets and width make no difference."""
    wanted = {canonical_doc_number(number): number for number in numbers}
    pages = PolicyPage.objects.visible_to(user).filter(doc_number__in=wanted)
    return {wanted[page.doc_number]: CitationLink(page.title, page.url) for page in pages if page.url}
