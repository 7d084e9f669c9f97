"""A report on paper as a PDF file, its photos in it."""

from collections.abc import Callable, Mapping
from functools import partial

from django.conf import settings

from forms.submissions.models import SubmissionFile
from portal.files import pdf
from portal.files.pdf import can_make_pdf, page_count_css

STYLES = settings.BASE_DIR / "static" / "css" / "paper.css"


def make_pdf(html: str, *, pictures: Mapping[str, SubmissionFile]) -> bytes:
    """The page as PDF, the photos given in it as small copies; OSError where none can be made."""
    readers: dict[str, Callable[[], bytes]] = {number: partial(_read, kept) for number, kept in pictures.items()}
    return pdf.make_pdf(html, styles=STYLES, pictures=readers)


def _read(kept: SubmissionFile) -> bytes:
    with kept.thumbnail.open("rb") as content:
        found: bytes = content.read()
    return found


__all__ = ["can_make_pdf", "make_pdf", "page_count_css"]
