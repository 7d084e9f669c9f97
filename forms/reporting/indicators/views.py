"""Pages on which indicators are composed and put in order."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.reporting.cards import Card, indicator_card
from forms.reporting.indicators.composing import (
    NotYoursError,
    delete_indicator,
    may_compose,
    move_indicator,
    save_indicator,
    show_indicator,
)
from forms.reporting.indicators.forms import IndicatorForm
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.problems import problems_of
from forms.reporting.indicators.services import Schemas, worked_out
from forms.reporting.matrix.forms import FiguresForm
from forms.submissions.views.people import insider
from portal.accounts.models import User


def _composer(request: HttpRequest) -> User:
    user = insider(request)
    if not may_compose(user):
        raise PermissionDenied
    return user


@login_required
@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators in their order, with what is wrong with them."""
    user = _composer(request)
    indicators = list(Indicator.objects.visible_to(user).with_names())
    mine = set(Indicator.objects.manageable_by(user).values_list("pk", flat=True))
    schemas = Schemas(one.form_id for one in indicators)
    rows = [(one, one.pk in mine, problems_of(one, schemas)) for one in indicators]
    return render(request, "reporting/indicators.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Compose an indicator: each choice brings the next one and, as soon as it can be, the figure itself."""
    user = _composer(request)
    instance = Indicator()
    if pk is not None:
        instance = get_object_or_404(Indicator.objects.visible_to(user), pk=pk)
        if not Indicator.objects.manageable_by(user).filter(pk=pk).exists():
            raise PermissionDenied
    is_sent = request.method == "POST" and "choose" not in request.POST
    data = request.POST if request.method == "POST" else None
    form = IndicatorForm(data, user=user, instance=instance, strict=is_sent)
    if is_sent and form.is_valid():
        save_indicator(user=user, indicator=form.composed())
        messages.success(request, _("The figure has been saved."))
        return redirect("reporting:indicators")
    context = {"form": form, "pk": pk, "preview": _preview(form, user)}
    template = "reporting/composer.html" if request.headers.get("HX-Request") else "reporting/indicator_edit.html"
    return render(request, template, context, status=422 if is_sent else 200)


def _preview(form: IndicatorForm, user: User) -> Card | None:
    """The figure as it is composed so far, over the reports that the person may read."""
    if not form.is_complete:
        return None
    given = FiguresForm({}, user=user, now=timezone.now())
    given.is_valid()
    indicator = form.composed()
    (found,) = worked_out([indicator], user=user, choice=given.choice)
    return indicator_card(found, {})


@login_required
@require_POST
def indicator_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an indicator up or down, show or keep it, or remove it."""
    user = _composer(request)
    wanted = request.POST.get("do", "")
    try:
        match wanted:
            case "up" | "down":
                move_indicator(user=user, pk=pk, up=wanted == "up")
            case "show" | "hide":
                show_indicator(user=user, pk=pk, shown=wanted == "show")
            case "delete":
                title = delete_indicator(user=user, pk=pk)
                messages.success(request, _("“%(title)s” has been removed.") % {"title": title})
    except NotYoursError:
        raise PermissionDenied from None
    return redirect("reporting:indicators")
