"""The desk of the library's editors: what people look for, and answering it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from portal.accounts.models import User
from search.learning.permissions import may_read_questions
from search.learning.wishes.errors import AlreadyAnsweredError, ShutPageError
from search.learning.wishes.forms import AnswerForm
from search.learning.wishes.models import Wish, WishAsker
from search.learning.wishes.reading import open_wishes, with_similar
from search.learning.wishes.services import answer

PAGE_SIZE = 30
CLOSED = "closed"


def _librarian(request: HttpRequest) -> User:
    """The editor or administrator; PermissionDenied for anybody else."""
    user = request.user
    if not isinstance(user, User) or not may_read_questions(user):
        raise PermissionDenied
    return user


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Open wishes, most wanted first; with ?show=closed what has been answered."""
    user = _librarian(request)
    shows_closed = request.GET.get("show") == CLOSED
    closed = Wish.objects.visible_to(user).closed().with_people().select_related("page", "answered_by")
    page: Any = Paginator(closed if shows_closed else open_wishes(user), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list) if shows_closed else with_similar(page.object_list, user)
    return render(request, "search/learning/desk.html", {"page": page, "rows": rows, "shows_closed": shows_closed})


@require_http_methods(["GET", "POST"])
def answer_wish(request: HttpRequest, wish_pk: int) -> HttpResponse:
    """One wish: who asked, what they need, and the answer. 409 where another editor was quicker."""
    user = _librarian(request)
    wish = get_object_or_404(Wish.objects.visible_to(user).select_related("page", "answered_by"), pk=wish_pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    is_late = False
    if request.method == "POST" and form.is_valid():
        try:
            done = answer(user=user, wish=wish, given=form.given)
        except AlreadyAnsweredError as late:
            wish, is_late = late.wish, True
        except ShutPageError as shut:
            form.add_error("page", _not_open(shut.number))
        else:
            messages.success(request, _("Answered: “%(question)s”. Those who asked are told.") % {"question": done})
            return redirect("search_wishes:desk")
    elif request.method == "POST" and not wish.is_open:
        is_late = True
    parts = WishAsker.objects.visible_to(user).filter(wish=wish).select_related("user")
    context = {
        "wish": wish,
        "parts": parts,
        "similar": with_similar([wish], user)[0].similar,
        "form": form,
        "is_late": is_late,
    }
    status = 409 if is_late else 422 if form.errors else 200
    return render(request, "search/learning/answer.html", context, status=status)


def _not_open(number: int) -> str:
    return ngettext(
        "%(number)d person who asked may not open this page. Choose another one, or say in words where to ask.",
        "%(number)d people who asked may not open this page. Choose another one, or say in words where to ask.",
        number,
    ) % {"number": number}
