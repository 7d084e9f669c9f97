"""Which requests are questions, and what the log is told of them."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest

from search.engines.base import Sort
from search.finding import Finding
from search.learning.models import AskedQuestion
from search.learning.rules import is_robot, key_of
from search.learning.services import Opened, click_token, note_question
from search.parameters import Asked
from search.presentation import Row

PREFETCH = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE")


def note(request: HttpRequest, asked: Asked, finding: Finding, *, is_corrected: bool = False) -> AskedQuestion | None:
    """Write down what a request asked, where it is a person's question; None otherwise.

    `is_corrected`: what was found is what the question was probably meant to be. In which words is not kept: whoever
    reads the log may not be allowed to find them.

    The next page, another order and what a browser fetches ahead are no questions.
    """
    if not _is_question(request, asked):
        return None
    return note_question(
        text=asked.text,
        is_corrected=is_corrected,
        finding=finding,
        who=_who(request),
        is_signed_in=request.user.is_authenticated,
        is_filtered=asked.is_narrowed,
    )


def clickable(rows: Sequence[Row], question: AskedQuestion | None) -> list[Row]:
    """The rows of the first page with what opening them sends home; unchanged where the question was not noted."""
    if question is None:
        return list(rows)
    return [
        replace(row, click=click_token(Opened(question.pk, place, row.object_id))) for place, row in enumerate(rows, 1)
    ]


def _is_question(request: HttpRequest, asked: Asked) -> bool:
    if request.method != "GET" or not asked.text or asked.page > 1:
        return False
    if is_robot(request.META.get("HTTP_USER_AGENT", "")) or any(request.META.get(name) for name in PREFETCH):
        return False
    return asked.sort is Sort.RELEVANCE or not _comes_from_itself(request, asked)


def _comes_from_itself(request: HttpRequest, asked: Asked) -> bool:
    """Whether the same question was on the page whose link was followed: then only the order is another."""
    before = urlsplit(request.META.get("HTTP_REFERER", ""))
    texts = parse_qs(before.query).get("q", [""])
    return before.path == request.path and key_of(texts[0]) == key_of(asked.text)


def _who(request: HttpRequest) -> str:
    """The person, the session, or, where there is neither, the connection: the same for a day at least."""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    if key := request.session.session_key:
        return f"session:{key}"
    return f"address:{request.META.get('REMOTE_ADDR', '')}|{request.META.get('HTTP_USER_AGENT', '')}"
