"""Forms as JSON: the same bytes there and back, and a sentence for whatever is wrong with a file."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from forms.builder.schema import FormSchema
from forms.exchange.formats import read_form
from forms.exchange.imported import ImportRefusedError
from forms.exchange.json_format import MAX_BYTES, read_json, write_json
from tests.factories.builder import every_type, form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas


def document(**parts: Any) -> dict[str, Any]:
    """A form with one question, with other parts."""
    one = {"key": "a", "type": "text", "label": "检查情况"}
    return {"slug": "x", "title": "检查表", "intro": "", "fields": [one], **parts}


def field(**parts: Any) -> dict[str, Any]:
    """A form whose question has these parts."""
    return document(fields=[{"key": "a", "type": "text", "label": "检查情况", **parts}])


def refusal(data: Any) -> str:
    """The sentence with which the file is refused."""
    given = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ImportRefusedError) as caught:
        read_json(given)
    return str(caught.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schemas)
def test_a_form_comes_back_as_it_went_byte_for_byte(schema: FormSchema) -> None:
    written = write_json(schema, slug="a")
    read = read_json(written)
    assert read.schema == schema
    assert not read.warnings
    assert not read.unsupported
    assert write_json(read.schema, slug="a") == written


def test_every_type_of_question_comes_back() -> None:
    read = read_json(write_json(every_type(), slug="every-type"))
    assert read.schema == every_type()
    assert read.slug == "every-type"


def test_the_file_says_what_it_is_and_reads_in_chinese() -> None:
    written = write_json(form_of(question("text", label="检查情况")), slug="s").decode()
    assert list(json.loads(written))[:3] == ["format", "version", "slug"]
    assert "检查情况" in written
    assert written.endswith("}\n")


def test_a_file_written_by_hand_needs_no_mark() -> None:
    assert read_json(json.dumps(document()).encode()).schema.title == "检查表"


def test_a_mark_of_unicode_before_the_text_does_no_harm() -> None:
    assert read_form(b"\xef\xbb\xbf" + json.dumps(document()).encode()).slug == "x"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"{",
        b"[]",
        b'{"title": NaN}',
        '{"title": "表"}'.encode("gb18030"),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"x" * (MAX_BYTES + 1),
        b"\xd0\xcf\x11\xe0 old",
        b"%PDF-1.7",
        document(format="something/else"),
        document(version=2),
        document(version="1"),
        document(version=True),
        document(title=""),
        document(title=["x"]),
        document(slug=3),
        document(fields={}),
        document(fields=["text"]),
        document(fields=[{"key": "a.b", "type": "text", "label": "x"}]),
        document(fields=[{"key": "a", "type": "text", "label": "x"}] * 2),
        document(fields=[{"key": f"k{n}", "type": "text", "label": "x"} for n in range(1001)]),
        field(label=3),
        field(type=None),
        field(required="yes"),
        field(options=[]),
        field(columns={}),
        field(logic=[]),
        field(logic={"jump": True}),
        field(options={"max_length": [[[]]] * 2, "deep": json.loads("[" * 60 + "]" * 60)}),
        field(type="table", columns=[{"key": "c", "type": "table", "columns": [{"key": "d", "type": "text"}]}]),
        document(rules=[3]),
        document(rules=[{"key": "r", "at": 3}]),
        document(rules=[{"key": "r", "at": "a", "severity": "deadly"}]),
        document(rules=[{"key": "r", "at": "a", "check": json.loads("[" * 60 + "]" * 60)}]),
        document(rules=[{"key": "r", "at": "a"}] * 2),
    ],
    ids=str,
)
def test_a_file_that_describes_no_form_is_refused_with_a_sentence(data: Any) -> None:
    given = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ImportRefusedError) as caught:
        read_form(given)
    assert str(caught.value).strip()


def test_the_sentence_names_the_place() -> None:
    assert "2" in refusal(document(fields=[{"key": "a", "type": "text", "label": "x"}, {"key": "-.", "type": "text"}]))
    bad_column = [{"key": "c", "type": "text", "label": "x", "required": 1}]
    assert "清单" in refusal(field(type="table", label="清单", columns=bad_column))


def test_types_that_the_portal_lacks_are_listed_and_the_rest_is_taken() -> None:
    strange = {"key": "h", "type": "hologram", "label": "全息影像"}
    table = {"key": "t", "type": "table", "label": "清单", "columns": [{**strange, "key": "c"}, *document()["fields"]]}
    read = read_json(json.dumps(document(fields=[strange, table])).encode())
    assert [one.key for one in read.schema] == ["t"]
    assert [one.key for one in read.schema.fields[0].columns] == ["a"]
    assert len(read.unsupported) == 2
    assert "hologram" in read.unsupported[0]
    assert "清单 / 全息影像" in read.unsupported[1]


def test_a_table_cannot_stand_in_a_table_of_a_file_either() -> None:
    inner = {"key": "b", "type": "table", "label": "内表"}
    read = read_json(json.dumps(field(type="table", columns=[inner])).encode())
    assert not read.schema.fields[0].columns
    assert "内表" in read.unsupported[0]


def test_settings_that_nobody_knows_are_left_out_and_named() -> None:
    read = read_json(json.dumps(field(lable="x", options={"colour": "red", "max_length": 9})).encode())
    assert read.schema.fields[0].options == {"max_length": 9}
    assert "lable" in read.warnings[0]
    assert "colour" in read.warnings[1]


@pytest.mark.parametrize("choices", ["甲乙", [{"label": "甲"}], {"甲": "a"}, 3])
def test_a_list_of_choices_that_is_none_is_named(choices: Any) -> None:
    read = read_json(json.dumps(field(type="choice", options={"choices": choices})).encode())
    assert "choices" in read.warnings[0]


def test_labels_are_cleaned_and_the_reader_is_told() -> None:
    read = read_json(json.dumps(field(label=" 检\u202e查\0 ")).encode())
    assert read.schema.fields[0].label == "检查"
    assert len(read.warnings) == 1


def test_keys_and_codes_are_kept() -> None:
    form = form_of(question("choice", "1-a"), table_of(question("choice", "_b"), key="T"))
    read = read_json(write_json(form, slug="s")).schema
    assert [one.key for one in read] == ["1-a", "T"]
    assert read.fields[0].options["choices"][0]["code"] == "c1"
