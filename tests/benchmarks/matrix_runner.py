"""One portal's matrix over many reports: seeds a PostgreSQL once, then measures as often as it is asked to.

``python -m tests.benchmarks.matrix_runner SUBMISSIONS`` with PORTAL_DATABASE_URL; says "ready", then answers each line
("now" or "past") with JSON: seconds, queries, cells.
"""

import datetime
import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Page  # noqa: E402

from forms.builder.models import FormPage, FormVersion  # noqa: E402
from forms.builder.schema import FieldSchema, FormSchema  # noqa: E402
from forms.collection.models import ExpectedReport, Requirement  # noqa: E402
from forms.reporting.matrix.drawing import body  # noqa: E402
from forms.reporting.matrix.lists import unit_lists  # noqa: E402
from forms.reporting.matrix.services import Choice, matrix  # noqa: E402
from forms.submissions.models import Submission  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.programmes.models import Programme  # noqa: E402
from portal.units.access import forget_access  # noqa: E402
from portal.units.enums import Role  # noqa: E402
from portal.units.models import Membership, Unit  # noqa: E402

UNITS, PERIODS, REQUIREMENTS = 60, 24, 10
NOW = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
CHOICE = Choice(datetime.date(2024, 12, 1), datetime.date(2026, 12, 31))

PERIODS_SQL = """
INSERT INTO collection_reportingperiod (requirement_id, name, opens_at, due_at, is_estimate, version_id)
SELECT r.id, to_char(day, 'YYYY-MM-DD'), day - interval '20 days', day, false, %(version)s
FROM collection_requirement r, generate_series(1, %(count)s) n,
     LATERAL (SELECT %(last)s::timestamptz - n * %(step)s::interval AS day) d
WHERE r.programme_id = %(programme)s
"""
EXPECTED_SQL = """
INSERT INTO collection_expectedreport (period_id, unit_id, due_reason, waive_reason, created_at)
SELECT p.id, u.id, '', '', p.opens_at
FROM collection_reportingperiod p, units_unit u
WHERE u.name LIKE '单位%%' AND NOT EXISTS (SELECT 1 FROM collection_expectedreport e WHERE e.period_id = p.id)
"""
SUBMISSION_SQL = """
INSERT INTO submissions_submission (expected_id, form_version_id, state, answers, revision, reason, nil_note,
    first_sent_at, sent_at, updated_by_id, updated_at, created_at, seconds_spent)
SELECT e.id, %(version)s, CASE e.id %% 10 WHEN 0 THEN 'returned' WHEN 1 THEN 'submitted' ELSE 'accepted' END,
    jsonb_build_object('people', e.id %% 200), 1, '', '', p.due_at - interval '1 day', p.due_at - interval '1 day',
    %(user)s, p.due_at, p.due_at, 60
FROM collection_expectedreport e JOIN collection_reportingperiod p ON p.id = e.period_id
WHERE NOT EXISTS (SELECT 1 FROM submissions_submission s WHERE s.expected_id = e.id)
    AND e.id > %(after)s
ORDER BY e.id LIMIT %(count)s
"""
VERSION_SQL = """
INSERT INTO submissions_submissionversion (submission_id, number, answers, form_version_id, key, nil_note,
    receipt_number, content_hash, late, sent_by_id, sent_at)
SELECT s.expected_id, 1, s.answers, s.form_version_id, gen_random_uuid(), '', 'r' || s.expected_id, '', false,
    s.updated_by_id, s.first_sent_at
FROM submissions_submission s
WHERE NOT EXISTS (SELECT 1 FROM submissions_submissionversion v WHERE v.submission_id = s.expected_id)
"""
ACCEPTED_SQL = """
UPDATE submissions_submission s SET accepted_version_id = v.id
FROM submissions_submissionversion v
WHERE v.submission_id = s.expected_id AND s.state = 'accepted' AND s.accepted_version_id IS NULL
"""
EVENTS_SQL = """
INSERT INTO submissions_submissionevent (submission_id, step, user_id, at, reason)
SELECT s.expected_id, step, s.updated_by_id, s.first_sent_at + wait::interval, ''
FROM submissions_submission s,
     LATERAL (VALUES ('created', '-2 days'), ('submitted', '0 days'), (s.state, '2 days')) e (step, wait)
WHERE (step <> 'submitted' OR wait = '0 days')
    AND NOT EXISTS (SELECT 1 FROM submissions_submissionevent x WHERE x.submission_id = s.expected_id)
"""


def reports(version: FormVersion, user: User, count: int) -> None:
    """So many reports of what is expected and not there yet, with their versions and history."""
    after = ExpectedReport.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    values = {"version": version.pk, "user": user.pk, "count": count, "after": after}
    with connection.cursor() as cursor:
        for statement in (EXPECTED_SQL, SUBMISSION_SQL, VERSION_SQL, ACCEPTED_SQL, EVENTS_SQL):
            cursor.execute(statement, values)


def asked(programme: Programme, form: FormPage, owner: Unit, count: int) -> None:
    """So many requirements of a programme."""
    Requirement.objects.bulk_create(
        Requirement(title=f"要求{number:03d}", form=form, programme=programme, owner=owner, state="open")
        for number in range(count)
    )


def periods(programme: Programme, version: FormVersion, *, count: int, last: datetime.datetime, step: str) -> None:
    """So many periods for each requirement of the programme, back from an instant."""
    values: dict[str, Any] = {
        "version": version.pk,
        "programme": programme.pk,
        "count": count,
        "last": last,
        "step": step,
    }
    with connection.cursor() as cursor:
        cursor.execute(PERIODS_SQL, values)


def seed(submissions: int) -> None:
    """60 units × 24 periods × 10 requirements with 10,000 reports; the others lie in earlier years and elsewhere."""
    owner = Unit.add_root(name="收报单位")
    for number in range(UNITS):
        Unit.add_root(name=f"单位{number:03d}")
    leader = User.objects.create(username="leader", name="领导")
    Membership.objects.create(user=leader, unit=owner, role=Role.LEADER)
    root = Page.get_first_root_node()
    form = root.add_child(instance=FormPage(title="月报", slug="monthly", live=True))
    schema = FormSchema(title="月报", fields=(FieldSchema(key="people", type="integer", label="救助人次"),))
    version = FormVersion.objects.create(form=form, number=1, schema=schema.to_json(), digest=schema.digest())
    programme = Programme.objects.create(title="专项行动", owner=owner)
    asked(programme, form, owner, REQUIREMENTS)
    periods(programme, version, count=PERIODS, last=NOW, step="30 days")
    reports(version, leader, 10_000)
    if (others := submissions - 10_000) > 0:
        earlier = others // 2 // UNITS // REQUIREMENTS + 1
        before = datetime.datetime(2024, 11, 1, tzinfo=datetime.UTC)
        periods(programme, version, count=earlier, last=before, step="1 day")
        elsewhere = Programme.objects.create(title="另一行动", owner=owner)
        asked(elsewhere, form, owner, others // 2 // UNITS // PERIODS + 1)
        periods(elsewhere, version, count=PERIODS, last=NOW, step="30 days")
        reports(version, leader, others)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure(when: str) -> dict[str, object]:
    """The whole matrix, drawn; seconds, queries and cells."""
    leader, programme = User.objects.get(username="leader"), Programme.objects.get(title="专项行动")
    choice = Choice(CHOICE.first, CHOICE.last, programme_id=programme.pk)
    as_of = NOW - datetime.timedelta(days=200) if when == "past" else None
    forget_access(leader)
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as caught:
        found = matrix(user=leader, choice=choice, now=NOW, as_of=as_of)
    asking = time.perf_counter() - begun
    drawn = len(body(found)) + len(unit_lists(found))
    return {
        "asking": asking,
        "seconds": time.perf_counter() - begun,
        "queries": len(caught),
        "cells": len(found.rows) * len(found.columns),
        "arrived": found.count.arrived,
        "drawn": drawn,
    }


def main() -> None:
    """Seed, then answer."""
    seed(int(sys.argv[1]))
    stored = Submission.objects.count(), ExpectedReport.objects.count()
    print("ready", *stored, flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(line.strip())), flush=True)


if __name__ == "__main__":
    main()
