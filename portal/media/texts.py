"""The text of files: reading it, keeping it, asking for it."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from portal.files.content import Readable
from portal.media.extraction import READER, extract_text
from portal.media.models import FileText, PortalDocument


def read_document(*, pk: int) -> None:
    """Extract the text of a document and keep it; once per content and reader. A missing file has no text."""
    document = PortalDocument.objects.filter(pk=pk).first()
    if document is None:
        return
    content = document.file_hash or document.get_file_hash()
    is_known = document.extracted_at and document.extracted_hash == content
    if is_known and _is_settled(document.reader, document.extraction_error):
        return
    with document.file.open("rb") as file:
        found = extract_text(file, document.filename)
    with transaction.atomic():
        # The file may have been replaced meanwhile; then another task reads the new one.
        current = PortalDocument.objects.select_for_update().filter(pk=pk).first()
        if current is None or (current.file_hash and current.file_hash != content):
            return
        current.extracted_text = found.text
        current.extracted_hash = content
        current.extraction_error = found.fault.value
        current.extracted_at = timezone.now()
        current.reader = READER
        current.save(update_fields=["extracted_text", "extracted_hash", "extraction_error", "extracted_at", "reader"])


def keep_text(*, sha256: str, file: Readable, name: str) -> FileText:
    """The text of a file of another room, extracted unless it is known, or a former reader gave up on it."""
    known = FileText.objects.filter(pk=sha256).first()
    if known is not None and _is_settled(known.reader, known.error):
        return known
    found = extract_text(file, name)
    kept, _ = FileText.objects.update_or_create(
        sha256=sha256, defaults={"text": found.text, "error": found.fault.value, "reader": READER}
    )
    return kept


def texts_of(digests: Collection[str]) -> dict[str, str]:
    """Known texts by SHA-256."""
    return dict(FileText.objects.filter(pk__in=digests).values_list("sha256", "text"))


def _is_settled(reader: int | None, error: str) -> bool:
    """Whether reading the file once more would say nothing new."""
    return reader == READER or (reader is not None and not error)
