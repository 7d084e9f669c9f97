"""What the draft would change, and putting it live."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from search.judging.models import JudgementList
from search.previewing.comparing import compared, overall
from search.previewing.models import Preview
from search.tuning.comparing import differences
from search.tuning.models import LiveTuning
from search.tuning.permissions import administrator
from search.tuning.reading import ONLY, draft, standing
from search.tuning.rules import digest
from search.tuning.services import DraftMovedError, put_live

if TYPE_CHECKING:
    from portal.accounts.models import User

RECENT = 5
"""Previews that can be gone back to from the draft."""


@require_http_methods(["GET", "POST"])
def draft_page(request: HttpRequest) -> HttpResponse:
    """The draft beside what is live; confirmed, it goes live. 409 where either changed after it was looked at."""
    user = administrator(request)
    is_late = False
    if request.method == "POST":
        try:
            put_live(user=user, seen=request.POST.get("seen", ""))
        except DraftMovedError:
            is_late = True
        else:
            messages.success(request, _("The search goes by this from now on."))
            return redirect("search_tuning:draft")
    return _draft(request, user, is_late=is_late)


@never_cache
@require_GET
def confirm(request: HttpRequest) -> HttpResponse:
    """What is about to go live and what its last previews said; 409 where it is not what was looked at any more."""
    user = administrator(request)
    live, coming = standing()
    seen = digest(live, coming)
    changes = differences(live, coming)
    if request.GET.get("seen", seen) != seen:
        return _draft(request, user, is_late=True)
    if not changes:
        return redirect("search_tuning:draft")
    previews = Preview.objects.visible_to(user).last_of_each_list(seen)
    context = {
        "changes": changes,
        "seen": seen,
        "previews": [(preview, overall(compared(preview.outcome))) for preview in previews],
    }
    return render(request, "search/tuning/confirm.html", context)


def _draft(request: HttpRequest, user: "User", *, is_late: bool) -> HttpResponse:
    row = LiveTuning.objects.select_related("put_live_by").filter(pk=ONLY).first()
    content: dict[str, Any] = row.content if row else {}
    coming = draft()
    context = {
        "row": row,
        "changes": differences(content, coming),
        "seen": digest(content, coming),
        "is_late": is_late,
        "lists": JudgementList.objects.visible_to(user).active(),
        "previews": Preview.objects.visible_to(user).select_related("judgements").defer("outcome")[:RECENT],
    }
    return render(request, "search/tuning/draft.html", context, status=409 if is_late else 200)
