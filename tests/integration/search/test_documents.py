"""Files of the library are found through the pages that use them."""

import json

import pytest
from django.core.files.base import ContentFile

from home.policies.models import PolicyAttachment, PolicyPage
from portal.media.models import PortalDocument
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.units import person
from tests.integration.search.asking import ask_as, found, found_by, settle

pytestmark = pytest.mark.django_db


def _file(text: str = "隐患整改时限一览", name: str = "附件一.txt") -> PortalDocument:
    return PortalDocument.objects.create(title="整改清单样表", file=ContentFile(text.encode(), name))


def _attach(page: PolicyPage, file: PortalDocument) -> None:
    page.attachments.add(PolicyAttachment(document=file))
    page.save_revision().publish()


def test_a_word_inside_a_file_is_found_with_the_page_that_carries_it() -> None:
    page = PolicyPageFactory(title="关于整改的通知")
    _attach(page, _file())
    settle()
    assert found("“整改时限”") == ["整改清单样表"]
    (hit,) = ask_as(person(Role.STAFF), "“整改时限”").hits
    assert (hit.kind, hit.shown["parent"], hit.shown["parent_url"]) == ("attachment", "关于整改的通知", page.url)


def test_a_file_in_the_middle_of_a_text_is_found_as_well() -> None:
    file = _file()
    PolicyPageFactory(body=json.dumps([{"type": "attachments", "value": [file.pk]}]))
    settle()
    assert found("“整改时限”") == ["整改清单样表"]


def test_a_file_that_no_published_page_uses_is_not_found() -> None:
    _file()
    page = PolicyPageFactory(live=False)
    page.attachments.add(PolicyAttachment(document=_file("另一份草稿附件")))
    page.save_revision()
    settle()
    assert found_by(person(Role.ADMINISTRATOR), "整改") == []
    assert found_by(person(Role.ADMINISTRATOR), "草稿附件") == []


def test_a_file_is_gone_with_its_page_at_once() -> None:
    page = PolicyPageFactory()
    _attach(page, _file())
    settle()
    assert found("“整改时限”") == ["整改清单样表"]
    page.unpublish()
    assert found("“整改时限”") == []
    settle()
    assert found("“整改时限”") == []


def test_a_file_taken_off_its_page_is_gone() -> None:
    page = PolicyPageFactory()
    _attach(page, _file())
    settle()
    page = PolicyPage.objects.get(pk=page.pk)
    page.attachments.clear()
    page.save_revision().publish()
    settle()
    assert found("“整改时限”") == []


def test_a_file_is_as_visible_as_its_page() -> None:
    page = PolicyPageFactory(title="内部通知")
    _attach(page, _file())
    restrict(page, Role.LEADER)
    settle()
    assert found("“整改时限”") == []
    assert found_by(person(Role.LEADER), "整改时限") == ["整改清单样表"]
    assert found_by(person(Role.STAFF), "整改时限") == []


def test_a_file_of_two_pages_does_not_name_the_one_the_reader_may_not_open() -> None:
    file = _file()
    closed = PolicyPageFactory(title="内部通知")
    _attach(closed, file)
    _attach(PolicyPageFactory(title="公开通知"), file)
    restrict(closed, Role.LEADER)
    settle()
    assert [hit.shown["parent"] for hit in ask_as(person(Role.STAFF), "“整改时限”").hits] == ["公开通知"]


def test_a_replaced_file_is_found_by_its_new_words_only() -> None:
    file = _file()
    _attach(PolicyPageFactory(), file)
    settle()
    file = PortalDocument.objects.get(pk=file.pk)
    file.file = ContentFile("完全不同的内容".encode(), "附件二.txt")
    file._set_document_file_metadata()
    file.save()
    settle()
    assert found("完全不同") == ["整改清单样表"]
    assert found("“整改时限”") == []


def test_a_file_of_a_closed_collection_is_found_by_those_who_signed_in() -> None:
    file = _file()
    collection = file.collection.add_child(name="内部资料")
    file.collection = collection
    file.save()
    _attach(PolicyPageFactory(), file)
    collection.view_restrictions.create(restriction_type="login")
    settle()
    assert found("“整改时限”") == []
    assert found_by(person(Role.STAFF), "整改时限") == ["整改清单样表"]
