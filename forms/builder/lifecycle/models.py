"""The stage of a form and the units that may use it."""

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.lifecycle.rules import SETTABLE, Dates, Stage, stage_on
from portal.units.models import Unit

if TYPE_CHECKING:
    from forms.builder.models import FormPage


class FormLifecycle(models.Model):
    """How a form is opened and closed. A form without a row is open to all units.

    Apart from the page: it takes effect at once, whatever becomes of the page's drafts and versions.
    """

    form = models.OneToOneField(
        "portal_forms.FormPage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="lifecycle",
        verbose_name=_("form"),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=[(one.value, one.label) for one in SETTABLE], default=Stage.OPEN
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closing_on = models.DateField(
        _("closing from"), null=True, blank=True, help_text=_("From this day on nothing new is begun.")
    )
    closed_on = models.DateField(
        _("closed from"), null=True, blank=True, help_text=_("From this day on nothing is taken any more.")
    )
    units = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="+",
        verbose_name=_("only for these units and those below them"),
        help_text=_("All units may use the form if none is chosen."),
    )

    class Meta:
        verbose_name = _("opening and closing")
        verbose_name_plural = _("opening and closing")

    def __str__(self) -> str:
        return gettext("%(form)s: %(stage)s") % {"form": self.form, "stage": self.stage_now().label}

    @property
    def dates(self) -> Dates:
        """The days that count."""
        return Dates(self.opens_on, self.closing_on, self.closed_on)

    def clean(self) -> None:
        """Refuse days that contradict one another."""
        super().clean()
        if problems := self.dates.problems():
            raise ValidationError(problems)

    def stage_now(self, now: datetime.datetime | None = None) -> Stage:
        """Where the form stands at an instant."""
        return stage_on(timezone.localdate(now), chosen=Stage(self.stage), dates=self.dates)

    def unit_paths(self) -> list[str]:
        """Places in the tree of the units chosen; empty when all units may use the form."""
        return list(self.units.order_by("path").values_list("path", flat=True))


def lifecycle_of(form: "FormPage") -> FormLifecycle:
    """The stored row, or one that says what holds without it; no query where `form__lifecycle` was fetched along."""
    try:
        return form.lifecycle
    except FormLifecycle.DoesNotExist:
        return FormLifecycle(form=form)
