"""What people do on a day of a simulation, through the portal's own services."""

import datetime
import random
from typing import Any
from uuid import UUID

from forms.collection.enums import PeriodStatus, ReportState
from forms.collection.models import ExpectedReport
from forms.collection.waiving import ask_again, waive
from forms.submissions.models import Submission
from forms.submissions.nil import report_nothing
from forms.submissions.petitions.services import ask_to_reopen, ask_to_send_late, decide
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from forms.submissions.signing import hand_in, send_back_inside, sign_off, withdraw
from forms.submissions.simulation.journal import Journal
from forms.submissions.simulation.world import World

DAY = datetime.timedelta(days=1)


class Players:
    """Everybody who acts; what they do is thrown by the dice and written in the journal."""

    def __init__(self, world: World, journal: Journal, dice: random.Random) -> None:
        self.world, self.journal, self.dice = world, journal, dice

    def key(self) -> UUID:
        """A submission key, out of the same dice."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def act(self, expected: ExpectedReport, now: datetime.datetime) -> None:
        """One person's step on one report, if anybody is moved to take one."""
        report: Submission | None = getattr(expected, "submission", None)
        state = report.report_state if report is not None else None
        if expected.is_waived:
            if self.dice.random() < 0.02:
                ask_again(user=self.world.coordinators[0], expected=expected)
                self._note(expected, now, "asked again")
            return
        match state:
            case None | ReportState.DRAFT | ReportState.RETURNED:
                self._unit(expected, report, now)
            case ReportState.SIGN_OFF:
                self._sign(expected, report, now)
            case ReportState.SUBMITTED:
                self._review(expected, report, now)
            case ReportState.ACCEPTED:
                self._reopen(expected, now)

    def _note(self, expected: ExpectedReport, now: datetime.datetime, what: str) -> None:
        self.journal.note(now, (expected.period_id, expected.unit_id), what)

    def _unit(self, expected: ExpectedReport, report: Submission | None, now: datetime.datetime) -> None:
        status, chance = expected.window.status(now), self.dice.random()
        reporter = self.world.reporters[expected.unit_id]
        if status == PeriodStatus.UPCOMING:
            return
        if chance < 0.003:
            waive(user=self.world.coordinators[0], expected=expected, reason="模拟免报", now=now)
            self._note(expected, now, "waived")
            return
        never_sent = report is None or report.first_sent_at is None
        if status == PeriodStatus.CLOSED and never_sent:
            self._ask_late(expected, now, chance)
            return
        hurry = 0.5 if now + 2 * DAY > expected.window.due_at else 0.06
        given: dict[str, Any] = {"revision": report.revision if report else 0, "now": now}
        answers = {"people": self.dice.randrange(200)}
        if chance > 1 - hurry / 2 and never_sent and expected.period.requirement.allows_nil and report is None:
            report_nothing(user=reporter, expected=expected, note="本期无", key=self.key(), **given)
            self._note(expected, now, "sent")
        elif chance < hurry and expected.period.requirement.needs_sign_off:
            hand_in(user=reporter, expected=expected, answers=answers, key=self.key(), **given)
            self._note(expected, now, "handed in")
        elif chance < hurry:
            submit(user=reporter, expected=expected, answers=answers, key=self.key(), **given)
            self._note(expected, now, "sent")
        elif chance < hurry + 0.05 and (report is None or report.report_state == ReportState.DRAFT):
            save_draft(user=reporter, expected=expected, answers=answers, **given)
            self._note(expected, now, "saved")

    def _ask_late(self, expected: ExpectedReport, now: datetime.datetime, chance: float) -> None:
        if chance < 0.04:
            petition = ask_to_send_late(
                user=self.world.reporters[expected.unit_id], expected=expected, reason="模拟补报", now=now
            )
            decide(user=self.world.coordinators[1], petition=petition, approve=True, until=now + 5 * DAY, now=now)

    def _sign(self, expected: ExpectedReport, report: Submission | None, now: datetime.datetime) -> None:
        assert report is not None  # noqa: S101 - it was handed in
        reviewer, chance = self.world.reviewers[expected.unit_id], self.dice.random()
        closed = expected.window.status(now) == PeriodStatus.CLOSED and report.first_sent_at is None
        if chance < 0.6 and not closed:
            sign_off(user=reviewer, submission=report, revision=report.revision, now=now)
            self._note(expected, now, "sent")
        elif chance < 0.75 or closed:
            send_back_inside(user=reviewer, submission=report, revision=report.revision, reason="模拟退回", now=now)
            self._note(expected, now, "sent back" if report.first_sent_at else "saved")

    def _review(self, expected: ExpectedReport, report: Submission | None, now: datetime.datetime) -> None:
        assert report is not None  # noqa: S101 - it was sent
        chance, version = self.dice.random(), report.versions.first()
        number = version.number if version else 0
        if chance < 0.35:
            accept(user=self.world.coordinators[0], submission=report, version=number, now=now)
            self._note(expected, now, "accepted")
        elif chance < 0.45:
            return_report(
                user=self.world.coordinators[0], submission=report, version=number, reason="模拟退回", now=now
            )
            self._note(expected, now, "returned")
        elif chance < 0.47 and expected.window.status(now) != PeriodStatus.CLOSED:
            withdraw(
                user=self.world.reporters[expected.unit_id],
                submission=report,
                version=number,
                reason="模拟撤回",
                now=now,
            )
            self._note(expected, now, "withdrawn")

    def _reopen(self, expected: ExpectedReport, now: datetime.datetime) -> None:
        if self.dice.random() < 0.002:
            petition = ask_to_reopen(user=self.world.coordinators[0], expected=expected, reason="模拟更正", now=now)
            decide(user=self.world.coordinators[1], petition=petition, approve=True, now=now)
            self._note(expected, now, "reopened")
