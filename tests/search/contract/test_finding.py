"""What is found, and what is not: the same on both engines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines.base import SearchEngine
from search.parts import Part, with_parts
from tests.search.contract.library import ask, day, document, fill, found


def test_a_word_is_found_in_the_middle_of_a_longer_title(engine: SearchEngine) -> None:
    fill(engine, document(title="流浪乞讨人员救助管理办法"))
    assert found(engine, "救助管理") == ["policy:1"]


def test_a_word_is_found_in_the_text(engine: SearchEngine) -> None:
    fill(engine, document(title="通知", body="各单位应于六月底前完成安全隐患排查。"))
    assert found(engine, "隐患排查") == ["policy:1"]


def test_characters_that_do_not_stand_beside_one_another_are_no_word(engine: SearchEngine) -> None:
    fill(engine, document(title="救济与助学", body="管道整理"))
    assert found(engine, "救助") == []
    assert found(engine, "管理") == []


def test_a_single_character_is_found(engine: SearchEngine) -> None:
    fill(engine, document(title="流浪乞讨人员救助管理办法"), document("policy:2", title="工作通知"))
    assert found(engine, "法") == ["policy:1"]


def test_all_words_must_be_there_when_there_are_few(engine: SearchEngine) -> None:
    fill(engine, document(), document("policy:2", title="流浪动物收容"))
    assert found(engine, "流浪 救助") == ["policy:1"]


def test_words_may_stand_in_different_fields(engine: SearchEngine) -> None:
    fill(engine, document(title="检查结果", extra=("市公安局",), body="发现三处隐患"))
    assert found(engine, "公安局 隐患") == ["policy:1"]


def test_of_several_words_some_may_be_missing_and_it_is_told_how_many_have_what_was_typed(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:2", title="人员管理系统"),
        document(title="流浪乞讨人员救助管理办法实施细则"),
        document("policy:3", title="森林防火"),
    )
    results = ask(engine, "人员救助管理规定")
    assert [hit.id for hit in results.hits] == ["policy:1", "policy:2"]
    assert (results.total, results.complete) == (2, 1)
    assert found(engine, "人员救助管理规定", complete=True) == ["policy:1"]


def test_of_one_word_and_of_a_question_nothing_is_told_apart(engine: SearchEngine) -> None:
    fill(engine, document())
    assert ask(engine, "救助").complete is None
    assert ask(engine, "我在街上没有地方住去救助站要不要收取费用谁来管理").complete is None


def test_excluded_words_and_alternatives(engine: SearchEngine) -> None:
    fill(
        engine,
        document(title="救助管理办法"),
        document("policy:2", title="救助管理细则"),
        document("policy:3", title="托养协议"),
        document("policy:4", title="森林防火"),
    )
    assert found(engine, "救助 -细则") == ["policy:1"]
    assert found(engine, '救助 -"管理细则"') == ["policy:1"]
    assert set(found(engine, "细则 OR 托养")) == {"policy:2", "policy:3"}
    assert found(engine, "管理 细则 OR 托养") == ["policy:2"]
    assert set(found(engine, "-细则")) == {"policy:1", "policy:3", "policy:4"}


def test_a_question_in_ones_own_words_finds_what_has_some_of_them_the_best_first(engine: SearchEngine) -> None:
    fill(
        engine,
        document(title="实施细则", body="救助站不得向受助人员收取费用。"),
        document("policy:2", title="人员管理系统"),
        document("policy:3", title="森林防火"),
    )
    assert found(engine, "我在街上没有地方住，去救助站要不要收取费用，谁来管理") == ["policy:1", "policy:2"]


def test_words_under_which_a_part_stands_find_it(engine: SearchEngine) -> None:
    chapter = Part("art-7", "第七条", "应当具有资格。", "慈善法 第三章 慈善募捐")
    fill(engine, *with_parts(document(title="慈善法"), [chapter]))
    assert found(engine, "慈善募捐 资格") == ["policy:1#art-7"]


def test_quoted_words_must_stand_together_as_quoted(engine: SearchEngine) -> None:
    fill(engine, document(title="救助管理"), document("policy:2", title="管理救助"))
    assert set(found(engine, "救助 管理")) == {"policy:1", "policy:2"}
    assert found(engine, '"救助管理"') == ["policy:1"]
    assert found(engine, "“管理救助”") == ["policy:2"]


@pytest.mark.parametrize("typed", ["gb/t 29353", "GB/T 29353", "ＧＢ／Ｔ　２９３５３", "gB 29353"])
def test_width_and_case_do_not_matter(engine: SearchEngine, typed: str) -> None:
    fill(engine, document(title="养老机构基本规范", body="依据 ＧＢ/T 29353 执行"))
    assert found(engine, typed) == ["policy:1"]


@pytest.mark.parametrize("typed", ["台湾地区养老机构", "臺灣地區養老機構", "“臺灣地区”", "“台湾地區”", "醫療服務"])
@pytest.mark.parametrize("written", ["臺灣地區養老機構醫療服務辦法", "台湾地区养老机构医疗服务办法"])
def test_traditional_and_simplified_characters_find_one_another(engine: SearchEngine, written: str, typed: str) -> None:
    fill(engine, document(title=written), document("policy:2", body=written), document("policy:3", title="森林防火"))
    assert found(engine, typed) == ["policy:1", "policy:2"]


def test_a_simplified_character_that_stands_for_several_finds_each_of_them(engine: SearchEngine) -> None:
    fill(engine, document(title="干燥"), document("policy:2", title="乾燥"), document("policy:3", title="幹部"))
    assert set(found(engine, "干燥")) == set(found(engine, "乾燥")) == {"policy:1", "policy:2"}
    assert found(engine, "干部") == ["policy:3"]


@pytest.mark.parametrize("typed", ["\u2f08\u2f2f智能", "人工智能"])
def test_radicals_that_a_pdf_file_has_for_characters_are_those_characters(engine: SearchEngine, typed: str) -> None:
    fill(engine, document(body="发展\u2f08\u2f2f智能"))
    assert found(engine, typed) == ["policy:1"]


@pytest.mark.parametrize("typed", ["民發〔2020〕14號", "民发[2020]14号", "民發 2020 14号"])
@pytest.mark.parametrize("own", ["民發〔2020〕14號", "民发〔2020〕14号"])
def test_a_document_number_is_found_in_traditional_characters(engine: SearchEngine, own: str, typed: str) -> None:
    fill(
        engine,
        document("policy:1", title="關於開展專項行動的通知", numbers=(own,), date=day("2020-03-24")),
        document("policy:2", title="方案", body="根據民發[2020]14號文件要求", date=day("2021-01-01")),
        document("policy:3", title="别的通知", numbers=("民发〔2020〕41号",), body="14号楼 2020 民发"),
    )
    assert found(engine, typed) == ["policy:1", "policy:2"]


def test_numbers_are_found_whole(engine: SearchEngine) -> None:
    fill(engine, document(title="热线 12345"), document("policy:2", title="热线 123"))
    assert found(engine, "123") == ["policy:2"]


def test_words_joined_by_signs_are_found_alone(engine: SearchEngine) -> None:
    fill(engine, document(title="隐患清单_2020.xlsx", body="率3.5%，共1,200人"))
    assert found(engine, "2020") == ["policy:1"]
    assert found(engine, "xlsx 200") == ["policy:1"]


@pytest.mark.parametrize(
    "typed",
    [
        "民发〔2020〕14号",
        "民发[2020]14号",
        "民发(2020)14号",
        "民发（2020）14号",
        "民发【2020】14号",
        "民发﹝2020﹞14号",
        "民发〔２０２０〕１４号",
        "民发 〔2020〕 14 号",
        "民发〔2020〕第14号",
        "民发 2020 14号",
    ],
)
def test_a_document_number_is_found_however_its_brackets_are_typed(engine: SearchEngine, typed: str) -> None:
    fill(
        engine,
        document("policy:1", title="关于开展专项行动的通知", numbers=("民发〔2020〕14号",), date=day("2020-03-24")),
        document("policy:2", title="方案", body="根据民发[2020]14号文件要求", date=day("2021-01-01")),
        document("policy:3", title="别的通知", numbers=("民发〔2020〕41号",), body="14号楼 2020 民发"),
    )
    assert found(engine, typed) == ["policy:1", "policy:2"]


def test_a_number_without_a_year_is_found(engine: SearchEngine) -> None:
    fill(engine, document(numbers=("国务院令第381号",)), document("policy:2", title="引用", body="（国务院令第381号）"))
    assert found(engine, "国务院令第381号") == ["policy:1", "policy:2"]


def test_the_title_counts_for_more_than_the_text(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:1", title="工作通知", body="其中提到托养机构一次。"),
        document("policy:2", title="托养机构管理", body="正文"),
        *(document(f"policy:{number}", title="其他事项", body="无关的内容") for number in range(3, 9)),
    )
    assert found(engine, "托养机构") == ["policy:2", "policy:1"]


def test_nothing_asked_gives_everything_newest_first(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:1", date=day("2019-01-01")),
        document("policy:2", date=day("2021-01-01")),
        document("policy:3", date=None),
    )
    assert found(engine, "") == ["policy:2", "policy:1", "policy:3"]
    assert found(engine, " 、。") == ["policy:2", "policy:1", "policy:3"]


def test_by_date_the_newest_comes_first(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:1", date=day("2019-01-01")),
        document("policy:2", title="救助管理二则", date=day("2020-01-01")),
    )
    assert found(engine, "救助管理", sort="date") == ["policy:2", "policy:1"]


def test_pages_neither_overlap_nor_leave_out(engine: SearchEngine) -> None:
    fill(engine, *(document(f"policy:{number:02}") for number in range(25)))
    pages = [ask(engine, "救助", page=page, size=10) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert len({hit.id for page in pages for hit in page.hits}) == 25


def test_a_very_long_text_is_found_by_its_last_word(engine: SearchEngine) -> None:
    fill(engine, document(title="台账", body="空白内容。" * 40_000 + "压轴词语"))
    assert found(engine, "压轴词语") == ["policy:1"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=400),
        st.text(alphabet="\"“”\\/*?:~^+-!(){}[]〔〕<>=&|'_,.;%$#@号令〔第年2020民发\x00\ud800\ue000😀", max_size=60),
    )
)
def test_no_text_breaks_the_search(engine: SearchEngine, text: str) -> None:
    fill(engine, document())
    assert ask(engine, text, facets=("kind", "year")).total in {0, 1}
