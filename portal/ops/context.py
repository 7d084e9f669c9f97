"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


def portal(request: HttpRequest) -> dict[str, object]:
    """The portal's name and whether this is a demonstration installation."""
    return {"PORTAL_NAME": _("Action Portal"), "PORTAL_DEMO": settings.PORTAL_DEMO}
