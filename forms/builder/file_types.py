"""Which files are taken, judged by what is in them and not by what they are called."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.files.content import Readable, content_of
from portal.media.pictures import MAX_PIXELS, BrokenPictureError, TooManyPixelsError, check_picture

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
    offered: str = ""
    """What the browser is told instead of the extensions: telephones offer the camera for "image/*" only."""

    @property
    def attribute(self) -> str:
        """For the browser's file dialogue."""
        return self.offered or ",".join(f".{extension}" for extension in self.kinds)

    @property
    def in_words(self) -> str:
        """pdf, docx, …"""
        return ", ".join(self.kinds)


PHOTOS = {name: PICTURES[name] for name in ("jpg", "jpeg", "png", "webp", "heic")}

GROUPS = {
    "any": Accepted({**DOCUMENTS, **PICTURES, **OTHERS}),
    "documents": Accepted(DOCUMENTS),
    "pictures": Accepted(PICTURES),
    "photos": Accepted(PHOTOS, "image/*"),
}


def extension_of(name: str) -> str:
    """The extension in small letters, "" where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_picture(name: str) -> bool:
    """Whether a stored file of this name is a picture: its content was compared with its name when it came."""
    return extension_of(name) in PICTURES


def check_announced(name: str, size: int, group: str, max_bytes: int) -> None:
    """ValidationError if a file of this name and size is not taken, whatever is in it."""
    accepted = GROUPS.get(group, GROUPS["any"])
    if not size:
        raise ValidationError(_("“%(name)s” is empty."), code="empty", params={"name": name})
    if size > max_bytes:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(limit)s are taken. Please send a smaller file."),
            code="too_large",
            params={"name": name, "size": filesizeformat(size), "limit": filesizeformat(max_bytes)},
        )
    if extension_of(name) not in accepted.kinds:
        raise ValidationError(
            _("“%(name)s” is of a type that is not taken here. These are: %(types)s."),
            code="type",
            params={"name": name, "types": accepted.in_words},
        )


def check_file(file: UploadedFile, group: str, max_bytes: int) -> None:
    """ValidationError if the file is empty, too large, of no accepted type, not what its name says, or unreadable."""
    name, accepted = file.name or "", GROUPS.get(group, GROUPS["any"])
    check_announced(name, file.size or 0, group, max_bytes)
    extension = extension_of(name)
    # What a request brings is looked into itself: Django's wrapper has not all that an archive's reader asks for.
    content = file.file if file.file is not None else file
    if content_of(content).kind not in accepted.kinds[extension]:
        raise ValidationError(
            _("“%(name)s” is damaged, or not the kind of file that its name says. Please open it and save it again."),
            code="content",
            params={"name": name},
        )
    if extension in PICTURES:
        check_readable(content, name)


def check_readable(picture: Readable, name: str) -> None:
    """ValidationError if the picture is too large to be unpacked, or cannot be read to its end."""
    try:
        check_picture(picture)
    except TooManyPixelsError:
        raise ValidationError(
            _("“%(name)s” has more than %(limit)d million pixels. Please send a smaller picture."),
            code="pixels",
            params={"name": name, "limit": MAX_PIXELS // 1_000_000},
        ) from None
    except BrokenPictureError:
        raise ValidationError(
            _("“%(name)s” is damaged or came only in part: the picture cannot be shown. Please choose it anew."),
            code="broken",
            params={"name": name},
        ) from None
