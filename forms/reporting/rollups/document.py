"""The roll-up as an official document: numbered sources behind the sentences, and the annex that says what they are."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.reporting.rollups import reading
from forms.reporting.rollups.completeness import instant
from forms.reporting.rollups.enums import BlockKind, Origin, Part, Standing
from forms.reporting.rollups.models import Block, RollUp
from forms.reporting.rollups.models import Source as StoredSource
from forms.submissions.rules import canonical
from portal.files.official import OfficialDocument
from portal.files.official.document import Block as OfficialBlock
from portal.files.official.document import Heading, Paragraph, Sentence, Source, Table
from portal.files.official.words import before_stop, note_label

Report = tuple[int, int]
"""Number of a report, number of its version."""


class Annex:
    """Numbers the sources in the order in which they are met."""

    def __init__(self, rollup: RollUp) -> None:
        self.rollup = rollup
        self.reports: dict[Report, int] = {}
        self.told: dict[Report, list[StoredSource]] = {}
        self.reworded: set[Report] = set()
        self.computed: list[tuple[int, Block, list[StoredSource]]] = []
        self.last = 0

    def notes(self, block: Block, told: "reading.Told") -> tuple[int, ...]:
        """The numbers behind a sentence."""
        if told.sentence.origin == Origin.OWN:
            return ()
        if told.sentence.origin == Origin.COMPUTED:
            return (self._computed(block, told.sources),)
        found = [self._report(source) for source in told.sources]
        if told.sentence.is_reworded:
            self.reworded.update((one.report, one.number) for one in told.sources)
        return tuple(sorted(set(found)))

    def _next(self) -> int:
        self.last += 1
        return self.last

    def _computed(self, block: Block, sources: list[StoredSource]) -> int:
        """One number for each block that is worked out: its sentences share the rule."""
        for number, known, together in self.computed:
            if known.pk == block.pk:
                together += [one for one in sources if one not in together]
                return number
        number = self._next()
        self.computed.append((number, block, list(sources)))
        return number

    def _report(self, source: StoredSource) -> int:
        key = (source.report, source.number)
        if key not in self.reports:
            self.reports[key] = self._next()
        self.told.setdefault(key, []).append(source)
        return self.reports[key]

    def rows(self) -> list[Source]:
        """The rows of the annex, by number; figures name the numbers of the reports that they count."""
        for _number, _block, sources in self.computed:
            for source in sources:
                key = (source.report, source.number)
                if key not in self.reports:
                    self.reports[key] = self._next()
                    self.told.setdefault(key, []).append(source)
        rows = [self._figure_row(*one) for one in self.computed]
        rows += [self._report_row(number, self.told[key], key) for key, number in self.reports.items()]
        return sorted(rows, key=lambda row: row.number)

    def _figure_row(self, number: int, block: Block, sources: list[StoredSource]) -> Source:
        facts = block.facts
        at = parse_datetime(facts.get("as_of", "")) or self.rollup.as_of
        parts = [facts.get("rule", "")]
        if "made_of" in facts:
            parts.append(f"{facts['made_of']} = {facts['value']}（{facts['basis']}）")
        if counted := [self.reports[one.report, one.number] for one in sources]:
            parts.append(pgettext("roll-up", "from %(notes)s") % {"notes": note_label(counted)})
        return Source(
            number=number,
            unit=pgettext("roll-up annex", "worked out"),
            report=self.rollup.period.name,
            receipt="—",
            sent_at=pgettext("roll-up annex", "as of %(at)s") % {"at": instant(at)},
            where=" ".join(one for one in parts if one),
        )

    def _report_row(self, number: int, sources: Sequence[StoredSource], key: Report) -> Source:
        first = sources[0]
        where = "、".join(dict.fromkeys(one.label for one in sources if one.label)) or _("the report as a whole")
        if key in self.reworded:
            where += pgettext("roll-up annex", " (partly in the compiler's words)")
        if moved := [one for one in sources if reading.is_unsettled(one)]:
            where += pgettext("roll-up annex", " (since then: %(what)s)") % {"what": Standing(moved[0].standing).label}
        return Source(
            number=number,
            unit=str(first.unit),
            report=pgettext("roll-up annex", "%(period)s, version %(n)s")
            % {"period": self.rollup.period.name, "n": first.number},
            receipt=first.receipt,
            sent_at=timezone.localtime(first.sent_at).strftime("%Y-%m-%d %H:%M"),
            where=where,
        )


def official(rollup: RollUp) -> OfficialDocument:
    """The document without what is left out; four queries."""
    annex = Annex(rollup)
    blocks: list[OfficialBlock] = []
    for section in reading.sections(rollup):
        if section.heading is not None and not section.heading.left_out:
            blocks.append(Heading(1, section.heading.text))
        for shown in section.blocks:
            if not shown.block.left_out and (made := _block(shown, annex)) is not None:
                blocks.append(made)
    day = rollup.finalised_at or rollup.as_of
    return OfficialDocument(
        title=rollup.title,
        blocks=tuple(blocks),
        addressee=rollup.addressee,
        signature=rollup.signature,
        date=timezone.localdate(day),
        sources=tuple(annex.rows()),
        draft_mark="" if rollup.is_final else pgettext("roll-up", "Draft"),
    )


def _block(shown: "reading.Shown", annex: Annex) -> OfficialBlock | None:
    block = shown.block
    if block.kind == BlockKind.TABLE:
        facts = block.facts
        notes = tuple(number for number, known, _sources in annex.computed if known.part == Part.COMPLETENESS)
        rows = tuple(tuple(row) for row in facts["rows"])
        return Table(block.text, tuple(facts["head"]), rows, frozenset(facts.get("numeric", ())), notes)
    said = [Sentence(_with_units(told), annex.notes(block, told)) for told in shown.told]
    if not said:
        return None
    lead = [Sentence(f"{shown.unit}：")] if shown.unit else []
    return Paragraph((*lead, *said))


def _with_units(told: "reading.Told") -> str:
    """Where several units say it, who they are, before the stop."""
    text = told.sentence.text + told.gap
    if not told.units:
        return text
    stem, stop = before_stop(text)
    return f"{stem}（{told.units}）{stop}"


def content_hash(document: OfficialDocument) -> str:
    """SHA-256 over everything that is read, sources included."""
    content = asdict(document) | {"date": document.date.isoformat() if document.date else "", "draft_mark": ""}
    return hashlib.sha256(canonical(_plain(content))).hexdigest()


def _plain(content: object) -> object:
    if isinstance(content, dict):
        return {name: _plain(one) for name, one in content.items()}
    if isinstance(content, frozenset):
        return sorted(content)
    return [_plain(one) for one in content] if isinstance(content, list | tuple) else content
