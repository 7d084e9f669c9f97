"""The inbox: what one was told, opening it, marking it as read."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.notifications.enums import EmailChoice
from portal.notifications.forms import EmailForm
from portal.notifications.models import Notification
from portal.notifications.services import choose_email, mark_all_read, mark_read

PAGE_SIZE = 20
UNREAD = "unread"


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first; with ?show=unread what has not been opened."""
    own = Notification.objects.visible_to(request.user)
    only_unread = request.GET.get("show") == UNREAD
    rows = own.unread() if only_unread else own
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "only_unread": only_unread,
        "unread": own.unread().count(),
        "today": timezone.localdate(),
    }
    return render(request, "notifications/inbox.html", context)


@never_cache
@login_required
@require_GET
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where the notification leads; it has been read then."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    mark_read(notification=notification)
    return HttpResponseRedirect(notification.address or reverse("notifications:inbox"))


@login_required
@require_POST
def read_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    mark_read(notification=notification)
    return _back(request)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(user=cast(User, request.user))
    return _back(request)


@login_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Set when e-mails come; the form stands on the page of one's account."""
    form = EmailForm(request.POST)
    if form.is_valid():
        choose_email(user=cast(User, request.user), choice=EmailChoice(form.cleaned_data["email"]))
        messages.success(request, _("Your choice was saved."))
    else:
        messages.error(request, _("Please choose when you want e-mails."))
    return redirect("accounts:account")


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was shown."""
    only_unread = request.POST.get("show") == UNREAD
    return redirect(reverse("notifications:inbox", query={"show": UNREAD} if only_unread else None))
