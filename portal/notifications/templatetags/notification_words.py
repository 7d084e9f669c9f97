"""What pages of other rooms show of notifications."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext

from portal.notifications.forms import EmailForm
from portal.notifications.models import Notification
from portal.notifications.services import email_choice
from portal.ops.compiled import Compiled

register = template.Library()

MOST_COUNTED = 100
"""Counting stops here: beyond that nobody reads the number."""


def _unread(recipient: int) -> Any:
    own = Notification.objects.addressed_to(recipient)
    return own.unread().order_by().values_list("pk")[:MOST_COUNTED]


UNREAD = Compiled(_unread, recipient=int)
"""Asked by every page that has a header."""


@register.inclusion_tag("notifications/bell.html", takes_context=True)
def notification_bell(context: RequestContext) -> dict[str, Any]:
    """The way to the inbox with the number of unread notifications; one query, none for whoever is not signed in."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"signed_in": False}
    unread = UNREAD.count(recipient=user.pk)
    return {"signed_in": True, "unread": unread, "many": unread >= MOST_COUNTED, "most": MOST_COUNTED - 1}


@register.inclusion_tag("notifications/email_choice.html", takes_context=True)
def email_choice_form(context: RequestContext) -> dict[str, Any]:
    """The form in which a person chooses when to get e-mails, for the page of the account."""
    user = context["request"].user
    return {
        "form": EmailForm(initial={"email": email_choice(user)}),
        "email": user.email,
        "csrf_token": context.get("csrf_token"),
    }
