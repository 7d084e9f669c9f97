"""The search page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.units.access import access_for
from search.answering import answer
from search.engines.base import MAX_WINDOW, EngineUnavailableError, Sort
from search.exporting import MOST_ROWS
from search.kinds import KINDS
from search.learning.asking import clickable, note
from search.learning.wishes.forms import WishForm
from search.offering import offers
from search.parameters import SIZE, Asked
from search.presentation import BESIDE_RESULTS, chips, facets, row, tabs
from search.saving.reading import kept_as


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Answer the question in the address, for whoever asks: hits, totals and counts are theirs."""
    asked = as_typed = Asked.from_parameters(request.GET)
    access = access_for(request.user)
    if asked.is_empty:
        return render(request, "search/search.html", _words(request, asked))
    try:
        answered = answer(asked, access.tokens())
    except EngineUnavailableError:
        away = {"is_unavailable": True, "carried": asked.narrowing()}
        return render(request, "search/search.html", _words(request, asked) | away)
    asked, finding = answered.asked, answered.finding
    total = finding.results.total
    noted = note(request, as_typed, finding, is_corrected=answered.instead_of is not None)
    context = _words(request, asked) | {
        "answered": answered,
        "most_exported": MOST_ROWS,
        "kept": kept_as(request.user, asked),
        "finding": finding,
        "total": total,
        "complete": finding.results.complete,
        "rows": clickable([row(hit, finding.promoted) for hit in finding.results.hits], noted),
        "facets": facets(finding.results.facets, asked),
        "tabs": tabs(finding.results.facets.get("kind", ()), asked),
        "offers": offers(asked, finding.results.facets),
        "page_of_rows": Paginator(range(min(total, MAX_WINDOW)), SIZE).get_page(asked.page),
    }
    return render(request, "search/search.html", context)


def _words(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the page says of the question, whatever is found."""
    return {
        "asked": asked,
        "chips": chips(asked),
        "cleared": asked.unfiltered().address(),
        "by_relevance": asked.sorted_by(Sort.RELEVANCE).address(),
        "by_date": asked.sorted_by(Sort.DATE).address(),
        "is_by_date": asked.sort is Sort.DATE,
        "carried": [pair for pair in asked.narrowing() if pair[0] not in BESIDE_RESULTS],
        "with_all_words": asked.with_all_words(True).address(),
        "with_some_words": asked.with_all_words(False).address(),
        "kinds": KINDS.values(),
        "is_insider": bool(access_for(request.user).roles),
        "wish_form": WishForm(initial={"text": asked.text}) if request.user.is_authenticated else None,
    }
