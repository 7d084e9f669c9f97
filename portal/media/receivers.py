"""What this room does when documents and pages change."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from portal.media.models import PortalDocument
from portal.media.references import refresh
from portal.media.tasks import read_document


@receiver(post_save, sender=PortalDocument, dispatch_uid="media.read_document")
def have_document_read(
    instance: PortalDocument, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Have the text of a new or replaced file extracted; the task is queued in the same transaction."""
    if raw or (update_fields is not None and "file" not in update_fields):
        return
    if not instance.extracted_at or instance.extracted_hash != instance.file_hash:
        read_document.enqueue(instance.pk)


@receiver(page_published, dispatch_uid="media.refresh_references")
def refresh_references(instance: Page, **kwargs: Any) -> None:
    """Let the files of a page be read from the moment the page is."""
    refresh(instance)
