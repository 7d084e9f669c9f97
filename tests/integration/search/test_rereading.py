"""Files of reports that a former version of the portal could not read are found once this one has read them."""

import datetime

import pytest

from forms.submissions.files import reference
from forms.submissions.models import SubmissionFile
from forms.submissions.review.services import accept
from portal.media.extraction import READER
from portal.media.models import FileText
from search.rereading import read_again
from tests.factories.collection import ANSWERS, ExpectedReportFactory
from tests.factories.submissions import Sides, attach, send, send_with_file, sides
from tests.integration.search.asking import found_by, settle

pytestmark = pytest.mark.django_db

NIGHT = datetime.datetime(2026, 3, 3, 18, tzinfo=datetime.UTC)
"""Two o'clock in Beijing."""


def _accepted(text: str) -> tuple[Sides, SubmissionFile]:
    """An accepted report with a file that the portal of some time ago called unsupported."""
    found = sides(ExpectedReportFactory())
    kept = attach(found, "附件.txt", text.encode())
    send(found, ANSWERS | {"evidence": [reference(kept)]})
    accept(user=found.coordinator, submission=found.report, version=1)
    settle()
    for known in FileText.objects.all():
        known.text, known.error, known.reader = "", "unsupported", 0
        known.save()
    settle()
    return found, kept


def test_by_night_the_words_of_a_file_are_found_that_a_former_reader_gave_up_on() -> None:
    found, kept = _accepted("消防通道堵塞")
    assert kept.name not in found_by(found.reporter, "消防通道堵塞")
    assert read_again(NIGHT + datetime.timedelta(hours=8)) == 0
    assert read_again(NIGHT) == 1
    settle()
    assert kept.name in found_by(found.reporter, "消防通道堵塞")
    assert FileText.objects.get().reader == READER
    assert read_again(NIGHT) == 0


def test_one_turn_takes_a_few_and_a_file_that_is_gone_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.media.rereading.MOST_AT_ONCE", 1)
    reports = {text: _accepted(text) for text in ("消防通道堵塞", "电线老化")}
    (_, (_found, gone)), (text, (found, kept)) = sorted(reports.items(), key=lambda one: one[1][1].sha256)
    gone.file.delete(save=False)
    turns = []
    for _night in range(3):
        turns.append(read_again(NIGHT))
        settle()
    assert turns == [1, 1, 0]
    assert kept.name in found_by(found.reporter, text)


def test_what_belongs_to_no_accepted_report_waits_until_one_is_accepted() -> None:
    found = sides(ExpectedReportFactory())
    kept = send_with_file(found)
    FileText.objects.create(sha256=kept.sha256, error="unsupported", reader=0)
    assert read_again(NIGHT) == 0
    accept(user=found.coordinator, submission=found.report, version=1)
    settle()
    assert kept.name in found_by(found.reporter, "街面巡查")
