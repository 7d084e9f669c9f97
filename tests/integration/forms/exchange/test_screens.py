"""Export and import of forms in the Wagtail admin."""

import datetime
import io
import json

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forms.builder.models import FormIndexPage, FormPage
from forms.exchange.json_format import MAX_BYTES, write_json
from forms.exchange.models import FormUpload
from forms.exchange.schedule import forget_uploaded_forms
from forms.exchange.xlsform.workbook import write_xlsform
from portal.audit.models import AuditEvent
from portal.units.enums import ADMIN_INTERFACE, Role
from tests.factories.builder import every_type, form_of, form_page, home_page, question, table_of
from tests.factories.units import person

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/form-pages/import/"
FORM = form_of(
    question("text", "k1", "检查情况", required=True),
    table_of(question("date", "d", "整改日期")),
    title="检查表",
)
FILE = write_json(FORM, slug="checking")


@pytest.fixture
def folder() -> FormIndexPage:
    made: FormIndexPage = home_page().add_child(instance=FormIndexPage(title="表单库", slug="folder"))
    return made


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def uploaded(client: Client, data: bytes = FILE, name: str = "检查表.json") -> str:
    """The address of the check of an uploaded file."""
    response = client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302
    return str(response["Location"])


# --- out --------------------------------------------------------------------------------------------------------------


def test_a_form_is_downloaded_in_both_formats_under_its_title_and_recorded(folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder, slug="checking")
    client = signed_in(Role.EDITOR)
    answer = client.get(f"/admin/form-pages/{page.pk}/export/json/")
    assert answer.content == FILE
    assert "%E6%A3%80%E6%9F%A5%E8%A1%A8.json" in answer["Content-Disposition"]
    answer = client.get(f"/admin/form-pages/{page.pk}/export/xlsform/")
    assert answer.content == write_xlsform(FORM, slug="checking")
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[:3] == ["survey", "choices", "settings"]
    events = AuditEvent.objects.filter(action="export", summary="form.export", target_id=str(page.pk))
    assert [event.details["format"] for event in events.order_by("pk")] == ["json", "xlsform"]
    assert [event.details["version"] for event in events] == [1, 1]


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_list_versions_may_take_the_form_out(role: Role, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    answer = signed_in(role).get(f"/admin/form-pages/{page.pk}/export/json/")
    assert answer.status_code == (200 if role in ADMIN_INTERFACE else 302)


def test_the_draft_is_for_those_who_may_edit_it(folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    page.title = "改过的名称"
    page.save_revision()
    address = f"/admin/form-pages/{page.pk}/export/json/"
    editor = signed_in(Role.EDITOR)
    assert editor.get(address).json()["title"] == "检查表"
    assert editor.get(f"{address}?draft=1").json()["title"] == "改过的名称"
    assert signed_in(Role.AUDITOR).get(f"{address}?draft=1").status_code == 302


def test_unknown_forms_and_formats_are_not_found(folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    client = signed_in(Role.EDITOR)
    assert client.get(f"/admin/form-pages/{page.pk}/export/pdf/").status_code == 404
    assert client.get("/admin/form-pages/999999/export/json/").status_code == 404


def test_a_form_leads_to_its_files_and_the_lists_to_the_import(folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    client = signed_in(Role.EDITOR)
    editor = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"/admin/form-pages/{page.pk}/export/json/" in editor
    assert f"/admin/form-pages/{page.pk}/export/xlsform/" in editor
    assert "draft=1" not in editor
    page.save_revision()
    FormPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    assert "draft=1" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for address in ("/admin/form-pages/", f"/admin/pages/{folder.pk}/"):
        assert UPLOAD in client.get(address).content.decode()
    assert UPLOAD not in signed_in(Role.AUDITOR).get("/admin/form-pages/").content.decode()


# --- in ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_make_forms_may_import_them(role: Role, folder: FormIndexPage) -> None:
    allowed = role in (Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR)
    assert signed_in(role).get(UPLOAD).status_code == (200 if allowed else 302)


def test_without_a_folder_of_forms_there_is_nowhere_to_import_to() -> None:
    assert signed_in(Role.EDITOR).get(UPLOAD).status_code == 302


@pytest.mark.parametrize("data", [FILE, write_xlsform(FORM, slug="checking")], ids=["json", "xlsform"])
def test_a_form_is_checked_shown_and_created_as_a_draft_on_the_persons_word(data: bytes, folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client, data)
    shown = client.get(check).content.decode()
    assert all(word in shown for word in ("检查表", "检查情况", "整改日期", 'value="checking"'))
    assert not FormPage.objects.exists()
    answer = client.post(check, {"step": "create", "slug": "checking", "folder": folder.pk})
    page = FormPage.objects.get()
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert page.schema_now == FORM
    assert page.slug == "checking"
    assert not page.live
    assert page.owner is not None
    assert not FormUpload.objects.exists()
    assert AuditEvent.objects.filter(action="import", summary="form.import", target_id=str(page.pk)).exists()


def test_what_cannot_be_taken_over_is_shown_before_anything_is_created(folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    fields = [
        {"key": "h", "type": "hologram", "label": "全息影像"},
        {"key": "a", "type": "text", "label": "甲", "x": 1},
    ]
    check = uploaded(client, json.dumps({"title": "x", "fields": fields}).encode())
    shown = client.get(check).content.decode()
    assert "全息影像" in shown
    assert "hologram" in shown


def test_a_name_that_is_taken_is_refused_beside_the_field_and_another_one_proposed(folder: FormIndexPage) -> None:
    form_page(FORM, parent=folder, slug="checking")
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    assert 'value="checking-2"' in client.get(check).content.decode()
    answer = client.post(check, {"step": "create", "slug": "checking", "folder": folder.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["slug"]
    assert 'value="checking"' in answer.content.decode()
    assert FormPage.objects.count() == 1


@pytest.mark.parametrize("slug", ["", "a b", "../x", "x" * 300])
def test_a_name_that_is_none_is_refused_and_kept_as_typed(slug: str, folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    answer = client.post(check, {"step": "create", "slug": slug, "folder": folder.pk})
    assert answer.status_code == 422
    assert answer.context["form"].errors["slug"]
    assert not FormPage.objects.exists()


def test_a_folder_in_which_the_person_may_not_make_forms_is_refused(folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    answer = client.post(check, {"step": "create", "slug": "new", "folder": home_page().pk})
    assert answer.status_code == 422
    assert not FormPage.objects.exists()


def test_of_several_folders_one_is_chosen(folder: FormIndexPage) -> None:
    other = home_page().add_child(instance=FormIndexPage(title="另一库", slug="other"))
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    assert "另一库" in client.get(check).content.decode()
    client.post(check, {"step": "create", "slug": "new", "folder": other.pk})
    assert FormPage.objects.get().get_parent().pk == other.pk


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"%PDF-1.7", b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0 old", b"x" * (MAX_BYTES + 1), b"[]"],
    ids=["empty", "torn JSON", "PDF", "torn workbook", "old Excel", "too large", "list"],
)
def test_what_is_no_form_is_refused_beside_the_field(data: bytes, folder: FormIndexPage) -> None:
    answer = signed_in(Role.EDITOR).post(UPLOAD, {"file": SimpleUploadedFile("form.json", data)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not FormUpload.objects.exists()


def test_without_a_file_the_person_is_asked_for_one(folder: FormIndexPage) -> None:
    answer = signed_in(Role.EDITOR).post(UPLOAD)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_an_unfinished_form_is_created_and_what_is_missing_is_said(folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client, json.dumps({"title": "x", "fields": [{"key": "a", "type": "text"}]}).encode())
    answer = client.post(check, {"step": "create", "slug": "new", "folder": folder.pk}, follow=True)
    assert len(answer.context["messages"]) == 2
    assert not FormPage.objects.get().live


def test_a_form_may_be_given_up(folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    assert client.post(check, {"step": "forget"})["Location"] == UPLOAD
    assert not FormUpload.objects.exists()
    assert not FormPage.objects.exists()


def test_a_second_click_creates_nothing_twice_and_says_so(folder: FormIndexPage) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client)
    values = {"step": "create", "slug": "new", "folder": folder.pk}
    client.post(check, values)
    answer = client.post(check, values, follow=True)
    assert answer.redirect_chain[0][0] == UPLOAD
    assert FormPage.objects.count() == 1


def test_nobody_sees_what_another_has_uploaded(folder: FormIndexPage) -> None:
    check = uploaded(signed_in(Role.EDITOR))
    other = signed_in(Role.EDITOR)
    assert other.get(check).status_code == 302
    assert other.post(check, {"step": "create", "slug": "new", "folder": folder.pk}).status_code == 302
    assert not FormPage.objects.exists()


def test_what_nobody_came_back_for_is_forgotten_after_a_day(folder: FormIndexPage) -> None:
    uploaded(signed_in(Role.EDITOR))
    assert forget_uploaded_forms() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        assert forget_uploaded_forms() == 1
    assert not FormUpload.objects.exists()


def test_a_long_form_costs_no_more_queries_than_a_short_one(
    folder: FormIndexPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(Role.EDITOR)
    check = uploaded(client, write_json(every_type(), slug="every"))
    client.get(check)
    with django_assert_max_num_queries(30):
        client.get(check)


# --- duplicates -------------------------------------------------------------------------------------------------------


def test_a_copied_form_is_a_draft_with_the_same_keys_and_without_versions(folder: FormIndexPage) -> None:
    page = form_page(every_type(), parent=folder, slug="every")
    client = signed_in(Role.EDITOR)
    assert client.get(f"/admin/pages/{page.pk}/copy/").status_code == 200
    values = {"new_title": "复制的表单", "new_slug": "copied", "new_parent_page": folder.pk}
    answer = client.post(f"/admin/pages/{page.pk}/copy/", values)
    assert answer.status_code == 302
    copied = FormPage.objects.get(slug="copied")
    assert not copied.live
    assert copied.current_version is None
    assert copied.schema_now.fields == every_type().fields
    assert copied.title == "复制的表单"
    assert page.versions.count() == 1
