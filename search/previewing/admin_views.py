"""Asking for a preview, seeing what changes, and one question side by side."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from search.engines.registry import ELASTICSEARCH, EMBEDDED
from search.judging.models import Grade, JudgementList
from search.previewing import running
from search.previewing.comparing import Move, Place, changed, compared, overall
from search.previewing.models import Preview
from search.tuning.comparing import differences
from search.tuning.permissions import administrator
from search.tuning.reading import standing
from search.tuning.rules import digest

PAGE_SIZE = 50
ENGINES = {EMBEDDED: pgettext_lazy("engine", "the embedded index"), ELASTICSEARCH: "Elasticsearch"}

_STAYS = pgettext_lazy("place", "stays")
WHERE_TO: Mapping[Move, "str | Promise"] = {
    Move.SAME: _STAYS,
    Move.UP: gettext_lazy("moves to place %(other)s"),
    Move.DOWN: gettext_lazy("moves to place %(other)s"),
    Move.GONE: gettext_lazy("leaves the first ten"),
}
"""What became of a place of the search that is live."""
WHERE_FROM: Mapping[Move, "str | Promise"] = {
    Move.SAME: _STAYS,
    Move.UP: gettext_lazy("up from place %(other)s"),
    Move.DOWN: gettext_lazy("down from place %(other)s"),
    Move.NEW: gettext_lazy("new among the first ten"),
}
"""Where a place of the draft comes from."""


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Preview the draft on the list that is chosen."""
    user = administrator(request)
    wanted = request.POST.get("judgements", "")
    lists = JudgementList.objects.visible_to(user).active()
    row = lists.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < len(str(2**63)) else None
    if row is None:
        messages.error(request, _("Please choose a list of judged questions."))
        return redirect("search_tuning:draft")
    made = running.ask(user=user, judgements=row)
    return redirect("search_previewing:preview", pk=made.pk)


@never_cache
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft changes; asked for by htmx, only how far it is, and the whole page once it is ready."""
    made = _own(request, pk)
    if made.is_unfinished and getattr(request, "htmx", False):
        return render(request, "search/previewing/progress.html", {"preview": made})
    rows = compared(made.outcome) if made.state == "done" else []
    changes = changed(rows)
    measures = overall(rows)
    context: dict[str, Any] = {
        "preview": made,
        "number": len(rows),
        "engine": ENGINES.get(made.engine, made.engine),
        "measures": measures,
        "falls": [measure for measure in measures if measure.falls],
        "changes": Paginator(changes, PAGE_SIZE).get_page(request.GET.get("page")),
        "worse": sum(row.shown[0].falls for row in changes),
        "better": sum(row.shown[0].rises for row in changes),
        "missing": made.outcome.get("missing", ()),
        "is_current": digest(*standing()) == made.seen,
        "has_draft": bool(differences(made.live, made.draft)),
    }
    response = render(request, "search/previewing/preview.html", context)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


@never_cache
@require_GET
def question(request: HttpRequest, pk: int, question_number: int) -> HttpResponse:
    """One question: the best ten with what is live and with the draft, and what moved."""
    made = _own(request, pk)
    rows = compared(made.outcome) if made.state == "done" else []
    if not 1 <= question_number <= len(rows):
        raise Http404
    row = rows[question_number - 1]
    things = made.outcome["things"]
    before, after = row.places()
    context = {
        "preview": made,
        "row": row,
        "measures": row.shown,
        "sides": [
            (_("Live now"), [_shown(place, things, WHERE_TO) for place in before]),
            (_("With the draft"), [_shown(place, things, WHERE_FROM) for place in after]),
        ],
    }
    return render(request, "search/previewing/question.html", context)


def _own(request: HttpRequest, pk: int) -> Preview:
    user = administrator(request)
    rows = Preview.objects.visible_to(user).select_related("judgements", "owner")
    found: Preview = get_object_or_404(rows, pk=pk)
    return found


def _shown(place: Place, things: dict[str, list[str]], words: Mapping[Move, "str | Promise"]) -> dict[str, Any]:
    title, url = things.get(place.thing, (place.thing, ""))
    grade = Grade(place.grade).label if place.grade else ""
    became = str(words[place.move]) % {"other": place.other}
    return {"place": place, "title": title, "url": url, "grade": grade, "became": became}
