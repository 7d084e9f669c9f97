"""The worker killed (SIGKILL) between all its steps: every export is written once, whole, and recorded once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from forms.collection.enums import ReportState
from forms.exchange.exports.enums import ExportState
from forms.exchange.exports.models import Export
from forms.exchange.exports.running import run
from portal.audit.models import AuditEvent
from tests.factories.exports import FLAT, asked, collected
from tests.integration.forms.exchange.exports.killing import POINTS
from tests.integration.forms.submissions.test_races import at_once
from tests.integration.notifications.test_killed import database_for_others

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EXPORTS = 3


def test_whatever_step_kills_the_worker_every_export_is_there_once_and_whole(tmp_path: Path) -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    for _ in range(EXPORTS):
        asked(found.coordinator, found.requirement)
    environment = os.environ | {
        "PORTAL_DATABASE_URL": database_for_others(tmp_path),
        "PORTAL_TEST_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.forms.exchange.exports.killing"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert counted["killed"] == len(POINTS)
    assert counted["states"] == {"done": EXPORTS}
    assert counted["lines"] == [2] * EXPORTS  # the headings and one report
    assert counted["finished"] == EXPORTS
    assert counted["left"] > 0
    assert counted["left_after_sweeping"] == 0


def test_of_many_workers_with_the_same_export_one_writes_it() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    export = asked(found.coordinator, found.requirement)
    results = at_once(*[lambda: run(export.pk)] * 4)
    assert results.count(ExportState.DONE) == 1
    assert results.count(None) == 3
    assert AuditEvent.objects.filter(summary="export.finished").count() == 1
    assert Export.objects.get(pk=export.pk).attempts == 1
