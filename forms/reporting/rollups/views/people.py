"""Who is asking, and for which roll-up."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from forms.reporting.rollups.models import Block, RollUp
from forms.reporting.rollups.permissions import may_compile, may_look
from forms.submissions.views.people import insider
from portal.accounts.models import User


def reader(request: HttpRequest) -> User:
    """Somebody who may know of roll-ups at all (403 otherwise)."""
    user = insider(request)
    if not may_look(user):
        raise PermissionDenied
    return user


def one_rollup(request: HttpRequest, pk: int) -> tuple[User, RollUp]:
    """The person, and the roll-up as far as they may see it (404 otherwise)."""
    user = reader(request)
    return user, get_object_or_404(RollUp.objects.visible_to(user).with_names(), pk=pk)


def one_to_change(request: HttpRequest, pk: int) -> tuple[User, RollUp]:
    """The same, for somebody who may change it (403 otherwise)."""
    user, rollup = one_rollup(request, pk)
    if not may_compile(user, rollup.period.requirement):
        raise PermissionDenied
    return user, rollup


def one_block(request: HttpRequest, pk: int, block_pk: int) -> tuple[User, RollUp, Block]:
    """A block of a roll-up that the person may change."""
    user, rollup = one_to_change(request, pk)
    return user, rollup, get_object_or_404(rollup.blocks.select_related("unit", "changed_by"), pk=block_pk)
