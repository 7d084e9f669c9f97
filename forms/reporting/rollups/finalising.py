"""Finalising: from then on the words stand, with a number and a hash; what its sources do is still said beside them."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.reporting.rollups.document import content_hash, official
from forms.reporting.rollups.editing import lock, touch
from forms.reporting.rollups.enums import FileKind, RollUpState
from forms.reporting.rollups.errors import StaleError
from forms.reporting.rollups.files import ask
from forms.reporting.rollups.models import RollUp
from portal.files.pdf import can_make_pdf

if TYPE_CHECKING:
    from portal.accounts.models import User

TRIES = 5


def finalise(*, user: "User", rollup: RollUp, revision: int) -> RollUp:
    """Freeze the document as the person saw it; StaleError where somebody has changed it since.

    Both files are made and kept.
    """
    for attempt in range(TRIES):
        try:
            final = _finalise(user, rollup, revision)
        except IntegrityError:  # somebody else has just taken the number
            if attempt == TRIES - 1:
                raise
        else:
            break
    for kind in FileKind:
        if kind != FileKind.PDF or can_make_pdf():
            ask(user=user, rollup=final, kind=kind)
    return final


@transaction.atomic
def _finalise(user: "User", rollup: RollUp, revision: int) -> RollUp:
    current = lock(user, rollup.pk)
    if current.revision != revision:
        told = {"person": current.changed_by}
        raise StaleError(_("%(person)s has changed the document meanwhile. Read it again, then finalise it.") % told)
    now = timezone.now()
    current.state, current.finalised_by, current.finalised_at = RollUpState.FINAL, user, now
    current.number = _next_number(timezone.localdate(now).year)
    current.content_hash = content_hash(official(current))
    current.save(update_fields=["state", "finalised_by", "finalised_at", "number", "content_hash"])
    touch(current, user, "rollup.finalised", number=current.number, hash=current.content_hash)
    return RollUp.objects.with_names().get(pk=current.pk)


def _next_number(year: int) -> str:
    """2026-0001, counted up each year over all units."""
    taken = RollUp.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    last = max((int(number.split("-")[1]) for number in taken if number), default=0)
    return f"{year}-{last + 1:04d}"
