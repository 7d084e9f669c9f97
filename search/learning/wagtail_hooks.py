"""What is learnt from searches, in the Wagtail admin: reports."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.learning.permissions import may_read_questions
from search.learning.reports import REPORTS, QuestionReport


class LibrarianMenuItem(MenuItem):
    """An entry for editors of the library and administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the page answers."""
        return may_read_questions(request.user)


REPORT_URLS = [
    route
    for name, report, _label in REPORTS
    for route in (
        path(f"{name}/", report.as_view(), name=name),
        path(f"{name}/results/", report.as_view(results_only=True), name=f"{name}_results"),
    )
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """The reports."""
    return [path("reports/searches/", include((REPORT_URLS, "search_learning")))]


def _menu_item(name: str, report: type[QuestionReport], label: Promise, order: int) -> Callable[[], MenuItem]:
    def menu_item() -> MenuItem:
        url = reverse_lazy(f"search_learning:{name}")
        return LibrarianMenuItem(label, url, name=f"searches-{name}", icon_name=report.header_icon, order=order)

    return menu_item


for place, (_name, _report, _text) in enumerate(REPORTS):
    hooks.register("register_reports_menu_item", _menu_item(_name, _report, _text, 30 + place))
