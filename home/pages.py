"""What the pages of this house have in common."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from home.blocks import BodyBlock, plain_text
from home.permissions import may_edit
from home.querysets import ContentPageQuerySet
from home.sections import reads_chinese, section_label

ContentPageManager = PageManager.from_queryset(ContentPageQuerySet)


def tabs(*named: tuple[str | Promise, list[Panel]]) -> TabbedInterface:
    """The page's own tabs, then Wagtail's two for the address and for planned publishing."""
    own = [ObjectList(panels, heading=heading) for heading, panels in named]
    return TabbedInterface(
        [
            *own,
            ObjectList(
                [FieldPanel("slug"), FieldPanel("show_in_menus"), FieldPanel("search_description")],
                heading=_("Address and menu"),
            ),
            ObjectList(Page.settings_panels, heading=_("Publishing time"), classname="settings"),
        ]
    )


class ReadingPage(Page):
    """A page that people read: its title, a summary and a body of blocks."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("Two or three sentences for lists and search results."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body text"))

    objects = ContentPageManager()

    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether the reader may edit the page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["may_edit"] = may_edit(request.user, self)
        return context

    def full_text(self) -> str:
        """Everything worth finding, as plain text: title, summary, body."""
        return "\n".join(part for part in (self.title, self.summary, plain_text(self.body)) if part)


class SectionIndexPage(Page):
    """The list page of a section. Its children are found there."""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences above the list."),
    )

    objects = ContentPageManager()

    section_label: ClassVar[str | Promise] = ""
    """The section's name in the English interface, where its (Chinese) title is not shown."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("introduction")]
    edit_handler = tabs((_("Content"), [TitleFieldPanel("title"), FieldPanel("introduction")]))

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name of the section in the language of the reader."""
        return section_label(self)

    @property
    def shown_introduction(self) -> str:
        """The introduction, for those who read the language it is written in."""
        return self.introduction if reads_chinese() else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether the reader may edit the page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["may_edit"] = may_edit(request.user, self)
        return context


class Attachment(Orderable):
    """A file beside the text, under the name that readers see."""

    document = models.ForeignKey(
        "media.PortalDocument",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("file"),
    )
    title = models.CharField(
        _("shown as"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty to show the title of the file."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title or self.document.title
