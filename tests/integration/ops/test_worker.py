"""The worker as a process: a large export keeps nobody waiting, and batch mode does the long tasks too."""

from pathlib import Path

import pytest
from django.core.management import call_command

from forms.collection.enums import ReportState
from forms.exchange.exports.enums import ExportState
from portal.ops.queues import ALL, LONG
from tests.factories.exports import FLAT, asked, collected
from tests.killing import database_for_others, run_module


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_mail_and_periodic_work_go_on_while_an_export_is_written(tmp_path: Path) -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    user.email = "li@example.gov.cn"
    user.save()
    asked(user, found.requirement)
    database = database_for_others(tmp_path)
    done = run_module("tests.integration.ops.busy_worker", database=database, folder=tmp_path)
    assert done == {"sent": True, "looked_after": True, "states": [ExportState.DONE]}


@pytest.mark.django_db(transaction=True)
def test_batch_mode_writes_what_waits() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    export = asked(found.coordinator, found.requirement)
    call_command("run_worker", batch=True, interval=0)
    export.refresh_from_db()
    assert export.state == ExportState.DONE


def test_every_queue_of_the_settings_is_served(settings: pytest.FixtureRequest) -> None:
    assert set(settings.TASKS["default"]["QUEUES"]) == set(ALL)  # type: ignore[attr-defined]
    assert LONG in ALL
