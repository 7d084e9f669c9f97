"""Publicity campaigns: 夏季送清凉, 寒冬送温暖, open days, the publicity month."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, TitleFieldPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from home.campaigns.enums import CampaignState
from home.campaigns.querysets import CampaignQuerySet
from home.campaigns.rules import state_on
from home.pages import ReadingPage, SectionIndexPage, tabs
from home.paging import page_of


class CampaignIndexPage(SectionIndexPage):
    """All campaigns: current ones above, past ones below."""

    template = "campaigns/campaign_index_page.html"
    subpage_types = ["campaigns.CampaignPage"]
    section_label = _("Campaigns")

    class Meta:
        verbose_name = _("list of campaigns")
        verbose_name_plural = _("lists of campaigns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add both lists."""
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        campaigns = CampaignPage.objects.child_of(self).visible_to(request.user)
        context["current"] = campaigns.current(today)
        context["page_of_rows"] = page_of(campaigns.past(today), request.GET)
        return context


class CampaignPage(ReadingPage):
    """One campaign."""

    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=255, blank=True)
    organiser = models.CharField(_("organised by"), max_length=255, blank=True)
    places = models.CharField(_("places"), max_length=255, blank=True)

    objects = PageManager.from_queryset(CampaignQuerySet)()

    template = "campaigns/campaign_page.html"
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *ReadingPage.search_fields,
        index.SearchField("theme"),
        index.SearchField("places"),
        index.FilterField("starts_on"),
    ]
    edit_handler = tabs(
        (
            _("Content"),
            [
                TitleFieldPanel("title"),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("theme"),
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("places")]),
                FieldPanel("summary"),
                FieldPanel("body"),
            ],
        ),
        (_("Achieved"), [InlinePanel("indicators", heading=_("Indicators"), label=_("indicator"))]),
        (_("Pictures"), [InlinePanel("gallery", heading=_("Pictures"), label=_("picture"))]),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def clean(self) -> None:
        """Refuse an end before the beginning. Safe on half-filled drafts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign would end before it begins. Check both dates.")})

    @property
    def state(self) -> CampaignState:
        """To come, going on or over."""
        return state_on(timezone.localdate(), self.starts_on, self.ends_on)

    @property
    def days_left(self) -> int | None:
        """Days until it begins or, while it goes on, until its last day."""
        today = timezone.localdate()
        day: datetime.date | None = self.starts_on if self.state == CampaignState.TO_COME else self.ends_on
        return (day - today).days if day and day >= today else None

    def full_text(self) -> str:
        """Everything worth finding: title, summary, text, theme, organiser, places, indicators."""
        numbers = " ".join(str(indicator) for indicator in self.indicators.all())
        more = (self.theme, self.organiser, self.places, numbers)
        return "\n".join(part for part in (super().full_text(), *more) if part)


class CampaignIndicator(Orderable):
    """A number that says what the campaign did, in words: 服务 320 人次."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="indicators")
    label = models.CharField(_("what"), max_length=100)
    value = models.CharField(_("value"), max_length=60)
    unit = models.CharField(_("measured in"), max_length=20, blank=True)

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("value"), FieldPanel("unit")])]

    class Meta(Orderable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return f"{self.label} {self.value} {self.unit}".strip()


class CampaignPicture(Orderable):
    """A picture of the campaign."""

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "media.PortalImage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("picture"),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption
