"""Uploaded forms that wait for the word of whoever sent them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.builder.schema import FormSchema
from forms.exchange.imported import ImportedForm


class FormUpload(models.Model):
    """A form as it was read from a file, between its check and the word to create it, so that nothing is sent twice.

    The row goes when the form has been created or given up, or after a day.
    """

    file_name = models.CharField(_("file name"), max_length=255)
    schema = models.JSONField(_("questions"))
    slug = models.CharField(_("name in addresses"), max_length=255, blank=True)
    unsupported = models.JSONField(_("left out"), default=list)
    warnings = models.JSONField(_("taken over otherwise"), default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded form")
        verbose_name_plural = _("uploaded forms")
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name

    @property
    def form(self) -> ImportedForm:
        """What the file said."""
        schema = FormSchema.from_json(self.schema)
        return ImportedForm(schema, self.slug, tuple(self.unsupported), tuple(self.warnings))
