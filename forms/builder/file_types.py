"""Which files are taken, judged by what is in them and not by what they are called."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.files.content import content_of

PICTURES = {
    "jpg": {"jpg"},
    "jpeg": {"jpg"},
    "png": {"png"},
    "gif": {"gif"},
    "bmp": {"bmp"},
    "webp": {"webp"},
    "heic": {"heic"},
}
DOCUMENTS = {
    "pdf": {"pdf"},
    "doc": {"ole"},
    "xls": {"ole"},
    "ppt": {"ole"},
    "wps": {"ole"},
    "et": {"ole"},
    "docx": {"docx"},
    "xlsx": {"xlsx"},
    "pptx": {"pptx"},
    "ofd": {"ofd"},
    "txt": {"text"},
    "csv": {"text"},
}
OTHERS = {
    "zip": {"zip", "docx", "xlsx", "pptx", "ofd"},
    "mp4": {"mp4", "m4v", "mov"},
    "mp3": {"mp3"},
    "m4a": {"m4a", "mp4", "aac"},
}
"""Extension → what the content may be (`portal.files.content`)."""


@dataclass(frozen=True)
class Accepted:
    """A group of file types that an editor can ask for."""

    kinds: Mapping[str, Set[str]]

    @property
    def attribute(self) -> str:
        """For the browser's file dialogue."""
        return ",".join(f".{extension}" for extension in self.kinds)

    @property
    def in_words(self) -> str:
        """pdf, docx, …"""
        return ", ".join(self.kinds)


GROUPS = {
    "any": Accepted({**DOCUMENTS, **PICTURES, **OTHERS}),
    "documents": Accepted(DOCUMENTS),
    "pictures": Accepted(PICTURES),
}


def check_file(file: UploadedFile, group: str, max_bytes: int) -> None:
    """ValidationError if the file is empty, too large, of no accepted type, or not what its name says."""
    name, accepted = file.name or "", GROUPS.get(group, GROUPS["any"])
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty."), code="empty", params={"name": name})
    if file.size > max_bytes:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(limit)s are taken. Please send a smaller file."),
            code="too_large",
            params={"name": name, "size": filesizeformat(file.size), "limit": filesizeformat(max_bytes)},
        )
    if extension not in accepted.kinds:
        raise ValidationError(
            _("“%(name)s” is of a type that is not taken here. These are: %(types)s."),
            code="type",
            params={"name": name, "types": accepted.in_words},
        )
    # What a request brings is looked into itself: Django's wrapper has not all that an archive's reader asks for.
    if content_of(file.file if file.file is not None else file).kind not in accepted.kinds[extension]:
        raise ValidationError(
            _("“%(name)s” is damaged, or not the kind of file that its name says. Please open it and save it again."),
            code="content",
            params={"name": name},
        )
