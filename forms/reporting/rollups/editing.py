"""What the compiler does to the document: leaving out, moving, rewording, writing, putting together.

Every function locks the roll-up, refuses a final one, and counts its revision up. Nothing that was compiled is deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.reporting.rollups.compiling import insert, section_of
from forms.reporting.rollups.completeness import instant
from forms.reporting.rollups.cutting import as_read, sentences
from forms.reporting.rollups.drafting import Piece, Words
from forms.reporting.rollups.enums import BlockKind, Change, Origin, Part, RollUpState
from forms.reporting.rollups.errors import FinalError, NotYoursError, RollUpRefusedError, StaleError
from forms.reporting.rollups.models import Block, RollUp, Sentence
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Reworded:
    """How a sentence is to read, and whether it stands in the document."""

    text: str
    is_in: bool = True


def lock(user: "User", pk: int) -> RollUp:
    """The roll-up, locked until the transaction ends; NotYoursError or FinalError where it may not be changed."""
    rollup = RollUp.objects.manageable_by(user).select_for_update(of=("self",)).filter(pk=pk).first()
    if rollup is None:
        raise NotYoursError
    if rollup.state != RollUpState.DRAFT:
        raise FinalError
    return rollup


def touch(
    rollup: RollUp, user: "User", summary: str, blocks: Sequence[Block] = (), change: Change | None = None, **more: Any
) -> None:
    """Note who changed what: in the document, in the blocks, in the audit log."""
    now = timezone.now()
    rollup.revision += 1
    rollup.changed_by, rollup.changed_at = user, now
    rollup.save(update_fields=["revision", "changed_by", "changed_at"])
    for block in blocks:
        block.revision += 1
        block.changed_by, block.changed_at = user, now
        block.change = change or block.change
        block.save(update_fields=["revision", "changed_by", "changed_at", "change", "left_out", "text", "facts"])
    details = {"revision": rollup.revision, "blocks": [block.pk for block in blocks], **more}
    record(action=AuditAction.CHANGE, user=user, target=rollup, summary=summary, details=details)


def lines_of(rollup: RollUp) -> str:
    """Title, addressee and signature as one line: what a page says it has shown."""
    return " ‖ ".join((rollup.title, rollup.addressee, rollup.signature))


@transaction.atomic
def describe(*, user: "User", rollup: RollUp, seen: str, title: str, addressee: str, signature: str) -> RollUp:
    """Set title, addressee and signature; StaleError where they are not what was `seen` (`lines_of`) any more."""
    current = lock(user, rollup.pk)
    given = (title.strip(), addressee.strip(), signature.strip())
    if given == (current.title, current.addressee, current.signature):
        return current
    if seen != lines_of(current):
        told = {"person": current.changed_by, "now": lines_of(current)}
        raise StaleError(_("Not saved: %(person)s has changed these lines meanwhile: %(now)s") % told)
    current.title, current.addressee, current.signature = given
    current.save(update_fields=["title", "addressee", "signature"])
    touch(current, user, "rollup.described")
    return current


@transaction.atomic
def leave_out(*, user: "User", block: Block, left_out: bool = True) -> Block:
    """Leave a block out, or take it in again; with a heading everything below it."""
    rollup = lock(user, block.rollup_id)
    current = rollup.blocks.get(pk=block.pk)
    concerned = list(section_of(current)) if current.kind == BlockKind.HEADING else [current]
    changed = [one for one in concerned if one.left_out != left_out]
    for one in changed:
        one.left_out = left_out
    if changed:
        touch(rollup, user, "rollup.left_out", changed, Change.LEFT_OUT if left_out else Change.TAKEN_IN)
    return current


@transaction.atomic
def move(*, user: "User", block: Block, up: bool) -> Block:
    """Let a block change places with its neighbour; at the edge of its section it stays."""
    rollup = lock(user, block.rollup_id)
    current = rollup.blocks.get(pk=block.pk)
    if up:
        other = rollup.blocks.filter(position__lt=current.position).order_by("-position").first()
    else:
        other = rollup.blocks.filter(position__gt=current.position).order_by("position").first()
    if other is None or BlockKind.HEADING in (other.kind, current.kind):
        return current
    current.position, other.position = other.position, current.position
    Block.objects.bulk_update([current, other], ["position"])
    touch(rollup, user, "rollup.moved", moved=current.pk)
    return current


@transaction.atomic
def reword(
    *, user: "User", block: Block, revision: int, words: Mapping[int, Reworded], text: str | None = None
) -> Block:
    """Set the words of a paragraph, sentence by sentence (by number), or those of a heading (`text`).

    StaleError where somebody else has changed the block since `revision`, unless it reads so already. A sentence that
    is given no words is left out as it reads.
    """
    rollup = lock(user, block.rollup_id)
    current = rollup.blocks.select_related("changed_by").get(pk=block.pk)
    own = list(current.sentences.filter(pk__in=words, merged_into__isnull=True))
    changed = [one for one in own if _apply(one, words[one.pk])]
    heading = text.strip() if text is not None and current.kind in {BlockKind.HEADING, BlockKind.TABLE} else ""
    if not changed and heading in {"", current.text}:
        return current
    if current.revision != revision:
        raise StaleError(stale_words(current))
    current.text = heading or current.text
    Sentence.objects.bulk_update(changed, ["text", "left_out"])
    touch(rollup, user, "rollup.reworded", [current], Change.REWORDED, sentences=[one.pk for one in changed])
    return current


def _apply(one: Sentence, given: Reworded) -> bool:
    """Give the sentence its words; whether that changed anything."""
    text = " ".join(given.text.split())
    left_out = not given.is_in or not text
    before = (one.text, one.left_out)
    one.text, one.left_out = text or one.text, left_out
    return before != (one.text, one.left_out)


def stale_words(block: Block) -> str:
    """Who has changed the block last, and what they did."""
    told = {"person": block.changed_by, "change": block.get_change_display(), "at": instant(block.changed_at)}
    return (
        _("Not saved: %(person)s %(change)s at %(at)s. Both versions stand below; save again what shall hold.") % told
    )


@transaction.atomic
def write(*, user: "User", rollup: RollUp, after: Block | None, text: str) -> Block:
    """Add a paragraph of the compiler's own behind a block; RollUpRefusedError without words."""
    current = lock(user, rollup.pk)
    words = [Words(read, Origin.OWN) for piece in sentences(text) if (read := as_read(piece))]
    if not words:
        raise RollUpRefusedError(_("Please write something."))
    place = current.blocks.filter(pk=after.pk).first() if after else None
    (made,) = insert(
        current, [Piece(BlockKind.PARAGRAPH, Part.OWN, words=words)], after=place, user=user, now=timezone.now()
    )
    touch(current, user, "rollup.written", [made], Change.WRITTEN)
    return made


@transaction.atomic
def merge(*, user: "User", rollup: RollUp, numbers: Sequence[int]) -> Sentence:
    """Put sentences together: the first one stays, with the sources of all; RollUpRefusedError with fewer than two."""
    current = lock(user, rollup.pk)
    rows = Sentence.objects.filter(block__rollup=current, pk__in=numbers, merged_into__isnull=True, left_out=False)
    found = list(rows.exclude(origin=Origin.COMPUTED).select_related("block").order_by("block__position", "position"))
    if len(found) < 2:
        raise RollUpRefusedError(_("Choose at least two sentences that are to become one."))
    first, *others = found
    numbers_of_others = [one.pk for one in others]
    Sentence.objects.filter(merged_into__in=numbers_of_others).update(merged_into=first)
    Sentence.objects.filter(pk__in=numbers_of_others).update(merged_into=first)
    blocks = {one.block_id: one.block for one in found}
    touch(current, user, "rollup.merged", list(blocks.values()), Change.MERGED, sentences=[one.pk for one in found])
    return first


@transaction.atomic
def part(*, user: "User", rollup: RollUp, number: int) -> Sentence:
    """Let a sentence stand for itself again."""
    current = lock(user, rollup.pk)
    found = Sentence.objects.select_related("block", "merged_into__block").get(block__rollup=current, pk=number)
    if found.merged_into is not None:
        blocks = {one.pk: one for one in (found.block, found.merged_into.block)}
        found.merged_into = None
        found.save(update_fields=["merged_into"])
        touch(current, user, "rollup.parted", list(blocks.values()), Change.PARTED, sentences=[found.pk])
    return found


@transaction.atomic
def delete(*, user: "User", rollup: RollUp) -> None:
    """Delete a draft; the reports stay as they are."""
    current = lock(user, rollup.pk)
    record(action=AuditAction.DELETE, user=user, target=current, summary="rollup.deleted")
    for name in current.files.exclude(file="").values_list("file", flat=True):
        transaction.on_commit(partial(storages["private"].delete, name))
    current.delete()
