"""Writes of the library: keeping a template, making a form of one, putting one into a form."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from forms.builder.library.models import FormTemplate
from forms.builder.library.rules import inserted, locked, missing_keys, part_of
from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def keep_template(
    *,
    user: "User",
    title: str,
    description: str,
    schema: FormSchema,
    keys: Collection[str],
    locked_keys: Collection[str],
) -> FormTemplate:
    """Keep the questions with these keys; those in `locked_keys` stay as they are wherever they are used.

    ValidationError if nothing is chosen, or if a chosen question depends on one that is not.
    """
    part = part_of(schema, keys)
    if not part.fields:
        raise ValidationError(_("Choose at least one question."))
    if missing := missing_keys(part):
        labels = "、".join(one.label for one in schema if one.key in missing)
        message = _("The chosen questions depend on “%(questions)s”. Choose those too, or remove the condition first.")
        raise ValidationError(message, params={"questions": labels or "—"})
    fields = tuple(locked(one, title) if one.key in locked_keys else one for one in part)
    is_whole = len(part.fields) == len(schema.fields)
    template = FormTemplate.objects.create(
        title=title,
        description=description,
        is_whole=is_whole,
        schema=replace(part, fields=fields).to_json(),
        created_by=user,
    )
    details = {"questions": len(fields), "locked": len(set(locked_keys) & {one.key for one in fields})}
    record(action=AuditAction.CREATE, user=user, target=template, summary="form.template", details=details)
    return template


@transaction.atomic
def form_of_template(*, user: "User", template: FormTemplate, parent: Page) -> FormPage:
    """A new form, not published yet, that asks what the template asks; under the same keys."""
    page = FormPage(live=False, owner=user)
    page.ask(replace(template.form_schema, title=template.title))
    parent.add_child(instance=page)
    page.save_revision(user=user)
    record(action=AuditAction.CREATE, user=user, target=page, summary="form.of_template")
    return page


@transaction.atomic
def insert_template(*, user: "User", template: FormTemplate, form_page: FormPage, after: str) -> FormPage:
    """Put the template's questions into the form's draft, behind the question `after`, or at the end."""
    FormPage.objects.select_for_update().get(pk=form_page.pk)
    draft: FormPage = form_page.get_latest_revision_as_object()
    draft.ask(inserted(draft.schema_now, template.form_schema, after))
    draft.save_revision(user=user, changed=True)
    details = {"template": template.pk, "questions": len(template.form_schema.fields)}
    record(action=AuditAction.CHANGE, user=user, target=form_page, summary="form.template_inserted", details=details)
    return draft


@transaction.atomic
def remove_template(*, user: "User", template: FormTemplate) -> None:
    """Remove a template; forms made of it keep their questions and their locks."""
    record(action=AuditAction.DELETE, user=user, target=template, summary="form.template")
    template.delete()
