"""Who asks: a token, its scopes, its rate. Requests have no session and no cookie counts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_ratelimit.core import get_usage
from ninja.security import HttpBearer

from forms.exchange.api.problems import Code, Refused, speak
from portal.accounts.models import User
from portal.tokens.enums import Scope
from portal.tokens.models import ApiToken
from portal.tokens.services import note_use, token_of


class TokenAuth(HttpBearer):
    """``Authorization: Bearer ap_…``."""

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """The token; the first that is asked of every request, so it also sets the language of the answer."""
        speak(request)
        found: ApiToken | None = super().__call__(request)
        if found is None:
            raise Refused(Code.TOKEN_MISSING, _("Send “Authorization: Bearer <token>”."))
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """The token, whose owner is from then on who asks."""
        known = token_of(token)
        if known is None:
            raise Refused(Code.TOKEN_INVALID, _("The token is unknown, has expired or was taken back."))
        request.user = known.owner
        return known


def asks(scope: Scope) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Refuse a token without the scope (403) or with too many requests (429), and note that it was used."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            token = token_in(request)
            if scope.value not in token.scopes:
                detail = _("This token has no scope “%(scope)s”.") % {"scope": scope.value}
                raise Refused(Code.SCOPE_MISSING, detail, scope=scope.value)
            usage = get_usage(
                request,
                group="api",
                key=lambda group, asking: str(token.pk),
                rate=settings.PORTAL_API_RATE,
                increment=True,
            )
            if usage and usage["should_limit"]:
                detail = _("Too many requests; try again in %(n)d seconds.") % {"n": usage["time_left"]}
                raise Refused(Code.TOO_MANY_REQUESTS, detail, retry_after=usage["time_left"])
            note_use(token=token, scope=scope, path=request.path)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def token_in(request: HttpRequest) -> ApiToken:
    """The token that the request came with."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    return token


def asker(request: HttpRequest) -> User:
    """The person in whose name it came."""
    return token_in(request).owner
