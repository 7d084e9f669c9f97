"""Files of a relevance benchmark: documents, questions, judgements.

A corpus of articles has on each line id, law_title, heading, text (and doc_id, the document it belongs to). A corpus of
laws is what `import_laws` takes; its articles are its documents then, and stand for the law.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from home.policies.articles import outside_articles, short_title, structure
from home.policies.lawfile import Law, law_of, opened
from portal.units.access import PUBLIC
from search.documents import SearchDocument, object_id
from search.kinds import POLICY
from search.parts import with_parts
from search.sources.statutes import article_parts


class CorpusError(ValueError):
    """A file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Question:
    """One question."""

    key: str
    text: str


def documents_of(path: Path) -> Iterator[SearchDocument]:
    """What is to be found, as the index takes it. CorpusError for a line that is none of the two kinds."""
    for number, values in _rows(path):
        try:
            if "law_title" in values:
                yield _article(values)
            else:
                yield from _articles(law_of(values))
        except (KeyError, ValueError, TypeError) as wrong:
            raise CorpusError(f"{path.name}, line {number}: {wrong}") from wrong


def questions_of(path: Path, field: str) -> list[Question]:
    """The questions in a field of theirs; those that have none are left out."""
    return [Question(str(row["qid"]), str(row[field])) for _number, row in _rows(path) if row.get(field)]


def judgements_of(path: Path) -> dict[str, set[str]]:
    """Question → what is relevant, from lines of question, 0, document, 1."""
    judged: dict[str, set[str]] = {}
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            parts = line.decode().split()
            if parts and len(parts) < 3:
                raise CorpusError(f"{path.name}, line {number}: {parts} is no judgement")
            if parts:
                judged.setdefault(parts[0], set()).add(parts[2])
    return judged


def _article(row: dict[str, Any]) -> SearchDocument:
    context = f"{short_title(row['law_title'])} {row.get('heading') or ''}"
    return _document(str(row["doc_id"]), title="", part=str(row["id"]), context=context, body=str(row["text"]))


def _articles(law: Law) -> Iterator[SearchDocument]:
    """A law with its articles, as the portal takes its pages."""
    nodes = structure(law.lines)
    parts = article_parts(law.title, nodes)
    body = "\n".join(outside_articles(nodes) if parts else [line.text for line in law.lines])
    yield from with_parts(_document(law.key, title=law.title, body=body), parts)


def _document(law: str, **values: Any) -> SearchDocument:
    return SearchDocument(
        object_id=object_id(POLICY, law), kind=POLICY, url="/", audience=frozenset({PUBLIC}), **values
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except ValueError as wrong:
                raise CorpusError(f"{path.name}, line {number}: {wrong}") from wrong
            if not isinstance(values, dict):
                raise CorpusError(f"{path.name}, line {number}: no JSON object")
            yield number, values
