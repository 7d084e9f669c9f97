"""What a form asks, to read: the page of a form, its preview, an old version, a folder of forms."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from forms.builder.logic.checking import problems_of
from forms.builder.permissions import may_read_forms
from forms.builder.rendering import build_form
from forms.builder.schema import FormSchema

if TYPE_CHECKING:
    from forms.builder.models import FormIndexPage, FormPage


def refusal(request: HttpRequest) -> HttpResponseBase | None:
    """The way to sign in for a stranger; None for an insider; PermissionDenied for others."""
    if may_read_forms(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


def shown(request: HttpRequest, schema: FormSchema, **context: Any) -> HttpResponseBase:
    """A schema drawn as a form that cannot be sent."""
    return render(request, "builder/form_page.html", {"schema": schema, "form": build_form(schema), **context})


def form_page(request: HttpRequest, page: "FormPage") -> HttpResponseBase:
    """The live form as its current version asks it."""
    refused = refusal(request)
    if refused:
        return refused
    version = page.current_version
    schema = version.form_schema if version else page.schema_now
    return shown(request, schema, page=page, version=version)


def form_preview(request: HttpRequest, page: "FormPage") -> HttpResponseBase:
    """The form as it is being edited; Wagtail has asked who may edit it."""
    schema = page.schema_now
    return shown(request, schema, page=page, is_preview=True, problems=problems_of(schema))


def form_index(request: HttpRequest, page: "FormIndexPage") -> HttpResponseBase:
    """The forms in a folder."""
    from forms.builder.models import FormPage

    refused = refusal(request)
    if refused:
        return refused
    forms = FormPage.objects.child_of(page).live().visible_to(request.user).order_by("title")
    return render(request, "builder/form_index.html", {"page": page, "forms": forms})


@login_required
def version_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A version as it was published, however the form has changed since."""
    from forms.builder.models import FormVersion

    version = get_object_or_404(FormVersion.objects.visible_to(request.user).select_related("form"), pk=pk)
    return shown(request, version.form_schema, page=version.form, version=version, is_old_version=True)
