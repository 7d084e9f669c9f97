"""What a file of figures says of itself: as of when, over which reports, by which rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


def notes_of(context: Mapping[str, Any], rules: Iterable[str]) -> list[str]:
    """Sentences, in the order in which one asks for them."""
    at = timezone.localtime(context["as_of"]).strftime("%Y-%m-%d %H:%M")
    notes = [_("As of %(at)s (Beijing time).") % {"at": at}]
    if context["sees_all"]:
        notes.append(_("The reports of all units are counted."))
    else:
        notes.append(
            _(
                "Only reports that you may know of are counted: those of your own unit, and those that your unit"
                " collects."
            )
        )
    if context["is_past"]:
        notes.append(_("Worked out again from the history of the reports, as it stood at that time."))
    if choice := _choice(context):
        notes.append(_("Chosen: %(choice)s.") % {"choice": choice})
    return [*notes, *dict.fromkeys(rules)]


def _choice(context: Mapping[str, Any]) -> str:
    """Which part of the figures is shown: periods due between two days, and what else was chosen."""
    form = context["form"]
    days = _("periods due from %(first)s to %(last)s") % {"first": form.choice.first, "last": form.choice.last}
    chosen = [form.cleaned_data.get(name) for name in ("programme", "requirement", "unit")]
    return "；".join([days, *(str(one) for one in chosen if one)])
