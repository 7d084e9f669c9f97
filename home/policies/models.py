"""Policies and regulations with the metadata of gov.cn's policy library."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from home.pages import Attachment, ReadingPage, SectionIndexPage, tabs
from home.policies.enums import DocumentKind, Validity
from home.policies.listing import policy_list
from home.policies.querysets import PolicyQuerySet
from home.policies.reading import statute_of
from home.policies.rules import canonical_doc_number, shown_validity, year_of
from portal.units.models import Unit


class PolicyTopic(models.Model):
    """主题分类, on two levels."""

    name = models.CharField(_("topic name"), max_length=60)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("above it"),
        limit_choices_to={"parent__isnull": True},
        help_text=_("Leave empty for a topic of the first level."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [FieldPanel("name"), FieldPanel("parent"), FieldPanel("position")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="topic_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent__isnull=True), name="topic_of_first_level_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent.name} / {self.name}" if self.parent else self.name

    def clean(self) -> None:
        """Keep to two levels."""
        super().clean()
        if self.parent is None:
            return
        if self.parent.parent_id or self.parent_id == self.pk or (self.pk and self.children.exists()):
            raise ValidationError({"parent": _("Topics have two levels: choose one of the first level, or none.")})


class PolicyIndexPage(SectionIndexPage):
    """All policies, with filters."""

    template = "policies/policy_index_page.html"
    subpage_types = ["policies.PolicyPage"]
    section_label = _("Policies")

    class Meta:
        verbose_name = _("list of policies")
        verbose_name_plural = _("lists of policies")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filtered list."""
        context = super().get_context(request, *args, **kwargs)
        mine = PolicyPage.objects.child_of(self).visible_to(request.user)
        return {**context, **policy_list(mine, request.GET)}


class PolicyPage(ReadingPage):
    """One policy document."""

    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    topic = models.ForeignKey(
        PolicyTopic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    kind = models.CharField(_("kind of document"), max_length=30, choices=DocumentKind, default=DocumentKind.NOTICE)
    doc_number = models.CharField(
        _("document number"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=_("For example 民发〔2020〕14号. Brackets and spaces are put right when you save."),
    )
    region = models.CharField(_("region"), max_length=40, blank=True, help_text=_("Where it applies."))
    signed_on = models.DateField(_("date of the document"), null=True, blank=True)
    published_on = models.DateField(_("date of publication"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expires_on = models.DateField(
        _("out of force from"),
        null=True,
        blank=True,
        help_text=_("The first day on which it is no longer in force."),
    )
    validity = models.CharField(
        _("validity"),
        max_length=20,
        choices=Validity,
        default=Validity.UNKNOWN,
        help_text=_("The dates count too: before its first day a document is shown as not yet in force."),
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    source_name = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.CharField(_("address of the source"), max_length=500, blank=True)
    source_note = models.TextField(_("note on the source"), blank=True, help_text=_("How sure the particulars are."))
    dated_on = models.DateField(_("date"), null=True, editable=False, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False, db_index=True)
    import_key = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    """The row of a data file that the page was made from; empty for pages written by hand."""

    objects = PageManager.from_queryset(PolicyQuerySet)()

    template = "policies/policy_page.html"
    parent_page_types = ["policies.PolicyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy = ["import_key"]
    search_fields: ClassVar[list[Any]] = [
        *ReadingPage.search_fields,
        index.SearchField("doc_number"),
        index.AutocompleteField("doc_number"),
        index.RelatedFields("issuers", [index.SearchField("name")]),
        index.FilterField("kind"),
        index.FilterField("validity"),
        index.FilterField("year"),
    ]
    edit_handler = tabs(
        (_("Main text"), [TitleFieldPanel("title"), FieldPanel("summary"), FieldPanel("body")]),
        (
            _("Particulars"),
            [
                FieldRowPanel([FieldPanel("doc_number"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("topic")]),
                InlinePanel("issuers", heading=_("Issuing bodies"), label=_("issuing body")),
                FieldRowPanel([FieldPanel("signed_on"), FieldPanel("published_on")]),
                FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
                FieldRowPanel([FieldPanel("validity"), FieldPanel("region")]),
                PageChooserPanel("replaced_by", "policies.PolicyPage"),
                MultiFieldPanel(
                    [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("source_note")],
                    heading=_("Where the text is from"),
                ),
            ],
        ),
        (_("Files"), [InlinePanel("attachments", heading=_("Files"), label=_("file"))]),
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.UniqueConstraint(fields=["import_key"], condition=~models.Q(import_key=""), name="imported_once"),
        ]

    def clean(self) -> None:
        """Put the number right; refuse dates that contradict each other. Safe on half-filled drafts."""
        super().clean()
        self.doc_number = canonical_doc_number(self.doc_number or "")
        if self.effective_on and self.expires_on and self.expires_on <= self.effective_on:
            raise ValidationError({"expires_on": _("The document would end before it takes effect. Check both dates.")})
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("A document cannot replace itself. Choose the newer one.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save with what follows from the rest: the number's form, the date to sort by and the year."""
        self.doc_number = canonical_doc_number(self.doc_number or "")
        self.dated_on = self.signed_on or self.published_on
        self.year = year_of(self.dated_on, self.doc_number)
        return super().save(*args, **kwargs)

    @property
    def shown_validity(self) -> Validity:
        """What readers are told today."""
        return shown_validity(Validity(self.validity), self.effective_on, self.expires_on, timezone.localdate())

    @property
    def issuer_names(self) -> list[str]:
        """Who issued it, in the order of the document."""
        return [issuer.name for issuer in self.issuers.all()]

    @property
    def has_text(self) -> bool:
        """Whether the portal holds the document's own text."""
        return bool(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add its articles, and the documents before and after it as far as the reader may see them."""
        context = super().get_context(request, *args, **kwargs)
        visible = PolicyPage.objects.visible_to(request.user)
        context["statute"] = statute_of(self.title, self.body)
        context["newer"] = visible.filter(pk=self.replaced_by_id).first() if self.replaced_by_id else None
        context["older"] = list(visible.filter(replaced_by_id=self.pk).newest_first())
        return context

    def full_text(self) -> str:
        """Everything worth finding: title, number, issuers, summary, text."""
        return "\n".join(part for part in (super().full_text(), self.doc_number, " ".join(self.issuer_names)) if part)


class PolicyIssuer(Orderable):
    """发文机关: as printed on the document, and where it is one of ours the unit."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="issuers")
    name = models.CharField(_("name on the document"), max_length=120, db_index=True)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("Only where the issuing body is a unit of this portal."),
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("unit")])]

    class Meta(Orderable.Meta):
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")

    def __str__(self) -> str:
        return self.name


class PolicyAttachment(Attachment):
    """A file of a policy."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(Attachment.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
