"""Files are judged by what is in them."""

import codecs

import pytest
from django.core.exceptions import ValidationError

from forms.builder.file_types import GROUPS, check_file, is_picture
from portal.files.content import OLE
from tests.factories.builder import PDF, PNG, archive, upload
from tests.factories.pictures import claims_to_be, picture

LIMIT = 100_000

GENUINE = [
    ("报告.pdf", PDF),
    ("照片.PNG", PNG),
    ("照片.jpeg", picture("JPEG")),
    ("照片.heic", picture("HEIF")),
    ("照片.webp", picture("WEBP")),
    ("台账.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
    ("方案.docx", archive("[Content_Types].xml", "word/document.xml")),
    ("公文.ofd", archive("OFD.xml")),
    ("旧方案.doc", OLE + b"0" * 600),
    ("旧台账.et", OLE + b"0" * 600),
    ("说明.txt", "救助管理".encode()),
    ("说明.txt", "救助管理".encode("gb18030")),
    ("说明.txt", codecs.BOM_UTF16_LE + "救助管理".encode("utf-16-le")),
    ("名单.csv", "姓名,天数\n".encode()),
    ("资料.zip", archive("a.txt")),
]

FALSE = [
    ("报告.pdf", b"MZ" + b"\0" * 200),
    ("照片.png", PDF),
    ("照片.jpg", PNG),
    ("照片.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("照片.heic", picture("JPEG")),
    ("台账.xlsx", PNG + archive("xl/workbook.xml")),
    ("台账.xlsx", archive("word/document.xml")),
    ("台账.xlsx", b"PK\x03\x04" + b"0" * 60),
    ("方案.docx", PDF),
    ("旧方案.doc", b"plain words"),
    ("说明.txt", b"\x7fELF\0\0\0"),
    ("说明.txt", b"\xff\xfe\xff\xff"[2:] + b"\x80\x80"),
    ("资料.zip", b"no archive"),
]


@pytest.mark.parametrize(("name", "content"), GENUINE)
def test_a_genuine_file_is_taken_and_left_at_its_beginning(name: str, content: bytes) -> None:
    file = upload(name, content)
    check_file(file, "any", LIMIT)
    assert file.read() == content


@pytest.mark.parametrize(("name", "content"), FALSE)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_file(upload(name, content), "any", LIMIT)
    assert refusal.value.code == "content"
    assert name in refusal.value.messages[0]


@pytest.mark.parametrize("name", ["病毒.exe", "网页.html", "图.svg", "无扩展名", "报告.pdf.js", ".pdf.sh"])
def test_other_types_are_refused_with_the_list_of_those_taken(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_file(upload(name, PDF), "any", LIMIT)
    assert refusal.value.code == "type"
    assert "docx" in refusal.value.messages[0]


def test_a_group_takes_only_its_own() -> None:
    check_file(upload("照片.png", PNG), "pictures", LIMIT)
    with pytest.raises(ValidationError, match=r"png"):
        check_file(upload("报告.pdf", PDF), "pictures", LIMIT)
    with pytest.raises(ValidationError):
        check_file(upload("照片.png", PNG), "documents", LIMIT)


def test_empty_and_large_files_are_refused_with_the_limit() -> None:
    with pytest.raises(ValidationError) as empty:
        check_file(upload("空.pdf", b""), "any", LIMIT)
    assert empty.value.code == "empty"
    with pytest.raises(ValidationError) as large:
        check_file(upload("大.pdf", PDF + b"0" * LIMIT), "any", LIMIT)
    assert large.value.code == "too_large"


def test_a_letter_cut_in_two_at_the_edge_of_what_is_read_is_still_text() -> None:
    check_file(upload("说明.txt", b"a" + "救".encode() * 5000), "any", LIMIT)


def test_the_file_dialogue_offers_what_is_taken() -> None:
    assert ".png" in GROUPS["pictures"].attribute
    assert ".pdf" not in GROUPS["pictures"].attribute


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (claims_to_be(10_000, 10_000), "pixels"),
        (claims_to_be(30_000, 30_000), "pixels"),
        (PNG[: len(PNG) // 2], "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "broken"),
    ],
)
@pytest.mark.parametrize("group", ["any", "pictures", "photos"])
def test_a_picture_that_cannot_be_shown_is_refused_wherever_it_comes(content: bytes, reason: str, group: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_file(upload("现场.png", content), group, 10 * LIMIT)
    assert refusal.value.code == reason
    assert "现场.png" in refusal.value.messages[0]


def test_photos_are_what_cameras_make() -> None:
    check_file(upload("照片.heic", picture("HEIF")), "photos", LIMIT)
    with pytest.raises(ValidationError, match="webp"):
        check_file(upload("动图.gif", picture("GIF")), "photos", LIMIT)


def test_stored_pictures_are_known_by_their_names() -> None:
    assert is_picture("现场.JPG")
    assert is_picture("a.b.heic")
    assert not any(is_picture(name) for name in ("现场.pdf", "jpg", "图.svg", ""))
