"""Writes: making a form from what a file describes."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from forms.builder.models import FormIndexPage, FormPage
from forms.exchange.builder_checks import unfinished
from forms.exchange.imported import ImportedForm, ImportRefusedError
from forms.exchange.json_format import read_json
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User

FOLDER_SLUG = "report-forms"


@dataclass(frozen=True)
class CreatedForm:
    """A form made from a file."""

    page: FormPage
    problems: tuple[str, ...] = ()
    """Why it is still a draft, in sentences; none if it has been published."""


@transaction.atomic
def forms_folder() -> FormIndexPage:
    """Where imported forms go: the first folder of forms in the tree; made below the home page if there is none."""
    known = FormIndexPage.objects.order_by("path").first()
    if known is not None:
        return known
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    parent = site.root_page if site else Page.get_first_root_node()
    folder: FormIndexPage = parent.add_child(instance=FormIndexPage(title=_("Forms"), slug=FOLDER_SLUG))
    return folder


def check_slug(slug: str, *, parent: Page | None = None) -> None:
    """ImportRefusedError if the slug is none, or another form or page in the folder has it."""
    try:
        validate_unicode_slug(slug)
    except ValidationError as error:
        message = _("“%(slug)s” cannot stand in an address: use letters, digits, - and _.")
        raise ImportRefusedError(message % {"slug": slug}) from error
    beside = parent.get_children().filter(slug=slug).exists() if parent else False
    if beside or FormPage.objects.filter(slug=slug).exists():
        raise ImportRefusedError(_("The name “%(slug)s” is taken by another page. Choose another.") % {"slug": slug})


@transaction.atomic
def create_form(
    *, form: ImportedForm, slug: str, parent: Page | None = None, user: "User | None" = None, publish: bool = True
) -> CreatedForm:
    """A form page in the folder; published if nothing speaks against it, else left as a draft.

    ImportRefusedError if the slug cannot be used or the page cannot be stored; nothing is left then.
    """
    folder = parent or forms_folder()
    check_slug(slug, parent=folder)
    page = FormPage(slug=slug, live=False, owner=user)
    page.ask(form.schema)
    try:
        folder.add_child(instance=page)
    except ValidationError as error:
        raise ImportRefusedError("".join(error.messages)) from error
    revision = page.save_revision(user=user)
    problems = tuple(unfinished(page))
    if publish and not problems:
        revision.publish(user=user)
    counts = {"questions": len(form.schema.fields), "left_out": len(form.unsupported)}
    record(action=AuditAction.IMPORT, user=user, target=page, summary="form.import", details=counts)
    return CreatedForm(FormPage.objects.get(pk=page.pk), problems)


@transaction.atomic
def load_form(path: Path, *, parent: Page, user: "User | None" = None) -> FormPage:
    """The form that a JSON file describes, published below `parent`.

    A form of that slug which is already there is left as its editors have made it. ImportRefusedError if the file
    describes no form that an editor could have built and published; nothing is left then.
    """
    form = read_json(path.read_bytes())
    known = FormPage.objects.child_of(parent).filter(slug=form.slug).first()
    if known is not None:
        return known
    if form.unsupported:
        raise ImportRefusedError("；".join(form.unsupported))
    made = create_form(form=form, slug=form.slug, parent=parent, user=user)
    if made.problems:
        raise ImportRefusedError("；".join(made.problems))
    return made.page
