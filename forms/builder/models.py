"""Forms that editors build (FormPage) and their immutable published versions (FormVersion)."""

import json
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from forms.builder.blocks import FormFieldsBlock, FormRulesBlock
from forms.builder.choice_lists.panels import QuestionsPanel
from forms.builder.editor.stale import FormPageForm
from forms.builder.querysets import FormPageQuerySet, FormVersionQuerySet
from forms.builder.schema import FormSchema
from forms.builder.streams import (
    schema_of_stream,
    stream_of_rules,
    stream_of_schema,
    with_own_keys,
    with_published_choices,
)
from forms.builder.views import form_index, form_page, form_preview
from portal.ops.remembered import Remembered


class FormIndexPage(Page):
    """A folder of forms."""

    subpage_types: ClassVar[list[str]] = ["portal_forms.FormPage"]
    section_label = _("Forms")

    class Meta:
        verbose_name = _("folder of forms")
        verbose_name_plural = _("folders of forms")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The forms in it, for insiders."""
        return form_index(request, self)


class FormPage(Page):
    """A form that editors build from field blocks; publishing it freezes a version (services.freeze_version)."""

    intro = models.TextField(
        _("filling instructions"),
        blank=True,
        max_length=2000,
        help_text=_("Stands above the form: what it is for and whom to ask. Plain text."),
    )
    form_fields = StreamField(FormFieldsBlock(), blank=True, verbose_name=_("questions"))
    form_rules = StreamField(FormRulesBlock(), blank=True, verbose_name=_("checks"))
    version_note = models.CharField(
        _("what changed"),
        max_length=255,
        blank=True,
        help_text=_("One line for the list of versions, kept with the version that publishing makes."),
    )

    objects = PageManager.from_queryset(FormPageQuerySet)()

    is_being_saved = False
    """Whether an editor is saving it just now; then what others have saved meanwhile is looked for."""

    parent_page_types: ClassVar[list[str]] = ["portal_forms.FormIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    base_form_class = FormPageForm
    content_panels = [
        TitleFieldPanel("title", help_text=_("The form's name, as units see it. It may be changed at any time.")),
        FieldPanel("intro"),
        QuestionsPanel("form_fields"),
        FieldPanel("form_rules"),
        FieldPanel("version_note"),
    ]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    @property
    def current_version(self) -> "FormVersion | None":
        """The version that new reports are filled in with; None before the first publishing."""
        return self.versions.order_by("-number").first()

    @property
    def schema_now(self) -> FormSchema:
        """What the form asks as this page stands, published or not."""
        raw = self.form_fields.get_prep_value() if self.form_fields else []
        rules = self.form_rules.get_prep_value() if self.form_rules else []
        return schema_of_stream(raw, title=self.title, intro=self.intro, rules=rules)

    def ask(self, schema: FormSchema) -> None:
        """Let the page ask what the schema asks; neither saved nor published."""
        self.title, self.intro = schema.title, schema.intro
        self.form_fields = json.dumps(stream_of_schema(schema))
        self.form_rules = json.dumps(stream_of_rules(schema))

    def clean(self) -> None:
        """Give each question a key of its own, whatever way it came in. Drafts may be as unfinished as they are."""
        super().clean()
        self.keep_keys()

    def keep_keys(self) -> bool:
        """Give keys and codes, and keep what was published as retired; whether anything was changed by that."""
        latest = self.current_version if self.pk else None
        published = latest.form_schema.fields if latest else ()
        changed = False
        for name in ("form_fields", "form_rules"):
            block = self._meta.get_field(name).stream_block
            stored = block.get_prep_value(getattr(self, name))
            own = with_published_choices(with_own_keys(stored), published)
            if own != stored:
                setattr(self, name, block.to_python(own))
                changed = True
        return changed

    def publish(self, revision: Any, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publish and freeze in one transaction: no live form is without its version."""
        from forms.builder.versions.publishing import SCHEDULED, CannotPublishError, put_off

        # Wagtail's signal carries the revision, not who publishes it; that may be another than who saved it.
        revision.published_by = user
        try:
            with transaction.atomic():
                return super().publish(revision, user, *args, **kwargs)
        except CannotPublishError as refusal:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            put_off(self, revision, refusal)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What the form asks, for insiders; answers are given elsewhere."""
        return form_page(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """The form as units will see it, before it is published."""
        return form_preview(request, self)


class FormVersionImmutableError(Exception):
    """Somebody tried to change or delete a published version."""


class FormVersion(models.Model):
    """What a form asked when it was published. Rows are only added; reports refer to them for ever."""

    form = models.ForeignKey(FormPage, on_delete=models.PROTECT, related_name="versions", verbose_name=_("form"))
    number = models.PositiveIntegerField(_("version"))
    schema = models.JSONField(_("questions"))
    digest = models.CharField(_("check sum"), max_length=64)
    note = models.CharField(_("what changed"), max_length=255, blank=True)
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("form version")
        verbose_name_plural = _("form versions")
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once")]

    def __str__(self) -> str:
        return gettext("%(title)s (version %(number)d)") % {"title": self.form_schema.title, "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it a second time."""
        if not self._state.adding:
            raise FormVersionImmutableError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: services.discard_unused_versions removes those that nothing refers to, with their form."""
        raise FormVersionImmutableError

    @property
    def form_schema(self) -> FormSchema:
        """The frozen schema as an object; read once, as it never changes."""
        return _schemas.get(self.digest, lambda: FormSchema.from_json(self.schema))


_schemas: Remembered[str, FormSchema] = Remembered(most=200)
"""By their digest; some ten kilobytes each."""


# Django finds the models of a room's parts here.
from forms.builder.library.models import FormTemplate  # noqa: E402
from forms.builder.lifecycle.models import FormLifecycle  # noqa: E402

__all__ = [
    "FormIndexPage",
    "FormLifecycle",
    "FormPage",
    "FormTemplate",
    "FormVersion",
    "FormVersionImmutableError",
]
