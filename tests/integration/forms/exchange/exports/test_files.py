"""What stands in the files."""

import datetime
import io
import uuid
import zipfile
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from forms.collection.enums import ReportState
from forms.collection.waiving import waive
from forms.exchange.exports.enums import Content, ExportFormat, ExportState, Values
from forms.submissions.models import SubmissionVersion
from forms.submissions.nil import report_nothing
from forms.submissions.review.services import accept
from tests.factories.collection import publish_version
from tests.factories.exports import FLAT, collected, content_of, csv_rows, document_of, made, sheets_of
from tests.factories.submissions import report_in

pytestmark = pytest.mark.django_db
TABLE = {"summary": "开展巡查。", "people": 12, "problems": [{"what": "占道"}, {"what": "=HYPERLINK(1)"}]}


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    export = made(found.coordinator, found.requirement)
    assert export.state == ExportState.DONE
    assert export.file.endswith(".csv")
    assert content_of(export).startswith("\ufeff".encode())
    (row,) = csv_rows(export)
    assert row["报送单位"] == str(found.reports["accepted"].expected.unit)
    assert (row["本期工作开展情况"], row["救助人次"], row["状态"]) == ("accepted 情况", "5", "审核通过")


def test_with_tables_a_csv_is_a_zip_with_a_file_for_each() -> None:
    found = collected()
    report_in(ReportState.SUBMITTED, found.reports["missing"].expected, TABLE)
    export = made(found.coordinator, found.requirement, content=Content.SENT)
    with zipfile.ZipFile(io.BytesIO(content_of(export))) as archive:
        assert archive.namelist() == ["报送.csv", "问题清单.csv", "导出说明.txt"]
        lines = archive.read("问题清单.csv").decode("utf-8-sig").splitlines()
        assert found.requirement.title in archive.read("导出说明.txt").decode("utf-8-sig")
    number = str(found.reports["missing"].expected.pk)
    assert [line.split(",")[0] for line in lines[1:]] == [number, number]
    assert "'=HYPERLINK(1)" in lines[2]


def test_a_workbook_has_its_description_its_reports_its_tables_and_its_questions() -> None:
    found = collected()
    report = report_in(ReportState.ACCEPTED, found.reports["missing"].expected, TABLE)
    export = made(found.coordinator, found.requirement, ExportFormat.XLSX)
    sheets = sheets_of(export)
    assert list(sheets) == ["说明", "报送", "问题清单", "填报项"]
    about = dict(row[:2] for row in sheets["说明"])
    assert about["报送要求"] == found.requirement.title
    assert about["行数"] == 1
    assert "北京时间" in about["统计时点"]
    head, row = sheets["报送"]
    sent_at = row[head.index("报送时间")]
    version = SubmissionVersion.objects.get(submission=report.report)
    assert sent_at == timezone.localtime(version.sent_at).replace(tzinfo=None, microsecond=0)
    assert row[head.index("回执编号")] == version.receipt
    assert [line[-2:] for line in sheets["问题清单"][1:]] == [["占道", None], ["'=HYPERLINK(1)", None]]
    assert ["报送", "救助人次", "people", "小数"] in [line[:4] for line in sheets["填报项"]]


def test_json_holds_tables_inside_their_report_and_instants_with_their_offset() -> None:
    found = collected()
    report_in(ReportState.ACCEPTED, found.reports["missing"].expected, TABLE)
    document = document_of(made(found.coordinator, found.requirement, ExportFormat.JSON, values=Values.CODES))
    (report,) = document["reports"]
    assert report["answers"] == TABLE
    assert report["state"] == "accepted"
    assert datetime.datetime.fromisoformat(report["sent_at"]).utcoffset() == datetime.timedelta(hours=8)
    assert [one["key"] for one in document["questions"]] == ["summary", "people", "evidence"]
    in_words = document_of(made(found.coordinator, found.requirement, ExportFormat.JSON))
    assert in_words["reports"][0]["answers"]["problems"][0]["what"] == "占道"


def test_nil_reports_waived_and_missing_ones_are_shown_as_such() -> None:
    found = collected(ReportState.ACCEPTED, ReportState.DRAFT, ReportState.RETURNED)
    found.requirement.allows_nil = True
    found.requirement.save()
    nil, coordinator = found.reports["missing"], found.coordinator
    sent = report_nothing(
        user=nil.reporter, expected=nil.expected, note="本期无此类情况。", revision=0, key=uuid.uuid4()
    )
    accept(user=coordinator, submission=sent, version=1)
    waive(user=coordinator, expected=found.reports["draft"].expected, reason="机构合并")
    rows = {row["报送单位"]: row for row in csv_rows(made(coordinator, found.requirement, missing=True))}
    assert len(rows) == 4
    row = rows[str(nil.expected.unit)]
    assert (row["行类型"], row["备注"], row["救助人次"]) == ("无事项报送", "本期无此类情况。", "")
    row = rows[str(found.reports["draft"].expected.unit)]
    assert (row["行类型"], row["备注"]) == ("已免报", "机构合并")
    row = rows[str(found.reports["returned"].expected.unit)]
    assert (row["行类型"], row["状态"], row["救助人次"]) == ("无可列内容", "退回", "")
    assert rows[str(found.reports["accepted"].expected.unit)]["行类型"] == "已填报"


def test_filters_of_the_list_are_kept() -> None:
    found = collected(ReportState.ACCEPTED, ReportState.SUBMITTED, ReportState.RETURNED)
    coordinator, asked = found.coordinator, found.requirement
    unit = found.reports["submitted"].expected.unit_id
    everything: dict[str, Any] = {"content": Content.SENT, "missing": True}
    assert len(csv_rows(made(coordinator, asked, **everything))) == 4
    assert len(csv_rows(made(coordinator, asked, units=frozenset({unit}), **everything))) == 1
    assert len(csv_rows(made(coordinator, asked, state="returned", **everything))) == 1
    assert len(csv_rows(made(coordinator, asked, periods=frozenset({found.period.pk + 1}), **everything))) == 0


def test_personal_answers_are_left_out_unless_asked_for() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    coordinator = found.coordinator
    plain = made(coordinator, found.requirement, ExportFormat.XLSX)
    assert b"13800000000" not in content_of(made(coordinator, found.requirement))
    assert ["未导出的个人和敏感问题", 1] in sheets_of(plain)["说明"]
    (row,) = csv_rows(made(coordinator, found.requirement, sensitive=True))
    assert row["联系人电话"] == "13800000000"


def test_reports_of_several_versions_stand_under_common_columns() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    form = found.requirement.form
    newer = type(FLAT)(FLAT.title, fields=(*FLAT.fields[:1], *FLAT.fields[2:]))
    version = publish_version(form, newer)
    found.period.version = version
    found.period.save()
    report_in(ReportState.ACCEPTED, found.reports["missing"].expected, {"summary": "新版"})
    rows = csv_rows(made(found.coordinator, found.requirement))
    assert [(row["本期工作开展情况"], row["救助人次"], row["表单版本"]) for row in rows] == [
        ("accepted 情况", "5", "1"),
        ("新版", "", "2"),
    ]


def test_a_file_is_written_in_the_language_of_whoever_asked() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    with override("en"):
        export = made(found.coordinator, found.requirement)
    assert csv_rows(export)[0]["Reporting unit"]
    assert csv_rows(export)[0]["State"] == "Accepted"
