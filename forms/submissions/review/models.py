"""Returns (退回) with the cells that are to be mended, and until when."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.submissions.kept import Kept
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.review.querysets import CommentQuerySet, ExaminationQuerySet, MarkQuerySet, ReturnQuerySet

LONGEST_PATH = 200
"""Characters of a path: two keys and the number of a row."""


class Return(Kept):
    """One time that a report came back from review: which version, why, and until when it is to be sent again."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="returns", verbose_name=_("report")
    )
    version = models.ForeignKey(
        SubmissionVersion, on_delete=models.PROTECT, related_name="returns", verbose_name=_("sent version")
    )
    event = models.OneToOneField(
        SubmissionEvent, on_delete=models.PROTECT, related_name="returned", verbose_name=_("event")
    )
    at = models.DateTimeField(_("returned at"))
    reason = models.TextField(_("reason for returning"), blank=True)
    due_before = models.DateTimeField(_("was due at"))
    left = models.DurationField(_("working time left when it was sent"))
    given = models.DurationField(_("working time given again"))
    due_at = models.DateTimeField(_("due again at"))

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return of a report")
        verbose_name_plural = _("returns of reports")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["submission", "-at"], name="return_newest")]

    def __str__(self) -> str:
        return f"{self.submission} · {self.at:%Y-%m-%d}"

    @property
    def is_least(self) -> bool:
        """Whether less time was left than is given in any case."""
        return self.given > self.left

    @property
    def hours_given(self) -> float:
        """Working time given again, in hours."""
        return round(self.given / datetime.timedelta(hours=1), 1)


class Mark(Kept):
    """A cell, a row or a question that is to be mended, and why. Marks may be added to a return, never taken back."""

    returned = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="marks", verbose_name=_("return"))
    path = models.CharField(_("place"), max_length=LONGEST_PATH, blank=True)
    """A question's key, "table.row", "table.row.column" (rows from 0) or "table.+"; empty for the whole form."""
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("marked by")
    )
    at = models.DateTimeField(_("marked at"))

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["returned", "path"], name="marked_once")]

    def __str__(self) -> str:
        return self.path


class Examination(models.Model):
    """What a sent version was flagged for (`flags`). Made again at will: it follows from what is stored."""

    version = models.OneToOneField(
        SubmissionVersion,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="examination",
        verbose_name=_("sent version"),
    )
    flags = models.JSONField(_("flags"), default=list)
    count = models.PositiveIntegerField(_("number of flags"), default=0, db_index=True)
    made_at = models.DateTimeField(_("examined at"), auto_now=True)

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("examination of a report")
        verbose_name_plural = _("examinations of reports")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version} · {self.count}"


class Comment(Kept):
    """What one side says to the other about a sent report or one of its answers. It decides nothing.

    The first of a thread has none; those after it name it. A thread is settled, or open again, by a comment that says
    so, with or without words.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="comments", verbose_name=_("report")
    )
    thread = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies", verbose_name=_("thread")
    )
    path = models.CharField(_("place"), max_length=LONGEST_PATH, blank=True)
    """As of a mark; empty for the report as a whole."""
    text = models.TextField(_("comment"), blank=True)
    settles = models.BooleanField(_("settles the thread"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("written at"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.by} · {self.at:%Y-%m-%d}"
