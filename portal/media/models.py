"""Documents and images of the editors, and the text of other rooms' files."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.media.enums import TextFault


class PortalDocument(AbstractDocument):
    """A file that editors attach to pages; its text is extracted in the background so that search finds it.

    Who may read it follows from the pages that use it (`portal.media.permissions`).
    """

    extracted_text = models.TextField(_("extracted text"), blank=True, editable=False)
    extracted_hash = models.CharField(_("check sum of the file read"), max_length=40, blank=True, editable=False)
    extracted_at = models.DateTimeField(_("text extracted at"), null=True, editable=False)
    reader = models.PositiveSmallIntegerField(_("version of the reader"), null=True, editable=False)
    """`READER` of who has read the file; None: it is to be read."""
    extraction_error = models.CharField(
        _("why no text was found"), max_length=20, choices=TextFault, blank=True, editable=False
    )

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


class PortalImage(AbstractImage):
    """A picture; the description is read aloud to whoever cannot see it."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class FileText(models.Model):
    """The text of a file that another room keeps, by what the file contains: the same file is read once."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    text = models.TextField(_("extracted text"), blank=True)
    error = models.CharField(_("why no text was found"), max_length=20, choices=TextFault, blank=True)
    extracted_at = models.DateTimeField(_("text extracted at"), auto_now=True)
    reader = models.PositiveSmallIntegerField(_("version of the reader"), null=True)
    """As of `PortalDocument`."""

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return self.sha256
