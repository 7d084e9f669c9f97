"""Refusals of the API: problem documents with codes, in the language of whoever asks."""

from typing import Any

import pytest
from django.test import Client

from forms.collection.enums import ReportState
from forms.exchange.api.problems import Code
from portal.tokens.enums import Scope
from portal.tokens.services import revoke
from tests.factories.exports import FLAT, Collected, collected
from tests.integration.forms.exchange.test_api import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Collected:
    return collected(ReportState.ACCEPTED, schema=FLAT)


def is_problem(answer: Any, code: Code, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert (said["code"], said["status"]) == (code.value, status)
    assert said["type"].endswith(code.value)
    assert said["title"]
    return said


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize(
    ("speaks", "chinese"),
    [
        ("", True),
        ("*", True),
        ("zh-CN,zh;q=0.9", True),
        ("zh-TW", True),
        ("de,fr;q=0.8", True),
        ("en-GB,en;q=0.9", False),
        ("de,en;q=0.5,zh;q=0.3", False),
        ("en;q=0.3,zh-CN;q=0.9", True),
        ("nonsense;;q=x", True),
    ],
)
def test_refusals_are_in_the_callers_language_and_chinese_by_default(
    found: Collected, speaks: str, chinese: bool
) -> None:
    program = Program(found.coordinator, Scope.DIRECTORY)
    for answer in (
        Client().get("/api/v1/units", headers={"Accept-Language": speaks} if speaks else {}),
        program.answer("submissions", speaks=speaks),
        program.answer("units", speaks=speaks, limit=0),
    ):
        said = answer.json()
        words = [said["title"], said["detail"], *(one["message"] for one in said.get("errors", ()))]
        assert [is_chinese(text) for text in words] == [chinese] * len(words), words
        assert answer["Content-Language"] == ("zh-hans" if chinese else "en")
        assert "Accept-Language" in answer["Vary"]


def test_the_language_of_one_caller_does_not_stay_for_the_next(found: Collected) -> None:
    Program(found.coordinator).answer("units", speaks="en")
    client = Client()
    client.force_login(found.coordinator)
    assert 'lang="zh-hans"' in client.get("/exports/").content.decode()


def test_without_a_token_and_with_a_wrong_one_are_told_apart(found: Collected) -> None:
    answer = Client().get("/api/v1/units")
    is_problem(answer, Code.TOKEN_MISSING, 401)
    assert answer["WWW-Authenticate"] == "Bearer"
    is_problem(Client().get("/api/v1/units", headers={"Authorization": "Bearer ap_x"}), Code.TOKEN_INVALID, 401)
    program = Program(found.coordinator)
    revoke(user=program.token.owner, token=program.token)
    is_problem(program.answer("units"), Code.TOKEN_INVALID, 401)


def test_what_is_not_there_and_what_one_may_not_see_look_the_same(found: Collected) -> None:
    said = is_problem(Program(found.coordinator).answer("form-versions/999999"), Code.NOT_FOUND, 404)
    assert is_chinese(said["detail"])
    is_problem(Client().get("/api/v1/nothing"), Code.NOT_FOUND, 404)
    is_problem(Client(enforce_csrf_checks=True).post("/api/v2/units"), Code.NOT_FOUND, 404)


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [
        ({"limit": 0}, "limit", "不小于 1"),
        ({"limit": 201}, "limit", "不大于 200"),
        ({"period": "x"}, "period", "整数"),
        ({"sent": "perhaps"}, "sent", "true"),
        ({"sent_since": "gestern"}, "sent_since", "2026-01-31T17:30:00+08:00"),
    ],
)
def test_what_cannot_be_asked_names_the_parameter(
    found: Collected, asked: dict[str, Any], name: str, words: str
) -> None:
    said = is_problem(Program(found.coordinator).answer("submissions", **asked), Code.QUESTION_INVALID, 422)
    (fault,) = said["errors"]
    assert fault["name"] == name
    assert words in fault["message"]


def test_cursors_have_codes_of_their_own(found: Collected) -> None:
    program = Program(found.coordinator)
    is_problem(program.answer("units", cursor="x"), Code.CURSOR_INVALID, 422)
    cursor = program.get("expected", limit=1)[1]["next"]
    answer = program.answer("expected", limit=1, cursor=cursor, unit=1)
    is_problem(answer, Code.CURSOR_OF_OTHER_QUESTION, 422)
