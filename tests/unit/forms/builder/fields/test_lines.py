"""Web addresses, and texts of a fixed shape."""

import pytest
from django.core.exceptions import ValidationError

from forms.builder.fields import Sources, type_of
from forms.builder.schema import FieldSchema
from tests.factories.builder import question


def read(schema: FieldSchema, typed: str) -> str:
    return str(type_of(schema).form_field(schema, Sources()).clean(typed))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("www.example.cn", "https://www.example.cn"),
        ("ｗｗｗ．example．ｃｎ", "https://www.example.cn"),
        ("example.cn:8080/a?b=1#c", "https://example.cn:8080/a?b=1#c"),
        ("HTTP://example.cn/路径", "http://example.cn/路径"),
    ],
)
def test_a_web_address_is_understood_with_and_without_its_scheme(typed: str, answer: str) -> None:
    assert read(question("url"), typed) == answer


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)", "JavaScript://a.cn/%0aalert(1)", "data:text/html,<b>", "ftp://a.cn", "mailto:a@b.cn", "file:///etc/passwd",
        "https://", "a", "//a.cn", "https://user:pw@a.cn/", "https://a.cn/ b",
    ],
)  # fmt: skip
def test_nothing_that_runs_or_is_no_page_is_a_web_address(typed: str) -> None:
    with pytest.raises(ValidationError):
        read(question("url"), typed)


def test_only_a_checked_address_becomes_a_link() -> None:
    schema = question("url")
    assert type_of(schema).display(schema, "https://a.cn/").href == "https://a.cn/"
    assert type_of(schema).display(schema, "javascript:alert(1)").href == ""


@pytest.mark.parametrize(
    ("pattern", "typed", "answer"),
    [
        ("credit_code", "９１１１００００６０００３７３４１ｌ", "91110000600037341L"),
        ("credit_code", "9111 0000 6000 3734 1L", "91110000600037341L"),
        ("plate", "琼b·12345", "琼B12345"),
        ("plate", "琼BD12345", "琼BD12345"),
        ("postcode", "５７００００", "570000"),
    ],
)
def test_a_text_of_a_fixed_shape_is_stored_in_it(pattern: str, typed: str, answer: str) -> None:
    assert read(question("text", options={"pattern": pattern}), typed) == answer


@pytest.mark.parametrize(
    ("pattern", "typed", "reason"),
    [
        ("credit_code", "911100006000373410", "checksum"),
        ("credit_code", "9111000060003734", "length"),
        ("credit_code", "统一社会信用代码统一社会信用代码一二", "checksum"),
        ("plate", "B12345", "invalid"),
        ("postcode", "57000", "invalid"),
        ("postcode", "57000٣", "invalid"),
    ],
)
def test_a_text_of_another_shape_is_refused(pattern: str, typed: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question("text", options={"pattern": pattern}), typed)
    assert refusal.value.code == reason


def test_an_unknown_shape_of_an_import_is_none() -> None:
    assert read(question("text", options={"pattern": "hologram"}), "任何字") == "任何字"
