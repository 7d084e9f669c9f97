"""The worker killed (SIGKILL) between all its steps: every export is written once, whole, and recorded once."""

from pathlib import Path

import pytest

from forms.collection.enums import ReportState
from forms.exchange.exports.enums import ExportState
from forms.exchange.exports.models import Export
from forms.exchange.exports.running import run
from portal.audit.models import AuditEvent
from tests.factories.exports import FLAT, asked, collected
from tests.integration.forms.submissions.test_races import at_once
from tests.killing import copied_database, run_module

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_whatever_step_kills_the_worker_every_export_is_there_once_and_whole(tmp_path: Path) -> None:
    with copied_database(tmp_path) as database:
        module = "tests.integration.forms.exchange.exports.killing"
        counted = run_module(module, database=database, folder=tmp_path / "data")
    exports = counted["steps"] + 3  # one at each step, one at the end, and those that were not killed
    assert counted["killed"] == counted["steps"] > 15
    assert counted["states"] == {"done": exports}
    assert counted["lines"] == {"2": exports}  # the headings and one report
    assert counted["finished"] == len(counted["told"]) == exports
    assert set(counted["told"].values()) == {1}
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
