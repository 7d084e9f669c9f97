"""How the search is doing, and having what was set aside tried again."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from search.state.reading import described, engine_states, troubled
from search.state.services import try_again
from search.tuning.permissions import administrator

PAGE_SIZE = 25
LONGEST = 120
"""Characters of the name of a thing; those of the portal have fewer."""


@never_cache
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """The engines, and what could not be indexed."""
    user = administrator(request)
    page = Paginator(troubled(), PAGE_SIZE).get_page(request.GET.get("page"))
    engines = engine_states()
    context = {
        "engines": engines,
        "page": page,
        "things": described(user, list(page.object_list)),
        "has_set_aside": any(one.set_aside for one in engines),
    }
    return render(request, "search/state/state.html", context)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try one thing (`thing`) or all (`all`) again; told what came of it on the page they were on."""
    user = administrator(request)
    thing = request.POST.get("thing", "")
    number = 0
    if "all" in request.POST or (thing and len(thing) <= LONGEST and "\0" not in thing):
        number = try_again(user=user, object_id="" if "all" in request.POST else thing)
    if number:
        text = ngettext(
            "%(n)d thing is tried again. It leaves the list once indexed, or comes back with the reason.",
            "%(n)d things are tried again. They leave the list once indexed, or come back with the reason.",
            number,
        )
        messages.success(request, text % {"n": number})
    else:
        messages.warning(request, _("Nothing had to be tried again: it has been indexed or is being tried already."))
    return redirect("search_state:state")
