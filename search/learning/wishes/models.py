"""What people were looking for, who, and what an editor answered."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from search.learning.rules import LONGEST
from search.learning.wishes.enums import WishState
from search.learning.wishes.querysets import AskerQuerySet, WishQuerySet

LONGEST_NEED = 500
LONGEST_LINK = 500
LONGEST_ANSWER = 1000


class Wish(models.Model):
    """Something that was looked for: one row while it is open, however many ask for it.

    `key` is the folded question. Once answered it stays as it is; who asks the same later begins a new one.
    """

    text = models.CharField(pgettext_lazy("wish", "words"), max_length=LONGEST)
    key = models.CharField(_("counted as"), max_length=LONGEST)
    state = models.CharField(_("state"), max_length=10, choices=WishState, default=WishState.OPEN)
    page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    link = models.CharField(_("address"), max_length=LONGEST_LINK, blank=True)
    answer = models.TextField(pgettext_lazy("wish", "answer"), max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("wish", "answered by"),
    )
    answered_at = models.DateTimeField(pgettext_lazy("wish", "answered at"), null=True, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("wish", "wish")
        verbose_name_plural = pgettext_lazy("wish", "wishes")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(state="open"), name="one_open_wish_a_question")
        ]
        indexes = [models.Index(fields=["state", "-answered_at"], name="wish_state")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == WishState.OPEN


class WishAsker(models.Model):
    """One person's part in a wish, and what exactly that person needs."""

    wish = models.ForeignKey(
        Wish, on_delete=models.CASCADE, related_name="askers", verbose_name=pgettext_lazy("wish", "wish")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    need = models.CharField(pgettext_lazy("wish", "what exactly is needed"), max_length=LONGEST_NEED, blank=True)
    asked_at = models.DateTimeField(pgettext_lazy("wish", "asked at"), default=timezone.now)

    objects = AskerQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("wish", "asker")
        verbose_name_plural = pgettext_lazy("wish", "askers")
        default_permissions = ()
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["wish", "user"], name="one_part_a_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.wish}"
