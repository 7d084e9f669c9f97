"""Giving numbers out, inside the transaction in which a report is sent."""

from typing import Any

from django.db import IntegrityError, transaction

from forms.submissions.errors import KeyTakenError
from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.numbers import new_number

TRIES = 5


def add_with_receipt(**fields: Any) -> SubmissionVersion:
    """Add a sent version with a number that no other has.

    The database alone knows whether a number is taken, by what others are sending at this moment too; another one is
    drawn then. KeyTakenError where the page's key was used for another report; IntegrityError where anything else
    stands in the way.
    """
    for left in reversed(range(TRIES)):
        number = new_number(fields["sent_at"])
        try:
            with transaction.atomic():
                return SubmissionVersion.objects.create(receipt_number=number, **fields)
        except IntegrityError:
            if SubmissionVersion.objects.filter(key=fields["key"]).exists():
                raise KeyTakenError from None
            if not left or not SubmissionVersion.objects.filter(receipt_number=number).exists():
                raise
    raise AssertionError  # pragma: no cover - the last try returns or raises
