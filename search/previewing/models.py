"""A preview: a draft asked beside what is live, question by question, for one person."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.judging.models import JudgementList
from search.previewing.enums import UNFINISHED, PreviewState
from search.previewing.querysets import PreviewQuerySet


class Preview(models.Model):
    """The draft and what was live when it was asked for, and what came out.

    `outcome` is {"questions": [{"question", "grades", "before", "after"}], "things": {object_id: [title, address]},
    "missing": [names]}: what was found is named by `object_id`, `after` is None where the draft asks the same.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("asked for by")
    )
    judgements = models.ForeignKey(
        JudgementList, on_delete=models.CASCADE, related_name="+", verbose_name=_("list of judged questions")
    )
    live = models.JSONField(pgettext_lazy("preview", "live"), default=dict)
    draft = models.JSONField(pgettext_lazy("preview", "draft"), default=dict)
    seen = models.CharField(pgettext_lazy("preview", "digest of both"), max_length=32)
    state = models.CharField(_("state"), max_length=10, choices=PreviewState, default=PreviewState.QUEUED)
    engine = models.CharField(_("engine"), max_length=40, blank=True)
    done = models.PositiveIntegerField(pgettext_lazy("preview", "questions asked"), default=0)
    total = models.PositiveIntegerField(pgettext_lazy("preview", "questions in all"), default=0)
    outcome = models.JSONField(pgettext_lazy("preview", "outcome"), default=dict)
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(editable=False)
    """When another task is queued for it, unless it is ready by then."""
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview of the tuning")
        verbose_name_plural = _("previews of the tuning")
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="preview_due")]

    def __str__(self) -> str:
        return f"{self.judgements} {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still being worked out."""
        return self.state in UNFINISHED
