"""Pages about versions in the admin: their list, two side by side, and what publishing the draft would do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from forms.builder.models import FormPage
from forms.builder.permissions import may_list_versions
from forms.builder.versions.forms import MOVE, PairForm, PublishForm, ReuseForm, WidenForm
from forms.builder.versions.impact import impact_of
from forms.builder.versions.obstacles import CannotPublishError
from forms.builder.versions.overview import DRAFT, rows_of, side_by_side, widenings_of
from forms.builder.versions.services import (
    Published,
    Seen,
    VersionRefusedError,
    latest_draft,
    publish_form,
    reuse_answer,
    widen_question,
)
from portal.accounts.models import User


def form_and_user(request: HttpRequest, page_id: int) -> tuple[FormPage, User]:
    """The form, for those who may list its versions."""
    if not isinstance(request.user, User) or not may_list_versions(request.user):
        raise PermissionDenied
    return get_object_or_404(FormPage.objects.visible_to(request.user), pk=page_id), request.user


def reads_draft(page: FormPage, user: User) -> bool:
    """Whether the draft may be shown: to those who may edit or publish it, as Wagtail shows revisions."""
    allowed = page.permissions_for_user(user)
    return bool(allowed.can_edit() or allowed.can_publish())


@require_GET
def version_list(request: HttpRequest, page_id: int) -> HttpResponse:
    """The versions of a form, newest first, and what its draft could become."""
    page, user = form_and_user(request, page_id)
    allowed = page.permissions_for_user(user)
    draft = latest_draft(page) if reads_draft(page, user) else None
    rows = rows_of(page)
    pending = draft is not None and (not rows or draft.schema_now.digest() != rows[0].version.digest)
    context = {
        "page": page,
        "rows": rows,
        "pending": pending,
        "may_publish": allowed.can_publish(),
        "may_edit": allowed.can_edit(),
        "widenings": widenings_of(draft.schema_now) if draft is not None and allowed.can_edit() else [],
    }
    return render(request, "builder/versions/list.html", context)


@require_GET
def compare_versions(request: HttpRequest, page_id: int) -> HttpResponse:
    """Two versions, or a version and the draft, side by side."""
    page, user = form_and_user(request, page_id)
    draft = latest_draft(page) if reads_draft(page, user) else None
    versions = {str(version.number): version for version in page.versions.select_related("published_by")}
    choices = [(DRAFT, _("Draft"))] if draft is not None else []
    choices += [(number, _("Version %(number)s") % {"number": number}) for number in versions]
    names = [name for name, _label in choices]
    if len(names) < 2:
        return render(request, "builder/versions/compare.html", {"page": page, "comparison": None})
    asked = {"old": request.GET.get("old") or names[1], "new": request.GET.get("new") or names[0]}
    if not {asked["old"], asked["new"]} <= set(names):
        raise Http404
    schemas = {
        name: draft.schema_now if name == DRAFT and draft is not None else versions[name].form_schema
        for name in asked.values()
    }
    context = {
        "page": page,
        "pair": PairForm(initial=asked, choices=choices),
        "names": {side: dict(choices)[name] for side, name in asked.items()},
        "versions": {side: versions.get(name) for side, name in asked.items()},
        **side_by_side(schemas[asked["old"]], schemas[asked["new"]]),
    }
    return render(request, "builder/versions/compare.html", context)


@require_http_methods(["GET", "POST"])
def publish_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """What publishing the draft would do, and the button that does it."""
    page, user = form_and_user(request, page_id)
    if not page.permissions_for_user(user).can_publish():
        raise PermissionDenied
    form = PublishForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        seen = Seen(form.cleaned_data["revision"], form.cleaned_data["version"])
        try:
            done = publish_form(page=page, user=user, seen=seen, note=form.cleaned_data["note"], move=form.moves)
        except VersionRefusedError as refusal:
            messages.error(request, str(refusal))
            return _publish_page(request, page, user, again=form, status=409)
        except CannotPublishError:
            messages.error(request, _("The form has not been published: please settle what is listed below first."))
            return _publish_page(request, page, user, again=form, status=422)
        messages.success(request, published_in_words(done))
        return redirect("form_versions", page.pk)
    return _publish_page(request, page, user, again=form, status=200 if form is None else 422)


def _publish_page(
    request: HttpRequest, page: FormPage, user: User, *, again: PublishForm | None, status: int
) -> HttpResponse:
    """The page as things stand now, with what was typed."""
    page = FormPage.objects.get(pk=page.pk)
    draft, version = latest_draft(page), page.current_version
    impact = impact_of(page, draft, user=user, now=timezone.now())
    stands = {"revision": page.latest_revision_id or 0, "version": version.number if version else 0}
    kept = {"note": draft.version_note if version is None or draft.version_note != version.note else ""}
    if again is not None:
        kept = {"note": again.data.get("note", ""), "drafts": again.data.get("drafts") or MOVE}
    form = PublishForm(initial={**kept, **stands})
    if again is not None and "note" in again.errors:
        form = again
    context: dict[str, Any] = {
        "page": page,
        "draft": draft,
        "version": version,
        "next_number": stands["version"] + 1,
        "impact": impact,
        "form": form,
        "may_edit": page.permissions_for_user(user).can_edit(),
        "waits": draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None,
        **(side_by_side(impact.comparison.old, impact.comparison.new) if impact.comparison else {}),
    }
    return render(request, "builder/versions/publish.html", context, status=status)


def published_in_words(done: Published) -> str:
    """What publishing did."""
    if done.version is None:
        if done.goes_live_at is not None:
            return _("The form will be published on the day that was set.")
        return _("The form has been published; it asks what it asked before, so there is no new version.")
    words = [_("Version %(number)d has been published.") % {"number": done.version.number}]
    if done.moved:
        text = ngettext(
            "%(count)d report in progress now uses it.", "%(count)d reports in progress now use it.", done.moved
        )
        words.append(text % {"count": done.moved})
    if done.periods:
        text = ngettext("%(count)d open period asks for it.", "%(count)d open periods ask for it.", done.periods)
        words.append(text % {"count": done.periods})
    return " ".join(words)


@require_POST
def widen(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give a question of the draft a wider type."""
    page, user = form_and_user(request, page_id)
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    form = WidenForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        question = widen_question(page=page, user=user, path=form.cleaned_data["path"], kind=form.cleaned_data["type"])
    except (VersionRefusedError, CannotPublishError) as refusal:
        messages.error(request, told(refusal))
    else:
        words = {"question": question.label}
        messages.success(request, _("The type of “%(question)s” has been changed in the draft.") % words)
    return redirect("form_versions", page.pk)


@require_POST
def reuse(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let a question of the draft take its answer over from another form."""
    page, user = form_and_user(request, page_id)
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    form = ReuseForm(request.POST)
    if not form.is_valid():
        raise Http404
    found = form.cleaned_data
    try:
        question = reuse_answer(page=page, user=user, key=found["key"], form_id=found["form"], field=found["field"])
    except (VersionRefusedError, CannotPublishError) as refusal:
        messages.error(request, told(refusal))
    else:
        words = {"question": question.label}
        messages.success(request, _("“%(question)s” will be filled in with what the unit answered before.") % words)
    return redirect("form_publish", page.pk)


def told(refusal: Exception) -> str:
    """The refusal in words."""
    return "；".join(refusal.messages) if isinstance(refusal, CannotPublishError) else str(refusal)
