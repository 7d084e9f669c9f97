"""The state machine of a report, as a table; what a key and a hash are. Pure. Nothing else knows the order."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from forms.builder.answers import file_refs
from forms.collection.enums import PeriodStatus, ReportState
from forms.submissions.enums import Party, Step


@dataclass(frozen=True)
class Transition:
    """From a state (None: not begun) a party may take a step to another state."""

    origin: ReportState | None
    step: Step
    target: ReportState
    party: Party
    needs_reason: bool = False
    keeps_to_window: bool = False
    target_once_sent: ReportState | None = None
    """Where the step leads instead, once the report has left its unit: what came back has still come back."""

    def leads_to(self, *, was_sent: bool) -> ReportState:
        """The state after the step."""
        return self.target_once_sent if was_sent and self.target_once_sent else self.target


TRANSITIONS = (
    Transition(None, Step.CREATE, ReportState.DRAFT, Party.UNIT),
    Transition(ReportState.DRAFT, Step.SAVE, ReportState.DRAFT, Party.UNIT),
    Transition(ReportState.DRAFT, Step.SUBMIT, ReportState.SUBMITTED, Party.UNIT, keeps_to_window=True),
    # Signing off inside the unit.
    Transition(ReportState.DRAFT, Step.ASK, ReportState.SIGN_OFF, Party.UNIT, keeps_to_window=True),
    Transition(ReportState.RETURNED, Step.ASK, ReportState.SIGN_OFF, Party.UNIT),
    Transition(ReportState.SIGN_OFF, Step.SUBMIT, ReportState.SUBMITTED, Party.UNIT_REVIEWER, keeps_to_window=True),
    Transition(
        ReportState.SIGN_OFF,
        Step.SEND_BACK,
        ReportState.DRAFT,
        Party.UNIT_REVIEWER,
        needs_reason=True,
        target_once_sent=ReportState.RETURNED,
    ),
    Transition(ReportState.SIGN_OFF, Step.RECALL, ReportState.DRAFT, Party.UNIT, target_once_sent=ReportState.RETURNED),
    Transition(ReportState.SUBMITTED, Step.WITHDRAW, ReportState.RETURNED, Party.UNIT, True, keeps_to_window=True),
    Transition(ReportState.SUBMITTED, Step.RETURN, ReportState.RETURNED, Party.REVIEWER, needs_reason=True),
    Transition(ReportState.SUBMITTED, Step.ACCEPT, ReportState.ACCEPTED, Party.REVIEWER),
    # Asked for by one person and approved by another (`petitions`).
    Transition(ReportState.ACCEPTED, Step.REOPEN, ReportState.RETURNED, Party.REVIEWER, needs_reason=True),
    Transition(ReportState.RETURNED, Step.SAVE, ReportState.RETURNED, Party.UNIT),
    # What was sent in time and came back may be sent again after closing: otherwise a late return would lock it out.
    Transition(ReportState.RETURNED, Step.SUBMIT, ReportState.SUBMITTED, Party.UNIT),
)

_BY_START = {(transition.origin, transition.step): transition for transition in TRANSITIONS}


def transition(origin: ReportState | None, step: Step) -> Transition | None:
    """The row for a step from a state; None where the step does not start there."""
    return _BY_START.get((origin, step))


def steps_from(origin: ReportState | None, party: Party) -> frozenset[Step]:
    """Steps a party may take from a state."""
    return frozenset(row.step for row in TRANSITIONS if row.origin == origin and row.party == party)


def taken_now(status: PeriodStatus) -> bool:
    """Whether a first sending is taken at this point of the window; after the due instant it is, marked late."""
    return status in {PeriodStatus.OPEN, PeriodStatus.LATE}


NOTED_AGAIN_AFTER = datetime.timedelta(minutes=30)
"""Repeated saves by the same person make one event of the history in this time; what was typed is kept each time."""


def is_worth_noting(
    history: Iterable[tuple[Step, int, datetime.datetime]], *, user_id: int, now: datetime.datetime
) -> bool:
    """Whether a saved draft deserves an event of its own; `history` is (step, person, instant), the latest first.

    Somebody's saving goes on while nothing but saving has happened since, by whomever: two people who save in turn make
    two events, not one each time.
    """
    for step, who, at in history:
        if step not in {Step.CREATE, Step.SAVE}:
            return True
        if who == user_id:
            return now - at >= NOTED_AGAIN_AFTER
    return True


def canonical(content: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: equal content gives equal bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(*, report_id: int, schema_digest: str, answers: Mapping[str, Any], nil_note: str = "") -> str:
    """SHA-256 (hex) over which report, which form and which answers; for a nil report over what it says instead."""
    content: dict[str, Any] = {"report": report_id, "form": schema_digest, "answers": answers}
    if nil_note:
        content["nil"] = nil_note
    return hashlib.sha256(canonical(content)).hexdigest()


def file_ids(answers: Any) -> Iterator[UUID]:
    """Numbers of the files that answers refer to, at any depth; a reference is {"file": "<uuid>", …}."""
    for reference in file_refs(dict(answers) if isinstance(answers, Mapping) else answers):
        try:
            yield UUID(reference["file"])
        except ValueError:
            continue
