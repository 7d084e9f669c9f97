"""Words and addresses of sources."""

from django import template

from forms.reporting.rollups.enums import Standing
from forms.reporting.rollups.models import Source
from forms.reporting.rollups.reading import is_unsettled, report_url

register = template.Library()


register.filter(report_url)


@register.filter
def standing_state(source: Source) -> str:
    """The colour and the mark of how it stands."""
    if is_unsettled(source):
        return "due-soon"
    return "accepted" if source.standing in {Standing.STANDS, Standing.SAME} else "closed"
