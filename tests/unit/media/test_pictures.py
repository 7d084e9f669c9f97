"""Copies of photographs show what was taken, upright, and tell nothing else."""

import contextlib
import datetime
import io
import zoneinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.media.pictures import BrokenPictureError, Copies, TooManyPixelsError, check_picture, copies_of
from portal.media.pictures.exif import facts_of
from tests.factories.builder import archive
from tests.factories.pictures import SANYA, claims_to_be, exif, picture, two_halves

ZONE = zoneinfo.ZoneInfo("Asia/Shanghai")


def copied(content: bytes) -> Copies:
    return copies_of(io.BytesIO(content), ZONE)


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF"])
def test_every_usual_kind_is_read_and_copied_as_jpeg(kind: str) -> None:
    content = picture(kind)
    check_picture(io.BytesIO(content))
    found = copied(content)
    assert [read(copy).format for copy in (found.shown, found.thumbnail)] == ["JPEG", "JPEG"]
    assert read(found.shown).size == (64, 48)
    red, green, blue = read(found.shown).getpixel((30, 20))  # type: ignore[misc]
    assert (red < 20, green > 100, blue > 100) == (True, True, True)


def test_large_pictures_become_smaller_and_small_ones_stay() -> None:
    found = copied(picture(size=(5000, 2500)))
    assert (read(found.shown).size, read(found.thumbnail).size) == ((2048, 1024), (320, 160))
    assert read(copied(picture(size=(10, 8))).thumbnail).size == (10, 8)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (400, 200), (10, 100)),
        (3, (400, 200), (390, 100)),
        (6, (200, 400), (100, 10)),
        (8, (200, 400), (100, 390)),
        (99, (400, 200), (10, 100)),
    ],
)
def test_a_lying_picture_is_put_upright(orientation: int, size: tuple[int, int], red_at: tuple[int, int]) -> None:
    shown = read(copied(two_halves(orientation)).shown)
    assert shown.size == size
    assert shown.getpixel(red_at)[0] > 200  # type: ignore[index]


def test_copies_carry_nothing_of_what_the_camera_wrote_down() -> None:
    written = exif("2026:06:01 08:30:00", gps=SANYA)
    found = copied(picture(exif=written, comment=b"Geheim", icc_profile=b"Geheim" * 30, xmp=b"<x>Geheim</x>"))
    for copy in (found.shown, found.thumbnail):
        assert b"Geheim" not in copy
        assert not read(copy).getexif()
        assert not read(copy).info.keys() & {"exif", "comment", "icc_profile", "xmp"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_when_and_where_are_read_from_every_kind_that_tells(kind: str) -> None:
    content = picture(kind, exif=exif("2026:06:01 08:30:00", gps=SANYA).tobytes())
    assert copied(content).facts == {"taken_at": "2026-06-01T08:30:00+08:00", "lat": 18.2528, "lng": 109.512}


def test_a_camera_that_knows_its_zone_is_believed() -> None:
    facts = facts_of(exif("2026:06:01 08:30:00", offset="+00:00"), ZONE)
    assert facts == {"taken_at": "2026-06-01T16:30:00+08:00"}


def test_south_and_west_are_negative() -> None:
    facts = facts_of(exif(gps={**SANYA, 1: "S", 3: "W"}), ZONE)
    assert (facts["lat"], facts["lng"]) == (-18.2528, -109.512)


@pytest.mark.parametrize(
    "written",
    [
        exif("0000:00:00 00:00:00"),
        exif("gestern"),
        exif("    :  :     :  :  "),
        exif(5),
        exif(gps={}),
        exif(gps={2: (18.0, 15.0, 10.0), 4: (109.0, 30.0, 43.0)}),
        exif(gps={**SANYA, 2: (95.0, 0.0, 0.0)}),
        exif(gps={**SANYA, 4: (float("nan"), 0.0, 0.0)}),
        exif(gps={**SANYA, 2: "18"}),
        exif(gps={**SANYA, 2: (18.0,)}),
        exif(gps={**SANYA, 1: "X"}),
        exif(gps={**SANYA, 3: 7}),
        exif(gps={1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}),
    ],
)
def test_nonsense_of_a_camera_is_passed_over(written: Image.Exif) -> None:
    assert facts_of(written, ZONE) == {}


@given(st.binary(max_size=300))
def test_exif_of_any_bytes_is_no_error(content: bytes) -> None:
    loaded = Image.Exif()
    try:
        loaded.load(b"Exif\0\0" + content)
    except Exception:  # noqa: BLE001 - Pillow's own reading is not what is tested
        return
    facts_of(loaded, datetime.UTC)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_storing_pixels_can_be_shown(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    content = picture("JPEG" if kind == "TIFF" else kind, mode=mode, colour=0)
    assert read(copied(content).shown).mode == "RGB"


def test_what_is_transparent_is_shown_white() -> None:
    shown = read(copied(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))).shown)
    assert shown.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(("width", "height"), [(10_000, 10_000), (20_000, 20_000), (60_001, 1000)])
def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    bomb = claims_to_be(width, height)
    assert len(bomb) < 100_000
    for refuse in (check_picture, copied_from):
        with pytest.raises(TooManyPixelsError):
            refuse(io.BytesIO(bomb))


def copied_from(file: io.BytesIO) -> None:
    copies_of(file, ZONE)


def torn(kind: str) -> bytes:
    """A picture that came only half."""
    image = Image.effect_noise((300, 200), 90).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()[: len(out.getvalue()) // 2]


@pytest.mark.parametrize(
    "content",
    [
        *(torn(kind) for kind in ("JPEG", "PNG", "WEBP", "HEIF")),
        b"\x89PNG\r\n\x1a\n" + bytes(300),
        b"\xff\xd8\xff\xe0" + b"0" * 60,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
    ],
)
def test_what_cannot_be_read_to_its_end_is_broken(content: bytes) -> None:
    for refuse in (check_picture, copied_from):
        with pytest.raises(BrokenPictureError):
            refuse(io.BytesIO(content))


def test_other_formats_are_not_even_tried() -> None:
    with pytest.raises(BrokenPictureError):
        copied(picture("TIFF"))


def test_what_is_hidden_behind_a_picture_does_not_reach_the_copies() -> None:
    found = copied(picture("PNG") + archive("word/document.xml") + b"<script>alert(1)</script>")
    assert b"script" not in found.shown
    assert b"PK" not in found.shown


@given(st.binary(max_size=200), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]), st.data())
def test_a_picture_with_any_bytes_changed_is_read_or_broken(noise: bytes, kind: str, data: Any) -> None:
    content = picture(kind)
    at = data.draw(st.integers(0, len(content)))
    file = io.BytesIO(content[:at] + noise + content[at + len(noise) :])
    with contextlib.suppress(BrokenPictureError, TooManyPixelsError):
        copies_of(file, ZONE)
    assert file.tell() == 0
