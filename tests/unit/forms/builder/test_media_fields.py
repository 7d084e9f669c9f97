"""Photos, signatures and places as questions: filled in, kept, read again."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.fields.place import TypedPlace
from forms.builder.fields.signature import Signed
from forms.builder.rendering import build_form, display, searchable_text
from tests.factories.builder import PNG, form_of, post_data, posted, question, table_of, upload
from tests.factories.pictures import claims_to_be

DRAWN = {"strokes": [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]], "width": 600, "height": 200}
SANYA = {"lat": 18.2528, "lng": 109.512, "accuracy": 12}
PHOTO = {"file": "4f0c1111-0000-4000-8000-000000000000", "name": "现场.jpg", "size": 2048}

FORM = form_of(
    question("photo", "photos", "照片"),
    question("signature", "signed", "签名"),
    question("place", "where", "地点"),
    table_of(question("text", "what"), question("place", "at", "位置"), question("photo", "seen"), key="rows"),
)
ANSWERS: dict[str, Any] = {
    "photos": [PHOTO],
    "signed": DRAWN,
    "where": SANYA,
    "rows": [{"what": "通道堵塞", "at": {"lat": -1.5, "lng": 0.0}, "seen": [PHOTO]}],
}
TABLE = {"rows.-TOTAL_FORMS": "0", "rows.-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def filled(files: Any = None, **values: Any) -> Any:
    """The form after a post."""
    return build_form(FORM, data=posted(**TABLE, **values), files=posted(**(files or {})))  # type: ignore[arg-type]


def read(kind: str, raw: Any, **fields: Any) -> Any:
    """The answer for what was posted."""
    schema = question(kind, **fields)
    return type_of(schema).form_field(schema, Sources()).clean(raw)


def reason(kind: str, raw: Any, **fields: Any) -> str:
    """Why what was posted is refused."""
    with pytest.raises(ValidationError) as refusal:
        read(kind, raw, **fields)
    return str(getattr(refusal.value, "code", ""))


def test_what_was_answered_is_shown_posted_and_read_again_as_it_was() -> None:
    again = build_form(FORM, data=post_data(FORM, ANSWERS), answers=ANSWERS)
    assert again.is_valid(), again.errors
    assert again.answers() == ANSWERS


def test_answers_are_read_in_words() -> None:
    photos, signed, where, rows = display(FORM, ANSWERS)
    assert (photos.kind, photos.files) == ("files", (PHOTO,))
    assert (signed.kind, signed.text) == ("drawing", "Signed by hand")
    assert signed.drawing is not None
    assert where.text == "18.252800° N, 109.512000° E (within about 12 m)"
    assert rows.rows[0][1].text == "1.500000° S, 0.000000° E"


@pytest.mark.parametrize(
    "odd", [None, "typed", 5, True, [], {}, [1], {"typed": 5}, {"lat": "x", "lng": None}, [{"k": 1}]]
)
def test_no_stored_answer_however_odd_stops_the_reading(odd: Any) -> None:
    answers = {one.key: odd for one in FORM}
    display(FORM, answers)
    searchable_text(FORM, answers)
    build_form(FORM, answers=answers).as_p()
    for name in ("photo", "signature", "place"):
        schema = question(name)
        FIELD_TYPES[name].cell(schema, odd)
        FIELD_TYPES[name].logic_value(schema, odd)


# --- signatures ---


def test_a_drawing_counts_more_than_a_name_and_a_name_alone_is_enough() -> None:
    assert read("signature", Signed(typed="张三", drawn=json.dumps(DRAWN))) == DRAWN
    assert read("signature", Signed(typed=" 张三 ")) == {"typed": "张三"}
    assert read("signature", "李四") == {"typed": "李四"}
    assert read("signature", Signed(typed="  ")) is None


def test_a_signature_that_must_be_there_and_is_not_is_asked_for() -> None:
    assert reason("signature", Signed(), required=True) == "required"


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        (Signed(drawn='{"strokes":"<script>"}'), "invalid"),
        (Signed(drawn="[" * 50_000), "invalid"),
        (Signed(typed="张三", drawn="{}"), "invalid"),
        (Signed(drawn='{"strokes":[[1,1]],"width":600,"height":200}'), "slight"),
        (Signed(typed="字" * 51), "max_length"),
        (Signed(typed="……"), "invalid"),
        (Signed(typed="\u202e\0"), "invalid"),
    ],
)
def test_forged_and_careless_signatures_are_refused_in_words(signed: Signed, code: str) -> None:
    assert reason("signature", signed) == code


def test_a_refused_drawing_is_not_drawn_again_but_the_name_typed_beside_it_stays() -> None:
    form = filled(**{"signed.drawn": "<script>", "signed.typed": "张三"})
    assert not form.is_valid()
    assert form.draft_answers() == {"signed": {"typed": "张三"}}
    assert "<script>" not in str(form["signed"])
    assert "张三" in str(form["signed"])


def test_without_scripts_a_drawing_is_shown_and_can_be_removed() -> None:
    form = build_form(FORM, answers=ANSWERS)
    assert "<polyline" in str(form["signed"])
    data = {"signed.drawn": json.dumps(DRAWN), "signed.drop": "1", "signed.typed": "张三"}
    assert filled(**data).draft_answers() == {"signed": {"typed": "张三"}}


def test_expressions_see_only_whether_somebody_signed_and_the_index_nothing() -> None:
    signature, schema = FIELD_TYPES["signature"], question("signature")
    assert [signature.logic_value(schema, one) for one in (DRAWN, {"typed": "张三"}, None, {})] == [
        "signed",
        "signed",
        None,
        None,
    ]
    assert "张三" not in searchable_text(form_of(schema), {"q": {"typed": "张三"}})


# --- places ---


def test_a_place_keeps_the_accuracy_of_the_device_only_while_it_is_the_devices_place() -> None:
    measured = "12;18.252800,109.512"
    assert read("place", TypedPlace("18.2528", "109.512", measured)) == SANYA
    assert read("place", TypedPlace("18.2529", "109.512", measured)) == {"lat": 18.2529, "lng": 109.512}


@pytest.mark.parametrize(
    "forged", ["12", "x;y", "-5;18.2528,109.512", "0;18.2528,109.512", "9" * 9 + ";18.2528,109.512"]
)
def test_a_forged_accuracy_is_no_accuracy(forged: str) -> None:
    assert read("place", TypedPlace("18.2528", "109.512", forged)) == {"lat": 18.2528, "lng": 109.512}


def test_a_cell_of_a_workbook_is_a_pair_that_is_read_again() -> None:
    place, schema = FIELD_TYPES["place"], question("place")
    assert place.cell(schema, SANYA) == "18.2528,109.512"
    assert place.decode(schema, "18.2528,109.512", Sources()) == {"lat": 18.2528, "lng": 109.512}


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("三亚湾", ""), ("", "109.5"), ("18.25", ""), ("91", "109.5"), ("18,5,6", "7")]
)
def test_a_draft_keeps_what_is_no_place_as_it_was_typed(latitude: str, longitude: str) -> None:
    form = filled(**{"where.latitude": latitude, "where.longitude": longitude})
    assert not form.is_valid()
    again = str(build_form(FORM, answers=form.draft_answers())["where"])
    assert f'value="{latitude}"' in again
    assert f'value="{longitude}"' in again


def test_a_mistake_leads_to_the_first_input_of_its_question() -> None:
    form = filled(**{"where.latitude": "91", "where.longitude": "5", "signed.drawn": "x"})
    anchors = [fault.anchor for fault in form.faults_listed()]
    assert anchors == ["id_signed_0", "id_where_0"]
    drawn = str(form["where"]) + str(form["signed"])
    assert all(f'id="{anchor}"' in drawn for anchor in anchors)


# --- photos ---


def test_several_photos_are_taken_and_each_bad_one_is_named() -> None:
    good = [upload("一.png", PNG), upload("二.png", PNG)]
    bad = [upload("假.png", b"<svg/>"), upload("半.png", PNG[:40]), upload("炸弹.png", claims_to_be(10_000, 10_000))]
    form = filled({"photos": [*good, *bad]})
    assert not form.is_valid()
    (messages,) = form.errors.values()
    assert [name in message for name, message in zip(("假", "半", "炸弹"), messages, strict=True)] == [True] * 3
    assert form.uploads() == {"photos": good}


def test_more_photos_than_asked_for_are_refused() -> None:
    form = filled({"photos": [upload(f"{number}.png", PNG) for number in range(10)]})
    assert "At most 9 files" in str(form.errors)
    schema = form_of(question("photo", "photos", options={"max_files": 12}))
    many = {"photos": [upload(f"{number}.png", PNG) for number in range(12)]}
    assert build_form(schema, data=posted(), files=posted(**many)).is_valid()  # type: ignore[arg-type]


def test_the_input_for_photos_opens_cameras_and_says_its_limits() -> None:
    form = build_form(FORM)
    drawn = str(form["photos"])
    assert 'accept="image/*"' in drawn
    assert "capture=" in drawn
    assert form["photos"].help_text == "At most 9 photos of up to 20.0\xa0MB each (jpg, jpeg, png, webp, heic)."


def test_kept_photos_are_shown_small_where_there_are_addresses() -> None:
    shown = str(build_form(FORM, answers=ANSWERS, file_url_name="submissions:file")["photos"])
    assert f"/reports/files/{PHOTO['file']}/thumbnail/" in shown
    assert 'alt="现场.jpg"' in shown
    assert "<img" not in str(build_form(FORM, answers=ANSWERS)["photos"])


def test_a_question_for_picture_files_shows_them_as_photos_too() -> None:
    pictures = form_of(question("file", "q", options={"accept": "pictures"}))
    assert "data-photo-answer" in str(build_form(pictures)["q"])
    assert "data-photo-answer" not in str(build_form(form_of(question("file", "q")))["q"])
