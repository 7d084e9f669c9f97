"""Laws from a file become policy pages: each in a transaction of its own, each once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from home.policies.lawfile import Failed, Law, LawLine, read_laws
from home.policies.models import PolicyIndexPage, PolicyIssuer, PolicyPage, PolicyTopic
from home.policies.services import known_topics, topic_named
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
    newest: dict[str, int]
    """Pages of versions that are not superseded, by title."""
    present: set[str]


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
            elif law.is_superseded is older:
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
        newest=dict(pages.filter(replaced_by=None).values_list("title", "pk")),
        present=set(pages.values_list("import_key", flat=True)),
    )


def _take(law: Law, number: int, parent: PolicyIndexPage, known: _Known, done: LawsImported) -> None:
    key = f"{KEY}{law.key}"
    if key in known.present:
        done.present += 1
        return
    topics = dict(known.topics)
    try:
        with transaction.atomic():
            page = _page(law, key, topic_named(law.topic, topics), known)
            _publish(page, parent)
    except Exception as error:  # noqa: BLE001 - whatever one document does, the others are wanted
        if isinstance(error, IntegrityError) and PolicyPage.objects.filter(import_key=key).exists():
            done.present += 1  # another import was quicker
            return
        done.failed.append(Failed(number, law.key, law.title, f"{type(error).__name__}: {error}"))
        return
    known.topics = topics
    known.present.add(key)
    if not law.is_superseded:
        known.newest[law.title] = page.pk
    done.created += 1


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
        replaced_by_id=known.newest.get(law.title) if law.is_superseded else None,
        source_name=law.source[:255],
        source_note=NOTE,
        import_key=key,
    )
    page.body = list(blocks_of(law.lines))
    page.issuers = [
        PolicyIssuer(name=name, unit=known.units.get(name), sort_order=order) for order, name in enumerate(law.issuers)
    ]
    return page


def blocks_of(lines: tuple[LawLine, ...]) -> Iterator[tuple[str, Any]]:
    """The text as blocks of a page: a heading each, what stands between two of them in one."""
    paragraphs: list[str] = []
    for line in lines:
        if not line.level:
            paragraphs.append(f"<p>{escape(line.text, quote=False)}</p>")
            continue
        if paragraphs:
            yield "paragraph", "".join(paragraphs)
            paragraphs = []
        yield "heading", {"text": line.text, "level": f"h{line.level}"}
    if paragraphs:
        yield "paragraph", "".join(paragraphs)


def _publish(page: PolicyPage, parent: PolicyIndexPage) -> None:
    """Put the page into the library as it is.

    A first revision would hold the whole text once more; the first editing makes one.
    """
    page.live, page.first_published_at = True, timezone.now()
    page.last_published_at = page.first_published_at
    parent.refresh_from_db(fields=["path", "depth", "numchild"])
    parent.add_child(instance=page)
