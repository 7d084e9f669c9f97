"""From the questions that a page sends by itself to what was kept of them, and to what is told."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.builder.answers import DisplayRow
from forms.builder.checking import is_asked
from forms.builder.pages import FormPart
from forms.builder.rendering import build_form
from forms.collection.models import ExpectedReport
from forms.submissions.drafts.merging import digest, merge
from forms.submissions.drafts.parts import bases_of, join, split
from forms.submissions.drafts.services import save_parts
from forms.submissions.errors import StaleRevisionError
from forms.submissions.filling import in_words, settling
from forms.submissions.models import Submission
from forms.submissions.services import begin
from forms.submissions.surroundings import Surroundings

if TYPE_CHECKING:
    from django.http import QueryDict

    from portal.accounts.models import User

ATTEMPTS = 3
"""How often it is tried anew where the form was moved to another version in just this moment."""


@dataclass(frozen=True)
class Typed:
    """What a page sends: the inputs of the questions that were changed in it, and on what they were based."""

    data: "QueryDict | Mapping[str, Any]"
    bases: Mapping[str, str]
    """By question; only questions named here are looked at."""
    seconds: int = 0
    comparing: bool = False
    """Whether only to say what would differ; nothing is written."""


@dataclass(frozen=True)
class Told:
    """One question whose typed answer differs from what is stored."""

    key: str
    label: str
    theirs: list[DisplayRow]
    mine: list[DisplayRow]
    base: str
    """The digest of what is stored: who has seen it may write over it."""


@dataclass(frozen=True)
class Autosaved:
    """What became of the typed questions."""

    report: Submission
    digest: str
    """Of the form's version that the report is filled in with."""
    bases: dict[str, str]
    """Digests of all questions as they are stored now."""
    revision_before: int
    saved_before_by: "User"
    saved: frozenset[str] = frozenset()
    """Questions that are stored as they were typed."""
    conflicts: list[Told] = field(default_factory=list)
    differing: list[Told] = field(default_factory=list)
    """Where only compared: all that differ."""
    locked: list[Told] = field(default_factory=list)
    gone: frozenset[str] = frozenset()
    """Questions that the form does not ask any more."""


def autosave(*, user: "User", expected: ExpectedReport, typed: Typed, now: datetime.datetime) -> Autosaved:
    """Keep what was typed, question by question, as far as nobody else has changed the same question meanwhile.

    What is not valid is kept as typed, as in any draft. Raises a ReportRefusedError where drafts are not saved now.
    """
    for attempt in range(ATTEMPTS):
        report = begin(user=user, expected=expected, now=now)
        try:
            return _autosave(user, report, typed, now)
        except StaleRevisionError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError  # never reached


def _autosave(user: "User", report: Submission, typed: Typed, now: datetime.datetime) -> Autosaved:
    version = report.form_version
    schema = version.form_schema
    around = Surroundings(user, report.expected, schema, now, report)
    fields = tuple(one for one in schema if one.key in typed.bases and is_asked(one))
    keys = {one.key for one in fields}
    form = build_form(
        schema,
        data=typed.data,
        answers=report.answers,
        stored_files=around.files,
        context=around.context,
        part=FormPart(number=1, title="", fields=fields),
        restriction=around.restriction.of_tables(one.key for one in schema),
        **around.known,
    )
    parts = split(schema, form.draft_answers(), keys)
    if typed.comparing:
        merged, before = merge(split(schema, report.answers, keys), parts, typed.bases), report.revision
        last = report.updated_by
    else:
        saved = save_parts(
            user=user,
            expected=report.expected,
            schema=schema,
            digest=version.digest,
            typed=parts,
            bases=typed.bases,
            settle=settling(around, form),
            seconds=typed.seconds,
            now=now,
        )
        report, merged, before, last = saved.report, saved.merge, saved.revision_before, saved.saved_before_by
    stored = split(schema, report.answers)
    differing = [key for key in parts if digest(stored[key]) != digest(parts[key])]
    mine = join(schema, report.answers, parts)

    def told(wanted: "Mapping[str, Any] | frozenset[str] | list[str]") -> list[Told]:
        return [
            Told(
                one.key,
                one.label,
                in_words(schema, report.answers, one.key),
                in_words(schema, mine, one.key),
                digest(stored[one.key]),
            )
            for one in fields
            if one.key in wanted
        ]

    return Autosaved(
        report=report,
        digest=version.digest,
        bases=bases_of(schema, report.answers),
        revision_before=before,
        saved_before_by=last,
        saved=frozenset(parts) - frozenset(differing),
        conflicts=told(merged.conflicts),
        differing=told(differing) if typed.comparing else [],
        locked=told(merged.locked),
        gone=frozenset(typed.bases) - keys,
    )
