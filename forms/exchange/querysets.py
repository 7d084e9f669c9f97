"""Which forms there are, and what they ask: published, or as their editors have left them."""

from django.utils.translation import gettext as _

from forms.builder.models import FormPage
from forms.builder.schema import FormSchema


class NoSuchFormError(LookupError):
    """No form, or more than one, goes by the name; the message says so."""


def form_by_slug(slug: str) -> FormPage:
    """The form of that name in addresses, wherever it lies."""
    found = list(FormPage.objects.filter(slug=slug)[:2])
    if not found:
        raise NoSuchFormError(_("There is no form “%(slug)s”.") % {"slug": slug})
    if len(found) > 1:
        raise NoSuchFormError(_("Two forms in different folders are called “%(slug)s”.") % {"slug": slug})
    return found[0]


def draft_schema(page: FormPage) -> FormSchema:
    """What the form asks as its editors have left it."""
    latest = page.get_latest_revision_as_object()
    schema: FormSchema = latest.schema_now
    return schema


def asked_now(page: FormPage) -> FormSchema:
    """What the form asks units: its published version; the draft before the first publishing."""
    version = page.current_version
    return version.form_schema if version else draft_schema(page)
