"""Synonyms, promoted results, stop phrases and weights: the draft that administrators edit, and what is live.

Rows are the draft. Searches read nothing of them: they read `LiveTuning`, one row that is written when the draft is put
live, so that what is being edited changes no answer, and a request costs one query.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from search.learning.rules import LONGEST
from search.sources.registry import source_of
from search.tuning.aspects import NEWER, aspect_label, aspects
from search.tuning.querysets import TuningQuerySet
from search.tuning.rules import lines_of, wrong_stop_phrase, wrong_words
from search.wording import wording_key

if TYPE_CHECKING:
    from django.utils.functional import Promise

LONGEST_TERM = 60
LEAST_FACTOR, GREATEST_FACTOR = Decimal("0.25"), Decimal(4)
MOST_YEARS = 50


class Kept(models.Model):
    """A row that administrators keep: whether it counts, and who changed it last and when."""

    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switched off, it stays here and changes nothing.")
    )
    version = models.PositiveIntegerField(pgettext_lazy("tuning", "version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = TuningQuerySet.as_manager()

    class Meta:
        abstract = True


class SynonymGroup(Kept):
    """Words that mean the same; or one way: who asks for the first finds the others as well."""

    words = models.TextField(
        pgettext_lazy("tuning", "words"),
        help_text=_("One a line, at least two, each of at least two characters: 托养 and 站外照料."),
    )
    is_one_way = models.BooleanField(
        _("one way"),
        default=False,
        help_text=_("Who asks for the first word finds the others as well, but not the other way round."),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        default_permissions = ()
        ordering = ["words"]

    def __str__(self) -> str:
        return (" → " if self.is_one_way else " = ").join(lines_of(self.words))[:255]

    def clean(self) -> None:
        """Refuse groups that say nothing."""
        if wrong := wrong_words(self.words, longest=LONGEST_TERM):
            raise ValidationError({"words": wrong})
        self.words = "\n".join(lines_of(self.words))


class StopPhrase(Kept):
    """What is left out of a question in which something else remains: 请问, 怎么办."""

    phrase = models.CharField(
        pgettext_lazy("tuning", "phrase"),
        max_length=LONGEST_TERM,
        help_text=_("Left out of a question in which something else remains: 请问, 怎么办."),
    )
    key = models.CharField(_("counted as"), max_length=LONGEST_TERM * 4, unique=True, editable=False)

    class Meta:
        verbose_name = _("stop phrase")
        verbose_name_plural = _("stop phrases")
        default_permissions = ()
        ordering = ["phrase"]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        """Refuse what would swallow questions, and what is there already."""
        self.key = wording_key(self.phrase)
        wrong: Promise | None = wrong_stop_phrase(self.phrase)
        if not wrong and StopPhrase.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            wrong = _("This phrase is in the list already.")
        if wrong:
            raise ValidationError({"phrase": wrong})


class PromotionMatch(models.TextChoices):
    """Which questions a promotion answers."""

    EXACT = "exact", pgettext_lazy("promotion", "the question is this")
    CONTAINS = "contains", pgettext_lazy("promotion", "the question contains this")


def _page(label: Any, **values: Any) -> Any:
    return models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=label, **values)


class Promotion(Kept):
    """Pages that come first for a question, up to three; who may not open one does not see it."""

    question = models.CharField(
        pgettext_lazy("search", "question"),
        max_length=LONGEST,
        help_text=_("Width of characters, upper and lower case and blanks make no difference."),
    )
    match = models.CharField(_("when"), max_length=10, choices=PromotionMatch, default=PromotionMatch.EXACT)
    first = _page(_("first page"))
    second = _page(_("second page"), null=True, blank=True)
    third = _page(_("third page"), null=True, blank=True)
    begins_on = models.DateField(pgettext_lazy("promotion", "from"), null=True, blank=True)
    ends_on = models.DateField(
        pgettext_lazy("promotion", "until"), null=True, blank=True, help_text=_("Including this day.")
    )

    class Meta:
        verbose_name = _("promoted results")
        verbose_name_plural = _("promoted results")
        default_permissions = ()
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def pages(self) -> list[Page]:
        """The pages in their order."""
        return [page for page in (self.first, self.second, self.third) if page is not None]

    def clean(self) -> None:
        """Refuse questions without words, pages that no search finds, the same page twice, days in the wrong order."""
        wrong: dict[str, Any] = {}
        if len(wording_key(self.question)) < 2:
            wrong["question"] = _("Please write at least two characters.")
        chosen: set[int] = set()
        for name in ("first", "second", "third"):
            page = getattr(self, name) if getattr(self, f"{name}_id") else None
            if page is None:
                continue
            if page.pk in chosen:
                wrong[name] = _("This page is named twice.")
            elif page.specific_class is None or source_of(page.specific_class) is None:
                wrong[name] = _("The search does not find pages of this kind.")
            chosen.add(page.pk)
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            wrong["ends_on"] = _("It ends before it begins.")
        if wrong:
            raise ValidationError(wrong)


class Boost(Kept):
    """A weight: what of a kind, of a validity or of an age counts more, or less."""

    what = models.CharField(pgettext_lazy("weight", "what"), max_length=60, choices=aspects)
    years = models.PositiveSmallIntegerField(
        pgettext_lazy("weight", "years"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)],
        help_text=_("Only with “Newer than so many years”: by the date of the document."),
    )
    factor = models.DecimalField(
        pgettext_lazy("weight", "factor"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(LEAST_FACTOR), MaxValueValidator(GREATEST_FACTOR)],
        help_text=_("Between 0.25 and 4. Above 1 it stands higher, below 1 lower; 1 changes nothing."),
    )

    class Meta:
        verbose_name = pgettext_lazy("tuning", "weight")
        verbose_name_plural = pgettext_lazy("tuning", "weights")
        default_permissions = ()
        ordering = ["what", "years", "pk"]

    def __str__(self) -> str:
        facet, value = self.aspect
        return aspect_label(facet, value, self.years or 0)

    @property
    def aspect(self) -> tuple[str, str]:
        """Facet and value; empty for an age."""
        facet, _colon, value = self.what.partition(":")
        return (facet, value) if value else ("", "")

    def clean(self) -> None:
        """Refuse an age without years, and what has a weight already."""
        if self.what != NEWER:
            self.years = None
        elif not self.years:
            raise ValidationError({"years": _("Please say how many years.")})
        if Boost.objects.filter(what=self.what, years=self.years).exclude(pk=self.pk).exists():
            raise ValidationError({"what": _("This has a weight already.")})


class LiveTuning(models.Model):
    """What searches go by: one row, written anew when the draft is put live."""

    number = models.PositiveIntegerField(pgettext_lazy("tuning", "version"), default=0)
    content = models.JSONField(_("content"), default=dict)
    put_live_at = models.DateTimeField(_("live since"), default=timezone.now)
    put_live_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("put live by")
    )

    class Meta:
        verbose_name = _("tuning of the search")
        verbose_name_plural = _("tuning of the search")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
