"""Saved searches: one's own list, keeping one, changing it, letting it rest, removing it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from search.learning.asking import PREFETCH
from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.errors import AlreadySavedError, NameTakenError, StaleSearchError, TooManySearchesError
from search.saving.forms import SavedSearchForm
from search.saving.models import SavedSearch
from search.saving.reading import found_by, kept_as, own_searches, results_url, suggested_name
from search.saving.results import MOST_KEPT, mark_seen
from search.saving.rules import MOST
from search.saving.services import change, remove, save, set_paused
from search.saving.wording import described

PAGE = 20


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the person keeps asking."""
    rows = own_searches(cast(User, request.user))
    context = {"rows": rows, "most": MOST, "is_full": len(rows) >= MOST, "most_kept": MOST_KEPT}
    return render(request, "search/saving/mine.html", context)


@never_cache
@login_required
@require_GET
def open_search(request: HttpRequest, pk: int) -> HttpResponse:
    """What it found since it was saved; whoever opens this has looked at it, a browser that fetches ahead has not."""
    user, search = cast(User, request.user), _own(request, pk)
    found = found_by(user, search)
    context = {
        "search": search,
        "described": described(search.asked),
        "page_of_rows": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "new": sum(one.is_new for one in found),
        "all_results": results_url(search),
    }
    response = render(request, "search/saving/open.html", context)
    if not any(request.META.get(name) for name in PREFETCH):
        mark_seen(search=search, shown=[one.result for one in found])
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keep the question that the address holds, under a name."""
    user, asked = cast(User, request.user), Asked.from_parameters(request.GET).normalised()
    if asked.is_empty:
        messages.error(request, _("Search for something first; then it can be saved."))
        return redirect("search:search")
    initial = {"name": suggested_name(user, asked), "cadence": Cadence.DAILY}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=initial)
    known = kept_as(user, asked)
    if form.is_valid():
        try:
            search = save(user=user, asked=asked, **form.given())
        except AlreadySavedError as error:
            known = error.search
            form.add_error(None, _("You have saved this search already, as “%(name)s”.") % {"name": known.name})
        except NameTakenError as taken:
            form.refuse_name(taken.search)
        except TooManySearchesError:
            form.add_error(None, _("You have saved %(n)d searches; please delete one first.") % {"n": MOST})
        else:
            messages.success(request, _("The search was saved."))
            return redirect(f"{reverse('search:saving:mine')}#search-{search.pk}")
    context = {
        "form": form,
        "known": known,
        "described": described(asked),
        "back": f"{reverse('search:search')}{asked.address()}",
    }
    return render(request, "search/saving/new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another alert. What somebody else's window has changed meanwhile is shown, and nothing is lost."""
    search = _own(request, pk)
    initial = {"name": search.name, "cadence": search.cadence, "revision": search.revision}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=initial)
    latest = None
    if form.is_valid():
        try:
            change(search=search, revision=form.cleaned_data["revision"] or 0, **form.given())
        except StaleSearchError as stale:
            search = latest = stale.latest
            # Whoever saves once more has seen what stands now.
            form = SavedSearchForm({**request.POST.dict(), "revision": latest.revision})
        except NameTakenError as taken:
            form.refuse_name(taken.search)
        except SavedSearch.DoesNotExist:
            return _is_gone(request)
        else:
            messages.success(request, _("The search was changed."))
            return redirect(f"{reverse('search:saving:mine')}#search-{search.pk}")
    context = {"form": form, "search": search, "latest": latest, "described": described(search.asked)}
    status = 409 if latest else 422 if form.errors else 200
    return render(request, "search/saving/edit.html", context, status=status)


@login_required
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it rest (`paused=1`), or go on."""
    try:
        search = set_paused(search=_own(request, pk), is_paused=request.POST.get("paused") == "1")
    except SavedSearch.DoesNotExist:
        return _is_gone(request)
    said = _("“%(name)s” rests.") if search.is_paused else _("“%(name)s” goes on.")
    messages.success(request, said % {"name": search.name})
    return redirect(f"{reverse('search:saving:mine')}#search-{search.pk}")


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it no longer."""
    search = _own(request, pk)
    remove(search=search)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": search.name})
    return redirect("search:saving:mine")


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


def _is_gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("This search has been deleted in the meantime."))
    return redirect("search:saving:mine")
