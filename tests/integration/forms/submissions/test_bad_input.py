"""What people type, paste and forge: each fault is said at its question, and what was typed is there again."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.submissions.models import SubmissionFile, SubmissionVersion
from tests.factories.builder import question
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, sides

pytestmark = pytest.mark.django_db

HEARTS = "巡查❤️‍🔥👨‍👩‍👧完成"
TURNED = "三亚\u202e市\u200f救助"
MEGABYTE = "情" * 350_000  # three bytes each in UTF-8
MADE_UP_ID = "11010519491231002X"  # the worked example of GB 11643


def asked(*questions: FieldSchema) -> Sides:
    """An expected report whose form asks these questions."""
    form = published_form(FormSchema("坏输入", fields=questions))
    return sides(
        ExpectedReportFactory.create(period=PeriodFactory.create(requirement=RequirementFactory.create(form=form)))
    )


def browser(found: Sides) -> Client:
    """The reporter's browser."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(found.reporter)
    return client


def sent(found: Sides, action: str = "submit", **typed: Any) -> Any:
    """The answer to a post, as the reporter's browser sends it."""
    address = reverse("submissions:fill", args=[found.expected.pk])
    return browser(found).post(address, {"action": action, "revision": "0", "key": str(uuid.uuid4()), **typed})


def reopened(found: Sides) -> str:
    """The page as it is opened again later."""
    return browser(found).get(reverse("submissions:fill", args=[found.expected.pk])).content.decode()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("integer", "一百", "阿拉伯数字"),
        ("integer", "1.5", "整数"),
        ("number", "十二点五", "阿拉伯数字"),
        ("money", "三百元", "阿拉伯数字"),
        ("percentage", "150%", "100"),
        ("date", "2026-02-30", "2026"),
        ("date", "明天", "日期"),
        ("datetime", "2026-02-03 25:61", "时间"),
        ("id_number", MADE_UP_ID[:-1] + "1", "校验"),
        ("id_number", "11010519491331002X", "日期"),
        ("phone", "12345", "号码"),
        ("email", "张三 at 例子", "@"),
        ("url", "javascript:alert(1)", "http"),
        ("year_month", "2026-13", "月"),
        ("choice", "c9", ""),
        ("text", MEGABYTE, "字"),
    ],
)
def test_a_wrong_answer_is_said_at_its_question_and_is_there_again(kind: str, typed: str, said: str) -> None:
    found = asked(question(kind, "q", "填报项甲", required=True))
    response = sent(found, q=typed)
    assert response.status_code == 422
    bound = response.context["form"]["q"]
    assert [one for one in bound.errors if said in one], bound.errors
    body = response.content.decode()
    assert 'href="#id_q' in body  # the list above leads to it
    assert found.report.state == ReportState.DRAFT
    assert not SubmissionVersion.objects.exists()
    if kind != "choice":  # a code that is not offered was forged: there is nothing of it to show
        assert typed[:40] in body
        assert typed[:40] in reopened(found)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("percentage", "５０％", "50"),
        ("number", "1,234.5", "1234.5"),
        ("integer", "１２", 12),
        ("text", HEARTS, HEARTS),
        ("text", "带\x00空字符", "带空字符"),
        ("id_number", MADE_UP_ID.lower(), MADE_UP_ID),
        ("date", "２０２６年２月３日", "2026-02-03"),
    ],
)
def test_what_can_be_understood_is_taken(kind: str, typed: str, stored: Any) -> None:
    options = {"decimals": 1} if kind == "number" else {}
    found = asked(question(kind, "q", "填报项甲", required=True, options=options))
    assert sent(found, q=typed).status_code == 302
    answer = SubmissionVersion.objects.get().answers["q"]
    assert answer == stored or str(answer) == str(stored)


def test_marks_that_turn_the_reading_round_do_not_turn_the_page_round() -> None:
    found = asked(question("text", "q", "填报项甲"))
    assert sent(found, q=TURNED).status_code == 302
    assert SubmissionVersion.objects.get().answers["q"] == "三亚市救助"


def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_rest_is_kept() -> None:
    found = asked(question("file", "q", "附件"), question("text", "note", "备注"))
    pretending = SimpleUploadedFile("通知.pdf", b"MZ\x90\x00 a program", content_type="application/pdf")
    response = sent(found, q=pretending, note="见附件")
    assert response.status_code == 422
    assert response.context["form"]["q"].errors
    assert "见附件" in reopened(found)
    assert not SubmissionFile.objects.exists()


def test_answers_that_the_form_does_not_ask_for_are_left_out_and_said() -> None:
    hidden = question("text", "why", "原因", logic={"show": {"===": [{"var": "answers.found"}, True]}})
    found = asked(question("yes_no", "found", "是否发现问题"), hidden)
    address = reverse("submissions:fill", args=[found.expected.pk])
    typed = {"found": "no", "why": "伪造", "is_superuser": "1", "found.extra": "x"}
    post = {"action": "submit", "revision": "0", "key": str(uuid.uuid4()), **typed}
    response = browser(found).post(address, post, follow=True)
    assert SubmissionVersion.objects.get().answers == {"found": False}
    assert "原因" not in [row.label for row in response.context["reading"].rows]  # as on the page that was sent
    said = [str(one) for one in response.context["messages"]]
    assert any("不属于" in one for one in said), said


@pytest.mark.parametrize("length", [52, 200])
def test_long_labels_are_published_sent_and_read(length: int) -> None:
    label = "检" * length
    found = asked(question("text", "a", label), question("text", "b", label), question("text", "c", "监察"))
    assert sent(found, a="甲", b="乙", c="丙").status_code == 302
    page = browser(found).get(reverse("submissions:detail", args=[found.expected.pk])).content.decode()
    assert page.count(label) >= 2
    assert "乙" in page
