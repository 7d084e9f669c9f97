"""Reports in the Wagtail admin about what is asked: counted by the question, filtered by time and public."""

from typing import Any, ClassVar
from urllib.parse import urlencode

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from search.learning.models import AskedQuestion
from search.learning.permissions import may_read_questions
from search.learning.querysets import QuestionQuerySet
from search.tuning.permissions import may_tune_search

EMPTY = "—"
HEADINGS: dict[str, Promise] = {
    "question": pgettext_lazy("search", "Question"),
    "times": _("Times asked"),
    "corrected": _("Times answered as probably meant"),
    "askers": _("Different askers a day"),
    "results": _("Results on average"),
    "opened": _("Share with a result opened"),
    "position": _("Place opened on average"),
    "last_asked": _("Last asked"),
}
PEOPLE = (("signed-in", pgettext_lazy("search", "Signed in")), ("public", _("The public")))


def _judge(row: dict[str, Any]) -> str:
    return f"{reverse('search_judgements:add')}?{urlencode({'question': row['question']})}"


JUDGE = TitleColumn("judge", label=_("Judged questions"), accessor=lambda row: gettext("Add to a list"), get_url=_judge)
"""For administrators: the question becomes a judged one, with what was opened after it proposed."""


class QuestionFilter(WagtailFilterSet):
    """When it was asked, and whether by the public."""

    asked_at = django_filters.DateFromToRangeFilter(label=_("Asked between"), widget=DateRangePickerWidget)
    people = django_filters.ChoiceFilter(
        label=pgettext_lazy("search", "Asked by"), choices=PEOPLE, method="by_people", empty_label=_("All")
    )

    class Meta:
        model = AskedQuestion
        fields: ClassVar[list[str]] = []

    def by_people(self, rows: QuestionQuerySet, name: str, value: str) -> QuestionQuerySet:
        """Questions of people signed in, or of the public."""
        return rows.filter(is_signed_in=value == "signed-in")


class QuestionReport(ReportView):
    """Most asked questions. One query counts the rows and one reads a page of them, however long the log."""

    model = AskedQuestion
    filterset_class = QuestionFilter
    page_title = _("Most asked")
    header_icon = "search"
    index_url_name = "search_learning:asked"
    index_results_url_name = "search_learning:asked_results"
    verbose_name_plural = _("questions asked")
    export_filename = "searches-asked"
    list_export: ClassVar[list[str]] = list(HEADINGS)
    export_headings = HEADINGS
    shown: tuple[str, ...] = tuple(HEADINGS)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For editors of the library and administrators."""
        if not may_read_questions(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def columns(self) -> list[Column]:
        """Those of the report, each of which can be sorted by."""
        columns = [
            Column(
                name,
                label=HEADINGS[name],
                accessor=_shown(name),
                sort_key=None if name == "question" else name,
            )
            for name in self.shown
        ]
        return [*columns, JUDGE] if may_tune_search(self.request.user) else columns

    def get_filtered_queryset(self) -> QuestionQuerySet:
        """The log as filtered, counted by the question."""
        rows = AskedQuestion.objects.visible_to(self.request.user)
        rows = self.narrowed(self.filter_queryset(rows).by_question())
        return rows.order_by(self.ordering, "key") if self.ordering else rows

    def narrowed(self, rows: QuestionQuerySet) -> QuestionQuerySet:
        """Those that the report is about."""
        return rows


class NothingFoundReport(QuestionReport):
    """Questions that never had a result."""

    page_title = _("Found nothing")
    header_icon = "warning"
    index_url_name = "search_learning:nothing"
    index_results_url_name = "search_learning:nothing_results"
    export_filename = "searches-found-nothing"
    shown = ("question", "times", "askers", "last_asked")
    list_export: ClassVar[list[str]] = list(shown)

    def narrowed(self, rows: QuestionQuerySet) -> QuestionQuerySet:
        """Without any result."""
        return rows.found_nothing()


class NothingOpenedReport(QuestionReport):
    """Questions that were asked again and had results, of which nobody opened any."""

    page_title = _("Nobody opened anything")
    header_icon = "view"
    index_url_name = "search_learning:unopened"
    index_results_url_name = "search_learning:unopened_results"
    export_filename = "searches-not-opened"
    shown = ("question", "times", "askers", "results", "last_asked")
    list_export: ClassVar[list[str]] = list(shown)

    def narrowed(self, rows: QuestionQuerySet) -> QuestionQuerySet:
        """With results and without a click."""
        return rows.opened_nothing()


def _shown(name: str) -> Any:
    def shown(row: dict[str, Any]) -> str:
        value = row[name]
        if value is None:
            return EMPTY
        if name == "last_asked":
            return date_format(timezone.localtime(value), "Y-m-d H:i")
        if name == "opened":
            return f"{number_format(round(100 * value), 0)} %"
        return number_format(round(value, 1), 1) if name in {"results", "position"} else str(value)

    return shown


REPORTS: tuple[tuple[str, type[QuestionReport], Promise], ...] = (
    ("asked", QuestionReport, pgettext_lazy("report", "Searches: most asked")),
    ("nothing", NothingFoundReport, pgettext_lazy("report", "Searches: found nothing")),
    ("unopened", NothingOpenedReport, pgettext_lazy("report", "Searches: nothing opened")),
)
