"""Divisions, articles, paragraphs and items are found in the lines of a statute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.policies.articles import Article, Division, Line, articles_of, citation, structure
from portal.files.numerals import chinese


def lines(*texts: str) -> list[Line]:
    """Headings begin with a hash."""
    return [Line(text.removeprefix("#"), level=2 if text.startswith("#") else 0) for text in texts]


def found(*texts: str) -> list[Article]:
    return articles_of(structure(lines(*texts)))


def test_articles_know_their_chapter_and_their_words() -> None:
    nodes = structure(
        lines(
            "2003年6月20日公布",
            "#第一章 总则",
            "第一条 为了救助，制定本办法。",
            "#第二章 救助",
            "第二条　救助站应当",
            "提供食物。",
        )
    )
    assert nodes[0] == Line("2003年6月20日公布")
    assert [(one.title, one.span) for one in nodes if isinstance(one, Division)] == [
        ("第一章 总则", "第一条"),
        ("第二章 救助", "第二条"),
    ]
    first, second = articles_of(nodes)
    assert (first.label, first.anchor, first.path, first.text) == (
        *("第一条", "art-1", ("第一章 总则",), "为了救助，制定本办法。"),
    )
    assert (second.path, second.text) == (("第二章 救助",), "救助站应当\n提供食物。")


def test_paragraphs_and_items_are_cited_as_lawyers_do() -> None:
    (article,) = found(
        "第七条 救助站应当提供下列救助：", "（一）食物；", "（十二）乘车凭证。", "无力支付的，由救助站支付。"
    )
    assert [(part.anchor, citation("救助管理办法", article, part)) for part in article.parts] == [
        ("art-7-k1", "《救助管理办法》第七条第一款"),
        ("art-7-k1-x1", "《救助管理办法》第七条第一款第一项"),
        ("art-7-k1-x12", "《救助管理办法》第七条第一款第十二项"),
        ("art-7-k2", "《救助管理办法》第七条第二款"),
    ]
    assert citation("救助管理办法", article) == "《救助管理办法》第七条"


def test_the_only_paragraph_of_an_article_is_not_counted_in_citations() -> None:
    (article,) = found("第七条 下列救助：", "（一）食物；")
    assert [citation("《办法》", article, part) for part in article.parts] == ["《办法》第七条", "《办法》第七条第一项"]


def test_inserted_articles_keep_their_own_number() -> None:
    first, second = found("第一百二十条 甲", "第一百二十条之一 乙")
    assert (first.anchor, second.anchor, second.label) == ("art-120", "art-120-1", "第一百二十条之一")


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("第二条 本办法", True),
        ("第 二 条 本办法", True),
        ("第2条 本办法", True),
        ("第二条【目的】本办法", True),
        ("第二条本办法", True),  # the next in turn: the space was lost
        ("第九条规定的情形", False),
        ("第一条规定的情形", False),
        ("依照第二条 办理", False),
        ("第二章 救助", False),
        ("第几条 本办法", False),
    ],
)
def test_a_reference_at_the_beginning_of_a_line_is_no_article(line: str, begins: bool) -> None:
    assert len(found("第一条 总则", line)) == 1 + begins


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("第一条【目的】为了救助", "【目的】为了救助"),
        ("第一条（目的）为了救助", "（目的）为了救助"),
        ("第一条：为了救助", "为了救助"),
        ("第一条　为了救助", "为了救助"),
        ("第一条为了救助", "为了救助"),
    ],
)
def test_only_the_number_is_taken_from_the_words(line: str, text: str) -> None:
    assert found(line)[0].text == text


def test_items_of_one_number_have_anchors_of_their_own() -> None:
    (article,) = found("第一条 下列情形：", "（一）甲", "（一）乙", "（2020）法字第1号", "丙")
    assert [part.anchor for part in article.parts] == [
        *("art-1-k1", "art-1-k1-x1", "art-1-k1-x1.2", "art-1-k2", "art-1-k3"),
    ]


def test_a_second_document_in_the_annex_has_anchors_of_its_own() -> None:
    anchors = [one.anchor for one in found("第一条 甲", "#附件", "第一条 乙")]
    assert anchors == ["art-1", "art-1.2"]


def test_parts_above_chapters_stay_in_the_path_of_what_is_below() -> None:
    (article,) = found("#第二编 物权", "#第一分编 通则", "#第一章 一般规定", "#第一节 登记", "第一条 甲")
    assert article.path == ("第二编 物权", "第一分编 通则", "第一章 一般规定", "第一节 登记")
    (after,) = found("#第一章 甲", "#第一节 乙", "#第二章 丙", "第一条 丁")
    assert after.path == ("第二章 丙",)


TRADITIONAL = (
    "#第一編 總則",
    "#第一分編 通則",
    "#第一章 一般規定",
    "#第一節 宗旨",
    "第一條 為規範街友關懷，制定本辦法。",
    "#第二節 適用",
    "第二條　關懷站應當：",
    "（一）供應熱食；",
    "（二）安排住宿。",
    "第一條規定的情形除外。",
    "#附則",
    "第三條之一 本辦法自公布日施行。",
)
IN_SIMPLIFIED = str.maketrans("編總則規節條為範關懷辦應當熱適", "编总则规节条为范关怀办应当热适")


def test_a_regulation_in_traditional_characters_is_cut_as_it_is_in_simplified_ones() -> None:
    simplified = [one.translate(IN_SIMPLIFIED) for one in TRADITIONAL]
    nodes, same = structure(lines(*TRADITIONAL)), structure(lines(*simplified))
    assert [one.anchor for one in articles_of(nodes)] == ["art-1", "art-2", "art-3-1"]
    for one, other in zip(nodes, same, strict=True):
        assert type(one) is type(other)
        if isinstance(one, Division) and isinstance(other, Division):
            assert (one.anchor, one.rank) == (other.anchor, other.rank)
        if isinstance(one, Article) and isinstance(other, Article):
            assert [part.anchor for part in one.parts] == [part.anchor for part in other.parts]
            assert (one.text.translate(IN_SIMPLIFIED), len(one.path)) == (other.text, len(other.path))


def test_it_keeps_its_characters_and_is_cited_in_them() -> None:
    nodes = structure(lines(*TRADITIONAL))
    first, second, last = articles_of(nodes)
    assert first.path == ("第一編 總則", "第一分編 通則", "第一章 一般規定", "第一節 宗旨")
    assert (first.label, first.text) == ("第一條", "為規範街友關懷，制定本辦法。")
    assert [citation("街友關懷辦法", second, part) for part in second.parts] == [
        "《街友關懷辦法》第二條第一款",
        "《街友關懷辦法》第二條第一款第一項",
        "《街友關懷辦法》第二條第一款第二項",
        "《街友關懷辦法》第二條第二款",
    ]
    assert (last.label, last.path) == ("第三條之一", ("第一編 總則", "第一分編 通則", "附則"))
    assert next(one.span for one in nodes if isinstance(one, Division)) == "第一條—第三條之一"
    assert first.context("中華人民共和國街友關懷辦法").startswith("街友關懷辦法 ")


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=40))
def test_no_line_is_lost_and_no_anchor_comes_twice(shape: list[tuple[int, int]]) -> None:
    texts: list[str] = []
    for number, (chapters, items) in enumerate(shape, 1):
        texts += [f"#第{chinese(number + one)}章 标题" for one in range(chapters)]
        texts += [f"第{chinese(number)}条 内容", *(f"（{chinese(one + 1)}）项" for one in range(items)), "又一款"]
    nodes = structure(lines(*texts))
    read = []
    for node in nodes:
        if isinstance(node, Article):
            read += [part.line.text for part in node.parts]
        else:
            read.append(node.title if isinstance(node, Division) else node.text)
    assert read == [text.removeprefix("#") for text in texts]
    anchors = [part.anchor for one in articles_of(nodes) for part in one.parts]
    anchors += [node.anchor for node in nodes if not isinstance(node, Line)]
    assert len(set(anchors)) == len(anchors)
    assert [one.label for one in articles_of(nodes)] == [f"第{chinese(one)}条" for one in range(1, len(shape) + 1)]
