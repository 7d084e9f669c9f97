"""The pages of exports, as people use them."""

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.collection.enums import ReportState
from forms.exchange.exports.enums import Content, ExportFormat, ExportState, Values
from forms.exchange.exports.models import Export
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from portal.units.models import Membership
from tests.factories.exports import FLAT, Collected, asked, collected, made
from tests.factories.units import person

pytestmark = pytest.mark.django_db
WHOLE = {"format": "csv", "content": "accepted", "values": "labels", "key": "7e57d004-2b97-4e7a-b45f-5387367791cd"}


@pytest.fixture
def found() -> Collected:
    return collected(ReportState.ACCEPTED, ReportState.SUBMITTED, schema=FLAT)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def new(found: Collected) -> str:
    return reverse("exports:new", args=[found.requirement.pk])


def test_a_coordinator_asks_for_a_file_and_finds_it_in_the_list(found: Collected) -> None:
    user = found.coordinator
    client = browser(user)
    page = client.get(reverse("collection:detail", args=[found.requirement.pk])).content.decode()
    assert f'href="{new(found)}"' in page
    assert f'href="{new(found)}?periods={found.period.pk}"' in page
    answer = client.post(new(found), WHOLE | {"periods": [found.period.pk], "missing": "on"}, follow=True)
    assert "正在生成" in answer.content.decode()
    (export,) = Export.objects.all()
    assert (export.owner, export.format, export.values) == (user, ExportFormat.CSV, Values.LABELS)
    assert export.chosen.periods == {found.period.pk}
    assert export.chosen.missing
    assert "hx-get" in answer.content.decode()


def test_the_form_opens_with_the_filters_of_the_list_it_was_asked_from(found: Collected) -> None:
    unit = found.reports["submitted"].expected.unit
    address = f"{new(found)}?periods={found.period.pk}&units={unit.pk}&state=submitted&content=sent&units=x"
    form = browser(found.coordinator).get(address).context["form"]
    assert form["periods"].value() == [str(found.period.pk)]
    assert form["units"].value() == [str(unit.pk)]
    assert (form["state"].value(), form["content"].value()) == ("submitted", "sent")
    listed = {"requirement": found.requirement.pk, "period": found.period.pk}
    queue = browser(found.coordinator).get(reverse("submissions:queue"), listed)
    assert f"{new(found)}?content=sent&amp;state=submitted&amp;periods={found.period.pk}" in queue.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"format": "exe"}, {"content": "working"}, {"periods": ["0"]}, {"key": "x"}, {"state": "draft"}]
)
def test_what_cannot_be_asked_for_is_refused_beside_its_field(found: Collected, wrong: dict[str, object]) -> None:
    answer = browser(found.coordinator).post(new(found), WHOLE | wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    assert not Export.objects.exists()


def test_units_and_contents_of_others_are_not_offered(found: Collected) -> None:
    reporter = found.reports["submitted"].reporter
    form = browser(reporter).get(new(found)).context["form"]
    assert [unit.pk for unit in form.fields["units"].queryset] == [found.reports["submitted"].expected.unit_id]
    assert [value for value, _label in form.fields["content"].choices] == list(Content)
    staff = person(Role.STAFF, found.requirement.owner)
    assert [value for value, _ in browser(staff).get(new(found)).context["form"].fields["content"].choices] == [
        "accepted"
    ]


def test_the_file_comes_with_its_name_and_the_download_is_recorded(found: Collected) -> None:
    user = found.coordinator
    export = made(user, found.requirement)
    answer = browser(user).get(reverse("exports:download", args=[export.pk]))
    assert b"".join(answer.streaming_content).startswith("\ufeff".encode())  # type: ignore[attr-defined]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "attachment" in answer.headers["Content-Disposition"]
    event = AuditEvent.objects.get(action=AuditAction.DOWNLOAD)
    assert (event.user_id, event.target_id, event.details) == (user.pk, str(export.pk), {"rows": 1})


def test_who_has_lost_the_role_is_told_so_instead_of_the_file(found: Collected) -> None:
    user = found.coordinator
    export = made(user, found.requirement)
    Membership.objects.filter(user=user).update(unit=found.reports["submitted"].expected.unit)
    answer = browser(user).get(reverse("exports:download", args=[export.pk]), follow=True)
    assert "职务已有变动" in answer.content.decode()
    assert not AuditEvent.objects.filter(action=AuditAction.DOWNLOAD).exists()


@pytest.mark.parametrize("name", ["download", "cancel", "again", "delete"])
def test_exports_of_others_are_not_there(found: Collected, name: str) -> None:
    export = made(found.coordinator, found.requirement)
    client = browser(found.coordinator)
    method = client.get if name == "download" else client.post
    assert method(reverse(f"exports:{name}", args=[export.pk])).status_code == 404
    assert str(export.pk) not in client.get(reverse("exports:list")).content.decode()


def test_cancel_again_and_delete_from_the_list(found: Collected) -> None:
    user = found.coordinator
    client, export = browser(user), asked(user, found.requirement)
    client.post(reverse("exports:cancel", args=[export.pk]))
    export.refresh_from_db()
    assert export.state == ExportState.CANCELLED
    client.post(reverse("exports:again", args=[export.pk]))
    assert Export.objects.filter(state=ExportState.QUEUED).count() == 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(reverse("exports:delete", args=[export.pk]))
    assert not Export.objects.filter(pk=export.pk).exists()


def test_the_list_shows_how_far_each_is_and_costs_the_same_for_many(found: Collected) -> None:
    user = found.coordinator
    export = made(user, found.requirement)
    Export.objects.filter(pk=export.pk).update(state=ExportState.RUNNING, done=1200, total=5000)
    client = browser(user)
    text = client.get(reverse("exports:list")).content.decode()
    assert 'value="1200" max="5000"' in text
    fragment = client.get(reverse("exports:list"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'hx-trigger="every 500ms"' in fragment
    few = queries_of(client)
    for _ in range(4):
        asked(user, found.requirement)
    assert queries_of(client) == few


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        client.get(reverse("exports:list"))
    return len(asked_for)
