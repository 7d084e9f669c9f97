"""The library's screens in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.builder.library.forms import InsertForm, KeepForm
from forms.builder.library.models import FormTemplate
from forms.builder.library.permissions import may_remove_templates, new_forms_folder
from forms.builder.library.services import form_of_template, insert_template, keep_template, remove_template
from forms.builder.models import FormPage
from forms.builder.permissions import may_list_versions
from forms.builder.views import shown
from portal.accounts.models import User


def _editor_of(request: HttpRequest, page_id: int) -> tuple[User, FormPage]:
    """The person and the form they may edit; PermissionDenied otherwise."""
    page = get_object_or_404(FormPage.objects.visible_to(request.user), pk=page_id)
    user = request.user
    if not isinstance(user, User) or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return user, page


def _insider(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not may_list_versions(user):
        raise PermissionDenied
    return user


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """All templates."""
    user = _insider(request)
    templates = FormTemplate.objects.visible_to(user).select_related("created_by")
    context = {
        "templates": templates,
        "may_use": new_forms_folder(user) is not None,
        "may_remove": may_remove_templates(user),
    }
    return render(request, "builder/library/list.html", context)


@require_GET
def template_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a template asks, as a unit would see it."""
    template = get_object_or_404(FormTemplate.objects.visible_to(_insider(request)), pk=pk)
    return shown(request, template.form_schema, page=None, is_preview=True)


@require_http_methods(["GET", "POST"])
def template_keep(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keep questions of a form's draft as a template."""
    user, page = _editor_of(request, page_id)
    draft: FormPage = page.get_latest_revision_as_object()
    form = KeepForm(request.POST or None, schema=draft.schema_now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            template = keep_template(
                user=user,
                title=given["title"],
                description=given["description"],
                schema=form.schema,
                keys=given["keys"],
                locked_keys=given["locked"],
            )
        except ValidationError as refusal:
            form.add_error("keys", refusal)
        else:
            messages.success(request, _("“%(template)s” has been kept as a template.") % {"template": template})
            return redirect("form_templates:list")
    context = {"page": page, "form": form}
    return render(request, "builder/library/keep.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def template_insert(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put a template's questions into a form's draft."""
    user, page = _editor_of(request, page_id)
    draft: FormPage = page.get_latest_revision_as_object()
    templates = FormTemplate.objects.visible_to(user)
    form = InsertForm(request.POST or None, schema=draft.schema_now, templates=templates)
    if request.method == "POST" and form.is_valid():
        template = form.cleaned_data["template"]
        insert_template(user=user, template=template, form_page=page, after=form.cleaned_data["after"])
        messages.success(request, _("The questions of “%(template)s” are in the draft.") % {"template": template})
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"page": page, "form": form, "has_templates": templates.exists()}
    return render(request, "builder/library/insert.html", context, status=422 if form.errors else 200)


@require_POST
def template_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new form of a template."""
    user = _insider(request)
    template = get_object_or_404(FormTemplate.objects.visible_to(user), pk=pk)
    folder = new_forms_folder(user)
    if folder is None:
        raise PermissionDenied
    page = form_of_template(user=user, template=template, parent=folder)
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_http_methods(["GET", "POST"])
def template_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a template, after asking."""
    user = _insider(request)
    template = get_object_or_404(FormTemplate.objects.visible_to(user), pk=pk)
    if not may_remove_templates(user):
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "builder/library/remove.html", {"template": template})
    remove_template(user=user, template=template)
    messages.success(request, _("“%(template)s” has been removed. Forms made of it stay.") % {"template": template})
    return redirect("form_templates:list")
