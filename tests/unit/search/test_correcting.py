"""What was probably meant: slips are set right, words of the vocabulary are left alone, nothing else is made up."""

from collections.abc import Collection, Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggesting.characters.known import alike, near, sounding, sounds_of
from search.suggesting.characters.making import common
from search.suggesting.correcting import Correction, corrected
from search.suggesting.lattice import Pair
from search.text import words

NAMES = (
    *("流浪乞讨人员救助管理办法", "救助管理机构照料安置", "未成年人保护条例", "民发〔2020〕14号", "市卫生健康委员会"),
    *("安全隐患排查整治", "信访工作条例", "居住证管理规定"),
)


class Names:
    """A vocabulary of names, and of one running text."""

    def __init__(self, names: Iterable[str] = NAMES, text: str = "") -> None:
        self.pairs = {pair for name in names for pair in pairwise([*words(name), ""])}
        self.text = set(pairwise(words(text)))

    def occurring(self, characters: Collection[str]) -> frozenset[str]:
        return frozenset(characters) & {one for one, _ in self.pairs}

    def times(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        return {pair: 1 for pair in pairs if pair in self.pairs}

    def in_text(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        return frozenset(pairs) & self.text

    def between(self, before: str, after: str) -> frozenset[str]:
        behind = {other for one, other in self.pairs if one == before}
        return frozenset(one for one in behind if (one, after) in self.pairs and len(one) == 1)


def meant(typed: str, vocabulary: Names | None = None) -> str | None:
    found = corrected(typed, vocabulary or Names())
    return found.text if found else None


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("救住管理", "救助管理"),  # sounds so
        ("旧住官里", "救助管理"),
        ("保沪条列", "保护条例"),
        ("末成年人保护", "未成年人保护"),  # looks so
        ("流浪气讨人员", "流浪乞讨人员"),
        ("按全隐患", "安全隐患"),
        ("救管助理", "救助管理"),  # neighbours swapped
        ("未成人年保护", "未成年人保护"),
        ("流浪讨人员", "流浪乞讨人员"),  # one missing
        ("流浪乞乞讨人员", "流浪乞讨人员"),  # one too many
        ("流浪乞求讨人员", "流浪乞讨人员"),
        ("流浪喝讨人员", "流浪乞讨人员"),  # unlike
        ("jiuzhuguanli", "救助管理"),
        ("jiu zhu guan li", "救助管理"),
        ("救助guanli", "救助管理"),
        ("JIUZHU管理", "救助管理"),
        ("jiuzuguanli", "救助管理"),
        ("民法〔2020〕14号", "民发〔2020〕14号"),
        ("民发（2020）14好", "民发（2020）14号"),
        ("机构 救住", "机构 救助"),
        ("信仿条例", "信访 条例"),  # two words that are known apart
    ],
)
def test_slips_are_set_right(typed: str, right: str) -> None:
    assert meant(typed) == right


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "救",
            "救助",
            "救助管理",
            "信访",
            "信访条例",
            "x",
            "zzz",
            "2020",
            "完全不同的话",
            "孩子走丢了怎么办",
        ),
        *("“救住管理”", "救住管理 -办法", "救住 OR 管理", "救住|管理", "救住管理" * 20),
    ],
)
def test_the_rest_is_left_alone(typed: str) -> None:
    assert meant(typed) is None


def test_what_stands_in_running_text_is_left_as_it_is() -> None:
    assert meant("临时庇护救住", Names(text="临时庇护场所")) == "临时庇护 救助"
    assert meant("临时庇护救住") is None


def test_words_that_stand_together_in_running_text_are_not_parted() -> None:
    assert meant("信仿条例", Names(text="依照信访条例")) == "信访条例"


def test_what_is_close_is_told_from_what_is_not() -> None:
    assert corrected("救住管理", Names()) == Correction("救助管理", is_close=True)
    assert corrected("流浪喝讨", Names()) == Correction("流浪乞讨", is_close=False)


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    corrected(text, Names())


HAN_NAMES = [name for name in NAMES if "〔" not in name]


@given(st.data())
def test_whatever_is_offered_is_made_of_what_is_known(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(HAN_NAMES))
    place = data.draw(st.integers(0, len(name) - 1))
    wrong = data.draw(st.sampled_from(common()))
    how = data.draw(st.sampled_from(["instead", "before", "without"]))
    typed = name[:place] + {"instead": wrong, "before": wrong + name[place], "without": ""}[how] + name[place + 1 :]
    vocabulary = Names()
    found = meant(typed, vocabulary)
    if found is None:
        return
    assert found != typed
    for word in found.split():
        assert set(pairwise(words(word))) <= vocabulary.pairs
    assert meant(found, vocabulary) is None, "what is right is not corrected again"


@given(st.data())
def test_what_sounds_so_is_always_set_right(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(HAN_NAMES))
    place = data.draw(st.integers(1, len(name) - 2))
    alike_in_sound = set(sounding()[sounds_of(name[place])[0]]) & set(common()) - set("".join(NAMES))
    wrong = data.draw(st.sampled_from(sorted(alike_in_sound)))
    assert meant(name[:place] + wrong + name[place + 1 :]) == name


def test_the_tables_know_what_people_mix_up() -> None:
    assert "末" in alike("未")
    assert "侯" in alike("候")
    assert "徒" in alike("徙")
    assert all(one not in alike(one) for one in common())
    assert set(sounds_of("重")) >= {"zhong", "chong"}
    assert "zi" in near("zhi")
    assert "zhi" not in near("zhi")
