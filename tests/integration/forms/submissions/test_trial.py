"""Editors try a form out as any unit and role; nothing of it ever counts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms.builder.models import FormPage
from forms.submissions.models import Submission, SubmissionFile, TrialReport
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.builder import PDF, form_of, form_page, publish, question
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

FORM = form_of(
    question("text", "name", "机构名称", required=True),
    question("page_break", "p2", "第二部分"),
    question("number", "people", "人数", required=True),
    question("file", "paper", "材料"),
    title="试填表",
)


@pytest.fixture
def editor(client: Client) -> User:
    user = person(Role.EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def page() -> FormPage:
    return form_page(FORM)


def begin(client: Client, page: FormPage, unit: Unit, role: Role = Role.REPORTER) -> str:
    address = f"/reports/try/{page.pk}/"
    assert client.post(address, {"action": "begin", "unit": unit.pk, "role": role}).status_code == 302
    return address


def test_a_form_is_tried_page_by_page_and_sent_without_leaving_a_report(
    client: Client, editor: User, page: FormPage
) -> None:
    address = begin(client, page, UnitFactory.create())
    events = AuditEvent.objects.count()
    assert "机构名称" in client.get(address).content.decode()
    assert client.post(address, {"page": "1", "action": "next"}).status_code == 422
    moved = client.post(address, {"page": "1", "action": "next", "name": "救助站"})
    assert moved.headers["Location"].endswith("?page=2")
    paper = SimpleUploadedFile("证明.pdf", PDF)
    client.post(address, {"page": "2", "action": "next", "people": "３", "paper": paper})
    summary = client.get(f"{address}?page=0").content.decode()
    assert "救助站" in summary
    assert "证明.pdf" in summary
    assert client.post(address, {"page": "0", "action": "submit"}).status_code == 302
    assert TrialReport.objects.get().is_sent
    assert "救助站" in client.get(address).content.decode()
    assert not Submission.objects.exists()
    assert not SubmissionFile.objects.exists()
    assert AuditEvent.objects.count() == events


def test_what_is_missing_is_said_before_the_trial_is_sent(client: Client, editor: User, page: FormPage) -> None:
    address = begin(client, page, UnitFactory.create())
    refused = client.post(address, {"page": "0", "action": "submit"})
    assert refused.status_code == 422
    assert "机构名称" in refused.content.decode()
    assert not TrialReport.objects.get().is_sent


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.COORDINATOR, True), (Role.LEADER, True), (Role.STAFF, False), (Role.SUPERVISOR, False)],
)
def test_each_role_sees_of_a_sent_trial_what_it_would_see_of_a_report(
    client: Client, editor: User, page: FormPage, role: Role, sees: bool
) -> None:
    address = begin(client, page, UnitFactory.create())
    client.post(address, {"page": "1", "action": "next", "name": "独一无二站"})
    client.post(address, {"action": f"role-{role}"})
    assert "独一无二站" not in client.get(address).content.decode()
    client.post(address, {"action": f"role-{Role.REPORTER}"})
    client.post(address, {"page": "2", "action": "next", "people": "3"})
    client.post(address, {"page": "0", "action": "submit"})
    client.post(address, {"action": f"role-{role}"})
    assert ("独一无二站" in client.get(address).content.decode()) is sees


def test_publishing_wipes_every_trial(client: Client, editor: User, page: FormPage) -> None:
    begin(client, page, UnitFactory.create())
    publish(page, FORM)
    assert not TrialReport.objects.exists()


def test_the_draft_is_what_is_tried(client: Client, editor: User, page: FormPage) -> None:
    page.ask(form_of(question("text", "new", "新的填报项"), title="试填表"))
    page.save_revision()
    address = begin(client, page, UnitFactory.create())
    assert "新的填报项" in client.get(address).content.decode()


def test_a_trial_without_a_unit_is_not_begun(client: Client, editor: User, page: FormPage) -> None:
    answer = client.post(f"/reports/try/{page.pk}/", {"action": "begin", "unit": "", "role": Role.REPORTER})
    assert answer.status_code == 422
    assert not TrialReport.objects.exists()


def test_one_editors_trial_is_not_anothers(client: Client, editor: User, page: FormPage) -> None:
    address = begin(client, page, UnitFactory.create())
    client.post(address, {"page": "1", "action": "next", "name": "独一无二站"})
    client.force_login(person(Role.EDITOR))
    assert "独一无二站" not in client.get(address).content.decode()


def test_who_may_not_edit_the_form_may_not_try_it(client: Client, page: FormPage) -> None:
    client.force_login(person(Role.REPORTER))
    assert client.get(f"/reports/try/{page.pk}/").status_code == 403
