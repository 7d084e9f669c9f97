"""Personal and sensitive answers: who reads them is recorded, and the index does not know them."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.files import reference
from forms.submissions.review.services import accept
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from search.finding import breaker
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, attach, report_in, send, sides
from tests.factories.units import person
from tests.integration.search.asking import ask_as, found_by, settle
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db

HIDDEN = {"sensitive": True}
SCHEMA = FormSchema(
    title="个案登记",
    fields=(
        FieldSchema(key="summary", type="text", label="情况"),
        FieldSchema(key="file", type="text", label="档案号"),
        FieldSchema(key="identity", type="text", label="身份证号", options=HIDDEN),
        FieldSchema(key="open-files", type="file", label="通知"),
        FieldSchema(key="scans", type="file", label="证件扫描件", options=HIDDEN),
        FieldSchema(
            key="people",
            type="table",
            label="人员",
            columns=(
                FieldSchema(key="who", type="text", label="称呼"),
                FieldSchema(key="photo", type="file", label="照片", options=HIDDEN),
                FieldSchema(key="home", type="text", label="住址", options=HIDDEN),
            ),
        ),
        FieldSchema(
            key="relatives",
            type="table",
            label="亲属",
            options=HIDDEN,
            columns=(FieldSchema(key="name", type="text", label="姓名"),),
        ),
    ),
)


@pytest.fixture(autouse=True)
def _empty_index(settings: Settings, tmp_path: Path) -> None:
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    breaker.cache_clear()


def expected() -> ExpectedReport:
    """A report that asks for sensitive data."""
    requirement = RequirementFactory(form=published_form(SCHEMA))
    return ExpectedReportFactory.create(period=PeriodFactory(requirement=requirement))


def sent() -> Sides:
    """Such a report, sent with files in every place."""
    found = sides(expected())
    open_file = attach(found, "公开通知.txt", "街面巡查安排".encode())
    scan = attach(found, "证件扫描.txt", "身份证扫描内容".encode())
    photo = attach(found, "人员照片.txt", "人员照片内容".encode())
    answers = {
        "summary": "已护送返乡",
        "file": "甲字第七号",
        "identity": "460200199001011234",
        "open-files": [reference(open_file)],
        "scans": [reference(scan)],
        "people": [{"who": "老李", "photo": [reference(photo)], "home": "月牙巷十二户"}],
        "relatives": [{"name": "欧阳望舒"}],
    }
    send(found, answers)
    return found


def test_whoever_reads_another_units_sensitive_report_is_recorded_once_a_view_without_the_answers() -> None:
    found = sent()
    address = reverse("submissions:detail", args=[found.expected.pk])
    reader = browser(found.coordinator)
    reader.get(address)
    reader.get(address, {"version": "1"})
    events = AuditEvent.objects.filter(action=AuditAction.VIEW_SENSITIVE)
    assert [(event.user, event.target_id, event.details) for event in events] == [
        (found.coordinator, str(found.expected.pk), {"version": 1})
    ] * 2
    assert "4602" not in str(AuditEvent.objects.values_list("details", "summary", "target_label"))


def test_the_unit_itself_reads_its_report_and_others_read_harmless_ones_unrecorded() -> None:
    found = sent()
    browser(found.reporter).get(reverse("submissions:detail", args=[found.expected.pk]))
    harmless = sides()
    send(harmless)
    browser(harmless.coordinator).get(reverse("submissions:detail", args=[harmless.expected.pk]))
    assert not AuditEvent.objects.filter(action=AuditAction.VIEW_SENSITIVE).exists()


def test_a_refused_view_is_no_view() -> None:
    found = sent()
    stranger = browser(person(Role.COORDINATOR))
    assert stranger.get(reverse("submissions:detail", args=[found.expected.pk])).status_code == 404
    assert not AuditEvent.objects.filter(action=AuditAction.VIEW_SENSITIVE).exists()


def test_neither_sensitive_answers_nor_sensitive_files_are_found_and_the_others_are() -> None:
    found = sent()
    accept(user=found.coordinator, submission=found.report, version=1)
    settle()
    for words in ("460200199001011234", "身份证扫描内容", "证件扫描", "人员照片内容", "月牙巷", "欧阳望舒"):
        assert found_by(found.coordinator, f"“{words}”") == [], words
    assert found_by(found.coordinator, "“街面巡查安排”") == ["公开通知.txt"]
    assert found_by(found.coordinator, "已护送返乡") != []
    (row,) = ask_as(found.coordinator, "“老李”").hits
    assert (row.label, "".join(piece.text for piece in row.passage)) == ("1 · 人员", "称呼：老李")


def test_a_question_with_the_key_file_hides_no_file_from_its_reviewers() -> None:
    found = sent()
    assert found.report.versions.get().files.count() == 3


def test_a_number_typed_into_a_text_is_not_taken_for_a_file() -> None:
    other = attach(sides())
    found = sides(expected())
    send(found, {"summary": "x", "file": str(other.pk)})
    assert found.report.versions.get().files.count() == 0


def test_every_way_out_of_a_report_knows_the_same_state(client: object) -> None:
    """What a stranger is answered does not tell whether there is a report."""
    stranger = browser(person(Role.REPORTER))
    begun = report_in("draft").expected.pk  # type: ignore[arg-type]
    untouched = ExpectedReportFactory.create().pk
    nothing = 9_999_999
    for name, ask in (
        ("detail", stranger.get),
        ("fill", stranger.get),
        ("accept", stranger.post),
        ("return", stranger.post),
    ):
        answers = {ask(reverse(f"submissions:{name}", args=[pk])).status_code for pk in (begun, untouched, nothing)}
        assert answers == {404}, name
