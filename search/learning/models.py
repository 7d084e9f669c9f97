"""What is asked, and what of the answers is opened."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.learning.querysets import QuestionQuerySet
from search.learning.rules import LONGEST


class AskedQuestion(models.Model):
    """A question that was put to the search and answered: what, when and with how many results; never by whom.

    `asker` is a pseudonym of one day (`rules.pseudonym`); personal data in the text are masked before it is written.
    `clicks` and `positions` are sums over `clicked`, kept here so that reports need not join.
    """

    text = models.CharField(pgettext_lazy("search", "question"), max_length=LONGEST)
    key = models.CharField(_("counted as"), max_length=LONGEST)
    total = models.PositiveIntegerField(_("results"))
    engine = models.CharField(_("engine"), max_length=40)
    is_fallback = models.BooleanField(_("answered by the standby index"), default=False)
    is_filtered = models.BooleanField(_("with filters"), default=False)
    is_corrected = models.BooleanField(_("answered as it was probably meant"), default=False)
    is_signed_in = models.BooleanField(_("signed in"), default=False)
    asker = models.CharField(_("pseudonym of the day"), max_length=32)
    asked_at = models.DateTimeField(pgettext_lazy("question", "asked at"), default=timezone.now)
    clicks = models.PositiveIntegerField(_("results opened"), default=0)
    positions = models.PositiveIntegerField(_("sum of their places"), default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], name="question_asked_at"),
            models.Index(fields=["key", "asked_at"], name="question_key"),
        ]

    def __str__(self) -> str:
        return self.text


class Click(models.Model):
    """A result that was opened after a question, and at which place it stood (from 1); once for each result."""

    question = models.ForeignKey(
        AskedQuestion, on_delete=models.CASCADE, related_name="clicked", verbose_name=_("question asked")
    )
    object_id = models.CharField(_("object"), max_length=120)
    position = models.PositiveIntegerField(pgettext_lazy("search", "place"), validators=[MinValueValidator(1)])
    clicked_at = models.DateTimeField(_("opened at"), default=timezone.now)

    class Meta:
        verbose_name = _("result opened")
        verbose_name_plural = _("results opened")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["question", "object_id"], name="one_click_a_result")]

    def __str__(self) -> str:
        return f"{self.object_id} ({self.position})"
