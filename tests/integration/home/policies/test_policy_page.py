"""One policy: its particulars, what replaced it, what is missing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from home.policies.enums import Validity
from home.policies.models import PolicyAttachment, PolicyPage, PolicyTopic
from portal.media.models import PortalDocument
from tests.factories.home import PolicyPageFactory, PolicyTopicFactory, paragraph, restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies.load({"django_language": "en"})
    return client


def text_of(client: Client, page: PolicyPage) -> str:
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_particulars_of_the_policy_library_are_shown(english: Client) -> None:
    page = PolicyPageFactory(
        index_number="CS0001-2020-00014",
        topic=PolicyTopicFactory(name="身份查询", parent=PolicyTopicFactory(name="救助管理")),
        doc_number="测民发[2020]14号",
        issuers=["民政部", "公安部"],
        signed_on=datetime.date(2020, 3, 1),
        published_on=datetime.date(2020, 3, 9),
        validity=Validity.IN_FORCE,
        body=paragraph("第一条 为了救助"),
    )
    text = text_of(english, page)
    for expected in (
        "CS0001-2020-00014",
        "救助管理 / 身份查询",
        "测民发〔2020〕14号",
        "民政部 公安部",
        "1 March 2020",
        "9 March 2020",
    ):
        assert expected in text
    assert "In force" in text
    assert "为了救助" in text
    assert "does not hold the text" not in text


def test_a_page_without_the_text_says_so_and_names_its_source(english: Client) -> None:
    page = PolicyPageFactory(
        source_name="公开网页", source_url="https://example.invalid/1.html", source_note="日期待核。"
    )
    text = text_of(english, page)
    assert "The portal does not hold the text of this document." in text
    assert "https://example.invalid/1.html" in text
    assert "日期待核。" in text


def test_a_replaced_document_points_to_the_newer_and_the_newer_to_the_older(english: Client) -> None:
    newer = PolicyPageFactory(title="新办法")
    older = PolicyPageFactory(title="旧办法", replaced_by=newer)
    assert newer.get_url() in text_of(english, older)
    assert older.get_url() in text_of(english, newer)


def test_a_closed_document_is_not_named_on_an_open_page(english: Client) -> None:
    newer = PolicyPageFactory(title="内部新办法")
    older = PolicyPageFactory(title="旧办法", replaced_by=newer)
    restrict(newer)
    assert "内部新办法" not in text_of(english, older)


def test_readers_are_warned_of_what_is_no_longer_in_force(english: Client) -> None:
    yesterday = datetime.date(2020, 1, 1)
    page = PolicyPageFactory(validity=Validity.IN_FORCE, expires_on=yesterday)
    assert "no longer in force" in text_of(english, page)


def test_files_are_offered_under_the_name_given_to_them(english: Client) -> None:
    document = PortalDocument.objects.create(title="扫描件", file=ContentFile(b"text", name="scan.txt"))
    page = PolicyPageFactory()
    page.attachments = [PolicyAttachment(document=document, title="附件1：登记表", sort_order=0)]
    page.save_revision().publish()
    text = text_of(english, page)
    assert "附件1：登记表" in text
    assert document.url in text


def test_the_words_for_the_search_hold_title_number_issuers_and_text() -> None:
    page = PolicyPageFactory(
        title="救助办法",
        doc_number="测发〔2020〕1号",
        issuers=["民政部"],
        summary="摘要在此",
        body=paragraph("正文<b>在</b>此"),
    )
    words = page.full_text()
    for expected in ("救助办法", "测发〔2020〕1号", "民政部", "摘要在此", "正文在此"):
        assert expected in words


def test_a_copy_of_an_imported_page_is_a_page_of_its_own() -> None:
    page = PolicyPageFactory(import_key="P001")
    assert page.copy(update_attrs={"slug": "copy", "title": "副本"}).import_key == ""


def test_a_topic_of_the_second_level_has_nothing_below_it() -> None:
    below = PolicyTopicFactory(parent=PolicyTopicFactory())
    with pytest.raises(ValidationError):
        PolicyTopic(name="第三级", parent=below).full_clean()


def test_a_topic_with_others_below_it_stays_on_the_first_level() -> None:
    top = PolicyTopicFactory()
    PolicyTopicFactory(parent=top)
    top.parent = PolicyTopicFactory()
    with pytest.raises(ValidationError):
        top.full_clean()


def test_a_document_cannot_replace_itself() -> None:
    page = PolicyPageFactory()
    page.replaced_by = page
    with pytest.raises(ValidationError, match=r"replace itself|替代自身"):
        page.full_clean()
