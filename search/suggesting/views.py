"""What a page asks for while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from portal.units.access import access_for
from search.parameters import readable
from search.presentation import kind_label
from search.suggesting.services import suggest


@require_safe
@vary_on_cookie
@cache_control(private=True, no_cache=True)
def suggest_page(request: HttpRequest) -> HttpResponse:
    """The suggestions for `q` as options of a listbox, for whoever asks; not a question, so nothing is logged."""
    found = suggest(readable(request.GET.get("q", "")), access_for(request.user).tokens())
    offered = [(one, kind_label(one.kind) if one.kind else "") for one in found]
    return render(request, "search/suggest.html", {"offered": offered})
