"""Opening and closing a form, in the admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms.builder.lifecycle.forms import LifecycleForm
from forms.builder.lifecycle.models import lifecycle_of
from forms.builder.lifecycle.services import set_lifecycle
from forms.builder.models import FormPage
from portal.accounts.models import User


@require_http_methods(["GET", "POST"])
def lifecycle(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show and set the stage of a form; for whoever may publish it."""
    page = get_object_or_404(FormPage.objects.visible_to(request.user), pk=page_id)
    user = request.user
    if not isinstance(user, User) or not page.permissions_for_user(user).can_publish():
        raise PermissionDenied
    stage = lifecycle_of(page).stage_now()  # before the form writes upon it what may be refused
    form = LifecycleForm(request.POST or None, instance=lifecycle_of(page))
    if request.method == "POST" and form.is_valid():
        set_lifecycle(user=user, lifecycle=form.save(commit=False), units=form.cleaned_data["units"])
        messages.success(request, _("“%(form)s”: the change applies from now on.") % {"form": page.title})
        return redirect("form_lifecycle", page_id=page.pk)
    context = {"page": page, "form": form, "stage": stage}
    return render(request, "builder/lifecycle.html", context, status=422 if form.errors else 200)
