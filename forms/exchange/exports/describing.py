"""What the first sheet says: what this is, as of when, and what it could not hold."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.collection.enums import ReportState
from forms.collection.models import ReportingPeriod
from forms.exchange.exports.enums import Content, Values
from forms.exchange.exports.layout import Layout
from portal.units.models import Unit

if TYPE_CHECKING:
    from forms.exchange.exports.models import Export

Line = tuple[str, str | int]


def description(export: "Export", layout: Layout, *, as_of: datetime.datetime, rows: int) -> list[Line]:
    """Title and value of each line."""
    chosen = export.chosen
    missing = _("with a row of their own") if chosen.missing else pgettext("export", "left out")
    lines: list[Line] = [
        (_("Reporting requirement"), export.requirement.title),
        (_("Form"), export.requirement.form.title),
        (_("Collecting unit"), str(export.requirement.owner)),
        (pgettext("export", "Reports"), str(Content(chosen.content).label)),
        (_("Reporting periods"), _names(ReportingPeriod, chosen.periods) or _("all")),
        (_("Reporting units"), _names(Unit, chosen.units) or _("all")),
        (_("State"), str(ReportState(chosen.state).label) if chosen.state else _("all")),
        (_("Reports that are missing"), missing),
        (_("Answers and headings"), str(Values(export.values).label)),
        (_("As of"), _("%(at)s (Beijing time)") % {"at": f"{timezone.localtime(as_of):%Y-%m-%d %H:%M:%S}"}),
        (_("Rows"), rows),
        (_("Exported by"), str(export.owner)),
        (_("Source"), str(settings.WAGTAIL_SITE_NAME)),
    ]
    if layout.left_out:
        lines.append((_("Personal and sensitive questions left out"), layout.left_out))
    return lines


def _names(model: "type[ReportingPeriod] | type[Unit]", numbers: frozenset[int]) -> str:
    if not numbers:
        return ""
    return "、".join(str(row) for row in model._default_manager.filter(pk__in=numbers))
