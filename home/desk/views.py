"""The desk, and the calendar of it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_ratelimit.core import is_ratelimited

from home.desk.feeds import calendar_of, feed_for, give_feed, note_fetch, shut_feed
from home.desk.models import CalendarFeed
from home.desk.reading import desk_of
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

FETCHES = "60/m"
"""From one address: an office full of calendar programs behind it."""


@never_cache
@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, on one page."""
    now = timezone.now()
    return render(request, "desk/desk.html", {"desk": desk_of(cast(User, request.user), now=now), "now": now})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The address of one's calendar: shown, made anew, shut."""
    user = cast(User, request.user)
    if request.method == "POST":
        if request.POST.get("do") == "shut":
            shut_feed(user=user)
            messages.success(request, _("The address opens nothing any more."))
        else:
            give_feed(user=user)
            messages.success(request, _("This is your address. Whoever knows it can read your dates."))
        record(action=AuditAction.CHANGE, user=user, target=user, summary="calendar.address")
        return redirect("desk:calendar")
    feed = CalendarFeed.objects.filter(user=user).first()
    return render(request, "desk/calendar.html", {"feed": feed})


@require_GET
def feed(request: HttpRequest, feed_key: str) -> HttpResponse:
    """The calendar itself: the key is all that is asked, because calendar programs cannot sign in."""
    if is_ratelimited(request, group="calendar", key="ip", rate=FETCHES, increment=True):
        return HttpResponse(status=429)
    found = feed_for(feed_key)
    if found is None:
        raise Http404
    now = timezone.now()
    note_fetch(found, now)
    with translation.override("zh-hans"):
        body = calendar_of(found.user, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Disposition"] = 'inline; filename="dates.ics"'
    return response
