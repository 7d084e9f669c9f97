"""The calendar in the admin: a year at a time, the notice of a year, single days."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from portal.calendars.enums import DayKind
from portal.calendars.forms import DayForm, NoticeForm
from portal.calendars.models import FIRST_YEAR, LAST_YEAR, CalendarDay, CalendarYear
from portal.calendars.months import months_of
from portal.calendars.permissions import may_arrange_days, may_see_calendar
from portal.calendars.rules import DayFact
from portal.calendars.services import arrange_day, enter_notice, release_day, work_calendar

REFUSED = 422


def _person(request: HttpRequest, *, arranging: bool = False) -> User:
    """Who asks; PermissionDenied unless they may."""
    user = request.user
    if not isinstance(user, User) or not (may_arrange_days(user) if arranging else may_see_calendar(user)):
        raise PermissionDenied
    return user


@require_GET
def year_page(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year with its days off and make-up days, and where they are known from."""
    user = _person(request)
    return _year(request, user, year or timezone.localdate().year, DayForm())


@require_POST
def day_arrange(request: HttpRequest, year: int) -> HttpResponse:
    """Set one day apart."""
    user = _person(request, arranging=True)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _year(request, user, year, form, status=REFUSED)
    given = form.cleaned_data
    arranged = arrange_day(user=user, day=given["day"], kind=DayKind(given["kind"]), name=given["name"])
    messages.success(request, _("%(day)s has been arranged.") % {"day": arranged})
    return redirect("calendars:year", given["day"].year)


@require_POST
def day_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a single arrangement back."""
    user = _person(request, arranging=True)
    arranged = get_object_or_404(CalendarDay.objects.visible_to(user), pk=pk, is_of_notice=False)
    release_day(user=user, arranged=arranged)
    messages.success(request, _("%(day)s is again what the notice says.") % {"day": arranged.day.isoformat()})
    return redirect("calendars:year", arranged.day.year)


@require_http_methods(["GET", "POST"])
def notice_enter(request: HttpRequest) -> HttpResponse:
    """Paste a notice, look at its days, store them."""
    user = _person(request, arranging=True)
    form = NoticeForm(request.POST or None, initial={"year": request.GET.get("year")})
    is_read = request.method == "POST" and form.is_valid() and form.read is not None
    if is_read and form.read is not None and "store" in request.POST:
        given = form.cleaned_data
        entered = enter_notice(user=user, year=given["year"], notice=given["notice"], days=form.read.days)
        messages.success(request, _("The holidays of %(year)s have been entered.") % {"year": entered})
        return redirect("calendars:year", entered.year)
    days = []
    if is_read and form.read is not None:
        days = [DayFact(day, kind == DayKind.WORKED, kind, name) for day, (kind, name) in form.read.days.items()]
    context = {"form": form, "days": days}
    return render(request, "calendars/notice.html", context, status=REFUSED if form.errors else 200)


def _year(request: HttpRequest, user: User, year: int, form: DayForm, *, status: int = 200) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    known = work_calendar()
    context: dict[str, Any] = {
        "year": year,
        "years": [one for one in (year - 1, year, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "months": list(months_of(year, known)),
        "is_known": year in known.known_years,
        "entered": CalendarYear.objects.select_related("entered_by").filter(year=year).first(),
        "own": CalendarDay.objects.visible_to(user).of_year(year).filter(is_of_notice=False),
        "may_arrange": may_arrange_days(user),
        "form": form,
    }
    return render(request, "calendars/year.html", context, status=status)
