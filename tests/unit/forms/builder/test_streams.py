"""Keys of questions: one each, untouched by renaming and moving."""

from forms.builder.schema import KEY
from forms.builder.streams import RawStream, schema_of_stream, with_own_keys


def text(key: str | None, label: str = "检查") -> dict[str, object]:
    return {"type": "text", "id": key, "value": {"label": label}}


def keys(stream: RawStream) -> list[str]:
    return [one.key for one in schema_of_stream(stream, title="")]


def test_renaming_and_moving_keep_the_keys() -> None:
    before = [text("k1", "检查"), text("k2", "监察")]
    after = [text("k2", "监察（改）"), text("k1", "检查情况")]
    assert keys(before) == ["k1", "k2"]
    assert keys(after) == ["k2", "k1"]


def test_a_repeated_key_gets_a_new_one_and_the_first_keeps_its_own() -> None:
    first, second = with_own_keys([text("k1"), text("k1")])
    assert first["id"] == "k1"
    assert second["id"] != "k1"
    assert KEY.fullmatch(second["id"])


def test_missing_and_malformed_keys_are_replaced() -> None:
    made = with_own_keys([text(None), text("a.b"), text(""), text("DELETE"), text("x" * 65)])
    found = [block["id"] for block in made]
    assert len(set(found)) == 5
    assert all(KEY.fullmatch(key) for key in found)


def test_columns_and_choices_have_keys_of_their_own_too() -> None:
    lines = [{"type": "item", "id": "c1", "value": "甲"}, {"type": "item", "id": "c1", "value": "乙"}, "丙"]
    choice = {"type": "choice", "id": "k", "value": {"label": "等级", "choices": lines}}
    table = {"type": "table", "id": "t", "value": {"label": "清单", "columns": [choice, choice]}}
    columns = schema_of_stream([table], title="").fields[0].columns
    assert columns[0].key == "k"
    assert columns[1].key != "k"
    codes = [line["code"] for line in columns[0].options["choices"]]
    assert codes[0] == "c1"
    assert len(set(codes)) == 3
    assert [line["label"] for line in columns[0].options["choices"]] == ["甲", "乙", "丙"]


def test_blocks_of_an_unknown_type_are_left_out() -> None:
    assert keys([{"type": "hologram", "id": "h", "value": {}}, text("k1")]) == ["k1"]


def test_labels_lose_what_cannot_be_seen() -> None:
    (one,) = schema_of_stream([text("k1", " 检\u202e查\n情况\0 ")], title="").fields
    assert one.label == "检查 情况"
