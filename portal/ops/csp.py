"""Content security: strict on the portal's own pages, as wide as needed on Wagtail's."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


class ContentSecurityMiddleware(CSPMiddleware):
    """django-csp's middleware with a second policy below the address of the Wagtail admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Replace the directives that Wagtail's inline styles and scripts need."""
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(reverse("wagtailadmin_home")):
            parts.replace = {**(parts.replace or {}), **settings.PORTAL_ADMIN_CONTENT_SECURITY}
        return parts
