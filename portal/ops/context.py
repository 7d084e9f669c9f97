"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """The portal's name and whether this is a demonstration installation."""
    return {"PORTAL_NAME": settings.WAGTAIL_SITE_NAME, "PORTAL_DEMO": settings.PORTAL_DEMO}
