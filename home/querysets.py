"""Reads of pages: who may see which.

Wagtail lets editors restrict a page and all below it: to people who are signed in, to groups, or by a password. Wagtail
asks for that when a page is opened; lists, counts and the search index must ask the same, and ask here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.ops.compiled import Compiled
from portal.units.access import INSIDER, PUBLIC, role_token
from portal.units.enums import Role
from portal.units.services import GROUP_PREFIX

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

Pages = TypeVar("Pages", bound=QuerySet)


@dataclass
class Restriction:
    """Who may open a page and all below it."""

    path: str
    """Of the page, in the tree."""
    kind: str
    groups: dict[int, str] = field(default_factory=dict)
    """Names of the groups that are let through, by number, where it is one for groups."""


def passes(restriction: Restriction, user: "User | AnonymousUser", group_ids: frozenset[int]) -> bool:
    """Whether the person is let through. A password is asked on the page itself, so nobody passes in a list."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or restriction.kind == PageViewRestriction.LOGIN:
        return True
    return restriction.kind == PageViewRestriction.GROUPS and not group_ids.isdisjoint(restriction.groups)


RESTRICTIONS = Compiled(
    lambda: PageViewRestriction.objects.order_by("pk").values_list(
        "pk", "page__path", "restriction_type", "groups__pk", "groups__name"
    )
)


def restrictions() -> Iterable[Restriction]:
    """All restrictions; there are few. One query, asked by every page that has a header."""
    found: dict[int, Restriction] = {}
    for number, path, kind, group, name in RESTRICTIONS.rows():
        one = found.setdefault(number, Restriction(path, kind))
        if group is not None:
            one.groups[group] = name
    return found.values()


def shut_to(user: "User | AnonymousUser") -> list[str]:
    """Paths, in the tree, of the pages that the person may not open; what lies below them is shut as well."""
    group_ids: frozenset[int] | None = None
    shut = []
    for restriction in restrictions():
        if group_ids is None:
            group_ids = frozenset(user.groups.values_list("pk", flat=True)) if user.is_authenticated else frozenset()
        if not passes(restriction, user, group_ids):
            shut.append(restriction.path)
    return shut


def viewable(pages: Pages, user: "User | AnonymousUser") -> Pages:
    """The pages without those the person may not open."""
    shut = [Q(path__startswith=path) for path in shut_to(user)]
    return pages.exclude(reduce(or_, shut)) if shut else pages


def audience_tokens(page: Page, known: Iterable[Restriction] | None = None) -> frozenset[str]:
    """Who finds the page in the search, as tokens of `portal.units.access`; nobody when a password guards it.

    Where several restrictions lie on the way to the page, only who passes each of them finds it. `known` are all
    restrictions, where somebody asks for many pages.
    """
    tokens: frozenset[str] | None = None
    for restriction in restrictions() if known is None else known:
        if not page.path.startswith(restriction.path):
            continue
        allowed: frozenset[str] = frozenset()
        if restriction.kind == PageViewRestriction.LOGIN:
            allowed = frozenset({INSIDER, *(role_token(role) for role in Role)})
        elif restriction.kind == PageViewRestriction.GROUPS:
            names = {name.removeprefix(GROUP_PREFIX) for name in restriction.groups.values()}
            allowed = frozenset(role_token(role) for role in Role if role.value in names)
        tokens = allowed if tokens is None else tokens & allowed
    return frozenset({PUBLIC}) if tokens is None else tokens


class ContentPageQuerySet(PageQuerySet):
    """Published pages as readers see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "ContentPageQuerySet":
        """Live pages that the person may open."""
        return viewable(self.live(), user)
