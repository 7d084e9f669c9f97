"""Language of the interface, the life of a session, and the second factor's question."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from portal.accounts.second_factor import SESSION_KEY


class ChosenLanguageMiddleware:
    """Chinese unless the person chose otherwise.

    Django's own middleware follows the browser's Accept-Language; on the city's machines that is often English although
    everybody works in Chinese. Only the language cookie, set by the language switch, counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


SEEN = "seen"
"""In the session: when its person was last seen, in seconds since 1970."""

NOTED_EVERY = 60
"""Seconds; noting every request would write to the database for every page that is only read."""


BY_ITSELF = "X-By-Itself"
"""Header of requests that a page makes without anybody doing anything in it: an open page keeps no session alive."""


class LivingSessionMiddleware:
    """A session ends some time after its person was last seen, not after signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        now = int(time.time())
        is_here = request.user.is_authenticated and BY_ITSELF not in request.headers
        if is_here and now - request.session.get(SEEN, 0) >= NOTED_EVERY:
            request.session[SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Whoever has a second factor and has not given its code yet gets no further than its question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.session.get(SESSION_KEY) and not self._is_open(request.path):
            return redirect(reverse("accounts:second_factor", query={"next": request.get_full_path()}))
        return self.get_response(request)

    @staticmethod
    def _is_open(path: str) -> bool:
        ways_out = {reverse("accounts:second_factor"), reverse("accounts:sign_out"), reverse("set_language")}
        return path in ways_out or path.startswith("/" + settings.STATIC_URL.lstrip("/"))
