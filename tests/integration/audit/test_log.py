"""The log: what is written stays, in the application and in the database."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page

from portal.audit.enums import AuditAction
from portal.audit.models import AppendOnlyError, AuditEvent
from portal.audit.services import acting_user, current_address, record
from portal.units.enums import Role
from tests.factories.units import PASSWORD, UserFactory, person

pytestmark = pytest.mark.django_db


def change(event: AuditEvent) -> None:
    event.summary = "x"
    event.save()


@pytest.mark.parametrize(
    "attempt",
    [
        change,
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.filter(pk=event.pk).update(summary="x"),
        lambda event: AuditEvent.objects.all().delete(),
    ],
    ids=["save", "delete", "update many", "delete many"],
)
def test_the_application_refuses_to_change_or_delete_an_event(attempt: Callable[[AuditEvent], object]) -> None:
    event = record(action=AuditAction.EXPORT)
    with pytest.raises(AppendOnlyError):
        attempt(event)


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET summary = 'x'", "DELETE FROM audit_auditevent"])
def test_the_database_refuses_whoever_goes_past_the_application(statement: str) -> None:
    event = record(action=AuditAction.EXPORT, summary="kept")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get(pk=event.pk).summary == "kept"


def test_an_account_that_the_log_names_cannot_be_deleted() -> None:
    user = UserFactory()
    record(action=AuditAction.EXPORT, user=user)
    with pytest.raises(DatabaseError), transaction.atomic():
        user.delete()


def test_the_vocabulary_is_closed_and_every_word_fits() -> None:
    assert set(AuditAction.values) == {
        *("sign_in", "sign_in_failed", "locked_out", "sign_out", "second_factor", "view_sensitive"),
        *("create", "change", "delete", "publish", "submit", "accept", "return"),
        *("import", "export", "download", "permission_change"),
    }
    for action in AuditAction:
        record(action=action)


def test_an_event_keeps_the_name_of_that_time_and_never_overflows() -> None:
    user = UserFactory(name="旧名")
    event = record(action=AuditAction.CHANGE, user=user, target=user, summary="长" * 400)
    user.name = "新名"
    user.save()
    event.refresh_from_db()
    assert (event.user_name, event.target_label, len(event.summary)) == ("旧名", "旧名", 255)


def test_an_event_vanishes_with_the_transaction_it_tells_of() -> None:
    before = AuditEvent.objects.count()
    with transaction.atomic():
        record(action=AuditAction.CHANGE)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == before


def test_signing_in_and_out_and_failing_to_are_written(client: Client) -> None:
    user = UserFactory(username="qian")
    url = reverse("accounts:sign_in")
    client.post(url, {"username": "qian", "password": "wrong"}, REMOTE_ADDR="10.0.0.7")
    client.post(url, {"username": "qian", "password": PASSWORD}, REMOTE_ADDR="10.0.0.7")
    client.post(reverse("accounts:sign_out"), REMOTE_ADDR="10.0.0.7")
    events = AuditEvent.objects.filter(address="10.0.0.7").order_by("pk")
    assert [event.action for event in events] == ["sign_in_failed", "sign_in", "sign_out"]
    assert events[0].user_name == "qian"
    assert events[1].user == user
    assert "wrong" not in str(list(events.values()))


@pytest.mark.parametrize(
    ("step", "action"),
    [
        ("wagtail.create", AuditAction.CREATE),
        ("wagtail.edit", AuditAction.CHANGE),
        ("wagtail.publish", AuditAction.PUBLISH),
        ("wagtail.unpublish", AuditAction.PUBLISH),
        ("wagtail.delete", AuditAction.DELETE),
        ("wagtail.view_restriction.create", AuditAction.PERMISSION_CHANGE),
        ("wagtail.workflow.start", AuditAction.CHANGE),
    ],
)
def test_every_write_that_wagtail_logs_arrives_in_the_log(step: str, action: AuditAction) -> None:
    user, page = person(Role.EDITOR), Page.objects.first()
    details = {"restriction": {"type": "login", "title": "x"}, "workflow": {"title": "x", "status": "x"}}
    log(page, step, user=user, data=details)
    event = AuditEvent.objects.filter(summary=step, user=user).get()
    assert (event.action, event.target_id) == (action, str(page.pk))


def test_a_change_of_an_account_in_the_admin_is_a_change_of_permission() -> None:
    user, other = person(Role.ADMINISTRATOR), UserFactory()
    log(other, "wagtail.edit", user=user)
    assert AuditEvent.objects.get(target_type="accounts.user").action == AuditAction.PERMISSION_CHANGE


def test_outside_a_request_nobody_acts_and_no_address_is_known() -> None:
    assert acting_user() is None
    assert current_address.get() is None
