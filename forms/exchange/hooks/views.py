"""Pages of web hooks: the list, one with what it said, changing, replaying."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.exchange.hooks.enums import MessageState
from forms.exchange.hooks.forms import HookForm, ReplayForm
from forms.exchange.hooks.models import Hook, HookMessage
from forms.exchange.hooks.services import HookRefusedError, delete_hook, renew_secret, replay, save_hook
from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import Role

PAGE_SIZE = 25


def _manager(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access_for(request.user).has(Role.COORDINATOR, Role.ADMINISTRATOR):
        raise PermissionDenied
    return request.user


@login_required
@require_GET
def hook_list(request: HttpRequest) -> HttpResponse:
    """The web hooks that one looks after, with what failed."""
    user = _manager(request)
    hooks = Hook.objects.visible_to(user).select_related("unit", "requirement", "programme")
    failed = Count("messages", filter=Q(messages__state=MessageState.FAILED))
    return render(request, "hooks/list.html", {"hooks": hooks.annotate(failed=failed)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def hook_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new web hook, whose secret the answer shows once, or a change of one."""
    user = _manager(request)
    hook = get_object_or_404(Hook.objects.visible_to(user), pk=pk) if pk is not None else Hook()
    form = HookForm(request.POST or None, instance=hook, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_hook(user=user, hook=form.save(commit=False))
        except HookRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            if pk is None:
                return _detail(request, saved, secret=saved.secret)
            messages.success(request, _("The web hook has been saved."))
            return redirect("hooks:detail", pk=saved.pk)
    return render(request, "hooks/edit.html", {"form": form, "hook": hook}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def hook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One web hook and its messages, newest first; ?state=failed only those."""
    return _detail(request, _own(request, pk)[1])


@never_cache
@login_required
@require_POST
def hook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown once."""
    user, hook = _own(request, pk)
    return _detail(request, hook, secret=renew_secret(user=user, hook=hook).secret)


@login_required
@require_POST
def hook_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one message once more, or all that failed."""
    user, hook = _own(request, pk)
    form = ReplayForm(request.POST)
    number = request.POST.get("message", "")
    if not form.is_valid():
        messages.error(request, _("This is not a day."))
        return redirect("hooks:detail", pk=pk)
    try:
        chosen = uuid.UUID(number) if number else None
    except ValueError:
        return redirect("hooks:detail", pk=pk)
    count = replay(user=user, hook=hook, number=chosen, since=form.cleaned_data["since"])
    text = ngettext("%(n)d message is sent once more.", "%(n)d messages are sent once more.", count)
    messages.success(request, text % {"n": count})
    return redirect("hooks:detail", pk=pk)


@login_required
@require_POST
def hook_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a web hook."""
    user, hook = _own(request, pk)
    delete_hook(user=user, hook=hook)
    messages.success(request, _("The web hook has been deleted."))
    return redirect("hooks:list")


def _own(request: HttpRequest, pk: int) -> tuple[User, Hook]:
    user = _manager(request)
    hooks = Hook.objects.visible_to(user).select_related("unit", "requirement", "programme", "created_by")
    return user, get_object_or_404(hooks, pk=pk)


def _detail(request: HttpRequest, hook: Hook, *, secret: str = "") -> HttpResponse:
    rows = HookMessage.objects.filter(hook=hook)
    only_failed = request.GET.get("state") == MessageState.FAILED
    shown = rows.filter(state=MessageState.FAILED) if only_failed else rows
    context: dict[str, Any] = {
        "hook": hook,
        "secret": secret,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "failed": rows.filter(state=MessageState.FAILED).count(),
        "only_failed": only_failed,
        "replay": ReplayForm(),
    }
    return render(request, "hooks/detail.html", context)
