"""Queries that depend on what a person is allowed to be, put into SQL once for each access.

See `portal.ops.compiled`.
"""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db.models import QuerySet

from portal.ops.compiled import Compiled, Value
from portal.units.access import Access, access_for

if TYPE_CHECKING:
    from portal.accounts.models import User

Row = TypeVar("Row")
Person = Any
"""Stands for the person while the query is made: `access_for` answers, everything else is an AttributeError."""

MOST = 500
"""Kept queries; some ten kilobytes each. There are as many accesses as there are roles in units."""


class _EveryDay(dict[datetime.date, Access]):
    """The same access whatever the day: it was worked out for the day of whoever asks."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def __contains__(self, day: object) -> bool:
        return True

    def __missing__(self, day: datetime.date) -> Access:
        return self.access


class _WhoeverHas:
    """Somebody of whom nothing is known but the access: so what is kept cannot depend on who asked first."""

    __slots__ = ("__dict__",)
    is_authenticated = is_active = True

    def __init__(self, access: Access) -> None:
        self.__dict__["_portal_access"] = _EveryDay(access)


class CompiledForAccess(Generic[Row]):
    """A query for rows that a person sees. `build` makes it of the person and the `parameters`, as for `Compiled`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **parameters: type[Value]) -> None:
        self._build, self._parameters = build, parameters
        self._known: dict[Any, Compiled[Row]] = {}

    def rows(self, user: "User", **values: Value) -> list[Row]:
        """The rows that the person sees now, for these values; one query."""
        access = access_for(user)
        key = (frozenset(access.units_by_role.items()), frozenset(access.standing_in.items()))
        if key not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = self._made(access)
        return self._known[key].rows(**values)

    def _made(self, access: Access) -> Compiled[Row]:
        return Compiled(lambda **values: self._build(cast("Person", _WhoeverHas(access)), **values), **self._parameters)
