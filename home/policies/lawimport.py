"""Laws from a file become policy pages: each in a transaction of its own, each once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from home.policies.articles import Line
from home.policies.lawfile import Failed, Law, read_laws
from home.policies.models import PolicyIndexPage, PolicyPage, PolicyTopic
from home.policies.services import body_of, issuers_of, known_topics, topic_named
from portal.units.models import Unit

NOTE = "时效性以导入文件所载为准，未经核实。"
"""Content, hence in Chinese."""
KEY = "law:"
"""Before the file's own number in `PolicyPage.import_key`."""


@dataclass
class LawsImported:
    """What became of the documents of a file."""

    created: int = 0
    present: int = 0
    failed: list[Failed] = field(default_factory=list)


@dataclass
class _Known:
    """What is asked once and kept while a file is read."""

    topics: dict[tuple[str, ...], PolicyTopic]
    units: dict[str, Unit]
    present: dict[str, int]
    """Pages by the mark of the document that each was made from."""
    newest: dict[str, int] = field(default_factory=dict)
    """Pages of the newest versions in the file, by title."""


def import_laws(
    path: Path, *, limit: int | None = None, told: Callable[[LawsImported], None] = lambda _done: None
) -> LawsImported:
    """Make and publish a page for each document that has none; at most `limit` documents are looked at.

    Killed at any moment and begun again, it goes on where it was: a page and the mark of the document that it was made
    from are one transaction. What is there stays as it is. Older versions come last, so that they can say what has
    replaced them. `told` hears how far it is after every document.

    Raises:
        OSError: the file cannot be read.
        PolicyIndexPage.DoesNotExist: there is no list page; `home.services.ensure_site` makes one.
    """
    parent, done = PolicyIndexPage.objects.get(), LawsImported()
    known = _known()
    for older in (False, True):
        for number, law in _first(path, limit):
            if isinstance(law, Failed):
                done.failed += [] if older else [law]
            elif law.is_older is older:
                _take(law, number, parent, known, done)
            else:
                continue
            told(done)
    return done


def _first(path: Path, limit: int | None) -> Iterator[tuple[int, Law | Failed]]:
    for place, found in enumerate(read_laws(path)):
        if limit is not None and place >= limit:
            return
        yield found


def _known() -> _Known:
    pages = PolicyPage.objects.filter(import_key__startswith=KEY)
    return _Known(
        topics=known_topics(),
        units={unit.name: unit for unit in Unit.objects.all()},
        present=dict(pages.values_list("import_key", "pk")),
    )


def _take(law: Law, number: int, parent: PolicyIndexPage, known: _Known, done: LawsImported) -> None:
    key = f"{KEY}{law.key}"
    if key in known.present:
        done.present += 1
    else:
        try:
            known.present[key] = _made(law, key, parent, known)
            done.created += 1
        except Exception as error:  # noqa: BLE001 - whatever one document does, the others are wanted
            other = PolicyPage.objects.filter(import_key=key).first() if isinstance(error, IntegrityError) else None
            if other is None:
                done.failed.append(Failed(number, law.key, law.title, f"{type(error).__name__}: {error}"))
                return
            known.present[key] = other.pk  # another import was quicker
            done.present += 1
    if not law.is_older:
        known.newest[law.title] = known.present[key]


def _made(law: Law, key: str, parent: PolicyIndexPage, known: _Known) -> int:
    """A page of the document, and its topic, or neither; the page's number."""
    topics = dict(known.topics)
    with transaction.atomic():
        page = _page(law, key, topic_named(law.topic, topics), known)
        _publish(page, parent)
    known.topics = topics
    return page.pk


def _page(law: Law, key: str, topic: PolicyTopic | None, known: _Known) -> PolicyPage:
    page = PolicyPage(
        title=law.title,
        slug=law.key.lower(),
        kind=law.kind,
        validity=law.validity,
        topic=topic,
        region=law.region,
        doc_number=law.doc_number,
        published_on=law.published_on,
        effective_on=law.effective_on,
        replaced_by_id=known.newest.get(law.title) if law.is_older else None,
        source_name=law.source[:255],
        source_note=NOTE,
        import_key=key,
    )
    page.body = body_of(tuple(_text(law.lines)))
    page.issuers = list(issuers_of(law.issuers, known.units))
    return page


def _text(lines: tuple[Line, ...]) -> Iterator[tuple[str, Any]]:
    """Headings, and what stands between two of them, as `body_of` takes it."""
    for level, some in groupby(lines, key=lambda line: line.level):
        if level:
            yield from ((f"h{level}", line.text) for line in some)
        else:
            yield "p", [line.text for line in some]


def _publish(page: PolicyPage, parent: PolicyIndexPage) -> None:
    """Put the page into the library as it is.

    A first revision would hold the whole text once more; the first editing makes one.
    """
    page.live, page.first_published_at = True, timezone.now()
    page.last_published_at = page.first_published_at
    parent.refresh_from_db(fields=["path", "depth", "numchild"])
    parent.add_child(instance=page)
