"""Forms out and in, in the Wagtail admin: a file to download; upload → what it would make → the person's word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from forms.builder.models import FormPage
from forms.exchange.formats import FORMATS, read_form
from forms.exchange.forms import CreateForm, FormFileForm
from forms.exchange.imported import ImportRefusedError
from forms.exchange.json_format import MAX_BYTES
from forms.exchange.models import FormUpload
from forms.exchange.permissions import folders_open_to, may_export, may_export_draft
from forms.exchange.preview import preview_of
from forms.exchange.services import create_form, export_form, free_slug, keep_upload
from portal.accounts.models import User


@require_GET
def export(request: HttpRequest, page_id: int, format_name: str) -> HttpResponse:
    """The form as a file: its published version; ?draft=1 as its editors have left it."""
    if not may_export(request.user):
        raise PermissionDenied
    if format_name not in FORMATS:
        raise Http404
    page = get_object_or_404(FormPage.objects.visible_to(request.user), pk=page_id)
    draft = "draft" in request.GET
    if draft and not may_export_draft(request.user, page):
        raise PermissionDenied
    made = export_form(page=page, format_name=format_name, draft=draft, user=request.user)
    response = HttpResponse(made.data, content_type=made.content_type)
    response["Content-Disposition"] = content_disposition_header(True, made.file_name) or "attachment"
    return response


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take the file; what describes no form is refused beside the field."""
    user = allowed(request)
    form = FormFileForm(request.POST, request.FILES) if request.method == "POST" else FormFileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = read_form(file.read(MAX_BYTES + 1))
        except ImportRefusedError as error:
            form.add_error("file", str(error))
        else:
            return redirect("form_import_check", pk=keep_upload(form=read, file_name=str(file.name), user=user).pk)
    return render(request, "exchange/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what the file would make; on the person's word make it, or forget it."""
    user = allowed(request)
    with transaction.atomic():
        uploaded = FormUpload.objects.select_for_update().filter(pk=pk, uploaded_by=user).first()
        if uploaded is None:
            messages.warning(request, _("This form has been created or given up. Upload it again to see it."))
            return redirect("form_import")
        if request.POST.get("step") == "forget":
            uploaded.delete()
            messages.info(request, _("The form was given up; nothing was created."))
            return redirect("form_import")
        folders = folders_open_to(user)
        initial = {"slug": free_slug(uploaded.slug, parent=folders[0])}
        form = CreateForm(request.POST or None, folders=folders, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                return created(request, uploaded, form, user)
            except ImportRefusedError as error:
                form.add_error(None, str(error))
    read = uploaded.form
    context = {"form": form, "uploaded": uploaded, "read": read, "rows": preview_of(read.schema)}
    return render(request, "exchange/check.html", context, status=422 if form.errors else 200)


def created(request: HttpRequest, uploaded: FormUpload, form: CreateForm, user: User) -> HttpResponseBase:
    """Make the draft and go on to edit it."""
    values = form.cleaned_data
    made = create_form(form=uploaded.form, slug=values["slug"], parent=values["folder"], user=user, publish=False)
    uploaded.delete()
    messages.success(
        request, _("“%(title)s” was created as a draft. Look it through and publish it.") % {"title": made.page.title}
    )
    for problem in made.problems:
        messages.warning(request, problem)
    return redirect("wagtailadmin_pages:edit", made.page.pk)


def allowed(request: HttpRequest) -> User:
    """The person, if they may make forms."""
    if not isinstance(request.user, User) or not folders_open_to(request.user):
        raise PermissionDenied
    return request.user
