"""Words of a body."""

import json

from home.blocks import BodyBlock, plain_text


def body(*blocks: tuple[str, object]) -> str:
    block = BodyBlock()
    return plain_text(
        block.to_python([{"type": kind, "value": value} for kind, value in json.loads(json.dumps(blocks))])
    )


def test_the_words_of_every_kind_of_block_are_found_without_markup() -> None:
    text = body(
        ("heading", {"text": "总则", "level": "h2"}),
        ("paragraph", "<p>第一条 <b>为了</b>救助</p><p>第二条</p>"),
        ("quotation", {"text": "有人问有人管", "source": "讲义"}),
        ("callout", {"title": "请注意", "text": "<p>先救治后登记</p>"}),
        ("steps", [{"title": "摸底", "text": "逐一走访"}]),
        (
            "table",
            {"columns": [{"type": "words", "heading": "时间"}], "rows": [{"values": ["上午"]}], "caption": "日程"},
        ),
    )
    for words in (
        "总则",
        "为了救助",
        "第二条",
        "有人问有人管",
        "讲义",
        "请注意",
        "先救治后登记",
        "摸底",
        "逐一走访",
        "时间",
        "上午",
        "日程",
    ):
        assert words in text.replace(" ", "")
    assert "<" not in text


def test_the_level_of_a_heading_is_no_word_of_the_text() -> None:
    assert body(("heading", {"text": "总则", "level": "h2"})) == "总则"


def test_an_empty_body_has_no_words() -> None:
    assert body() == ""
