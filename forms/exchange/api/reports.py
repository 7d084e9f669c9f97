"""Reports as the API gives them: the versions that the token's owner may read, sensitive answers by scope only."""

from collections.abc import Mapping
from typing import Any

from forms.builder.fields import type_of
from forms.builder.schema import FormSchema
from forms.submissions.models import SubmissionVersion


class Answers:
    """Takes out of answers what is not to be given; each form version is looked at once."""

    def __init__(self, *, sensitive: bool) -> None:
        self._sensitive = sensitive
        self._kept: dict[int, Mapping[str, frozenset[str] | None]] = {}

    def of(self, version: SubmissionVersion) -> dict[str, Any]:
        """Answers under keys, tables as lists of rows."""
        if version.form_version_id not in self._kept:
            self._kept[version.form_version_id] = self._keys(version.form_version.form_schema)
        found: dict[str, Any] = {}
        for key, columns in self._kept[version.form_version_id].items():
            if key not in version.answers:
                continue
            answer = version.answers[key]
            if columns is not None and isinstance(answer, list):
                answer = [
                    {name: line[name] for name in line if name in columns} for line in answer if isinstance(line, dict)
                ]
            found[key] = answer
        return found

    def _keys(self, schema: FormSchema) -> dict[str, frozenset[str] | None]:
        """Keys of the questions that are given; of a table with those of its columns."""
        return {
            one.key: frozenset(column.key for column in one.columns if self._shows(column)) if one.columns else None
            for one in schema
            if self._shows(one)
        }

    def _shows(self, one: Any) -> bool:
        return type_of(one).takes_answer and (self._sensitive or not type_of(one).is_sensitive(one))


def shape_of(version: SubmissionVersion, answers: Answers) -> dict[str, Any]:
    """One version as JSON."""
    report, expected = version.submission, version.submission.expected
    return {
        "report": report.pk,
        "requirement_id": expected.period.requirement_id,
        "period_id": expected.period_id,
        "unit_id": expected.unit_id,
        "state": report.state,
        "version": version.number,
        "accepted": report.accepted_version_id == version.pk,
        "form_version_id": version.form_version_id,
        "receipt": version.receipt,
        "sent_at": version.sent_at,
        "late": version.late,
        "nil_note": version.nil_note,
        "answers": answers.of(version),
    }
