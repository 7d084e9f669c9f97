"""A requirement whose accepted reports are rolled up, by the services themselves."""

import uuid
from collections.abc import Mapping
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ReportingPeriod, Requirement
from forms.reporting.rollups.compiling import compile_rollup
from forms.reporting.rollups.models import Block, RollUp, Sentence
from forms.submissions.models import Submission
from forms.submissions.nil import report_nothing
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.services import accept
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, report_in, send, sides
from tests.factories.units import UnitFactory, person

SCHEMA = FormSchema(
    title="工作小结",
    fields=(
        FieldSchema(key="done", type="long_text", label="主要做法"),
        FieldSchema(key="people", type="number", label="救助", options={"unit": "人次"}),
        FieldSchema(key="share", type="percentage", label="整改率"),
        FieldSchema(key="problems", type="long_text", label="存在问题"),
        FieldSchema(key="secret", type="long_text", label="内部情况", options={"sensitive": True}),
        FieldSchema(
            key="tasks",
            type="table",
            label="任务",
            columns=(
                FieldSchema(key="name", type="text", label="名称"),
                FieldSchema(key="work", type="long_text", label="进展"),
            ),
        ),
    ),
)


class Town:
    """A requirement with a period, its coordinator, and reports."""

    def __init__(self) -> None:
        self.requirement: Requirement = RequirementFactory.create(
            title="专项行动小结", form=published_form(SCHEMA), allows_nil=True
        )
        self.period: ReportingPeriod = PeriodFactory.create(requirement=self.requirement, name="第一期")
        self.coordinator: User = person(Role.COORDINATOR, self.requirement.owner)
        self.second: User = person(Role.COORDINATOR, self.requirement.owner)
        self.sides: dict[str, Sides] = {}

    def owes(self, name: str, period: ReportingPeriod | None = None) -> Sides:
        """What a unit owes for the period; the unit is made where it is new."""
        unit = Unit.objects.filter(name=name).first() or UnitFactory.create(name=name)
        found = sides(ExpectedReportFactory.create(period=period or self.period, unit=unit))
        self.sides[name] = found
        return found

    def accepted(self, name: str, period: ReportingPeriod | None = None, **answers: Any) -> Sides:
        """An accepted report of a unit."""
        found = self.owes(name, period)
        self.sides[name] = report_in(ReportState.ACCEPTED, found.expected, answers)
        return self.sides[name]

    def nothing(self, name: str) -> Sides:
        """An accepted nil report."""
        found = self.owes(name)
        report = report_nothing(
            user=found.reporter, expected=found.expected, note="本期无事项。", revision=0, key=uuid.uuid4()
        )
        accept(user=found.coordinator, submission=report, version=1)
        return found

    def compile(self, **more: Any) -> RollUp:
        """The roll-up."""
        given: dict[str, Any] = {"user": self.coordinator, "period": self.period, "title": "专项行动情况报告"}
        return compile_rollup(**given | more)

    def reopen(self, name: str, reason: str = "数字有误") -> Submission:
        """Take the acceptance of a unit's report back, as two people do."""
        found = self.sides[name]
        asked = ask_to_reopen(user=self.coordinator, expected=found.expected, reason=reason)
        decide(user=self.second, petition=asked, approve=True)
        return found.report

    def mend(self, name: str, answers: Mapping[str, Any]) -> Submission:
        """Reopen a unit's report, have it sent anew and accept that."""
        found = self.sides[name]
        self.reopen(name)
        report = send(found, dict(answers))
        version = report.versions.latest("number").number
        return accept(user=self.coordinator, submission=report, version=version)


def sentence(rollup: RollUp, text: str) -> Sentence:
    """The sentence that has the words in it."""
    return Sentence.objects.select_related("block").get(block__rollup=rollup, text__contains=text)


def block(rollup: RollUp, text: str) -> Block:
    """The block that holds it."""
    return sentence(rollup, text).block
