"""Who may export what, and who may take the file."""

import pytest

from forms.collection.enums import ReportState
from forms.exchange.exports.enums import Content, ExportState
from forms.exchange.exports.models import Export
from forms.exchange.exports.running import run
from forms.exchange.exports.selecting import contents_open_to, reach_of
from forms.exchange.exports.services import ExportRefusedError, take
from forms.submissions.models import Submission, SubmissionVersion
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Membership
from tests.factories.exports import FLAT, Collected, asked, collected, csv_rows, made
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
STATES = (ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED)


@pytest.fixture
def found() -> Collected:
    return collected(*STATES, schema=FLAT)


def said(export: Export) -> set[str]:
    return {row["本期工作开展情况"].split(" ")[0] for row in csv_rows(export)} - {""}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STAFF])
def test_the_collecting_unit_gets_what_each_role_reads(found: Collected, role: Role) -> None:
    user = person(role, found.requirement.owner)
    assert said(made(user, found.requirement)) == {"accepted"}
    if role == Role.STAFF:
        assert contents_open_to(reach_of(user, found.requirement)) == [Content.ACCEPTED]
        with pytest.raises(ExportRefusedError):
            asked(user, found.requirement, content=Content.SENT)
    else:
        assert said(made(user, found.requirement, content=Content.SENT)) == {"submitted", "returned", "accepted"}
        with pytest.raises(ExportRefusedError):
            asked(user, found.requirement, content=Content.WORKING)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_who_oversee_get_what_was_sent_and_no_drafts(found: Collected, role: Role) -> None:
    user = person(role)
    assert said(made(user, found.requirement, content=Content.SENT)) == {"submitted", "returned", "accepted"}
    with pytest.raises(ExportRefusedError):
        asked(user, found.requirement, content=Content.WORKING)


@pytest.mark.parametrize("state", STATES)
def test_a_unit_gets_its_own_reports_and_nobody_elses(found: Collected, state: ReportState) -> None:
    user = found.reports[state.value].reporter
    assert said(made(user, found.requirement, content=Content.WORKING)) == {state.value}
    sent = set() if state == ReportState.DRAFT else {state.value}
    assert said(made(user, found.requirement, content=Content.SENT, missing=True)) == sent
    assert len(csv_rows(made(user, found.requirement, content=Content.SENT, missing=True))) == 1
    accepted = {state.value} if state == ReportState.ACCEPTED else set()
    assert said(made(user, found.requirement)) == accepted


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COORDINATOR, Role.STAFF, Role.EDITOR, Role.SUPERVISOR])
def test_others_may_not_ask(found: Collected, role: Role) -> None:
    for content in Content:
        with pytest.raises(ExportRefusedError):
            asked(person(role, UnitFactory.create()), found.requirement, content=content)
    assert not Export.objects.exists()


def test_rows_are_those_that_the_reading_rules_show(found: Collected) -> None:
    people = [found.coordinator, person(Role.LEADER), *(one.reporter for one in found.reports.values())]
    for user in people:
        export = made(user, found.requirement, content=Content.SENT)
        seen = SubmissionVersion.objects.visible_to(user).values_list("submission_id", flat=True)
        assert {int(row["报送编号"]) for row in csv_rows(export)} == set(seen)
        assert set(seen) <= set(Submission.objects.visible_to(user).values_list("pk", flat=True))


def test_a_role_lost_while_it_waits_ends_the_export(found: Collected) -> None:
    user = found.coordinator
    export = asked(user, found.requirement)
    Membership.objects.filter(user=user).delete()
    assert run(export.pk) == ExportState.FAILED
    export.refresh_from_db()
    assert export.file == ""
    assert export.error


def test_a_role_lost_after_it_was_made_shuts_the_file(found: Collected) -> None:
    user = found.coordinator
    export = made(user, found.requirement)
    assert take(user=fresh(user), export=export) == export.file
    Membership.objects.filter(user=user).delete()
    with pytest.raises(ExportRefusedError):
        take(user=fresh(user), export=export)


def test_a_report_that_is_reopened_meanwhile_is_not_written(found: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    from forms.exchange.exports import running

    user = found.coordinator
    export = asked(user, found.requirement)
    original = running.layout_of

    def reopened(*args: object, **given: object) -> object:
        Submission.objects.filter(state=ReportState.ACCEPTED).update(state=ReportState.RETURNED, accepted_version=None)
        return original(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "layout_of", reopened)
    assert run(export.pk) == ExportState.DONE
    assert csv_rows(Export.objects.get(pk=export.pk)) == []
