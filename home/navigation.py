"""What stands in the header: a table of entries, each with its address and who sees it.

Sections of the site (policies, training, …) are Wagtail pages whose editors ticked "show in menus"; the work pages of
other rooms are named here by their address. An entry whose room has no such address yet is left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.querysets import shut_to
from home.sections import section_label
from portal.ops.compiled import Compiled
from portal.units.access import Access, access_for, posts_held
from portal.units.enums import ADMIN_INTERFACE, INSIDERS, REPORTING_ROLES, SEES_EVERY_REPORT, Role
from portal.units.wording import role_in_words

if TYPE_CHECKING:
    from portal.accounts.models import User

    Person = User | AnonymousUser


def everybody(access: Access) -> bool:
    """Signed in or not."""
    return True


def insiders(access: Access) -> bool:
    """Whoever has a role inside the administration."""
    return access.has(*INSIDERS)


def reporters(access: Access) -> bool:
    """Whoever works on a unit's own reports."""
    return access.has(*REPORTING_ROLES)


def coordinators(access: Access) -> bool:
    """Whoever chases, reviews and accepts reports."""
    return access.has(Role.COORDINATOR)


def overseers(access: Access) -> bool:
    """Whoever asks for reports or reads every unit's."""
    return access.has(Role.COORDINATOR, *SEES_EVERY_REPORT)


def figure_readers(access: Access) -> bool:
    """Whoever owes, collects or oversees reports, or composes figures out of them."""
    return reporters(access) or overseers(access) or access.has(Role.EDITOR)


def backstage(access: Access) -> bool:
    """Whoever may enter the Wagtail admin."""
    return access.has(*ADMIN_INTERFACE)


@dataclass(frozen=True)
class Entry:
    """One entry of the table."""

    label: str | Promise
    url_name: str
    audience: Callable[[Access], bool]


WORK = (
    Entry(_("Special actions"), "programmes:list", insiders),
    Entry(_("My to-do list"), "submissions:todo", reporters),
    Entry(_("Review"), "submissions:queue", coordinators),
    Entry(_("Reporting requirements"), "collection:list", overseers),
    Entry(_("Figures"), "reporting:dashboard", figure_readers),
    Entry(_("Search"), "search:search", everybody),
)
"""Work pages, after the sections of the site."""

DESK = (
    Entry(_("My work"), "desk:desk", everybody),
    Entry(_("My exports"), "exports:list", insiders),
    Entry(_("My searches"), "search:saving:mine", everybody),
    Entry(_("What I was looking for"), "search:wishes:mine", everybody),
    Entry(_("Manage content"), "wagtailadmin_home", backstage),
)
"""In the menu under one's own name."""


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    is_current: bool = False
    is_exact: bool = False


@dataclass(frozen=True)
class Navigation:
    """All that the header needs."""

    links: list[Link] = field(default_factory=list)
    desk: list[Link] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    search_url: str = ""


def address_of(url_name: str) -> str:
    """The address behind a name; empty where the room has none."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def link_to(label: str | Promise, url: str, path: str) -> Link:
    """A link that knows whether the page at `path` is it, or lies below it."""
    exact = path == url
    return Link(str(label), url, is_current=exact or (url != "/" and path.startswith(url)), is_exact=exact)


def entries(table: tuple[Entry, ...], access: Access, path: str) -> list[Link]:
    """The rows of a table that the person sees."""
    visible = ((entry.label, address_of(entry.url_name)) for entry in table if entry.audience(access))
    return [link_to(label, url, path) for label, url in visible if url]


def _in_menu(below: str) -> PageQuerySet:
    pages = Page.objects.filter(url_path__regex=below).live().in_menu().order_by("path")
    return pages.only("title", "path", "url_path", "content_type")


IN_MENU = Compiled(_in_menu, below=str)
"""Asked by every page that has a header; who may open them is asked afterwards: there are few."""


def sections(request: HttpRequest, user: "Person") -> list[Link]:
    """The home page and its children that editors put into menus, as far as the person may see them."""
    roots = Site.get_site_root_paths()  # Wagtail has them at hand; which of several sites is asked costs a query
    site = Site.find_for_request(request) if len(roots) > 1 else None
    root = next((one.root_path for one in roots if site is None or one.site_id == site.pk), None)
    if root is None:
        return []
    shut = tuple(shut_to(user))
    found = [link_to(_("Home"), "/", request.path)]
    for page in IN_MENU.rows(below=rf"^{re.escape(root)}[^/]+/$"):
        if page.path.startswith(shut):
            continue
        parts = page.get_url_parts(request) if site is None else None
        url = parts[-1] if parts else page.get_url(request, current_site=site)
        if url:
            found.append(link_to(section_label(page), url, request.path))
    return found


def posts_of(user: "Person") -> list[str]:
    """In which units the person serves today, and as what."""
    if not user.is_authenticated:
        return []
    return [f"{post.unit} · {role_in_words(post.role, post.absent)}" for post in posts_held(user)]


def navigation_for(request: HttpRequest) -> Navigation:
    """The header of one request."""
    user: Person = getattr(request, "user", None) or AnonymousUser()
    access = access_for(user)
    return Navigation(
        links=sections(request, user) + entries(WORK, access, request.path),
        desk=entries(DESK, access, request.path),
        posts=posts_of(user),
        search_url=address_of("search:search"),
    )
