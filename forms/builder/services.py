"""Writes: freezing a version, making room for a form's deletion."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from forms.builder.models import FormPage, FormVersion
from forms.builder.versions.obstacles import require_publishable
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


class FormInUseError(ValidationError):
    """Reports or requirements refer to the form; it may be unpublished, not deleted."""


@transaction.atomic
def freeze_version(*, form_page: FormPage, user: "User | None" = None) -> FormVersion:
    """The version that says what the page now asks: a new one if the schema has changed, else the current one.

    CannotPublishError (a ValidationError) if the form is not finished, or makes stored answers unreadable: what may
    stand in a draft may not be asked of units.
    """
    FormPage.objects.select_for_update().get(pk=form_page.pk)
    if form_page.keep_keys():  # an old draft may be published without having been saved again
        FormPage.objects.filter(pk=form_page.pk).update(form_fields=form_page.form_fields)
    schema = form_page.schema_now
    latest = form_page.current_version
    if latest is not None and latest.digest == schema.digest():
        return latest
    require_publishable(form_page)
    last_note = latest.note if latest else ""
    version = FormVersion.objects.create(
        form=form_page,
        number=latest.number + 1 if latest else 1,
        schema=schema.to_json(),
        digest=schema.digest(),
        # A note left standing in the editor tells of the version before.
        note=form_page.version_note if form_page.version_note != last_note else "",
        published_by=user,
    )
    details = {"version": version.number, "questions": len(schema.fields)}
    record(action=AuditAction.PUBLISH, user=user, target=version, summary="form.version", details=details)
    return version


def references(target: models.Model) -> Iterator[models.Model]:
    """Rows of other rooms that hold on to the row, by foreign keys that protect it."""
    for relation in target._meta.related_objects:
        direct = relation.model is type(target) and relation.related_model is not FormVersion
        protects = getattr(relation, "on_delete", None) in (models.PROTECT, models.RESTRICT)
        if direct and protects:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: target})
            yield from rows[:1]


def is_used(form_page: FormPage) -> bool:
    """Whether reports or requirements refer to the form or one of its versions."""
    rows: Iterable[models.Model] = [form_page, *form_page.versions.all()]
    return any(True for row in rows for _found in references(row))


def forms_below(page: Page) -> list[FormPage]:
    """The forms that would go with the page."""
    return list(FormPage.objects.descendant_of(page, inclusive=True))


def check_deletable(*, pages: Iterable[Page]) -> None:
    """FormInUseError, naming the forms, if one that would go with the pages is in use."""
    used = [form.title for page in pages for form in forms_below(page) if is_used(form)]
    if used:
        message = _("“%(forms)s” cannot be deleted: requirements or reports refer to it. Unpublish it instead.")
        raise FormInUseError(message, params={"forms": "、".join(used)})


@transaction.atomic
def discard_unused_versions(*, pages: Iterable[Page]) -> None:
    """Remove the versions of forms that are about to be deleted and that nothing refers to."""
    check_deletable(pages=pages)
    for page in pages:
        FormVersion.objects.filter(form__in=forms_below(page)).delete()
