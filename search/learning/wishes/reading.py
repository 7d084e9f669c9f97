"""What the screens show of wishes, in a constant number of queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.querysets import passes, restrictions, viewable
from home.waiting import Waiting
from portal.accounts.models import User
from search.learning.permissions import may_read_questions
from search.learning.wishes.models import Wish, WishAsker
from search.learning.wishes.querysets import WishQuerySet
from search.learning.wishes.rules import similar, words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

COMPARED = 2000
"""So many open wishes are compared with one another; the ones asked most first."""


@dataclass(frozen=True)
class Row:
    """A wish on the editors' desk, with open ones that resemble it."""

    wish: Wish
    similar: list[Wish]


@dataclass(frozen=True)
class Own:
    """A wish as whoever asked sees it; `page_url` and `page_title` are empty where the page is gone or shut by now."""

    part: WishAsker
    page_url: str
    page_title: str

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        found: Wish = self.part.wish
        return found


def open_wishes(user: "User | AnonymousUser") -> WishQuerySet:
    """Those that wait for an answer, most wanted first."""
    return Wish.objects.visible_to(user).still_open().with_people().order_by("-people", "since", "pk")


def with_similar(wishes: Iterable[Wish], user: "User | AnonymousUser") -> list[Row]:
    """Wishes with those open ones that share words with them."""
    known = {wish.pk: wish for wish in open_wishes(user)[:COMPARED]}
    compared = {number: words_of(wish.key) for number, wish in known.items()}
    return [Row(wish, [known[number] for number in similar(wish.key, _without(compared, wish.pk))]) for wish in wishes]


def own_wishes(user: "User") -> list[Own]:
    """What the person asked for, the latest first."""
    parts = list(WishAsker.objects.filter(user=user).select_related("wish").order_by("-asked_at", "-pk"))
    numbers = {part.wish.page_id for part in parts if part.wish.page_id}
    pages = {page.pk: page for page in viewable(Page.objects.live().filter(pk__in=numbers), user)}
    return [_own(part, pages.get(part.wish.page_id)) for part in parts]


def people_shut_out(page: Page, people: Sequence[User]) -> int:
    """How many of them may not open the page; two queries, however many people."""
    on_the_way = [one for one in restrictions() if page.path.startswith(one.path)]
    if not on_the_way:
        return 0
    groups: dict[int, set[int]] = {}
    memberships = User.groups.through.objects.filter(user__in=[person.pk for person in people])
    for person, group in memberships.values_list("user_id", "group_id"):
        groups.setdefault(person, set()).add(group)
    return sum(
        not all(passes(one, person, frozenset(groups.get(person.pk, ()))) for one in on_the_way) for person in people
    )


def wishes_waiting(user: User) -> Iterator[Waiting]:
    """How many wishes wait for an editor."""
    if may_read_questions(user):
        number = Wish.objects.visible_to(user).still_open().count()
        yield Waiting(_("Searched for and not found"), number, reverse("search_wishes:desk"))


def _without(compared: Mapping[int, frozenset[str]], number: int) -> dict[int, frozenset[str]]:
    return {other: theirs for other, theirs in compared.items() if other != number}


def _own(part: WishAsker, page: Page | None) -> Own:
    url = page.get_url() if page else None
    return Own(part, url or "", page.title if page and url else "")
