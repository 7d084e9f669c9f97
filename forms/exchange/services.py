"""Writes: making a form from what a file describes, and recording that one has left."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from forms.builder.models import FormIndexPage, FormPage
from forms.exchange.builder_checks import unfinished
from forms.exchange.formats import FORMATS
from forms.exchange.imported import ImportedForm, ImportRefusedError
from forms.exchange.json_format import read_json
from forms.exchange.models import FormUpload
from forms.exchange.querysets import asked_now, draft_schema
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

FOLDER_SLUG = "report-forms"
USUAL_SLUG = "form"


@dataclass(frozen=True)
class ExportedForm:
    """A form as a file."""

    data: bytes
    file_name: str
    content_type: str


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
    if is_taken(slug, parent=parent):
        raise ImportRefusedError(_("The name “%(slug)s” is taken by another page. Choose another.") % {"slug": slug})


def is_taken(slug: str, *, parent: Page | None = None) -> bool:
    """Whether a form has the slug, wherever it lies, or another page in the folder."""
    beside = parent.get_children().filter(slug=slug).exists() if parent else False
    return beside or FormPage.objects.filter(slug=slug).exists()


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


def free_slug(wanted: str, *, parent: Page) -> str:
    """The slug, or the first free one with a number behind it."""
    plain = slugify(wanted, allow_unicode=True)[:200] or USUAL_SLUG
    names = (plain, *(f"{plain}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not is_taken(name, parent=parent))


@transaction.atomic
def keep_upload(*, form: ImportedForm, file_name: str, user: "User") -> FormUpload:
    """The form as read, until its sender says the word."""
    return FormUpload.objects.create(
        file_name=file_name[-255:],
        schema=form.schema.to_json(),
        slug=form.slug[:255],
        unsupported=list(form.unsupported),
        warnings=list(form.warnings),
        uploaded_by=user,
    )


@transaction.atomic
def export_form(
    *, page: FormPage, format_name: str, draft: bool = False, user: "User | AnonymousUser | None" = None
) -> ExportedForm:
    """The form as a file of one of FORMATS, recorded: the published version, or the draft."""
    found = FORMATS[format_name]
    schema = draft_schema(page) if draft else asked_now(page)
    data = found.write(schema, slug=page.slug)
    version = None if draft else page.current_version
    details = {"format": format_name, "version": version.number if version else None}
    record(action=AuditAction.EXPORT, user=user, target=page, summary="form.export", details=details)
    return ExportedForm(data, f"{schema.title}{found.extension}", found.content_type)


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
