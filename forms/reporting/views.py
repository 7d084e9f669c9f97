"""The page of figures, and one indicator with the reports behind it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forms.collection.visibility import oversees
from forms.reporting.cards import Card, indicator_card, rate_cards
from forms.reporting.exporting import PNG, Sheet, note_export, pdf_or_page, query_of, xlsx
from forms.reporting.indicators.behind import reports_behind
from forms.reporting.indicators.composing import may_compose
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.services import worked_out
from forms.reporting.matrix.forms import FiguresForm
from forms.reporting.matrix.lists import troubles
from forms.reporting.matrix.services import MOST_CELLS, TooManyError, matrix
from forms.reporting.rollups.permissions import may_look
from forms.reporting.wording import notes_of
from forms.submissions.views.people import insider
from portal.accounts.models import User
from portal.units.access import access_for

PAGE_SIZE = 50


@login_required
@require_GET
def dashboard(request: HttpRequest) -> HttpResponseBase:
    """Rates and indicators on one page: what is red, and why; each figure with what it is made of."""
    user, now = insider(request), timezone.now()
    form = FiguresForm(request.GET, user=user, now=now)
    context: dict[str, Any] = {"form": form, "sees_all": oversees(access_for(user)), "may_compose": may_compose(user)}
    context["may_look_at_rollups"] = may_look(user)
    if not form.is_valid():
        return render(request, "reporting/dashboard.html", context, status=422)
    as_of, query = form.instant, form.query
    indicators = list(Indicator.objects.visible_to(user).filter(is_shown=True).with_names())
    mine = set(Indicator.objects.manageable_by(user).values_list("pk", flat=True)) if may_compose(user) else set()
    try:
        found = matrix(user=user, choice=form.choice, now=now, as_of=as_of)
    except TooManyError:
        return render(request, "reporting/dashboard.html", {**context, "most": MOST_CELLS}, status=422)
    results = worked_out(indicators, user=user, choice=form.choice, as_of=as_of)
    cards = [
        *(rate_cards(found, query) if found.rows else []),
        *(indicator_card(one, query, may_edit=one.indicator.pk in mine) for one in results),
    ]
    context |= {"matrix": found, "cards": cards, "troubles": troubles(found), "query": query_of(request)}
    context |= {"as_of": found.as_of, "is_past": found.is_past, "carried": urlencode(query)}
    exported = export(request, user, _("Figures"), cards, context, query)
    return exported or render(request, "reporting/dashboard.html", context)


@login_required
@require_GET
def indicator_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An indicator, and the accepted reports that it was worked out from, one by one."""
    user, now = insider(request), timezone.now()
    indicator = get_object_or_404(Indicator.objects.visible_to(user).with_names(), pk=pk)
    form = FiguresForm(request.GET, user=user, now=now)
    context: dict[str, Any] = {"form": form, "indicator": indicator, "sees_all": oversees(access_for(user))}
    if not form.is_valid():
        return render(request, "reporting/indicator.html", context, status=422)
    period_id = _number(request.GET.get("period", ""))
    (found,) = worked_out([indicator], user=user, choice=form.choice, as_of=form.instant)
    mine = Indicator.objects.manageable_by(user).filter(pk=pk).exists()
    card = indicator_card(found, form.query, may_edit=mine)
    behind = reports_behind(found, user=user, choice=form.choice, as_of=form.instant, period_id=period_id)
    page = Paginator(behind.versions, PAGE_SIZE).get_page(request.GET.get("page"))
    context |= {"cards": [card], "card": card, "page": page, "rows": behind.rows(list(page)), "period_id": period_id}
    context |= {"as_of": form.instant or now, "is_past": form.instant is not None, "query": query_of(request)}
    exported = export(request, user, indicator.title, [card], context, form.query)
    return exported or render(request, "reporting/indicator.html", context)


@login_required
@require_POST
def picture_taken(request: HttpRequest) -> HttpResponse:
    """Note that a chart was taken away as a picture: the browser makes it, so only the browser knows."""
    user = insider(request)
    label = request.POST.get("chart", "")[:200]
    note_export(user=user, label=label, form=PNG, query={})
    return JsonResponse({"noted": True})


def export(
    request: HttpRequest,
    user: User,
    label: str,
    cards: Sequence[Card],
    context: dict[str, Any],
    query: dict[str, str],
) -> HttpResponseBase | None:
    """What is seen as the file that was asked for; None where the page was."""
    match request.GET.get("export"):
        case "xlsx":
            sheets = [_sheet(card) for card in cards]
            notes = notes_of(context, [card.rule for card in cards])
            return xlsx(user=user, label=label, sheets=sheets, notes=notes, query=query)
        case "pdf":
            return pdf_or_page(request, user=user, label=label, cards=cards, context=context, query=query)
    return None


def _sheet(card: Card) -> Sheet:
    rows = [*card.rows, *([card.total] if card.total else [])]
    return card.title, card.number_headings, [(row.label, *row.numbers) for row in rows]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None
