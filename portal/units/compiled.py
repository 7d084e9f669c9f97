"""Queries that depend on what a person is allowed to be, put into SQL once for each access.

See `portal.ops.compiled`.
"""

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import QuerySet

from portal.ops.compiled import Compiled, Value
from portal.ops.remembered import Remembered
from portal.units.access import Access, access_for

if TYPE_CHECKING:
    from portal.accounts.models import User

Row = TypeVar("Row")
Person = Any
"""Stands for the person while the query is made: `access_for` answers, everything else is an AttributeError."""


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

    is_authenticated = is_active = True

    def __init__(self, access: Access) -> None:
        self.__dict__["_portal_access"] = _EveryDay(access)


class CompiledForAccess(Generic[Row]):
    """A query for rows that a person sees. `build` makes it of the person and the `parameters`, as for `Compiled`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **parameters: type[Value]) -> None:
        self._build, self._parameters = build, parameters
        # Some ten kilobytes each; there are as many accesses as there are roles in units.
        self._known: Remembered[Any, Compiled[Row]] = Remembered(most=500)

    def rows(self, user: "User", **values: Value) -> list[Row]:
        """The rows that the person sees now, for these values; one query."""
        return self._for(user).rows(**values)

    def count(self, user: "User", **values: Value) -> int:
        """How many rows the person sees now, for these values; one query."""
        return self._for(user).count(**values)

    def _for(self, user: "User") -> Compiled[Row]:
        access = access_for(user)
        key = (frozenset(access.units_by_role.items()), frozenset(access.standing_in.items()))
        return self._known.get(key, lambda: self._made(access))

    def _made(self, access: Access) -> Compiled[Row]:
        return Compiled(partial(self._build, _WhoeverHas(access)), **self._parameters)
