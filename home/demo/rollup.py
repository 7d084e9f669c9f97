"""A roll-up of the districts' monthly reports; one report was mended afterwards, so that one sentence is affected."""

import json
import uuid
from collections.abc import Mapping

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.reporting.rollups.compiling import compile_rollup
from forms.reporting.rollups.models import RollUp
from forms.submissions.filling import Outcome, Posted, fill_in
from forms.submissions.models import Submission
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.services import accept
from home.demo.answers import DemoAnswerError, posted
from home.demo.figures import DATA, LATE_FIGURES, WORDS
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Unit

MENDED_UNIT, MENDED_PERIOD = "崖州区政府", 2
MENDED = {"主要工作及成效": "本月街面巡查改为每周三次，救助情况见主要数据。"}


def load_rollup(*, units: Mapping[str, Unit], coordinator: User, leader: User) -> None:
    """Compile it, then let one report be reopened, sent anew and accepted; what is there already is left alone."""
    monthly = json.loads(DATA.read_text(encoding="utf-8"))["monthly"]
    period = ReportingPeriod.objects.filter(requirement__title=monthly["title"]).order_by("due_at")[MENDED_PERIOD]
    if RollUp.objects.filter(period=period).exists():
        return
    compile_rollup(
        user=coordinator,
        period=period,
        title=f"各区救助管理工作情况报告（{period.name}）",
        addressee="市政府办公室",
        signature="市民政局",
    )
    expected = ExpectedReport.objects.get(period=period, unit=units[MENDED_UNIT])
    asked = ask_to_reopen(user=coordinator, expected=expected, reason="区里来电更正巡查安排，请重新报送。")
    decide(user=leader, petition=asked, approve=True)
    report = _sent_again(expected, monthly["columns"], units)
    accept(user=coordinator, submission=report, version=2)


def _sent_again(expected: ExpectedReport, columns: list[str], units: Mapping[str, Unit]) -> Submission:
    reporter = User.objects.get(memberships__unit=expected.unit, memberships__role=Role.REPORTER)
    report = Submission.objects.get(pk=expected.pk)
    answers = {**WORDS, **MENDED, **dict(zip(columns, map(str, LATE_FIGURES), strict=True))}
    sent = Posted(
        data=posted(report.form_version.form_schema, answers, dict(units)),
        files=MultiValueDict(),
        revision=report.revision,
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"demo/again/{expected.pk}"),
        sending=True,
    )
    filled = fill_in(user=reporter, expected=expected, posted=sent, now=timezone.now())
    if filled.outcome is not Outcome.SENT:
        raise DemoAnswerError(f"{expected}: {filled.outcome} {filled.form.errors.as_text()} {filled.message}")
    return Submission.objects.get(pk=expected.pk)
