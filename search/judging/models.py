"""Lists of judged questions: what should be found, and how well each thing answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.judging.rules import MOST_THINGS
from search.learning.rules import LONGEST
from search.tuning.models import Kept
from search.wording import wording_key

LONGEST_NAME = 80
LONGEST_WHY = 300


class Grade(models.IntegerChoices):
    """How well a thing answers a question."""

    ANSWERS = 3, pgettext_lazy("judgement", "answers it")
    HELPS = 2, pgettext_lazy("judgement", "helps")
    TOUCHES = 1, pgettext_lazy("judgement", "touches on it")


class JudgementList(Kept):
    """Questions that are asked together, to see what a change of the search does."""

    name = models.CharField(pgettext_lazy("list", "name"), max_length=LONGEST_NAME, unique=True)

    class Meta:
        verbose_name = _("list of judged questions")
        verbose_name_plural = _("lists of judged questions")
        default_permissions = ()
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Judgement(Kept):
    """A question and what should be found: name (`search.evaluation.naming`) → `Grade`."""

    belongs_to = models.ForeignKey(
        JudgementList, on_delete=models.CASCADE, related_name="judgements", verbose_name=pgettext_lazy("tuning", "list")
    )
    question = models.CharField(
        pgettext_lazy("search", "question"),
        max_length=LONGEST,
        help_text=_("As somebody would type it. Please leave out personal data."),
    )
    key = models.CharField(_("counted as"), max_length=LONGEST * 4, editable=False)
    relevant = models.JSONField(_("what should be found"), default=dict)
    why = models.CharField(pgettext_lazy("judgement", "note"), max_length=LONGEST_WHY, blank=True)

    class Meta:
        verbose_name = _("judged question")
        verbose_name_plural = _("judged questions")
        default_permissions = ()
        ordering = ["question", "pk"]
        constraints = [models.UniqueConstraint(fields=["belongs_to", "key"], name="question_judged_once")]

    def __str__(self) -> str:
        return self.question

    def clean(self) -> None:
        """Refuse questions without words, and one that is in the list already."""
        self.key = wording_key(self.question)
        wrong: dict[str, Any] = {}
        if len(self.key) < 2:
            wrong["question"] = _("Please write at least two characters.")
        elif self._twins().exists():
            wrong["question"] = _("This question is in the list already.")
        if len(self.relevant) > MOST_THINGS:
            wrong["relevant"] = _("At most fifty things can be named for one question.")
        if wrong:
            raise ValidationError(wrong)

    def _twins(self) -> Any:
        return Judgement.objects.filter(belongs_to=self.belongs_to_id, key=self.key).exclude(pk=self.pk)
