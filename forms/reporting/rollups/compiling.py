"""Compiling a roll-up from the accepted reports of a period, and taking in those that were accepted later."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.models import ReportingPeriod
from forms.reporting.rollups import completeness, figures, texts
from forms.reporting.rollups.drafting import Piece, Words, store
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.errors import NotYoursError, RollUpRefusedError
from forms.reporting.rollups.gathering import Gathered
from forms.reporting.rollups.models import Block, RollUp
from forms.reporting.rollups.permissions import may_compile
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def compile_rollup(
    *,
    user: "User",
    period: ReportingPeriod,
    title: str,
    addressee: str = "",
    signature: str = "",
    key: uuid.UUID | None = None,
    based_on: RollUp | None = None,
    now: datetime.datetime | None = None,
) -> RollUp:
    """Compile a document; the same `key` a second time gives the one that was compiled first.

    `based_on` lends what its compiler chose: which sections are left out, and their own paragraphs. NotYoursError for
    whoever does not coordinate the collecting unit; RollUpRefusedError where no report has been accepted.
    """
    now, key = now or timezone.now(), key or uuid.uuid4()
    if not may_compile(user, period.requirement):
        raise NotYoursError
    known = RollUp.objects.manageable_by(user).filter(key=key).first()
    if known is not None:
        return known
    found = Gathered(period, user=user, now=now)
    if not found.reports:
        raise RollUpRefusedError(_("No report of this period has been accepted yet, so there is nothing to compile."))
    rollup = RollUp.objects.create(
        period=period,
        key=key,
        title=title.strip(),
        addressee=addressee.strip(),
        signature=signature.strip(),
        as_of=now,
        compiled_by=user,
        changed_by=user,
        changed_at=now,
        based_on=based_on,
    )
    pieces = [
        *completeness.section(found),
        *figures.section(found),
        *texts.sections(found.filled_in, found.schemas, period.requirement.form_id),
    ]
    store(rollup, pieces, user=user, now=now)
    if based_on is not None:
        _borrow(rollup, based_on, user, now)
    details = {"reports": len(found.reports), "period": period.pk}
    record(action=AuditAction.CREATE, user=user, target=rollup, summary="rollup.compiled", details=details)
    return rollup


def _borrow(rollup: RollUp, other: RollUp, user: "User", now: datetime.datetime) -> None:
    """What the compiler chose last time: sections that were left out, and paragraphs of their own, to be gone over."""
    sections = other.blocks.filter(kind=BlockKind.HEADING)
    left_out = set(sections.filter(left_out=True).values_list("part", "question"))
    for block in rollup.blocks.filter(kind=BlockKind.HEADING):
        if (block.part, block.question) in left_out:
            _leave_section_out(block)
    left_figures = {
        figures.Definition.in_facts(facts)
        for facts in other.blocks.filter(kind=BlockKind.FIGURE, left_out=True).values_list("facts", flat=True)
    }
    for block in rollup.blocks.filter(kind=BlockKind.FIGURE):
        if figures.Definition.in_facts(block.facts) in left_figures:
            block.left_out = True
            block.save(update_fields=["left_out"])
    own = other.blocks.filter(part=Part.OWN, left_out=False).prefetch_related("sentences")
    for block in own:
        before = other.blocks.filter(position__lt=block.position, kind=BlockKind.HEADING).order_by("-position").first()
        after = rollup.blocks.filter(
            kind=BlockKind.HEADING, part=before.part if before else "", question=before.question if before else ""
        ).first()
        words = [Words(one.text, Origin.OWN) for one in block.sentences.all() if not one.left_out]
        piece = Piece(BlockKind(block.kind), Part.OWN, text=block.text, words=words)
        insert(rollup, [piece], after=after, user=user, now=now)


def _leave_section_out(heading: Block) -> None:
    section_of(heading).update(left_out=True)


def section_of(heading: Block) -> "models.QuerySet[Block]":
    """The heading and all that stands below it."""
    blocks = Block.objects.filter(rollup_id=heading.rollup_id, position__gte=heading.position)
    following = blocks.filter(kind=BlockKind.HEADING, position__gt=heading.position).order_by("position").first()
    return blocks.filter(position__lt=following.position) if following else blocks


def insert(
    rollup: RollUp, pieces: list[Piece], *, after: Block | None, user: "User", now: datetime.datetime
) -> list[Block]:
    """Write the pieces behind a block (None: at the end); what follows moves on."""
    if after is None:
        last = rollup.blocks.aggregate(last=Max("position"))["last"] or 0
    else:
        last = after.position
        rollup.blocks.filter(position__gt=last).update(position=F("position") + len(pieces))
    return store(rollup, pieces, user=user, now=now, first=last + 1)
