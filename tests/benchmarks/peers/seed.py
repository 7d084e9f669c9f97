"""A portal with the peers' form of fifteen questions: ``python -m tests.benchmarks.peers.seed OPEN SENT``.

OPEN reports for each of eight units wait to be filled in, SENT reports have been accepted. On the database that the
settings name; prints JSON: session cookies of the eight reporters and of a coordinator, numbers of the open reports by
reporter, the requirements of the open ones and of those that were sent.
"""

import datetime
import json
import os
import random
import sys
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Page  # noqa: E402

from forms.builder.models import FormPage, FormVersion  # noqa: E402
from forms.builder.schema import FieldSchema, FormSchema  # noqa: E402
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement  # noqa: E402
from forms.submissions.models import Submission  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.programmes.models import Programme  # noqa: E402
from portal.units.enums import Role  # noqa: E402
from portal.units.models import Membership, Unit  # noqa: E402
from tests.benchmarks.peers.rows import DISTRICTS, SERVICES, SITE_TYPES, answers  # noqa: E402

CLIENTS = 8


def choices(labels: tuple[str, ...]) -> dict[str, Any]:
    """Options with a code for each label."""
    return {"choices": [{"code": f"c{number}", "label": label} for number, label in enumerate(labels)]}


SCHEMA = FormSchema(
    title="检查结果上报",
    fields=(
        FieldSchema(key="unit_name", type="text", label="责任单位", required=True),
        FieldSchema(key="inspector", type="text", label="检查人", required=True),
        FieldSchema(key="contact_email", type="email", label="联系邮箱", required=True),
        FieldSchema(key="phone", type="text", label="联系电话", required=True),
        FieldSchema(key="inspect_date", type="date", label="检查日期", required=True),
        FieldSchema(key="deadline", type="date", label="整改期限", required=True),
        FieldSchema(key="district", type="choice", label="区县", required=True, options=choices(DISTRICTS)),
        FieldSchema(key="site_type", type="choice", label="站点类型", required=True, options=choices(SITE_TYPES)),
        FieldSchema(key="people_count", type="integer", label="在站人数", required=True),
        FieldSchema(key="beds_count", type="integer", label="床位数", required=True),
        FieldSchema(key="rescued_count", type="integer", label="本月救助人次", required=True),
        FieldSchema(key="has_plan", type="yes_no", label="有应急预案"),
        FieldSchema(key="services", type="multiple_choice", label="服务项目", options=choices(SERVICES)),
        FieldSchema(key="findings", type="long_text", label="检查发现问题", required=True),
        FieldSchema(key="remarks", type="long_text", label="备注"),
    ),
)


def people(owner: Unit) -> tuple[list[tuple[Unit, User]], User]:
    """Eight units with a reporter each, and who collects from them."""
    reporters = []
    for number in range(CLIENTS):
        unit = Unit.add_root(name=f"{DISTRICTS[number]}民政局")
        user = User.objects.create(username=f"reporter{number}", name=f"填报人{number}")
        Membership.objects.create(user=user, unit=unit, role=Role.REPORTER)
        reporters.append((unit, user))
    coordinator = User.objects.create(username="coordinator", name="协调员")
    Membership.objects.create(user=coordinator, unit=owner, role=Role.COORDINATOR)
    return reporters, coordinator


def session(user: User) -> str:
    """A signed-in session's cookie."""
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store.create()
    return str(store.session_key)


def periods(requirement: Requirement, version: FormVersion, count: int) -> list[ReportingPeriod]:
    """Days that are due in ten days."""
    now = timezone.now()
    made = ReportingPeriod.objects.bulk_create(
        ReportingPeriod(
            requirement=requirement,
            name=f"第{number + 1}日",
            opens_at=now - datetime.timedelta(days=10),
            due_at=now + datetime.timedelta(days=10),
            version=version,
        )
        for number in range(count)
    )
    return list(made)


SENT_SQL = """
WITH made AS (
    INSERT INTO submissions_submission (
        expected_id, form_version_id, state, answers, revision, reason, nil_note, updated_by_id, updated_at,
        created_at, seconds_spent, first_sent_at, sent_at
    )
    SELECT e.id, %(version)s, 'accepted', x.answers, 1, '', '', %(user)s, x.at, x.at, 60, x.at, x.at
    FROM unnest(%(numbers)s::bigint[], %(answers)s::jsonb[], %(instants)s::timestamptz[]) x (id, answers, at)
    JOIN collection_expectedreport e ON e.id = x.id
    RETURNING expected_id, answers, sent_at
), kept AS (
    INSERT INTO submissions_submissionversion (
        submission_id, number, answers, form_version_id, key, nil_note, receipt_number, content_hash, late,
        sent_by_id, sent_at
    )
    SELECT expected_id, 1, answers, %(version)s, gen_random_uuid(), '', lpad(expected_id::text, 16, '0'),
           md5(expected_id::text), false, %(user)s, sent_at
    FROM made
    RETURNING submission_id
)
SELECT count(*) FROM kept
"""
ACCEPTED_SQL = """
UPDATE submissions_submission s SET accepted_version_id = v.id
FROM submissions_submissionversion v WHERE v.submission_id = s.expected_id AND s.state = 'accepted'
"""


def sent(requirement: Requirement, version: FormVersion, units: list[Unit], user: User, count: int) -> None:
    """So many accepted reports, over a year."""
    chance, now = random.Random(count), timezone.now()
    owed = _owed(periods(requirement, version, -(-count // len(units))), units, count)
    with connection.cursor() as cursor:
        for start in range(0, count, 5000):
            numbers = owed[start : start + 5000]
            values: dict[str, Any] = {
                "version": version.pk,
                "user": user.pk,
                "numbers": numbers,
                "answers": [json.dumps(answers(chance), ensure_ascii=False) for _ in numbers],
                "instants": [now - datetime.timedelta(seconds=chance.randrange(365 * 86400)) for _ in numbers],
            }
            cursor.execute(SENT_SQL, values)
        cursor.execute(ACCEPTED_SQL)


def _owed(days: list[ReportingPeriod], units: list[Unit], count: int) -> list[int]:
    owed = (ExpectedReport(period=day, unit=unit) for day in days for unit in units)
    chosen = [one for _, one in zip(range(count), owed, strict=False)]
    return [one.pk for one in ExpectedReport.objects.bulk_create(chosen, batch_size=5000)]


def requirement_of(title: str, form: FormPage, owner: Unit, programme: Programme, units: list[Unit]) -> Requirement:
    """One that is being collected."""
    made = Requirement.objects.create(title=title, form=form, owner=owner, programme=programme, state="open")
    made.units.set(units)
    return made


def fill(open_each: int, sent_count: int) -> dict[str, Any]:
    """Make everything."""
    owner = Unit.add_root(name="市民政局")
    reporters, coordinator = people(owner)
    units = [unit for unit, _ in reporters]
    form = Page.get_first_root_node().add_child(instance=FormPage(title=SCHEMA.title, slug="inspection", live=True))
    version = FormVersion.objects.create(form=form, number=1, schema=SCHEMA.to_json(), digest=SCHEMA.digest())
    programme = Programme.objects.create(title="专项行动", owner=owner)
    wanted = requirement_of("检查结果上报（待报）", form, owner, programme, units)
    _owed(periods(wanted, version, open_each), units, open_each * len(units))
    done = requirement_of("检查结果上报（已报）", form, owner, programme, units)
    if sent_count:
        sent(done, version, units, reporters[0][1], sent_count)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "reporters": [{"session": session(user), "reports": list(_open_of(wanted, unit))} for unit, user in reporters],
        "coordinator": session(coordinator),
        "open": wanted.pk,
        "requirement": done.pk,
    }


def _open_of(requirement: Requirement, unit: Unit) -> Iterator[int]:
    return (
        ExpectedReport.objects.filter(period__requirement=requirement, unit=unit)
        .values_list("pk", flat=True)
        .iterator()
    )


if __name__ == "__main__":
    connection.ensure_connection()
    made = fill(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(made) + "\n")
    assert Submission.objects.count() == int(sys.argv[2])
