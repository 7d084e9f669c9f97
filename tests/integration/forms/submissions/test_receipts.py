"""Receipts: every sending has a number, the page that verifies a copy says what it may and nothing more."""

import datetime
import json
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.submissions.models import SubmissionFile, SubmissionVersion
from forms.submissions.receipts import issuing
from forms.submissions.receipts.numbers import new_number, parse_number
from forms.submissions.review.services import return_report
from portal.units.enums import Role
from tests.factories.submissions import Sides, report_in, send, send_with_file, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db


def sent_version(found: Sides) -> SubmissionVersion:
    """What was sent last."""
    return found.report.versions.all()[0]


def asked(user: Any, number: str, content_hash: str) -> Any:
    """The answer of the page that verifies."""
    client = Client()
    client.force_login(user)
    return client.get(reverse("receipts:verify"), {"number": number, "hash": content_hash})


def test_every_sending_has_a_number_of_its_own_dated_in_beijing() -> None:
    found = sides()
    send(found)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充。")
    send(found)
    numbers = [one.receipt_number for one in found.report.versions.all()]
    assert len(set(numbers)) == 2
    today = timezone.localtime().strftime("%Y%m%d")
    assert all(parse_number(number) == number and number.startswith(today) for number in numbers)


def test_a_number_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sent_version(report_in(ReportState.SUBMITTED))
    drawn = iter([first.receipt_number, first.receipt_number, free := new_number(timezone.now())])
    monkeypatch.setattr(issuing, "new_number", lambda sent_at: next(drawn))
    assert sent_version(report_in(ReportState.SUBMITTED)).receipt_number == free


def test_the_database_itself_refuses_a_number_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sent_version(report_in(ReportState.SUBMITTED))
    monkeypatch.setattr(issuing, "new_number", lambda sent_at: first.receipt_number)
    with pytest.raises(IntegrityError):
        report_in(ReportState.SUBMITTED)


def test_the_receipt_stands_on_the_report_with_its_second_and_its_code() -> None:
    found = sides()
    client = Client()
    client.force_login(found.reporter)
    send(found)
    version = sent_version(found)
    page = client.get(reverse("submissions:detail", args=[found.expected.pk]))
    text = page.content.decode()
    assert version.receipt in text
    assert version.hash_in_groups in text
    assert timezone.localtime(version.sent_at).strftime("%Y-%m-%d %H:%M:%S") in text
    assert "<svg" in text
    assert "style=" not in text[text.index('class="receipt-code"') :].split("</svg>")[0]


@pytest.mark.parametrize("role", list(Role))
def test_whoever_holds_the_copy_is_told_what_it_is_of_and_no_answer(role: Role) -> None:
    found = sides()
    send(found, {"people": 735173, "summary": "机密的内容"})
    version = sent_version(found)
    page = asked(person(role, UnitFactory.create()), version.receipt, version.content_hash[:12])
    assert page.status_code == 200
    text = page.content.decode()
    for shown in (str(found.expected.unit), found.expected.period.requirement.title, found.expected.period.name):
        assert shown in text
    assert "735173" not in text
    assert "机密的内容" not in text
    assert version.sent_by.get_username() not in text


def test_without_the_hash_nothing_is_told_of_the_report() -> None:
    found = report_in(ReportState.ACCEPTED)
    version = sent_version(found)
    wrong = "0" * 12 if not version.content_hash.startswith("0") else "1" * 12
    page = asked(found.coordinator, version.receipt, wrong)
    text = page.content.decode()
    assert "校验值与此编号不符" in text
    assert found.expected.period.requirement.title not in text
    assert str(found.expected.unit) not in text


def test_a_hash_that_begins_right_and_goes_on_wrong_does_not_agree() -> None:
    found = report_in(ReportState.SUBMITTED)
    version = sent_version(found)
    last = "0" if version.content_hash[-1] != "0" else "1"
    assert (
        "校验值与此编号不符"
        in asked(found.reporter, version.receipt, version.content_hash[:-1] + last).content.decode()
    )
    assert "与所报送的一致" in asked(found.reporter, version.receipt, version.content_hash).content.decode()


def test_an_unknown_number_takes_as_many_queries_as_a_known_one() -> None:
    found = report_in(ReportState.SUBMITTED)
    version = sent_version(found)
    unknown = new_number(timezone.now())

    def queries(number: str) -> int:
        client = Client()
        client.force_login(found.reporter)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("receipts:verify"), {"number": number, "hash": version.content_hash[:12]})
        return len(seen)

    queries(version.receipt)  # what is cached after the first request
    assert queries(unknown) == queries(version.receipt)
    text = asked(found.reporter, unknown, version.content_hash[:12]).content.decode()
    assert "没有以此编号报送的材料" in text


def test_a_newer_version_and_acceptance_are_said() -> None:
    found = report_in(ReportState.RETURNED)
    first = sent_version(found)
    send(found)
    text = asked(found.coordinator, first.receipt, first.content_hash[:12]).content.decode()
    assert "又报送了新版本" in text
    assert "此版本未审核通过" in text
    accepted = report_in(ReportState.ACCEPTED)
    version = sent_version(accepted)
    text = asked(accepted.reporter, version.receipt, version.content_hash[:12]).content.decode()
    assert "又报送了新版本" not in text
    assert "此版本已审核通过" in text


def test_the_way_to_the_report_is_shown_to_those_who_may_read_it_only() -> None:
    found = report_in(ReportState.SUBMITTED)
    version = sent_version(found)
    way = reverse("submissions:detail", args=[found.expected.pk])
    assert way in asked(found.coordinator, version.receipt, version.content_hash).content.decode()
    stranger = person(Role.REPORTER, UnitFactory.create())
    assert way not in asked(stranger, version.receipt, version.content_hash).content.decode()


def test_a_mistaken_character_is_said_at_the_field() -> None:
    found = report_in(ReportState.SUBMITTED)
    version = sent_version(found)
    other = "3" if version.receipt[-1] != "3" else "4"
    page = asked(found.reporter, version.receipt[:-1] + other, version.content_hash[:11])
    assert "校验码不符" in str(page.context["form"]["number"].errors)
    assert "至少填写前 12 位" in str(page.context["form"]["hash"].errors)
    assert "没有以此编号" not in page.content.decode()


def test_nobody_verifies_without_signing_in() -> None:
    page = Client().get(reverse("receipts:verify"), {"number": "x", "hash": "y"})
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/sign-in/")


def test_trying_numbers_out_is_slowed_down() -> None:
    client = Client()
    client.force_login(person(Role.STAFF, UnitFactory.create()))
    with time_machine.travel(datetime.datetime(2026, 11, 28, 4, 0, 1, tzinfo=datetime.UTC), tick=False):
        tries = [
            client.get(reverse("receipts:verify"), {"number": new_number(timezone.now()), "hash": "0" * 12}).status_code
            for _ in range(31)
        ]
    assert tries == [200] * 30 + [429]


def command(*arguments: str) -> dict[str, Any]:
    """What the command writes."""
    out = StringIO()
    call_command("verify_receipt", *arguments, "--json", stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def test_the_command_agrees_with_what_was_filed() -> None:
    found = sides()
    send_with_file(found)
    version = sent_version(found)
    said = command(version.receipt.lower())
    assert said["agrees"] is True
    assert said["computed"] == version.content_hash == said["stored"]


def test_the_command_notices_a_changed_answer() -> None:
    version = sent_version(report_in(ReportState.SUBMITTED))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE submissions_submissionversion SET answers = %s WHERE id = %s", ['{"people": 1}', version.pk]
        )
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("verify_receipt", version.receipt, stdout=out)
    assert refused.value.returncode == 2
    assert "agrees: False" in out.getvalue()


def test_the_command_notices_a_changed_file() -> None:
    found = sides()
    kept = send_with_file(found)
    stored = SubmissionFile.objects.get(pk=kept.pk).file
    with stored.storage.open(stored.name or "", "wb") as content:
        content.write(b"changed")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_receipt", sent_version(found).receipt, "--json", stdout=out)
    assert json.loads(out.getvalue())["broken_files"] == [str(kept.pk)]


@pytest.mark.parametrize("typed", ["nonsense", "20261128-7KM4-3QWQ", "20261128-7KM4-3QW5"])
def test_the_command_says_what_is_wrong_with_a_number(typed: str) -> None:
    with pytest.raises(CommandError):
        command(typed)
