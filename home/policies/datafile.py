"""The data file of policies: one JSON object a line.

Required: key, title, kind. Optional: doc_number, index_number, issuers (in the order of the document), topic (its two
levels), region, signed_on, published_on, effective_on, expires_on (ISO dates), validity, summary, source_name,
source_url, source_note, text (pairs of "h2" or "h3" with a heading, or "p" with a list of paragraphs).
"""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from home.policies.enums import DocumentKind, Validity

DATES = ("signed_on", "published_on", "effective_on", "expires_on")
WORDS = ("doc_number", "index_number", "region", "summary", "source_name", "source_url", "source_note")


class PolicyFileError(ValueError):
    """A line that cannot be read; the message names the line and what is wrong."""


@dataclass(frozen=True)
class PolicyRow:
    """One line, checked."""

    key: str
    title: str
    kind: DocumentKind
    validity: Validity = Validity.UNKNOWN
    topic: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime.date] = field(default_factory=dict)
    text: tuple[tuple[str, Any], ...] = ()


def read_row(values: dict[str, Any]) -> PolicyRow:
    """Check one object.

    Raises:
        KeyError: a required value is missing.
        ValueError: a date, kind or validity that does not exist.
    """
    return PolicyRow(
        key=str(values["key"]),
        title=str(values["title"]),
        kind=DocumentKind(values["kind"]),
        validity=Validity(values.get("validity", Validity.UNKNOWN)),
        topic=tuple(values.get("topic", ())),
        issuers=tuple(values.get("issuers", ())),
        words={name: values[name] for name in WORDS if values.get(name)},
        dates={name: datetime.date.fromisoformat(values[name]) for name in DATES if values.get(name)},
        text=tuple((kind, content) for kind, content in values.get("text", ())),
    )


def read_policies(path: Path) -> Iterator[PolicyRow]:
    """The rows of a file.

    Raises:
        PolicyFileError: a line that is no JSON object, lacks a value or has one that does not exist.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield read_row(json.loads(line))
            except KeyError as missing:
                raise PolicyFileError(f"{path.name}, line {number}: {missing} is missing.") from missing
            except (ValueError, TypeError, AttributeError) as wrong:
                raise PolicyFileError(f"{path.name}, line {number}: {wrong}.") from wrong
