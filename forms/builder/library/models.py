"""Templates that editors keep."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.builder.library.querysets import FormTemplateQuerySet
from forms.builder.schema import FormSchema


class FormTemplate(models.Model):
    """Questions to be used again: a group of them, or a whole form."""

    title = models.CharField(_("title"), max_length=100, unique=True)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("What it is for and who looks after it.")
    )
    is_whole = models.BooleanField(_("whole form"), default=False)
    schema = models.JSONField(_("questions"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("created by")
    )
    updated_at = models.DateTimeField(_("last changed at"), auto_now=True)

    objects = FormTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("form template")
        verbose_name_plural = _("form templates")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def form_schema(self) -> FormSchema:
        """The questions as an object."""
        return FormSchema.from_json(self.schema)
