"""A refused publishing, wherever in the admin it was tried, in words instead of an error of the server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from forms.builder.versions.obstacles import CannotPublishError


class RefusedPublishingMiddleware:
    """Leads whoever approves, publishes in bulk or through an old page to the list of what is in the way.

    Wagtail publishes in many places and lets none of them say no. What it had begun has been rolled back by then: the
    form's own publishing is one transaction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The way to the list, for a page and for the window in which Wagtail asks for a comment."""
        if not isinstance(exception, CannotPublishError) or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        messages.error(request, _("The form has not been published: please settle what is listed below first."))
        there = reverse("form_publish", args=[exception.page_id])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": there})
        return redirect(there)
