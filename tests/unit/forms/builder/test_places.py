"""Places as people write them, paste them and read them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.places import is_place, parse_place, place_in_words

SANYA = {"lat": 18.2528, "lng": 109.512}
SANYA_SECONDS = {"lat": 18.252778, "lng": 109.511944}


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("18.2528", "109.512", SANYA),
        (" 18.2528 ", "109.5120", SANYA),
        ("１８．２５２８", "１０９．５１２", SANYA),
        ("18°15′10″", "109°30′43″", SANYA_SECONDS),
        ("18°15'10\"", "109° 30' 43\"", SANYA_SECONDS),
        ("18°15’10”", "109º30’43”", SANYA_SECONDS),
        ("18度15分10秒", "109度30分43秒", SANYA_SECONDS),
        ("18°15.1668′", "109°30.72′", {"lat": 18.25278, "lng": 109.512}),
        ("北纬18.2528", "东经109.512", SANYA),
        ("n18.2528", "109.512e", SANYA),
        ("18.2528S", "109.512W", {"lat": -18.2528, "lng": -109.512}),
        ("-18.2528", "−109.512", {"lat": -18.2528, "lng": -109.512}),
        ("0", "0", {"lat": 0.0, "lng": 0.0}),
        ("90", "180", {"lat": 90.0, "lng": 180.0}),
        ("18.25281234", "109.5", {"lat": 18.252812, "lng": 109.5}),
    ],
)
def test_degrees_are_understood_however_they_are_written(latitude: str, longitude: str, place: Any) -> None:
    assert parse_place(latitude, longitude) == place


@pytest.mark.parametrize(
    ("pasted", "place"),
    [
        ("18.2528,109.512", SANYA),
        ("18.2528，109.512", SANYA),
        ("18.2528, 109.512", SANYA),
        ("18.2528 109.512", SANYA),
        ("109.512,18.2528", SANYA),
        ("东经109.512，北纬18.2528", SANYA),
        ("N18.2528 E109.512", SANYA),
        ("18.2528N 109.512E", SANYA),
        ("18° 15′ 10″ N 109° 30′ 43″ E", SANYA_SECONDS),
        ("北纬18度15分10秒、东经109度30分43秒", SANYA_SECONDS),
    ],
)
@pytest.mark.parametrize("where", ["latitude", "longitude"])
def test_a_pair_pasted_into_either_input_is_taken(pasted: str, place: Any, where: str) -> None:
    assert parse_place(pasted if where == "latitude" else "", pasted if where == "longitude" else "") == place


def test_nothing_is_no_place() -> None:
    assert parse_place("", " ") is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        ("18.2528", "", "half"),
        ("", "109.512", "half"),
        ("91", "109", "range"),
        ("95", "10", "range"),
        ("18", "180.5", "range"),
        ("一八", "109", "invalid"),
        ("18.25.28", "109", "invalid"),
        ("18.2528,109.512", "109.512", "invalid"),
        ("18.2528,109.512,5", "", "invalid"),
        ("三亚湾", "", "invalid"),
        ("N18S", "109", "invalid"),
        ("-18N", "109", "invalid"),
        ("18N", "19N", "invalid"),
        ("18°60′", "109", "minutes"),
        ("18°15′75″", "109", "minutes"),
        ("1" * 1_000_000, "109", "invalid"),
    ],
)
def test_what_lies_nowhere_is_refused_with_the_reason(latitude: str, longitude: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_place(latitude, longitude)
    assert refusal.value.code == reason
    assert all(len(message) < 300 for message in refusal.value.messages)


def test_the_refusal_names_what_was_typed_and_shows_how_to_write_it() -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_place("三亚湾", "109.5")
    assert "三亚湾" in refusal.value.messages[0]
    assert "18.2528" in refusal.value.messages[0]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_on_earth_comes_back_as_it_was_written(latitude: float, longitude: float) -> None:
    place = parse_place(f"{latitude:.6f}", f"{longitude:.6f}")
    assert place is not None
    assert parse_place(f"{place['lat']:.6f}", f"{place['lng']:.6f}") == place
    assert abs(place["lat"] - latitude) <= 1e-6


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_a_place_or_refused(latitude: str, longitude: str) -> None:
    try:
        place = parse_place(latitude, longitude)
    except ValidationError:
        return
    assert place is None or (abs(place["lat"]) <= 90 and abs(place["lng"]) <= 180)


def test_a_place_is_read_with_its_sides_and_its_accuracy() -> None:
    with translation.override("en"):
        assert place_in_words(SANYA) == "18.252800° N, 109.512000° E"
        assert place_in_words({"lat": -1, "lng": -2.5, "accuracy": 12}) == (
            "1.000000° S, 2.500000° W (within about 12 m)"
        )


@pytest.mark.parametrize(
    "odd", [None, "18,109", [], {}, {"lat": 18}, {"lat": "18", "lng": 109}, {"lat": True, "lng": 1}]
)
def test_other_answers_are_no_place(odd: Any) -> None:
    assert not is_place(odd)
