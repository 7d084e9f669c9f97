"""What every template of the portal may use from this room."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.navigation import navigation_for


def navigation(request: HttpRequest) -> dict[str, object]:
    """The header's links, worked out at most once per request and only when a template asks."""
    known = request.__dict__.get("_portal_navigation")
    if known is None:
        known = request.__dict__["_portal_navigation"] = SimpleLazyObject(lambda: navigation_for(request))
    return {"navigation": known}
