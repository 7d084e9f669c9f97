"""Indicators (指标): which answers are counted, and how."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.builder.models import FormPage
from forms.collection.models import Requirement
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.querysets import IndicatorQuerySet


class Indicator(models.Model):
    """A figure out of the accepted reports on a form, composed by choosing."""

    title = models.CharField(_("title"), max_length=100)
    note = models.TextField(_("note"), blank=True, help_text=_("What the figure means, and what it does not."))
    form = models.ForeignKey(FormPage, on_delete=models.CASCADE, related_name="+", verbose_name=_("form"))
    requirement = models.ForeignKey(
        Requirement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("reporting requirement"),
    )
    """Without one: all requirements that ask with the form."""
    question = models.CharField(_("question"), max_length=140)
    """Key of the question; "table.column" for a table's column."""
    aggregation = models.CharField(_("what is made of the answers"), max_length=20, choices=Aggregation)
    split = models.CharField(_("shown"), max_length=20, choices=Split, default=Split.UNIT)
    choice = models.CharField(pgettext_lazy("indicator", "choice that is counted"), max_length=64, blank=True)
    filter_question = models.CharField(_("only where the answer to"), max_length=140, blank=True)
    filter_choice = models.CharField(_("is this"), max_length=64, blank=True)
    measure = models.CharField(
        _("unit of measure"), max_length=20, blank=True, help_text=_("Empty: the one of the question.")
    )
    is_shown = models.BooleanField(_("shown among the figures"), default=True)
    position = models.PositiveIntegerField(pgettext_lazy("indicator", "position"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("figures", "indicator")
        verbose_name_plural = pgettext_lazy("figures", "indicators")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
