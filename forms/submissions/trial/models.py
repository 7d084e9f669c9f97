"""What somebody tries out. In a table of its own, so that no count, export or search can ever meet it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from portal.units.enums import Role
from portal.units.models import Unit


class TrialReport(models.Model):
    """One person's trial of one form. It is wiped when the form is published."""

    form = models.ForeignKey(FormPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("form"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("reporting unit"))
    role = models.CharField(_("role"), max_length=30, choices=Role)
    schema = models.JSONField(_("questions"))
    answers = models.JSONField(_("answers"), default=dict)
    files = models.JSONField(_("files"), default=dict)
    """References to the files that were chosen, by number; their contents are checked and let go."""
    is_sent = models.BooleanField(_("sent"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    updated_at = models.DateTimeField(_("last changed at"), auto_now=True)

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        constraints = [models.UniqueConstraint(fields=["form", "user"], name="trial_once")]

    def __str__(self) -> str:
        return f"{self.form} · {self.unit}"

    @property
    def form_schema(self) -> FormSchema:
        """The draft as it was when the trial was begun."""
        return FormSchema.from_json(self.schema)

    @property
    def trial_role(self) -> Role:
        """The role as a member of its vocabulary."""
        return Role(self.role)

    def keep_names(self, refs: list[dict[str, Any]]) -> None:
        """Remember chosen files by name and size."""
        self.files = {**self.files, **{ref["file"]: ref for ref in refs}}
