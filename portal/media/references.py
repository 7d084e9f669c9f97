"""Which pages use which documents, from Wagtail's reference index.

Wagtail brings that index up to date in a background task. Who may read a file must not wait for it: publishing a page
refreshes its part at once (`portal.media.receivers`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from portal.media.models import PortalDocument


@transaction.atomic
def refresh(page: Page) -> None:
    """Bring the references of a page up to date; the page is one of its specific class."""
    ReferenceIndex.create_or_update_for_object(page)


def documents_used_by(page: Page) -> list[str]:
    """Primary keys, as text, of the documents a page uses."""
    rows = ReferenceIndex.get_references_for_object(page).filter(to_content_type=_document_type())
    return sorted(set(rows.values_list("to_object_id", flat=True)))


def documents_used_by_any(pages: Iterable[int]) -> list[str]:
    """Primary keys, as text, of the documents that any of the pages use."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(pk) for pk in pages],
        to_content_type=_document_type(),
    )
    return sorted(set(rows.values_list("to_object_id", flat=True)))


def pages_using(documents: Collection[object]) -> dict[int, list[Page]]:
    """Live pages by the documents they use, in the order in which they were first published."""
    rows = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=_document_type(),
        to_object_id__in=[str(pk) for pk in documents],
    ).values_list("to_object_id", "object_id")
    wanted = list(rows.distinct())
    live = Page.objects.live().in_bulk({int(page) for _, page in wanted})
    found: dict[int, list[Page]] = defaultdict(list)
    for document, page in wanted:
        if int(page) in live:
            found[int(document)].append(live[int(page)])
    for pages in found.values():
        pages.sort(key=lambda page: (page.first_published_at is None, page.first_published_at, page.pk))
    return dict(found)


def _document_type() -> ContentType:
    return ContentType.objects.get_for_model(PortalDocument)
