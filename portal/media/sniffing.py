"""Whether an uploaded document is what its name says."""

from pathlib import PurePosixPath

from portal.files.content import Readable, content_of

KINDS = {
    "pdf": {"pdf"},
    "docx": {"docx"},
    "xlsx": {"xlsx"},
    "pptx": {"pptx"},
    "ofd": {"ofd"},
    "zip": {"zip", "docx", "xlsx", "pptx", "ofd"},
    "txt": {"text"},
    "csv": {"text"},
}
"""Extension → what the content may be."""


def matches_name(file: Readable, name: str) -> bool:
    """Whether the content fits the extension; an extension that is not known here fits nothing."""
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    return content_of(file).kind in KINDS.get(extension, ())
