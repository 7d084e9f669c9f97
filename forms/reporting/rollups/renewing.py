"""Taking over what is reported now: a newer version's words, figures worked out anew, reports accepted later.

What is replaced is left out, not deleted: it can be taken in again. Or a sentence is kept as it is, with the reason.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.reporting.rollups.compiling import insert, section_of
from forms.reporting.rollups.cutting import plain_form
from forms.reporting.rollups.drafting import Piece, Words, add_words, heading
from forms.reporting.rollups.editing import lock, touch
from forms.reporting.rollups.enums import AFFECTING, BlockKind, Change, Origin, Part, Standing
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.freshness import Fresh, Stale, fresh_figures, stale_figures
from forms.reporting.rollups.gathering import Gathered, Report
from forms.reporting.rollups.models import Block, RollUp, Sentence, Source
from forms.reporting.rollups.movements import later_reports
from forms.reporting.rollups.texts import paragraph, text_questions

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def keep(*, user: "User", rollup: RollUp, report: int, reason: str, block: Block | None = None) -> int:
    """Keep what is said though the report has moved, with the reason; in one block, or everywhere. How many sources."""
    current = lock(user, rollup.pk)
    if not reason.strip():
        raise RollUpRefusedError(_("Please say why it stays; readers of the roll-up see the reason."))
    rows = Source.objects.filter(sentence__block__rollup=current, standing__in=AFFECTING, kept_because="")
    rows = rows.filter(report=report) if block is None else rows.filter(sentence__block=block)
    number = rows.update(kept_because=reason.strip()[:300], kept_by=user, kept_at=timezone.now())
    if block is not None:
        _keep_figure(current, block.pk, reason.strip()[:300], user)
    touch(current, user, "rollup.kept", report=report, sources=number, reason=reason.strip()[:300])
    return number


def _keep_figure(rollup: RollUp, number: int, reason: str, user: "User") -> None:
    """Say why a figure stays though another comes out now; it is asked about again once yet another one does."""
    found = Gathered(rollup.period, user=user, now=timezone.now())
    for stale in stale_figures(rollup, fresh_figures(rollup, found)):
        if stale.block.pk == number and stale.sentence is not None and stale.words is not None:
            stale.sentence.facts = stale.words.facts
            stale.sentence.save(update_fields=["facts"])
            stale.block.facts |= {"kept": f"{reason}（{user}）"}
            stale.block.save(update_fields=["facts"])


@transaction.atomic
def leave_out_report(*, user: "User", rollup: RollUp, report: int) -> int:
    """Leave out every sentence that a unit's report alone stands for; figures stay. How many."""
    current = lock(user, rollup.pk)
    rows = Sentence.objects.filter(
        block__rollup=current, origin=Origin.REPORTED, left_out=False, sources__report=report
    ).select_related("block")
    found = list(rows.distinct())
    for one in found:
        one.left_out, one.merged_into = True, None
    Sentence.objects.bulk_update(found, ["left_out", "merged_into"])
    Sentence.objects.filter(merged_into__in=found).update(merged_into=None)
    blocks = {one.block_id: one.block for one in found}
    touch(current, user, "rollup.left_out", list(blocks.values()), Change.LEFT_OUT, report=report)
    return len(found)


@transaction.atomic
def renew_report(*, user: "User", rollup: RollUp, report: int) -> None:
    """Let the document say what the report's accepted version says, question by question; other words stay."""
    current = lock(user, rollup.pk)
    found = Gathered(rollup.period, user=user, now=timezone.now())
    newest = next((one for one in found.reports if one.pk == report), None)
    if newest is None:
        raise RollUpRefusedError(_("This report is not accepted now, so there is nothing to take over."))
    _take_over(current, newest, found, user)
    _refresh(current, fresh_figures(current, found), user, reworded=False)
    touch(current, user, "rollup.renewed", report=report, version=newest.version.number)


@transaction.atomic
def renew_figures(*, user: "User", rollup: RollUp, blocks: Iterable[int] | None = None) -> int:
    """Take over what comes out now; in blocks that are named also where the compiler has reworded it. How many."""
    current = lock(user, rollup.pk)
    found = Gathered(rollup.period, user=user, now=timezone.now())
    wanted = None if blocks is None else set(blocks)
    number = _refresh(current, fresh_figures(current, found), user, reworded=wanted is not None, only=wanted)
    if number:
        touch(current, user, "rollup.renewed", figures=number)
    return number


@transaction.atomic
def take_in_later(*, user: "User", rollup: RollUp) -> int:
    """Take in the reports that were accepted since the document was compiled, and work the figures out anew."""
    current = lock(user, rollup.pk)
    found = Gathered(rollup.period, user=user, now=timezone.now())
    later = later_reports(current, found)
    for report in later:
        _take_over(current, report, found, user)
    if later:
        _refresh(current, fresh_figures(current, found), user, reworded=False)
        touch(current, user, "rollup.taken_in", reports=[one.pk for one in later])
    return len(later)


def _take_over(rollup: RollUp, report: Report, found: Gathered, user: "User") -> None:
    for question in text_questions(found.schemas, rollup.period.requirement.form_id):
        piece = paragraph(question, found.schemas, report)
        block = rollup.blocks.filter(kind=BlockKind.PARAGRAPH, question=question.path, unit=report.unit).first()
        if block is not None:
            _replace(block, piece.words if piece else [], report, user)
        elif piece is not None:
            _add(rollup, piece, question.label, report, user)


def _add(rollup: RollUp, piece: Piece, label: str, report: Report, user: "User") -> None:
    """A paragraph where the order of the units wants it; with a heading where the question had none."""
    now = timezone.now()
    top = rollup.blocks.filter(kind=BlockKind.HEADING, part=Part.TEXT, question=piece.question).first()
    if top is None:
        insert(rollup, [heading(Part.TEXT, label, piece.question), piece], after=None, user=user, now=now)
        return
    before = section_of(top).filter(unit__path__lt=report.unit.path).order_by("-position").first()
    (made,) = insert(rollup, [piece], after=before or top, user=user, now=now)
    if top.left_out:
        Block.objects.filter(pk=made.pk).update(left_out=True)


def _replace(block: Block, words: Sequence[Words], report: Report, user: "User") -> None:
    """The sentences of the report in a paragraph by those of its newer version; what is the same keeps its place."""
    old = [one for one in block.sentences.all() if one.origin == Origin.REPORTED and one.replaced_at is None]
    said = {source.sentence_id: source for source in Source.objects.filter(sentence__in=old, report=report.pk)}
    old = [one for one in old if one.pk in said]
    before = [plain_form(said[one.pk].text) for one in old]
    after = [plain_form(one.places[0].text) for one in words]
    order: list[Sentence | Words] = []
    replaced: list[Sentence] = []
    for _tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if _tag == "equal":
            order += old[old_from:old_to]
            for one, new in zip(old[old_from:old_to], words[new_from:new_to], strict=True):
                _follow(said[one.pk], new)
            continue
        order += [*old[old_from:old_to], *words[new_from:new_to]]
        replaced += old[old_from:old_to]
    _let_go(replaced)
    others = [one for one in block.sentences.all() if one.pk not in said]
    _arrange(block, [*order, *others])
    if replaced or len(order) > len(old):
        block.change, block.changed_by, block.changed_at = Change.RENEWED, user, timezone.now()
        block.revision += 1
        block.save(update_fields=["change", "changed_by", "changed_at", "revision"])


def _follow(source: Source, words: Words) -> None:
    """Stand on the newer version, which says the same."""
    place = words.places[0]
    for name, value in place.report.as_source().items():
        setattr(source, name, value)
    source.text, source.row = place.text, place.row
    source.standing, source.moved_at, source.moved_why = Standing.STANDS, None, ""
    source.kept_because, source.kept_by, source.kept_at = "", None, None
    source.save()


def _let_go(replaced: Sequence[Sentence]) -> None:
    """What something newer took the place of; what was put together with it stands for itself again."""
    now = timezone.now()
    for one in replaced:
        one.left_out, one.replaced_at, one.merged_into = True, now, None
    Sentence.objects.bulk_update(replaced, ["left_out", "replaced_at", "merged_into"])
    Sentence.objects.filter(merged_into__in=replaced).update(merged_into=None)


def _arrange(block: Block, order: Sequence[Sentence | Words]) -> None:
    new = [(block, (place, one)) for place, one in enumerate(order) if isinstance(one, Words)]
    add_words(new)
    kept = []
    for place, one in enumerate(order):
        if isinstance(one, Sentence):
            one.position = place
            kept.append(one)
    Sentence.objects.bulk_update(kept, ["position"])


def _refresh(rollup: RollUp, fresh: Fresh, user: "User", *, reworded: bool, only: set[int] | None = None) -> int:
    """Write what comes out now; what the compiler has reworded only if asked for. How many sentences changed."""
    number = 0
    for one in stale_figures(rollup, fresh):
        if (only is None or one.block.pk in only) and (reworded or not one.is_reworded):
            _write(one, user)
            number += 1
    for block, piece in fresh.tables:
        if only is None and block.facts.get("rows") != piece.facts.get("rows"):
            block.facts = piece.facts
            block.save(update_fields=["facts"])
    return number


def _write(stale: Stale, user: "User") -> None:
    block, sentence, words = stale.block, stale.sentence, stale.words
    if sentence is None and words is not None:
        last = block.sentences.order_by("-position").first()
        add_words([(block, ((last.position + 1) if last else 0, words))])
    elif sentence is not None and words is None:
        _let_go([sentence])
    elif sentence is not None and words is not None:
        sentence.text = sentence.original = words.text
        sentence.facts = words.facts
        sentence.save(update_fields=["text", "original", "facts"])
        sentence.sources.all().delete()
        Source.objects.bulk_create(place.source(sentence) for place in words.places)
    if stale.piece is not None:
        block.facts = stale.piece.facts
    block.change, block.changed_by, block.changed_at = Change.RENEWED, user, timezone.now()
    block.revision += 1
    block.save(update_fields=["facts", "change", "changed_by", "changed_at", "revision"])
