"""Training classes: what is taught, when, where, to whom."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, TitleFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from home.pages import Attachment, ReadingPage, SectionIndexPage, tabs
from home.paging import page_of
from home.training.querysets import TrainingQuerySet


class TrainingIndexPage(SectionIndexPage):
    """All classes: what is to come above, what is over below."""

    template = "training/training_index_page.html"
    subpage_types = ["training.TrainingPage"]
    section_label = _("Training")

    class Meta:
        verbose_name = _("list of training classes")
        verbose_name_plural = _("lists of training classes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add both lists."""
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        classes = TrainingPage.objects.child_of(self).visible_to(request.user)
        context["upcoming"] = classes.upcoming(now)
        context["page_of_rows"] = page_of(classes.past(now), request.GET)
        return context


class TrainingPage(ReadingPage):
    """One class."""

    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    lecturer = models.CharField(_("lecturer"), max_length=200, blank=True, help_text=_("Name and office, or the body."))
    organiser = models.CharField(_("organised by"), max_length=200, blank=True)
    audience = models.CharField(_("for whom"), max_length=255, blank=True)
    hours = models.DecimalField(
        _("class hours"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        help_text=_("For information; nobody is turned away by the portal."),
    )

    objects = PageManager.from_queryset(TrainingQuerySet)()

    template = "training/training_page.html"
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *ReadingPage.search_fields,
        index.SearchField("place"),
        index.SearchField("lecturer"),
        index.FilterField("starts_at"),
    ]
    edit_handler = tabs(
        (
            _("Content"),
            [
                TitleFieldPanel("title"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("lecturer"), FieldPanel("organiser")]),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("capacity")]),
                FieldPanel("summary"),
                FieldPanel("body"),
            ],
        ),
        (_("Materials"), [InlinePanel("materials", heading=_("Materials"), label=_("file"))]),
    )

    class Meta:
        verbose_name = _("training class")
        verbose_name_plural = _("training classes")

    def clean(self) -> None:
        """Refuse an end before the beginning. Safe on half-filled drafts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The class would end before it begins. Check both times.")})

    @property
    def is_over(self) -> bool:
        """Whether the class has ended."""
        end = self.ends_at or self.starts_at
        return end is not None and end < timezone.now()

    def full_text(self) -> str:
        """Everything worth finding: title, summary, text, place, lecturer, audience."""
        more = (self.place, self.lecturer, self.organiser, self.audience)
        return "\n".join(part for part in (super().full_text(), *more) if part)


class TrainingMaterial(Attachment):
    """A file for those who attend."""

    page = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="materials")

    class Meta(Attachment.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
