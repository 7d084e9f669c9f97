"""Where Wagtail publishes: on the way to the page that shows what it does, in its workflow, on the day that was set.

Whatever the way, a form that may not be asked is not published, and whoever tried is told why.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from forms.builder.versions.comparing import compare
from forms.builder.versions.obstacles import CannotPublishError, obstacles_of
from forms.builder.versions.services import Seen, VersionRefusedError, latest_draft, publish_form
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from forms.builder.models import FormPage

SCHEDULED = "wagtail.publish.scheduled"
"""Wagtail's name for what the worker publishes on the day that was set."""


def before_publishing(request: HttpRequest, page: "FormPage") -> HttpResponseBase | None:
    """What the editor's button leads to: the page of the impact, unless nothing but words has changed.

    Wagtail has stored the draft by then. None where there is nothing to freeze: then Wagtail publishes by itself.
    """
    draft = latest_draft(page)
    version = page.current_version
    if version is None or not isinstance(request.user, User):
        # Wagtail's page for new pages makes them live before it asks.
        type(page).objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
        return redirect("form_publish", page.pk)
    comparison = compare(version.form_schema, draft.schema_now)
    if not comparison.differs:
        return None
    if not comparison.only_texts or obstacles_of(draft):
        return redirect("form_publish", page.pk)
    seen = Seen(page.latest_revision_id or 0, version.number)
    try:
        publish_form(page=page, user=request.user, seen=seen, note=draft.version_note)
    except (VersionRefusedError, CannotPublishError):
        return redirect("form_publish", page.pk)
    messages.success(request, _("Only words have changed, so the form has been published at once."))
    return redirect("form_versions", page.pk)


def put_off(page: "FormPage", revision: Any, refusal: CannotPublishError) -> None:
    """Take the revision off the schedule: it would be refused again every minute. Log and history say why."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=page, action="wagtail.schedule.cancel", revision=revision)
    record(
        action=AuditAction.CHANGE,
        target=page,
        summary="form.schedule_refused",
        details={"revision": revision.pk, "obstacles": len(refusal.messages)},
    )
