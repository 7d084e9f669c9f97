"""The home page and free pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index

from home.front import front_page
from home.pages import ContentPageManager, ReadingPage, tabs
from home.sections import reads_chinese


class HomePage(Page):
    """The portal's front page: what is new, and for whoever is signed in what waits for them."""

    introduction = models.CharField(
        _("introduction"),
        max_length=255,
        blank=True,
        help_text=_("One sentence under the portal's name for whoever is not signed in."),
    )

    objects = ContentPageManager()

    max_count = 1
    template = "home/home_page.html"
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("introduction")]
    edit_handler = tabs((_("Content"), [TitleFieldPanel("title"), FieldPanel("introduction")]))

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def shown_introduction(self) -> str:
        """The introduction, for those who read the language it is written in."""
        return self.introduction if reads_chinese() else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is new and what waits."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["front"] = front_page(request.user)
        return context


class StandardPage(ReadingPage):
    """A free page: about, contact, leading group, help."""

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    edit_handler = tabs((_("Content"), [TitleFieldPanel("title"), FieldPanel("summary"), FieldPanel("body")]))

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
