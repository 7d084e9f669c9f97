"""Files in the private storage that nothing names."""

import os
import time
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import storages

from forms.collection.enums import ReportState
from forms.submissions.bin.services import bin_report
from forms.submissions.loose import KEEP, remove_loose_files
from forms.submissions.models import SubmissionFile
from tests.factories.submissions import attach, report_in, send_with_file, sides
from tests.integration.forms.submissions.test_filling import browser
from tests.integration.forms.submissions.test_uploads import announce, more

pytestmark = pytest.mark.django_db


def lying(name: str) -> Path:
    """A file that has lain there for longer than any step takes."""
    path = Path(storages["private"].path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return aged(path)


def aged(path: Path) -> Path:
    """The file, older."""
    then = time.time() - 2 * KEEP.total_seconds()
    os.utime(path, (then, then))
    return path


def lying_in_uploads() -> set[Path]:
    """Every piece that lies there: other tests may have left some of theirs."""
    return {path for path in Path(storages["private"].path("uploads")).rglob("*") if path.is_file()}


def test_what_killed_processes_left_behind_goes_and_what_belongs_to_something_stays() -> None:
    found, number = sides(), uuid.uuid4().hex
    pictures = [lying(f"reports/{number[:2]}/{number}{end}") for end in ("", ".shown.jpg", ".thumbnail.jpg")]
    piece, odd = lying(f"uploads/{number[:2]}/{number}/{uuid.uuid4().hex}"), lying("reports/zz/odd")
    elsewhere = lying("plans/2026/11/plan.docx")
    fresh = lying(f"reports/{number[:2]}/{number}_fresh")
    os.utime(fresh)
    kept = aged(Path(attach(found).file.path))
    before, client = lying_in_uploads(), browser(found.reporter)
    arriving = announce(client, found, "情况.txt", 10, asked="evidence")["Location"]
    more(client, arriving, 0, b"01234")
    pieces = {aged(path) for path in lying_in_uploads() - before}
    assert remove_loose_files() >= 5
    assert not any(path.exists() for path in (*pictures, piece, odd))
    assert len(pieces) >= 1
    assert all(path.exists() for path in (kept, fresh, elsewhere, *pieces))
    assert remove_loose_files() == 0


def test_files_of_what_lies_in_the_bin_stay() -> None:
    found = report_in(ReportState.DRAFT)
    send_with_file(sent := sides())
    path = aged(Path(SubmissionFile.objects.get(submission=sent.report).file.path))
    bin_report(user=sent.coordinator, submission=sent.report, version=1, reason="误报")
    assert not SubmissionFile.objects.exists()
    remove_loose_files()
    assert path.exists()
    assert found.report.state == ReportState.DRAFT
