"""Refusals of the API: problem documents (RFC 9457) in the caller's language, with a code that programs can rely on.

`code` never changes its meaning; `title`, `detail` and the words in `errors` are for people and may. Unlike the pages
of the portal, which are Chinese until somebody chooses otherwise, the API follows `Accept-Language`: a program says
what it means. Without a language that the portal speaks it is Chinese.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:action-portal:problem:"


class Code(StrEnum):
    """Why there is no answer. A code that has been given out keeps its meaning."""

    TOKEN_MISSING = "token_missing"  # noqa: S105 - a code, no secret
    TOKEN_INVALID = "token_invalid"  # noqa: S105
    SCOPE_MISSING = "scope_missing"
    NOT_FOUND = "not_found"
    QUESTION_INVALID = "question_invalid"
    CURSOR_INVALID = "cursor_invalid"
    CURSOR_OF_OTHER_QUESTION = "cursor_of_other_question"
    TOO_MANY_REQUESTS = "too_many_requests"


STATUS = {
    Code.TOKEN_MISSING: 401,
    Code.TOKEN_INVALID: 401,
    Code.SCOPE_MISSING: 403,
    Code.NOT_FOUND: 404,
    Code.QUESTION_INVALID: 422,
    Code.CURSOR_INVALID: 422,
    Code.CURSOR_OF_OTHER_QUESTION: 422,
    Code.TOO_MANY_REQUESTS: 429,
}


class Refused(Exception):  # noqa: N818 - what it says of the request, not of the program
    """Ends the answer to a request; what else programs may want to read stands in `more`."""

    def __init__(self, code: Code, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.code, self.detail, self.more = code, detail, more


def speak(request: HttpRequest) -> None:
    """Answer this request in the language that it asks for; the middleware puts back what was before."""
    translation.activate(language_of(request.headers.get("Accept-Language", "")))


def language_of(header: str) -> str:
    """The first language of the header that the portal speaks; its own where there is none."""
    for code, _weight in parse_accept_lang_header(header.lower()):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def problem(code: Code, detail: str, **more: Any) -> HttpResponse:
    """The document, in the language that is being spoken."""
    status = STATUS[code]
    document = {
        "type": TYPE + code.value,
        "title": _title(code),
        "status": status,
        "detail": detail,
        "code": code.value,
        **more,
    }
    response = HttpResponse(json.dumps(document, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = "no-store"
    if status == STATUS[Code.TOKEN_INVALID]:
        response["WWW-Authenticate"] = "Bearer"
    if "retry_after" in more:
        response["Retry-After"] = str(more["retry_after"])
    return response


@csrf_exempt  # there is nothing to protect, and a program gets the document, not a page
def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address below the API that there is none of."""
    speak(request)
    return problem(Code.NOT_FOUND, _("There is no such address in this interface."))


def faults(errors: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is wrong with which parameter, from pydantic's list; its own words are English only."""
    found = []
    for error in errors:
        place = [str(part) for part in error["loc"]]
        found.append({"in": place[0], "name": place[-1], "code": error["type"], "message": _words(error)})
    return found


def _title(code: Code) -> str:
    return {
        Code.TOKEN_MISSING: _("No token"),
        Code.TOKEN_INVALID: _("The token is not valid"),
        Code.SCOPE_MISSING: _("The token may not do this"),
        Code.NOT_FOUND: _("Not found"),
        Code.QUESTION_INVALID: _("The question cannot be understood"),
        Code.CURSOR_INVALID: _("The cursor is not valid"),
        Code.CURSOR_OF_OTHER_QUESTION: _("The cursor belongs to another question"),
        Code.TOO_MANY_REQUESTS: _("Too many requests"),
    }[code]


def _words(error: dict[str, Any]) -> str:
    known, limits = str(error["type"]), error.get("ctx", {})
    if known == "missing":
        return _("This is needed.")
    if known == "greater_than_equal":
        return _("At least %(n)s.") % {"n": limits["ge"]}
    if known == "less_than_equal":
        return _("At most %(n)s.") % {"n": limits["le"]}
    if known.startswith("int_"):
        return _("A whole number is needed.")
    if known.startswith("bool_"):
        return _("It must be true or false.")
    if known.startswith("datetime_"):
        return _("An instant is needed, such as 2026-01-31T17:30:00+08:00.")
    return _("This value cannot be understood.")
