"""The grid of choices asks what stands in a workbook."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.units.enums import Role
from portal.units.importing.tables import MAX_BYTES
from tests.factories.units import person
from tests.integration.trust.test_hostile_workbooks import workbook

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/form-pages/choices/import/"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person(Role.EDITOR))
    return client


def sheet(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client: Client, content: bytes, name: str = "选项.xlsx", **more: str) -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **more})


def test_a_workbook_becomes_lines(editor: Client) -> None:
    answer = sent(editor, sheet(["编码", "选项"], [1, "救助管理站"], ["b", "托养机构"]))
    assert answer.json() == {
        "lines": [{"code": "1", "label": "救助管理站"}, {"code": "b", "label": "托养机构"}],
        "faults": [],
    }


def test_a_table_as_excel_saves_it_in_china_becomes_lines(editor: Client) -> None:
    answer = sent(editor, "a,一般\r\nb,重大\r\n".encode("gb18030"), "选项.csv")
    assert [line["label"] for line in answer.json()["lines"]] == ["一般", "重大"]


def test_what_was_pasted_becomes_lines(editor: Client) -> None:
    answer = editor.post(
        ADDRESS, {"text": "龙华区\t海口市\n吉阳区\t三亚市\n", "parents": '{"hk": "海口市", "sy": "三亚市"}'}
    )
    assert [line["within"] for line in answer.json()["lines"]] == [["hk"], ["sy"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 no archive",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"x" * (MAX_BYTES + 1),
        workbook(("A", 1), ("XFD", 1_048_576)),
        b"\n".join(b"choice %d" % number for number in range(5000)),
    ],
)
def test_a_file_that_is_no_table_or_made_to_do_harm_is_refused_in_words(editor: Client, content: bytes) -> None:
    answer = sent(editor, content)
    assert answer.status_code == 422
    assert answer.json()["lines"] == []
    assert len(answer.json()["faults"]) == 1


@pytest.mark.parametrize("parents", ["", "[]", "null", "{", '{"a": 3}', '"x"'])
def test_parents_that_are_none_are_left_aside(editor: Client, parents: str) -> None:
    answer = editor.post(ADDRESS, {"text": "甲", "parents": parents})
    assert answer.json()["lines"] == [{"code": "", "label": "甲"}]


def test_only_a_post_is_answered(editor: Client) -> None:
    assert editor.get(ADDRESS).status_code == 405


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.LEADER, Role.STAFF, Role.SUPERVISOR])
def test_whoever_builds_no_forms_is_not_answered(client: Client, role: Role) -> None:
    client.force_login(person(role))
    answer = client.post(ADDRESS, {"text": "甲"})
    assert answer.status_code in (302, 403)


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.post(ADDRESS, {"text": "甲"}).status_code == 302
