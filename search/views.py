"""The search page."""

from dataclasses import replace
from math import ceil

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.units.access import access_for
from search.engines.base import MAX_WINDOW, EngineUnavailableError, Sort
from search.exporting import MOST_ROWS
from search.finding import find
from search.kinds import KINDS
from search.learning.asking import clickable, note
from search.learning.wishes.forms import WishForm
from search.offering import offers
from search.parameters import SIZE, Asked
from search.presentation import chips, facets, row, tabs
from search.saving.reading import kept_as


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Answer the question in the address, for whoever asks: hits, totals and counts are theirs."""
    asked = as_typed = Asked.from_parameters(request.GET)
    access = access_for(request.user)
    context = {
        "asked": asked,
        "chips": chips(asked),
        "cleared": asked.unfiltered().address(),
        "by_relevance": asked.sorted_by(Sort.RELEVANCE).address(),
        "by_date": asked.sorted_by(Sort.DATE).address(),
        "is_by_date": asked.sort is Sort.DATE,
        "with_all_words": asked.with_all_words(True).address(),
        "with_some_words": asked.with_all_words(False).address(),
        "kinds": KINDS.values(),
        "is_insider": bool(access.roles),
        "wish_form": WishForm(initial={"text": asked.text}) if request.user.is_authenticated else None,
    }
    if asked.is_empty:
        return render(request, "search/search.html", context)
    try:
        finding = find(asked.query(access.tokens()))
        last = max(1, ceil(min(finding.results.total, MAX_WINDOW) / SIZE))
        if asked.page > last:
            asked = replace(asked, page=last)
            finding = find(asked.query(access.tokens()))
    except EngineUnavailableError:
        return render(request, "search/search.html", {**context, "is_unavailable": True})
    total = finding.results.total
    noted = note(request, as_typed, finding)
    context |= {
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
