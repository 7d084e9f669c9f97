"""An official document (公文) as a file: one neutral description, drawn as DOCX and as PDF after GB/T 9704-2012."""

from portal.files.official.document import OfficialDocument


def docx(document: OfficialDocument) -> bytes:
    """The document as a Word file; the same document gives the same bytes."""
    from portal.files.official.word import write

    return write(document)


def pdf(document: OfficialDocument) -> bytes:
    """The document as PDF; OSError where the machine has no Pango (see `portal.files.pdf.can_make_pdf`)."""
    from portal.files.official.page import write

    return write(document)
