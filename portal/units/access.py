"""What a person is allowed to be: roles and units on one day, worked out once per request.

Every `visible_to(user)` of the project starts from here, and so do the audience tokens of search documents: a document
lists tokens, a person has tokens, and whoever shares one may find it. Because a person's tokens are worked out when the
question is asked, a changed membership takes effect at once, without touching the index.
"""

import datetime
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.ops.compiled import Compiled
from portal.units.enums import INSIDERS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from portal.accounts.models import User
    from portal.units.models import Membership

PUBLIC = "public"
"""Token of what everybody may see, signed in or not."""

INSIDER = "insider"
"""Token of what everybody with a role inside the administration may see."""


def covers(tokens: AbstractSet[str], audience: AbstractSet[str]) -> bool:
    """Whether everybody in an audience may also open what has these tokens: only then may the one name the other."""
    return PUBLIC in tokens or tokens >= audience


def role_token(role: Role) -> str:
    """Token of everybody who has the role anywhere."""
    return f"role:{role.value}"


def unit_token(unit_id: int) -> str:
    """Token of everybody who serves in the unit (external supervisors aside)."""
    return f"unit:{unit_id}"


def unit_role_token(unit_id: int, role: Role) -> str:
    """Token of everybody who has the role in that very unit."""
    return f"unit:{unit_id}:{role.value}"


@dataclass(frozen=True)
class Access:
    """Roles and units of one person on one day."""

    units_by_role: dict[Role, frozenset[int]] = field(default_factory=dict)
    standing_in: dict[tuple[Role, int], int] = field(default_factory=dict)
    """Roles in units held only because another is absent: number of that person."""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(self.units_by_role)

    def has(self, *roles: Role) -> bool:
        """Whether any of the roles is held anywhere."""
        return not self.roles.isdisjoint(roles)

    def unit_ids(self, *roles: Role) -> frozenset[int]:
        """Units in which any of the roles is held; without roles: units served as an insider."""
        wanted = roles or tuple(INSIDERS)
        return frozenset().union(*(self.units_by_role.get(role, frozenset()) for role in wanted))

    def tokens(self) -> frozenset[str]:
        """The audience tokens of this person."""
        found = {PUBLIC}
        if self.has(*INSIDERS):
            found.add(INSIDER)
        for role, unit_ids in self.units_by_role.items():
            found.add(role_token(role))
            found.update(unit_role_token(unit_id, role) for unit_id in unit_ids)
        found.update(unit_token(unit_id) for unit_id in self.unit_ids())
        return frozenset(found)


NOBODY = Access()
NAMES = (
    "unit__short_name",
    "unit__name",
    *(f"stands_in_for__user{name}" for name in ("_id", "__name", "__username")),
)


@dataclass(frozen=True)
class Post:
    """A role that a person holds in a unit on a day."""

    role: Role
    unit_id: int
    unit: str
    absent_id: int | None = None
    """Number of the person who is absent, where the role is held in that one's stead."""
    absent: str = ""


def access_for(user: "User | AnonymousUser", on: datetime.date | None = None) -> Access:
    """Roles and units of a person today (one query, remembered on the user instance), or on another day."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    day = on or timezone.localdate()
    remembered: dict[datetime.date, Access] = user.__dict__.setdefault("_portal_access", {})
    if day not in remembered:
        units: dict[Role, set[int]] = {}
        own: set[tuple[Role, int]] = set()
        others: dict[tuple[Role, int], int] = {}
        for post in posts_held(user, day):
            place = (post.role, post.unit_id)
            units.setdefault(post.role, set()).add(post.unit_id)
            if post.absent_id is None:
                own.add(place)
            else:
                others[place] = post.absent_id
        if user.is_superuser:  # the first account of an installation, before anybody has been given a role
            units.setdefault(Role.ADMINISTRATOR, set())
        held = {role: frozenset(ids) for role, ids in units.items()}
        remembered[day] = Access(held, {place: absent for place, absent in others.items() if place not in own})
    return remembered[day]


def posts_held(user: "User", on: datetime.date | None = None) -> list[Post]:
    """What the person is today, or on another day; remembered like the access. One query, asked by every request."""
    day = on or timezone.localdate()
    remembered: dict[datetime.date, list[Post]] = user.__dict__.setdefault("_portal_posts", {})
    if day not in remembered:
        remembered[day] = [
            Post(Role(role), unit_id, short or name, absent_id, absent or username or "")
            for role, unit_id, short, name, absent_id, absent, username in POSTS.rows(user=user.pk, day=day)
        ]
    return remembered[day]


def prepare_access(users: "Iterable[User]", on: datetime.date | None = None) -> None:
    """Read in one query what several people are, for whoever asks `access_for` of each of them next."""
    from portal.units.models import Membership

    day = on or timezone.localdate()
    people = {user.pk: user for user in users}
    found: dict[int, list[Post]] = {pk: [] for pk in people}
    rows = (
        Membership.objects.active(day).filter(user__in=list(people)).values_list("user_id", "role", "unit_id", *NAMES)
    )
    for user_id, role, unit_id, short, name, absent_id, absent, username in rows:
        found[user_id].append(Post(Role(role), unit_id, short or name, absent_id, absent or username or ""))
    for pk, posts in found.items():
        people[pk].__dict__.setdefault("_portal_posts", {})[day] = posts


def _posts(user: int, day: datetime.date) -> "QuerySet[Membership, tuple[Any, ...]]":
    from portal.units.models import Membership

    return Membership.objects.active(day).filter(user_id=user).values_list("role", "unit_id", *NAMES)


POSTS = Compiled(_posts, user=int, day=datetime.date)


def forget_access(user: "User") -> None:
    """Work the access out anew at the next question; called when a membership of the person changed."""
    user.__dict__.pop("_portal_access", None)
    user.__dict__.pop("_portal_posts", None)
