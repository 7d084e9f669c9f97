"""What could be found when it was looked at last: without it an edit could not be told from news."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction

from search.documents import SearchDocument
from search.saving.models import KnownThing
from search.saving.rules import News, finders, signature, with_audience

FIELDS = ("kind", "title", "number", "url", "date", "signature", "tokens", "read_at")


def known_things(names: Collection[str]) -> dict[str, KnownThing]:
    """Those of the things (`object_id`) that are known."""
    return {thing.object_id: thing for thing in KnownThing.objects.filter(object_id__in=names)}


def news_of(
    document: SearchDocument, known: KnownThing | None, *, at: datetime.datetime, now: datetime.datetime
) -> News:
    """What is new about a thing that an index learnt of at a moment."""
    is_new = known is None or known.signature != signature(document)
    return News(document, None if known is None or is_new else finders(known.tokens, now), at)


@transaction.atomic
def keep(
    names: Collection[str],
    documents: Mapping[str, SearchDocument],
    known: Mapping[str, KnownThing],
    *,
    now: datetime.datetime,
) -> None:
    """Note how these things are now; what has no document is found by nobody any more."""
    made, changed = [], []
    for name in names:
        document, thing = documents.get(name), known.get(name)
        if document is None:
            if thing is not None:
                thing.tokens, thing.read_at = with_audience(thing.tokens, frozenset(), now), now
                changed.append(thing)
            continue
        if thing is None:
            thing = KnownThing(object_id=name)
            made.append(thing)
        else:
            changed.append(thing)
        thing.kind, thing.title, thing.url, thing.date = (
            document.kind,
            document.clean_title,
            document.url,
            document.date,
        )
        thing.number = document.shown.get("number", "")
        thing.signature = signature(document)
        thing.tokens, thing.read_at = with_audience(thing.tokens, document.audience, now), now
    KnownThing.objects.bulk_create(made)
    KnownThing.objects.bulk_update(changed, FIELDS, batch_size=100)
