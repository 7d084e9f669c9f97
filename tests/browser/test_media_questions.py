"""Photos, signatures and places as people give them: with a mouse, a finger, a device that knows where it is."""

import json
import math
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from forms.builder.schema import FieldSchema, FormSchema
from forms.submissions.models import SubmissionVersion
from tests.browser.filling import Open
from tests.browser.visitor import PHONE
from tests.factories.pictures import picture
from tests.factories.submissions import Sides, asked_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]

SCHEMA = FormSchema(
    "街面巡查记录",
    fields=(
        FieldSchema("photos", "photo", "现场照片", options={"max_files": 3}),
        FieldSchema("where", "place", "巡查地点", required=True),
        FieldSchema(
            "rows",
            "table",
            "问题清单",
            columns=(FieldSchema("what", "text", "问题"), FieldSchema("at", "place", "位置")),
        ),
        FieldSchema("signed", "signature", "巡查人签名", required=True),
    ),
)
SANYA = {"latitude": 18.252847, "longitude": 109.511909, "accuracy": 11.6}


@pytest.fixture
def found() -> Sides:
    """An expected report with these questions."""
    return asked_for(SCHEMA)


def photo(name: str, colour: str = "teal") -> Any:
    """A photo as a file dialogue gives it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(size=(400, 300), colour=colour)}


def sign(page: Page) -> None:
    """Draw a wave, and a line below it."""
    pad = page.locator(".signature-canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for wave in (20, 0):
        page.mouse.move(box["x"] + 30, box["y"] + 60 + wave)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(box["x"] + 30 + step * 5, box["y"] + 60 + wave * math.sin(step / 4))
        page.mouse.up()


def drawn(page: Page) -> Any:
    """What the pad would send."""
    value = page.locator("[data-drawn-value]").input_value()
    return json.loads(value) if value else None


def send(page: Page) -> None:
    """Press the button that sends."""
    page.locator("button[name=action][value=submit]").last.click()


def test_a_record_of_a_patrol_is_photographed_located_and_signed(found: Sides, fill: Open) -> None:
    page = fill(geolocation=SANYA, permissions=["geolocation"])
    page.set_input_files("#id_photos", [photo("全景.jpg"), photo("近景.jpg", "red")])
    expect(page.locator(".file-answer-kept img")).to_have_count(2)
    expect(page.locator("[data-photo-preview] li")).to_have_count(0)
    page.locator("[data-place-locate]").first.click()
    expect(page.locator("#id_where_0")).to_have_value("18.252847")
    sign(page)
    send(page)
    expect(page.locator(".photo-small")).to_have_count(2)
    for one in page.locator("img").all():
        one.scroll_into_view_if_needed()
        expect(one).not_to_have_js_property("naturalWidth", 0)
    expect(page.locator("svg.drawing polyline")).to_have_count(2)
    answers = SubmissionVersion.objects.get().answers
    assert [ref["name"] for ref in answers["photos"]] == ["全景.jpg", "近景.jpg"]
    assert answers["where"] == {"lat": 18.252847, "lng": 109.511909, "accuracy": 12}
    assert len(answers["signed"]["strokes"]) == 2


def test_photos_are_gathered_in_several_goes_and_left_out_one_by_one(found: Sides, fill: Open) -> None:
    page = fill()
    page.route("**/uploads/", lambda asked: asked.abort())  # they travel with the page then
    page.set_input_files("#id_photos", [photo("一.jpg")])
    page.set_input_files("#id_photos", [photo("二.jpg"), photo("三.jpg"), photo("四.jpg")])
    expect(page.locator("[data-photo-preview] li")).to_have_count(3)
    expect(page.locator("[data-photo-status]").first).to_contain_text("四.jpg")
    page.locator("[data-photo-preview]").get_by_role("button", name="一.jpg").click()
    expect(page.locator("[data-photo-preview] li")).to_have_count(2)
    expect(page.locator("#id_photos")).to_be_focused()
    page.locator("[data-save]").first.click()
    expect(page.locator("img.photo-small")).to_have_count(2)
    assert [ref["name"] for ref in found.report.answers["photos"]] == ["二.jpg", "三.jpg"]


def test_a_photo_that_is_too_large_is_told_before_it_travels(fill: Open) -> None:
    page = fill()
    large: Any = {"name": "特大.jpg", "mimeType": "image/jpeg", "buffer": bytes(settings.PORTAL_UPLOAD_MAX_BYTES + 1)}
    page.set_input_files("#id_photos", [large])
    expect(page.locator("[data-photo-status]").first).to_contain_text("特大.jpg")
    assert page.evaluate("document.querySelector('#id_photos').files.length") == 0


def test_strokes_are_taken_back_one_by_one_or_all_at_once(fill: Open) -> None:
    page = fill()
    sign(page)
    undo, clear = page.locator("[data-signature-undo]"), page.locator("[data-signature-clear]")
    assert len(drawn(page)["strokes"]) == 2
    undo.click()
    assert len(drawn(page)["strokes"]) == 1
    clear.click()
    assert drawn(page) is None
    expect(undo).to_be_disabled()
    expect(clear).to_be_disabled()


def test_a_name_is_typed_by_whoever_works_with_keys_alone(found: Sides, fill: Open) -> None:
    page = fill()
    page.locator("#id_where_0").focus()
    page.keyboard.type("18°15′10″，109°30′43″")
    page.locator("#id_signed_0").focus()
    page.keyboard.type("张三")
    expect(page.locator("#id_signed_0")).to_have_value("张三")
    page.locator("button[name=action][value=submit]").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*/")
    answers = SubmissionVersion.objects.get().answers
    assert answers == {"where": {"lat": 18.252778, "lng": 109.511944}, "signed": {"typed": "张三"}}


def test_the_logic_of_the_form_is_told_whether_somebody_has_signed(fill: Open) -> None:
    page = fill()
    told = page.locator("[data-signature] [data-answer]")
    expect(told).to_have_value("")
    page.fill("#id_signed_0", "张三")
    expect(told).to_have_value("signed")
    page.fill("#id_signed_0", "")
    expect(told).to_have_value("")
    sign(page)
    expect(told).to_have_value("signed")
    page.locator("[data-signature-clear]").click()
    expect(told).to_have_value("")


def test_a_refused_place_is_explained_and_typed_instead(fill: Open) -> None:
    page = fill(geolocation=SANYA)
    status = page.locator("[data-place-status]").first
    page.locator("[data-place-locate]").first.click()
    expect(status).not_to_be_empty()
    expect(page.locator("[data-place-locate]").first).to_be_enabled()
    assert page.locator("[data-place]").first.get_attribute("data-denied") == status.inner_text()


def test_a_row_that_was_added_can_be_located_too(fill: Open) -> None:
    page = fill(geolocation=SANYA, permissions=["geolocation"])
    page.locator("[data-add-row]").click()
    row = page.locator("[data-row]").nth(1)
    row.locator("[data-place-locate]").click()
    expect(row.locator("[data-place-longitude]")).to_have_value("109.511909")


def test_everything_fits_a_telephone_and_offers_its_camera(fill: Open) -> None:
    page = fill(viewport=PHONE, has_touch=True, is_mobile=True)
    page.set_input_files("#id_photos", [photo("现场.jpg")])
    page.set_input_files("[data-photo-camera]", [photo("刚拍的.jpg")])
    expect(page.locator("[data-photo-preview] li")).to_have_count(2)
    expect(page.locator(".photo-camera").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_everything_can_still_be_given(found: Sides, fill: Open) -> None:
    page = fill(java_script_enabled=False)
    expect(page.locator(".signature-canvas")).to_be_hidden()
    expect(page.locator("[data-place-locate]").first).to_be_hidden()
    page.set_input_files("#id_photos", [photo("现场.jpg")])
    page.fill("#id_where_0", "18.25")
    page.fill("#id_where_1", "109.5")
    page.fill("#id_signed_0", "张三")
    send(page)
    page.wait_for_url("**/reports/*/")
    assert SubmissionVersion.objects.get().answers["signed"] == {"typed": "张三"}
