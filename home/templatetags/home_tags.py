"""Breadcrumbs and editing links of pages, and the day as people write it."""

import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.sections import section_label

register = template.Library()

EMPTY = "—"


@register.inclusion_tag("includes/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """The way from the home page down to a page; the page itself is named, not linked."""
    request: HttpRequest | None = context.get("request")
    above = page.get_ancestors().filter(depth__gt=2)
    trail = [{"label": section_label(ancestor), "url": ancestor.get_url(request)} for ancestor in above]
    return {"trail": trail, "here": section_label(page)}


@register.simple_tag
def edit_url(page: Page) -> str:
    """Where the page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """A day in words: 2026年11月24日, or 24 November 2026; a dash for none."""
    if value is None:
        return EMPTY
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    chinese = (get_language() or "").startswith("zh")
    return date_format(value, "Y年n月j日" if chinese else "j F Y")


@register.filter
def clock(value: datetime.datetime | None) -> str:
    """The time of day in the site's zone: 09:00."""
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.simple_tag
def time_span(begins: datetime.datetime | None, ends: datetime.datetime | None) -> str:
    """From–to: the day once if it is the same."""
    if begins is None:
        return str(_("Time to be announced"))
    start = f"{day(begins)} {clock(begins)}"
    if ends is None:
        return start
    same_day = timezone.localtime(begins).date() == timezone.localtime(ends).date()
    return f"{start}–{clock(ends)}" if same_day else f"{start} – {day(ends)} {clock(ends)}"


@register.simple_tag
def day_span(first: datetime.date | None, last: datetime.date | None) -> str:
    """From–to in days; open ends in words."""
    if first and last:
        return day(first) if first == last else f"{day(first)} – {day(last)}"
    if first:
        return str(_("from %(day)s")) % {"day": day(first)}
    if last:
        return str(_("until %(day)s")) % {"day": day(last)}
    return EMPTY


@register.filter
def in_days(days: int | None) -> str:
    """How long until a day."""
    if days is None:
        return ""
    if days == 0:
        return str(_("today"))
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
