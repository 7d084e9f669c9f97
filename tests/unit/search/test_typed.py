"""What has been typed is read as characters, syllables and initials."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.suggesting.names import keys_of
from search.suggesting.syllables import SYLLABLES, cuttings
from search.suggesting.typed import By, by, place, readings


def _is_common(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5).filter(_is_common), min_size=2, max_size=10)


def _finds(typed: str, name: str) -> set[By]:
    keys = keys_of(name)
    shape, sound = keys.shape.split(" "), keys.sound.split(" ")
    return {by(reading) for reading in readings(typed) if place(reading, shape, sound) is not None}


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("救助管理", By.SHAPE), ("jiuzhuguanli", By.SOUND), ("jiuzhuguanl", By.SOUND), ("jzgl", By.INITIALS),
        ("救zhu管l", By.SOUND), ("救zg", By.INITIALS), ("jiuzgl", By.SOUND), ("zhugl", By.SOUND),
    ],
)  # fmt: skip
def test_it_is_known_how_a_name_was_found(typed: str, how: By) -> None:
    assert how in _finds(typed, "流浪人员救助管理办法")


@given(HAN)
@example("一二二")
def test_every_name_is_found_by_its_characters_and_its_first_letters(name: str) -> None:
    keys = keys_of(name)
    assert By.SHAPE in _finds(name, name)
    if set(keys.initials) <= set(string.ascii_lowercase + " "):
        assert _finds(keys.initials.replace(" ", ""), name) & {By.INITIALS, By.SOUND}


@given(HAN)
def test_keys_have_one_token_a_character(name: str) -> None:
    keys = keys_of(name)
    assert len(keys.shape.split(" ")) == len(keys.sound.split(" ")) == len(keys.initials.split(" ")) == len(name)


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=5))
def test_letters_are_cut_into_sounds_that_make_them_up(spoken: list[str]) -> None:
    letters = "".join(spoken)
    found = cuttings(letters, 4)
    assert found
    assert all("".join(sound.text for sound in cutting) == letters for cutting in found)


@given(st.text(max_size=80))
def test_anything_may_be_typed(text: str) -> None:
    assert len(readings(text)) <= 7
