"""Drafts that save themselves, as the page's script asks for it."""

import datetime
import json
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.submissions.drafts.merging import NOTHING, digest
from forms.submissions.drafts.parts import bases_of
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.services import save_draft
from forms.submissions.worked import served
from portal.units.enums import Role
from tests.factories.builder import question
from tests.factories.submissions import Sides, asked_for, report_in, sides
from tests.factories.units import person
from tests.integration.forms.submissions.test_filling import address, browser, page

pytestmark = pytest.mark.django_db

EMPTY = digest(NOTHING)


def keep(client: Client, found: Sides, bases: Any = None, **typed: Any) -> Any:
    """What the page's script sends: by default answers to questions that were blank."""
    known = {key.partition(".")[0]: EMPTY for key in typed if not key.startswith(".")} if bases is None else bases
    return client.post(reverse("submissions:autosave", args=[found.expected.pk]), {".base": json.dumps(known), **typed})


def shown_bases(found: Sides) -> dict[str, str]:
    """What a page says that is opened now."""
    report = found.report
    return bases_of(report.form_version.form_schema, report.answers)


def test_what_was_typed_is_kept_and_shown_on_another_machine() -> None:
    found = sides()
    answer = keep(browser(found.reporter), found, summary="刚写了一半").json()
    assert answer["saved"] == ["summary"]
    assert answer["revision"] == 1
    assert answer["at"] == timezone.localtime(found.report.updated_at).strftime("%H:%M:%S")
    assert "刚写了一半" in browser(found.reporter).get(address(found)).content.decode()


def test_only_the_questions_that_are_named_are_touched_and_what_is_not_valid_is_kept_as_typed() -> None:
    found = sides()
    save_draft(user=found.reporter, expected=found.expected, answers={"summary": "原有", "people": 3}, revision=0)
    keep(browser(found.reporter), found, {"people": shown_bases(found)["people"]}, people="十几个", summary="不算")
    assert found.report.answers == {"summary": "原有", "people": "十几个"}


def test_rows_of_a_table_are_kept_as_a_whole() -> None:
    found = sides()
    rows = {"problems.-TOTAL_FORMS": "2", "problems.-INITIAL_FORMS": "0", "problems.0.what": "通道堵塞"}
    keep(browser(found.reporter), found, **rows)
    assert found.report.answers["problems"] == [{"what": "通道堵塞"}]


def test_two_people_at_different_questions_both_keep_what_they_typed() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    keep(browser(found.reporter), found, summary="我写的")
    answer = keep(browser(colleague), found, people="5", revision="0").json()
    assert answer["conflicts"] == []
    assert answer["in_sync"] is False
    assert found.report.answers == {"summary": "我写的", "people": 5}


def test_the_same_question_typed_by_two_is_told_with_both_values_and_neither_is_lost() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    keep(browser(colleague), found, summary="同事写的")
    mine = browser(found.reporter)
    answer = keep(mine, found, summary="我写的", people="5").json()
    (conflict,) = answer["conflicts"]
    assert all(text in conflict["html"] for text in ("同事写的", "我写的", "陈晓芳"))
    assert found.report.answers == {"summary": "同事写的", "people": 5}
    keep(mine, found, {"summary": conflict["base"]}, summary="我写的")
    assert found.report.answers["summary"] == "我写的"


def test_a_request_whose_answer_was_lost_may_be_repeated() -> None:
    found = sides()
    client = browser(found.reporter)
    first, second = (keep(client, found, summary="写了", revision="0").json() for _ in range(2))
    assert second["saved"] == first["saved"]
    assert second["revision"] == first["revision"] == 1
    assert not second["conflicts"]


def test_comparing_writes_nothing_and_shows_what_differs() -> None:
    found = sides()
    keep(browser(found.reporter), found, summary="已存的")
    known = {"summary": EMPTY, "people": EMPTY, "gone": EMPTY}
    answer = keep(browser(found.reporter), found, known, summary="本机的", people="", compare="1").json()
    (differing,) = answer["differing"]
    assert differing["key"] == "summary"
    assert "本机的" in differing["html"]
    assert answer["gone"] == ["gone"]
    assert found.report.answers == {"summary": "已存的"}


def test_typing_on_and_on_makes_one_event_of_the_history_for_each_person() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    hands = [browser(found.reporter), browser(colleague)]
    for number in range(6):
        base = shown_bases(found) if number else {"summary": EMPTY}
        keep(hands[number % 2], found, {"summary": base["summary"]}, summary=f"第{number}稿")
    assert found.report.answers == {"summary": "第5稿"}
    assert [event.step for event in SubmissionEvent.objects.order_by("pk")] == [Step.CREATE, Step.SAVE]
    assert found.report.revision == 6


def test_work_is_counted_once_whether_requests_are_repeated_or_not() -> None:
    found = sides()
    client = browser(found.reporter)
    begun = timezone.now()
    mark = {".served": served(found.expected.pk, begun)}
    with time_machine.travel(begun, tick=False) as clock:
        clock.shift(datetime.timedelta(seconds=40))
        keep(client, found, summary="一", **mark, **{".seconds": "30"})
        assert found.report.seconds_spent == 30
        clock.shift(datetime.timedelta(seconds=5))
        base = shown_bases(found)["summary"]
        keep(client, found, {"summary": base}, summary="二", **mark, **{".seconds": "35"})
        assert found.report.seconds_spent == 35


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.SIGN_OFF])
def test_what_does_not_lie_with_its_reporters_is_not_changed(state: ReportState) -> None:
    found = report_in(state)
    before = found.report.answers
    answer = keep(browser(found.reporter), found, summary="改动")
    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert found.report.answers == before


def test_saving_by_itself_never_sends() -> None:
    found = sides()
    keep(browser(found.reporter), found, summary="写了", action="submit", key=str(uuid.uuid4()))
    assert found.report.state == ReportState.DRAFT
    assert not SubmissionVersion.objects.exists()


def test_others_may_not_save() -> None:
    found = sides()
    for stranger in (found.coordinator, person(Role.REPORTER), person(Role.LEADER, found.expected.unit)):
        assert keep(browser(stranger), found, summary="x").status_code in (403, 404)
    assert keep(Client(), found, summary="x").status_code == 302
    assert not Submission.objects.exists()


def test_a_page_of_somebody_who_signed_in_before_saves_nothing_under_another_name() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    answer = keep(browser(colleague), found, summary="x", **{".user": str(found.reporter.pk)})
    assert answer.status_code == 409
    assert not Submission.objects.exists()


def test_a_page_that_says_nothing_understandable_is_told_so() -> None:
    found = sides()
    client = browser(found.reporter)
    where = reverse("submissions:autosave", args=[found.expected.pk])
    for said in ("", "{", "[]", '{"summary": 3}', "[" * 9000):
        assert client.post(where, {".base": said, "summary": "x"}).status_code == 400


def test_typing_never_meets_the_limit_of_the_rate_and_flooding_does(settings: Any) -> None:
    settings.PORTAL_AUTOSAVE_RATE = "1/d"
    found = sides()
    client = browser(found.reporter)
    assert keep(client, found, summary="一").status_code == 200
    refused = keep(client, found, summary="二")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) == refused.json()["again_after"]


def test_what_was_sent_already_is_told_to_a_browser_that_still_holds_it() -> None:
    found, key = sides(), uuid.uuid4()
    client = browser(found.reporter)
    client.post(address(found), page("submit", key=key, summary="完成"))
    answer = keep(client, found, summary="完成", compare="1", **{".sent": str(key)}).json()
    assert answer == {"sent": True}


def long_form(count: int) -> Sides:
    """A report with many questions."""
    return asked_for(FormSchema("长表", fields=tuple(question("text", f"q{n}", f"问题{n}") for n in range(count))))


def test_the_number_of_queries_does_not_grow_with_the_form(django_assert_max_num_queries: Any) -> None:
    counts = []
    for size in (3, 60):
        found = long_form(size)
        client = browser(found.reporter)
        keep(client, found, q0="一")
        typed = {f"q{n}": "二" for n in range(size)}
        with django_assert_max_num_queries(60) as asked:
            keep(client, found, shown_bases(found), **typed)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


# --- the button, with and without a script --------------------------------------------------------------------------


def carried(client: Client, found: Sides) -> dict[str, Any]:
    """What a page opened now carries, as it posts it."""
    shown = client.get(address(found)).context["carried"]
    return {".base": shown.bases, ".form": shown.digest}


def test_saving_by_hand_keeps_what_a_colleague_has_put_into_other_questions_meanwhile() -> None:
    found = sides()
    client, colleague = browser(found.reporter), person(Role.REPORTER, found.expected.unit)
    opened = carried(client, found)
    keep(browser(colleague), found, people="5")
    assert client.post(address(found), page(summary="我写的", people="", **opened)).status_code == 302
    assert found.report.answers == {"summary": "我写的", "people": 5}


def test_a_conflict_holds_up_only_the_question_that_it_is_about() -> None:
    found = sides()
    client, colleague = browser(found.reporter), person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    opened = carried(client, found)
    keep(browser(colleague), found, summary="同事写的")
    response = client.post(address(found), page(summary="我写的", people="5", **opened))
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("同事写的", "我写的", "陈晓芳"))
    assert found.report.answers == {"summary": "同事写的", "people": 5}
    shown = response.context["carried"]
    again = page(summary="我写的", people="5") | {".base": shown.bases, ".form": shown.digest}
    assert client.post(address(found), again).status_code == 302
    assert found.report.answers == {"summary": "我写的", "people": 5}


def test_nobody_sends_what_they_have_not_seen() -> None:
    found = sides()
    client, colleague = browser(found.reporter), person(Role.REPORTER, found.expected.unit, name="陈晓芳")
    opened = carried(client, found)
    keep(browser(colleague), found, people="5")
    response = client.post(address(found), page("submit", summary="完成", people="", **opened))
    assert response.status_code == 409
    assert "陈晓芳" in response.content.decode()
    assert not SubmissionVersion.objects.exists()
    shown = response.context["carried"]
    again = page("submit", summary="完成", people="5") | {".base": shown.bases, ".form": shown.digest}
    assert client.post(address(found), again).status_code == 302
    assert SubmissionVersion.objects.get().answers == {"summary": "完成", "people": 5}


def test_what_one_has_saved_by_oneself_since_is_no_reason_not_to_send() -> None:
    found = sides()
    client = browser(found.reporter)
    opened = carried(client, found)
    keep(client, found, summary="写了")
    keep(client, found, people="3")
    assert client.post(address(found), page("submit", summary="写了", people="4", **opened)).status_code == 409
    known = {".base": json.dumps(shown_bases(found)), ".form": opened[".form"]}
    assert client.post(address(found), page("submit", summary="写了", people="4", **known)).status_code == 302
    assert SubmissionVersion.objects.get().answers == {"summary": "写了", "people": 4}
