"""Telling whoever asked for an export that it is ready or has failed, in the transaction of that change."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.wording import moment
from forms.exchange.exports.models import Export
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.notifications.services import Words, mark_read, notify


def tell(export: Export) -> None:
    """Tell the person whose export has come to an end; nobody who has left the portal meanwhile.

    The text leads to the person's exports, where the file and what else was asked for stand; it is in the e-mail too.
    """
    if not export.owner.is_active:
        return
    notify(
        recipient=export.owner,
        kind=Kind.EXPORT_READY if export.is_ready else Kind.EXPORT_FAILED,
        key=_occasion(export),
        words=lambda: _words(export),
        address=f"{reverse('exports:list')}#export-{export.pk}",
        now=export.finished_at,
    )


def seen(export: Export) -> None:
    """Whoever takes the file has no need of the notice any more."""
    for notification in Notification.objects.visible_to(export.owner).unread().filter(key=_occasion(export)):
        mark_read(notification=notification)


def _occasion(export: Export) -> str:
    return f"export:{export.pk}"


def _words(export: Export) -> Words:
    names = {"requirement": export.requirement.title, "format": export.get_format_display()}
    if not export.is_ready:
        title = _("The export of %(requirement)s has failed") % names
        return Words(title, "\n".join([export.error, _("You can ask for it again under “My exports”.")]))
    title = _("Ready to download: %(requirement)s, %(format)s") % names
    lines = [_("Rows: %(rows)d") % {"rows": export.done}]
    if export.expires_at is not None:
        until = moment(export.expires_at, now=export.finished_at or timezone.now())
        lines.append(_("Download it under “My exports” by %(until)s; then the file is removed.") % {"until": until})
    return Words(title, "\n".join(lines))
