"""Files of the library are found through the pages that use them."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection

from home.policies.models import PolicyAttachment, PolicyPage
from portal.media.models import PortalDocument
from portal.units.enums import Role
from search.sources.documents import DocumentSource
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.units import person
from tests.integration.search.asking import ask_as, found, found_by, settle
from tests.integration.search.saving.library import MINE, alert, as_, kept

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


def _shut_collection(kind: str = "password") -> Collection:
    collection = Collection.get_first_root_node().add_child(name="密件")
    collection.view_restrictions.create(restriction_type=kind, password="geheim" if kind == "password" else "")
    return collection


def _published() -> PortalDocument:
    file = _file()
    _attach(PolicyPageFactory(), file)
    settle()
    assert found("“整改时限”") == ["整改清单样表"]
    return PortalDocument.objects.get(pk=file.pk)


def test_a_file_put_into_a_shut_collection_is_gone_at_once() -> None:
    file = _published()
    file.collection = _shut_collection()
    file.save()
    assert found("“整改时限”") == []
    settle()
    assert found("“整改时限”") == []


def test_files_put_into_a_shut_collection_together_are_gone_at_once(desk: Client) -> None:
    file, collection = _published(), _shut_collection()
    address = reverse("wagtail_bulk_action", args=["media", "portaldocument", "add_to_collection"])
    desk.post(f"{address}?id={file.pk}", {"collection": collection.pk})
    assert PortalDocument.objects.get().collection == collection
    assert found("“整改时限”") == []
    settle()
    assert found("“整改时限”") == []


def test_a_collection_put_below_a_shut_one_takes_its_files_along() -> None:
    file = _published()
    file.collection = Collection.get_first_root_node().add_child(name="附件")
    file.save()
    settle()
    assert found("“整改时限”") == ["整改清单样表"]
    address = reverse("wagtailadmin_collections:edit", args=[file.collection_id])
    as_(person(Role.ADMINISTRATOR, is_superuser=True)).post(address, {"name": "附件", "parent": _shut_collection().pk})
    assert Collection.objects.get(pk=file.collection_id).get_parent().name == "密件"
    assert found("“整改时限”") == []
    settle()
    assert found("“整改时限”") == []


def test_a_deleted_file_is_gone_at_once() -> None:
    file = _file()
    PolicyPageFactory(body=json.dumps([{"type": "attachments", "value": [file.pk]}]))
    settle()
    assert found("“整改时限”") == ["整改清单样表"]
    file.delete()
    assert found("“整改时限”") == []


def test_a_file_shut_away_is_not_shown_as_a_new_result_of_a_saved_search() -> None:
    staff, file = person(Role.STAFF), _file()
    search = kept(staff, "q=整改时限")
    _attach(PolicyPageFactory(), file)
    alert()
    assert "整改清单样表" in as_(staff).get(f"{MINE}{search.pk}/").content.decode()
    PortalDocument.objects.update(collection=_shut_collection())
    assert "整改清单样表" not in as_(staff).get(f"{MINE}{search.pk}/").content.decode()


def test_reading_files_asks_no_more_questions_for_more_of_them() -> None:
    page = PolicyPageFactory()
    counts = []
    for batch in (1, 10):
        for number in range(batch):
            _attach(PolicyPage.objects.get(pk=page.pk), _file(name=f"{batch}-{number}.txt"))
        pks = [str(pk) for pk in PortalDocument.objects.values_list("pk", flat=True)]
        with CaptureQueriesContext(connection) as asked:
            assert len({document.object_id for document in DocumentSource().documents(pks)}) == len(pks)
        counts.append(len(asked))
    assert counts[1] <= counts[0]
