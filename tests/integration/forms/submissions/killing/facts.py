"""What is there in the end, told without numbers and instants, so that reports can be compared."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from forms.exchange.hooks.models import HookMessage
from forms.submissions.models import SubmissionFile, private_storage
from forms.submissions.review.models import Examination
from forms.submissions.uploads.models import Upload, UploadPiece
from portal.audit.models import AuditEvent
from portal.notifications.models import Delivery, Notification
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.schema import Tables, read
from tests.integration.forms.submissions.killing.world import Case


def facts_of(case: Case, mails: Counter[str], heard: Counter[str], found: Counter[str]) -> dict[str, Any]:
    """Everything that a step may have left, each with how often."""
    report, names = case.report, {user.pk: name for name, user in case.people.items()}
    versions = list(report.versions.order_by("number"))
    told = Notification.objects.filter(recipient__in=names).values_list("recipient", "kind")
    messages = HookMessage.objects.filter(payload__report__id=case.number).order_by("created_at", "pk")
    deliveries = Delivery.objects.filter(notification__recipient__in=names).values_list("state", flat=True)
    files = SubmissionFile.objects.filter(submission=report)
    audited = AuditEvent.objects.filter(target_type="submissions.submission", target_id=str(case.number))
    return {
        "state": report.state,
        "answers": {key: value for key, value in report.answers.items() if key != "evidence"},
        "nil": report.nil_note,
        "revision": report.revision,
        "events": list(report.events.order_by("pk").values_list("step", flat=True)),
        "versions": [[one.number, len(one.answers.get("evidence", [])), one.files.count()] for one in versions],
        "logged": dict(Counter(f"{one.action} {one.summary}".strip() for one in audited)),
        "told": dict(Counter(f"{names[pk]} {kind}" for pk, kind in told)),
        "mails": {name: mails[user.email] for name, user in case.people.items() if mails[user.email]},
        "unsure": sum(one == "unknown" for one in deliveries),
        "hooks": [[one.event, one.state, heard[str(one.pk)]] for one in messages],
        "found": [found[f"report:{case.number}"], sum(found[f"report-file:{one.pk}"] for one in files)],
        "examined": Examination.objects.filter(version__in=versions).count(),
        "files": [[one.name, _stored(one)] for one in files],
        "uploads": [Upload.objects.filter(submission=report).count(), UploadPiece.objects.count()],
    }


def _stored(kept: SubmissionFile) -> bool:
    """Whether its content is there, all of it."""
    return private_storage().size(kept.file.name or "") == kept.size


def mails_sent() -> Counter[str]:
    """Mails by address."""
    texts = [path.read_text(encoding="utf-8") for path in Path(str(vars(settings)["EMAIL_FILE_PATH"])).iterdir()]
    lines = [line for text in texts for line in text.splitlines() if line.startswith("To: ")]
    return Counter(line.removeprefix("To: ") for line in lines)


def documents_found() -> Counter[str]:
    """Documents in the index by what they are of; files whose text is in it."""
    engine = EmbeddedEngine(settings.PORTAL_SEARCH_EMBEDDED_PATH)
    with engine._open() as connection:
        tables = Tables(read(connection, "current"))
        whole = "object_id NOT LIKE 'report-file:%' OR body <> ''"
        rows = connection.execute(f"SELECT object_id FROM {tables.documents} WHERE {whole}")
        return Counter(one for (one,) in rows)


def files_of_nobody() -> int:
    """Files in the private storage that no row names."""
    rows = (SubmissionFile.objects.values_list("file", flat=True), UploadPiece.objects.values_list("file", flat=True))
    named = {name for names in rows for name in names}
    root = Path(settings.PRIVATE_ROOT)
    return sum(path.is_file() and str(path.relative_to(root)) not in named for path in root.rglob("*"))


def unfinished_tasks() -> dict[str, int]:
    """Tasks that were not done, by name."""
    return dict(Counter(f"{one.task_path} {one.status}" for one in DBTaskResult.objects.exclude(status="SUCCESSFUL")))
