"""A form with pages: saved page by page, checked and sent as a whole."""

import re
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from forms.builder.schema import FormSchema, RuleSchema
from forms.collection.enums import ReportState
from forms.submissions.models import SubmissionVersion
from tests.factories.builder import question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, sides

pytestmark = pytest.mark.django_db

HAS_PROBLEMS = {"show": {"===": [{"var": "answers.found"}, True]}}

FORM = FormSchema(
    "安全检查",
    fields=(
        question("section", "s", "基本情况"),
        question("text", "place", "被检查机构", required=True),
        question("yes_no", "found", "是否发现问题", required=True),
        question("number", "people", "在站人数"),
        question("page_break", "b2", "问题与整改", logic=HAS_PROBLEMS),
        table_of(question("text", "what", "问题", required=True), key="list", label="问题清单", min_rows=1),
        question("page_break", "b3", "意见"),
        question("long_text", "view", "领导意见", required=True),
        question("number", "beds", "床位数"),
    ),
    rules=(
        RuleSchema(
            "full", "people", {"<=": [{"var": "answers.people"}, {"var": "answers.beds"}]}, "人多于床。", "warning"
        ),
    ),
)


@pytest.fixture
def found() -> Sides:
    """A report to be filled in on such a form."""
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=published_form(FORM)))
    return sides(ExpectedReportFactory.create(period=period))


class Reporter:
    """A browser that remembers the revision and the page, as the page itself does."""

    def __init__(self, found: Sides) -> None:
        self.client = Client()
        self.client.force_login(found.reporter)
        self.url = reverse("submissions:fill", args=[found.expected.pk])

    def look(self, page: int | None = None, *, check: bool = False) -> Any:
        """Open a page."""
        asked = {} if page is None else {"page": page, **({"check": 1} if check else {})}
        return self.client.get(self.url, asked)

    def post(self, page: int, action: str, **typed: Any) -> Any:
        """Fill in what is given on a page and press a button."""
        revision = self.look(0).context["revision"]
        carried = {"key": uuid.uuid4(), "revision": revision, "page": page, "action": action}
        return self.client.post(self.url, {**carried, **typed})


def rows(*what: str) -> dict[str, str]:
    """What the table's inputs send."""
    cells = {f"list.{number}.what": text for number, text in enumerate(what)}
    return {"list.-TOTAL_FORMS": str(len(what)), "list.-INITIAL_FORMS": "0", **cells}


def shown_page(response: HttpResponse) -> int:
    """The page that a redirect leads to."""
    found = re.search(r"page=(\d+)", response["Location"])
    assert found, response["Location"]
    return int(found[1])


def titles(response: Any) -> list[tuple[int, str, str]]:
    """The way through the form: position, title, status."""
    return [(step.position, step.part.title, step.status) for step in response.context["paging"].steps]


def test_the_first_page_comes_first_and_asks_only_its_own_questions(found: Sides) -> None:
    shown = Reporter(found).look()
    text = shown.content.decode()
    assert shown.context["page"] == 1
    assert "被检查机构" in text
    assert "领导意见" not in text
    assert titles(shown) == [(1, "基本情况", "blank"), (2, "意见", "blank")]


def test_a_page_is_saved_alone_and_the_others_stay(found: Sides) -> None:
    reporter = Reporter(found)
    assert shown_page(reporter.post(3, "back", view="同意")) == 1
    assert shown_page(reporter.post(1, "next", place="救助站", found="no")) == 3
    assert found.report.answers == {"place": "救助站", "found": False, "view": "同意"}
    reporter.post(1, "save", place="", found="no")
    assert found.report.answers == {"found": False, "view": "同意"}


def test_going_on_says_what_is_wrong_first_and_keeps_what_was_typed(found: Sides) -> None:
    reporter = Reporter(found)
    response = reporter.post(1, "next", place="救助站", people="一百")
    assert response.status_code == 422
    assert [fault.path for fault in response.context["form"].faults()] == ["found", "people"]
    assert found.report.answers == {"place": "救助站", "people": "一百"}


@pytest.mark.parametrize(("action", "page"), [("back", 1), ("page-3", 3), ("page-0", 0), ("save", 1), ("page-9x", 1)])
def test_every_other_way_out_of_a_page_asks_nothing_and_saves(found: Sides, action: str, page: int) -> None:
    response = Reporter(found).post(1, action, people="一百")
    assert shown_page(response) == page
    assert found.report.answers == {"people": "一百"}


def test_pages_that_are_not_asked_are_passed_over(found: Sides) -> None:
    reporter = Reporter(found)
    assert shown_page(reporter.post(1, "next", place="站", found="yes")) == 2
    assert [title for _position, title, _status in titles(reporter.look(2))] == ["基本情况", "问题与整改", "意见"]
    assert shown_page(reporter.post(1, "next", place="站", found="no")) == 3
    assert shown_page(reporter.post(3, "next", view="同意")) == 0
    assert reporter.look(3).context["page_before"] == 1


def test_a_page_that_is_not_asked_leads_to_the_next(found: Sides) -> None:
    assert shown_page(Reporter(found).look(2)) == 3


def test_the_way_shows_how_far_each_page_is(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "page-2", place="站", found="yes")
    reporter.post(2, "page-3", **rows(""))
    reporter.post(3, "page-1", beds="十")
    assert [status for _position, _title, status in titles(reporter.look(1))] == ["complete", "blank", "wrong"]


def test_the_summary_shows_all_answers_in_words_and_leads_to_what_is_wrong(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "page-0", place="救助站", found="yes", people="5")
    shown = reporter.look(0)
    text = shown.content.decode()
    assert "救助站" in text
    assert 'href="?page=2&amp;check=1#id_list"' in text
    assert 'href="?page=3&amp;check=1#id_view"' in text
    assert [one.page for one in shown.context["paging"].faults] == [2, 3]


def test_a_page_opened_from_the_summary_says_what_is_wrong_on_it(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "page-0", place="", found="yes", people="一百")
    checked, plain = reporter.look(1, check=True), reporter.look(1)
    assert "question-error" in checked.content.decode()
    assert [fault.anchor for fault in checked.context["form"].faults()] == ["id_place", "id_people"]
    assert "question-error" not in plain.content.decode()


def test_nothing_incomplete_is_sent_from_the_summary(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "next", place="救助站", found="no")
    response = reporter.post(0, "submit")
    assert response.status_code == 422
    assert found.report.state == ReportState.DRAFT
    assert [one.fault.path for one in response.context["paging"].faults] == ["view"]


def test_a_warning_across_pages_is_explained_on_its_page_and_read_on_the_summary(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "page-3", place="站", found="no", people="12")
    reporter.post(3, "page-0", view="同意", beds="10")
    assert [one.fault.anchor for one in reporter.look(0).context["paging"].faults] == ["id_.reasons.full"]
    answered = {"place": "站", "found": "no", "people": "12"}
    reporter.post(1, "page-3", **answered, **{".reasons.full": "临时加床"})
    reporter.post(3, "page-0", view="同意", beds="10")
    shown = reporter.look(0)
    assert not shown.context["paging"].faults
    assert "临时加床" in shown.content.decode()
    assert reporter.post(0, "submit").status_code == 302
    assert SubmissionVersion.objects.get().answers[".reasons"] == {"full": "临时加床"}


def test_what_is_sent_leaves_out_pages_that_are_not_asked(found: Sides) -> None:
    reporter = Reporter(found)
    reporter.post(1, "next", place="站", found="yes")
    reporter.post(2, "next", **rows("通道堵塞"))
    reporter.post(3, "next", view="同意")
    reporter.post(1, "page-0", place="站", found="no")
    assert found.report.answers["list"] == [{"what": "通道堵塞"}]
    assert reporter.post(0, "submit").status_code == 302
    assert SubmissionVersion.objects.get().answers == {"place": "站", "found": False, "view": "同意"}


def test_the_whole_form_may_still_be_posted_at_once(found: Sides) -> None:
    reporter = Reporter(found)
    everything = {"place": "站", "found": "yes", "view": "同意", **rows("漏电")}
    carried = {"key": uuid.uuid4(), "revision": 0, "action": "submit"}
    assert reporter.client.post(reporter.url, {**carried, **everything}).status_code == 302
    assert SubmissionVersion.objects.get().answers["list"] == [{"what": "漏电"}]


def test_a_page_that_does_not_exist_is_the_summary(found: Sides) -> None:
    reporter = Reporter(found)
    assert reporter.look(77).context["page"] == 0
    assert reporter.client.get(reporter.url, {"page": "x" * 50}).context["page"] == 1


def test_somebody_elses_saving_of_another_page_is_shown_and_nothing_is_lost(found: Sides) -> None:
    reporter = Reporter(found)
    old = reporter.look(1).context["revision"]
    reporter.post(3, "save", view="同意")
    data = {"key": uuid.uuid4(), "revision": old, "page": 1, "action": "next", "place": "站", "found": "no"}
    response = reporter.client.post(reporter.url, data)
    assert response.status_code == 409
    assert "站" in response.content.decode()
    data["revision"] = response.context["revision"]
    assert reporter.client.post(reporter.url, data | {"action": "save"}).status_code == 302
    assert found.report.answers == {"place": "站", "found": False, "view": "同意"}
