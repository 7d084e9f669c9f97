"""Forms of the Wagtail admin with which documents and images are uploaded."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.media.sniffing import matches_name


class PortalDocumentForm(BaseDocumentForm):
    """A document must be what its name says, and not too large."""

    def clean_file(self) -> Any:
        """Look into the file that was uploaded; an unchanged one passes."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            refuse_large(file)
            if not matches_name(file, file.name or ""):
                raise ValidationError(
                    _("The content of “%(name)s” is not what its name says. Save it anew in its own program, please.")
                    % {"name": file.name}
                )
        return file


class PortalImageForm(BaseImageForm):
    """An image must not be too large; Wagtail itself sees to it that it is an image of the kind its name says."""

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            refuse_large(file)
        return file


def refuse_large(file: UploadedFile) -> None:
    """Raise ValidationError for a file above PORTAL_UPLOAD_MAX_BYTES."""
    if (file.size or 0) > settings.PORTAL_UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s MB.")
            % {"name": file.name, "limit": settings.PORTAL_UPLOAD_MAX_BYTES // (1024 * 1024)}
        )
