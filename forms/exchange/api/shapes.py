"""What the API answers with. These classes are the OpenAPI document."""

import datetime
from typing import Any, Generic, TypeVar

from ninja import Schema

from forms.exchange.api.problems import Code

Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """Some rows. `next` is the cursor of those that follow, null after the last.

    `resume` is the cursor after the last row seen: kept, it asks later for what has been added since.
    """

    results: list[Item]
    next: str | None = None
    resume: str | None = None


class UnitShape(Schema):
    """A unit."""

    id: int
    name: str
    short_name: str
    code: str | None
    kind: str
    valid_from: datetime.date | None
    valid_until: datetime.date | None


class RequirementShape(Schema):
    """A reporting requirement."""

    id: int
    title: str
    state: str
    form_id: int
    owner_id: int
    programme_id: int | None
    created_at: datetime.datetime


class PeriodShape(Schema):
    """A reporting period; instants carry their offset."""

    id: int
    requirement_id: int
    name: str
    opens_at: datetime.datetime
    due_at: datetime.datetime
    closes_at: datetime.datetime | None
    form_version_id: int | None


class ExpectedShape(Schema):
    """What a unit owes for a period, and how far it is; `state` is null where nobody has begun."""

    id: int
    period_id: int
    unit_id: int
    due_at: datetime.datetime
    waived: bool
    waive_reason: str
    state: str | None


class VersionShape(Schema):
    """What was sent, as it was sent. Answers stand under the keys of the form version's questions."""

    report: int
    requirement_id: int
    period_id: int
    unit_id: int
    state: str
    version: int
    accepted: bool
    form_version_id: int
    receipt: str
    sent_at: datetime.datetime
    late: bool
    nil_note: str
    answers: dict[str, Any]


class FormVersionShape(Schema):
    """What a version of a form asks."""

    id: int
    number: int
    form_id: int
    # `schema` is a word of pydantic's own.
    questions: dict[str, Any]


class FaultShape(Schema):
    """What is wrong with a parameter."""

    name: str
    code: str
    message: str


class ProblemShape(Schema):
    """Why there is no answer (RFC 9457). Programs go by `code`; the words are in the language of `Accept-Language`."""

    type: str
    title: str
    status: int
    detail: str
    code: Code
    errors: list[FaultShape] | None = None
    scope: str | None = None
    retry_after: int | None = None
