"""Files of accepted reports: found by whoever finds the report, those that answer sensitive questions aside."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse

from forms.builder.rendering import sensitive_files
from forms.collection.enums import ReportState
from forms.submissions.models import Submission, SubmissionFile
from portal.media.texts import texts_of
from search.documents import SearchDocument, object_id
from search.kinds import ATTACHMENT
from search.parts import parts_of_file, with_parts
from search.sources.base import Thing
from search.sources.reports import particulars

if TYPE_CHECKING:
    from portal.accounts.models import User


class ReportFileSource:
    """Files of the accepted version of a report."""

    name, model = "report-file", SubmissionFile

    def all_pks(self) -> Iterable[Any]:
        """Files of accepted versions."""
        return self._accepted().order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """One document a file; its text is there once it has been extracted."""
        files = list(
            self._accepted()
            .filter(pk__in=pks)
            .select_related(
                "submission__expected__unit",
                "submission__expected__period__requirement__form",
                "submission__expected__period__requirement__programme",
                "submission__expected__period__requirement__task__action",
                "submission__accepted_version__form_version",
            )
            .prefetch_related("submission__expected__unit__aliases")
        )
        texts = texts_of([file.sha256 for file in files])
        for file in files:
            report = file.submission
            if str(file.pk) in self._kept_out(report):
                continue
            values = particulars(report)
            values["shown"]["parent"] = str(report.expected.period.requirement)
            values["shown"]["parent_url"] = reverse("submissions:detail", args=[report.pk])
            text = texts.get(file.sha256, "")
            parts = parts_of_file(file.name, text)
            whole = SearchDocument(
                object_id=object_id(self.name, file.pk),
                kind=ATTACHMENT,
                title=file.name,
                url=reverse("submissions:file", args=[file.pk]),
                body="" if parts else text,
                **values,
            )
            yield from with_parts(whole, parts)

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """Nothing follows."""
        return ()

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Files of accepted versions of reports that the person may see; what is sensitive is in nobody's audience."""
        readable = Submission.objects.visible_to(user)
        return self._accepted().filter(pk__in=pks, submission__in=readable).values_list("pk", flat=True)

    @staticmethod
    def _kept_out(report: Submission) -> frozenset[str]:
        version = report.accepted_version
        return sensitive_files(version.form_version.form_schema, version.answers) if version else frozenset()

    def _accepted(self) -> Any:
        return SubmissionFile.objects.filter(
            submission__state=ReportState.ACCEPTED, versions=F("submission__accepted_version")
        )
