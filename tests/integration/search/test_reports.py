"""Accepted reports are found by those who may read them, and by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forms.collection.enums import ReportState
from forms.submissions.files import reference
from forms.submissions.models import Submission, SubmissionFile
from forms.submissions.review.services import accept
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import attach, report_in, send, send_with_file, sides
from tests.factories.units import UnitFactory, person
from tests.integration.search.asking import ask_as, found, found_by, settle

pytestmark = pytest.mark.django_db


def _requirement() -> RequirementFactory:
    return RequirementFactory(title="安全隐患排查结果")


def test_an_accepted_report_is_found_by_its_unit_its_collector_and_the_overseers() -> None:
    period = PeriodFactory(requirement=_requirement(), name="第一期")
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period))
    settle()
    readers = (
        done.reporter,
        done.coordinator,
        person(Role.STAFF, done.expected.period.requirement.owner),
        person(Role.STAFF, done.expected.unit),
        person(Role.LEADER),
        person(Role.AUDITOR),
    )
    for reader in readers:
        assert len(found_by(reader, "隐患排查")) == 1, reader
    assert found_by(done.reporter, "第一期") != []


def test_nobody_else_finds_it_or_sees_it_counted() -> None:
    period = PeriodFactory(requirement=_requirement())
    report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period))
    settle()
    strangers: list[User | AnonymousUser] = [
        AnonymousUser(),
        person(Role.REPORTER),
        person(Role.COORDINATOR),
        person(Role.EDITOR),
        person(Role.SUPERVISOR),
    ]
    for stranger in strangers:
        results = ask_as(stranger, "隐患排查", facets=("kind", "unit", "form", "year"))
        assert results.total == 0, stranger
        assert not any(results.facets.values()), stranger


@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED])
def test_a_report_that_is_not_accepted_is_found_by_nobody(state: ReportState) -> None:
    done = report_in(state, ExpectedReportFactory(period=PeriodFactory(requirement=_requirement())))
    settle()
    for reader in (done.reporter, done.coordinator, person(Role.LEADER)):
        assert found_by(reader, "隐患排查") == []


def test_it_is_found_under_every_name_of_its_unit() -> None:
    unit = UnitFactory(name="市卫生健康委员会", short_name="市卫健委")
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(unit=unit))
    settle()
    unit.aliases.create(name="市卫计委")
    settle()
    for name in ("卫生健康委员会", "市卫健委", "市卫计委"):
        assert len(found_by(done.reporter, name)) == 1, name
    unit.name, unit.short_name = "市疾病预防控制局", "市疾控局"
    unit.save()
    settle()
    assert len(found_by(done.reporter, "疾病预防控制")) == 1
    assert [item.value for item in ask_as(done.reporter, "", facets=("unit",)).facets["unit"]] == ["市疾控局"]


def test_a_requirement_handed_to_another_unit_takes_its_reports_along() -> None:
    requirement = _requirement()
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=PeriodFactory(requirement=requirement)))
    settle()
    requirement.owner = UnitFactory()
    requirement.save()
    assert found_by(done.coordinator, "隐患排查") == []
    settle()
    assert found_by(done.coordinator, "隐患排查") == []
    assert len(found_by(person(Role.COORDINATOR, requirement.owner), "隐患排查")) == 1


def test_a_new_member_finds_it_without_the_index_being_touched() -> None:
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=PeriodFactory(requirement=_requirement())))
    settle()
    assert len(found_by(person(Role.STAFF, done.expected.unit), "隐患排查")) == 1


def test_the_words_in_its_files_are_found_by_the_same_people() -> None:
    found_sides = sides(ExpectedReportFactory(period=PeriodFactory(requirement=_requirement())))
    kept = send_with_file(found_sides)
    settle()
    assert found_by(found_sides.reporter, "街面巡查") == []
    accept(user=found_sides.coordinator, submission=found_sides.report, version=1)
    settle()
    assert kept.name in found_by(found_sides.reporter, "街面巡查")
    assert kept.name in found_by(found_sides.coordinator, "街面巡查")
    assert kept.name not in found_by(person(Role.REPORTER), "街面巡查")
    assert found("街面巡查") == []


@pytest.mark.parametrize("gone", [0, 1])
def test_a_file_that_is_gone_from_the_disk_keeps_no_other_from_being_read(gone: int) -> None:
    found_sides = sides(ExpectedReportFactory())
    files = [attach(found_sides, f"{number}.txt", f"街面巡查第{number}次".encode()) for number in range(2)]
    send(found_sides, ANSWERS | {"evidence": [reference(kept) for kept in files]})
    files[gone].file.delete(save=False)
    accept(user=found_sides.coordinator, submission=found_sides.report, version=1)
    settle()
    assert files[1 - gone].name in found_by(found_sides.reporter, "街面巡查")


def test_files_that_were_not_sent_are_not_found() -> None:
    found_sides = sides(ExpectedReportFactory())
    attach(found_sides, "草稿附件.txt")
    accept(user=found_sides.coordinator, submission=send(found_sides), version=1)
    settle()
    assert SubmissionFile.objects.count() == 1
    assert found_by(found_sides.reporter, "草稿附件") == []


def test_the_result_leads_to_the_report() -> None:
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=PeriodFactory(requirement=_requirement())))
    settle()
    hit = ask_as(done.reporter, "隐患排查").hits[0]
    assert hit.url == f"/reports/{Submission.objects.get().pk}/"
    assert hit.shown["unit"] == str(done.expected.unit)
