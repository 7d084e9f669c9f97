"""What an export of many reports takes: seconds, and memory over an idle worker.

``PORTAL_BENCH_REPORTS=100000 python -m pytest tests/benchmarks/test_export_speed.py -s`` seeds so many accepted reports
of fifteen questions, on the database that PORTAL_DATABASE_URL names (SQLite in a file where it names none).
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.exchange.exports.enums import ExportFormat
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.receipts.numbers import new_number
from portal.units.enums import Role
from tests.factories.collection import RequirementFactory, published_form
from tests.factories.exports import asked
from tests.factories.units import UnitFactory, person
from tests.killing import database_for_others

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
REPORTS = int(os.environ.get("PORTAL_BENCH_REPORTS", "20000"))
UNITS = 200
MOST_MEMORY = 60
"""MiB over idle."""
CHOICES = {"choices": [{"code": f"c{number}", "label": f"第{number}类情形"} for number in range(6)]}
SCHEMA = FormSchema(
    title="工作小结",
    fields=(
        *(FieldSchema(key=f"text{n}", type="text", label=f"单行文字{n}") for n in range(4)),
        *(FieldSchema(key=f"long{n}", type="long_text", label=f"多行文字{n}") for n in range(2)),
        *(FieldSchema(key=f"number{n}", type="integer", label=f"数字{n}") for n in range(4)),
        *(FieldSchema(key=f"day{n}", type="date", label=f"日期{n}") for n in range(2)),
        *(FieldSchema(key=f"choice{n}", type="choice", label=f"单选{n}", options=CHOICES) for n in range(2)),
        FieldSchema(key="many", type="multiple_choice", label="多选", options=CHOICES),
    ),
)


def answers(number: int) -> dict[str, Any]:
    """Fifteen answers that differ from report to report."""
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=number % 365)
    return {
        **{f"text{n}": f"第{number}号街道办事处{n}" for n in range(4)},
        **{f"long{n}": f"本期开展街面巡查{number}次，劝导护送流浪乞讨人员，已全部妥善安置。" for n in range(2)},
        **{f"number{n}": number * (n + 1) for n in range(4)},
        **{f"day{n}": day.isoformat() for n in range(2)},
        **{f"choice{n}": f"c{(number + n) % 6}" for n in range(2)},
        "many": [f"c{number % 6}", f"c{(number + 3) % 6}"],
    }


def seeded(count: int) -> Requirement:
    """Accepted reports, as they stand after years of collecting."""
    requirement = RequirementFactory.create(form=published_form(SCHEMA))
    version = requirement.form.current_version
    units = [UnitFactory.create() for _ in range(UNITS)]
    reporter, now = person(Role.REPORTER, units[0]), timezone.now()
    for start in range(0, count, UNITS):
        period = ReportingPeriod.objects.create(
            requirement=requirement,
            name=f"第{start // UNITS + 1}期",
            opens_at=now - datetime.timedelta(days=20),
            due_at=now,
            version=version,
        )
        here = units[: count - start]
        expected = ExpectedReport.objects.bulk_create(ExpectedReport(period=period, unit=unit) for unit in here)
        common: dict[str, Any] = {"form_version": version, "sent_at": now}
        made = Submission.objects.bulk_create(
            Submission(
                expected=one,
                answers=answers(start + place),
                state=ReportState.ACCEPTED,
                first_sent_at=now,
                updated_by=reporter,
                updated_at=now,
                **common,
            )
            for place, one in enumerate(expected)
        )
        sent = SubmissionVersion.objects.bulk_create(
            SubmissionVersion(
                submission=one,
                number=1,
                answers=one.answers,
                key=uuid.uuid4(),
                receipt_number=new_number(now),
                content_hash=hashlib.sha256(str(one.pk).encode()).hexdigest(),
                sent_by=reporter,
                **common,
            )
            for one in made
        )
        for one, accepted in zip(made, sent, strict=True):
            one.accepted_version = accepted
        Submission.objects.bulk_update(made, ["accepted_version"])
    return requirement


def test_exports_take_little_time_and_the_same_memory_for_many(tmp_path: Path) -> None:
    requirement = seeded(REPORTS)
    user = person(Role.COORDINATOR, requirement.owner)
    exports = [(kind, asked(user, requirement, kind)) for kind in ExportFormat]
    environment = os.environ | {
        "PORTAL_DATABASE_URL": database_for_others(tmp_path),
        "PORTAL_TEST_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    for kind, export in exports:
        command = [sys.executable, "-m", "tests.benchmarks.export_worker", str(export.pk)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        print(
            f"{kind}: {found['rows']} rows, {found['seconds']:.1f} s ({found['cpu']:.1f} s of CPU, "
            f"{found['cpu'] / REPORTS * 1e6:.0f} µs a row), {found['bytes'] / 2**20:.1f} MiB; "
            f"memory {found['idle']:.0f} MiB idle, +{found['more']:.0f} MiB"
        )
        assert found["rows"] == REPORTS, found["error"]
        assert found["more"] <= MOST_MEMORY
