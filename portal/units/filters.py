"""Filters of the lists of units, memberships and people."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.units.enums import Role
from portal.units.models import Membership, Unit
from portal.units.querysets import valid_on

OPEN = _("Account open")
SHUT = _("Account shut")


class OpenFilter(SimpleListFilter):
    """Accounts that may sign in, and those that may not."""

    title = _("account")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Open or shut."""
        return [("open", OPEN), ("shut", SHUT)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Accounts in the chosen state."""
        return queryset.filter(is_active=self.value() == "open") if self.value() in ("open", "shut") else None


class ValidityFilter(SimpleListFilter):
    """Rows valid today, no longer, or not yet."""

    title = _("period of validity")
    parameter_name = "valid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The three states."""
        return [("today", _("Valid today")), ("ended", _("Ended")), ("future", _("Not yet begun"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Rows in the chosen state."""
        today = timezone.localdate()
        chosen = {
            "today": valid_on(today),
            "ended": Q(valid_until__lt=today),
            "future": Q(valid_from__gt=today),
        }.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else None


class InForceFilter(ValidityFilter):
    """Memberships in force: their own validity, their unit's, and an account that is open."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Memberships in the chosen state."""
        today = timezone.localdate()
        if self.value() == "today":
            return queryset.filter(pk__in=Membership.objects.active(today).order_by().values("pk"))
        if self.value() == "ended":
            return queryset.filter(Q(valid_until__lt=today) | Q(unit__valid_until__lt=today))
        return super().queryset(request, queryset)


class UnitFilter(SimpleListFilter):
    """Memberships of one unit; only units in which somebody serves are offered."""

    title = _("unit")
    parameter_name = "in_unit"
    template = "units/scrolling_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Units by their place in the tree."""
        served = Membership.objects.visible_to(request.user).order_by().values("unit_id")
        return [(str(unit.pk), str(unit)) for unit in Unit.objects.filter(pk__in=served)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Memberships of the chosen unit."""
        chosen = self.value() or ""
        return queryset.filter(unit_id=int(chosen)) if chosen.isdecimal() else None


class PersonRoleFilter(SimpleListFilter):
    """People who have a role today."""

    title = _("role today")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The roles, and none."""
        return [*((role.value, role.label) for role in Role), ("none", _("No role today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """People with the chosen role."""
        in_force = Membership.objects.active().order_by()
        if self.value() == "none":
            return queryset.exclude(pk__in=in_force.values("user_id"))
        if self.value() in Role.values:
            return queryset.filter(pk__in=in_force.filter(role=self.value()).values("user_id"))
        return None
