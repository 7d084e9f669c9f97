"""Giving numbers out, inside the transaction in which a report is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError

from forms.submissions.errors import KeyTakenError
from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.numbers import new_number

TRIES = 5

P = ParamSpec("P")
T = TypeVar("T")


class _NotAddedError(Exception):
    """The database refused the version; nothing more can be asked in its transaction."""

    def __init__(self, key: UUID, number: str, refusal: IntegrityError) -> None:
        self.key, self.number, self.refusal = key, number, refusal


def draws_a_receipt(step: Callable[P, T]) -> Callable[P, T]:
    """For steps that call `add_with_receipt`, around their transaction: taken anew where the number is taken.

    The database alone knows whether it is, by what others are sending at this moment too. KeyTakenError where the
    page's key was used for another report; IntegrityError where anything else stands in the way.
    """

    @wraps(step)
    def taken(*args: P.args, **given: P.kwargs) -> T:
        for left in reversed(range(TRIES)):
            try:
                return step(*args, **given)
            except _NotAddedError as error:
                if SubmissionVersion.objects.filter(key=error.key).exists():
                    raise KeyTakenError from None
                if not left or not SubmissionVersion.objects.filter(receipt_number=error.number).exists():
                    raise error.refusal from None
        raise AssertionError  # pragma: no cover - the last try returns or raises

    return taken


def add_with_receipt(**fields: Any) -> SubmissionVersion:
    """Add a sent version with a number of its own; only within a step that `draws_a_receipt`."""
    number = new_number(fields["sent_at"])
    try:
        return SubmissionVersion.objects.create(receipt_number=number, **fields)
    except IntegrityError as refusal:
        raise _NotAddedError(fields["key"], number, refusal) from refusal
